/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

/* Seats as dots: the taken ones in colour. Decoration: the row says the same in words. */
#define TUTTI_TYPE_PEOPLE_DOTS (tutti_people_dots_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPeopleDots, tutti_people_dots, TUTTI, PEOPLE_DOTS, GtkWidget)

/* More seats than this are said in words only. */
#define TUTTI_PEOPLE_DOTS_MAX 16

GtkWidget *tutti_people_dots_new (void);

/* @colour: TuttiColour. Nothing is drawn for more seats than TUTTI_PEOPLE_DOTS_MAX. */
void       tutti_people_dots_set (TuttiPeopleDots *self, guint taken, guint seats, int colour);
