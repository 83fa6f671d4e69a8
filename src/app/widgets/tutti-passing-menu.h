/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Lets @popover, which has a parent already, leave that parent by itself after it was closed: not at once, for the action that was
 * chosen in it is still to run then. */
void tutti_passing_menu (GtkWidget *popover);

/* Gives each popover among the children of @parent the place and size that it wants now: @parent calls this whenever it is laid out.
 * A menu is opened before GTK has put in the lines between its sections, and asks for their room afterwards. */
void tutti_passing_menu_lay_out (GtkWidget *parent);

/* When the menu of @button, a GtkMenuButton, closes and leaves the keyboard nowhere, as it does after a choice in a submenu, @button has
 * it again. */
void tutti_passing_menu_give_back (GtkWidget *button);

/* @widget has the keyboard again when @popover closes. */
void tutti_passing_menu_return_to (GtkWidget *popover, GtkWidget *widget);

/* Puts @popover, which has no parent yet, beside @button, which has the keyboard again when it closes. It is no child of @button: one that
 * opens a menu would take the keyboard at Tab. */
void tutti_passing_menu_point_to (GtkWidget *popover, GtkWidget *button);
