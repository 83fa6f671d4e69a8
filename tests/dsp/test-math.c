/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our own functions against libm, which a test may use. */
#include "tutti-fp-guard.h"
#include "tutti-math.h"

#include <float.h>
#include <glib.h>
#include <math.h>

typedef struct
{
  const char *name;
  double (*ours) (double), (*theirs) (double);
  double      min, max;
  double      bound;
  gboolean    relative;
} Function;

static double sin_turns_reference (double x) { return sin (2.0 * M_PI * x); }
static double cos_turns_reference (double x) { return cos (2.0 * M_PI * x); }
static double tan_pi_reference (double x) { return tan (M_PI * x); }

static const Function functions[] = {
  { "sin-turns", tutti_sin_turns, sin_turns_reference, -3.0, 3.0, 1e-14, FALSE },
  { "cos-turns", tutti_cos_turns, cos_turns_reference, -3.0, 3.0, 1e-14, FALSE },
  { "sin", tutti_sin, sin, -1000.0, 1000.0, 1e-12, FALSE },
  { "cos", tutti_cos, cos, -1000.0, 1000.0, 1e-12, FALSE },
  { "tan-pi", tutti_tan_pi, tan_pi_reference, 0.0001, 0.499, 1e-12, TRUE },
  { "exp2", tutti_exp2, exp2, -900.0, 900.0, 1e-12, TRUE },
  { "log2", tutti_log2, log2, 1e-6, 1e6, 1e-12, FALSE },
};

static void
test_function (gconstpointer data)
{
  const Function *f = data;

  for (int i = 0; i < 200000; i++)
    {
      double x = g_test_rand_double_range (f->min, f->max);
      double ours = f->ours (x), theirs = f->theirs (x);
      double error = fabs (ours - theirs) / (f->relative ? fabs (theirs) : 1.0);

      if (!(error < f->bound))
        g_error ("%s (%.17g) is %.17g, libm says %.17g", f->name, x, ours, theirs);
    }
}

static void
test_exact_places (void)
{
  g_assert_true (tutti_sin_turns (0.5) == 0.0);
  g_assert_true (tutti_sin_turns (-17.0) == 0.0);
  g_assert_true (tutti_cos_turns (0.25) == 0.0);
  g_assert_true (tutti_cos_turns (3.0) == 1.0);
  g_assert_true (tutti_exp2 (0.0) == 1.0);
  g_assert_true (tutti_exp2 (-3.0) == 0.125);
  g_assert_true (tutti_log2 (8.0) == 3.0);
  g_assert_true (tutti_exp2 (1e9) == exp2 (1000.0));
  g_assert_true (tutti_exp2 (NAN) == exp2 (1000.0));
}

static void
test_units (void)
{
  float left, right;

  g_assert_true (tutti_gain (0) == 1.0f);
  g_assert_true (tutti_gain (TUTTI_GAIN_OFF) == 0.0f);
  g_assert_true (tutti_gain (G_MININT32) == 0.0f);
  for (int cb = -11999; cb <= 2400; cb += 7)
    g_assert_cmpfloat_with_epsilon (tutti_gain (cb) / pow (10.0, cb / 2000.0), 1.0, 1e-6);

  tutti_pan (-1000, &left, &right);
  g_assert_true (left == 1.0f && right == 0.0f);
  tutti_pan (2000, &left, &right);
  g_assert_true (left == 0.0f && right == 1.0f);
  for (int pan = -1000; pan <= 1000; pan += 10)
    {
      tutti_pan (pan, &left, &right);
      g_assert_cmpfloat_with_epsilon (left * left + right * right, 1.0, 1e-6);
    }

  g_assert_cmpint (tutti_pitch_step (0), ==, (gint64) 1 << 32);
  g_assert_cmpint (tutti_pitch_step (1200), ==, (gint64) 1 << 33);
  g_assert_cmpint (tutti_pitch_step (-2400), ==, (gint64) 1 << 30);
  g_assert_cmpint (tutti_pitch_step (G_MAXINT32), ==, (gint64) 1 << 36);
  g_assert_cmpint (ABS (tutti_pitch_step (700) - (gint64) (exp2 (7.0 / 12.0) * 4294967296.0)), <=, 1);
}

static void
test_soft_clip (void)
{
  float last = -2.0f;

  for (double x = -8.0; x <= 8.0; x += 0.001)
    {
      float y = tutti_soft_clip ((float) x);

      g_assert_cmpfloat_with_epsilon (y, tanh (x), 0.025);
      g_assert_true (y >= last - 2e-7f && y >= -1.0f - 2e-7f && y <= 1.0f + 2e-7f);
      last = y;
    }
  g_assert_true (tutti_soft_clip (3.0f) == 1.0f);
  g_assert_true (tutti_soft_clip (NAN) == 1.0f);
  g_assert_true (tutti_soft_clip (-INFINITY) == -1.0f);
}

/* Whatever another library left behind, inside the guard subnormals live and rounding is to nearest; outside it is theirs. */
static void
test_guard (void)
{
#if defined(__SSE2__)
  volatile float tiny = FLT_MIN, half = 0.5f;

  __builtin_ia32_ldmxcsr (0x1f80 | 0x8040 | 0x6000);
  volatile float flushed = tiny * half;
  TuttiFpGuard guard = tutti_fp_guard_enter ();
  volatile float kept = tiny * half;
  tutti_fp_guard_leave (guard);
  unsigned after = __builtin_ia32_stmxcsr ();
  __builtin_ia32_ldmxcsr (0x1f80);

  g_assert_true (flushed == 0.0f);
  g_assert_true (kept > 0.0f);
  g_assert_cmphex (after & 0xffc0, ==, 0x1f80 | 0x8040 | 0x6000);
#else
  g_test_skip ("needs SSE2");
#endif
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      g_autofree char *path = g_strdup_printf ("/dsp/math/%s", functions[i].name);
      g_test_add_data_func (path, &functions[i], test_function);
    }
  g_test_add_func ("/dsp/math/exact-places", test_exact_places);
  g_test_add_func ("/dsp/math/units", test_units);
  g_test_add_func ("/dsp/math/soft-clip", test_soft_clip);
  g_test_add_func ("/dsp/math/fp-guard", test_guard);
  return g_test_run ();
}
