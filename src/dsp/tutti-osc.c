/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-osc.h"

#include <string.h>

/* The phases of a group and how they move on; a bent line has a constant second difference. */
typedef struct
{
  TuttiPhases at, by, more;
} Walk;

TUTTI_INLINE Walk
walk_of (TuttiOscPath path)
{
  uint32_t bend = (uint32_t) path.bend, ahead = 4 * path.step + 6 * bend;

  return (Walk) {
    .at = { path.phase, path.phase + path.step, path.phase + 2 * path.step + bend, path.phase + 3 * path.step + 3 * bend },
    .by = { ahead, ahead + 4 * bend, ahead + 8 * bend, ahead + 12 * bend },
    .more = { 16 * bend, 16 * bend, 16 * bend, 16 * bend },
  };
}

TUTTI_INLINE void
walk_on (Walk *walk)
{
  walk->at += walk->by;
  walk->by += walk->more;
}

/* Turns, within ±64, as a phase. */
TUTTI_INLINE TuttiPhases
phases_of (TuttiLanes turns)
{
  return (TuttiPhases) __builtin_convertvector (turns * 16777216.0f, TuttiInts) << 8;
}

TUTTI_INLINE void
plain (TuttiWaveTable table, TuttiOscPath path, const TuttiLanes *shift, TuttiOscLine depth, unsigned groups, TuttiLanes *out)
{
  Walk walk = walk_of (path);

  for (unsigned i = 0; i < groups; i++, walk_on (&walk))
    out[i] = tutti_wave_read (table, shift == NULL ? walk.at : walk.at + phases_of (shift[i] * tutti_osc_line4 (depth, i)));
}

/* The difference of two saws, a width apart. */
TUTTI_INLINE void
square (TuttiWaveTable table, TuttiOscPath path, TuttiOscLine width, const TuttiLanes *shift, TuttiOscLine depth, unsigned groups,
        TuttiLanes *out)
{
  Walk walk = walk_of (path);

  for (unsigned i = 0; i < groups; i++, walk_on (&walk))
    {
      TuttiPhases at = shift == NULL ? walk.at : walk.at + phases_of (shift[i] * tutti_osc_line4 (depth, i));

      out[i] = tutti_wave_read (table, at) - tutti_wave_read (table, at - phases_of (tutti_osc_line4 (width, i)));
    }
}

static TuttiWaveTable
table_of (TuttiWave wave, TuttiOscPath path, unsigned groups)
{
  uint32_t last = path.step + (uint32_t) path.bend * (4 * groups - 1);
  uint32_t most = path.bend > 0 ? last : path.step;

  if (wave == TUTTI_WAVE_SINE)
    return tutti_wave_sine ();
  return tutti_wave_table (wave == TUTTI_WAVE_TRIANGLE ? tutti_wave_triangle : tutti_wave_saw, most);
}

TUTTI_CLONES void
tutti_osc_run (TuttiWave wave, TuttiOscPath path, TuttiOscLine width, const TuttiLanes *shift, TuttiOscLine depth, unsigned groups,
               TuttiLanes *out)
{
  TuttiWaveTable table = table_of (wave, path, groups);

  if (wave == TUTTI_WAVE_SQUARE && shift == NULL)
    square (table, path, width, NULL, depth, groups, out);
  else if (wave == TUTTI_WAVE_SQUARE)
    square (table, path, width, shift, depth, groups, out);
  else if (shift == NULL)
    plain (table, path, NULL, depth, groups, out);
  else
    plain (table, path, shift, depth, groups, out);
}

TUTTI_CLONES void
tutti_osc_noise (uint32_t state[4], unsigned groups, TuttiLanes *out)
{
  TuttiPhases x;

  memcpy (&x, state, sizeof x);
  for (unsigned i = 0; i < groups; i++)
    {
      x = x * 1664525u + 1013904223u;
      out[i] = __builtin_convertvector ((TuttiInts) x >> 8, TuttiLanes) * (1.0f / 8388608.0f);
    }
  memcpy (state, &x, sizeof x);
}
