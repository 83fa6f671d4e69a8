/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

typedef enum
{
  TUTTI_FILTER_LOW,
  TUTTI_FILTER_BAND,
  TUTTI_FILTER_HIGH
} TuttiFilterMode;

/* Cut-off in cents above MIDI note 0 (8.1758 Hz): 6900 is 440 Hz, 1500 about 19.4 Hz, 13500 about 19.9 kHz. */
#define TUTTI_FILTER_CUTOFF_MIN 1500
#define TUTTI_FILTER_CUTOFF_MAX 13500

/* A stereo state-variable filter in the trapezoidal form (Zavalishin, "The Art of VA Filter Design", ch. 4; Simper 2013):
 * stable under modulation. Coefficients glide across each grid block. Plain memory, copied by value. */
typedef struct
{
  float state[2][2];            /* two integrators a side */
  float now[3];                 /* g, k and the mode's weights as they were at the last grid point */
  float low, band, high;
  float next[3];
  float next_low, next_band, next_high;
  bool  fresh;                  /* nothing sounded yet: take the target at once */
} TuttiFilter;

/* Silent and open. */
void tutti_filter_reset (TuttiFilter *filter);
/* cutoff in cents (clamped to MIN … MAX), resonance 0 … 1000 (clamped; 1000 rings long but does not oscillate). */
TUTTI_REALTIME void tutti_filter_set (TuttiFilter *filter, TuttiFilterMode mode, int32_t cutoff, int32_t resonance);
TUTTI_REALTIME void tutti_filter_apply (TuttiFilter *filter, TuttiBlock *block, unsigned from, unsigned to);
/* Nothing rings: with silence in, silence comes out. */
TUTTI_REALTIME bool tutti_filter_silent (const TuttiFilter *filter);

/* The same as four tutti_filter_apply on whole blocks, bit for bit, but about three times faster: the recursions of four
 * tracks run side by side. A missing one is NULL. */
TUTTI_REALTIME void tutti_filter_apply4 (TuttiFilter *const filter[4], TuttiBlock *const block[4]);
