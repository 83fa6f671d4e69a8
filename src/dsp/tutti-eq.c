/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-eq.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

#define BANDS TUTTI_EQ_BANDS
#define BUTTERWORTH 0.70710678118654752

typedef float Lanes __attribute__ ((vector_size (16), may_alias));
typedef int32_t Mask __attribute__ ((vector_size (16)));

/* What an SVF of warped frequency @g and damping @k is in the recursion's own numbers, @m0 of the input, @m1 of the band and @m2 of
 * the low output being heard. */
static void
put_band (TuttiEqPoint *point, unsigned band, double g, double k, double m0, double m1, double m2)
{
  double a1 = 1.0 / (1.0 + g * (g + k)), a2 = g * a1, a3 = g * a2;

  point->a[band] = (float) (2.0 * a1 - 1.0);
  point->p[band] = (float) (2.0 * a2);
  point->q[band] = (float) (2.0 * a3);
  point->c0[band] = (float) (m0 + m1 * a2 + m2 * a3);
  point->c1[band] = (float) (m1 * a1 + m2 * a2);
  point->c2[band] = (float) (m2 - m1 * a2 - m2 * a3);
}

static double
within (double x, double min, double max)
{
  x = x > min ? x : min;
  return x < max ? x : max;
}

void
tutti_eq_set (TuttiEq *eq, TuttiEqBand band, double hz, double quality, int32_t gain)
{
  double g = tutti_tan_pi (within (hz, 20.0, 20000.0) / TUTTI_RATE), k = 1.0 / BUTTERWORTH;
  /* The amplitude's square root: log2 (10) / 4000 an hundredth of a decibel. */
  double root = tutti_exp2 (tutti_clamp (gain, -2400, 2400) * 0.000830482023721840591), a = root * root;

  if (band == TUTTI_EQ_LOW_CUT)
    put_band (&eq->aim, band, g, k, 1.0, gain != 0 ? -k : 0.0, gain != 0 ? -1.0 : 0.0);
  else if (band == TUTTI_EQ_LOW_SHELF)
    put_band (&eq->aim, band, g / __builtin_sqrt (root), k, 1.0, k * (root - 1.0), a - 1.0);
  else if (band == TUTTI_EQ_HIGH_SHELF)
    put_band (&eq->aim, band, g * __builtin_sqrt (root), k, a, k * (1.0 - root) * root, 1.0 - a);
  else
    {
      k = 1.0 / (within (quality, 0.1, 18.0) * root);
      put_band (&eq->aim, band, g, k, 1.0, k * (a - 1.0), 0.0);
    }
}

void
tutti_eq_reset (TuttiEq *eq)
{
  memset (eq, 0, sizeof *eq);
  eq->fresh = true;
  for (unsigned band = 0; band < BANDS; band++)
    tutti_eq_set (eq, (TuttiEqBand) band, 1000.0, BUTTERWORTH, 0);
}

typedef struct
{
  Lanes a, p, q, c0, c1, c2;
} Numbers;

typedef struct
{
  Lanes s1, s2, y;
} Side;

static Lanes
load (const float *x)
{
  return *(const Lanes *) x;
}

static Numbers
numbers_of (const TuttiEqPoint *point)
{
  return (Numbers) { load (point->a), load (point->p), load (point->q), load (point->c0), load (point->c1), load (point->c2) };
}

static Numbers
gap_between (const Numbers *from, const Numbers *to)
{
  return (Numbers) { to->a - from->a, to->p - from->p, to->q - from->q, to->c0 - from->c0, to->c1 - from->c1, to->c2 - from->c2 };
}

TUTTI_INLINE Numbers
numbers_at (const Numbers *from, const Numbers *gap, Lanes share)
{
  return (Numbers) { from->a + gap->a * share, from->p + gap->p * share, from->q + gap->q * share,
                     from->c0 + gap->c0 * share, from->c1 + gap->c1 * share, from->c2 + gap->c2 * share };
}

TUTTI_INLINE Lanes
choose (Mask mask, Lanes yes, Lanes no)
{
  return (Lanes) (((Mask) yes & mask) | ((Mask) no & ~mask));
}

/* A frame enters the first band, and what each gave at the step before enters the next. */
TUTTI_INLINE void
step (Side *side, float in, const Numbers *n, bool all, Mask mask)
{
  Lanes first = { in, 0.0f, 0.0f, 0.0f };
  Lanes x = __builtin_shufflevector (first, side->y, 0, 4, 5, 6);
  Lanes d = x - side->s2;
  Lanes s1 = n->a * side->s1 + n->p * d;
  Lanes s2 = (side->s2 + n->p * side->s1) + n->q * d;

  side->y = n->c0 * x + (n->c1 * side->s1 + n->c2 * side->s2);
  side->s1 = all ? s1 : choose (mask, s1, side->s1);
  side->s2 = all ? s2 : choose (mask, s2, side->s2);
}

/* Which bands work on a frame of the block at step @t; the others stand. */
static Mask
mask_at (int t)
{
  Mask mask;

  for (int band = 0; band < BANDS; band++)
    mask[band] = t - band >= 0 && t - band < TUTTI_BLOCK ? -1 : 0;
  return mask;
}

TUTTI_CLONES static void
run (TuttiEq *eq, const TuttiEqPoint *was, bool moves, TuttiBlock *block)
{
  Numbers from = numbers_of (was), to = numbers_of (&eq->now), gap = gap_between (&from, &to), n = from;
  Side left = { load (eq->state[0][0]), load (eq->state[1][0]), { 0 } };
  Side right = { load (eq->state[0][1]), load (eq->state[1][1]), { 0 } };
  const Lanes lag = { 0.0f, 1.0f, 2.0f, 3.0f };
  int t = 0;

#define STEP(in_left, in_right, all, mask)                                              \
  if (moves)                                                                            \
    n = numbers_at (&from, &gap, ((float) t - lag) * (1.0f / TUTTI_BLOCK));             \
  step (&left, in_left, &n, all, mask);                                                 \
  step (&right, in_right, &n, all, mask);

  for (; t < BANDS - 1; t++)
    {
      STEP (block->left[t], block->right[t], false, mask_at (t))
    }
  for (; t < TUTTI_BLOCK; t++)
    {
      STEP (block->left[t], block->right[t], true, lag == lag)
      block->left[t - BANDS + 1] = left.y[BANDS - 1];
      block->right[t - BANDS + 1] = right.y[BANDS - 1];
    }
  for (; t < TUTTI_BLOCK + BANDS - 1; t++)
    {
      STEP (0.0f, 0.0f, false, mask_at (t))
      block->left[t - BANDS + 1] = left.y[BANDS - 1];
      block->right[t - BANDS + 1] = right.y[BANDS - 1];
    }
#undef STEP
  *(Lanes *) eq->state[0][0] = left.s1;
  *(Lanes *) eq->state[1][0] = left.s2;
  *(Lanes *) eq->state[0][1] = right.s1;
  *(Lanes *) eq->state[1][1] = right.s2;
}

void
tutti_eq_run (TuttiEq *eq, TuttiBlock *block)
{
  TuttiEqPoint was = eq->fresh ? eq->aim : eq->now;
  bool moves = memcmp (&was, &eq->aim, sizeof was) != 0;

  eq->now = eq->aim;
  eq->fresh = false;
  run (eq, &was, moves, block);
  if (tutti_negligible (&eq->state[0][0][0], 4 * BANDS))
    memset (eq->state, 0, sizeof eq->state);
}

bool
tutti_eq_silent (const TuttiEq *eq)
{
  return tutti_largest_bits (&eq->state[0][0][0], 4 * BANDS) == 0;
}
