/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-patch.h"
#include "tutti-wave.h"

/* Oscillators over a block, four frames at a time. A group that reaches over the end is computed whole; who reads stops before. */

#define TUTTI_OSC_GROUPS (TUTTI_BLOCK / 4)

/* A phase that moves in a straight or a bent line. */
typedef struct
{
  uint32_t phase;               /* at the first frame */
  uint32_t step;
  int32_t  bend;                /* added to the step each frame */
} TuttiOscPath;

/* A value that goes in a straight line. */
typedef struct
{
  float from;
  float slope;                  /* a frame */
} TuttiOscLine;

/* @n frames from @from to @to. */
TUTTI_INLINE TuttiOscLine
tutti_osc_line (float from, float to, float share)
{
  return (TuttiOscLine) { from, (to - from) * share };
}

TUTTI_INLINE TuttiLanes
tutti_osc_line4 (TuttiOscLine line, unsigned group)
{
  float i = (float) (int32_t) (4 * group);
  TuttiLanes at = { i, i + 1.0f, i + 2.0f, i + 3.0f };

  return line.from + line.slope * at;
}

/* The path's end after @n frames. */
TUTTI_INLINE uint32_t
tutti_osc_end (TuttiOscPath path, unsigned n)
{
  return path.phase + n * path.step + (uint32_t) path.bend * (n * (n - 1) / 2);
}

/* Fills @groups groups of @out with @wave. @width: of the square, in turns. @shift: (nullable) what is added to the phase, in turns,
 * times @depth. */
TUTTI_REALTIME void tutti_osc_run (TuttiWave wave, TuttiOscPath path, TuttiOscLine width, const TuttiLanes *shift, TuttiOscLine depth,
                                   unsigned groups, TuttiLanes *out);

/* White noise, −1 … 1. */
TUTTI_REALTIME void tutti_osc_noise (uint32_t state[4], unsigned groups, TuttiLanes *out);
