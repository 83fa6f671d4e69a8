/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* What the stage view says, each from the document and a tick alone. */

/* Bar and beat at unwrapped @tick, from 1; the bars of a count-in are 0 and below. */
void  tutti_stage_place (const TuttiTransport *transport, gint64 tick, int *bar, int *beat);

/* The scene that is heard at @tick, and the one that most queued clips are of (with the ticks until then); none each where there is
 * none. */
const TuttiScene *tutti_stage_section (const TuttiJam *jam, gint64 tick);
const TuttiScene *tutti_stage_next (const TuttiJam *jam, gint64 tick, gint64 *ticks_left);

/* "A♭ minor"; NULL where the jam says none. (transfer full) */
char *tutti_stage_key (const TuttiJam *jam);
