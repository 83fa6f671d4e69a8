/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby-jam.h"

G_BEGIN_DECLS

/* Returns: (transfer full): a row without sightings that shows @ad until the first one comes. */
TuttiNearbyJam *tutti_nearby_jam_new      (const TuttiJamAd *ad);

/* Whether @ad speaks of this jam: the same id under the same certificate. The certificate counts, so that a
 * stranger who copies an id gets a row of his own and not a place in this one. */
gboolean        tutti_nearby_jam_is_of    (TuttiNearbyJam *self, const TuttiJamAd *ad);

/* Takes what @key says now, in place of what it said before. */
void            tutti_nearby_jam_see      (TuttiNearbyJam *self, const char *key, const TuttiJamAd *ad);

/* Forgets what @key said. Returns whether anything is left that speaks of this jam. */
gboolean        tutti_nearby_jam_lose     (TuttiNearbyJam *self, const char *key);

/* Whether @key says anything of it now. */
gboolean        tutti_nearby_jam_has      (TuttiNearbyJam *self, const char *key);

/* Until when its browser doubts it (monotonic); kept for the browser. */
void            tutti_nearby_jam_set_doubted_until_us (TuttiNearbyJam *self, gint64 until_us);
gint64          tutti_nearby_jam_get_doubted_until_us (TuttiNearbyJam *self);

G_END_DECLS
