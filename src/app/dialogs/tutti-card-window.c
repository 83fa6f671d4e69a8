/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-card-window.h"

#include <adwaita.h>

void
tutti_close_on_escape (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();
  GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0), gtk_named_action_new ("window.close"));

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller), shortcut);
  gtk_widget_add_controller (window, controller);
}

void
tutti_stand_over (GtkWidget *window, GtkWidget *parent)
{
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (gtk_widget_get_root (parent)));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  /* Who is told goes with it, while the window below may stay. */
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  tutti_close_on_escape (window);
}

GtkWidget *
tutti_card_window_new (GtkWidget *parent, const char *title, int width, GtkWidget **column)
{
  GtkWidget *window = adw_window_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *header = adw_header_bar_new ();
  GtkWidget *handle = gtk_window_handle_new ();

  *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 14);
  gtk_widget_set_margin_start (*column, 18);
  gtk_widget_set_margin_end (*column, 18);
  gtk_widget_set_margin_top (*column, 4);
  gtk_widget_set_margin_bottom (*column, 20);
  gtk_widget_add_css_class (header, "flat");
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), *column);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), handle);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), width, -1);
  gtk_window_set_resizable (GTK_WINDOW (window), FALSE);
  tutti_stand_over (window, parent);
  return window;
}

GtkWidget *
tutti_card_window_add_button (GtkWidget *window, GtkWidget *column, const char *label)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill-wide");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), button);
  gtk_window_set_default_widget (GTK_WINDOW (window), button);
  return button;
}
