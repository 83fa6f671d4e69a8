/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect-lfo.h"
#include <stdbool.h>

#define TUTTI_CHORUS_LINE 2048       /* 42.7 ms */
#define TUTTI_CHORUS_MAX_FRAMES 2000 /* how far back a voice may ever read */

typedef struct
{
  float base, depth;           /* frames */
  float feedback;
  float spread;                /* of half a turn between the sides */
} TuttiChorusPoint;

/* One or two voices a side that read a delay line at a place that swings: a chorus (two voices, long, no feedback) or a flanger (one,
 * short, with feedback). Reads between the frames by a cubic through four of them. Only the swung sound comes out; what lies beside it
 * is the caller's. 16 KiB of plain memory. */
typedef struct
{
  TuttiEffectLfo         lfo;
  TuttiChorusPoint now, aim;
  uint32_t         write;      /* frames since the reset */
  uint32_t         quiet;      /* frames of exact silence written last */
  uint8_t          voices;     /* 1 or 2 */
  bool             fresh;
  alignas (64) float line[2][TUTTI_CHORUS_LINE];
} TuttiChorus;

TUTTI_REALTIME void tutti_chorus_reset (TuttiChorus *chorus, unsigned voices);
/* Rate in mHz 0 … 20000; centre and swing in 1/100 ms, kept within the line; feedback −950 … 950 ‰; spread 0 … 1000 (half a turn between
 * the sides). Clamped. */
TUTTI_REALTIME void tutti_chorus_set (TuttiChorus *chorus, int32_t millihertz, int32_t centre, int32_t swing, int32_t feedback,
                                      int32_t spread);
TUTTI_REALTIME void tutti_chorus_run (TuttiChorus *chorus, TuttiBlock *block, int64_t frame);
TUTTI_REALTIME bool tutti_chorus_silent (const TuttiChorus *chorus);
