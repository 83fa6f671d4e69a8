/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* The frame of the small windows that the person opened: a header with @title and, below, one column. The window belongs to the
 * toplevel of @parent and is modal to it. Escape closes it. @column: (out). */
GtkWidget *tutti_card_window_new (GtkWidget *parent, const char *title, int width, GtkWidget **column);

/* Escape closes @window, a toplevel. */
void       tutti_close_on_escape (GtkWidget *window);

/* A round suggested button for its end; Enter presses it. */
GtkWidget *tutti_card_window_add_button (GtkWidget *window, GtkWidget *column, const char *label);
