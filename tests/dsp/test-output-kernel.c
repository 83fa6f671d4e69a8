/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include <glib.h>

#include "tutti-output-kernel.h"

#define N    16384
#define ROOM (N + N / 64 + 2 * TUTTI_OUTPUT_KERNEL_TAPS)
#define ONE  4294967296.0

static TuttiOutputKernel kernel;
static float in[2 * ROOM], out[2 * N], again[2 * N];

/* A tone read 100 ppm too fast is the same tone, to the figures of DESIGN §5a. */
static void
test_tone (gconstpointer data)
{
  static const struct { int hz; double least_db; } tones[] = {
    { 997, 110 }, { 5000, 110 }, { 10000, 109 }, { 15000, 101 }, { 18000, 101 }
  };
  guint row = GPOINTER_TO_UINT (data);
  double turn = 2 * G_PI * tones[row].hz / 48000, noise = 0, signal = 0, gain, product = 0;
  guint64 step = (guint64) (1.0001 * ONE);
  guint32 part = g_test_rand_int ();

  for (guint i = 0; i < ROOM; i++)
    {
      in[2 * i] = (float) (0.5 * sin (turn * i));
      in[2 * i + 1] = (float) (0.5 * cos (turn * i));
    }
  tutti_output_kernel_run (&kernel, in, part, step, N, out);
  for (guint pass = 0; pass < 2; pass++)
    {
      gain = pass == 0 ? 1 : product / signal;
      noise = signal = product = 0;
      for (guint i = 0; i < N; i++)
        {
          double at = TUTTI_OUTPUT_KERNEL_BEFORE + part / ONE + i * (step / ONE);
          double want[2] = { 0.5 * sin (turn * at), 0.5 * cos (turn * at) };

          for (guint side = 0; side < 2; side++)
            {
              noise += pow (out[2 * i + side] - gain * want[side], 2);
              product += out[2 * i + side] * want[side];
              signal += want[side] * want[side];
            }
        }
    }
  g_assert_cmpfloat (fabs (20 * log10 (gain)), <, 0.001);
  g_assert_cmpfloat (10 * log10 (signal / noise), >, tones[row].least_db);
}

/* On whole frames nothing is interpolated: the very same bits come out. */
static void
test_whole_frames (void)
{
  for (guint i = 0; i < 2 * ROOM; i++)
    in[i] = (float) g_test_rand_double_range (-1, 1);
  tutti_output_kernel_run (&kernel, in, 0, G_GUINT64_CONSTANT (1) << 32, N, out);
  for (guint i = 0; i < 2 * N; i++)
    g_assert_cmpfloat_with_epsilon (out[i], in[i + 2 * TUTTI_OUTPUT_KERNEL_BEFORE], 1e-6);
}

static void
test_constant (void)
{
  for (guint i = 0; i < 2 * ROOM; i++)
    in[i] = 0.75f;
  tutti_output_kernel_run (&kernel, in, g_test_rand_int (), (guint64) (0.9997 * ONE), N, out);
  for (guint i = 0; i < 2 * N; i++)
    g_assert_cmpfloat_with_epsilon (out[i], 0.75f, 1e-6);
}

/* Any split gives the same bits: state between two calls is the position alone. */
static void
test_split (void)
{
  guint64 step = (guint64) (1.00021 * ONE), at = (guint32) g_test_rand_int ();
  guint32 part = (guint32) at;

  for (guint i = 0; i < 2 * ROOM; i++)
    in[i] = (float) g_test_rand_double_range (-1, 1);
  tutti_output_kernel_run (&kernel, in, part, step, N, out);
  for (guint done = 0; done < N;)
    {
      guint n = g_test_rand_int_range (1, 700);

      n = MIN (n, N - done);
      tutti_output_kernel_run (&kernel, in + 2 * (at >> 32), (guint32) at, step, n, again + 2 * done);
      at += step * n;
      done += n;
    }
  g_assert_true (memcmp (out, again, sizeof out) == 0);
}

int
main (int argc, char **argv)
{
  static const char *const names[] = { "1k", "5k", "10k", "15k", "18k" };

  g_test_init (&argc, &argv, NULL);
  tutti_output_kernel_init (&kernel);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/output-kernel/tone/%s", names[i]);
      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_tone);
    }
  g_test_add_func ("/output-kernel/whole-frames", test_whole_frames);
  g_test_add_func ("/output-kernel/constant", test_constant);
  g_test_add_func ("/output-kernel/split", test_split);
  return g_test_run ();
}
