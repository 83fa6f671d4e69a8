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

      float mean = (float) (limiter->mean_sum[s] / MEAN_FRAMES) * 0x1p-24f;
      limiter->offset_from[s] = limiter->offset_to[s];
      limiter->offset_to[s] = mean > OFFSET_KEPT ? mean - OFFSET_KEPT : mean < -OFFSET_KEPT ? mean + OFFSET_KEPT : 0.0f;
    }
  limiter->mean_place = (limiter->mean_place + 1) % TUTTI_LIMITER_DC_BLOCKS;
}

/* One frame of a side without its offset; 0 when it is no number. The clamp keeps the sums inside their integers. */
static float
take_in (TuttiLimiter *limiter, int s, unsigned i, float x)
{
  x = x < 256.0f ? x : x >= 256.0f ? 256.0f : 0.0f;
  x = x > -256.0f ? x : -256.0f;
  limiter->mean_block[s] += (int64_t) (x * 0x1p24f);

  float offset = tutti_between (limiter->offset_from[s], limiter->offset_to[s], tutti_share (i));
  return offset == 0.0f ? x : x - offset;
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

void
tutti_limiter_apply (TuttiLimiter *limiter, TuttiBlock *block, unsigned from, unsigned to)
{
  if (from == 0)
    begin_block (limiter);
  for (unsigned i = from; i < to; i++)
    {
      float left = take_in (limiter, 0, i, block->left[i]);
      float right = take_in (limiter, 1, i, block->right[i]);
      float gain = next_gain (limiter, i, left, right);

      block->left[i] = limiter->held.left[i] * gain;
      block->right[i] = limiter->held.right[i] * gain;
      limiter->held.left[i] = left;
      limiter->held.right[i] = right;
    }
  if (to == TUTTI_BLOCK)
    end_block (limiter);
}
