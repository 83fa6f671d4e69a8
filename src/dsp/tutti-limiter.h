/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"

/* What comes out is what went in this many frames before. */
#define TUTTI_LIMITER_DELAY 64
#define TUTTI_LIMITER_CEILING 0.966f    /* -0.3 dBFS */
#define TUTTI_LIMITER_DC_BLOCKS 512

/* The master's limiter: no sample leaves above the ceiling, gain falls over 64 frames before a peak and recovers linearly in
 * 200 ms; below the ceiling the sound passes unchanged to the bit. A moving mean over 0.7 s takes offsets out first. All
 * memory is integer and finite, so a limiter started late has the same bits soon. Plain memory. */
typedef struct
{
  TuttiBlock held;              /* the last 64 frames, in place: frame i is replaced as it is read */
  float      peak_gain[TUTTI_BLOCK];
  float      suffix[TUTTI_BLOCK + 1];
  float      prefix;
  int64_t    release;           /* gain, 2^30 is 1 */
  int64_t    box[TUTTI_BLOCK];
  int64_t    box_sum;
  int64_t    dc_sum[2];         /* of the last DC_BLOCKS blocks, 2^-24 a unit */
  int64_t    dc_block[2];       /* of this block so far */
  int64_t    dc_ring[2][TUTTI_LIMITER_DC_BLOCKS];
  uint32_t   dc_place;
  float      dc_from[2], dc_to[2];
} TuttiLimiter;

void tutti_limiter_reset (TuttiLimiter *limiter);
TUTTI_REALTIME void tutti_limiter_apply (TuttiLimiter *limiter, TuttiBlock *block, unsigned from, unsigned to);
