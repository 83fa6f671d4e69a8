/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-phaser.h"

#include "tutti-math.h"

#define STAGES TUTTI_PHASER_STAGES
/* The corner is worked out so often, and lies on straight lines between. */
#define POINT 16
#define POINTS (TUTTI_BLOCK / POINT)

void
tutti_phaser_reset (TuttiPhaser *phaser)
{
  memset (phaser, 0, sizeof *phaser);
  tutti_effect_lfo_reset (&phaser->lfo);
  phaser->fresh = true;
}

void
tutti_phaser_set (TuttiPhaser *phaser, int32_t millihertz, int32_t centre, int32_t swing, int32_t feedback, int32_t spread)
{
  tutti_effect_lfo_set (&phaser->lfo, millihertz);
  /* 20 kHz lies 9.966 octaves above 20 Hz. */
  phaser->aim.centre = (float) tutti_clamp (centre, 0, 1000) * 0.00996578428f;
  phaser->aim.depth = (float) tutti_clamp (swing, 0, 1000) * 0.004f;
  phaser->aim.feedback = (float) tutti_clamp (feedback, -900, 900) * 0.001f;
  phaser->aim.spread = (float) tutti_clamp (spread, 0, 1000) * 0.001f;
}

/* The tangent of x, |x| <= pi / 4, by Lambert's fraction: 1e-7 off at most. */
TUTTI_INLINE float
tangent (float x)
{
  float s = x * x;

  return x * (945.0f - s * (105.0f - s)) / (945.0f - s * (420.0f - 15.0f * s));
}

/* The all-pass's number for a corner of so many octaves above 20 Hz: (tan w − 1) / (tan w + 1), which is tan (w − pi / 4). */
TUTTI_INLINE float
number_of (float octaves)
{
  float held = octaves < 9.8f ? octaves : 9.8f;

  return tangent (tutti_quick_exp2 (held > 0.0f ? held : 0.0f) * (float) (20.0 * TUTTI_PI / TUTTI_RATE) - (float) (TUTTI_PI / 4));
}

static void
numbers_of (const TuttiPhaser *phaser, int64_t frame, float side, float *number)
{
  const TuttiPhaserPoint *a = &phaser->now, *b = &phaser->aim;

  for (unsigned j = 0; j <= POINTS; j++)
    {
      float t = (float) j * (1.0f / POINTS);
      uint32_t apart = tutti_effect_lfo_apart (tutti_between (a->spread, b->spread, t) * side);

      number[j] = number_of (tutti_between (a->centre, b->centre, t) +
                             tutti_between (a->depth, b->depth, t) * tutti_effect_lfo_at (&phaser->lfo, frame, apart, j * POINT));
    }
}

/* Left and right; half as many lanes would be cheaper to no compiler. */
typedef float Lanes4 __attribute__ ((vector_size (16)));

TUTTI_CLONES static void
run (TuttiPhaser *phaser, float (*number)[POINTS + 1], TuttiBlock *block)
{
  Lanes4 state[STAGES], back = { phaser->back[0], phaser->back[1] };

  for (unsigned s = 0; s < STAGES; s++)
    state[s] = (Lanes4) { phaser->state[0][s], phaser->state[1][s] };
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      unsigned j = i / POINT;
      float t = (float) (int32_t) (i % POINT) * (1.0f / POINT);
      Lanes4 c = { tutti_between (number[0][j], number[0][j + 1], t), tutti_between (number[1][j], number[1][j + 1], t) };
      Lanes4 x = { block->left[i], block->right[i] };

      x += back * tutti_between (phaser->now.feedback, phaser->aim.feedback, tutti_share (i));
      for (unsigned s = 0; s < STAGES; s++)
        {
          Lanes4 y = c * x + state[s];

          state[s] = x - c * y;
          x = y;
        }
      back = x;
      block->left[i] = x[0];
      block->right[i] = x[1];
    }
  for (unsigned side = 0; side < 2; side++)
    {
      for (unsigned s = 0; s < STAGES; s++)
        phaser->state[side][s] = state[s][side];
      phaser->back[side] = back[side];
    }
}

void
tutti_phaser_run (TuttiPhaser *phaser, TuttiBlock *block, int64_t frame)
{
  float number[2][POINTS + 1];

  if (phaser->fresh)
    phaser->now = phaser->aim;
  phaser->fresh = false;
  tutti_effect_lfo_begin_block (&phaser->lfo);
  numbers_of (phaser, frame, 0.0f, number[0]);
  numbers_of (phaser, frame, 1.0f, number[1]);
  run (phaser, number, block);
  phaser->now = phaser->aim;
  if (tutti_negligible (&phaser->state[0][0], 2 * STAGES) && tutti_negligible (phaser->back, 2))
    {
      memset (phaser->state, 0, sizeof phaser->state);
      memset (phaser->back, 0, sizeof phaser->back);
    }
}

bool
tutti_phaser_silent (const TuttiPhaser *phaser)
{
  return tutti_largest_bits (&phaser->state[0][0], 2 * STAGES) == 0 && tutti_largest_bits (phaser->back, 2) == 0;
}
