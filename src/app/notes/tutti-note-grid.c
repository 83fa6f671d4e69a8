/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-notes-private.h"

#include "tutti-ask.h"
#include "tutti-focus-ring.h"
#include "tutti-note.h"
#include "tutti-sounds.h"

#include <glib/gi18n.h>

#define FLASH_US (600 * 1000)
#define FIRST_VELOCITY 100

G_DEFINE_FINAL_TYPE (TuttiNoteGrid, tutti_note_grid, GTK_TYPE_WIDGET)

static guint moved_signal;

/* ---------------------------------------------------------------- what is shown */

static const TuttiJam *
jam_of (TuttiNoteGrid *self)
{
  return tutti_session_get_jam (self->session);
}

const TuttiTrack *
tutti_note_grid_get_track (TuttiNoteGrid *self)
{
  return jam_of (self) != NULL ? tutti_jam_track (jam_of (self), self->track, NULL) : NULL;
}

const TuttiClip *
tutti_note_grid_get_clip (TuttiNoteGrid *self)
{
  const TuttiTrack *track = tutti_note_grid_get_track (self);

  return track != NULL ? tutti_track_clip (track, self->clip) : NULL;
}

gboolean
tutti_note_outside (TuttiNoteGrid *self, int key)
{
  return !tutti_jam_in_scale (jam_of (self), key);
}

static gboolean
any_note_on (TuttiNoteGrid *self, int key)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_array_index (self->shown, TuttiNote, i).pitch == key)
      return TRUE;
  return FALSE;
}

/* Folded, the rows of the scale stay, and those where something lies nevertheless: nothing that sounds is hidden. */
static void
lay_out_rows (TuttiNoteGrid *self)
{
  guint before = self->n_rows;

  self->n_rows = 0;
  for (int key = TUTTI_KEY_MAX; key >= 0; key--)
    if (!self->fold || jam_of (self) == NULL || !tutti_note_outside (self, key) || any_note_on (self, key))
      self->row_keys[self->n_rows++] = (guint8) key;
  if (self->n_rows != before)
    gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
take_notes (TuttiNoteGrid *self)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  g_array_set_size (self->shown, 0);
  if (clip != NULL)
    g_array_append_vals (self->shown, clip->notes, clip->n_notes);
}

void
tutti_note_grid_moved (TuttiNoteGrid *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, moved_signal, 0);
}

static void
say_what_it_is (TuttiNoteGrid *self)
{
  const TuttiTrack *track = tutti_note_grid_get_track (self);
  const TuttiClip *clip = tutti_note_grid_get_clip (self);
  guint n = clip != NULL ? clip->n_notes : 0;
  g_autofree char *words =
    g_strdup_printf (ngettext ("Notes of %s, %u note. Use Note List.", "Notes of %s, %u notes. Use Note List.", n),
                     track != NULL ? track->name : "", n);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static gboolean
forget_gone (gpointer id, gpointer value, gpointer user_data)
{
  const TuttiClip *clip = user_data;

  return clip == NULL || tutti_clip_note (clip, *(const TuttiId *) id, NULL) == NULL;
}

/* ---- what others change fades in their colour ---- */

static gboolean
on_fade (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  TuttiNoteGrid *self = TUTTI_NOTE_GRID (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);

  for (guint i = self->flashes->len; i-- > 0; )
    if (g_array_index (self->flashes, TuttiNoteFlash, i).until_us <= now)
      g_array_remove_index_fast (self->flashes, i);
  gtk_widget_queue_draw (widget);
  if (self->flashes->len > 0)
    return G_SOURCE_CONTINUE;
  self->fading = 0;
  return G_SOURCE_REMOVE;
}

static void
flash_changes (TuttiNoteGrid *self, const GArray *before, guint by)
{
  const TuttiPerson *person = tutti_jam_person (jam_of (self), by);
  gint64 until = g_get_monotonic_time () + FLASH_US;

  if (person == NULL || by == tutti_session_get_me (self->session))
    return;
  for (guint i = 0, j = 0; i < self->shown->len; i++)
    {
      const TuttiNote *note = &g_array_index (self->shown, TuttiNote, i);

      /* Both are in order: what stands at the same place is the same. */
      while (j < before->len && tutti_note_compare (&g_array_index (before, TuttiNote, j), note) < 0)
        j++;
      if (j < before->len && tutti_id_equal (g_array_index (before, TuttiNote, j).id, note->id) &&
          tutti_note_differing (&g_array_index (before, TuttiNote, j), note) == 0)
        continue;
      g_array_append_val (self->flashes, ((TuttiNoteFlash) { note->id, person->colour, until }));
    }
  if (self->flashes->len > 0 && self->fading == 0)
    self->fading = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_fade, NULL, NULL);
}

void
tutti_note_grid_refresh (TuttiNoteGrid *self, guint by)
{
  g_autoptr(GArray) before = g_array_copy (self->shown);

  if (jam_of (self) == NULL)
    return;
  g_hash_table_foreach_remove (self->selected, forget_gone, (gpointer) tutti_note_grid_get_clip (self));
  /* What is in the hand stays as it is shown until it is let go. */
  if (self->drag == TUTTI_DRAG_NOTHING || self->drag == TUTTI_DRAG_BOX)
    take_notes (self);
  flash_changes (self, before, by);
  lay_out_rows (self);
  say_what_it_is (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tutti_note_grid_moved (self);
}

void
tutti_note_grid_show (TuttiNoteGrid *self, TuttiId track, TuttiId clip)
{
  gboolean same = tutti_id_equal (self->clip, clip) && tutti_id_equal (self->track, track);

  self->track = track;
  self->clip = clip;
  if (!same)
    {
      g_hash_table_remove_all (self->selected);
      self->drag = TUTTI_DRAG_NOTHING;
      self->cursor_tick = self->anchor_tick = 0;
      take_notes (self);
    }
  tutti_note_grid_refresh (self, 0);
  if (!same)
    tutti_note_grid_reveal (self);
}

/* ---------------------------------------------------------------- edits */

void
tutti_note_preview (TuttiNoteGrid *self, const GArray *notes)
{
  take_notes (self);
  for (guint i = 0; i < notes->len; i++)
    {
      const TuttiNote *note = &g_array_index (notes, TuttiNote, i);
      guint place = self->shown->len;

      for (guint j = 0; j < self->shown->len; j++)
        if (tutti_id_equal (g_array_index (self->shown, TuttiNote, j).id, note->id))
          place = j;
      if (place < self->shown->len)
        g_array_index (self->shown, TuttiNote, place) = *note;
      else
        g_array_append_val (self->shown, *note);
    }
  lay_out_rows (self);
  tutti_note_grid_moved (self);
}

static void
ask_all (TuttiNoteGrid *self, GPtrArray *ops)
{
  for (guint i = 0; i < ops->len; i++)
    if (!tutti_ask (GTK_WIDGET (self), self->session, tutti_op_copy (ops->pdata[i])))
      break;
  g_ptr_array_unref (ops);
}

void
tutti_note_commit (TuttiNoteGrid *self, const GArray *notes)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  if (clip != NULL)
    ask_all (self, tutti_note_changes (clip, (const TuttiNote *) (void *) notes->data, notes->len));
  tutti_note_grid_refresh (self, 0);
}

void
tutti_note_delete (TuttiNoteGrid *self, const TuttiId *ids, guint n)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  if (clip != NULL)
    ask_all (self, tutti_note_deletions (clip, ids, n));
  tutti_note_grid_refresh (self, 0);
}

void
tutti_note_hear (TuttiNoteGrid *self, int key, int velocity)
{
  const TuttiTrack *track = tutti_note_grid_get_track (self);

  if (track != NULL)
    tutti_session_audition_track (self->session, self->track, key - tutti_sound_root (track->sound) + track->transpose, velocity);
}

/* ---------------------------------------------------------------- settings */

void
tutti_note_grid_set_chord_lock (TuttiNoteGrid *self, gboolean lock)
{
  self->chord_lock = lock;
}

void
tutti_note_grid_set_ghost (TuttiNoteGrid *self, TuttiId track)
{
  self->ghost = track;
  tutti_note_grid_moved (self);
}

void
tutti_note_grid_set_tool (TuttiNoteGrid *self, TuttiNoteTool tool, guint stamp)
{
  static const char * const cursors[TUTTI_N_NOTE_TOOLS] = { "pencil", "default", "copy", "col-resize" };

  self->tool = tool;
  self->stamp = stamp;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursors[tool]);
}

void
tutti_note_grid_set_snap (TuttiNoteGrid *self, int ticks)
{
  self->snap = ticks;
  if (ticks > 0)
    self->last_length = ticks;
}

void
tutti_note_grid_set_lock (TuttiNoteGrid *self, gboolean lock)
{
  self->lock = lock;
  tutti_note_grid_moved (self);
}

void
tutti_note_grid_set_fold (TuttiNoteGrid *self, gboolean fold)
{
  self->fold = fold;
  lay_out_rows (self);
  tutti_note_grid_moved (self);
}

void
tutti_note_grid_set_zoom (TuttiNoteGrid *self, double zoom)
{
  self->zoom = CLAMP (zoom, TUTTI_NOTE_ZOOM_MIN, TUTTI_NOTE_ZOOM_MAX);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tutti_note_grid_moved (self);
}

void
tutti_note_grid_set_playhead (TuttiNoteGrid *self, gint64 tick)
{
  self->playhead = tick;
}

/* ---------------------------------------------------------------- the widget */

static void
tutti_note_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  tutti_note_grid_draw (TUTTI_NOTE_GRID (widget), snapshot);
}

static void
tutti_note_grid_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                         int *minimum_baseline, int *natural_baseline)
{
  TuttiNoteGrid *self = TUTTI_NOTE_GRID (widget);
  const TuttiClip *clip = tutti_note_grid_get_clip (self);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = (int) self->n_rows * TUTTI_NOTE_ROW;
  else
    *minimum = *natural = clip != NULL ? (int) ceil (tutti_note_x (self, tutti_clip_ticks (clip))) + 1 : 100;
}

static void
tutti_note_grid_dispose (GObject *object)
{
  TuttiNoteGrid *self = TUTTI_NOTE_GRID (object);

  g_clear_pointer (&self->background, gsk_render_node_unref);
  g_clear_pointer (&self->selected, g_hash_table_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->dragged, g_array_unref);
  g_clear_pointer (&self->flashes, g_array_unref);
  g_clear_handle_id (&self->ageing, g_source_remove);
  g_clear_pointer (&self->people, g_array_unref);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_note_grid_parent_class)->dispose (object);
}

static void
tutti_note_grid_class_init (TuttiNoteGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_note_grid_dispose;
  widget_class->snapshot = tutti_note_grid_snapshot;
  widget_class->measure = tutti_note_grid_measure;
  gtk_widget_class_set_css_name (widget_class, "notegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  moved_signal = g_signal_new ("moved", TUTTI_TYPE_NOTE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("picked", TUTTI_TYPE_NOTE_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_note_grid_init (TuttiNoteGrid *self)
{
  self->zoom = 1;
  self->snap = self->last_length = TUTTI_NOTE_STEP_TICKS;
  self->last_velocity = FIRST_VELOCITY;
  self->playhead = -1;
  self->heard_key = -1;
  self->cursor_key = self->anchor_key = TUTTI_NOTE_MIDDLE_KEY;
  self->shown = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  self->dragged = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  self->flashes = g_array_new (FALSE, FALSE, sizeof (TuttiNoteFlash));
  self->people = tutti_note_people_new ();
  self->selected = g_hash_table_new_full (tutti_note_hash_id, tutti_note_equal_ids, g_free, NULL);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  /* Time runs the same way everywhere. */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  tutti_note_grid_set_tool (self, TUTTI_NOTE_DRAW, TUTTI_STAMP_OF_SCALE);
}

GtkWidget *
tutti_note_grid_new (TuttiSession *session)
{
  TuttiNoteGrid *self = g_object_new (TUTTI_TYPE_NOTE_GRID, NULL);

  self->session = g_object_ref (session);
  lay_out_rows (self);
  tutti_note_input_attach (self);
  tutti_note_keys_attach (self);
  return GTK_WIDGET (self);
}
