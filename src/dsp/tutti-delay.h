/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

#define TUTTI_DELAY_MIN_FRAMES (2 * TUTTI_BLOCK)
#define TUTTI_DELAY_MAX_FRAMES (2 * TUTTI_RATE)
/* When the time gets longer, what the shorter one still knew comes in over so many frames. */
#define TUTTI_DELAY_TAPER 1024
#define TUTTI_DELAY_LINE (TUTTI_DELAY_MAX_FRAMES + 2 * TUTTI_DELAY_TAPER)
#define TUTTI_DELAY_MAX_FEEDBACK 900

typedef struct
{
  float feedback, damp, mix;
  float cross;                  /* 0 each side by itself, 1 all begins on the left and changes sides at each repeat */
} TuttiDelayPoint;

/* A stereo echo, on the way between each side by itself and ping-pong. 750 KiB of plain memory, of which only what has been played
 * into is ever read, and only as far back as the time that is set: resetting is cheap, untouched pages stay unused, and a copy need
 * not be longer than the echo. Up to a second the line is gone round in as little memory as the time needs, so that many delays stay
 * within the caches. A longer time begins with what the shorter one still knew. */
typedef struct
{
  uint32_t write;               /* where the grid block begins, a multiple of TUTTI_BLOCK */
  uint32_t wrap;                /* what lies before the line's beginning is behind its frames up to here */
  uint32_t filled;              /* frames before @write that are known: no more than the time needs */
  bool     forgot;              /* something older was known once */
  uint32_t quiet;               /* frames of exact silence written last */
  uint32_t frames, aim_frames;
  uint32_t old_frames, fade;    /* the time being left, and the grid blocks until it is */
  TuttiDelayPoint from, to, aim;        /* at the ends of the running grid block; as set last */
  bool     fresh;               /* nothing sounded yet: the aim is taken at once */
  alignas (64) float line[2][TUTTI_DELAY_LINE];
} TuttiDelay;

/* Silent; dry until set. */
void tutti_delay_reset (TuttiDelay *delay);
/* frames MIN … MAX, feedback 0 … 900 (1/1000), damp 0 (bright) … 1000 (dull repeats), cross 0 … 1000 (ping-pong), mix 0 (dry) … 1000
 * (wet only, what a send wants). Everything is clamped; a new time cross-fades. */
TUTTI_REALTIME void tutti_delay_set (TuttiDelay *delay, uint32_t frames, int32_t feedback, int32_t damp, int32_t cross,
                                     int32_t mix);
/* Works on a whole block. */
TUTTI_REALTIME void tutti_delay_run (TuttiDelay *delay, TuttiBlock *block);
/* With silence in, silence comes out. */
TUTTI_REALTIME bool tutti_delay_silent (const TuttiDelay *delay);
/* The same from here on; copies only what is known. */
TUTTI_REALTIME void tutti_delay_copy (TuttiDelay *to, const TuttiDelay *from);

/* Frames of a musical time in ticks (960 a quarter) at a tempo in 1/100 BPM; halved until it fits into the line, so that
 * it stays in time at tempos that are too slow for it. */
TUTTI_REALTIME uint32_t tutti_delay_frames (int64_t ticks, int32_t tempo_cbpm);
