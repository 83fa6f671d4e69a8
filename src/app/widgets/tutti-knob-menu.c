/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-knob-menu.h"

#include "tutti-passing-menu.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget    *knob, *page;   /* borrowed: the page has the knob */
  TuttiKnobMenu menu;
  gpointer      user_data;
} Menu;

static void
point_at (GtkWidget *popover, GtkWidget *page, GtkWidget *knob)
{
  graphene_rect_t box;

  if (gtk_widget_compute_bounds (knob, page, &box))
    gtk_popover_set_pointing_to (GTK_POPOVER (popover), &(GdkRectangle) { (int) box.origin.x, (int) box.origin.y,
                                                                          (int) box.size.width, (int) box.size.height });
}

static void
open_menu (Menu *menu)
{
  g_autoptr(GMenuModel) model = menu->menu (menu->knob, menu->user_data);
  GtkWidget *popover = gtk_popover_menu_new_from_model (model);

  gtk_widget_set_parent (popover, menu->page);
  point_at (popover, menu->page, menu->knob);
  tutti_passing_menu (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, Menu *menu)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  open_menu (menu);
}

static void
on_held (GtkGestureLongPress *gesture, double x, double y, Menu *menu)
{
  open_menu (menu);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, Menu *menu)
{
  if (key != GDK_KEY_Menu && !(key == GDK_KEY_F10 && (state & GDK_SHIFT_MASK) != 0))
    return FALSE;
  open_menu (menu);
  return TRUE;
}

void
tutti_knob_menu_attach (GtkWidget *knob, GtkWidget *page, TuttiKnobMenu menu, gpointer user_data)
{
  GtkGesture *click = gtk_gesture_click_new (), *press = gtk_gesture_long_press_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  Menu *data = g_new (Menu, 1);

  *data = (Menu) { knob, page, menu, user_data };
  g_object_set_data_full (G_OBJECT (knob), "tutti-knob-menu", data, g_free);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (press), TRUE);
  /* Before those of the range, which take any button. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), data);
  g_signal_connect (press, "pressed", G_CALLBACK (on_held), data);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), data);
  gtk_widget_add_controller (knob, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (knob, GTK_EVENT_CONTROLLER (press));
  gtk_widget_add_controller (knob, keys);
}

/* ---- typing ---- */

static void
on_typed (GtkEntry *entry, GtkWidget *popover)
{
  const char *action = g_object_get_data (G_OBJECT (popover), "tutti-action");
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (popover), "tutti-index"));

  gtk_widget_activate_action (gtk_widget_get_parent (popover), action, "(us)", index, gtk_editable_get_text (GTK_EDITABLE (entry)));
  gtk_popover_popdown (GTK_POPOVER (popover));
}

void
tutti_knob_menu_type (GtkWidget *knob, GtkWidget *page, const char *text, const char *action, guint index)
{
  GtkWidget *popover = gtk_popover_new (), *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 10);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Value"), -1);
  gtk_popover_set_child (GTK_POPOVER (popover), entry);
  g_object_set_data_full (G_OBJECT (popover), "tutti-action", g_strdup (action), g_free);
  g_object_set_data (G_OBJECT (popover), "tutti-index", GUINT_TO_POINTER (index));
  g_signal_connect (entry, "activate", G_CALLBACK (on_typed), popover);
  gtk_widget_set_parent (popover, page);
  point_at (popover, page, knob);
  tutti_passing_menu (popover);
  gtk_popover_popup (GTK_POPOVER (popover));
  gtk_widget_grab_focus (entry);
}
