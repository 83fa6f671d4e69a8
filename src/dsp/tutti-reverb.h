/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

#define TUTTI_REVERB_LINES 8
#define TUTTI_REVERB_LINE 4096
#define TUTTI_REVERB_DIFFUSERS 4
#define TUTTI_REVERB_DIFFUSER 1024
#define TUTTI_REVERB_BEFORE 8192
#define TUTTI_REVERB_BEFORE_MAX_MS 160
/* Frames behind each memory that repeat its first ones, so that what is read never has a seam. Without them all memories would be read
 * and written at the same places of the caches at once. */
#define TUTTI_REVERB_APART 80

typedef struct
{
  float    gain[TUTTI_REVERB_LINES], damp, mix;
  float    swing;               /* frames that half of the lines grow and shrink by */
  float    side;                /* as wide as it is less 1 */
  uint32_t before;              /* frames until the room answers */
} TuttiReverbPoint;

/* A room: a delay before it, four diffusing all-passes a side, then a feedback network of eight delay lines mixed by a Hadamard matrix
 * (Jot 1991), of which four swing slowly so that no mode rings (Dattorro, "Effect design", 1997). All delays are longer than a grid
 * block and the damping in the loop has no recursion of its own, so whole stretches of each line are worked on at once. The decay is
 * that of 1 kHz whatever the damping. About 230 KiB of plain memory. */
typedef struct
{
  uint32_t write;               /* frames since the reset, a multiple of TUTTI_BLOCK */
  uint32_t quiet_blocks;        /* grid blocks of exact silence written last */
  TuttiReverbPoint from, to, aim;       /* at the ends of the running grid block; as set last */
  bool     fresh;               /* nothing sounded yet: the aim is taken at once */
  alignas (64) float line[TUTTI_REVERB_LINES][TUTTI_REVERB_LINE + TUTTI_REVERB_APART];
  alignas (64) float diffuser[2][TUTTI_REVERB_DIFFUSERS][TUTTI_REVERB_DIFFUSER + TUTTI_REVERB_APART];
  alignas (64) float before[2][TUTTI_REVERB_BEFORE + TUTTI_REVERB_APART];
} TuttiReverb;

typedef struct
{
  int32_t decay_ms;            /* time to −60 dB, 100 … 10000 */
  int32_t damp;                /* 0 (bright) … 1000 (dull) */
  int32_t before_ms;           /* 0 … 160 */
  int32_t swing;               /* 0 (still) … 1000 */
  int32_t width;               /* 0 (mono) … 1000 … 2000 */
  int32_t mix;                 /* 0 (dry) … 1000 (wet only, what a send wants) */
} TuttiReverbValues;

/* Silent; dry until set. */
TUTTI_REALTIME void tutti_reverb_reset (TuttiReverb *reverb);
/* The same of a reverb whose memory is 0 already, which stays untouched. */
TUTTI_REALTIME void tutti_reverb_begin (TuttiReverb *reverb);
/* Clamped. */
TUTTI_REALTIME void tutti_reverb_set (TuttiReverb *reverb, const TuttiReverbValues *values);
/* Works on a whole block. @frame is the session frame of its frame 0: the swing's phase. */
TUTTI_REALTIME void tutti_reverb_run (TuttiReverb *reverb, TuttiBlock *block, int64_t frame);
/* With silence in, silence comes out: all that is remembered is 0. */
TUTTI_REALTIME bool tutti_reverb_silent (const TuttiReverb *reverb);
