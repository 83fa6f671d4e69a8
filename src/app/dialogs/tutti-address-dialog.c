/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-address-dialog.h"

#include "tutti-card-window.h"
#include "tutti-names.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  TuttiAddressDone done;
  TuttiCodeDone    named;
  gpointer         user_data;
  GtkWidget       *window, *entry, *hint, *button;
} Ask;

/* @refusal: NULL: nothing was refused. */
static void
show_hint (Ask *self, const char *refusal)
{
  gboolean refused = refusal != NULL;

  gtk_label_set_text (GTK_LABEL (self->hint), refused ? refusal : _("Like fuzzy-penguin-42, 192.168.1.23:7464 or tutti://…"));
  (refused ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->hint, "error");
  (refused ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->entry, "error");
  (refused ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (self->hint, "dim-label");
}

static void
on_changed (Ask *self)
{
  show_hint (self, NULL);
  gtk_widget_set_sensitive (self->button, *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

/* TRUE: it was a name, found or not. */
static gboolean
join_named (Ask *self, const char *text)
{
  g_autofree char *code = NULL;

  if (!tutti_names_is_code (text, &code))
    return FALSE;
  if (self->named (code, self->user_data))
    gtk_window_destroy (GTK_WINDOW (self->window));
  else
    show_hint (self, _("No jam of that name is nearby."));
  return TRUE;
}

static void
on_join (Ask *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  g_autoptr(GError) error = NULL;

  if (join_named (self, text))
    return;
  g_autoptr(TuttiAddress) address = tutti_address_parse (text, &error);

  if (address == NULL)
    {
      gtk_widget_set_tooltip_text (self->entry, error->message);
      show_hint (self, _("That is not an address Tutti understands."));
      return;
    }
  gtk_widget_set_visible (self->window, FALSE);
  self->done (address, text, self->user_data);
  gtk_window_destroy (GTK_WINDOW (self->window));
}

void
tutti_address_dialog_open (GtkWidget *parent, const char *text, TuttiAddressDone done, TuttiCodeDone named, gpointer user_data)
{
  Ask *self = g_new0 (Ask, 1);
  GtkWidget *column, *group = adw_preferences_group_new ();

  self->done = done;
  self->named = named;
  self->user_data = user_data;
  self->window = tutti_card_window_new (parent, _("Join by Address"), 396, &column);
  self->entry = adw_entry_row_new ();
  self->hint = gtk_label_new (NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _("Name, address or link"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (self->entry), TRUE);
  adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (self->entry), GTK_INPUT_PURPOSE_URL);
  gtk_label_set_xalign (GTK_LABEL (self->hint), 0);
  gtk_label_set_wrap (GTK_LABEL (self->hint), TRUE);
  gtk_widget_set_margin_start (self->hint, 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), self->entry);
  gtk_box_append (GTK_BOX (column), group);
  gtk_box_append (GTK_BOX (column), self->hint);
  self->button = tutti_card_window_add_button (self->window, column, _("Join"));
  g_object_set_data_full (G_OBJECT (self->window), "tutti-ask", self, g_free);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_join), self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
  on_changed (self);
  gtk_window_present (GTK_WINDOW (self->window));
  gtk_widget_grab_focus (self->entry);
}
