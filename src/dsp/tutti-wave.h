/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-lanes.h"
#include "tutti-realtime.h"
#include <stdint.h>

/* Band-limited waves, as tables of a period at many widths of spectrum. The one for a pitch holds every harmonic up to 28 kHz and no
 * more: what folds back lies above 20 kHz, and nothing below 19.8 kHz is missing. Between its points a table is read by a cubic
 * through four of them; tables are at least eight times as dense as their highest harmonic asks for (a little less for the three
 * lowest pitches), which leaves that below -100 dB.
 *
 * A phase is a 32-bit fraction of a turn and wraps by itself. */

#define TUTTI_WAVE_LEVELS 19
#define TUTTI_WAVE_FRAMES (16 * (2048 + 4) + 3 * (4096 + 4))

typedef struct
{
  uint32_t up_to;               /* step of the phase a frame up to which the level serves */
  uint32_t n_harmonics;
  uint32_t bits;                /* 1 << bits points */
  uint32_t offset;              /* of the point at phase 0, in the tables; one lies before it, three behind the last */
} TuttiWaveLevel;

#define TUTTI_WAVE_SINE_BITS 11

/* Filled in by tutti_wave_init(). Saw rises from −1 to 1 with its jump at phase 0; triangle and sine begin rising from 0. */
extern TuttiWaveLevel tutti_wave_levels[TUTTI_WAVE_LEVELS];
extern float tutti_wave_saw[TUTTI_WAVE_FRAMES];
extern float tutti_wave_triangle[TUTTI_WAVE_FRAMES];
extern float tutti_wave_turn[(1 << TUTTI_WAVE_SINE_BITS) + 4]; /* the sine; its phase 0 is point 1 */

/* Once before anything sounds; later calls do nothing. Thread: any, never the audio thread. */
void tutti_wave_init (void);

/* The sine alone, which is all that LFOs read: the rest is half a megabyte that only oscillators touch. */
void tutti_wave_turn_init (void);

typedef float    TuttiLanes __attribute__ ((vector_size (16)));
typedef uint32_t TuttiPhases __attribute__ ((vector_size (16)));
typedef int32_t  TuttiInts __attribute__ ((vector_size (16)));
typedef float    TuttiLoose __attribute__ ((vector_size (16), aligned (4), may_alias));

/* A table as it is read. */
typedef struct
{
  const float *points;          /* the one before phase 0 */
  uint32_t     bits;
} TuttiWaveTable;

TUTTI_REALTIME static inline TuttiWaveTable
tutti_wave_table (const float *wave, uint32_t step)
{
  unsigned i = 0;

  while (i + 1 < TUTTI_WAVE_LEVELS && step > tutti_wave_levels[i].up_to)
    i++;
  return (TuttiWaveTable) { wave + tutti_wave_levels[i].offset - 1, tutti_wave_levels[i].bits };
}

/* The sine, whatever the step. */
TUTTI_REALTIME static inline TuttiWaveTable
tutti_wave_sine (void)
{
  return (TuttiWaveTable) { tutti_wave_turn, TUTTI_WAVE_SINE_BITS };
}

/* Four phases at a time: one load of four points each, turned so that lanes are phases. */
TUTTI_INLINE TuttiLanes
tutti_wave_read (TuttiWaveTable table, TuttiPhases phase)
{
  TuttiPhases at = phase >> (32 - table.bits);
  TuttiLanes f = __builtin_convertvector ((TuttiInts) ((phase << table.bits) >> 8), TuttiLanes) * (1.0f / 16777216.0f);
  TuttiLanes r0 = *(const TuttiLoose *) (table.points + at[0]), r1 = *(const TuttiLoose *) (table.points + at[1]);
  TuttiLanes r2 = *(const TuttiLoose *) (table.points + at[2]), r3 = *(const TuttiLoose *) (table.points + at[3]);
  TuttiLanes t0 = __builtin_shufflevector (r0, r1, 0, 4, 1, 5), t1 = __builtin_shufflevector (r2, r3, 0, 4, 1, 5);
  TuttiLanes t2 = __builtin_shufflevector (r0, r1, 2, 6, 3, 7), t3 = __builtin_shufflevector (r2, r3, 2, 6, 3, 7);
  TuttiLanes a = __builtin_shufflevector (t0, t1, 0, 1, 4, 5), b = __builtin_shufflevector (t0, t1, 2, 3, 6, 7);
  TuttiLanes c = __builtin_shufflevector (t2, t3, 0, 1, 4, 5), d = __builtin_shufflevector (t2, t3, 2, 3, 6, 7);
  TuttiLanes k2 = 0.5f * (a + c) - b;
  TuttiLanes k3 = (1.0f / 6.0f) * (d - a) + 0.5f * (b - c);
  TuttiLanes k1 = (c - b) - k2 - k3;

  return ((k3 * f + k2) * f + k1) * f + b;
}
