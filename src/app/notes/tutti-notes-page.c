/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-notes-page-private.h"

#include "tutti-passing-menu.h"

G_DEFINE_FINAL_TYPE (TuttiNotesPage, tutti_notes_page, GTK_TYPE_WIDGET)

/* ---------------------------------------------------------------- what is on show */

/* Of the clips of notes that @track has: the one that sounds, else that of the first scene. */
static TuttiId
find_clip (TuttiNotesPage *self, const TuttiJam *jam, const TuttiTrack *track)
{
  const TuttiClip *sounds = tutti_track_clip (track, tutti_track_launch_at (track, tutti_session_get_tick (self->session)).clip);

  if (sounds != NULL && sounds->kind == TUTTI_CLIP_NOTES)
    return sounds->id;
  for (guint s = 0; s < jam->n_scenes; s++)
    {
      const TuttiClip *clip = tutti_track_clip_at (track, jam->scenes[s].id);

      if (clip != NULL && clip->kind == TUTTI_CLIP_NOTES)
        return clip->id;
    }
  return tutti_id (0, 0);
}

static TuttiId
find_track (TuttiNotesPage *self, const TuttiJam *jam)
{
  TuttiId suits = { 0, 0 };

  for (guint i = 0; i < jam->n_tracks; i++)
    {
      if (!tutti_id_is_none (find_clip (self, jam, jam->tracks[i])))
        return jam->tracks[i]->id;
      if (tutti_id_is_none (suits) && tutti_notes_suit (jam->tracks[i]))
        suits = jam->tracks[i]->id;
    }
  return suits;
}

/* What was on show and is gone gives way to the next there is. */
static void
settle (TuttiNotesPage *self, const TuttiJam *jam)
{
  const TuttiTrack *track = tutti_jam_track (jam, self->track, NULL);
  const TuttiClip *clip;

  if (track == NULL)
    self->track = find_track (self, jam);
  track = tutti_jam_track (jam, self->track, NULL);
  clip = track != NULL ? tutti_track_clip (track, self->clip) : NULL;
  if (clip == NULL || clip->kind != TUTTI_CLIP_NOTES)
    self->clip = track != NULL ? find_clip (self, jam, track) : tutti_id (0, 0);
  if (tutti_jam_track (jam, self->ghost, NULL) == NULL)
    self->ghost = tutti_id (0, 0);
}

void
tutti_notes_show (TuttiNotesPage *self)
{
  const TuttiJam *jam = tutti_notes_jam (self);
  const char *page;

  if (jam == NULL)
    return;
  settle (self, jam);
  page = tutti_id_is_none (self->track) ? "no-track" : tutti_id_is_none (self->clip) ? "no-clip" : "roll";
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), page);
  gtk_widget_set_visible (self->tools, !tutti_id_is_none (self->track));
  tutti_note_grid_show (tutti_notes_grid (self), self->track, self->clip);
  tutti_note_grid_set_ghost (tutti_notes_grid (self), self->ghost);
  tutti_note_list_refresh (TUTTI_NOTE_LIST (self->list));
  tutti_notes_show_tools (self, jam);
  if (!tutti_id_equal (self->shown, self->clip))
    {
      self->shown = self->clip;
      g_signal_emit_by_name (self, "turned");
    }
}

/* Another clip's notes, another track's sound: nothing that shows here. */
static gboolean
concerns (TuttiNotesPage *self, const TuttiTarget *what)
{
  const TuttiTrack *track = NULL;

  if (what == NULL)
    return TRUE;
  if (what->scope == TUTTI_SCOPE_CHORD)
    return tutti_id_equal (what->id, self->clip);
  if (what->scope == TUTTI_SCOPE_NOTES)
    return tutti_id_equal (what->id, self->clip) ||
           (tutti_jam_clip (tutti_notes_jam (self), what->id, &track) != NULL && tutti_id_equal (track->id, self->ghost));
  return what->scope != TUTTI_SCOPE_STEP && what->scope != TUTTI_SCOPE_STEPS && what->scope != TUTTI_SCOPE_MIX &&
         what->scope != TUTTI_SCOPE_LAUNCH && what->scope != TUTTI_SCOPE_EFFECTS;
}

void
tutti_notes_page_refresh (TuttiNotesPage *self, const TuttiTarget *what, guint by)
{
  if (tutti_notes_jam (self) == NULL || !concerns (self, what))
    return;
  if (what != NULL && (what->scope == TUTTI_SCOPE_NOTES || what->scope == TUTTI_SCOPE_CHORD))
    {
      tutti_note_grid_refresh (tutti_notes_grid (self), by);
      tutti_note_list_refresh (TUTTI_NOTE_LIST (self->list));
      tutti_notes_show_tools (self, tutti_notes_jam (self));
      return;
    }
  tutti_notes_show (self);
}

/* Where in the clip the music is; the loop of the song is followed as the sound follows it. */
static gint64
local_tick (TuttiNotesPage *self, const TuttiJam *jam, gint64 tick)
{
  const TuttiTransport *transport = &jam->transport;
  const TuttiTrack *track = tutti_jam_track (jam, self->track, NULL);
  const TuttiClip *clip = tutti_notes_clip (self);
  TuttiLaunch launch;
  gboolean loops = transport->loop && transport->loop_end > transport->loop_start;

  if (track == NULL || clip == NULL)
    return -1;
  launch = tutti_track_launch_at (track, tick);
  if (!tutti_id_equal (launch.clip, clip->id) || tick < launch.from_tick)
    return -1;
  if (!loops)
    return tutti_floor_mod (tick - launch.from_tick, tutti_clip_ticks (clip));
  return tutti_floor_mod (tutti_tick_wrap (tick, transport->loop_start, transport->loop_end) -
                          tutti_tick_wrap (launch.from_tick, transport->loop_start, transport->loop_end), tutti_clip_ticks (clip));
}

void
tutti_notes_page_beat (TuttiNotesPage *self, gint64 tick, gboolean playing)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  tutti_note_grid_set_playhead (tutti_notes_grid (self), playing ? local_tick (self, tutti_notes_jam (self), tick) : -1);
  gtk_widget_queue_draw (self->now);
  gtk_widget_queue_draw (self->ruler);
  tutti_chord_bar_beat (TUTTI_CHORD_BAR (self->chords));
}

void
tutti_notes_page_show (TuttiNotesPage *self, TuttiId track, TuttiId clip)
{
  self->track = track;
  self->clip = clip;
  tutti_notes_show (self);
}

void
tutti_notes_page_pick (TuttiNotesPage *self, gint32 from, gint32 to)
{
  tutti_note_grid_pick (tutti_notes_grid (self), from, to);
}

TuttiId
tutti_notes_page_get_clip (TuttiNotesPage *self)
{
  return self->clip;
}

void
tutti_notes_page_set_person (TuttiNotesPage *self, guint number, const char *name, int colour, TuttiId clip, TuttiId note)
{
  tutti_note_grid_set_person (tutti_notes_grid (self), number, name, colour, clip, note);
}

void
tutti_notes_page_clear_person (TuttiNotesPage *self, guint number)
{
  tutti_note_grid_clear_person (tutti_notes_grid (self), number);
}

TuttiId
tutti_notes_page_get_note (TuttiNotesPage *self)
{
  return tutti_notes_clip (self) != NULL ? tutti_note_grid_get_here (tutti_notes_grid (self)) : tutti_id (0, 0);
}

static void
on_picked (TuttiNoteGrid *grid, TuttiNotesPage *self)
{
  g_signal_emit_by_name (self, "turned");
}

void
tutti_notes_page_focus (TuttiNotesPage *self)
{
  if (!tutti_id_is_none (self->clip))
    gtk_widget_grab_focus (self->grid);
  else
    gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD);
}

void
tutti_notes_page_set_narrow (TuttiNotesPage *self, gboolean narrow)
{
  self->narrow = narrow;
  tutti_notes_fit (self);
  if (tutti_notes_jam (self) != NULL)
    tutti_notes_show_tools (self, tutti_notes_jam (self));
}

/* ---------------------------------------------------------------- the widget */

static gboolean
on_reveal (gpointer data)
{
  TuttiNotesPage *self = data;

  self->reveal = 0;
  tutti_note_grid_reveal (tutti_notes_grid (self));
  return G_SOURCE_REMOVE;
}

/* The first look is at the notes; only then is there room that tells where they are. Before the next frame and not at once: what
 * is scrolled while it is given its place is drawn where it was, out of sight. */
static void
on_scrolled (GtkAdjustment *adjustment, TuttiNotesPage *self)
{
  if (!self->revealed && gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller))) > 0 &&
      gtk_widget_get_mapped (self->grid))
    {
      self->revealed = TRUE;
      self->reveal = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_reveal, self, NULL);
    }
  gtk_widget_queue_draw (self->grid);
  gtk_widget_queue_draw (self->keys);
  gtk_widget_queue_draw (self->ruler);
  gtk_widget_queue_draw (self->chords);
  gtk_widget_queue_draw (self->velocities);
}

static void
follow_scrolling (TuttiNotesPage *self)
{
  GtkScrolledWindow *scroller = GTK_SCROLLED_WINDOW (self->scroller);
  GtkAdjustment *adjustments[] = { gtk_scrolled_window_get_hadjustment (scroller), gtk_scrolled_window_get_vadjustment (scroller) };

  for (guint i = 0; i < G_N_ELEMENTS (adjustments); i++)
    {
      g_signal_connect_object (adjustments[i], "value-changed", G_CALLBACK (on_scrolled), self, 0);
      g_signal_connect_object (adjustments[i], "changed", G_CALLBACK (on_scrolled), self, 0);
    }
}

static void
tutti_notes_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (tutti_notes_page_parent_class)->map (widget);
  tutti_notes_show (TUTTI_NOTES_PAGE (widget));
}

static void
tutti_notes_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (TUTTI_NOTES_PAGE (widget)->root, &(GtkAllocation) { 0, 0, width, height }, baseline);
  tutti_passing_menu_lay_out (widget);
}

static void
tutti_notes_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                          int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (TUTTI_NOTES_PAGE (widget)->root, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
tutti_notes_page_dispose (GObject *object)
{
  TuttiNotesPage *self = TUTTI_NOTES_PAGE (object);

  g_clear_handle_id (&self->reveal, g_source_remove);
  g_clear_pointer (&self->root, gtk_widget_unparent);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (tutti_notes_page_parent_class)->dispose (object);
}

static void
tutti_notes_page_class_init (TuttiNotesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_notes_page_dispose;
  widget_class->map = tutti_notes_page_map;
  widget_class->size_allocate = tutti_notes_page_size_allocate;
  widget_class->measure = tutti_notes_page_measure;
  g_signal_new ("turned", TUTTI_TYPE_NOTES_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
tutti_notes_page_init (TuttiNotesPage *self)
{
}

GtkWidget *
tutti_notes_page_new (TuttiSession *session)
{
  TuttiNotesPage *self = g_object_new (TUTTI_TYPE_NOTES_PAGE, NULL);

  self->session = g_object_ref (session);
  tutti_notes_add_actions (self);
  tutti_notes_build (self);
  tutti_note_grid_set_lock (tutti_notes_grid (self), TRUE);
  follow_scrolling (self);
  g_signal_connect_object (self->grid, "picked", G_CALLBACK (on_picked), self, 0);
  tutti_notes_fit (self);
  tutti_notes_show (self);
  return GTK_WIDGET (self);
}
