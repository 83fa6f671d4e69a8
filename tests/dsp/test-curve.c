/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pictures of effects against the effects: what the curve says is what comes out. */
#include "tutti-curve.h"
#include "tutti-effect.h"

#include "dsp-test.h"
#include <complex.h>
#include <math.h>

static TuttiEffect *
effect_of (TuttiScoreEffectKind kind, const int16_t *params)
{
  TuttiEffect *effect = g_new0 (TuttiEffect, 1);
  TuttiScoreEffect want = { .id = 1, .kind = (uint8_t) kind, .on = true };

  memcpy (want.params, params, sizeof want.params);
  tutti_effect_reset (effect);
  tutti_effect_aim (effect, &want);
  return effect;
}

/* What a sine of @hz becomes, from the effect's answer to one frame. */
static double
heard_response (const float *answer, int n, double hz)
{
  double complex sum = 0;

  for (int i = 0; i < n; i++)
    sum += answer[i] * cexp (-I * 2.0 * M_PI * hz / TUTTI_RATE * i);
  return 20.0 * log10 (cabs (sum) + 1e-12);
}

static void
check_response (TuttiScoreEffectKind kind, const int16_t *params)
{
  enum { BLOCKS = 1200, N = 40 };
  g_autofree TuttiEffect *effect = effect_of (kind, params);
  g_autofree float *answer = g_new (float, BLOCKS * TUTTI_BLOCK);
  TuttiKeys keys = { 0 };
  TuttiEffectContext context = { .time = { .tempo_cbpm = 12000 }, .keys = &keys };
  double hz[N], said[N];

  for (int b = 0; b < BLOCKS; b++)
    {
      TuttiBlock x = { 0 };

      x.left[0] = b == 0 ? 1.0f : 0.0f;
      tutti_effect_run (effect, &x, &context);
      memcpy (answer + b * TUTTI_BLOCK, x.left, sizeof x.left);
    }
  for (int i = 0; i < N; i++)
    hz[i] = 20.0 * pow (1000.0, (i + 0.5) / N);
  tutti_curve_response (kind, params, hz, said, N);
  for (int i = 0; i < N; i++)
    if (said[i] > -60.0)
      g_assert_cmpfloat_with_epsilon (said[i], heard_response (answer, BLOCKS * TUTTI_BLOCK, hz[i]), 0.05);
}

static void
test_eq (void)
{
  for (int round = 0; round < 12; round++)
    {
      int16_t params[TUTTI_SCORE_EFFECT_PARAMS] = { 0 };

      for (int i = 0; i < 3; i++)
        params[i] = (int16_t) g_test_rand_int_range (-1800, 1801);
      params[3] = (int16_t) (g_test_rand_bit () ? g_test_rand_int_range (200, 600) : 0);
      params[4] = (int16_t) g_test_rand_int_range (200, 500);
      params[5] = (int16_t) g_test_rand_int_range (300, 900);
      params[6] = (int16_t) g_test_rand_int_range (30, 400);
      params[7] = (int16_t) g_test_rand_int_range (500, 950);
      check_response (TUTTI_SCORE_EFFECT_EQ, params);
    }
}

static void
test_filter (void)
{
  for (int round = 0; round < 12; round++)
    {
      int16_t params[TUTTI_SCORE_EFFECT_PARAMS] = { (int16_t) (round % 3), (int16_t) g_test_rand_int_range (250, 950),
                                                    (int16_t) g_test_rand_int_range (0, 700) };

      check_response (TUTTI_SCORE_EFFECT_FILTER, params);
    }
}

/* A steady value, until whatever moves has come to rest. */
static double
heard_transfer (TuttiScoreEffectKind kind, const int16_t *params, double db)
{
  g_autofree TuttiEffect *effect = effect_of (kind, params);
  TuttiKeys keys = { 0 };
  TuttiEffectContext context = { .keys = &keys };
  float size = (float) pow (10.0, db / 20.0);
  TuttiBlock x;

  for (int b = 0; b < 2000; b++)
    {
      for (int i = 0; i < TUTTI_BLOCK; i++)
        x.left[i] = x.right[i] = size;
      context.time.frame = b * TUTTI_BLOCK;
      tutti_effect_run (effect, &x, &context);
    }
  return 20.0 * log10 (fabsf (x.left[TUTTI_BLOCK - 1]) + 1e-12);
}

static void
check_transfer (TuttiScoreEffectKind kind, const int16_t *params)
{
  enum { N = 12 };
  double in[N], said[N];

  for (int i = 0; i < N; i++)
    in[i] = -57.3 + 5.1 * i;
  tutti_curve_transfer (kind, params, in, said, N);
  for (int i = 0; i < N; i++)
    if (said[i] > -90.0)
      g_assert_cmpfloat_with_epsilon (said[i], heard_transfer (kind, params, in[i]), 0.05);
    else
      g_assert_cmpfloat (heard_transfer (kind, params, in[i]), <, -80.0);
}

static void
test_levels (void)
{
  static const struct { TuttiScoreEffectKind kind; int16_t params[TUTTI_SCORE_EFFECT_PARAMS]; } cases[] = {
    { TUTTI_SCORE_EFFECT_COMPRESSOR, { -1800, 300, 80, 90, 200, 1000, 600 } },
    { TUTTI_SCORE_EFFECT_COMPRESSOR, { -3000, 2000, 10, 50, 0, 500, 0 } },
    { TUTTI_SCORE_EFFECT_GATE, { -3000, 10, 40, 120, -9000 } },
    { TUTTI_SCORE_EFFECT_GATE, { -2000, 10, 40, 120, -1200 } },
    { TUTTI_SCORE_EFFECT_DRIVE, { 300, 700 } },
    { TUTTI_SCORE_EFFECT_DRIVE, { 50, 1000 } },
    { TUTTI_SCORE_EFFECT_CRUSH, { 4, 1, 1000 } },
    { TUTTI_SCORE_EFFECT_CRUSH, { 6, 1, 400 } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_transfer (cases[i].kind, cases[i].params);
}

/* A limiter lets through what lies below its ceiling, and no more than that of what lies above. */
static void
test_limiter (void)
{
  static const int16_t params[TUTTI_SCORE_EFFECT_PARAMS] = { -300, 600, 100 };
  static const double in[] = { -40, -12, -9, -6, 0, 6 }, wanted[] = { -34, -6, -3, -3, -3, -3 };
  double said[G_N_ELEMENTS (in)];

  tutti_curve_transfer (TUTTI_SCORE_EFFECT_LIMITER, params, in, said, G_N_ELEMENTS (in));
  for (guint i = 0; i < G_N_ELEMENTS (in); i++)
    g_assert_cmpfloat_with_epsilon (said[i], wanted[i], 0.01);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/curve/eq", test_eq);
  g_test_add_func ("/curve/filter", test_filter);
  g_test_add_func ("/curve/levels", test_levels);
  g_test_add_func ("/curve/limiter", test_limiter);
  return g_test_run ();
}
