/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-file-dialog.h"

typedef struct
{
  GWeakRef        parent;      /* who asks, and with whom @user_data goes */
  TuttiFileChosen chosen;
  gpointer        user_data;
} Choice;

static void
on_response (GtkNativeDialog *dialog, int response, Choice *choice)
{
  g_autoptr(GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;

  g_autoptr(GtkWidget) parent = g_weak_ref_get (&choice->parent);

  /* The host may have ended the jam, and the page be gone, while the dialog was open. */
  if (file != NULL && parent != NULL)
    choice->chosen (file, choice->user_data);
  g_object_unref (dialog);
}

static void
free_choice (gpointer data, GClosure *closure)
{
  Choice *choice = data;

  g_weak_ref_clear (&choice->parent);
  g_free (choice);
}

static GtkFileChooserNative *
new_dialog (GtkWidget *parent, const char *title, GtkFileChooserAction action, TuttiFileChosen chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (parent)), action, NULL, NULL);
  Choice *choice = g_new0 (Choice, 1);

  g_weak_ref_init (&choice->parent, parent);
  choice->chosen = chosen;
  choice->user_data = user_data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), choice, free_choice, 0);
  return dialog;
}

void
tutti_file_dialog_open (GtkWidget *parent, const char *title, const char *kind, const char * const *types,
                        TuttiFileChosen chosen, gpointer user_data)
{
  GtkFileChooserNative *dialog = new_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_OPEN, chosen, user_data);
  g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, kind);
  for (; *types != NULL; types++)
    if (**types == '.')
      gtk_file_filter_add_suffix (filter, *types + 1);
    else
      gtk_file_filter_add_mime_type (filter, *types);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* (nullable) The one that was chosen last, unless it is gone (a stick). */
static GFile *
dup_folder (const char *uri)
{
  const char *music = g_get_user_special_dir (G_USER_DIRECTORY_MUSIC);
  g_autoptr(GFile) last = *uri != '\0' ? g_file_new_for_uri (uri) : NULL;

  if (last != NULL && g_file_query_exists (last, NULL))
    return g_steal_pointer (&last);
  return music != NULL ? g_file_new_for_path (music) : NULL;
}

void
tutti_file_dialog_save (GtkWidget *parent, const char *title, const char *uri, const char *name, TuttiFileChosen chosen,
                        gpointer user_data)
{
  GtkFileChooserNative *dialog = new_dialog (parent, title, GTK_FILE_CHOOSER_ACTION_SAVE, chosen, user_data);
  g_autoptr(GFile) folder = dup_folder (uri);

  if (folder != NULL)
    gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}
