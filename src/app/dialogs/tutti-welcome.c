/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-welcome.h"

#include "tutti-card-window.h"
#include "tutti-profile-editor.h"

#include <glib/gi18n.h>

typedef struct
{
  TuttiProfileDone done;
  gpointer         user_data;
  GtkWidget       *window, *editor, *button;
} Ask;

/* Enter in an empty entry is no answer. */
static void
on_apply (Ask *self)
{
  g_autofree char *name = tutti_profile_editor_dup_name (TUTTI_PROFILE_EDITOR (self->editor));

  if (name == NULL)
    return;
  self->done (name, tutti_profile_editor_get_colour (TUTTI_PROFILE_EDITOR (self->editor)), self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static void
on_changed (Ask *self)
{
  g_autofree char *name = tutti_profile_editor_dup_name (TUTTI_PROFILE_EDITOR (self->editor));

  gtk_widget_set_sensitive (self->button, name != NULL);
}

static void
connect (Ask *self)
{
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_apply), self);
  g_signal_connect_swapped (self->editor, "activate", G_CALLBACK (on_apply), self);
  g_signal_connect_swapped (self->editor, "changed", G_CALLBACK (on_changed), self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->editor);
}

static GtkWidget *
note_new (void)
{
  GtkWidget *note = gtk_label_new (_("No account. Others on this network see this name and colour, nothing else."));

  gtk_label_set_wrap (GTK_LABEL (note), TRUE);
  gtk_label_set_justify (GTK_LABEL (note), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (note), 40);
  gtk_widget_add_css_class (note, "dim-label");
  return note;
}

void
tutti_welcome_open (GtkWidget *parent, const char *name, int colour, TuttiProfileDone done, gpointer user_data)
{
  Ask *self = g_new0 (Ask, 1);
  GtkWidget *column, *art = gtk_image_new_from_icon_name ("io.github.tuttijam.Tutti"), *title = gtk_label_new (_("Who is playing?"));

  self->done = done;
  self->user_data = user_data;
  self->window = tutti_card_window_new (parent, _("Welcome"), 396, &column);
  self->editor = tutti_profile_editor_new (name, colour);
  gtk_widget_add_css_class (art, "hero-art");
  gtk_widget_add_css_class (title, "title-2");
  gtk_widget_set_margin_bottom (title, 2);
  gtk_box_append (GTK_BOX (column), art);
  gtk_box_append (GTK_BOX (column), title);
  gtk_box_append (GTK_BOX (column), self->editor);
  gtk_box_append (GTK_BOX (column), note_new ());
  self->button = tutti_card_window_add_button (self->window, column, _("Start with a Beat"));
  connect (self);
}

void
tutti_profile_dialog_open (GtkWidget *parent, const char *name, int colour, TuttiProfileDone done, gpointer user_data)
{
  Ask *self = g_new0 (Ask, 1);
  GtkWidget *column;

  self->done = done;
  self->user_data = user_data;
  self->window = tutti_card_window_new (parent, _("Your Name and Colour"), 396, &column);
  self->editor = tutti_profile_editor_new (name, colour);
  gtk_box_append (GTK_BOX (column), self->editor);
  gtk_box_append (GTK_BOX (column), note_new ());
  self->button = tutti_card_window_add_button (self->window, column, _("Save"));
  connect (self);
}
