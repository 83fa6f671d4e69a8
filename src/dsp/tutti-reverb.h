/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

#define TUTTI_REVERB_LINES 8
#define TUTTI_REVERB_LINE 4096
#define TUTTI_REVERB_DIFFUSERS 4
#define TUTTI_REVERB_DIFFUSER 1024

typedef struct
{
  float gain[TUTTI_REVERB_LINES], damp, mix;
} TuttiReverbPoint;

/* A room: four diffusing all-passes a side, then a feedback network of eight delay lines mixed by a Hadamard matrix (Jot
 * 1991). All delays are longer than a grid block and the damping in the loop has no recursion of its own, so whole stretches
 * of each line are worked on at once. About 165 KiB of plain memory. */
typedef struct
{
  uint32_t write;               /* frames since the reset, a multiple of TUTTI_BLOCK */
  uint32_t quiet_blocks;        /* grid blocks of exact silence written last */
  TuttiReverbPoint from, to, aim;       /* at the ends of the running grid block; as set last */
  bool     fresh;               /* nothing sounded yet: the aim is taken at once */
  alignas (64) float line[TUTTI_REVERB_LINES][TUTTI_REVERB_LINE];
  alignas (64) float diffuser[2][TUTTI_REVERB_DIFFUSERS][TUTTI_REVERB_DIFFUSER];
} TuttiReverb;

/* Silent; dry until set. */
void tutti_reverb_reset (TuttiReverb *reverb);
/* decay_ms 100 … 10000 (time to -60 dB), damp 0 (bright) … 1000 (dull), mix 0 (dry) … 1000 (wet only, what a send wants).
 * Clamped. */
TUTTI_REALTIME void tutti_reverb_set (TuttiReverb *reverb, int32_t decay_ms, int32_t damp, int32_t mix);
TUTTI_REALTIME void tutti_reverb_apply (TuttiReverb *reverb, TuttiBlock *block, unsigned from, unsigned to);
/* With silence in, silence comes out. */
TUTTI_REALTIME bool tutti_reverb_silent (const TuttiReverb *reverb);
