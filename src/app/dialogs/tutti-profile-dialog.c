/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-profile-dialog.h"

#include "tutti-dialog-shell.h"
#include "tutti-glyph.h"
#include "tutti-names.h"
#include "tutti-settings.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *window, *entry, *colours[TUTTI_N_PERSON_COLOURS];
  void     (*done) (gpointer user_data);
  gpointer   user_data;
} Profile;

static int
chosen_colour (Profile *self)
{
  for (int i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->colours[i])))
      return i;
  return TUTTI_PERSON_MINT;
}

static char *
draw_name (TuttiPersonColour *colour)
{
  return tutti_names_person ((guint64) g_random_int () << 32 | g_random_int (), colour);
}

static void
on_dice (GtkEntry *entry, GtkEntryIconPosition position, Profile *self)
{
  TuttiPersonColour colour;
  g_autofree char *name = draw_name (&colour);

  gtk_editable_set_text (GTK_EDITABLE (entry), name);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->colours[colour]), TRUE);
}

static void
on_apply (GtkWidget *widget, Profile *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  void (*done) (gpointer) = self->done;
  gpointer user_data = self->user_data;

  if (*name == '\0' || strlen (name) > TUTTI_NAME_BYTES_MAX)
    return;
  tutti_settings_set_profile (name, chosen_colour (self));
  gtk_window_destroy (GTK_WINDOW (self->window));
  if (done != NULL)
    done (user_data);
}

static void
add_colours (Profile *self, GtkWidget *column, int current)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  for (int i = 0; i < TUTTI_N_PERSON_COLOURS; i++)
    {
      self->colours[i] = gtk_toggle_button_new ();
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (self->colours[i]), i > 0 ? GTK_TOGGLE_BUTTON (self->colours[0]) : NULL);
      gtk_widget_add_css_class (self->colours[i], "swatch");
      tutti_set_colour_class (self->colours[i], "person", tutti_person_colour_names, i);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->colours[i]), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      tutti_person_colour_names[i], -1);
      gtk_box_append (GTK_BOX (row), self->colours[i]);
    }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->colours[current]), TRUE);
  gtk_widget_set_halign (row, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), row);
}

static void
add_art (GtkWidget *column)
{
  GtkWidget *art = gtk_image_new_from_icon_name ("io.github.tuttijam.Tutti"), *title = gtk_label_new (_("Who is playing?"));

  gtk_image_set_pixel_size (GTK_IMAGE (art), 88);
  gtk_widget_add_css_class (title, "title-2");
  gtk_box_append (GTK_BOX (column), art);
  gtk_box_append (GTK_BOX (column), title);
}

GtkWidget *
tutti_profile_dialog_open (GtkWidget *parent, gboolean first_run, GCallback done, gpointer user_data)
{
  Profile *self = g_new0 (Profile, 1);
  GtkWidget *column, *button;
  int colour;
  TuttiPersonColour drawn = TUTTI_PERSON_MINT;
  g_autofree char *kept = tutti_settings_dup_profile (&colour), *name = NULL;

  name = *kept != '\0' ? g_strdup (kept) : draw_name (&drawn);
  if (colour < 0)
    colour = (int) drawn;
  self->done = (void (*) (gpointer)) done;
  self->user_data = user_data;
  self->window = tutti_dialog_new (parent, first_run ? _("Welcome") : _("Your Profile"), &column);
  add_art (column);
  self->entry = gtk_entry_new ();
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), 32);
  gtk_widget_set_size_request (self->entry, -1, 44);
  gtk_entry_set_icon_from_icon_name (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, "tutti-dice-symbolic");
  gtk_entry_set_icon_tooltip_text (GTK_ENTRY (self->entry), GTK_ENTRY_ICON_SECONDARY, _("Another Name"));
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Your name"), -1);
  g_signal_connect (self->entry, "icon-press", G_CALLBACK (on_dice), self);
  gtk_box_append (GTK_BOX (column), self->entry);
  add_colours (self, column, colour);
  tutti_dialog_add_text (column, _("No account. Others on this network see this name and colour, nothing else."));
  button = tutti_dialog_add_button (self->window, column, first_run ? _("Start with a Beat") : _("Done"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_apply), self);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-profile", self, g_free);
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}
