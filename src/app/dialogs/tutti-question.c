/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-question.h"

#include <adwaita.h>
#include <glib/gi18n.h>

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  TuttiAnswer answer = (TuttiAnswer) g_object_get_data (G_OBJECT (dialog), "tutti-answer");

  if (answer != NULL)
    answer (g_str_equal (response, "yes"), user_data);
}

GtkWidget *
tutti_question_open (GtkWidget *parent, const char *title, const char *text, const char *no, const char *yes,
                     gboolean yes_is_risky, TuttiAnswer answer, gpointer user_data)
{
  GtkWindow *window = parent != NULL ? GTK_WINDOW (gtk_widget_get_root (parent)) : NULL;
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, title, text));

  adw_message_dialog_add_responses (dialog, "no", no, "yes", yes, NULL);
  adw_message_dialog_set_default_response (dialog, yes_is_risky ? "no" : "yes");
  adw_message_dialog_set_close_response (dialog, "no");
  adw_message_dialog_set_response_appearance (dialog, yes_is_risky ? "no" : "yes", ADW_RESPONSE_SUGGESTED);
  g_object_set_data (G_OBJECT (dialog), "tutti-answer", (gpointer) answer);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), user_data);
  gtk_window_present (GTK_WINDOW (dialog));
  return GTK_WIDGET (dialog);
}

GtkWidget *
tutti_question_identity (GtkWidget *parent, const char *jam, const char *when, TuttiAnswer answer, gpointer user_data)
{
  g_autofree char *text =
    g_strdup_printf (_("“%s” shows another identity than %s. If nobody set it up anew, somebody may be posing as it."), jam, when);

  return tutti_question_open (parent, _("Different Host?"), text, _("Do Not Join"), _("Join Anyway"), TRUE, answer, user_data);
}
