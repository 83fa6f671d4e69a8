/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-output-kernel.h"

#define PI   3.14159265358979323846
#define BETA 10.0
#define HALF (TUTTI_OUTPUT_KERNEL_TAPS / 2)

/* One version for each kind of processor; the loader picks. It runs before the thread sanitizer is ready, so not under that. */
#if defined(__x86_64__) && defined(__gnu_linux__) && !defined(__SANITIZE_THREAD__) && !defined(__clang__)
#define CLONES __attribute__ ((target_clones ("arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

typedef float Four __attribute__ ((vector_size (16), aligned (4)));
typedef float Eight __attribute__ ((vector_size (32), aligned (4)));

/* Taylor series: 30 terms are exact to a double's last digit for |x| ≤ π. */
static double
sine (double x)
{
  double term = x, sum = x;

  for (int i = 1; i < 30; i++)
    {
      term *= -x * x / ((2.0 * i) * (2.0 * i + 1.0));
      sum += term;
    }
  return sum;
}

/* The modified Bessel function of order 0 of √square: Kaiser's window needs it of β√(1 − t²), so the root is never taken. */
static double
bessel_of_root (double square)
{
  double term = 1, sum = 1;

  for (int i = 1; i < 60; i++)
    {
      term *= square / (4.0 * i * i);
      sum += term;
    }
  return sum;
}

/* The windowed sinc at `t` = whole − fraction, with sin (π·t) = −(−1)^whole · sin (π·fraction). */
static double
windowed_sinc (int whole, double fraction)
{
  double t = whole - fraction, edge = t / HALF;
  double window = edge * edge < 1 ? bessel_of_root (BETA * BETA * (1 - edge * edge)) / bessel_of_root (BETA * BETA) : 0;

  if (t == 0)
    return 1;
  return (whole & 1 ? 1 : -1) * sine (PI * fraction) / (PI * t) * window;
}

static void
fill_phase (float *taps, double fraction)
{
  double exact[TUTTI_OUTPUT_KERNEL_TAPS], sum = 0;

  for (int i = 0; i < TUTTI_OUTPUT_KERNEL_TAPS; i++)
    {
      exact[i] = windowed_sinc (i - TUTTI_OUTPUT_KERNEL_BEFORE, fraction);
      sum += exact[i];
    }
  /* Each phase passes a constant unchanged, so that no phase is louder than its neighbour. */
  for (int i = 0; i < TUTTI_OUTPUT_KERNEL_TAPS; i++)
    taps[i] = (float) (exact[i] / sum);
}

void
tutti_output_kernel_init (TuttiOutputKernel *kernel)
{
  for (int phase = 0; phase <= TUTTI_OUTPUT_KERNEL_PHASES; phase++)
    fill_phase (kernel->taps[phase], (double) phase / TUTTI_OUTPUT_KERNEL_PHASES);
}

/* Always inline: a helper of its own would be compiled for the plainest processor only. */
#define INLINE static inline __attribute__ ((always_inline))

/* Four taps against four stereo frames: left and right stay side by side, so that nothing is summed across before the end. */
INLINE void
weigh (const float *a, const float *b, float between, const float *in, Eight *sum)
{
  Four low = *(const Four *) a, high = *(const Four *) b;
  Four tap = low + (high - low) * between;

  *sum += __builtin_shufflevector (tap, tap, 0, 0, 1, 1, 2, 2, 3, 3) * *(const Eight *) in;
}

INLINE void
one_frame (const float *a, const float *b, float between, const float *in, float *out)
{
  Eight even = { 0 }, odd = { 0 };

  for (int i = 0; i < TUTTI_OUTPUT_KERNEL_TAPS; i += 8)
    {
      weigh (a + i, b + i, between, in + 2 * i, &even);
      weigh (a + i + 4, b + i + 4, between, in + 2 * i + 8, &odd);
    }
  even += odd;
  Four half = __builtin_shufflevector (even, even, 0, 1, 2, 3) + __builtin_shufflevector (even, even, 4, 5, 6, 7);
  out[0] = half[0] + half[2];
  out[1] = half[1] + half[3];
}

CLONES void
tutti_output_kernel_run (const TuttiOutputKernel *kernel, const float *in, uint32_t part, uint64_t step, unsigned n, float *out)
{
  uint64_t at = part;

  for (unsigned i = 0; i < n; i++, at += step)
    {
      unsigned phase = (uint32_t) at >> 24;
      float between = (float) (at & 0xffffff) * 0x1p-24f;

      one_frame (kernel->taps[phase], kernel->taps[phase + 1], between, in + 2 * (at >> 32), out + 2 * i);
    }
}
