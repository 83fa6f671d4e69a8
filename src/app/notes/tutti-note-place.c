/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where notes lie in the grid, and which keys the hand means at a place. */
#include "tutti-notes-private.h"

#include "tutti-chord.h"
#include "tutti-harmony.h"
#include "tutti-sounds.h"

#include <math.h>

static double
ticks_wide (TuttiNoteGrid *self)
{
  return TUTTI_NOTE_STEP_WIDTH * self->zoom / TUTTI_NOTE_STEP_TICKS;
}

double
tutti_note_x (TuttiNoteGrid *self, gint64 tick)
{
  return (double) tick * ticks_wide (self);
}

gint32
tutti_note_tick (TuttiNoteGrid *self, double x)
{
  return (gint32) CLAMP (floor (x / ticks_wide (self)), 0, TUTTI_CLIP_TICKS_MAX - 1);
}

int
tutti_note_row (TuttiNoteGrid *self, int key)
{
  guint row = 0;

  while (row + 1 < self->n_rows && self->row_keys[row] > key)
    row++;
  return (int) row;
}

int
tutti_note_key (TuttiNoteGrid *self, double y)
{
  int row = CLAMP ((int) floor (y / TUTTI_NOTE_ROW), 0, (int) self->n_rows - 1);

  return self->row_keys[row];
}

TuttiBox
tutti_note_box (TuttiNoteGrid *self, const TuttiNote *note)
{
  float x = (float) tutti_note_x (self, note->tick);

  return (TuttiBox) { x + 1, (float) (tutti_note_row (self, note->pitch) * TUTTI_NOTE_ROW + 1),
                      MAX ((float) tutti_note_x (self, note->length) - 2, 4), TUTTI_NOTE_ROW - 2 };
}

gint32
tutti_note_step (TuttiNoteGrid *self)
{
  return self->snap > 0 ? self->snap : TUTTI_NOTE_STEP_TICKS / 24;
}

gint32
tutti_note_snap (TuttiNoteGrid *self, gint32 tick, gboolean nearest)
{
  return self->snap > 0 ? (tick + (nearest ? self->snap / 2 : 0)) / self->snap * self->snap : tick;
}

TuttiBox
tutti_note_grid_visible (TuttiNoteGrid *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *across, *down;

  if (scroller == NULL)
    return (TuttiBox) { 0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)), (float) gtk_widget_get_height (GTK_WIDGET (self)) };
  across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));
  down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  return (TuttiBox) { (float) gtk_adjustment_get_value (across), (float) gtk_adjustment_get_value (down),
                      (float) gtk_adjustment_get_page_size (across), (float) gtk_adjustment_get_page_size (down) };
}

/* (nullable) The one that begins first, of several the highest. */
static const TuttiNote *
first_note (TuttiNoteGrid *self)
{
  const TuttiNote *first = NULL;

  for (guint i = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      if (first == NULL || note->tick < first->tick || (note->tick == first->tick && note->pitch > first->pitch))
        first = note;
    }
  return first;
}

static double
height_of (TuttiNoteGrid *self, int low, int high)
{
  return (tutti_note_row (self, low) - tutti_note_row (self, high) + 1) * TUTTI_NOTE_ROW;
}

/* The keys of all notes; of no notes, those around the sound's own. */
static void
find_keys (TuttiNoteGrid *self, int *low, int *high)
{
  const TuttiTrack *track = tutti_note_grid_get_track (self);

  *low = track != NULL ? tutti_sound_root (track->sound) : TUTTI_NOTE_MIDDLE_KEY;
  *high = *low + 7;
  for (guint i = 0; i < self->shown->len; i++)
    {
      int key = g_array_index (self->shown, TuttiNote, i).pitch;

      *low = i == 0 ? key : MIN (*low, key);
      *high = i == 0 ? key : MAX (*high, key);
    }
}

/* As many of the keys of the notes as there is height for, from that of @first on: the middle of what is spread wide may be empty. */
static void
narrow_keys (TuttiNoteGrid *self, const TuttiNote *first, double height, int *low, int *high)
{
  *low = *high = first->pitch;
  for (guint i = 0; i < self->shown->len; i++)
    {
      int key = g_array_index (self->shown, TuttiNote, i).pitch;

      if (height_of (self, MIN (*low, key), MAX (*high, key)) <= height)
        {
          *low = MIN (*low, key);
          *high = MAX (*high, key);
        }
    }
}

void
tutti_note_grid_reveal (TuttiNoteGrid *self)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *down = scroller != NULL ? gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)) : NULL;
  const TuttiNote *first = first_note (self);
  int low, high;

  find_keys (self, &low, &high);
  if (down != NULL && first != NULL && height_of (self, low, high) > gtk_adjustment_get_page_size (down))
    narrow_keys (self, first, gtk_adjustment_get_page_size (down), &low, &high);
  self->cursor_key = self->anchor_key = (low + high) / 2;
  if (down == NULL)
    return;
  double middle = (tutti_note_row (self, low) + tutti_note_row (self, high) + 1) * TUTTI_NOTE_ROW / 2.0;
  double left = first != NULL ? tutti_note_x (self, first->tick) : 0;
  GtkAdjustment *across = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller));

  gtk_adjustment_set_value (down, middle - gtk_adjustment_get_page_size (down) / 2);
  /* From the beginning on, unless the first note is further away than that shows. */
  gtk_adjustment_set_value (across, left < gtk_adjustment_get_page_size (across) ? 0 : left - TUTTI_NOTE_STEP_WIDTH * self->zoom);
}

/* ---- scale and chords ---- */

static const TuttiChordMark *
chord_at (TuttiNoteGrid *self, gint32 tick)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  return clip != NULL ? tutti_chord_meant (&clip->chords, tick) : NULL;
}

int
tutti_note_fit (TuttiNoteGrid *self, gint32 tick, int key)
{
  const TuttiChordMark *mark = self->chord_lock ? chord_at (self, tick) : NULL;
  int keys[TUTTI_HARMONY_KEYS_MAX];

  if (mark != NULL && tutti_chord_near (mark->root, (TuttiHarmony) mark->quality, key, keys) > 0)
    return keys[0];
  return self->lock ? MAX (tutti_jam_snap_to_scale (tutti_session_get_jam (self->session), key, 0), 0) : key;
}

guint
tutti_note_stamp (TuttiNoteGrid *self, gint32 tick, int key, int keys[TUTTI_HARMONY_KEYS_MAX])
{
  const TuttiChordMark *mark = self->stamp == TUTTI_STAMP_OF_LANE ? chord_at (self, tick) : NULL;

  if (mark != NULL)
    return tutti_chord_near (mark->root, (TuttiHarmony) mark->quality, key, keys);
  return tutti_stamp_keys (self->stamp, tutti_session_get_jam (self->session), key, keys);
}
