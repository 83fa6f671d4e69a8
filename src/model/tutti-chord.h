/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* The lane of chords of a clip: what lies in it, and what makes one lane another. */

/* Writes that from @tick on the chord of @quality on @root is meant, or, with TUTTI_HARMONY_AS_BEFORE, that nothing begins there.
 * FALSE, and nothing is written, when the lane is full. */
gboolean              tutti_chord_put         (TuttiChordLane *lane, gint32 tick, guint root, TuttiHarmony quality);

/* What begins at @tick, what is meant at @tick, and what begins next after it; NULL when there is none. Lent. */
const TuttiChordMark *tutti_chord_at          (const TuttiChordLane *lane, gint32 tick);
const TuttiChordMark *tutti_chord_meant       (const TuttiChordLane *lane, gint32 tick);
const TuttiChordMark *tutti_chord_after       (const TuttiChordLane *lane, gint32 tick);

gboolean              tutti_chord_lane_equal  (const TuttiChordLane *a, const TuttiChordLane *b);

/* Operations that make the lane @from of @clip like @to, none when they are equal. What goes comes first, so that there is room for
 * what comes. (transfer full), of TuttiOp */
GPtrArray            *tutti_chord_changes     (TuttiId clip, const TuttiChordLane *from, const TuttiChordLane *to);

/* Form in a document: `[tick, root, "quality", …]`, each tick from the one before. */
void                  tutti_chord_lane_write  (GString *out, const TuttiChordLane *lane);
gboolean              tutti_chord_lane_read   (JsonNode *node, TuttiChordLane *lane, GError **error);
