/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-address-dialog.h"

#include "tutti-dialog-shell.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget        *window, *entry, *hint;
  TuttiAddressCheck check;
  TuttiAddressDone  done;
  gpointer          user_data;
} Address;

static void
on_join (GtkWidget *widget, Address *self)
{
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));

  if (*address == '\0' || (self->check != NULL && !self->check (address)))
    {
      gtk_label_set_text (GTK_LABEL (self->hint), _("That is not an address Tutti understands."));
      gtk_widget_add_css_class (self->hint, "error");
      return;
    }
  if (self->done != NULL)
    self->done (address, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

GtkWidget *
tutti_address_dialog_open (GtkWidget *parent, TuttiAddressCheck check, TuttiAddressDone done, gpointer user_data)
{
  Address *self = g_new0 (Address, 1);
  GtkWidget *column, *list, *button;

  self->check = check;
  self->done = done;
  self->user_data = user_data;
  self->window = tutti_dialog_new (parent, _("Enter Address"), &column);
  list = tutti_dialog_add_list (column);
  self->entry = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Address or link"));
  gtk_list_box_append (GTK_LIST_BOX (list), self->entry);
  self->hint = tutti_dialog_add_text (column, _("Like 192.168.1.23:7464 or tutti://…"));
  button = tutti_dialog_add_button (self->window, column, _("Join"));
  g_signal_connect (button, "clicked", G_CALLBACK (on_join), self);
  g_signal_connect (self->entry, "entry-activated", G_CALLBACK (on_join), self);
  g_object_set_data_full (G_OBJECT (self->window), "tutti-address", self, g_free);
  gtk_window_present (GTK_WINDOW (self->window));
  return self->window;
}
