/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* A stereo equaliser of four bands one behind the other: low cut (12 dB an octave), low shelf, bell, high shelf, with the
 * responses of Bristow-Johnson's "Cookbook formulae for audio EQ" in the trapezoidal state-variable form (Simper, "Solving the
 * continuous SVF equations using trapezoidal integration and equivalent currents", 2011). Each band's step shrinks its state or
 * leaves it as long, whatever the setting (the transform of a passive circuit), and so does every mean of two such steps: gliding
 * in a straight line from one setting to the next is stable. The bands are the lanes of one vector, each a frame behind the one
 * before it, so that the four cost as much time as one. */

#define TUTTI_EQ_BANDS 4

typedef enum
{
  TUTTI_EQ_LOW_CUT,
  TUTTI_EQ_LOW_SHELF,
  TUTTI_EQ_BELL,
  TUTTI_EQ_HIGH_SHELF
} TuttiEqBand;

/* One frame of a band: d = x − s2, y = c0 x + c1 s1 + c2 s2, s1 = a s1 + p d, s2 = s2 + p s1 + q d. */
typedef struct
{
  alignas (16) float a[TUTTI_EQ_BANDS];
  alignas (16) float p[TUTTI_EQ_BANDS];
  alignas (16) float q[TUTTI_EQ_BANDS];
  alignas (16) float c0[TUTTI_EQ_BANDS];
  alignas (16) float c1[TUTTI_EQ_BANDS];
  alignas (16) float c2[TUTTI_EQ_BANDS];
} TuttiEqPoint;

/* Plain memory. */
typedef struct
{
  alignas (16) float state[2][2][TUTTI_EQ_BANDS]; /* first and second integrator, left and right */
  TuttiEqPoint now, aim;        /* at the end of the last block; as set last */
  bool         fresh;           /* nothing sounded yet: the aim is taken at once */
} TuttiEq;

/* Silent and flat, to the bit. */
TUTTI_REALTIME void tutti_eq_reset (TuttiEq *eq);

/* Of @band: hz 20 … 20000, quality 0.1 … 18 (of the bell alone, the others' is 0.7071), gain in 1/100 dB -2400 … 2400 (0 is flat to
 * the bit; of the low cut, 0 is off and anything else on). Clamped; glides in over the next block. */
TUTTI_REALTIME void tutti_eq_set (TuttiEq *eq, TuttiEqBand band, double hz, double quality, int32_t gain);

TUTTI_REALTIME void tutti_eq_run (TuttiEq *eq, TuttiBlock *block);

/* Nothing rings: with silence in, silence comes out. */
TUTTI_REALTIME bool tutti_eq_silent (const TuttiEq *eq);
