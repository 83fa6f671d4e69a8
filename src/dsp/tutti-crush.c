/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-crush.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

void
tutti_crush_reset (TuttiCrush *crush)
{
  *crush = (TuttiCrush) { .every = 1, .aim_every = 1 };
}

void
tutti_crush_set (TuttiCrush *crush, int32_t decibits, int32_t every)
{
  decibits = tutti_clamp (decibits, 10, 160);
  crush->aim_levels = decibits == 160 ? 0.0f : (float) tutti_exp2 (decibits * 0.1 - 1.0);
  crush->aim_every = (uint32_t) tutti_clamp (every, 1, TUTTI_BLOCK);
}

/* To the nearest step. The clamp comes before the conversion, whose overflow processors disagree about. */
static float
coarse (float x, float levels)
{
  x = x < 8.0f ? x : 8.0f;
  x = x > -8.0f ? x : -8.0f;
  return (float) (int32_t) (x * levels + (x < 0.0f ? -0.5f : 0.5f)) / levels;
}

void
tutti_crush_apply (TuttiCrush *crush, TuttiBlock *block, int64_t block_frame, unsigned from, unsigned to)
{
  if (from == 0)
    {
      crush->levels = crush->aim_levels;
      crush->every = crush->aim_every;
    }
  if (crush->levels == 0.0f && crush->every == 1)
    return;

  uint32_t every = crush->every, phase = (uint32_t) ((uint64_t) (block_frame + from) % every);
  for (unsigned i = from; i < to; i++, phase = phase + 1 == every ? 0 : phase + 1)
    {
      if (phase == 0)
        {
          bool fine = crush->levels == 0.0f;
          crush->held[0] = fine ? block->left[i] : coarse (block->left[i], crush->levels);
          crush->held[1] = fine ? block->right[i] : coarse (block->right[i], crush->levels);
        }
      block->left[i] = crush->held[0];
      block->right[i] = crush->held[1];
    }
}
