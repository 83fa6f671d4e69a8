/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-name-dialog.h"

#include "tutti-card-window.h"
#include "tutti-names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  TuttiNameDone done;
  gpointer      user_data;
  GtkWidget    *window, *entry;
} Ask;

static void
on_apply (GtkWidget *widget, Ask *self)
{
  g_autofree char *name = tutti_names_typed (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (name != NULL)
    self->done (name, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

void
tutti_name_dialog_open (GtkWidget *parent, const char *title, const char *text, TuttiNameDone done, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *list = gtk_list_box_new (), *button = gtk_button_new_with_label (_("Rename"));
  Ask *self = g_new0 (Ask, 1);

  self->done = done;
  self->user_data = user_data;
  self->window = adw_window_new ();
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "pill");
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (body), list);
  gtk_box_append (GTK_BOX (body), button);
  gtk_widget_set_margin_start (body, 18);
  gtk_widget_set_margin_end (body, 18);
  gtk_widget_set_margin_top (body, 12);
  gtk_widget_set_margin_bottom (body, 24);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), body);
  adw_window_set_content (ADW_WINDOW (self->window), box);
  gtk_window_set_title (GTK_WINDOW (self->window), title);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 360, -1);
  tutti_stand_over (self->window, parent);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_apply), self);
  g_signal_connect (self->entry, "entry-activated", G_CALLBACK (on_apply), self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->entry);
}
