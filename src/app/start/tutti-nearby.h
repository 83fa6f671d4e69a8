/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-discovery.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The section "Nearby Jams": its heading, the list, or in the list's place why it is empty. Property "empty": no jam shows. */
#define TUTTI_TYPE_NEARBY (tutti_nearby_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNearby, tutti_nearby, TUTTI, NEARBY, GtkWidget)

/* @discovery: (nullable) nobody is looked for, which shows as if Avahi were missing. */
GtkWidget          *tutti_nearby_new         (TuttiDiscovery *discovery);
gboolean            tutti_nearby_get_empty   (TuttiNearby *self);
TuttiDiscoveryState tutti_nearby_get_state   (TuttiNearby *self);
TuttiNearbyJam     *tutti_nearby_find        (TuttiNearby *self, const char *id);   /* (transfer none) (nullable) */
TuttiNearbyJam     *tutti_nearby_find_code   (TuttiNearby *self, const char *code); /* the same by its short name */
void                tutti_nearby_doubt       (TuttiNearby *self, const char *id);   /* as tutti_browser_doubt() */
void                tutti_nearby_set_narrow  (TuttiNearby *self, gboolean narrow);
void                tutti_nearby_set_filter  (TuttiNearby *self, const char *text);

/* Nothing else is on the page: why it is empty takes all of it. */
void                tutti_nearby_set_alone   (TuttiNearby *self, gboolean alone);

/* Which jam is being joined; NULL: none. Its row stays even when its advertisement goes. */
void                tutti_nearby_set_joining (TuttiNearby *self, const char *id);

G_END_DECLS
