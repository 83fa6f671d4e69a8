/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-nearby-jam.h"

G_BEGIN_DECLS

TuttiNearbyJam *tutti_nearby_jam_new      (const TuttiJamAd *ad);
gboolean        tutti_nearby_jam_is_of    (TuttiNearbyJam *self, const TuttiJamAd *ad);
void            tutti_nearby_jam_see      (TuttiNearbyJam *self, const char *key, const TuttiJamAd *ad);
gboolean        tutti_nearby_jam_lose     (TuttiNearbyJam *self, const char *key);
gboolean        tutti_nearby_jam_has      (TuttiNearbyJam *self, const char *key);

G_END_DECLS
