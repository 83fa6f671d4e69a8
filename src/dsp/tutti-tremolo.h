/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect-time.h"
#include "tutti-realtime.h"
#include <stdbool.h>

typedef struct
{
  float depth, bend;
  float spread;                /* of half a turn between the sides */
} TuttiTremoloPoint;

/* Loudness that swings with the music: its phase is that of the tick, loudest at the beginning of each turn. Where time jumps the
 * gain goes there in a straight line over one block. Plain memory. */
typedef struct
{
  TuttiTremoloPoint now, aim;
  int32_t           ticks, aim_ticks;
  float             last[2];   /* gains at the end of the last block */
  bool              fresh;
} TuttiTremolo;

TUTTI_REALTIME void tutti_tremolo_reset (TuttiTremolo *tremolo);
/* ticks 20 … 7680 a turn, depth 0 … 1000 (silent at its softest), shape 0 (a sine) … 1000 (nearly square), spread 0 … 1000 (the sides
 * in opposite phase); clamped. */
TUTTI_REALTIME void tutti_tremolo_set (TuttiTremolo *tremolo, int32_t ticks, int32_t depth, int32_t shape, int32_t spread);
TUTTI_REALTIME void tutti_tremolo_run (TuttiTremolo *tremolo, TuttiBlock *block, const TuttiEffectTime *time);
