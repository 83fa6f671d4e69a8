/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* What comes out is what went in this many frames before: 1.6 ms. */
#define TUTTI_PEAK_LIMITER_DELAY 76
#define TUTTI_PEAK_LIMITER_PAST 128

/* A limiter that looks ahead and knows what lies between the samples: peaks are those of the sound at four times the rate, by the
 * filter of ITU-R BS.1770-4, annex 2. The gain is the mean over 64 frames of the least that the next 76 bear, so that it has fallen
 * before a peak comes; it rises linearly. Whole numbers, so that what is forgotten is forgotten exactly. Plain memory. */
typedef struct
{
  float    now_gain, aim_gain; /* before the limit */
  float    now_ceiling, aim_ceiling;
  int64_t  rise;               /* of the gain a frame; 2^30 is 1 */
  int64_t  recovering;
  int64_t  sum;                /* of the last 64 in @recovered */
  int64_t  least;              /* of @sum in the last block */
  uint32_t quiet;              /* frames of exact silence that came in last */
  bool     fresh;
  float    past[2][TUTTI_PEAK_LIMITER_PAST];  /* what came in last, at its gain */
  int32_t  bears[TUTTI_PEAK_LIMITER_PAST];    /* the gain that each of the last frames bears */
  int32_t  recovered[TUTTI_BLOCK];            /* the last of @recovering */
} TuttiPeakLimiter;

TUTTI_REALTIME void tutti_peak_limiter_reset (TuttiPeakLimiter *limiter);
/* gain 0 … 2400 and ceiling −2400 … 0 in 1/100 dB, release (the way from silence to 1) 10 … 2000 ms; clamped. */
TUTTI_REALTIME void tutti_peak_limiter_set (TuttiPeakLimiter *limiter, int32_t gain, int32_t ceiling, int32_t release_ms);
TUTTI_REALTIME void tutti_peak_limiter_run (TuttiPeakLimiter *limiter, TuttiBlock *block);
TUTTI_REALTIME bool tutti_peak_limiter_silent (const TuttiPeakLimiter *limiter);
/* The least gain of the last block, without that before the limit. */
TUTTI_REALTIME float tutti_peak_limiter_least (const TuttiPeakLimiter *limiter);
