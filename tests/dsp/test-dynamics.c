/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compressor, gate and true-peak limiter against their laws and the standard. */
#include "tutti-dynamics.h"
#include "tutti-peak-limiter.h"

#include "dsp-test.h"
#include <math.h>

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
      g_assert_cmpfloat_with_epsilon (dsp_test_db (compressed (&compressor, (float) pow (10.0, level / 20.0), 200)),
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
      g_assert_cmpfloat_with_epsilon (dsp_test_db (compressed (&compressor, 1.0f, down)) / whole,
                                      1.0 - exp (-down * TUTTI_BLOCK / (attacks[i] * 4.8)), 0.03);
      compressed (&compressor, 1.0f, 20 * down);
      g_assert_cmpfloat_with_epsilon (dsp_test_db (compressed (&compressor, 0.0f, back)) / whole,
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
  /* Also the slowest one that hardly closes comes to rest. */
  values.release = 3000;
  values.range = -10;
  tutti_gate_set (&gate, &values);
  gated (&gate, 1.0f, 200);
  gated (&gate, 0.0f, 15000);
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
        g_test_message ("signal %u, release %d: %.3f dB", s, release, dsp_test_db (true_peak (out, N)));
        g_assert_cmpfloat (dsp_test_db (true_peak (out, N)), <=, -1.0);
        g_assert_cmpfloat (dsp_test_db (true_peak (out, N)), >=, -1.8);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/kinds/compressor-curve", test_compressor_curve);
  g_test_add_func ("/dsp/kinds/compressor-times", test_compressor_times);
  g_test_add_func ("/dsp/kinds/gate", test_gate);
  g_test_add_func ("/dsp/kinds/true-peak", test_true_peak);
  g_test_add_func ("/dsp/kinds/true-peak-quiet", test_true_peak_quiet);
  return g_test_run ();
}
