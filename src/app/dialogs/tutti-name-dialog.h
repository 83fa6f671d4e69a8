/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiNameDone) (const char *text, gpointer user_data);

/* Asks for a name in a small window over that of @parent; @done is called with what was typed, unless it is empty or the
 * window was closed. @user_data must outlive @parent. */
void tutti_name_dialog_open (GtkWidget *parent, const char *title, const char *text, TuttiNameDone done, gpointer user_data);
