/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiPasscodeDone) (const char *passcode, gpointer user_data);

/* Asks for a passcode in a small window over that of @parent, below the sentence @words; @button says what comes of it. @done is
 * called with what was typed, never with nothing. @user_data must outlive @parent. */
void tutti_passcode_dialog_open (GtkWidget *parent, const char *title, const char *words, const char *button, TuttiPasscodeDone done,
                                 gpointer user_data);
