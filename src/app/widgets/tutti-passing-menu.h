/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Lets @popover, which has a parent already, leave that parent by itself after it was closed: not at once, for the action that was
 * chosen in it is still to run then. */
void tutti_passing_menu (GtkWidget *popover);
