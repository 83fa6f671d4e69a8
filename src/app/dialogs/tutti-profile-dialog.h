/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* "Who is playing?": a name, a dice, eight colours. (transfer none): shows itself, ends itself. Signal of the returned
 * window "done" is not needed: the profile is in the settings when @done is called. */
GtkWidget *tutti_profile_dialog_open (GtkWidget *parent, gboolean first_run, GCallback done, gpointer user_data);
