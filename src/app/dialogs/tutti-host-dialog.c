/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-host-dialog.h"

#include "tutti-card-window.h"
#include "tutti-demos.h"
#include "tutti-limits.h"
#include "tutti-names.h"
#include "tutti-tips.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define PEOPLE_FIRST 16

typedef struct
{
  TuttiHostDone done;
  gpointer      user_data;
  GtkWidget    *window, *name, *start, *people, *button;
  gboolean      this_jam;
} Ask;

/* (transfer full) (nullable) */
static char *
dup_name (Ask *self)
{
  return tutti_names_typed (gtk_editable_get_text (GTK_EDITABLE (self->name)));
}

static void
throw_dice (Ask *self)
{
  g_autofree char *name = tutti_names_jam (((guint64) g_random_int () << 32) | g_random_int ());

  gtk_editable_set_text (GTK_EDITABLE (self->name), name);
}

static void
on_changed (Ask *self)
{
  g_autofree char *name = dup_name (self);

  gtk_widget_set_sensitive (self->button, name != NULL);
}

/* The list is this jam, if there is one, the demos, and nothing. */
static void
read_start (Ask *self, guint selected, TuttiHostWish *wish)
{
  guint demo = selected - (self->this_jam ? 1 : 0);

  if (self->this_jam && selected == 0)
    wish->start = TUTTI_HOST_THIS_JAM;
  else if (demo < tutti_demos_count ())
    {
      wish->start = TUTTI_HOST_DEMO;
      wish->demo = tutti_demos_get_name (demo);
    }
}

static void
on_host (Ask *self)
{
  g_autofree char *name = dup_name (self);
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->start));
  TuttiHostWish wish = { name, TUTTI_HOST_EMPTY, NULL, (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->people)) };

  if (name == NULL)
    return;
  read_start (self, selected, &wish);
  gtk_widget_set_visible (self->window, FALSE);
  self->done (&wish, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static GtkWidget *
build_name (Ask *self)
{
  GtkWidget *row = self->name = adw_entry_row_new (), *dice = gtk_button_new_from_icon_name ("tutti-dice-symbolic");

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Name"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  gtk_widget_add_css_class (dice, "flat");
  gtk_widget_set_valign (dice, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (dice, _("Another Name"));
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), dice);
  g_signal_connect_swapped (dice, "clicked", G_CALLBACK (throw_dice), self);
  return row;
}

static GtkWidget *
build_start (Ask *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  if (self->this_jam)
    gtk_string_list_append (names, _("This Jam"));
  gtk_string_list_append (names, _("Demo Beat"));
  for (guint i = 1; i < tutti_demos_count (); i++)
    gtk_string_list_append (names, tutti_demos_get_title (i));
  gtk_string_list_append (names, _("Empty Beat"));
  self->start = adw_combo_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->start), _("Start with"));
  adw_combo_row_set_model (ADW_COMBO_ROW (self->start), G_LIST_MODEL (names));
  return self->start;
}

static GtkWidget *
build_people (Ask *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->people = gtk_spin_button_new_with_range (2, TUTTI_PEOPLE_MAX, 1);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->people), PEOPLE_FIRST);
  gtk_widget_set_valign (self->people, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->people, "numeric");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("People"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("up to"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->people);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->people);
  return row;
}

void
tutti_host_dialog_open (GtkWidget *parent, const char *this_jam, TuttiHostDone done, gpointer user_data)
{
  Ask *self = g_new0 (Ask, 1);
  GtkWidget *column, *group = adw_preferences_group_new ();

  self->done = done;
  self->user_data = user_data;
  self->this_jam = this_jam != NULL;
  self->window = tutti_card_window_new (parent, _("Host a Jam"), 396, &column);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_name (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_start (self));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), build_people (self));
  gtk_box_append (GTK_BOX (column), group);
  tutti_tips_speak (group);
  self->button = tutti_card_window_add_button (self->window, column, _("Host"));
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  g_signal_connect_swapped (self->name, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_host), self);
  if (this_jam != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name), this_jam);
  else
    throw_dice (self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->button);
}
