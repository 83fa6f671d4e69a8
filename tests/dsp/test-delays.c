/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What remembers: delay, chorus and reverb, against what is known of them from outside. */
#include "tutti-chorus.h"
#include "tutti-delay.h"
#include "tutti-reverb.h"

#include "dsp-test.h"
#include <math.h>

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

/* ---- reverb ---- */

/* Seconds for 60 dB, from the slope of the backward integral (Schroeder 1965) between −5 and −35 dB, of what is left of an impulse in
 * the octave about 1 kHz. */
static double
measured_decay (const TuttiReverbValues *values)
{
  int n = (values->decay_ms * 14 / 10 + 500) * (TUTTI_RATE / 1000) / TUTTI_BLOCK * TUTTI_BLOCK, at5 = 0, at35 = 0;
  g_autofree double *energy = g_new (double, n);
  g_autofree TuttiReverb *reverb = g_new (TuttiReverb, 1);
  DspBiquad band = { { 0 }, { 0 } };
  double w = 2.0 * M_PI * 1000.0 / TUTTI_RATE, alpha = sin (w) / 2.83, x1 = 0, x2 = 0, y1 = 0, y2 = 0, total = 0;

  band = (DspBiquad) { { alpha, 0, -alpha }, { 1 + alpha, -2 * cos (w), 1 - alpha } };
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/kinds/chorus-delay", test_chorus_delay);
  g_test_add_func ("/dsp/kinds/chorus-swings-with-the-frame", test_chorus_swings_with_the_frame);
  g_test_add_func ("/dsp/kinds/ping-pong", test_ping_pong);
  g_test_add_func ("/dsp/kinds/delay-copy", test_delay_copy);
  g_test_add_func ("/dsp/kinds/reverb-decay", test_reverb_decay);
  g_test_add_func ("/dsp/kinds/reverb-is-even", test_reverb_is_even);
  return g_test_run ();
}
