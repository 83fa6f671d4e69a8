/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chord-bar-private.h"

#include "tutti-focus-ring.h"
#include "tutti-passing-menu.h"

G_DEFINE_FINAL_TYPE (TuttiChordBar, tutti_chord_bar, GTK_TYPE_WIDGET)

/* ---- places ---- */

const TuttiJam *
tutti_chord_bar_jam (TuttiChordBar *self)
{
  return tutti_session_get_jam (self->grid->session);
}

gint32
tutti_chord_bar_end (TuttiChordBar *self)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);

  return clip != NULL ? tutti_clip_ticks (clip) : 0;
}

gint32
tutti_chord_bar_beat_ticks (TuttiChordBar *self)
{
  return (gint32) tutti_ticks_per_beat (tutti_chord_bar_jam (self)->transport.unit);
}

gint32
tutti_chord_bar_tick (TuttiChordBar *self, double x)
{
  return MIN (tutti_note_tick (self->grid, x + tutti_note_grid_visible (self->grid).x), MAX (tutti_chord_bar_end (self) - 1, 0));
}

double
tutti_chord_bar_x (TuttiChordBar *self, gint32 tick)
{
  return tutti_note_x (self->grid, tick) - tutti_note_grid_visible (self->grid).x;
}

void
tutti_chord_bar_span (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to)
{
  tutti_chord_span (&self->shown, tick, tutti_chord_bar_end (self), from, to);
}

void
tutti_chord_bar_range (TuttiChordBar *self, gint32 tick, gint32 *from, gint32 *to)
{
  const TuttiTransport *transport = &tutti_chord_bar_jam (self)->transport;
  gint32 bar = (gint32) tutti_ticks_per_bar (transport->beats, transport->unit);

  tutti_chord_bar_span (self, tick, from, to);
  if (tutti_chord_meant (&self->shown, tick) != NULL)
    return;
  *from = MAX (*from, tick / bar * bar);
  *to = MIN (*to, tick / bar * bar + bar);
}

void
tutti_chord_bar_take (TuttiChordBar *self)
{
  const TuttiClip *clip = tutti_note_grid_get_clip (self->grid);

  self->shown = clip != NULL ? clip->chords : (TuttiChordLane) { 0 };
}

/* ---- the widget ---- */

void
tutti_chord_bar_refresh (TuttiChordBar *self)
{
  if (self->hand == TUTTI_CHORD_HAND_OFF)
    tutti_chord_bar_take (self);
  self->cursor = MIN (self->cursor, MAX (tutti_chord_bar_end (self) - 1, 0));
  tutti_chord_bar_say (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_chord_bar_beat (TuttiChordBar *self)
{
  gint64 now = self->grid->playhead;
  const TuttiChordMark *mark = now >= 0 ? tutti_chord_meant (&self->shown, (gint32) now) : NULL;
  gint32 sounding = mark != NULL ? mark->tick : -1;

  if (sounding == self->sounding)
    return;
  self->sounding = sounding;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tutti_chord_bar_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? TUTTI_CHORD_BAR_HEIGHT : 0;
}

static void
tutti_chord_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  tutti_passing_menu_lay_out (widget);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, TuttiChordBar *self)
{
  return tutti_chord_bar_press (self, key, state);
}

static void
tutti_chord_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (tutti_chord_bar_parent_class)->dispose (object);
}

static void
tutti_chord_bar_class_init (TuttiChordBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_chord_bar_dispose;
  widget_class->snapshot = tutti_chord_bar_snapshot;
  widget_class->measure = tutti_chord_bar_measure;
  widget_class->size_allocate = tutti_chord_bar_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "chordbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
tutti_chord_bar_init (TuttiChordBar *self)
{
  self->sounding = -1;
  self->over = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  tutti_focus_ring_watch (GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
}

GtkWidget *
tutti_chord_bar_new (TuttiNoteGrid *grid)
{
  TuttiChordBar *self = g_object_new (TUTTI_TYPE_CHORD_BAR, NULL);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->grid = grid;
  tutti_chord_bar_attach_hand (self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect_object (grid, "moved", G_CALLBACK (tutti_chord_bar_refresh), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
