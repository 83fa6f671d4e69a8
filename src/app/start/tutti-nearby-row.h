/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby-jam.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One jam nearby: what discovery knows of it, and a button to join, which activates "win.join-nearby" with the jam's id. */
#define TUTTI_TYPE_NEARBY_ROW (tutti_nearby_row_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNearbyRow, tutti_nearby_row, TUTTI, NEARBY_ROW, GtkListBoxRow)

GtkWidget  *tutti_nearby_row_new          (TuttiNearbyJam *jam);
const char *tutti_nearby_row_get_id       (TuttiNearbyRow *self);
const char *tutti_nearby_row_get_name     (TuttiNearbyRow *self);
void        tutti_nearby_row_set_suggested (TuttiNearbyRow *self, gboolean suggested);
void        tutti_nearby_row_set_narrow   (TuttiNearbyRow *self, gboolean narrow);

/* A row being joined shows a spinner in place of its button. */
void        tutti_nearby_row_set_joining  (TuttiNearbyRow *self, gboolean joining);
gboolean    tutti_nearby_row_get_joining  (TuttiNearbyRow *self);

/* Its jam is gone: fades, then takes itself out of the list. */
void        tutti_nearby_row_leave        (TuttiNearbyRow *self);

G_END_DECLS
