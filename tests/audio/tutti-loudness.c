/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-loudness.h"

#include <math.h>

enum { HOP = 4800, BLOCK_HOPS = 4 };  /* 400 ms blocks, three quarters overlapping */

typedef struct
{
  double b0, b1, b2, a1, a2;
  double z1, z2;
} Biquad;

static double
biquad_next (Biquad *self, double x)
{
  double y = self->b0 * x + self->z1;

  self->z1 = self->b1 * x - self->a1 * y + self->z2;
  self->z2 = self->b2 * x - self->a2 * y;
  return y;
}

/* The two filters of the recommendation: the head, then what the ear does not weigh below 100 Hz. Energy a hop. */
static void
add_weighted (const float *stereo, gsize side, gsize n_hops, double *energy)
{
  Biquad head = { 1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585 };
  Biquad low = { 1.0, -2.0, 1.0, -1.99004745483398, 0.99007225036621 };

  for (gsize i = 0; i < n_hops * HOP; i++)
    {
      double y = biquad_next (&low, biquad_next (&head, stereo[2 * i + side]));

      energy[i / HOP] += y * y / HOP;
    }
}

static double
loudness_of (double energy)
{
  return energy > 0 ? -0.691 + 10 * log10 (energy) : -INFINITY;
}

/* Mean over the blocks that are louder than @gate. */
static double
gated_mean (const double *energy, gsize n_hops, double gate)
{
  double sum = 0;
  gsize n = 0;

  for (gsize i = 0; i + BLOCK_HOPS <= n_hops; i++)
    {
      double block = 0;

      for (gsize j = 0; j < BLOCK_HOPS; j++)
        block += energy[i + j] / BLOCK_HOPS;
      if (loudness_of (block) <= gate)
        continue;
      sum += block;
      n++;
    }
  return n > 0 ? sum / (double) n : 0;
}

void
tutti_loudness_measure (const float *stereo, gsize n_frames, TuttiLoudness *out)
{
  gsize n_hops = n_frames / HOP, silent = 0, longest = 0;
  g_autofree double *energy = g_new0 (double, n_hops + 1);
  double mean[2] = { 0 }, peak = 0;

  for (gsize i = 0; i < n_frames; i++)
    {
      double loudest = fmax (fabs ((double) stereo[2 * i]), fabs ((double) stereo[2 * i + 1]));

      peak = fmax (peak, loudest);
      silent = loudest < 1e-4 ? silent + 1 : 0;
      longest = MAX (longest, silent);
      mean[0] += stereo[2 * i] / (double) n_frames;
      mean[1] += stereo[2 * i + 1] / (double) n_frames;
    }
  add_weighted (stereo, 0, n_hops, energy);
  add_weighted (stereo, 1, n_hops, energy);
  out->lufs = loudness_of (gated_mean (energy, n_hops, loudness_of (gated_mean (energy, n_hops, -70)) - 10));
  out->peak_db = 20 * log10 (peak);
  out->dc = fmax (fabs (mean[0]), fabs (mean[1]));
  out->longest_silence_s = (double) longest / 48000;
}
