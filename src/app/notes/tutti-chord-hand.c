/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hand does in the lane of chords. */
#include "tutti-chord-bar-private.h"

#include <math.h>

#define EDGE 8.0               /* of a chord's beginning and end that a hand takes */
#define MOVED_AFTER 4.0        /* pixels: less is a click */

TuttiChordHand
tutti_chord_bar_hand_at (TuttiChordBar *self, double x)
{
  gint32 tick = tutti_chord_bar_tick (self, x), from, to;
  double reach;

  if (tutti_chord_meant (&self->shown, tick) == NULL)
    return TUTTI_CHORD_HAND_NEW;
  tutti_chord_bar_span (self, tick, &from, &to);
  reach = MIN (EDGE, (tutti_chord_bar_x (self, to) - tutti_chord_bar_x (self, from)) / 4);
  if (x < tutti_chord_bar_x (self, from) + reach)
    return TUTTI_CHORD_HAND_BEGINNING;
  return x >= tutti_chord_bar_x (self, to) - reach ? TUTTI_CHORD_HAND_END : TUTTI_CHORD_HAND_MOVE;
}

static void
on_begin (GtkGestureDrag *gesture, double x, double y, TuttiChordBar *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (tutti_chord_bar_end (self) == 0)
    return;
  self->hand = tutti_chord_bar_hand_at (self, x);
  self->taken = self->cursor = tutti_chord_bar_tick (self, x);
  tutti_chord_bar_range (self, self->taken, &self->taken_from, &self->taken_to);
}

/* Where the chord in the hand goes when the pointer is at @x. */
static void
wanted (TuttiChordBar *self, double x, gint32 *from, gint32 *to)
{
  gint32 step = self->grid->snap > 0 ? self->grid->snap : TUTTI_NOTE_STEP_TICKS;

  *from = self->taken_from;
  *to = self->taken_to;
  tutti_chord_drag (self->hand, self->taken, tutti_chord_bar_tick (self, x), step, tutti_chord_bar_end (self), from, to);
}

static void
on_update (GtkGestureDrag *gesture, double dx, double dy, TuttiChordBar *self)
{
  double x, y;
  gint32 from, to;

  if (self->hand == TUTTI_CHORD_HAND_OFF || fabs (dx) < MOVED_AFTER)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  tutti_chord_bar_take (self);
  wanted (self, x + dx, &from, &to);
  if (self->hand == TUTTI_CHORD_HAND_NEW)
    {
      self->from = from;
      self->to = to;
    }
  else
    tutti_chord_move (&self->shown, self->taken, from, to, tutti_chord_bar_end (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_end (GtkGestureDrag *gesture, double dx, double dy, TuttiChordBar *self)
{
  TuttiChordHand hand = self->hand;
  double x, y;
  gint32 from, to;

  if (hand == TUTTI_CHORD_HAND_OFF)
    return;
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (fabs (dx) < MOVED_AFTER)
    tutti_chord_bar_range (self, self->taken, &from, &to);
  else
    wanted (self, x + dx, &from, &to);
  self->hand = TUTTI_CHORD_HAND_OFF;
  tutti_chord_bar_take (self);
  if (hand == TUTTI_CHORD_HAND_NEW || fabs (dx) < MOVED_AFTER)
    tutti_chord_bar_ask (self, from, to, NULL);
  else
    tutti_chord_bar_move (self, self->taken, from, to);
  tutti_chord_bar_refresh (self);
}

static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, TuttiChordBar *self)
{
  self->hand = TUTTI_CHORD_HAND_OFF;
  tutti_chord_bar_refresh (self);
}

static void
on_motion (GtkEventControllerMotion *motion, double x, double y, TuttiChordBar *self)
{
  static const char * const cursors[] = { "default", "pointer", "grab", "ew-resize", "ew-resize" };
  TuttiChordHand hand = self->hand != TUTTI_CHORD_HAND_OFF ? self->hand : tutti_chord_bar_hand_at (self, x);

  self->over = x;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), cursors[hand]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (GtkEventControllerMotion *motion, TuttiChordBar *self)
{
  self->over = -1;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
tutti_chord_bar_attach_hand (TuttiChordBar *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  g_signal_connect (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}
