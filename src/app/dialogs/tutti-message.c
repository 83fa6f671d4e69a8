/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-message.h"

#include <adwaita.h>

typedef struct
{
  GWeakRef      parent;        /* nobody hears the answer once it is gone */
  TuttiAnswered answered;
  gpointer      user_data;
} Ask;

static void
ask_free (Ask *self)
{
  g_weak_ref_clear (&self->parent);
  g_free (self);
}

static void
on_response (AdwMessageDialog *dialog, const char *answer, Ask *self)
{
  g_autoptr(GtkWidget) parent = g_weak_ref_get (&self->parent);

  /* The answer may be the end of the window below, and of it the dialog would still know where it was. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  if (parent == NULL)
    return;
  g_signal_handlers_disconnect_by_func (parent, gtk_window_destroy, dialog);
  if (self->answered != NULL)
    self->answered (answer, self->user_data);
}

/* Where the answers turn out to stand above each other, the uppermost is the last, often the destructive one, and would get the
 * focus: Enter is the suggested one. */
static void
on_default (GtkWindow *dialog)
{
  GtkWidget *button = gtk_window_get_default_widget (dialog);

  if (button != NULL)
    gtk_window_set_focus (dialog, button);
}

GtkWidget *
tutti_message_ask (GtkWidget *parent, const TuttiMessage *message, TuttiAnswered answered, gpointer user_data)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), message->title, message->body);
  AdwMessageDialog *ask = ADW_MESSAGE_DIALOG (dialog);
  Ask *self = g_new0 (Ask, 1);

  g_weak_ref_init (&self->parent, parent);
  self->answered = answered;
  self->user_data = user_data;
  g_object_set_data_full (G_OBJECT (dialog), "tutti-ask", self, (GDestroyNotify) ask_free);
  for (guint i = 0; i < G_N_ELEMENTS (message->answers) && message->answers[i].id != NULL; i++)
    adw_message_dialog_add_response (ask, message->answers[i].id, message->answers[i].label);
  adw_message_dialog_set_close_response (ask, message->answers[0].id);
  if (message->suggested != NULL)
    {
      adw_message_dialog_set_response_appearance (ask, message->suggested, ADW_RESPONSE_SUGGESTED);
      adw_message_dialog_set_default_response (ask, message->suggested);
    }
  if (message->destructive != NULL)
    adw_message_dialog_set_response_appearance (ask, message->destructive, ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), self);
  g_signal_connect (dialog, "notify::default-widget", G_CALLBACK (on_default), NULL);
  g_signal_connect_object (parent, "destroy", G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
