/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Names a control for the pointer (its tooltip) and for assistive technology. Nothing happens when it has that name already: GTK asks
 * the display server for the pointer at each setting of a tooltip, and waits for the answer. */
void tutti_name_control (GtkWidget *control, const char *words);
