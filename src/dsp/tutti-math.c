/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-math.h"

#include <string.h>

/* Nearest whole number; plain casts, because floor () may be a call. */
static inline int64_t
nearest (double x)
{
  return (int64_t) (x + (x < 0.0 ? -0.5 : 0.5));
}

/* Taylor series on |x| <= pi / 4, where the first missing term is below 1e-16. */
static inline double
sin_small (double x)
{
  double s = x * x;

  return x * (1.0 + s * (-1.0 / 6.0 + s * (1.0 / 120.0 + s * (-1.0 / 5040.0 + s * (1.0 / 362880.0
    + s * (-1.0 / 39916800.0 + s * (1.0 / 6227020800.0 + s * (-1.0 / 1307674368000.0))))))));
}

static inline double
cos_small (double x)
{
  double s = x * x;

  return 1.0 + s * (-1.0 / 2.0 + s * (1.0 / 24.0 + s * (-1.0 / 720.0 + s * (1.0 / 40320.0
    + s * (-1.0 / 3628800.0 + s * (1.0 / 479001600.0 + s * (-1.0 / 87178291200.0
    + s * (1.0 / 20922789888000.0))))))));
}

static inline double
sin_quarters (double turns, int64_t quarter)
{
  int64_t n = nearest (turns * 4.0);
  double x = (turns - (double) n * 0.25) * (2.0 * TUTTI_PI);

  switch ((n + quarter) & 3)
    {
    case 0: return sin_small (x);
    case 1: return cos_small (x);
    case 2: return -sin_small (x);
    default: return -cos_small (x);
    }
}

double
tutti_sin_turns (double x)
{
  return sin_quarters (x, 0);
}

double
tutti_cos_turns (double x)
{
  return sin_quarters (x, 1);
}

double
tutti_sin (double x)
{
  return sin_quarters (x * (0.5 / TUTTI_PI), 0);
}

double
tutti_cos (double x)
{
  return sin_quarters (x * (0.5 / TUTTI_PI), 1);
}

double
tutti_tan_pi (double x)
{
  return sin_quarters (x * 0.5, 0) / sin_quarters (x * 0.5, 1);
}

double
tutti_exp2 (double x)
{
  x = x < 1000.0 ? x : 1000.0;
  x = x > -1000.0 ? x : -1000.0;

  int64_t n = nearest (x);
  double t = (x - (double) n) * 0.693147180559945309417;
  double sum = 1.0;
  uint64_t bits = (uint64_t) (n + 1023) << 52;
  double scale;

  /* Horner's form of the exponential series on |t| < 0.35: 14 terms leave 1e-18. */
  for (int k = 14; k > 0; k--)
    sum = 1.0 + sum * t / (double) k;
  memcpy (&scale, &bits, sizeof scale);
  return sum * scale;
}

double
tutti_log2 (double x)
{
  uint64_t bits;
  double m;

  memcpy (&bits, &x, sizeof bits);
  int64_t e = (int64_t) (bits >> 52 & 0x7ff) - 1023;
  bits = (bits & 0xfffffffffffffULL) | 0x3ff0000000000000ULL;
  memcpy (&m, &bits, sizeof m);
  if (m > 1.41421356237309504880)
    {
      m *= 0.5;
      e++;
    }

  /* 2 artanh ((m - 1) / (m + 1)), |s| < 0.172: odd powers up to 23 leave 1e-19. */
  double s = (m - 1.0) / (m + 1.0);
  double q = s * s;
  double sum = 0.0;
  for (int k = 23; k > 0; k -= 2)
    sum = sum * q + 1.0 / (double) k;
  return (double) e + 2.0 * 1.44269504088896340736 * s * sum;
}

float
tutti_gain (int32_t centibel)
{
  /* log2 (10) / 2000 */
  return centibel <= TUTTI_GAIN_OFF ? 0.0f : (float) tutti_exp2 ((double) centibel * 0.00166096404744368118);
}

void
tutti_pan (int32_t pan, float *left, float *right)
{
  pan = pan < -1000 ? -1000 : pan > 1000 ? 1000 : pan;

  double turns = (double) (pan + 1000) / 8000.0;
  *left = (float) tutti_cos_turns (turns);
  *right = (float) tutti_sin_turns (turns);
}

int64_t
tutti_pitch_step (int32_t cents)
{
  cents = cents < -12000 ? -12000 : cents > 4800 ? 4800 : cents;
  return nearest (tutti_exp2 ((double) cents / 1200.0) * 4294967296.0);
}
