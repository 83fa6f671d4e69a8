/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* What a clip of notes looks like as steps, to be seen among the patterns: where notes begin, how high, how long and how hard, the
 * highest of those that begin in one step. @root: the key of the sound's own pitch. */
void tutti_note_shadow (const TuttiClip *clip, int root, TuttiStep steps[TUTTI_STEPS_MAX]);
