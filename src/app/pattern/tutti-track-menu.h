/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The menu of the selected track, at @x, @y of @head. @claimed: it is somebody's. */
void tutti_track_menu_open (GtkWidget *head, gboolean claimed, double x, double y);
