/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-range-drag.h"

#define FULL_RANGE_PX 160.0
#define FINE 0.1

typedef struct
{
  double initial;              /* what a double click gives */
  double value, y;             /* at the last motion */
} Drag;

static Drag *
drag_of (GtkRange *range)
{
  return g_object_get_data (G_OBJECT (range), "tutti-drag");
}

double
tutti_range_share (GtkRange *range)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (range);
  double low = gtk_adjustment_get_lower (adjustment), high = gtk_adjustment_get_upper (adjustment);

  return high > low ? (gtk_adjustment_get_value (adjustment) - low) / (high - low) : 0;
}

void
tutti_range_drag_set_initial (GtkRange *range, double initial)
{
  drag_of (range)->initial = initial;
}

static void
on_drag_begin (GtkGestureDrag *gesture, double x, double y, GtkRange *range)
{
  Drag *drag = drag_of (range);

  drag->value = gtk_range_get_value (range);
  drag->y = 0;
  gtk_widget_grab_focus (GTK_WIDGET (range));
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* Counted from motion to motion, so that Shift may be pressed and let go on the way. */
static void
on_drag_update (GtkGestureDrag *gesture, double dx, double dy, GtkRange *range)
{
  Drag *drag = drag_of (range);
  GtkAdjustment *adjustment = gtk_range_get_adjustment (range);
  double low = gtk_adjustment_get_lower (adjustment), high = gtk_adjustment_get_upper (adjustment);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));

  drag->value -= (dy - drag->y) / FULL_RANGE_PX * (high - low) * (state & GDK_SHIFT_MASK ? FINE : 1);
  drag->value = CLAMP (drag->value, low, high);
  drag->y = dy;
  gtk_range_set_value (range, drag->value);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, GtkRange *range)
{
  if (n_press == 2)
    gtk_range_set_value (range, drag_of (range)->initial);
}

static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, GtkRange *range)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (scroll));
  double step = gtk_adjustment_get_step_increment (gtk_range_get_adjustment (range));

  gtk_range_set_value (range, gtk_range_get_value (range) - dy * step * (state & GDK_SHIFT_MASK ? FINE : 1));
  return TRUE;
}

/* A GtkRange has keys only where it is a GtkScale. */
static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkRange *range)
{
  GtkAdjustment *adjustment = gtk_range_get_adjustment (range);
  double step = gtk_adjustment_get_step_increment (adjustment), page = gtk_adjustment_get_page_increment (adjustment);
  double value = gtk_range_get_value (range), fine = state & GDK_SHIFT_MASK ? FINE : 1;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (key)
    {
    case GDK_KEY_Up: case GDK_KEY_KP_Up: case GDK_KEY_Right: case GDK_KEY_KP_Right: value += step * fine; break;
    case GDK_KEY_Down: case GDK_KEY_KP_Down: case GDK_KEY_Left: case GDK_KEY_KP_Left: value -= step * fine; break;
    case GDK_KEY_Page_Up: case GDK_KEY_KP_Page_Up: value += page; break;
    case GDK_KEY_Page_Down: case GDK_KEY_KP_Page_Down: value -= page; break;
    case GDK_KEY_Home: case GDK_KEY_KP_Home: value = gtk_adjustment_get_lower (adjustment); break;
    case GDK_KEY_End: case GDK_KEY_KP_End: value = gtk_adjustment_get_upper (adjustment); break;
    case GDK_KEY_Delete: case GDK_KEY_BackSpace: value = drag_of (range)->initial; break;
    default: return FALSE;
    }
  gtk_range_set_value (range, value);
  return TRUE;
}

void
tutti_range_drag_attach (GtkRange *range, double initial)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);
  GtkEventController *keys = gtk_event_controller_key_new ();
  Drag *data = g_new0 (Drag, 1);

  data->initial = initial;
  g_object_set_data_full (G_OBJECT (range), "tutti-drag", data, g_free);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), range);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), range);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), range);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), range);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), range);
  gtk_widget_add_controller (GTK_WIDGET (range), keys);
  /* Before the range's own gestures, which expect a trough with a slider in it. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  gtk_gesture_group (click, drag);
  gtk_widget_add_controller (GTK_WIDGET (range), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (range), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (range), scroll);
}
