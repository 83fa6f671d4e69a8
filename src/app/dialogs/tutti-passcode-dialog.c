/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-passcode-dialog.h"

#include "tutti-card-window.h"
#include "tutti-limits.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define WIDTH 360

typedef struct
{
  TuttiPasscodeDone done;
  gpointer          user_data;
  GtkWidget        *window, *entry;
} Ask;

static void
on_apply (GtkWidget *widget, Ask *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  if (*text == '\0' || strlen (text) > TUTTI_PASSCODE_BYTES_MAX)
    return;
  self->done (text, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

static GtkWidget *
sentence (const char *words)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  return label;
}

void
tutti_passcode_dialog_open (GtkWidget *parent, const char *title, const char *words, const char *button, TuttiPasscodeDone done,
                            gpointer user_data)
{
  GtkWidget *list = gtk_list_box_new (), *column, *press;
  Ask *self = g_new0 (Ask, 1);

  *self = (Ask) { done, user_data, tutti_card_window_new (parent, title, WIDTH, &column), adw_password_entry_row_new () };
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Passcode"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  gtk_box_append (GTK_BOX (column), sentence (words));
  gtk_box_append (GTK_BOX (column), list);
  press = tutti_card_window_add_button (self->window, column, button);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  g_signal_connect (press, "clicked", G_CALLBACK (on_apply), self);
  g_signal_connect (self->entry, "entry-activated", G_CALLBACK (on_apply), self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->entry);
}
