/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudness: the signals of EBU Tech 3341 with what a meter must tell of them, the table of BS.1770, and that neither the splitting of
 * the frames nor bad numbers matter. */
#include "tutti-loudness.h"

#include "dsp-test.h"
#include <math.h>

#define RATE 48000

typedef struct
{
  double hz, db, seconds;
} Tone;

static void
play (TuttiLoudness *loudness, guint rate, const Tone *tone, gsize *at)
{
  gsize n = (gsize) llround (tone->seconds * rate);

  for (gsize done = 0; done < n; done += 512)
    {
      gsize some = MIN (n - done, 512);
      float x[512];

      for (gsize i = 0; i < some; i++)
        x[i] = (float) (pow (10, tone->db / 20) * sin (2 * G_PI * tone->hz * (double) (*at + i) / rate));
      tutti_loudness_run (loudness, x, x, some);
      *at += some;
    }
}

static void
play_all (TuttiLoudness *loudness, guint rate, const Tone *tones, guint n)
{
  gsize at = 0;

  tutti_loudness_init (loudness, rate);
  for (guint i = 0; i < n; i++)
    play (loudness, rate, &tones[i], &at);
}

#define assert_near(value, wanted, below, above)              \
  g_assert_cmpfloat (value, >=, (wanted) - (below));          \
  g_assert_cmpfloat (value, <=, (wanted) + (above))

/* Cases 1 and 2: steady tones, at other rates than the table's too. */
static void
test_steady (void)
{
  static const guint rates[] = { 32000, 44100, 48000, 96000, 192000 };
  TuttiLoudness loudness;

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (double db = -23; db >= -33; db -= 10)
      {
        play_all (&loudness, rates[i], &(Tone) { 1000, db, 20 }, 1);
        assert_near (tutti_loudness_momentary (&loudness), db, 0.1, 0.1);
        assert_near (tutti_loudness_short_term (&loudness), db, 0.1, 0.1);
        assert_near (tutti_loudness_integrated (&loudness), db, 0.1, 0.1);
      }
}

/* Cases 3, 4 and 5: what the gates leave out. */
static void
test_gates (void)
{
  static const Tone quiet_ends[] = { { 1000, -36, 10 }, { 1000, -23, 60 }, { 1000, -36, 10 } };
  static const Tone quieter_ends[] = { { 1000, -72, 10 }, { 1000, -36, 10 }, { 1000, -23, 60 }, { 1000, -36, 10 }, { 1000, -72, 10 } };
  static const Tone loud_middle[] = { { 1000, -26, 20 }, { 1000, -20, 20.1 }, { 1000, -26, 20 } };
  TuttiLoudness loudness;

  play_all (&loudness, RATE, quiet_ends, G_N_ELEMENTS (quiet_ends));
  assert_near (tutti_loudness_integrated (&loudness), -23, 0.1, 0.1);
  play_all (&loudness, RATE, quieter_ends, G_N_ELEMENTS (quieter_ends));
  assert_near (tutti_loudness_integrated (&loudness), -23, 0.1, 0.1);
  play_all (&loudness, RATE, loud_middle, G_N_ELEMENTS (loud_middle));
  assert_near (tutti_loudness_integrated (&loudness), -23, 0.1, 0.1);
}

/* Case 9: in every window of 3 s the same, from the first on; and case 12, the same of 400 ms. */
static void
test_windows (void)
{
  static const Tone slow[] = { { 1000, -20, 1.34 }, { 1000, -30, 1.66 } }, fast[] = { { 1000, -20, 0.18 }, { 1000, -30, 0.22 } };
  TuttiLoudness loudness;
  gsize at = 0;

  tutti_loudness_init (&loudness, RATE);
  for (int i = 0; i < 5; i++)
    for (int part = 0; part < 2; part++)
      {
        play (&loudness, RATE, &slow[part], &at);
        if (at >= 3 * RATE)
          assert_near (tutti_loudness_short_term (&loudness), -23, 0.1, 0.1);
      }
  tutti_loudness_init (&loudness, RATE);
  at = 0;
  for (int i = 0; i < 25; i++)
    {
      for (int part = 0; part < 2; part++)
        play (&loudness, RATE, &fast[part], &at);
      assert_near (tutti_loudness_momentary (&loudness), -23, 0.1, 0.1);
    }
}

/* A sine of 1/@divisor of the rate, whose peaks no sample meets. */
static double
true_peak_of (double divisor, double degrees, double size)
{
  TuttiLoudness loudness;
  float x[RATE / 10];

  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    x[i] = (float) (size * sin (2 * G_PI * (i / divisor + degrees / 360)));
  /* Begins and ends softly: what a step overshoots is no part of the tone. */
  for (guint i = 0; i < 480; i++)
    {
      x[i] *= (float) i / 480;
      x[G_N_ELEMENTS (x) - 1 - i] *= (float) i / 480;
    }
  tutti_loudness_init (&loudness, RATE);
  tutti_loudness_run (&loudness, x, x, G_N_ELEMENTS (x));
  g_assert_cmpfloat (tutti_loudness_recent_peak (&loudness), ==, tutti_loudness_true_peak (&loudness));
  return tutti_loudness_true_peak (&loudness);
}

/* Cases 15 to 19. */
static void
test_true_peaks (void)
{
  assert_near (true_peak_of (4, 0, 0.5), -6, 0.4, 0.2);
  assert_near (true_peak_of (4, 45, 0.5), -6, 0.4, 0.2);
  assert_near (true_peak_of (6, 60, 0.5), -6, 0.4, 0.2);
  assert_near (true_peak_of (8, 67.5, 0.5), -6, 0.4, 0.2);
  assert_near (true_peak_of (4, 45, 1.41), 3, 0.4, 0.2);
}

/* The coefficients that the standard prints for 48 kHz. */
static void
test_table (void)
{
  static const double shelf[] = { 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585 };
  static const double cut[] = { 1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621 };
  TuttiLoudness loudness;

  tutti_loudness_init (&loudness, RATE);
  for (int i = 0; i < 5; i++)
    {
      g_assert_cmpfloat_with_epsilon ((&loudness.stage[0].b0)[i], shelf[i], 1e-8);
      g_assert_cmpfloat_with_epsilon ((&loudness.stage[1].b0)[i], cut[i], 1e-8);
    }
}

static void
test_split (void)
{
  enum { N = 3 * RATE + 77 };
  g_autofree float *left = g_new (float, N), *right = g_new (float, N);
  TuttiLoudness *whole = g_new (TuttiLoudness, 2), *split = whole + 1;
  guint32 seed = (guint32) g_test_rand_int ();

  dsp_test_noise (&seed, left, N, 0.5f);
  dsp_test_noise (&seed, right, N, 0.25f);
  tutti_loudness_init (whole, RATE);
  tutti_loudness_run (whole, left, right, N);
  for (int round = 0; round < 10; round++)
    {
      tutti_loudness_init (split, RATE);
      for (int at = 0, n; at < N; at += n)
        {
          n = g_test_rand_int_range (1, round < 5 ? 100 : 10000);
          n = MIN (n, N - at);
          tutti_loudness_run (split, left + at, right + at, (gsize) n);
        }
      g_assert_cmpfloat (tutti_loudness_short_term (split), ==, tutti_loudness_short_term (whole));
      g_assert_cmpfloat (tutti_loudness_integrated (split), ==, tutti_loudness_integrated (whole));
      g_assert_cmpfloat (tutti_loudness_true_peak (split), ==, tutti_loudness_true_peak (whole));
      g_assert_cmpfloat (tutti_loudness_recent_peak (split), ==, tutti_loudness_recent_peak (whole));
    }
  g_free (whole);
}

/* Nothing, silence and what is no number are told as silence, and what comes after them is heard as ever. */
static void
test_bad (void)
{
  static const float bad[] = { NAN, INFINITY, -INFINITY, 0.0f, 1e-40f };
  TuttiLoudness loudness;
  float x[4800];
  gsize at = 0;

  tutti_loudness_init (&loudness, RATE);
  g_assert_cmpfloat (tutti_loudness_integrated (&loudness), ==, TUTTI_LOUDNESS_SILENT);
  g_assert_cmpfloat (tutti_loudness_true_peak (&loudness), ==, TUTTI_LOUDNESS_SILENT);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    x[i] = bad[i % G_N_ELEMENTS (bad)];
  for (int i = 0; i < 40; i++)
    tutti_loudness_run (&loudness, x, x, G_N_ELEMENTS (x));
  g_assert_cmpfloat (tutti_loudness_momentary (&loudness), ==, TUTTI_LOUDNESS_SILENT);
  g_assert_cmpfloat (tutti_loudness_integrated (&loudness), ==, TUTTI_LOUDNESS_SILENT);
  play (&loudness, RATE, &(Tone) { 1000, -23, 10 }, &at);
  assert_near (tutti_loudness_short_term (&loudness), -23, 0.1, 0.1);
  for (guint i = 0; i < G_N_ELEMENTS (x); i++)
    x[i] = i % 2 ? 1e38f : -1e38f;
  tutti_loudness_run (&loudness, x, x, G_N_ELEMENTS (x));
  g_assert_true (isfinite (tutti_loudness_true_peak (&loudness)));
  for (int i = 0; i < 4; i++)
    play (&loudness, RATE, &(Tone) { 1000, -23, 10 }, &at);
  assert_near (tutti_loudness_short_term (&loudness), -23, 0.1, 0.1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/loudness/steady", test_steady);
  g_test_add_func ("/loudness/gates", test_gates);
  g_test_add_func ("/loudness/windows", test_windows);
  g_test_add_func ("/loudness/true-peaks", test_true_peaks);
  g_test_add_func ("/loudness/table", test_table);
  g_test_add_func ("/loudness/split", test_split);
  g_test_add_func ("/loudness/bad", test_bad);
  return g_test_run ();
}
