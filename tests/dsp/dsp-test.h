/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Coefficients of a second-order section: (b0 + b1 z⁻¹ + b2 z⁻²) / (a0 + a1 z⁻¹ + a2 z⁻²). */
typedef struct
{
  double b[3], a[3];
} DspBiquad;

/* Of an amplitude or a gain; silence is −240. */
static inline double
dsp_test_db (double gain)
{
  return 20.0 * log10 (gain + 1e-12);
}

/* Repeatable noise, -level … level. */
static inline void
dsp_test_noise (guint32 *seed, float *x, gsize n, float level)
{
  for (gsize i = 0; i < n; i++)
    {
      *seed = *seed * 1664525u + 1013904223u;
      x[i] = (float) (gint32) *seed * 0x1p-31f * level;
    }
}

static inline void
dsp_test_noise_block (guint32 *seed, TuttiBlock *block, float level)
{
  dsp_test_noise (seed, block->left, TUTTI_BLOCK, level);
  dsp_test_noise (seed, block->right, TUTTI_BLOCK, level);
}

/* Cuts 0 … TUTTI_BLOCK at random places; returns the number of borders, the first 0 and the last TUTTI_BLOCK. */
static inline unsigned
dsp_test_cuts (unsigned cut[TUTTI_BLOCK + 1])
{
  unsigned n = 1;

  cut[0] = 0;
  while (cut[n - 1] < TUTTI_BLOCK)
    {
      unsigned step = (unsigned) g_test_rand_int_range (1, g_test_rand_bit () ? 8 : TUTTI_BLOCK + 1);
      cut[n] = MIN (cut[n - 1] + step, TUTTI_BLOCK);
      n++;
    }
  return n;
}

/* Equal to the bit, left and right alike. */
static inline gboolean
dsp_test_same (const TuttiBlock *a, const TuttiBlock *b)
{
  return memcmp (a, b, sizeof *a) == 0;
}
