/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-tremolo.h"

#include "tutti-effect-lfo.h"
#include "tutti-transport.h"

void
tutti_tremolo_reset (TuttiTremolo *tremolo)
{
  *tremolo = (TuttiTremolo) { .ticks = 240, .aim_ticks = 240, .fresh = true };
}

void
tutti_tremolo_set (TuttiTremolo *tremolo, int32_t ticks, int32_t depth, int32_t shape, int32_t spread)
{
  tremolo->aim_ticks = tutti_clamp (ticks, 20, 7680);
  tremolo->aim.depth = (float) tutti_clamp (depth, 0, 1000) * 0.0005f;
  tremolo->aim.bend = (float) tutti_clamp (shape, 0, 1000) * 0.012f;
  tremolo->aim.spread = (float) tutti_clamp (spread, 0, 1000) * 0.001f;
}

/* A quarter of a turn on, so that it begins at its loudest. */
#define LOUDEST 0x40000000u

/* The gains of 65 frames, the first of the next block included. A sine driven into x / sqrt (1 + x²) is nearly square. */
TUTTI_CLONES static void
gains_of (const TuttiTremolo *tremolo, uint32_t phase, uint32_t step, float side, float *restrict gain)
{
  const TuttiTremoloPoint *a = &tremolo->now, *b = &tremolo->aim;

  for (int i = 0; i <= TUTTI_BLOCK; i++)
    {
      float t = (float) i * (1.0f / TUTTI_BLOCK), bend = tutti_between (a->bend, b->bend, t);
      uint32_t apart = tutti_effect_lfo_apart (tutti_between (a->spread, b->spread, t) * side);
      float x = tutti_effect_lfo_sine (phase + step * (uint32_t) i + apart), s = x * bend;
      float shaped = x * __builtin_sqrtf ((1.0f + bend * bend) / (1.0f + s * s));

      gain[i] = 1.0f - tutti_between (a->depth, b->depth, t) * (1.0f - shaped);
    }
}

TUTTI_CLONES static void
scale (float *x, const float *gain, float jump)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    x[i] *= gain[i] + jump * (1.0f - tutti_share (i));
}

void
tutti_tremolo_run (TuttiTremolo *tremolo, TuttiBlock *block, const TuttiEffectTime *time)
{
  float gain[TUTTI_BLOCK + 1];

  if (tremolo->fresh)
    tremolo->now = tremolo->aim;
  tremolo->ticks = tremolo->aim_ticks;

  int64_t turn = tremolo->ticks * TUTTI_PLACES_A_TICK, place = time->place % turn;
  double scaled = 4294967296.0 / (double) turn;
  uint32_t phase = (uint32_t) (int64_t) ((double) (place < 0 ? place + turn : place) * scaled) + LOUDEST;

  for (int side = 0; side < 2; side++)
    {
      gains_of (tremolo, phase, (uint32_t) (int64_t) (time->tempo_cbpm * scaled), (float) side, gain);
      scale (side == 0 ? block->left : block->right, gain, tremolo->fresh ? 0.0f : tremolo->last[side] - gain[0]);
      tremolo->last[side] = gain[TUTTI_BLOCK];
    }
  tremolo->now = tremolo->aim;
  tremolo->fresh = false;
}
