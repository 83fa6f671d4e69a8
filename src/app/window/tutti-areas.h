/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Moves the focus from the area that has it to the next one (@by 1) or the one before (−1) that takes it, round and round. @areas:
 * @n widgets of one window in order, NULL where there is none now. Returns where it went. (transfer none) (nullable) */
GtkWidget *tutti_areas_move (GtkWidget *const *areas, guint n, int by);
