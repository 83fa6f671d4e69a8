/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* How knobs and faders are turned: drag vertically (160 px are the full range), Shift is fine, double click is the default, scroll is
 * one step; so are the arrow keys, Page Up and Down are ten, Home and End the ends, Delete the default. Replaces what a GtkRange does
 * with the pointer, and the keys that only a GtkScale has. */
void tutti_range_drag_attach (GtkRange *range, double initial);
void tutti_range_drag_set_initial (GtkRange *range, double initial);

/* Where the value stands, 0…1. */
double tutti_range_share (GtkRange *range);
