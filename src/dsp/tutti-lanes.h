/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include <stdbool.h>
#include <string.h>

/* Small helpers that several kernels share. */

#define TUTTI_INLINE static inline __attribute__ ((always_inline))

/* What is smaller is flushed to 0 at the end of a grid block: no tail lasts for ever, and no subnormal slows us down. */
#define TUTTI_FLUSH_BELOW 1e-15f

/* How far frame i lies into its block: exact, since TUTTI_BLOCK is a power of two. */
TUTTI_INLINE float
tutti_share (unsigned i)
{
  return (float) (int32_t) i * (1.0f / TUTTI_BLOCK);
}

/* The value at that share of the way from one grid point to the next; exactly "from" when both are equal. */
TUTTI_INLINE float
tutti_between (float from, float to, float share)
{
  return from + (to - from) * share;
}

TUTTI_INLINE float
tutti_size (float x)
{
  return x < 0.0f ? -x : x;
}

TUTTI_INLINE int32_t
tutti_clamp (int32_t x, int32_t min, int32_t max)
{
  return x < min ? min : x > max ? max : x;
}

/* 2 to the x, -100 <= x <= 100, 2e-6 off at most and exactly 1 at 0: for what is worked out many times a block. */
TUTTI_INLINE float
tutti_quick_exp2 (float x)
{
  int32_t whole = (int32_t) (x + 128.0f) - 128, bits = (127 + whole) << 23;
  float f = (x - (float) whole) * 0.693147181f, scale;

  memcpy (&scale, &bits, sizeof scale);
  return scale * (1.0f + f * (1.0f + f * (0.5f + f * (0.166666667f + f * (0.0416666667f + f * (0.00833333333f
    + f * (0.00138888889f + f * 0.000198412698f)))))));
}

/* The largest size among n values, as the bits of a float, whose order is that of the sizes; a value that is no number
 * counts as larger than all. Whole numbers, so that the loop may run in lanes without a change of result. */
TUTTI_INLINE int32_t
tutti_largest_bits (const float *x, unsigned n)
{
  int32_t largest = 0;

  for (unsigned i = 0; i < n; i++)
    {
      int32_t bits;

      memcpy (&bits, &x[i], sizeof bits);
      bits &= 0x7fffffff;
      largest = bits > largest ? bits : largest;
    }
  return largest;
}

/* Asks for @n values from @x on, which are read or written a block later: with many lines they would lie outside the caches. */
TUTTI_INLINE void
tutti_expect (const float *x, unsigned n)
{
  for (unsigned i = 0; i < n; i += 16)
    __builtin_prefetch (x + i);
}

/* All n values are so small that they count as silence. */
TUTTI_INLINE bool
tutti_negligible (const float *x, unsigned n)
{
  const float limit = TUTTI_FLUSH_BELOW;
  int32_t limit_bits;

  memcpy (&limit_bits, &limit, sizeof limit_bits);
  return tutti_largest_bits (x, n) < limit_bits;
}
