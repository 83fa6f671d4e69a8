/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"

/* What comes out is what went in this many frames before. */
#define TUTTI_LIMITER_DELAY 64
#define TUTTI_LIMITER_CEILING 0.96605f  /* -0.3 dBFS */
#define TUTTI_LIMITER_DC_BLOCKS 512

/* The master's limiter: no sample leaves above the ceiling, gain falls over 64 frames before a peak and recovers linearly in
 * 200 ms; below the ceiling the sound passes unchanged to the bit. An offset above -40 dBFS in the mean of 0.7 s is taken
 * out first, and what is not a number becomes 0. All memory is integer or finite, so a limiter started late has the same
 * bits soon. Plain memory. */
typedef struct
{
  TuttiBlock held;              /* the last 64 frames, in place: frame i is replaced as it is read */
  int64_t    wanted[TUTTI_BLOCK];       /* gain each frame of this block bears, 2^30 is 1 */
  int64_t    lowest_after[TUTTI_BLOCK]; /* of the last block: the least from frame i to its end */
  int64_t    lowest;            /* of this block so far */
  int64_t    recovering;        /* the held least, rising slowly */
  int64_t    box[TUTTI_BLOCK];  /* its last 64 values, whose mean is the gain */
  int64_t    box_sum;
  int64_t    mean_block[2];     /* sums of the frames as put in, 2^16 is 1: of this block so far, */
  int64_t    mean_sum[2];       /* of all blocks in the ring */
  int64_t    mean_ring[2][TUTTI_LIMITER_DC_BLOCKS];
  uint32_t   mean_place;
  float      offset_from[2], offset_to[2];
} TuttiLimiter;

void tutti_limiter_reset (TuttiLimiter *limiter);
TUTTI_REALTIME void tutti_limiter_apply (TuttiLimiter *limiter, TuttiBlock *block, unsigned from, unsigned to);
