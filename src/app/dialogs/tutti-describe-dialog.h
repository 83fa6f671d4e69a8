/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Called when a description was given: one paragraph of at most TUTTI_DESCRIPTION_BYTES_MAX bytes, may be empty. */
typedef void (*TuttiDescribeDone) (const char *text, gpointer user_data);

/* Asks what a jam is about, beginning with @text, over the window of @parent. */
void tutti_describe_dialog_open (GtkWidget *parent, const char *text, TuttiDescribeDone done, gpointer user_data);
