/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-filter.h"

#include "tutti-lanes.h"
#include "tutti-math.h"
#include <string.h>

typedef float Lanes4 __attribute__ ((vector_size (16)));
typedef float Unaligned4 __attribute__ ((vector_size (16), aligned (4), may_alias));

void
tutti_filter_reset (TuttiFilter *filter)
{
  memset (filter, 0, sizeof *filter);
  filter->fresh = true;
  tutti_filter_set (filter, TUTTI_FILTER_LOW, TUTTI_FILTER_CUTOFF_MAX, 0);
}

void
tutti_filter_set (TuttiFilter *filter, TuttiFilterMode mode, int32_t cutoff, int32_t resonance)
{
  double cents = tutti_clamp (cutoff, TUTTI_FILTER_CUTOFF_MIN, TUTTI_FILTER_CUTOFF_MAX);
  double hz = 8.1757989156437073 * tutti_exp2 (cents / 1200.0);

  filter->aim.g = (float) tutti_tan_pi (hz / TUTTI_RATE);
  /* Quality 0.707 to 16, evenly to the ear. */
  filter->aim.k = (float) (1.41421356237309505 * tutti_exp2 (-4.5 * tutti_clamp (resonance, 0, 1000) / 1000.0));
  filter->aim.low = mode == TUTTI_FILTER_LOW ? 1.0f : 0.0f;
  filter->aim.band = mode == TUTTI_FILTER_BAND ? 1.0f : 0.0f;
  filter->aim.high = mode == TUTTI_FILTER_HIGH ? 1.0f : 0.0f;
}

static void
begin_block (TuttiFilter *filter)
{
  filter->from = filter->fresh ? filter->aim : filter->to;
  filter->to = filter->aim;
  filter->fresh = false;
}

static void
end_block (TuttiFilter *filter)
{
  if (tutti_negligible (&filter->state[0][0], 4))
    memset (filter->state, 0, sizeof filter->state);
}

/* One frame; T is float or a vector of independent filters, and both do the same to each. */
#define STEP(T)                                                                             \
  TUTTI_INLINE T step_##T (T *s1, T *s2, T in, T g, T k, T low, T band, T high)             \
  {                                                                                         \
    T a1 = 1.0f / (1.0f + g * (g + k));                                                     \
    T a2 = g * a1;                                                                          \
    T a3 = g * a2;                                                                          \
    T v3 = in - *s2;                                                                        \
    T v1 = a1 * *s1 + a2 * v3;                                                              \
    T v2 = *s2 + a2 * *s1 + a3 * v3;                                                        \
    *s1 = 2.0f * v1 - *s1;                                                                  \
    *s2 = 2.0f * v2 - *s2;                                                                  \
    return low * v2 + band * (k * v1) + high * (in - k * v1 - v2);                          \
  }

STEP (float)
STEP (Lanes4)

void
tutti_filter_apply (TuttiFilter *filter, TuttiBlock *block, unsigned from, unsigned to)
{
  const TuttiFilterPoint *a = &filter->from, *b = &filter->to;

  if (from == 0)
    begin_block (filter);
  for (unsigned i = from; i < to; i++)
    {
      float t = tutti_share (i);
      float g = tutti_between (a->g, b->g, t), k = tutti_between (a->k, b->k, t);
      float low = tutti_between (a->low, b->low, t), band = tutti_between (a->band, b->band, t);
      float high = tutti_between (a->high, b->high, t);
      float *side[2] = { &block->left[i], &block->right[i] };

      for (int s = 0; s < 2; s++)
        *side[s] = step_float (&filter->state[0][s], &filter->state[1][s], *side[s], g, k, low, band, high);
    }
  if (to == TUTTI_BLOCK)
    end_block (filter);
}

bool
tutti_filter_silent (const TuttiFilter *filter)
{
  return filter->state[0][0] == 0.0f && filter->state[0][1] == 0.0f
         && filter->state[1][0] == 0.0f && filter->state[1][1] == 0.0f;
}

/* A setting of four tracks: where the block begins, and how much is missing until its end. */
typedef struct
{
  Lanes4 g, k, low, band, high;
} Points;

static void
gather_points (TuttiFilter *const *filter, Points *from, Points *gap)
{
  for (int t = 0; t < 4; t++)
    {
      TuttiFilterPoint a = filter[t]->from, b = filter[t]->to;

      from->g[t] = a.g, from->k[t] = a.k, from->low[t] = a.low, from->band[t] = a.band, from->high[t] = a.high;
      gap->g[t] = b.g - a.g, gap->k[t] = b.k - a.k, gap->low[t] = b.low - a.low;
      gap->band[t] = b.band - a.band, gap->high[t] = b.high - a.high;
    }
}

TUTTI_INLINE void
transpose (Lanes4 *r)
{
  Lanes4 ab_low = __builtin_shufflevector (r[0], r[1], 0, 4, 1, 5), ab_high = __builtin_shufflevector (r[0], r[1], 2, 6, 3, 7);
  Lanes4 cd_low = __builtin_shufflevector (r[2], r[3], 0, 4, 1, 5), cd_high = __builtin_shufflevector (r[2], r[3], 2, 6, 3, 7);

  r[0] = __builtin_shufflevector (ab_low, cd_low, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector (ab_low, cd_low, 2, 3, 6, 7);
  r[2] = __builtin_shufflevector (ab_high, cd_high, 0, 1, 4, 5);
  r[3] = __builtin_shufflevector (ab_high, cd_high, 2, 3, 6, 7);
}

/* Four frames of four tracks, both sides, lanes = tracks. */
TUTTI_INLINE void
four_frames (const Points *from, const Points *gap, Lanes4 state[2][2], float *const (*data)[2], unsigned at)
{
  Lanes4 frame[2][4];

  for (int s = 0; s < 2; s++)
    {
      for (int t = 0; t < 4; t++)
        frame[s][t] = *(const Unaligned4 *) (data[t][s] + at);
      transpose (frame[s]);
    }
  for (unsigned i = 0; i < 4; i++)
    {
      float t = tutti_share (at + i);
      Lanes4 g = from->g + gap->g * t, k = from->k + gap->k * t, low = from->low + gap->low * t;
      Lanes4 band = from->band + gap->band * t, high = from->high + gap->high * t;

      for (int s = 0; s < 2; s++)
        frame[s][i] = step_Lanes4 (&state[0][s], &state[1][s], frame[s][i], g, k, low, band, high);
    }
  for (int s = 0; s < 2; s++)
    {
      transpose (frame[s]);
      for (int t = 0; t < 4; t++)
        *(Unaligned4 *) (data[t][s] + at) = frame[s][t];
    }
}

void
tutti_filter_apply4 (TuttiFilter *const filter[4], TuttiBlock *const block[4])
{
  TuttiFilter none;
  TuttiBlock nothing;
  TuttiFilter *f[4];
  float *data[4][2];
  Points from, gap;
  Lanes4 state[2][2];

  tutti_filter_reset (&none);
  memset (&nothing, 0, sizeof nothing);
  for (int t = 0; t < 4; t++)
    {
      bool there = filter[t] != NULL && block[t] != NULL;

      f[t] = there ? filter[t] : &none;
      data[t][0] = there ? block[t]->left : nothing.left;
      data[t][1] = there ? block[t]->right : nothing.right;
      begin_block (f[t]);
      for (int n = 0; n < 4; n++)
        state[n >> 1][n & 1][t] = f[t]->state[n >> 1][n & 1];
    }
  gather_points (f, &from, &gap);
  for (unsigned at = 0; at < TUTTI_BLOCK; at += 4)
    four_frames (&from, &gap, state, data, at);
  for (int t = 0; t < 4; t++)
    {
      for (int n = 0; n < 4; n++)
        f[t]->state[n >> 1][n & 1] = state[n >> 1][n & 1][t];
      end_block (f[t]);
    }
}
