/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-peak-limiter.h"

#include "tutti-lanes.h"
#include "tutti-math.h"
#include "tutti-true-peak.h"

#define ONE (1 << 30)
#define PAST TUTTI_PEAK_LIMITER_PAST
#define ALL (PAST + TUTTI_BLOCK)
#define DELAY TUTTI_PEAK_LIMITER_DELAY
#define TAPS TUTTI_TRUE_PEAK_TAPS
/* A peak is known five frames after it; the gains of all frames that make it up must have fallen, by the mean of 64. */
#define WINDOW (DELAY + 1)
/* A gain that falls within the filter's length lets a little more through between the samples than it does at them. */
#define MARGIN 0.989f

void
tutti_peak_limiter_reset (TuttiPeakLimiter *limiter)
{
  memset (limiter, 0, sizeof *limiter);
  limiter->now_gain = limiter->aim_gain = limiter->now_ceiling = limiter->aim_ceiling = 1.0f;
  limiter->rise = ONE / TUTTI_RATE;
  limiter->recovering = ONE;
  limiter->sum = limiter->least = (int64_t) ONE * TUTTI_BLOCK;
  limiter->quiet = ALL;
  limiter->fresh = true;
  for (unsigned i = 0; i < PAST; i++)
    limiter->bears[i] = ONE;
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    limiter->recovered[i] = ONE;
}

void
tutti_peak_limiter_set (TuttiPeakLimiter *limiter, int32_t gain, int32_t ceiling, int32_t release_ms)
{
  limiter->aim_gain = tutti_gain (tutti_clamp (gain, 0, 2400));
  limiter->aim_ceiling = tutti_gain (tutti_clamp (ceiling, -2400, 0));
  limiter->rise = ONE / (tutti_clamp (release_ms, 10, 2000) * (TUTTI_RATE / 1000));
}

/* The block at its gain: numbers, not absurdly large. */
TUTTI_CLONES static void
take_in (const float *in, float from, float to, float *restrict out)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      /* Infinity less itself is no number either. */
      float x = in[i] - in[i] == 0.0f ? in[i] : 0.0f;

      x = x < 256.0f ? x : 256.0f;
      x = x > -256.0f ? x : -256.0f;
      out[i] = x * tutti_between (from, to, tutti_share (i));
    }
}

/* Raises each frame's peak to that of one of the four places that it makes known; backwards for the later two. */
TUTTI_INLINE void
find_phase (const float *x, const float *c, bool backwards, float *restrict peak)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      const float *at = x + i;
      float sum = 0.0f, size;

      for (int k = 0; k < TAPS; k++)
        sum += c[k] * at[backwards ? k - (TAPS - 1) : -k];
      size = tutti_size (sum);
      peak[i] = size > peak[i] ? size : peak[i];
    }
}

/* @x may be read TAPS - 1 frames back. */
TUTTI_CLONES static void
find_peaks (const float *x, float *restrict peak)
{
  find_phase (x, tutti_true_peak_taps[0], false, peak);
  find_phase (x, tutti_true_peak_taps[1], false, peak);
  find_phase (x, tutti_true_peak_taps[1], true, peak);
  find_phase (x, tutti_true_peak_taps[0], true, peak);
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      float size = tutti_size (x[i - TAPS / 2]);

      peak[i] = size > peak[i] ? size : peak[i];
    }
}

TUTTI_CLONES static void
bear (const TuttiPeakLimiter *limiter, const float *peak, int32_t *restrict bears)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float ceiling = tutti_between (limiter->now_ceiling, limiter->aim_ceiling, tutti_share (i)) * MARGIN;

      bears[i] = peak[i] > ceiling ? (int32_t) (ceiling / peak[i] * (float) ONE) : ONE;
    }
}

/* least[i]: of the WINDOW that begins DELAY frames before frame i of the block, by doubling. */
TUTTI_CLONES static void
least_of (const int32_t *bears, int32_t *restrict least)
{
  int32_t w[ALL];
  int n = ALL - (PAST - DELAY);

  memcpy (w, bears + PAST - DELAY, (size_t) n * sizeof *w);
  for (int width = 1; width < 64; width *= 2)
    {
      n -= width;
      for (int i = 0; i < n; i++)
        w[i] = w[i] < w[i + width] ? w[i] : w[i + width];
    }
  for (int i = 0; i < TUTTI_BLOCK; i++)
    least[i] = w[i] < w[i + WINDOW - 64] ? w[i] : w[i + WINDOW - 64];
}

static void
gains_of (TuttiPeakLimiter *limiter, const int32_t *least, float *gain)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      int64_t risen = limiter->recovering + limiter->rise;

      limiter->recovering = risen < least[i] ? risen : least[i];
      limiter->sum += limiter->recovering - limiter->recovered[i];
      limiter->recovered[i] = (int32_t) limiter->recovering;
      limiter->least = limiter->sum < limiter->least ? limiter->sum : limiter->least;
      gain[i] = (float) (limiter->sum / TUTTI_BLOCK) * 0x1p-30f;
    }
}

static int32_t
least_in (const int32_t *x, unsigned n)
{
  int32_t least = ONE;

  for (unsigned i = 0; i < n; i++)
    least = x[i] < least ? x[i] : least;
  return least;
}

/* All that is remembered bears the whole. */
static bool
calm (const TuttiPeakLimiter *limiter)
{
  return limiter->recovering == ONE && limiter->sum == (int64_t) ONE * TUTTI_BLOCK &&
         least_in (limiter->bears, PAST) == ONE;
}

TUTTI_CLONES static void
let_out (const float *x, const float *gain, float *restrict out)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    out[i] = x[i] * gain[i];
}

/* What comes in bears it whole unless it is loud, which two looks at the samples alone rule out mostly. */
static bool
may_peak (const TuttiPeakLimiter *limiter, float (*x)[ALL])
{
  float ceiling = limiter->now_ceiling < limiter->aim_ceiling ? limiter->now_ceiling : limiter->aim_ceiling;
  float allowed = ceiling * (MARGIN / TUTTI_TRUE_PEAK_OVERSHOOT);
  int32_t bits;

  memcpy (&bits, &allowed, sizeof bits);
  return tutti_largest_bits (x[0] + PAST - TAPS, TUTTI_BLOCK + TAPS) > bits ||
         tutti_largest_bits (x[1] + PAST - TAPS, TUTTI_BLOCK + TAPS) > bits;
}

static void
begin_block (TuttiPeakLimiter *limiter, const TuttiBlock *block, float (*x)[ALL])
{
  if (limiter->fresh)
    {
      limiter->now_gain = limiter->aim_gain;
      limiter->now_ceiling = limiter->aim_ceiling;
    }
  limiter->fresh = false;
  for (unsigned side = 0; side < 2; side++)
    {
      memcpy (x[side], limiter->past[side], sizeof limiter->past[side]);
      take_in (side == 0 ? block->left : block->right, limiter->now_gain, limiter->aim_gain, x[side] + PAST);
    }
}

static void
end_block (TuttiPeakLimiter *limiter, float (*x)[ALL], const int32_t *bears)
{
  bool quiet = tutti_negligible (x[0] + PAST, TUTTI_BLOCK) && tutti_negligible (x[1] + PAST, TUTTI_BLOCK);

  for (unsigned side = 0; side < 2; side++)
    {
      memcpy (limiter->past[side], x[side] + TUTTI_BLOCK, sizeof limiter->past[side]);
      if (quiet)
        memset (limiter->past[side] + PAST - TUTTI_BLOCK, 0, TUTTI_BLOCK * sizeof (float));
    }
  memcpy (limiter->bears, bears + TUTTI_BLOCK, sizeof limiter->bears);
  limiter->quiet = !quiet ? 0 : limiter->quiet < ALL ? limiter->quiet + TUTTI_BLOCK : limiter->quiet;
  limiter->now_gain = limiter->aim_gain;
  limiter->now_ceiling = limiter->aim_ceiling;
}

void
tutti_peak_limiter_run (TuttiPeakLimiter *limiter, TuttiBlock *block)
{
  float x[2][ALL], peak[TUTTI_BLOCK] = { 0 }, gain[TUTTI_BLOCK];
  int32_t bears[ALL], least[TUTTI_BLOCK];
  bool loud;

  begin_block (limiter, block, x);
  loud = may_peak (limiter, x);
  if (loud)
    {
      find_peaks (x[0] + PAST, peak);
      find_peaks (x[1] + PAST, peak);
    }
  memcpy (bears, limiter->bears, sizeof limiter->bears);
  limiter->least = limiter->sum;
  bear (limiter, peak, bears + PAST);
  if (!loud && calm (limiter))
    for (unsigned i = 0; i < TUTTI_BLOCK; i++)
      gain[i] = 1.0f;
  else
    {
      least_of (bears, least);
      gains_of (limiter, least, gain);
    }
  let_out (x[0] + PAST - DELAY, gain, block->left);
  let_out (x[1] + PAST - DELAY, gain, block->right);
  end_block (limiter, x, bears);
}

bool
tutti_peak_limiter_silent (const TuttiPeakLimiter *limiter)
{
  return limiter->quiet >= ALL && calm (limiter);
}

float
tutti_peak_limiter_least (const TuttiPeakLimiter *limiter)
{
  /* One that is silent is not run, so that its last block would be told for ever. */
  return tutti_peak_limiter_silent (limiter) ? 1.0f : (float) (limiter->least / TUTTI_BLOCK) * 0x1p-30f;
}
