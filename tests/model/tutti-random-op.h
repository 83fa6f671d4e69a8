/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Random operations, made from the table alone: mostly about things that exist, sometimes about things that do not, values
 * mostly in range, sometimes at or past the edge. */

/* @creator: of the ids it coins; @counter goes up. (transfer full) */
TuttiOp  *tutti_random_op (GRand *rand, const TuttiJam *jam, guint32 creator, guint32 *counter);

/* A document grown by @n random operations (refused ones among them). (transfer full) */
TuttiJam *tutti_random_jam (GRand *rand, guint n);

/* The document without what was deleted: adding and undoing leaves a grave, and nothing else. (transfer full) */
char     *tutti_living_text (const TuttiJam *jam);
