/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sinc-table.h"
#include "tutti-sinc.h"
#include "tutti-math.h"

#include "dsp-test.h"
#include <math.h>

static TuttiSample *
noise_sample (unsigned n_channels, guint32 n_frames)
{
  g_autofree float *data = g_new (float, (gsize) n_channels * n_frames);
  guint32 seed = (guint32) g_test_rand_int ();

  dsp_test_noise (&seed, data, (gsize) n_channels * n_frames, 0.8f);
  return tutti_sample_new (data, n_channels, n_frames);
}

static TuttiGainRamp
random_gain (void)
{
  return (TuttiGainRamp) { (float) g_test_rand_double (), (float) g_test_rand_double (),
                           (float) g_test_rand_double_range (-0.01, 0.01), (float) g_test_rand_double_range (-0.01, 0.01) };
}

/* Any step, often one near a border between levels, often exactly 1. */
static gint64
random_step (void)
{
  if (g_test_rand_int_range (0, 4) == 0)
    return TUTTI_SINC_ONE;
  return tutti_pitch_step (g_test_rand_int_range (-4800, 4801)) + g_test_rand_int_range (-3, 1);
}

static void
test_split (void)
{
  bool wide = tutti_sinc_wide;

  for (int round = 0; round < 3000; round++)
    {
      guint32 n_frames = (guint32) g_test_rand_int_range (1, 900);
      TuttiSample *sample = noise_sample (1 + (unsigned) g_test_rand_bit (), n_frames);
      gint64 step = MIN (random_step (), TUTTI_SINC_MAX_STEP);
      gint64 position = (gint64) g_test_rand_int_range (0, (gint32) n_frames + 1) << 32;
      TuttiGainRamp gain = random_gain ();
      TuttiBlock whole = { 0 }, split = { 0 };
      unsigned cut[TUTTI_BLOCK + 1], n = dsp_test_cuts (cut);
      gboolean goes_on = TRUE;

      if (g_test_rand_bit ())
        position += (gint64) (guint32) g_test_rand_int ();
      tutti_sinc_wide = wide && round % 2 == 0;
      gboolean goes_on_whole = tutti_sinc_add (sample, position, step, &gain, 0, TUTTI_BLOCK, &whole);
      for (unsigned i = 1; i < n; i++)
        goes_on = tutti_sinc_add (sample, position + cut[i - 1] * step, step, &gain, cut[i - 1], cut[i], &split);
      if (!dsp_test_same (&whole, &split) || goes_on != goes_on_whole)
        g_error ("split differs: %u frames, position %" G_GINT64_FORMAT ", step %" G_GINT64_FORMAT, n_frames, position, step);
      tutti_sample_free (sample);
    }
  tutti_sinc_wide = wide;
}

static void
test_lanes (void)
{
  bool wide = tutti_sinc_wide;

  if (!wide)
    {
      g_test_skip ("this processor has no 8 lanes");
      return;
    }
  for (int round = 0; round < 1000; round++)
    {
      TuttiSample *sample = noise_sample (1 + (unsigned) g_test_rand_bit (), 700);
      gint64 step = MIN (random_step (), TUTTI_SINC_MAX_STEP), position = (gint64) g_test_rand_int_range (0, 1 << 30) * 400;
      TuttiGainRamp gain = random_gain ();
      TuttiBlock with_eight = { 0 }, with_four = { 0 };

      tutti_sinc_add (sample, position, step, &gain, 0, TUTTI_BLOCK, &with_eight);
      tutti_sinc_wide = false;
      tutti_sinc_add (sample, position, step, &gain, 0, TUTTI_BLOCK, &with_four);
      tutti_sinc_wide = true;
      g_assert_true (dsp_test_same (&with_eight, &with_four));
      /* One side alone is that side of both. */
      if (sample->n_channels == 1)
        {
          TuttiBlock left = with_eight;

          memset (left.left, 0, sizeof left.left);
          tutti_sinc_add_left (sample, position, step, &gain, 0, TUTTI_BLOCK, &left);
          g_assert_true (dsp_test_same (&left, &with_eight));
        }
      tutti_sample_free (sample);
    }
}

/* An unpitched voice is the sound itself, to the bit, from any whole frame and in any piece. */
static void
test_unity (void)
{
  float data[2 * 500];
  guint32 seed = (guint32) g_test_rand_int ();
  TuttiGainRamp gain = { 1.0f, 1.0f, 0.0f, 0.0f };

  dsp_test_noise (&seed, data, G_N_ELEMENTS (data), 0.8f);
  TuttiSample *sample = tutti_sample_new (data, 2, 500);
  for (guint32 first = 0; first < 500; first += 7)
    {
      unsigned from = (unsigned) g_test_rand_int_range (0, TUTTI_BLOCK);
      TuttiBlock bus = { 0 };

      tutti_sinc_add (sample, first * TUTTI_SINC_ONE, TUTTI_SINC_ONE, &gain, from, TUTTI_BLOCK, &bus);
      for (unsigned i = from; i < TUTTI_BLOCK && first + i - from < 500; i++)
        {
          g_assert_true (bus.left[i] == data[2 * (first + i - from)]);
          g_assert_true (bus.right[i] == data[2 * (first + i - from) + 1]);
        }
    }
  for (guint32 i = 0; i < 500; i++)
    g_assert_true (tutti_sample_frame (sample, 1, i) == data[2 * i + 1]);
  tutti_sample_free (sample);
}

/* A constant stays one at every pitch, on every level, and no level shifts the sound: a step in it stays where it is. */
static void
test_level_places (void)
{
  enum { N = 20000, EDGE = 10000 };
  g_autofree float *data = g_new0 (float, N);
  TuttiGainRamp gain = { 1.0f, 1.0f, 0.0f, 0.0f };

  for (int i = EDGE; i < N; i++)
    data[i] = 0.5f;
  TuttiSample *sample = tutti_sample_new (data, 1, N);
  for (int cents = -2400; cents <= 4800; cents += 100)
    {
      gint64 step = MIN (tutti_pitch_step (cents), TUTTI_SINC_MAX_STEP);
      TuttiBlock late = { 0 }, edge = { 0 };

      tutti_sinc_add (sample, (gint64) (EDGE + 5000) << 32, step, &gain, 0, TUTTI_BLOCK, &late);
      for (unsigned i = 0; i < TUTTI_BLOCK; i++)
        g_assert_cmpfloat_with_epsilon (late.left[i], 0.5f, 2e-5);
      /* Half a frame before the first loud one a linear-phase filter has risen half-way. */
      tutti_sinc_add (sample, ((gint64) EDGE << 32) - TUTTI_SINC_ONE / 2, step, &gain, 0, 1, &edge);
      g_assert_cmpfloat_with_epsilon (edge.left[0], 0.25f, 1e-3);
    }
  tutti_sample_free (sample);
}

static void
test_ends (void)
{
  TuttiSample *sample = noise_sample (1, 10);
  TuttiGainRamp gain = { 1.0f, 1.0f, 0.0f, 0.0f };
  TuttiBlock bus = { 0 }, silence = { 0 };

  g_assert_false (tutti_sinc_add (sample, 10 * TUTTI_SINC_ONE, TUTTI_SINC_ONE, &gain, 0, 64, &bus));
  g_assert_false (tutti_sinc_add (sample, -1, TUTTI_SINC_ONE, &gain, 0, 64, &bus));
  g_assert_false (tutti_sinc_add (sample, 0, 0, &gain, 0, 64, &bus));
  g_assert_false (tutti_sinc_add (sample, 0, TUTTI_SINC_MAX_STEP + 1, &gain, 0, 64, &bus));
  g_assert_true (dsp_test_same (&bus, &silence));
  g_assert_false (tutti_sinc_add (sample, 0, TUTTI_SINC_ONE, &gain, 0, 64, &bus));
  for (unsigned i = 10; i < TUTTI_BLOCK; i++)
    g_assert_true (bus.left[i] == 0.0f);
  g_assert_true (tutti_sinc_add (sample, 0, TUTTI_SINC_ONE, &gain, 0, 9, &bus));
  g_assert_false (tutti_sinc_add (sample, 0, TUTTI_SINC_ONE, &gain, 0, 10, &bus));
  tutti_sample_free (sample);
}

static void
test_levels (void)
{
  unsigned last = 0;

  g_assert_cmpuint (tutti_sinc_level (1), ==, 0);
  g_assert_cmpuint (tutti_sinc_level (TUTTI_SINC_ONE), ==, 0);
  for (int cents = -1200; cents <= 4800; cents++)
    {
      gint64 step = tutti_pitch_step (cents);
      unsigned level = tutti_sinc_level (step);

      g_assert_cmpuint (level, >=, last);
      g_assert_cmpuint (level, <, TUTTI_SAMPLE_LEVELS);
      /* What the level may still hold must not come down below 20 kHz: its stop band starts at 24 kHz / 2^(level/2). */
      if (level > 0)
        g_assert_cmpfloat ((double) step / (double) TUTTI_SINC_ONE * 24000.0 / exp2 (level / 2.0), <, 28001.0);
      last = level;
    }
}

/* Noise floor of a pitched sine, everything but the sine itself (least squares), in dB below it; and the sine's own level. */
static double
rest_db (double hz, int cents, double *level_db)
{
  enum { N = 4096 };
  gint64 step = tutti_pitch_step (cents);
  double ratio = (double) step / (double) TUTTI_SINC_ONE, w = 2.0 * M_PI * hz * ratio / TUTTI_RATE;
  guint32 length = (guint32) (N * ratio) + 400;
  g_autofree float *data = g_new (float, length);
  g_autofree float *out = g_new (float, N);
  TuttiGainRamp one = { 1.0f, 1.0f, 0.0f, 0.0f };
  double ss = 0, cc = 0, sc = 0, xs = 0, xc = 0, rest = 0, all = 0;

  for (guint32 i = 0; i < length; i++)
    data[i] = (float) (0.5 * sin (2.0 * M_PI * hz / TUTTI_RATE * i));
  TuttiSample *sample = tutti_sample_new (data, 1, length);
  for (unsigned at = 0; at < N; at += TUTTI_BLOCK)
    {
      TuttiBlock bus = { 0 };
      tutti_sinc_add (sample, at * step, step, &one, 0, TUTTI_BLOCK, &bus);
      memcpy (out + at, bus.left, sizeof bus.left);
    }
  tutti_sample_free (sample);
  for (int i = N / 4; i < N * 3 / 4; i++)
    {
      double s = sin (w * i), c = cos (w * i);
      ss += s * s, cc += c * c, sc += s * c, xs += out[i] * s, xc += out[i] * c;
    }
  double det = ss * cc - sc * sc, a = (xs * cc - xc * sc) / det, b = (xc * ss - xs * sc) / det;
  for (int i = N / 4; i < N * 3 / 4; i++)
    {
      double e = out[i] - a * sin (w * i) - b * cos (w * i);
      rest += e * e;
      all += 0.125;
    }
  *level_db = 10.0 * log10 ((a * a + b * b) / 0.25);
  return 10.0 * log10 (rest / all + 1e-20);
}

static void
test_quality (void)
{
  for (int round = 0; round < 100; round++)
    {
      int cents = g_test_rand_int_range (-2400, 2401);
      /* What lands below 18 kHz, from tones below 18 kHz. */
      double hz = g_test_rand_double_range (100.0, MIN (18000.0, 18000.0 / exp2 (cents / 1200.0)));
      /* The level that is read passes 0.9 of where it stops, 24 kHz through the root of 2 for each level. */
      double passed = 0.9 * 24000.0 / exp2 (tutti_sinc_level (tutti_pitch_step (cents)) * 0.5);
      double level, rest = rest_db (hz, cents, &level);

      if (rest > -80.0)
        g_error ("%.0f Hz at %d cents: %.1f dB beside it", hz, cents, rest);
      if (hz < passed && fabs (level) > 0.1)
        g_error ("%.0f Hz at %d cents: %.3f dB", hz, cents, level);
    }
}

static void
test_sample_bounds (void)
{
  float x[4] = { NAN, INFINITY, -0.0f, 0.5f };
  TuttiSample *sample;

  g_assert_null (tutti_sample_new (NULL, 1, 4));
  g_assert_null (tutti_sample_new (x, 0, 4));
  g_assert_null (tutti_sample_new (x, 3, 1));
  g_assert_null (tutti_sample_new (x, 1, 0));
  g_assert_null (tutti_sample_new (x, 1, TUTTI_SAMPLE_MAX_FRAMES + 1));
  tutti_sample_free (NULL);

  sample = tutti_sample_new (x, 1, 4);
  for (guint32 i = 0; i < 3; i++)
    g_assert_true (tutti_sample_frame (sample, 0, i) == 0.0f && !signbit (tutti_sample_frame (sample, 0, i)));
  g_assert_true (tutti_sample_frame (sample, 1, 3) == 0.5f);
  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    for (int i = -TUTTI_SAMPLE_PAD; i < 0; i++)
      g_assert_true (sample->level[level].channel[1][i] == 0.0f);
  tutti_sample_free (sample);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tutti_sinc_init ();
  g_test_add_func ("/dsp/sinc/lanes", test_lanes);
  g_test_add_func ("/dsp/sinc/unity", test_unity);
  g_test_add_func ("/dsp/sinc/ends", test_ends);
  g_test_add_func ("/dsp/sinc/levels", test_levels);
  g_test_add_func ("/dsp/sinc/level-places", test_level_places);
  g_test_add_func ("/dsp/sinc/quality", test_quality);
  g_test_add_func ("/dsp/sinc/sample-bounds", test_sample_bounds);
  g_test_add_func ("/dsp/sinc/split", test_split);
  return g_test_run ();
}
