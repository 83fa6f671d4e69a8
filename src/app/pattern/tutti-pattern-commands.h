/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-op.h"

/* Whole-pattern commands as one operation each, so one undo. (transfer full) */

TuttiOp *tutti_pattern_clear (const TuttiClip *clip);

/* Every step @by places later (+) or earlier (−), around the pattern's own length. */
TuttiOp *tutti_pattern_rotate (const TuttiClip *clip, int by);

/* Every @every-th step on at @velocity; what is on stays as it is. */
TuttiOp *tutti_pattern_fill (const TuttiClip *clip, int every, int velocity);

/* @hits spread as evenly as they go (Bjorklund's rhythms, by E. W. Dijkstra's line method: step i sounds where
 * i·hits mod n < hits), begun @rotation steps later. */
TuttiOp *tutti_pattern_euclid (const TuttiClip *clip, int hits, int rotation, int velocity);

/* The steps of @source (@n of them, repeated as needed) over @clip. */
TuttiOp *tutti_pattern_paste (const TuttiClip *clip, const TuttiStep *source, guint n);
