/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sinc-table.h"

#include "tutti-math.h"
#include "tutti-sinc.h"
#include <pthread.h>

alignas (64) float tutti_sinc_table[TUTTI_SINC_PHASES][TUTTI_SINC_TAPS];
bool tutti_sinc_wide;

/* Kaiser's window (1974). The Bessel function's series runs in the square of its argument, so no root is needed. */
static double
bessel_i0 (double square)
{
  double term = 1.0, sum = 1.0;

  for (int k = 1; term > sum * 1e-17; k++)
    {
      term *= square * 0.25 / (double) (k * k);
      sum += term;
    }
  return sum;
}

double
tutti_sinc_window (double place, double beta)
{
  double inside = 1.0 - place * place;

  return inside < 0.0 ? 0.0 : bessel_i0 (beta * beta * inside) / bessel_i0 (beta * beta);
}

/* The kernel: a sum of cosines over the 8 frames that it spans. What is read is sampled twice as densely as its content asks
 * for, so the transition may be wide. The amplitudes were solved for by least squares, with weights raised where the error was
 * largest: flat within 0.05 dB up to 0.21 of the level's rate (20 kHz of level 0), all images of a tone together below -94 dB up
 * to 0.23, -74 dB at 0.25. That leaves the error of taking the nearest phase: -82 dB at 18 kHz, 6 dB less an octave down. */
static const double amplitude[] = { 0.12435862, 0.250818112, 0.240536942, 0.164422691, 0.057003016, 0.00664812, 0.000047153 };

static double
kernel (double t)
{
  double sum = 0.0;

  for (unsigned j = 0; j < sizeof amplitude / sizeof *amplitude; j++)
    sum += amplitude[j] * tutti_cos (j * TUTTI_PI * t / (TUTTI_SINC_TAPS / 2));
  return sum;
}

/* One row in double, with its sum brought to 1 so that a constant stays constant at every phase. */
static void
fill_row (unsigned phase)
{
  double row[TUTTI_SINC_TAPS], sum = 0.0;

  for (int k = 0; k < TUTTI_SINC_TAPS; k++)
    {
      row[k] = kernel ((double) (k - (TUTTI_SINC_TAPS / 2 - 1)) - (phase + 0.5) / TUTTI_SINC_PHASES);
      sum += row[k];
    }
  for (int k = 0; k < TUTTI_SINC_TAPS; k++)
    tutti_sinc_table[phase][k] = (float) (row[k] / sum);
}

static void
fill_table (void)
{
  for (unsigned phase = 0; phase < TUTTI_SINC_PHASES; phase++)
    fill_row (phase);
#if defined(__x86_64__) && defined(__GNUC__)
  __builtin_cpu_init ();
  tutti_sinc_wide = __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi")
                    && __builtin_cpu_supports ("bmi2");
#endif
}

void
tutti_sinc_init (void)
{
  static pthread_once_t once = PTHREAD_ONCE_INIT;

  pthread_once (&once, fill_table);
}
