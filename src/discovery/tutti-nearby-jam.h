/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-ad.h"

G_BEGIN_DECLS

/* One row of "jams nearby": all that was heard of one jam on every interface, folded together.
 * Thread: the one of the browser that made it. */
#define TUTTI_TYPE_NEARBY_JAM (tutti_nearby_jam_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNearbyJam, tutti_nearby_jam, TUTTI, NEARBY_JAM, GObject)

/* Returns: (transfer none): valid until the next change; copy it to keep it. */
const TuttiJamAd *tutti_nearby_jam_get_ad   (TuttiNearbyJam *self);

const char       *tutti_nearby_jam_get_name (TuttiNearbyJam *self);

G_END_DECLS
