/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include <stdint.h>

/* Transcendental functions of our own, because libm's differ between systems and even between processors. Made of + - * /
 * and integer steps alone, in double, so that every compiler and processor gives the same bits. Relative error below
 * 1e-12 (absolute for sin and cos) inside the stated ranges. All are Realtime-safe and may run on any thread. */

#define TUTTI_PI 3.14159265358979323846

/* x in turns (1.0 is a full circle), |x| < 2^31: exact reduction, no drift with large arguments. */
TUTTI_REALTIME double tutti_sin_turns (double x);
TUTTI_REALTIME double tutti_cos_turns (double x);
/* x in radians, |x| < 1e6. */
TUTTI_REALTIME double tutti_sin (double x);
TUTTI_REALTIME double tutti_cos (double x);
/* tan of pi times x, 0 <= x <= 0.499: the warped frequency of a filter whose cut-off is x times the sample rate. */
TUTTI_REALTIME double tutti_tan_pi (double x);
/* 2 to the x, -1000 <= x <= 1000 (clamped; not a number counts as 1000). */
TUTTI_REALTIME double tutti_exp2 (double x);
/* Logarithm to base 2, x > 0 and not subnormal. */
TUTTI_REALTIME double tutti_log2 (double x);
/* Amplitude of a gain in 1/100 dB: -600 gives 0.501…; at or below TUTTI_GAIN_OFF exactly 0. */
#define TUTTI_GAIN_OFF (-12000)
TUTTI_REALTIME float tutti_gain (int32_t centibel);
/* Equal-power pan, -1000 (left) to 1000 (right, clamped): both 0.7071… in the middle. */
TUTTI_REALTIME void tutti_pan (int32_t pan, float *left, float *right);
/* 32.32 fixed-point ratio of a pitch in cents, -12000 to 4800 (clamped, what the sinc voice takes): exactly 1 << 32 for 0. */
TUTTI_REALTIME int64_t tutti_pitch_step (int32_t cents);

/* Of two frames or places. */
static inline int64_t
tutti_sooner (int64_t a, int64_t b)
{
  return a < b ? a : b;
}

static inline int64_t
tutti_later (int64_t a, int64_t b)
{
  return a > b ? a : b;
}

/* splitmix64's finaliser (Steele, Lea and Flood 2014): every input bit reaches every output bit. */
static inline uint64_t
tutti_scramble (uint64_t x)
{
  x = (x ^ (x >> 30)) * UINT64_C (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * UINT64_C (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* A soft clip close to tanh (below 0.025 off), odd, exactly +-1 from |x| >= 3 on (before, up to one rounding above), slope 1
 * at 0; NaN becomes 1. */
static inline float
tutti_soft_clip (float x)
{
  float y = x < 3.0f ? x : 3.0f;
  y = y > -3.0f ? y : -3.0f;
  float s = y * y;

  return y * (27.0f + s) / (27.0f + 9.0f * s);
}
