/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-loudness.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

#define TAPS TUTTI_TRUE_PEAK_TAPS
#define PAST (TAPS - 1)
#define MOST TUTTI_BLOCK       /* frames worked on at once */
#define FIRST_GATE (-70.0)
#define SECOND_GATE (-10.0)
#define BINS_PER_LU 10.0
#define MOMENT_PARTS 4
/* 10 log10 (2), 20 log10 (2) */
#define DB_PER_DOUBLE_POWER 3.01029995663981195
#define DB_PER_DOUBLE_SIZE 6.02059991327962390
/* Makes a sine of 1 kHz at full scale in one channel −3.01 LUFS. */
#define OFFSET (-0.691)

/* ---- the weighting ---- */

/* The table of the standard holds for 48 kHz. These are the analogue shapes that the bilinear transform makes it from, as found by
 * De Man ("Evaluation of implementations of the EBU R128 loudness measurement", 2018), so that other rates are weighted alike. */
static TuttiLoudnessStage
head_shelf (double rate)
{
  const double hz = 1681.974450955533, quality = 0.7071752369554196, high_log2 = 3.999843853973347 / DB_PER_DOUBLE_SIZE;
  double k = tutti_tan_pi (hz / rate), high = tutti_exp2 (high_log2), band = tutti_exp2 (high_log2 * 0.4996667741545416);
  double a0 = 1.0 + k / quality + k * k;

  return (TuttiLoudnessStage) {
    .b0 = (high + band * k / quality + k * k) / a0,
    .b1 = 2.0 * (k * k - high) / a0,
    .b2 = (high - band * k / quality + k * k) / a0,
    .a1 = 2.0 * (k * k - 1.0) / a0,
    .a2 = (1.0 - k / quality + k * k) / a0,
  };
}

static TuttiLoudnessStage
low_cut (double rate)
{
  const double hz = 38.13547087602444, quality = 0.5003270373238773;
  double k = tutti_tan_pi (hz / rate), a0 = 1.0 + k / quality + k * k;

  return (TuttiLoudnessStage) { 1.0, -2.0, 1.0, 2.0 * (k * k - 1.0) / a0, (1.0 - k / quality + k * k) / a0 };
}

void
tutti_loudness_init (TuttiLoudness *loudness, uint32_t rate)
{
  memset (loudness, 0, sizeof *loudness);
  rate = (uint32_t) tutti_clamp ((int32_t) rate, 8000, 192000);
  loudness->part_frames = rate / 10;
  loudness->stage[0] = head_shelf (rate);
  loudness->stage[1] = low_cut (rate);
}

TUTTI_INLINE double
pass (const TuttiLoudnessStage *stage, double state[2], double x)
{
  double y = stage->b0 * x + state[0];

  state[0] = stage->b1 * x - stage->a1 * y + state[1];
  state[1] = stage->b2 * x - stage->a2 * y;
  return y;
}

/* Two sides at once, which do not wait for each other. */
static double
weighted_power (TuttiLoudness *loudness, const float *left, const float *right, unsigned n)
{
  const TuttiLoudnessStage shelf = loudness->stage[0], cut = loudness->stage[1];
  double state[2][2][2], sum = loudness->power;

  memcpy (state, loudness->state, sizeof state);
  for (unsigned i = 0; i < n; i++)
    {
      double l = pass (&cut, state[1][0], pass (&shelf, state[0][0], left[i]));
      double r = pass (&cut, state[1][1], pass (&shelf, state[0][1], right[i]));

      sum += l * l + r * r;
    }
  memcpy (loudness->state, state, sizeof state);
  return sum;
}

/* ---- peaks ---- */

/* @x may be read PAST frames back; each of @n frames makes four places known. */
TUTTI_CLONES static float
largest_between (const float *x, unsigned n)
{
  float largest = 0.0f;

  for (unsigned i = 0; i < n; i++)
    for (int phase = 0; phase < 4; phase++)
      {
        const float *c = tutti_true_peak_taps[phase & 1];
        float sum = 0.0f;

        for (int k = 0; k < TAPS; k++)
          sum += c[k] * x[(int) i - (phase < 2 ? k : PAST - k)];
        largest = tutti_size (sum) > largest ? tutti_size (sum) : largest;
      }
  return largest;
}

/* The largest of @side's next @n frames and what lies between them, or 0 where that cannot be more than @known. */
static float
peak_of (TuttiLoudness *loudness, unsigned side, const float *x, unsigned n, float known)
{
  float all[PAST + MOST], sample, between;
  int32_t bits;

  memcpy (all, loudness->past[side], sizeof loudness->past[side]);
  memcpy (all + PAST, x, n * sizeof *x);
  memcpy (loudness->past[side], all + n, sizeof loudness->past[side]);
  bits = tutti_largest_bits (all, PAST + n);
  memcpy (&sample, &bits, sizeof sample);
  if (sample * TUTTI_TRUE_PEAK_OVERSHOOT <= known)
    return 0.0f;
  between = largest_between (all + PAST, n);
  return between > sample ? between : sample;
}

/* ---- tenths of a second ---- */

static double
loudness_of (double power)
{
  /* Far below anything that can be told, and where the logarithm still is defined. */
  return power > 1e-19 ? OFFSET + DB_PER_DOUBLE_POWER * tutti_log2 (power) : TUTTI_LOUDNESS_SILENT;
}

static double
mean_power (const TuttiLoudness *loudness, unsigned n_parts)
{
  double sum = 0.0;

  for (unsigned back = 1; back <= n_parts; back++)
    sum += loudness->powers[(loudness->n_parts + TUTTI_LOUDNESS_PARTS - back) % TUTTI_LOUDNESS_PARTS];
  return sum / n_parts;
}

static void
count_window (TuttiLoudness *loudness)
{
  double power = mean_power (loudness, MOMENT_PARTS), lufs = loudness_of (power);
  int bin = (int) ((lufs - FIRST_GATE) * BINS_PER_LU);

  if (loudness->n_parts < MOMENT_PARTS || lufs <= FIRST_GATE)
    return;
  bin = bin < TUTTI_LOUDNESS_BINS ? bin : TUTTI_LOUDNESS_BINS - 1;
  loudness->bins[bin].power += power;
  loudness->bins[bin].n++;
}

static void
end_part (TuttiLoudness *loudness)
{
  unsigned place = loudness->n_parts % TUTTI_LOUDNESS_PARTS;

  loudness->powers[place] = loudness->power / loudness->part_frames;
  loudness->peaks[place] = loudness->peak;
  loudness->n_parts++;
  loudness->power = 0.0;
  loudness->peak = 0.0f;
  loudness->at = 0;
  count_window (loudness);
  /* What has rung out would go on in subnormal numbers for long. */
  for (unsigned i = 0; i < 8; i++)
    {
      double *state = &loudness->state[i / 4][i / 2 % 2][i % 2];

      *state = *state > -1e-30 && *state < 1e-30 ? 0.0 : *state;
    }
}

static void
take_in (const float *in, unsigned n, float *restrict out)
{
  for (unsigned i = 0; i < n; i++)
    {
      /* Infinity less itself is no number either. */
      float x = in[i] - in[i] == 0.0f ? in[i] : 0.0f;

      x = x < 256.0f ? x : 256.0f;
      out[i] = x > -256.0f ? x : -256.0f;
    }
}

void
tutti_loudness_run (TuttiLoudness *loudness, const float *left, const float *right, size_t n)
{
  float l[MOST], r[MOST], peak;

  while (n > 0)
    {
      uint32_t some = loudness->part_frames - loudness->at;

      some = some < MOST ? some : MOST;
      some = some < n ? some : (uint32_t) n;
      take_in (left, some, l);
      take_in (right, some, r);
      loudness->power = weighted_power (loudness, l, r, some);
      peak = peak_of (loudness, 0, l, some, loudness->peak);
      loudness->peak = peak > loudness->peak ? peak : loudness->peak;
      peak = peak_of (loudness, 1, r, some, loudness->peak);
      loudness->peak = peak > loudness->peak ? peak : loudness->peak;
      loudness->largest = loudness->peak > loudness->largest ? loudness->peak : loudness->largest;
      loudness->at += some;
      if (loudness->at == loudness->part_frames)
        end_part (loudness);
      left += some;
      right += some;
      n -= some;
    }
}

/* ---- what is told ---- */

double
tutti_loudness_momentary (const TuttiLoudness *loudness)
{
  return loudness_of (mean_power (loudness, MOMENT_PARTS));
}

double
tutti_loudness_short_term (const TuttiLoudness *loudness)
{
  return loudness_of (mean_power (loudness, TUTTI_LOUDNESS_PARTS));
}

/* The mean power of all windows from @bin on, 0 without any. */
static double
mean_from (const TuttiLoudness *loudness, int bin)
{
  double power = 0.0;
  uint64_t n = 0;

  for (int i = bin > 0 ? bin : 0; i < TUTTI_LOUDNESS_BINS; i++)
    {
      power += loudness->bins[i].power;
      n += loudness->bins[i].n;
    }
  return n > 0 ? power / (double) n : 0.0;
}

double
tutti_loudness_integrated (const TuttiLoudness *loudness)
{
  double first = mean_from (loudness, 0);

  if (first <= 0.0)
    return TUTTI_LOUDNESS_SILENT;
  return loudness_of (mean_from (loudness, (int) ((loudness_of (first) + SECOND_GATE - FIRST_GATE) * BINS_PER_LU)));
}

static double
decibels (float size)
{
  return size > 1e-10f ? DB_PER_DOUBLE_SIZE * tutti_log2 (size) : TUTTI_LOUDNESS_SILENT;
}

double
tutti_loudness_true_peak (const TuttiLoudness *loudness)
{
  return decibels (loudness->largest);
}

double
tutti_loudness_recent_peak (const TuttiLoudness *loudness)
{
  float largest = loudness->peak;

  for (unsigned i = 0; i < TUTTI_LOUDNESS_PARTS; i++)
    largest = loudness->peaks[i] > largest ? loudness->peaks[i] : largest;
  return decibels (largest);
}
