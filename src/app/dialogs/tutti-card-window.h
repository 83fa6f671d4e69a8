/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The frame of the small windows that the person opened: a header with @title and, below, one column. It stands over @parent.
 * @column: (out). */
GtkWidget *tutti_card_window_new (GtkWidget *parent, const char *title, int width, GtkWidget **column);

/* @window, a toplevel, is modal to that of @parent and goes with either: nobody is asked any more who is not there. Escape closes it. */
void       tutti_stand_over        (GtkWidget *window, GtkWidget *parent);

/* Escape closes @window, a toplevel. */
void       tutti_close_on_escape (GtkWidget *window);

/* A round suggested button for its end; Enter presses it. */
GtkWidget *tutti_card_window_add_button (GtkWidget *window, GtkWidget *column, const char *label);
