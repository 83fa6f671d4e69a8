/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* An operation in words for people, as @jam names its things now: @what it is about ("Kick, step 5") and, where that is not all,
 * the @value it gives it ("on, velocity 100"), else "". (transfer full) both. */
void  tutti_op_words (const TuttiJam *jam, const TuttiOp *op, char **what, char **value);

/* The name of the track that the clip, effect or track called @id is or lies on, also when it was deleted; NULL when nobody knows
 * it any more. (transfer none) while @jam stays as it is. */
const char *tutti_op_words_track (const TuttiJam *jam, TuttiId id);
