/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The equaliser against the formulae of its cookbook. */
#include "tutti-eq.h"

#include "dsp-test.h"
#include <complex.h>
#include <math.h>

/* Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"; shelves with a slope of 1. */
static DspBiquad
cookbook (TuttiEqBand band, double hz, double quality, double db)
{
  double A = pow (10.0, db / 40.0), w = 2.0 * M_PI * hz / TUTTI_RATE, c = cos (w), alpha = sin (w) / (2.0 * quality);
  double root = 2.0 * sqrt (A) * alpha;

  switch (band)
    {
    case TUTTI_EQ_LOW_CUT:
      return (DspBiquad) { { (1 + c) / 2, -(1 + c), (1 + c) / 2 }, { 1 + alpha, -2 * c, 1 - alpha } };
    case TUTTI_EQ_LOW_SHELF:
      return (DspBiquad) { { A * ((A + 1) - (A - 1) * c + root), 2 * A * ((A - 1) - (A + 1) * c), A * ((A + 1) - (A - 1) * c - root) },
                           { (A + 1) + (A - 1) * c + root, -2 * ((A - 1) + (A + 1) * c), (A + 1) + (A - 1) * c - root } };
    case TUTTI_EQ_HIGH_SHELF:
      return (DspBiquad) { { A * ((A + 1) + (A - 1) * c + root), -2 * A * ((A - 1) + (A + 1) * c), A * ((A + 1) + (A - 1) * c - root) },
                           { (A + 1) - (A - 1) * c + root, 2 * ((A - 1) - (A + 1) * c), (A + 1) - (A - 1) * c - root } };
    case TUTTI_EQ_BELL:
    default:
      return (DspBiquad) { { 1 + alpha * A, -2 * c, 1 - alpha * A }, { 1 + alpha / A, -2 * c, 1 - alpha / A } };
    }
}

static double
biquad_gain (const DspBiquad *q, double hz)
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
      DspBiquad known = cookbook (band, corner, quality, gain / 100.0);
      TuttiEq eq;

      tutti_eq_reset (&eq);
      tutti_eq_set (&eq, band, corner, quality, band == TUTTI_EQ_LOW_CUT ? 1 : gain);
      g_assert_cmpfloat_with_epsilon (MAX (dsp_test_db (eq_gain (&eq, hz)), -60.0),
                                      MAX (dsp_test_db (biquad_gain (&known, hz)), -60.0), 0.05);
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
  g_assert_cmpfloat_with_epsilon (dsp_test_db (together), dsp_test_db (product), 0.01);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/kinds/eq-response", test_eq_response);
  g_test_add_func ("/dsp/kinds/eq-bands-multiply", test_eq_bands_multiply);
  g_test_add_func ("/dsp/kinds/eq-flat", test_eq_flat);
  g_test_add_func ("/dsp/kinds/eq-glides-stably", test_eq_glides_stably);
  return g_test_run ();
}
