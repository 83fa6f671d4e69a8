/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The menu of the selected track, at @x, @y of @head. */
void tutti_track_menu_open (GtkWidget *head, double x, double y);
