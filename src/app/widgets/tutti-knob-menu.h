/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* What a knob offers besides being turned: by the right button, a long press, or the menu key. */

/* (transfer full): the menu for @knob as it is now; its actions are looked up from @knob's page upwards. */
typedef GMenuModel *(*TuttiKnobMenu) (GtkWidget *knob, gpointer user_data);

/* @page: an ancestor that lays out popovers, and whose actions the menu may name; it lives as long as @knob. */
void tutti_knob_menu_attach (GtkWidget *knob, GtkWidget *page, TuttiKnobMenu menu, gpointer user_data);

/* Asks for a value beside @knob: @action of @page, which takes (us), is activated with @index and what was typed. */
void tutti_knob_menu_type (GtkWidget *knob, GtkWidget *page, const char *text, const char *action, guint index);
