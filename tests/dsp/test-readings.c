/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is read off the sound: fingerprint, meter, glide. */
#include "tutti-fingerprint.h"
#include "tutti-glide.h"
#include "tutti-meter.h"

#include "dsp-test.h"
#include <math.h>

static void
test_fingerprint (void)
{
  enum { N = 4000 };
  g_autofree float *left = g_new (float, N);
  g_autofree float *right = g_new (float, N);
  TuttiFingerprint whole, split;
  guint32 seed = (guint32) g_test_rand_int ();

  dsp_test_noise (&seed, left, N, 1.0f);
  dsp_test_noise (&seed, right, N, 1.0f);
  left[7] = 0.0f;
  tutti_fingerprint_reset (&whole);
  tutti_fingerprint_feed (&whole, left, right, N);
  for (int round = 0; round < 50; round++)
    {
      tutti_fingerprint_reset (&split);
      for (int at = 0; at < N;)
        {
          int n = g_test_rand_int_range (0, 200);

          n = MIN (n, N - at);
          tutti_fingerprint_feed (&split, left + at, right + at, (gsize) n);
          at += n;
        }
      g_assert_cmphex (tutti_fingerprint_value (&split), ==, tutti_fingerprint_value (&whole));
    }
  left[7] = -0.0f;
  tutti_fingerprint_reset (&split);
  tutti_fingerprint_feed (&split, left, right, N);
  g_assert_cmphex (tutti_fingerprint_value (&split), ==, tutti_fingerprint_value (&whole));
}

/* One bit anywhere, two frames or two sides exchanged, one frame less: another value. */
static void
test_fingerprint_tells (void)
{
  float left[64], right[64];
  TuttiFingerprint print;
  guint32 seed = (guint32) g_test_rand_int ();
  GHashTable *seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  dsp_test_noise (&seed, left, 64, 1.0f);
  dsp_test_noise (&seed, right, 64, 1.0f);
  /* Of a zero alone the sign does not count. */
  for (int i = 0; i < 64; i++)
    {
      left[i] = left[i] == 0.0f ? 0.25f : left[i];
      right[i] = right[i] == 0.0f ? 0.25f : right[i];
    }
  for (int round = 0; round < 2 * 64 * 31 + 3; round++)
    {
      float l[64], r[64];
      guint32 bits;
      int side = round & 1, frame = (round >> 1) % 64, bit = round / 128;

      memcpy (l, left, sizeof l);
      memcpy (r, right, sizeof r);
      /* The exponent's bits could make an infinity: only the mantissa and the sign. */
      if (bit < 31)
        {
          float *at = side ? &r[frame] : &l[frame];
          memcpy (&bits, at, 4);
          bits ^= bit < 23 ? 1u << bit : bit == 23 ? 1u << 31 : (1u << (bit - 23)) * 3u;
          memcpy (at, &bits, 4);
        }
      tutti_fingerprint_reset (&print);
      if (round == 2 * 64 * 31)
        tutti_fingerprint_feed (&print, right, left, 64);
      else
        tutti_fingerprint_feed (&print, l, r, round == 2 * 64 * 31 + 1 ? 63 : 64);
      g_assert_false (print.failed);
      g_assert_true (g_hash_table_add (seen, g_memdup2 (&(gint64) { (gint64) tutti_fingerprint_value (&print) }, 8)));
    }
  g_hash_table_unref (seen);

  left[5] = NAN;
  tutti_fingerprint_reset (&print);
  tutti_fingerprint_feed (&print, left, right, 64);
  g_assert_true (print.failed);
  g_assert_cmphex (tutti_fingerprint_value (&print), ==, 0);
}

static void
test_meter (void)
{
  TuttiMeter meter;
  TuttiBlock block = { 0 }, silence = { 0 };

  tutti_meter_reset (&meter);
  block.left[63] = -0.5f;
  block.right[0] = 0.25f;
  tutti_meter_feed (&meter, &block, 0, 20);
  g_assert_true (tutti_meter_read (&meter, 0) == 0.0f);
  tutti_meter_feed (&meter, &block, 20, TUTTI_BLOCK);
  g_assert_true (tutti_meter_read (&meter, 0) == 0.5f);
  g_assert_true (tutti_meter_read (&meter, 1) == 0.25f);
  for (int i = 0; i < 225; i++)
    tutti_meter_feed (&meter, &silence, 0, TUTTI_BLOCK);
  g_assert_cmpfloat_with_epsilon (tutti_meter_read (&meter, 0), 0.05, 0.0005);
  for (int i = 0; i < 6000; i++)
    tutti_meter_feed (&meter, &silence, 0, TUTTI_BLOCK);
  g_assert_true (tutti_meter_read (&meter, 0) == 0.0f);
}

static void
test_glide (void)
{
  TuttiGlide glide, whole;
  float x[4000], y[4000];

  tutti_glide_init (&glide, 1.0f, 240);
  tutti_glide_aim (&glide, 0.25f);
  whole = glide;
  for (int i = 0; i < 4000; i++)
    x[i] = y[i] = 1.0f;
  tutti_glide_apply (&whole, x, 4000);
  for (int i = 0; i < 4000;)
    {
      int n = g_test_rand_int_range (1, 100);

      n = MIN (n, 4000 - i);
      tutti_glide_apply (&glide, y + i, (gsize) n);
      i += n;
    }
  g_assert_cmpint (memcmp (x, y, sizeof x), ==, 0);
  g_assert_true (x[0] == 1.0f);
  g_assert_true (x[3999] == 0.25f && glide.gap == 0.0f);
  for (int i = 1; i < 4000; i++)
    g_assert_true (x[i] <= x[i - 1] && x[i - 1] - x[i] < 0.004f);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dsp/readings/fingerprint", test_fingerprint);
  g_test_add_func ("/dsp/readings/fingerprint-tells", test_fingerprint_tells);
  g_test_add_func ("/dsp/readings/meter", test_meter);
  g_test_add_func ("/dsp/readings/glide", test_glide);
  return g_test_run ();
}
