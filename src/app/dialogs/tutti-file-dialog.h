/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiFileChosen) (GFile *file, gpointer user_data);

/* The system's own dialog for opening a file over the window of @parent. @types: MIME types, and endings of names that have
 * none, with their dot; NULL-terminated, called @kind for people.
 * @chosen is not called when nothing was; @user_data must outlive @parent. (GTK's newer file dialog is newer than what we build
 * on; when it may be used, this is the file to change.) */
void tutti_file_dialog_open (GtkWidget *parent, const char *title, const char *kind, const char * const *types,
                             TuttiFileChosen chosen, gpointer user_data);

/* The same for a file to be written, in the folder with @uri ("": that of music) unless another is chosen. @name: what it is called
 * unless renamed. */
void tutti_file_dialog_save (GtkWidget *parent, const char *title, const char *uri, const char *name, TuttiFileChosen chosen,
                             gpointer user_data);
