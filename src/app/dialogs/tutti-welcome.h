/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiProfileDone) (const char *name, int colour, gpointer user_data);

/* The first run asks one thing, who is playing, over the window of @parent: @name and @colour are ready to be taken. @done only
 * when it was answered; closed without an answer it comes again with the next start. @user_data must outlive @parent. */
void tutti_welcome_open (GtkWidget *parent, const char *name, int colour, TuttiProfileDone done, gpointer user_data);

/* The same question later, from the profile bar; @done only when it was answered. */
void tutti_profile_dialog_open (GtkWidget *parent, const char *name, int colour, TuttiProfileDone done, gpointer user_data);
