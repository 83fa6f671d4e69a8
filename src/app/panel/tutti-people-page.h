/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"

#include <gtk/gtk.h>

/* The People page of the side panel: my timing in words, who is here, how others get in. */
#define TUTTI_TYPE_PEOPLE_PAGE (tutti_people_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPeoplePage, tutti_people_page, TUTTI, PEOPLE_PAGE, GtkWidget)

GtkWidget *tutti_people_page_new (TuttiSession *session);
void       tutti_people_page_show_timing (TuttiPeoplePage *self, const TuttiTiming *timing);

/* The address others can join at; NULL while nobody can. */
void       tutti_people_page_set_link (TuttiPeoplePage *self, const char *link);
const char *tutti_people_page_get_link (TuttiPeoplePage *self);   /* (nullable) (transfer none) */
