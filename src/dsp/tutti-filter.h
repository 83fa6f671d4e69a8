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

/* A setting in the recursion's own numbers: warped frequency, damping, and how much of each output is heard. */
typedef struct
{
  float g, k, low, band, high;
} TuttiFilterPoint;

/* A stereo state-variable filter in the trapezoidal form (Zavalishin, "The Art of VA Filter Design", ch. 4; Simper 2013):
 * stable under modulation. A new setting glides in over one grid block. Plain memory, copied by value. */
typedef struct
{
  float            state[2][2]; /* left and right of the first integrator, then of the second */
  TuttiFilterPoint from, to;    /* at the ends of the running grid block */
  TuttiFilterPoint aim;         /* as set last */
  bool             fresh;       /* nothing sounded yet: the aim is taken at once */
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
