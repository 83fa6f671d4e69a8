/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"

/* Where a block lies, for what swings in time: derived from the session frame and the score alone, so that everybody's is the
 * same whenever they began. */
typedef struct
{
  int64_t frame;               /* session frame of the block's first */
  int64_t place;               /* in the music, TUTTI_PLACES_A_TICK of them to a tick; it runs on while the transport stands */
  int32_t tempo_cbpm;          /* 1/100 BPM: a frame moves @place on by so much */
} TuttiEffectTime;
