/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-reverb.h"

#include "tutti-lanes.h"
#include "tutti-math.h"
#include <string.h>

#define N TUTTI_REVERB_LINES
#define LINE_MASK (TUTTI_REVERB_LINE - 1)
#define DIFFUSER_MASK (TUTTI_REVERB_DIFFUSER - 1)

/* Primes, 30 to 69 ms, a nearly constant ratio apart: few modes fall together. */
static const uint32_t line_frames[N] = { 1427, 1607, 1811, 2039, 2297, 2591, 2917, 3301 };
static const uint32_t diffuser_frames[2][TUTTI_REVERB_DIFFUSERS] = { { 113, 211, 349, 571 }, { 127, 223, 367, 587 } };

static void
room (TuttiReverbPoint *point, int32_t decay_ms, int32_t damp, int32_t mix)
{
  double decay_frames = tutti_clamp (decay_ms, 100, 10000) * (TUTTI_RATE / 1000.0);

  for (int l = 0; l < N; l++)
    point->gain[l] = (float) tutti_exp2 (-9.965784284662087 * line_frames[l] / decay_frames);
  /* Weight of the neighbours: (1/4, 1/2, 1/4) at most. */
  point->damp = (float) tutti_clamp (damp, 0, 1000) * 0.00025f;
  point->mix = (float) tutti_clamp (mix, 0, 1000) * 0.001f;
}

void
tutti_reverb_reset (TuttiReverb *reverb)
{
  memset (reverb, 0, sizeof *reverb);
  reverb->quiet_blocks = TUTTI_REVERB_LINE / TUTTI_BLOCK;
  reverb->fresh = true;
  room (&reverb->aim, 1500, 300, 0);
}

void
tutti_reverb_set (TuttiReverb *reverb, int32_t decay_ms, int32_t damp, int32_t mix)
{
  room (&reverb->aim, decay_ms, damp, mix);
}

/* n frames of a ring of power-of-two size from place on. */
static void
read_ring (const float *ring, uint32_t mask, uint32_t place, unsigned n, float *out)
{
  uint32_t first = mask + 1 - (place & mask);

  first = first < n ? first : n;
  memcpy (out, ring + (place & mask), first * sizeof *out);
  memcpy (out + first, ring, (n - first) * sizeof *out);
}

/* Schroeder's all-pass (1961), for a whole stretch at once: its delay is longer than a block. */
TUTTI_INLINE void
diffuse (float *ring, uint32_t frames, uint32_t write, unsigned from, unsigned n, float *x)
{
  float past[TUTTI_BLOCK], *store = ring + (write & DIFFUSER_MASK) + from;

  read_ring (ring, DIFFUSER_MASK, write + from - frames, n, past);
  for (unsigned i = 0; i < n; i++)
    {
      float in = x[i] + 0.62f * past[i];

      x[i] = past[i] - 0.62f * in;
      store[i] = in;
    }
}

/* What a line gives back: smoothed by its neighbours and weakened by its own length's share of the decay. */
TUTTI_INLINE void
read_line (const TuttiReverb *reverb, int l, unsigned from, unsigned n, float *out)
{
  float past[TUTTI_BLOCK + 2];
  float gain = reverb->from.gain[l], gain_gap = reverb->to.gain[l] - gain;
  float damp = reverb->from.damp, damp_gap = reverb->to.damp - damp;

  read_ring (reverb->line[l], LINE_MASK, reverb->write + from - line_frames[l] - 1, n + 2, past);
  for (unsigned i = 0; i < n; i++)
    {
      float t = tutti_share (from + i), d = damp + damp_gap * t;

      out[i] = (past[i + 1] * (1.0f - 2.0f * d) + (past[i] + past[i + 2]) * d) * (gain + gain_gap * t);
    }
}

/* Fast Hadamard transform over the lines; every line hears every other, no energy is made or lost. */
TUTTI_INLINE void
mix_lines (float (*x)[TUTTI_BLOCK], unsigned n)
{
  for (int half = 1; half < N; half *= 2)
    for (int l = 0; l < N; l++)
      if (!(l & half))
        for (unsigned i = 0; i < n; i++)
          {
            float a = x[l][i], b = x[l + half][i];

            x[l][i] = a + b;
            x[l + half][i] = a - b;
          }
}

TUTTI_CLONES static void
run (TuttiReverb *reverb, TuttiBlock *block, unsigned from, unsigned n)
{
  alignas (64) float x[N][TUTTI_BLOCK], in[2][TUTTI_BLOCK], wet[2][TUTTI_BLOCK];

  for (int s = 0; s < 2; s++)
    {
      memcpy (in[s], (s == 0 ? block->left : block->right) + from, n * sizeof (float));
      for (int d = 0; d < TUTTI_REVERB_DIFFUSERS; d++)
        diffuse (reverb->diffuser[s][d], diffuser_frames[s][d], reverb->write, from, n, in[s]);
    }
  for (int l = 0; l < N; l++)
    read_line (reverb, l, from, n, x[l]);
  for (unsigned i = 0; i < n; i++)
    {
      wet[0][i] = ((x[0][i] - x[2][i]) + (x[4][i] - x[6][i])) * 0.5f;
      wet[1][i] = ((x[1][i] - x[3][i]) + (x[5][i] - x[7][i])) * 0.5f;
    }
  mix_lines (x, n);
  for (int l = 0; l < N; l++)
    {
      float *store = reverb->line[l] + (reverb->write & LINE_MASK) + from;

      for (unsigned i = 0; i < n; i++)
        store[i] = in[l & 1][i] * 0.5f + x[l][i] * 0.35355339f;
    }
  for (int s = 0; s < 2; s++)
    {
      float *out = (s == 0 ? block->left : block->right) + from;
      float mix = reverb->from.mix, gap = reverb->to.mix - mix;

      for (unsigned i = 0; i < n; i++)
        {
          float m = mix + gap * tutti_share (from + i);
          out[i] = out[i] * (1.0f - m) + wet[s][i] * m;
        }
    }
}

static void
end_block (TuttiReverb *reverb)
{
  uint32_t at = reverb->write & LINE_MASK, diffuser_at = reverb->write & DIFFUSER_MASK;
  bool quiet = true;

  for (int l = 0; quiet && l < N; l++)
    quiet = tutti_negligible (reverb->line[l] + at, TUTTI_BLOCK);
  for (int d = 0; quiet && d < 2 * TUTTI_REVERB_DIFFUSERS; d++)
    quiet = tutti_negligible (reverb->diffuser[d & 1][d >> 1] + diffuser_at, TUTTI_BLOCK);
  if (quiet)
    {
      for (int l = 0; l < N; l++)
        memset (reverb->line[l] + at, 0, TUTTI_BLOCK * sizeof (float));
      for (int d = 0; d < 2 * TUTTI_REVERB_DIFFUSERS; d++)
        memset (reverb->diffuser[d & 1][d >> 1] + diffuser_at, 0, TUTTI_BLOCK * sizeof (float));
    }
  reverb->quiet_blocks = quiet ? reverb->quiet_blocks + (reverb->quiet_blocks < UINT32_MAX) : 0;
  reverb->write += TUTTI_BLOCK;
}

void
tutti_reverb_apply (TuttiReverb *reverb, TuttiBlock *block, unsigned from, unsigned to)
{
  if (from == 0)
    {
      reverb->from = reverb->fresh ? reverb->aim : reverb->to;
      reverb->to = reverb->aim;
      reverb->fresh = false;
    }
  run (reverb, block, from, to - from);
  if (to == TUTTI_BLOCK)
    end_block (reverb);
}

bool
tutti_reverb_silent (const TuttiReverb *reverb)
{
  return reverb->quiet_blocks >= TUTTI_REVERB_LINE / TUTTI_BLOCK;
}
