/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-limiter.h"

#include "tutti-lanes.h"
#include <string.h>

#define ONE ((int64_t) 1 << 30)
/* A hair under the ceiling, for the last rounding. */
#define CEILING 0.96604f
#define RECOVERY (ONE / (TUTTI_RATE / 5))
#define MEAN_FRAMES (TUTTI_LIMITER_DC_BLOCKS * TUTTI_BLOCK)
/* Music's own slow swing stays below; what lies above is an offset. */
#define OFFSET_KEPT 0.01f

void
tutti_limiter_reset (TuttiLimiter *limiter)
{
  memset (limiter, 0, sizeof *limiter);
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    limiter->wanted[i] = limiter->lowest_after[i] = limiter->box[i] = ONE;
  limiter->lowest = limiter->recovering = ONE;
  limiter->box_sum = ONE * TUTTI_BLOCK;
}

/* A block begins: the last one's least gains from each frame to its end (van Herk's sliding minimum, on the grid). */
static void
begin_block (TuttiLimiter *limiter)
{
  int64_t lowest = ONE;

  /* Calm before and calm again: all of them are 1 already. */
  if (limiter->lowest == ONE && limiter->lowest_after[0] == ONE)
    return;
  for (int i = TUTTI_BLOCK - 1; i >= 0; i--)
    {
      lowest = limiter->wanted[i] < lowest ? limiter->wanted[i] : lowest;
      limiter->lowest_after[i] = lowest;
    }
  limiter->lowest = ONE;
}

static void
end_block (TuttiLimiter *limiter)
{
  for (int s = 0; s < 2; s++)
    {
      int64_t *slot = &limiter->mean_ring[s][limiter->mean_place];

      limiter->mean_sum[s] += limiter->mean_block[s] - *slot;
      *slot = limiter->mean_block[s];
      limiter->mean_block[s] = 0;

      float mean = (float) limiter->mean_sum[s] * (0x1p-16f / MEAN_FRAMES);
      limiter->offset_from[s] = limiter->offset_to[s];
      limiter->offset_to[s] = mean > OFFSET_KEPT ? mean - OFFSET_KEPT : mean < -OFFSET_KEPT ? mean + OFFSET_KEPT : 0.0f;
    }
  limiter->mean_place = (limiter->mean_place + 1) % TUTTI_LIMITER_DC_BLOCKS;
}

/* A side's frames as they may be worked on: numbers, not absurdly large, without the offset. Returns their sum, for the mean, in
 * whole numbers of 2^-16, which 64 frames of +-256 do not bring out of their 32 bits; largest becomes the bits of the
 * largest size among them. */
TUTTI_CLONES static int32_t
take_in (const float *in, float offset_from, float offset_to, unsigned from, unsigned n, float *restrict out, int32_t *largest)
{
  int32_t sum = 0;

  for (unsigned i = 0; i < n; i++)
    {
      /* Infinity less itself is no number either. */
      float x = in[i] - in[i] == 0.0f ? in[i] : 0.0f;

      x = x < 256.0f ? x : 256.0f;
      x = x > -256.0f ? x : -256.0f;
      sum += (int32_t) (x * 0x1p16f);
      out[i] = x - tutti_between (offset_from, offset_to, tutti_share (from + i));
    }
  *largest = tutti_largest_bits (out, n);
  return sum;
}

/* Nothing above the ceiling now nor lately: the gain is exactly 1 throughout the piece, and next_gain () would change nothing,
 * since all it wanted in the last block from here on was 1. */
static bool
calm (const TuttiLimiter *limiter, const int32_t largest[2], unsigned from)
{
  const float ceiling = CEILING;
  int32_t ceiling_bits;

  memcpy (&ceiling_bits, &ceiling, sizeof ceiling_bits);
  return limiter->box_sum == ONE * TUTTI_BLOCK && limiter->recovering == ONE && limiter->lowest == ONE
         && limiter->lowest_after[from] == ONE && largest[0] <= ceiling_bits && largest[1] <= ceiling_bits;
}

/* The gain for the frame that leaves: the mean of the last 64 held minima. Each of these knows the frame that leaves, so
 * none is above what it bears. */
static float
next_gain (TuttiLimiter *limiter, unsigned i, float left, float right)
{
  float peak = tutti_size (left) > tutti_size (right) ? tutti_size (left) : tutti_size (right);
  int64_t wanted = peak > CEILING ? (int64_t) (CEILING / peak * (float) ONE) : ONE;

  limiter->wanted[i] = wanted;
  limiter->lowest = wanted < limiter->lowest ? wanted : limiter->lowest;

  int64_t held = limiter->lowest < limiter->lowest_after[i] ? limiter->lowest : limiter->lowest_after[i];
  int64_t risen = limiter->recovering + RECOVERY;
  limiter->recovering = risen < held ? risen : held;
  limiter->box_sum += limiter->recovering - limiter->box[i];
  limiter->box[i] = limiter->recovering;
  return (float) (limiter->box_sum / TUTTI_BLOCK) * 0x1p-30f;
}

/* What was held leaves, at its gain. */
static void
let_out (TuttiLimiter *limiter, const float *left, const float *right, TuttiBlock *block, unsigned from, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    {
      float gain = next_gain (limiter, from + i, left[i], right[i]);

      block->left[from + i] = limiter->held.left[from + i] * gain;
      block->right[from + i] = limiter->held.right[from + i] * gain;
    }
}

void
tutti_limiter_apply (TuttiLimiter *limiter, TuttiBlock *block, unsigned from, unsigned to)
{
  float left[TUTTI_BLOCK], right[TUTTI_BLOCK];
  int32_t largest[2];
  unsigned n = to - from;

  if (from == 0)
    begin_block (limiter);
  limiter->mean_block[0] += take_in (block->left + from, limiter->offset_from[0], limiter->offset_to[0], from, n, left,
                                     &largest[0]);
  limiter->mean_block[1] += take_in (block->right + from, limiter->offset_from[1], limiter->offset_to[1], from, n, right,
                                     &largest[1]);

  if (calm (limiter, largest, from))
    {
      memcpy (block->left + from, limiter->held.left + from, n * sizeof *left);
      memcpy (block->right + from, limiter->held.right + from, n * sizeof *right);
    }
  else
    let_out (limiter, left, right, block, from, n);
  memcpy (limiter->held.left + from, left, n * sizeof *left);
  memcpy (limiter->held.right + from, right, n * sizeof *right);
  if (to == TUTTI_BLOCK)
    end_block (limiter);
}
