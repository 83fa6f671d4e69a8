/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiProfileDone) (const char *name, int colour, gpointer user_data);

/* The first run asks one thing, who is playing, over the window of @parent. @done is called with the answer, and with the ready
 * name when the question is closed without one: it never comes twice. @user_data must outlive @parent. */
void tutti_welcome_open (GtkWidget *parent, TuttiProfileDone done, gpointer user_data);

/* The same question later, from the profile bar; @done only when it was answered. */
void tutti_profile_dialog_open (GtkWidget *parent, const char *name, int colour, TuttiProfileDone done, gpointer user_data);
