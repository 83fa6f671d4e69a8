/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sinc-table.h"

#include "tutti-math.h"
#include "tutti-sinc.h"
#include <pthread.h>

TuttiSincRow tutti_sinc_table[TUTTI_SINC_PHASES];
bool tutti_sinc_wide;

/* Kaiser's window (1974). The Bessel function's series runs in the square of its argument, so no root is needed. */
static double
bessel_i0 (double square)
{
  double term = 1.0, sum = 1.0;

  for (int k = 1; k < 40; k++)
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

/* One of the steps between two rows; a power of two, so scaling by it is exact. */
#define GROW_UNIT (1.0f / (float) (1u << (32 - TUTTI_SINC_PHASE_BITS)))

/* One row in double, with its sum brought to 1 so that a constant stays constant at every phase. Row 0 is exactly the
 * frame itself: the sine of a whole number of half turns is exactly 0 here. */
static void
fill_row (double *row, unsigned phase)
{
  double sum = 0.0;

  for (int k = 0; k < TUTTI_SINC_TAPS; k++)
    {
      double t = (double) (k - (TUTTI_SINC_TAPS / 2 - 1)) - (double) phase / TUTTI_SINC_PHASES;
      double sinc = t == 0.0 ? 1.0 : tutti_sin_turns (t * 0.5) / (TUTTI_PI * t);

      row[k] = sinc * tutti_sinc_window (t / (TUTTI_SINC_TAPS / 2), 8.0);
      sum += row[k];
    }
  for (int k = 0; k < TUTTI_SINC_TAPS; k++)
    row[k] /= sum;
}

static void
fill_table (void)
{
  double row[2][TUTTI_SINC_TAPS];

  fill_row (row[0], 0);
  for (unsigned p = 0; p < TUTTI_SINC_PHASES; p++)
    {
      double *here = row[p & 1], *there = row[(p + 1) & 1];

      fill_row (there, p + 1);
      for (int k = 0; k < TUTTI_SINC_TAPS; k++)
        {
          tutti_sinc_table[p].tap[k] = (float) here[k];
          tutti_sinc_table[p].grow[k] = ((float) there[k] - (float) here[k]) * GROW_UNIT;
        }
    }
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
