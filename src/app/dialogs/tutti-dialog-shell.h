/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

/* The small windows over the main one: a header with a title, a column, one round button. (libadwaita's own dialogs are
 * newer than what we build on; when they may be used, this is the file to change.) */

/* A window over that of @parent (nullable) and the column in it to fill. */
GtkWidget *tutti_dialog_new (GtkWidget *parent, const char *title, GtkWidget **column);

/* The round suggested button at the end of @column; Enter presses it. */
GtkWidget *tutti_dialog_add_button (GtkWidget *dialog, GtkWidget *column, const char *words);

/* A boxed list in @column. */
GtkWidget *tutti_dialog_add_list (GtkWidget *column);

/* Wrapped text in the middle. */
GtkWidget *tutti_dialog_add_text (GtkWidget *column, const char *words);
