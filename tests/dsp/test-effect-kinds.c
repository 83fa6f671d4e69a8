/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each kind of effect against what is known of it from outside: formulae, laws, standards. */
#include "tutti-drive.h"
#include "tutti-phaser.h"
#include "tutti-tremolo.h"
#include "tutti-width.h"

#include "dsp-test.h"
#include <complex.h>
#include <math.h>

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
  return dsp_test_db (most / tone);
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
  g_test_add_func ("/dsp/kinds/drive-alias", test_drive_alias);
  g_test_add_func ("/dsp/kinds/drive-ends", test_drive_ends);
  g_test_add_func ("/dsp/kinds/phaser-passes-all", test_phaser_passes_all);
  g_test_add_func ("/dsp/kinds/width", test_width);
  g_test_add_func ("/dsp/kinds/tremolo", test_tremolo);
  return g_test_run ();
}
