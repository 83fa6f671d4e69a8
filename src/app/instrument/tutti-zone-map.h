/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

#include <gtk/gtk.h>

/* The zones of a track of samples over the keyboard (across) and how hard a key is hit (up). A click selects one; its inside and its
 * edges are dragged. By keyboard: left and right select, with Shift they move it, with Control its upper key.
 *
 * Signals: "selected": another zone is, or none; "moved" (const TuttiZone *, uint fields): a zone as it is wanted. */
#define TUTTI_TYPE_ZONE_MAP (tutti_zone_map_get_type ())
G_DECLARE_FINAL_TYPE (TuttiZoneMap, tutti_zone_map, TUTTI, ZONE_MAP, GtkWidget)

GtkWidget       *tutti_zone_map_new  (void);

/* Copies what it needs. */
void             tutti_zone_map_show (TuttiZoneMap *self, const TuttiJam *jam, const TuttiTrack *track);

/* The key at @x of the widget, 0 … 127. */
guint            tutti_zone_map_key_at (TuttiZoneMap *self, double x);

/* NULL: none is selected. (transfer none) until it is shown anew. */
const TuttiZone *tutti_zone_map_get_selected (TuttiZoneMap *self);
void             tutti_zone_map_select (TuttiZoneMap *self, TuttiId zone);
