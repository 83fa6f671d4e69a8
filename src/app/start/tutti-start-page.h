/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby.h"
#include "tutti-studio.h"

G_BEGIN_DECLS

/* The first page: what Tutti is, jams nearby, own jams, who I am. Everything one can do here is an action of the window. */
#define TUTTI_TYPE_START_PAGE (tutti_start_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStartPage, tutti_start_page, TUTTI, START_PAGE, GtkWidget)

GtkWidget      *tutti_start_page_new         (TuttiStudio *studio);

/* Own jams and the person may be others now. */
void            tutti_start_page_refresh     (TuttiStartPage *self);

/* As tutti_nearby_set_joining(), tutti_nearby_doubt() and tutti_nearby_find(). */
void            tutti_start_page_set_joining (TuttiStartPage *self, const char *id);
void            tutti_start_page_doubt       (TuttiStartPage *self, const char *id);
TuttiNearbyJam *tutti_start_page_find        (TuttiStartPage *self, const char *id);
TuttiNearbyJam *tutti_start_page_find_code (TuttiStartPage *self, const char *code);   /* the same by its short name */

/* Opens or closes the search. */
void            tutti_start_page_set_search  (TuttiStartPage *self, gboolean search);

/* Shows all jams that are kept here instead; leaving that returns whether it was shown. */
void            tutti_start_page_show_library  (TuttiStartPage *self, gboolean library);
gboolean        tutti_start_page_leave_library (TuttiStartPage *self);

G_END_DECLS
