/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the lane of chords looks. */
#include "tutti-chord-bar-private.h"

#include <glib/gi18n.h>

#define RADIUS 6.0f

static TuttiBox
box_of (TuttiChordBar *self, gint32 from, gint32 to)
{
  double x = tutti_chord_bar_x (self, from);

  return (TuttiBox) { (float) x + 1, TUTTI_CHORD_BAR_TOP, (float) (tutti_chord_bar_x (self, to) - x) - 3, TUTTI_CHORD_BAR_BLOCK };
}

static void
draw_chord (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p, const TuttiChordMark *mark)
{
  gint32 from, to;
  char name[TUTTI_CHORD_TEXT_SIZE];
  TuttiBox box;
  const TuttiTrack *track = tutti_note_grid_get_track (self->grid);

  tutti_chord_bar_span (self, mark->tick, &from, &to);
  box = box_of (self, from, to);
  if (box.x + box.width < 0 || box.x > gtk_widget_get_width (GTK_WIDGET (self)) || from >= tutti_chord_bar_end (self))
    return;
  tutti_draw_box (snapshot, box, RADIUS, &p->off_beat);
  if (from == self->sounding && track != NULL)
    {
      GdkRGBA now = tutti_rgba_fade (&p->track[track->colour], 0.45f);

      tutti_draw_box (snapshot, box, RADIUS, &now);
    }
  tutti_chord_print (mark->root, (TuttiHarmony) mark->quality, name);
  /* A chord that begins out of sight is called where it comes into it. */
  tutti_draw_text_within (snapshot, GTK_WIDGET (self), name, 9.5f, PANGO_WEIGHT_BOLD, MAX (box.x, 0) + 9, TUTTI_CHORD_BAR_TOP + 4,
                          box.x + box.width - MAX (box.x, 0) - 12, &p->fg);
}

/* What a click would be about, where nothing is yet. */
static void
draw_offer (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  gint32 from = self->from, to = self->to;
  GdkRGBA line = tutti_rgba_fade (&p->fg, 0.35f);
  gboolean dragged = self->hand == TUTTI_CHORD_HAND_NEW && from < to;
  TuttiBox box;

  if (self->over >= 0 && self->hand == TUTTI_CHORD_HAND_OFF && tutti_chord_bar_hand_at (self, self->over) == TUTTI_CHORD_HAND_NEW)
    tutti_chord_bar_range (self, tutti_chord_bar_tick (self, self->over), &from, &to);
  else if (!dragged)
    return;
  box = box_of (self, from, to);
  tutti_draw_ring (snapshot, box, RADIUS, 0, 1.5f, &line);
  tutti_draw_text (snapshot, GTK_WIDGET (self), "+", 11.0f, PANGO_WEIGHT_BOLD, box.x + box.width / 2, TUTTI_CHORD_BAR_TOP + 2, 0.5f,
                   &p->dim);
}

static void
draw_cursor (TuttiChordBar *self, GtkSnapshot *snapshot, const TuttiPalette *p)
{
  gint32 from, to;

  if (!gtk_widget_has_visible_focus (GTK_WIDGET (self)))
    return;
  from = self->cursor;
  to = from + tutti_chord_bar_beat_ticks (self);
  if (tutti_chord_meant (&self->shown, from) != NULL)
    tutti_chord_bar_span (self, self->cursor, &from, &to);
  tutti_draw_ring (snapshot, box_of (self, from, to), RADIUS, 2, p->ring_width, &p->accent);
}

void
tutti_chord_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  TuttiChordBar *self = TUTTI_CHORD_BAR (widget);
  const TuttiPalette *p = tutti_palette_get (widget);
  gboolean any = FALSE;

  if (tutti_chord_bar_jam (self) == NULL || tutti_chord_bar_end (self) == 0)
    return;
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (-3, 0, (float) gtk_widget_get_width (widget) + 3, TUTTI_CHORD_BAR_HEIGHT));
  for (guint i = 0; i < self->shown.n; i++)
    if (self->shown.mark[i].quality != TUTTI_HARMONY_NONE)
      {
        draw_chord (self, snapshot, p, &self->shown.mark[i]);
        any = TRUE;
      }
  if (!any && self->over < 0 && self->hand == TUTTI_CHORD_HAND_OFF)
    tutti_draw_text (snapshot, widget, _("Click to say which chord is meant here"), 9.0f, PANGO_WEIGHT_NORMAL, 8,
                     TUTTI_CHORD_BAR_TOP + 4, 0, &p->dim);
  draw_offer (self, snapshot, p);
  draw_cursor (self, snapshot, p);
  gtk_snapshot_pop (snapshot);
}
