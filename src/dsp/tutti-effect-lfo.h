/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-lanes.h"
#include "tutti-realtime.h"

/* A slow sine whose phase is the session frame times its rate: nothing is accumulated, so that whoever comes late swings along. A
 * new rate means another phase; the old swing cross-fades into the new one. Plain memory. */

#define TUTTI_EFFECT_LFO_FADE_BLOCKS 16   /* 21 ms */

typedef struct
{
  uint32_t now, old, aim;      /* 2^32 turns a frame */
  uint8_t  fade;               /* blocks until @old is gone */
  bool     fresh;
} TuttiEffectLfo;

/* -1 … 1 at @phase (2^32 is a turn): a parabola corrected by its own square, at most 0.001 off a sine and as smooth as one. */
TUTTI_INLINE float
tutti_effect_lfo_sine (uint32_t phase)
{
  float x = (float) (int32_t) phase * 0x1p-31f;
  float y = 4.0f * x * (1.0f - tutti_size (x));

  return y + 0.225f * (y * tutti_size (y) - y);
}

/* Half a turn at 1, as a float that a cast to int32_t takes. */
#define TUTTI_EFFECT_LFO_HALF_TURN 2147483520.0f

/* The phase for a share of half a turn, 0 … 1. */
TUTTI_INLINE uint32_t
tutti_effect_lfo_apart (float share)
{
  return (uint32_t) (int32_t) (share * TUTTI_EFFECT_LFO_HALF_TURN);
}

static inline void
tutti_effect_lfo_reset (TuttiEffectLfo *lfo)
{
  *lfo = (TuttiEffectLfo) { .fresh = true };
}

/* @millihertz 0 … 20000, clamped. */
static inline void
tutti_effect_lfo_set (TuttiEffectLfo *lfo, int32_t millihertz)
{
  lfo->aim = (uint32_t) ((int64_t) tutti_clamp (millihertz, 0, 20000) * (INT64_C (1) << 32) / (1000 * (int64_t) TUTTI_RATE));
}

/* Once a block, before it is asked. */
static inline void
tutti_effect_lfo_begin_block (TuttiEffectLfo *lfo)
{
  if (lfo->fade > 0)
    lfo->fade--;
  if (lfo->fresh)
    lfo->now = lfo->aim;
  else if (lfo->fade == 0 && lfo->now != lfo->aim)
    {
      lfo->old = lfo->now;
      lfo->now = lfo->aim;
      lfo->fade = TUTTI_EFFECT_LFO_FADE_BLOCKS;
    }
  lfo->fresh = false;
}

/* Its value @i frames (0 … TUTTI_BLOCK) into the block that begins at @frame, @offset later in its turn. */
TUTTI_INLINE float
tutti_effect_lfo_at (const TuttiEffectLfo *lfo, int64_t frame, uint32_t offset, unsigned i)
{
  uint32_t at = (uint32_t) ((uint64_t) frame + i);
  float value = tutti_effect_lfo_sine (lfo->now * at + offset), gone;

  if (lfo->fade == 0)
    return value;
  gone = (float) (int32_t) ((TUTTI_EFFECT_LFO_FADE_BLOCKS - lfo->fade) * TUTTI_BLOCK + i) *
         (1.0f / (TUTTI_EFFECT_LFO_FADE_BLOCKS * TUTTI_BLOCK));
  return tutti_between (tutti_effect_lfo_sine (lfo->old * at + offset), value, gone);
}
