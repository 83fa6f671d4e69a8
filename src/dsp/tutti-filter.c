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

/* The recursion's numbers at one frame, and one frame of it. T is float or a vector of independent filters, and both do the
 * same to each. */
#define DEFINE_STEP(T, Numbers, numbers_of, step)                                           \
  typedef struct                                                                            \
  {                                                                                         \
    T a1, a2, a3, k, low, band, high;                                                       \
  } Numbers;                                                                                \
                                                                                            \
  TUTTI_INLINE Numbers                                                                      \
  numbers_of (T g, T k, T low, T band, T high)                                              \
  {                                                                                         \
    T a1 = 1.0f / (1.0f + g * (g + k));                                                     \
    T a2 = g * a1;                                                                          \
                                                                                            \
    return (Numbers) { a1, a2, g * a2, k, low, band, high };                                \
  }                                                                                         \
                                                                                            \
  TUTTI_INLINE T                                                                            \
  step (T *s1, T *s2, T in, const Numbers *n)                                               \
  {                                                                                         \
    T v3 = in - *s2;                                                                        \
    T v1 = n->a1 * *s1 + n->a2 * v3;                                                        \
    T v2 = *s2 + n->a2 * *s1 + n->a3 * v3;                                                  \
                                                                                            \
    *s1 = 2.0f * v1 - *s1;                                                                  \
    *s2 = 2.0f * v2 - *s2;                                                                  \
    return n->low * v2 + n->band * (n->k * v1) + n->high * (in - n->k * v1 - v2);           \
  }

DEFINE_STEP (float, Numbers, numbers_of, step)
DEFINE_STEP (Lanes4, Numbers4, numbers4_of, step4)

static Numbers
numbers_at (const TuttiFilter *filter, unsigned i)
{
  const TuttiFilterPoint *a = &filter->from, *b = &filter->to;
  float t = tutti_share (i);

  return numbers_of (tutti_between (a->g, b->g, t), tutti_between (a->k, b->k, t), tutti_between (a->low, b->low, t),
                     tutti_between (a->band, b->band, t), tutti_between (a->high, b->high, t));
}

/* Nothing moves in this block: every frame's numbers are the first's, to the bit. */
static bool
steady (const TuttiFilter *filter)
{
  const TuttiFilterPoint *a = &filter->from, *b = &filter->to;

  return a->g == b->g && a->k == b->k && a->low == b->low && a->band == b->band && a->high == b->high;
}

void
tutti_filter_apply (TuttiFilter *filter, TuttiBlock *block, unsigned from, unsigned to)
{
  if (from == 0)
    begin_block (filter);

  bool moves = !steady (filter);
  Numbers n = numbers_at (filter, from);
  float s1[2] = { filter->state[0][0], filter->state[0][1] }, s2[2] = { filter->state[1][0], filter->state[1][1] };
  for (unsigned i = from; i < to; i++)
    {
      if (moves)
        n = numbers_at (filter, i);
      block->left[i] = step (&s1[0], &s2[0], block->left[i], &n);
      block->right[i] = step (&s1[1], &s2[1], block->right[i], &n);
    }
  for (int s = 0; s < 2; s++)
    {
      filter->state[0][s] = s1[s];
      filter->state[1][s] = s2[s];
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

TUTTI_INLINE Numbers4
numbers4_at (const Points *from, const Points *gap, unsigned i)
{
  float t = tutti_share (i);

  return numbers4_of (from->g + gap->g * t, from->k + gap->k * t, from->low + gap->low * t, from->band + gap->band * t,
                      from->high + gap->high * t);
}

/* Four frames of four tracks, both sides, lanes = tracks. */
TUTTI_INLINE void
four_frames (const Points *from, const Points *gap, bool moves, Numbers4 *n, Lanes4 state[2][2], float *const (*data)[2],
             unsigned at)
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
      if (moves)
        *n = numbers4_at (from, gap, at + i);
      for (int s = 0; s < 2; s++)
        frame[s][i] = step4 (&state[0][s], &state[1][s], frame[s][i], n);
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
  bool moves = false;
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
      moves |= !steady (f[t]);
      for (int n = 0; n < 4; n++)
        state[n >> 1][n & 1][t] = f[t]->state[n >> 1][n & 1];
    }
  gather_points (f, &from, &gap);

  Numbers4 numbers = numbers4_at (&from, &gap, 0);
  for (unsigned at = 0; at < TUTTI_BLOCK; at += 4)
    four_frames (&from, &gap, moves, &numbers, state, data, at);
  for (int t = 0; t < 4; t++)
    {
      for (int n = 0; n < 4; n++)
        f[t]->state[n >> 1][n & 1] = state[n >> 1][n & 1][t];
      end_block (f[t]);
    }
}
