/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

#define TUTTI_DELAY_MIN_FRAMES (2 * TUTTI_BLOCK)
#define TUTTI_DELAY_MAX_FRAMES (2 * TUTTI_RATE)
#define TUTTI_DELAY_LINE (TUTTI_DELAY_MAX_FRAMES + TUTTI_BLOCK)
#define TUTTI_DELAY_MAX_FEEDBACK 900

typedef struct
{
  float feedback, damp, mix;
} TuttiDelayPoint;

/* A stereo echo; with "cross" the repeats change sides. 750 KiB of plain memory, of which only what has been played into is
 * ever read: resetting is cheap, and untouched pages stay unused. */
typedef struct
{
  uint32_t write;               /* where the grid block begins, a multiple of TUTTI_BLOCK */
  uint32_t filled;              /* frames written since the reset, up to the whole line */
  uint32_t quiet;               /* frames of exact silence written last */
  uint32_t frames, aim_frames;
  uint32_t old_frames, fade;    /* the time being left, and the grid blocks until it is */
  TuttiDelayPoint from, to, aim;        /* at the ends of the running grid block; as set last */
  bool     cross, aim_cross;
  bool     fresh;               /* nothing sounded yet: the aim is taken at once */
  alignas (64) float line[2][TUTTI_DELAY_LINE];
} TuttiDelay;

/* Silent; dry until set. */
void tutti_delay_reset (TuttiDelay *delay);
/* frames MIN … MAX, feedback 0 … 900 (1/1000), damp 0 (bright) … 1000 (dull repeats), mix 0 (dry) … 1000 (wet only, what a
 * send wants). Everything is clamped; a new time cross-fades. */
TUTTI_REALTIME void tutti_delay_set (TuttiDelay *delay, uint32_t frames, int32_t feedback, int32_t damp, bool cross,
                                     int32_t mix);
TUTTI_REALTIME void tutti_delay_apply (TuttiDelay *delay, TuttiBlock *block, unsigned from, unsigned to);
/* With silence in, silence comes out. */
TUTTI_REALTIME bool tutti_delay_silent (const TuttiDelay *delay);

/* Frames of a musical time in ticks (960 a quarter) at a tempo in 1/100 BPM; halved until it fits into the line, so that
 * it stays in time at tempos that are too slow for it. */
TUTTI_REALTIME uint32_t tutti_delay_frames (int64_t ticks, int32_t tempo_cbpm);
