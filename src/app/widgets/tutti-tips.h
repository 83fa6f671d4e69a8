/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Buttons below @root that show no words of their own are called aloud what their tooltip says, without the keys in brackets at
 * its end; GTK would call them by their type. Call it when @root is built. */
void tutti_tips_speak (GtkWidget *root);
