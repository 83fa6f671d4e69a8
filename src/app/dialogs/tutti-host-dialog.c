/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-dialog.h"

#include "tutti-dialog-shell.h"
#include "tutti-names.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget       *window, *name, *start, *people;
  TuttiHostingDone done;
  gpointer         user_data;
} Host;

static void
on_dice (GtkButton *button, Host *self)
{
  g_autofree char *name = tutti_names_jam ((guint64) g_random_int () << 32 | g_random_int ());

  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
}

static void
on_host (GtkButton *button, Host *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  TuttiHostWish hosting = { name, adw_combo_row_get_selected (ADW_COMBO_ROW (self->start)) == 0,
                           (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->people)) };

  if (*name == '\0' || strlen (name) > 63)
    return;
  if (self->done != NULL)
    self->done (&hosting, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static GtkWidget *
people_row (Host *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->people = gtk_spin_button_new_with_range (2, 500, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->people), 16);
  gtk_widget_set_valign (self->people, GTK_ALIGN_CENTER);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("People"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("up to"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->people);
  return row;
}

GtkWidget *
tutti_host_dialog_open (GtkWidget *parent, TuttiHostingDone done, gpointer user_data)
{
  const char *starts[] = { _("Demo Beat"), _("Empty Grid"), NULL };
  Host *self = g_new0 (Host, 1);
  GtkWidget *column, *list, *dice = gtk_button_new_from_icon_name ("tutti-dice-symbolic"), *button;
  g_autofree char *name = tutti_names_jam ((guint64) g_random_int () << 32 | g_random_int ());
  g_autoptr(GtkStringList) model = gtk_string_list_new (starts);

  self->done = done;
  self->user_data = user_data;
  self->window = tutti_dialog_new (parent, _("Host a Jam"), &column);
  list = tutti_dialog_add_list (column);
  self->name = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name), _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
  gtk_widget_add_css_class (dice, "flat");
  gtk_widget_set_valign (dice, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (dice, _("Another Name"));
  g_signal_connect (dice, "clicked", G_CALLBACK (on_dice), self);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->name), dice);
  self->start = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->start), _("Start with"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->start), G_LIST_MODEL (model));
  gtk_list_box_append (GTK_LIST_BOX (list), self->name);
  gtk_list_box_append (GTK_LIST_BOX (list), self->start);
  gtk_list_box_append (GTK_LIST_BOX (list), people_row (self));
  button = tutti_dialog_add_button (self->window, column, _("Host"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_host), self);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-host", self, g_free);
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}
