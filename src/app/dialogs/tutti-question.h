/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

typedef void (*TuttiAnswer) (gboolean yes, gpointer user_data);

/* The warnings of libadwaita's message dialog, made in this one file. Closing is @no. @no is what is suggested when
 * @yes_is_risky. */
GtkWidget *tutti_question_open (GtkWidget *parent, const char *title, const char *text, const char *no, const char *yes,
                                gboolean yes_is_risky, TuttiAnswer answer, gpointer user_data);

/* The host of @jam shows another identity than @when. */
GtkWidget *tutti_question_identity (GtkWidget *parent, const char *jam, const char *when, TuttiAnswer answer, gpointer user_data);
