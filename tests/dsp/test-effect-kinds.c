/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of effect against what is known of it from outside: formulae, laws, standards. */
#include "tutti-chorus.h"
#include "tutti-delay.h"
#include "tutti-drive.h"
#include "tutti-dynamics.h"
#include "tutti-eq.h"
#include "tutti-math.h"
#include "tutti-peak-limiter.h"
#include "tutti-phaser.h"
#include "tutti-reverb.h"
#include "tutti-tremolo.h"
#include "tutti-width.h"

#include "dsp-test.h"
#include <complex.h>
#include <math.h>

static double
in_db (double gain)
{
  return 20.0 * log10 (gain + 1e-12);
}

/* ---- equaliser ---- */

typedef struct
{
  double b[3], a[3];
} Biquad;

/* Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"; shelves with a slope of 1. */
static Biquad
cookbook (TuttiEqBand band, double hz, double quality, double db)
{
  double A = pow (10.0, db / 40.0), w = 2.0 * M_PI * hz / TUTTI_RATE, c = cos (w), alpha = sin (w) / (2.0 * quality);
  double root = 2.0 * sqrt (A) * alpha;

  switch (band)
    {
    case TUTTI_EQ_LOW_CUT:
      return (Biquad) { { (1 + c) / 2, -(1 + c), (1 + c) / 2 }, { 1 + alpha, -2 * c, 1 - alpha } };
    case TUTTI_EQ_LOW_SHELF:
      return (Biquad) { { A * ((A + 1) - (A - 1) * c + root), 2 * A * ((A - 1) - (A + 1) * c), A * ((A + 1) - (A - 1) * c - root) },
                        { (A + 1) + (A - 1) * c + root, -2 * ((A - 1) + (A + 1) * c), (A + 1) + (A - 1) * c - root } };
    case TUTTI_EQ_HIGH_SHELF:
      return (Biquad) { { A * ((A + 1) + (A - 1) * c + root), -2 * A * ((A - 1) + (A + 1) * c), A * ((A + 1) + (A - 1) * c - root) },
                        { (A + 1) - (A - 1) * c + root, 2 * ((A - 1) - (A + 1) * c), (A + 1) - (A - 1) * c - root } };
    case TUTTI_EQ_BELL:
    default:
      return (Biquad) { { 1 + alpha * A, -2 * c, 1 - alpha * A }, { 1 + alpha / A, -2 * c, 1 - alpha / A } };
    }
}

static double
biquad_gain (const Biquad *q, double hz)
{
  double complex z = cexp (-I * 2.0 * M_PI * hz / TUTTI_RATE);

  return cabs ((q->b[0] + q->b[1] * z + q->b[2] * z * z) / (q->a[0] + q->a[1] * z + q->a[2] * z * z));
}

/* Of the right side, whose sound is another. */
static double
eq_gain (TuttiEq *eq, double hz)
{
  double complex sum = 0;

  for (int b = 0; b < 700; b++)
    {
      TuttiBlock x = { 0 };

      x.right[0] = b == 0 ? 1.0f : 0.0f;
      x.left[5] = b == 0 ? 3.0f : 0.0f;
      tutti_eq_run (eq, &x);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        sum += x.right[i] * cexp (-I * 2.0 * M_PI * hz / TUTTI_RATE * (b * TUTTI_BLOCK + i));
    }
  return cabs (sum);
}

static void
test_eq_response (void)
{
  for (int round = 0; round < 80; round++)
    {
      TuttiEqBand band = (TuttiEqBand) (round % TUTTI_EQ_BANDS);
      double corner = 20.0 * pow (1000.0, g_test_rand_double_range (0.15, 0.98)), hz = g_test_rand_double_range (60.0, 20000.0);
      double quality = band == TUTTI_EQ_BELL ? g_test_rand_double_range (0.2, 10.0) : M_SQRT1_2;
      int gain = g_test_rand_int_range (-1800, 1801);
      Biquad known = cookbook (band, corner, quality, gain / 100.0);
      TuttiEq eq;

      tutti_eq_reset (&eq);
      tutti_eq_set (&eq, band, corner, quality, band == TUTTI_EQ_LOW_CUT ? 1 : gain);
      g_assert_cmpfloat_with_epsilon (MAX (in_db (eq_gain (&eq, hz)), -60.0), MAX (in_db (biquad_gain (&known, hz)), -60.0), 0.05);
    }
}

/* All four bands are the product of each. */
static void
test_eq_bands_multiply (void)
{
  double together, product = 1.0;
  TuttiEq all, one;

  tutti_eq_reset (&all);
  for (int band = 0; band < TUTTI_EQ_BANDS; band++)
    {
      tutti_eq_reset (&one);
      tutti_eq_set (&one, (TuttiEqBand) band, 300.0 * (1 << band), 1.3, 700 - 300 * band);
      tutti_eq_set (&all, (TuttiEqBand) band, 300.0 * (1 << band), 1.3, 700 - 300 * band);
      product *= eq_gain (&one, 1234.0);
    }
  together = eq_gain (&all, 1234.0);
  g_assert_cmpfloat_with_epsilon (in_db (together), in_db (product), 0.01);
}

static void
test_eq_flat (void)
{
  guint32 seed = 4;
  TuttiEq eq;

  tutti_eq_reset (&eq);
  for (int b = 0; b < 50; b++)
    {
      TuttiBlock x, in;

      dsp_test_noise_block (&seed, &x, 1.0f);
      in = x;
      tutti_eq_run (&eq, &x);
      g_assert_true (dsp_test_same (&x, &in));
    }
}

/* Whatever turns every block, what goes in comes out bounded. */
static void
test_eq_glides_stably (void)
{
  guint32 seed = 4;
  TuttiEq eq;

  tutti_eq_reset (&eq);
  for (int b = 0; b < 20000; b++)
    {
      TuttiBlock x;

      for (int band = 0; band < TUTTI_EQ_BANDS; band++)
        tutti_eq_set (&eq, (TuttiEqBand) band, g_test_rand_double_range (0.0, 30000.0), g_test_rand_double_range (0.0, 30.0),
                      g_test_rand_int_range (-3000, 601));
      dsp_test_noise_block (&seed, &x, 1.0f);
      tutti_eq_run (&eq, &x);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        g_assert_true (fabsf (x.left[i]) < 2000.0f && fabsf (x.right[i]) < 2000.0f);
    }
}

/* ---- dynamics ---- */

static float
compressed (TuttiCompressor *compressor, float level, int blocks)
{
  TuttiBlock x, key;

  for (int b = 0; b < blocks; b++)
    {
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          x.left[i] = x.right[i] = 1.0f;
          key.left[i] = level * (i & 1 ? -1.0f : 1.0f);
          key.right[i] = 0.0f;
        }
      tutti_compressor_run (compressor, &x, &key);
    }
  return x.left[TUTTI_BLOCK - 1];
}

/* The curve as drawn in the paper: nothing below the knee, a parabola in it, one decibel out for each @ratio in above. */
static double
curve (double level, double threshold, double ratio, double knee)
{
  double over = level - threshold;

  if (over <= -knee / 2)
    return 0.0;
  if (over >= knee / 2)
    return (1.0 / ratio - 1.0) * over;
  return (1.0 / ratio - 1.0) * (over + knee / 2) * (over + knee / 2) / (2 * knee);
}

static void
test_compressor_curve (void)
{
  for (int round = 0; round < 200; round++)
    {
      TuttiCompressorValues values = { g_test_rand_int_range (-5000, 1), g_test_rand_int_range (100, 2001), 1, 5,
                                       g_test_rand_int_range (1, 2401), g_test_rand_int_range (-1200, 2401) };
      double level = g_test_rand_double_range (-70.0, 12.0), ratio = values.ratio / 100.0;
      TuttiCompressor compressor;

      tutti_compressor_reset (&compressor);
      tutti_compressor_set (&compressor, &values);
      g_assert_cmpfloat_with_epsilon (in_db (compressed (&compressor, (float) pow (10.0, level / 20.0), 200)),
                                      curve (level, values.threshold / 100.0, ratio, values.knee / 100.0) + values.makeup / 100.0, 0.02);
    }
}

/* The reduction has gone 63 % of its way, in decibels, when the time set has passed. */
static void
test_compressor_times (void)
{
  static const int attacks[] = { 50, 200, 1000 }, releases[] = { 50, 200, 1000 };
  double whole = -0.75 * 20.0, e = exp (-1.0);

  for (unsigned i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      TuttiCompressorValues values = { -2000, 400, attacks[i], releases[i], 0, 0 };
      int down = attacks[i] * 48 / 10 / TUTTI_BLOCK, back = releases[i] * 48 / TUTTI_BLOCK;
      TuttiCompressor compressor;

      tutti_compressor_reset (&compressor);
      tutti_compressor_set (&compressor, &values);
      g_assert_cmpfloat_with_epsilon (in_db (compressed (&compressor, 1.0f, down)) / whole,
                                      1.0 - exp (-down * TUTTI_BLOCK / (attacks[i] * 4.8)), 0.03);
      compressed (&compressor, 1.0f, 20 * down);
      g_assert_cmpfloat_with_epsilon (in_db (compressed (&compressor, 0.0f, back)) / whole,
                                      exp (-back * TUTTI_BLOCK / (releases[i] * 48.0)), 0.03);
      g_assert_cmpfloat (e, >, 0.0);
      compressed (&compressor, 0.0f, 20 * back);
      g_assert_true (tutti_compressor_rests (&compressor));
      g_assert_true (compressed (&compressor, 0.0f, 1) == 1.0f);
    }
}

static float
gated (TuttiGate *gate, float level, int blocks)
{
  TuttiBlock x, key;

  for (int b = 0; b < blocks; b++)
    {
      for (int i = 0; i < TUTTI_BLOCK; i++)
        x.left[i] = x.right[i] = 1.0f, key.left[i] = 0.0f, key.right[i] = level;
      tutti_gate_run (gate, &x, &key);
    }
  return x.right[TUTTI_BLOCK - 1];
}

static void
test_gate (void)
{
  /* −40 dB, opens at once, holds 100 ms, closes with 10 ms to −20 dB. */
  TuttiGateValues values = { -4000, 1, 100, 10, -2000 };
  TuttiGate gate;

  tutti_gate_reset (&gate);
  tutti_gate_set (&gate, &values);
  g_assert_cmpfloat_with_epsilon (gated (&gate, 0.0099f, 50), 0.1, 1e-4);
  g_assert_true (tutti_gate_rests (&gate));
  g_assert_cmpfloat_with_epsilon (gated (&gate, 0.0101f, 2), 1.0, 1e-4);
  /* It stays open 3 dB below where it opens, and for as long as it holds: 75 blocks. */
  g_assert_true (gated (&gate, 0.008f, 200) == 1.0f);
  g_assert_true (gated (&gate, 0.006f, 74) == 1.0f);
  g_assert_cmpfloat (gated (&gate, 0.006f, 9), <, 0.5f);
  g_assert_cmpfloat_with_epsilon (gated (&gate, 0.006f, 150), 0.1, 1e-6);
  g_assert_true (tutti_gate_rests (&gate));
}

/* ---- true peak ---- */

/* What the meter of ITU-R BS.1770-4, annex 2, shows: its four phases, here from its own list of 48. */
static double
true_peak (const float *x, gsize n)
{
  static const double list[48] = {
    0.0017089843750, -0.0291748046875, -0.0189208984375, -0.0083007812500, 0.0109863281250, 0.0292968750000, 0.0330810546875,
    0.0148925781250, -0.0196533203125, -0.0517578125000, -0.0582275390625, -0.0266113281250, 0.0332031250000, 0.0891113281250,
    0.1015625000000, 0.0476074218750, -0.0594482421875, -0.1665039062500, -0.2003173828125, -0.1022949218750, 0.1373291015625,
    0.4650878906250, 0.7797851562500, 0.9721679687500, 0.9721679687500, 0.7797851562500, 0.4650878906250, 0.1373291015625,
    -0.1022949218750, -0.2003173828125, -0.1665039062500, -0.0594482421875, 0.0476074218750, 0.1015625000000, 0.0891113281250,
    0.0332031250000, -0.0266113281250, -0.0582275390625, -0.0517578125000, -0.0196533203125, 0.0148925781250, 0.0330810546875,
    0.0292968750000, 0.0109863281250, -0.0083007812500, -0.0189208984375, -0.0291748046875, 0.0017089843750,
  };
  double most = 0.0;

  for (gsize i = 12; i < n; i++)
    for (int phase = 0; phase < 4; phase++)
      {
        double sum = 0.0;

        for (int k = 0; k < 12; k++)
          sum += list[4 * k + phase] * x[i - (gsize) k];
        most = MAX (most, MAX (fabs (sum), fabsf (x[i])));
      }
  return most;
}

typedef float (*Signal) (gsize frame, guint32 *seed);

static float
white (gsize frame, guint32 *seed)
{
  float x;

  dsp_test_noise (seed, &x, 1, frame / 3000 % 2 ? 4.0f : 0.2f);
  return x;
}

static float
clicks (gsize frame, guint32 *seed)
{
  return frame % 977 < 2 ? (frame / 977 % 2 ? 8.0f : -8.0f) : 0.0f;
}

/* A quarter of the rate, between its samples: 3 dB more than they show. */
static float
quarter (gsize frame, guint32 *seed)
{
  return (float) (3.0 * sin (2.0 * M_PI * (0.25 * (double) frame + 0.125)) * (frame / 5000 % 2 ? 1.0 : 0.1));
}

static float
near_the_end (gsize frame, guint32 *seed)
{
  return (float) (2.5 * sin (2.0 * M_PI * 0.43 * (double) frame) + 2.5 * sin (2.0 * M_PI * 0.391 * (double) frame));
}

static float
alternating (gsize frame, guint32 *seed)
{
  return frame % 400 < 16 ? (frame & 1 ? 5.0f : -5.0f) : (frame % 400 < 32 ? 5.0f : 0.0f);
}

static float
low_tone (gsize frame, guint32 *seed)
{
  return (float) (4.0 * sin (2.0 * M_PI * 60.0 / TUTTI_RATE * (double) frame));
}

static void
test_true_peak (void)
{
  static const Signal signals[] = { white, clicks, quarter, near_the_end, alternating, low_tone };
  enum { N = 600 * TUTTI_BLOCK };
  g_autofree float *out = g_new (float, N);

  for (unsigned s = 0; s < G_N_ELEMENTS (signals); s++)
    for (int release = 10; release <= 1000; release *= 10)
      {
        TuttiPeakLimiter limiter;
        guint32 seed = 3;

        tutti_peak_limiter_reset (&limiter);
        tutti_peak_limiter_set (&limiter, 0, -100, release);
        for (gsize at = 0; at < N; at += TUTTI_BLOCK)
          {
            TuttiBlock x = { 0 };

            for (gsize i = 0; i < TUTTI_BLOCK; i++)
              x.left[i] = signals[s] (at + i, &seed);
            tutti_peak_limiter_run (&limiter, &x);
            memcpy (out + at, x.left, sizeof x.left);
          }
        g_test_message ("signal %u, release %d: %.3f dB", s, release, in_db (true_peak (out, N)));
        g_assert_cmpfloat (in_db (true_peak (out, N)), <=, -1.0);
        g_assert_cmpfloat (in_db (true_peak (out, N)), >=, -1.8);
      }
}

/* What is quiet comes out as it went in, later. */
static void
test_true_peak_quiet (void)
{
  enum { N = 40 * TUTTI_BLOCK };
  float in[N], out[N];
  TuttiPeakLimiter limiter;
  guint32 seed = 8;

  tutti_peak_limiter_reset (&limiter);
  tutti_peak_limiter_set (&limiter, 0, -100, 50);
  dsp_test_noise (&seed, in, N, 0.4f);
  for (gsize at = 0; at < N; at += TUTTI_BLOCK)
    {
      TuttiBlock x = { 0 };

      memcpy (x.right, in + at, sizeof x.right);
      tutti_peak_limiter_run (&limiter, &x);
      memcpy (out + at, x.right, sizeof x.right);
    }
  g_assert_true (memcmp (out + TUTTI_PEAK_LIMITER_DELAY, in, (N - TUTTI_PEAK_LIMITER_DELAY) * sizeof (float)) == 0);
}

/* ---- drive ---- */

static double
tone_level (const float *x, gsize n, double cycles)
{
  double complex sum = 0, weights = 0;

  for (gsize i = 0; i < n; i++)
    {
      double t = (double) i / (double) n, window = 0.35875 - 0.48829 * cos (2 * M_PI * t) + 0.14128 * cos (4 * M_PI * t) -
                                                   0.01168 * cos (6 * M_PI * t);

      sum += x[i] * window * cexp (-2.0 * M_PI * I * cycles * t);
      weights += window;
    }
  return 2.0 * cabs (sum / weights);
}

/* The strongest tone below 18 kHz that is no harmonic of @hz, against the tone itself; a drive of @amount. */
static double
worst_alias (double hz, int amount)
{
  enum { BLOCKS = 160, N = 128 * TUTTI_BLOCK };
  float out[BLOCKS * TUTTI_BLOCK];
  double cycles = floor (hz * N / TUTTI_RATE), most = 0.0, tone;
  TuttiDrive drive;

  tutti_drive_reset (&drive);
  tutti_drive_set (&drive, amount);
  for (int b = 0; b < BLOCKS; b++)
    {
      TuttiBlock x = { 0 };

      for (int i = 0; i < TUTTI_BLOCK; i++)
        x.left[i] = (float) (0.35 * sin (2.0 * M_PI * cycles / N * (b * TUTTI_BLOCK + i)));
      tutti_drive_run (&drive, &x);
      memcpy (out + b * TUTTI_BLOCK, x.left, sizeof x.left);
    }
  tone = tone_level (out + (BLOCKS - 128) * TUTTI_BLOCK, N, cycles);
  /* Odd harmonics fold to these places. */
  for (int harmonic = 3; harmonic < 60; harmonic += 2)
    {
      double place = fmod (harmonic * cycles, N), folded = place > N / 2 ? N - place : place;

      if (harmonic * cycles > N / 2 && folded < 18000.0 * N / TUTTI_RATE && fmod (folded, cycles) > 8 && fmod (folded, cycles) < cycles - 8)
        most = MAX (most, tone_level (out + (BLOCKS - 128) * TUTTI_BLOCK, N, folded));
    }
  return in_db (most / tone);
}

static void
test_drive_alias (void)
{
  static const struct { double hz; int amount; double most; } rows[] = {
    { 1000, 500, -80 }, { 1000, 1000, -60 }, { 3100, 500, -70 }, { 5000, 300, -60 }, { 5000, 1000, -40 }, { 9000, 300, -50 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double alias = worst_alias (rows[i].hz, rows[i].amount);

      g_test_message ("%.0f Hz at %d: %.1f dB", rows[i].hz, rows[i].amount, alias);
      g_assert_cmpfloat (alias, <, rows[i].most);
    }
}

/* At 0 what comes out is what went in, later; at its most, never much more than a third. */
static void
test_drive_ends (void)
{
  enum { N = 40 * TUTTI_BLOCK };
  float in[N], out[2][N];
  guint32 seed = 8;

  dsp_test_noise (&seed, in, N, 0.9f);
  for (int most = 0; most < 2; most++)
    {
      TuttiDrive drive;

      tutti_drive_reset (&drive);
      tutti_drive_set (&drive, 1000 * most);
      for (gsize at = 0; at < N; at += TUTTI_BLOCK)
        {
          TuttiBlock x = { 0 };

          memcpy (x.right, in + at, sizeof x.right);
          tutti_drive_run (&drive, &x);
          memcpy (out[most] + at, x.right, sizeof x.right);
        }
    }
  g_assert_true (memcmp (out[0] + TUTTI_DRIVE_DELAY, in, (N - TUTTI_DRIVE_DELAY) * sizeof (float)) == 0);
  for (gsize i = 200; i < N; i++)
    g_assert_cmpfloat (fabsf (out[1][i]), <, 0.6f);
}

/* ---- what is delayed ---- */

/* Where the first sound comes out of a delay of any kind that got one frame of 1 on both sides. */
static int
first_sound (void (*run) (gpointer, TuttiBlock *, gint64), gpointer effect, unsigned side, float *level)
{
  for (int b = 0; b < 2000; b++)
    {
      TuttiBlock x = { 0 };

      x.left[0] = x.right[0] = b == 0 ? 1.0f : 0.0f;
      run (effect, &x, b * TUTTI_BLOCK);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          float value = side == 0 ? x.left[i] : x.right[i];

          if (fabsf (value) > 1e-3f)
            {
              *level = value;
              return b * TUTTI_BLOCK + i;
            }
        }
    }
  return -1;
}

static void
run_chorus (gpointer effect, TuttiBlock *x, gint64 frame)
{
  tutti_chorus_run (effect, x, frame);
}

static void
run_delay (gpointer effect, TuttiBlock *x, gint64 frame)
{
  tutti_delay_run (effect, x);
}

static void
test_chorus_delay (void)
{
  g_autofree TuttiChorus *chorus = g_new (TuttiChorus, 1);
  float level;

  /* 10 ms, still. */
  tutti_chorus_reset (chorus, 1);
  tutti_chorus_set (chorus, 500, 1000, 0, 0, 500);
  g_assert_cmpint (first_sound (run_chorus, chorus, 1, &level), ==, 480);
  g_assert_true (level == 1.0f);
  g_assert_true (!tutti_chorus_silent (chorus));
}

/* Whoever comes in late swings along: only the line is to be filled. */
static void
test_chorus_swings_with_the_frame (void)
{
  g_autofree TuttiChorus *early = g_new (TuttiChorus, 1), *late = g_new (TuttiChorus, 1);
  guint32 seed = 6;

  tutti_chorus_reset (early, 2);
  tutti_chorus_reset (late, 2);
  tutti_chorus_set (early, 3000, 1500, 800, 0, 700);
  tutti_chorus_set (late, 3000, 1500, 800, 0, 700);
  for (gint64 b = 0; b < 400; b++)
    {
      TuttiBlock x, y;

      dsp_test_noise_block (&seed, &x, 1.0f);
      y = x;
      tutti_chorus_run (early, &x, b * TUTTI_BLOCK);
      if (b >= 200)
        tutti_chorus_run (late, &y, b * TUTTI_BLOCK);
      if (b >= 200 + TUTTI_CHORUS_LINE / TUTTI_BLOCK)
        g_assert_true (dsp_test_same (&x, &y));
    }
}

static void
test_ping_pong (void)
{
  g_autofree TuttiDelay *delay = g_new (TuttiDelay, 1);
  float left, right;

  tutti_delay_reset (delay);
  tutti_delay_set (delay, 1234, 500, 0, 1000, 1000);
  g_assert_cmpint (first_sound (run_delay, delay, 0, &left), ==, 1234);
  tutti_delay_reset (delay);
  tutti_delay_set (delay, 1234, 500, 0, 1000, 1000);
  g_assert_cmpint (first_sound (run_delay, delay, 1, &right), ==, 2468);
  g_assert_true (left == 1.0f && right == 0.5f);
}

/* What a copy knows is all that will be heard, also when the time changes. It lies elsewhere in the line than what it was copied from, so
 * neither going round nor making room for a longer time is heard. */
static void
copy_delay (int longest, int pace)
{
  g_autofree TuttiDelay *delay = g_new0 (TuttiDelay, 1), *copy = g_new0 (TuttiDelay, 1);
  guint32 seed = 6;

  tutti_delay_reset (delay);
  memset (copy, 0x55, sizeof *copy);
  for (int b = 0; b < 6000; b++)
    {
      TuttiBlock x, y;

      if (b % pace == 0)
        tutti_delay_set (delay, (guint32) g_test_rand_int_range (100, longest), 800, 300, g_test_rand_int_range (0, 1001), 700);
      if (b % 1100 == 0)
        tutti_delay_copy (copy, delay);
      if (b % pace == 0)
        copy->aim_frames = delay->aim_frames, copy->aim = delay->aim;
      dsp_test_noise_block (&seed, &x, b % 2000 < 1000 ? 0.5f : 0.0f);
      y = x;
      tutti_delay_run (delay, &x);
      tutti_delay_run (copy, &y);
      g_assert_true (dsp_test_same (&x, &y));
    }
}

static void
test_delay_copy (void)
{
  copy_delay (60000, 700);
  copy_delay (20000, 90);
  copy_delay (98000, 310);
}

/* ---- phaser ---- */

/* Still and without feedback it turns phases and leaves levels alone. */
static void
test_phaser_passes_all (void)
{
  for (int centre = 200; centre <= 900; centre += 100)
    {
      TuttiPhaser phaser;
      double complex sum = 0;
      double hz = g_test_rand_double_range (100.0, 15000.0);

      tutti_phaser_reset (&phaser);
      tutti_phaser_set (&phaser, 0, centre, 0, 0, 0);
      for (int b = 0; b < 400; b++)
        {
          TuttiBlock x = { 0 };

          x.left[0] = b == 0 ? 1.0f : 0.0f;
          tutti_phaser_run (&phaser, &x, b * TUTTI_BLOCK);
          for (int i = 0; i < TUTTI_BLOCK; i++)
            sum += x.left[i] * cexp (-I * 2.0 * M_PI * hz / TUTTI_RATE * (b * TUTTI_BLOCK + i));
        }
      g_assert_cmpfloat_with_epsilon (cabs (sum), 1.0, 1e-3);
    }
}

/* ---- reverb ---- */

/* Seconds for 60 dB, from the slope of the backward integral (Schroeder 1965) between −5 and −35 dB, of what is left of an impulse in
 * the octave about 1 kHz. */
static double
measured_decay (const TuttiReverbValues *values)
{
  int n = (values->decay_ms * 14 / 10 + 500) * (TUTTI_RATE / 1000) / TUTTI_BLOCK * TUTTI_BLOCK, at5 = 0, at35 = 0;
  g_autofree double *energy = g_new (double, n);
  g_autofree TuttiReverb *reverb = g_new (TuttiReverb, 1);
  Biquad band = { { 0 }, { 0 } };
  double w = 2.0 * M_PI * 1000.0 / TUTTI_RATE, alpha = sin (w) / 2.83, x1 = 0, x2 = 0, y1 = 0, y2 = 0, total = 0;

  band = (Biquad) { { alpha, 0, -alpha }, { 1 + alpha, -2 * cos (w), 1 - alpha } };
  tutti_reverb_reset (reverb);
  tutti_reverb_set (reverb, values);
  for (int at = 0; at < n; at += TUTTI_BLOCK)
    {
      TuttiBlock x = { 0 };

      x.left[0] = x.right[0] = at == 0 ? 1.0f : 0.0f;
      tutti_reverb_run (reverb, &x, at);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          double in = x.left[i], out = (band.b[0] * in + band.b[2] * x2 - band.a[1] * y1 - band.a[2] * y2) / band.a[0];

          x2 = x1, x1 = in, y2 = y1, y1 = out;
          energy[at + i] = out * out;
        }
    }
  for (int i = n - 1; i >= 0; i--)
    energy[i] = total += energy[i];
  while (energy[at5] > total * pow (10.0, -0.5))
    at5++;
  for (at35 = at5; energy[at35] > total * pow (10.0, -3.5); )
    at35++;
  return 2.0 * (at35 - at5) / TUTTI_RATE;
}

static void
test_reverb_decay (void)
{
  static const TuttiReverbValues rows[] = {
    { 500, 0, 0, 0, 1000, 1000 },     { 1000, 1000, 40, 0, 1000, 1000 }, { 2000, 500, 0, 350, 1000, 1000 },
    { 4000, 1000, 0, 1000, 1000, 1000 }, { 8000, 300, 160, 350, 1000, 1000 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double seconds = measured_decay (&rows[i]);

      g_test_message ("%d ms: %.3f s", rows[i].decay_ms, seconds);
      g_assert_cmpfloat_with_epsilon (seconds / rows[i].decay_ms * 1000.0, 1.0, 0.1);
    }
}

/* Dense and without a ring: no tenth of a second of the tail of a burst stands out of the line by 3 dB, and the sides differ. */
static void
test_reverb_is_even (void)
{
  g_autofree TuttiReverb *reverb = g_new (TuttiReverb, 1);
  TuttiReverbValues values = { 3000, 300, 0, 350, 1000, 1000 };
  double last = 0, both = 0, squares[2] = { 0 };
  guint32 seed = 3;

  tutti_reverb_reset (reverb);
  tutti_reverb_set (reverb, &values);
  for (int tenth = 0; tenth < 20; tenth++)
    {
      double energy = 0;

      for (int b = 0; b < 75; b++)
        {
          TuttiBlock x = { 0 };

          if (tenth < 5)
            {
              dsp_test_noise (&seed, x.left, TUTTI_BLOCK, 0.5f);
              memcpy (x.right, x.left, sizeof x.right);
            }
          tutti_reverb_run (reverb, &x, (tenth * 75 + b) * TUTTI_BLOCK);
          for (int i = 0; i < TUTTI_BLOCK; i++)
            {
              energy += x.left[i] * x.left[i];
              both += tenth > 5 ? x.left[i] * x.right[i] : 0;
              squares[0] += tenth > 5 ? x.left[i] * x.left[i] : 0;
              squares[1] += tenth > 5 ? x.right[i] * x.right[i] : 0;
            }
        }
      if (tenth > 6)
        g_assert_cmpfloat_with_epsilon (10 * log10 (energy / last), -2.0, 2.0);
      last = energy;
    }
  g_assert_cmpfloat (fabs (both) / sqrt (squares[0] * squares[1]), <, 0.2);
}

/* ---- width and tremolo ---- */

static void
test_width (void)
{
  TuttiWidth width;
  TuttiBlock in, x;
  guint32 seed = 2;

  dsp_test_noise_block (&seed, &in, 1.0f);
  x = in;
  tutti_width_reset (&width);
  tutti_width_set (&width, 1000, 0);
  tutti_width_run (&width, &x);
  g_assert_true (dsp_test_same (&x, &in));
  tutti_width_reset (&width);
  tutti_width_set (&width, 0, 0);
  tutti_width_run (&width, &x);
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      g_assert_cmpfloat_with_epsilon (x.left[i], x.right[i], 1e-6f);
      g_assert_cmpfloat_with_epsilon (x.left[i], (in.left[i] + in.right[i]) / 2, 1e-6f);
    }
  x = in;
  tutti_width_reset (&width);
  tutti_width_set (&width, 2000, -500);
  tutti_width_run (&width, &x);
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      g_assert_cmpfloat_with_epsilon (x.left[i], (in.left[i] + in.right[i]) / 2 + (in.left[i] - in.right[i]), 1e-5f);
      g_assert_cmpfloat_with_epsilon (x.right[i], 0.5f * ((in.left[i] + in.right[i]) / 2 - (in.left[i] - in.right[i])), 1e-5f);
    }
}

/* Loudest on the beat, softest half a turn later, whenever one began to listen. */
static void
test_tremolo (void)
{
  TuttiTremolo early, late;
  /* 120 BPM: a tick is 25 frames, 256 ticks are 100 blocks. */
  enum { TURN = 256, BLOCKS = 100 };

  tutti_tremolo_reset (&early);
  tutti_tremolo_reset (&late);
  tutti_tremolo_set (&early, TURN, 800, 0, 0);
  tutti_tremolo_set (&late, TURN, 800, 0, 0);
  for (gint64 b = 0; b < 3 * BLOCKS; b++)
    {
      TuttiEffectTime time = { b * TUTTI_BLOCK, b * TUTTI_BLOCK * 12000, 12000 };
      TuttiBlock x, y;

      for (int i = 0; i < TUTTI_BLOCK; i++)
        x.left[i] = x.right[i] = 1.0f;
      y = x;
      tutti_tremolo_run (&early, &x, &time);
      if (b >= 77)
        tutti_tremolo_run (&late, &y, &time);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        {
          double turn = (double) (b * TUTTI_BLOCK + i) / (BLOCKS * TUTTI_BLOCK);

          g_assert_cmpfloat_with_epsilon (x.left[i], 0.6 + 0.4 * cos (2.0 * M_PI * turn), 2e-3);
        }
      g_assert_true (b <= 77 || dsp_test_same (&x, &y));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/kinds/eq-response", test_eq_response);
  g_test_add_func ("/dsp/kinds/eq-bands-multiply", test_eq_bands_multiply);
  g_test_add_func ("/dsp/kinds/eq-flat", test_eq_flat);
  g_test_add_func ("/dsp/kinds/eq-glides-stably", test_eq_glides_stably);
  g_test_add_func ("/dsp/kinds/compressor-curve", test_compressor_curve);
  g_test_add_func ("/dsp/kinds/compressor-times", test_compressor_times);
  g_test_add_func ("/dsp/kinds/gate", test_gate);
  g_test_add_func ("/dsp/kinds/true-peak", test_true_peak);
  g_test_add_func ("/dsp/kinds/true-peak-quiet", test_true_peak_quiet);
  g_test_add_func ("/dsp/kinds/drive-alias", test_drive_alias);
  g_test_add_func ("/dsp/kinds/drive-ends", test_drive_ends);
  g_test_add_func ("/dsp/kinds/chorus-delay", test_chorus_delay);
  g_test_add_func ("/dsp/kinds/chorus-swings-with-the-frame", test_chorus_swings_with_the_frame);
  g_test_add_func ("/dsp/kinds/ping-pong", test_ping_pong);
  g_test_add_func ("/dsp/kinds/delay-copy", test_delay_copy);
  g_test_add_func ("/dsp/kinds/phaser-passes-all", test_phaser_passes_all);
  g_test_add_func ("/dsp/kinds/reverb-decay", test_reverb_decay);
  g_test_add_func ("/dsp/kinds/reverb-is-even", test_reverb_is_even);
  g_test_add_func ("/dsp/kinds/width", test_width);
  g_test_add_func ("/dsp/kinds/tremolo", test_tremolo);
  return g_test_run ();
}
