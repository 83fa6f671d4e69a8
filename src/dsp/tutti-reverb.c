/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-reverb.h"

#include "tutti-effect-lfo.h"
#include "tutti-math.h"
#include <string.h>

#define N TUTTI_REVERB_LINES
#define LINE_MASK (TUTTI_REVERB_LINE - 1)
#define DIFFUSER_MASK (TUTTI_REVERB_DIFFUSER - 1)
#define BEFORE_MASK (TUTTI_REVERB_BEFORE - 1)
/* Once so long a silence was written, nothing else is remembered. */
#define ALL_QUIET (TUTTI_REVERB_BEFORE / TUTTI_BLOCK)
/* Frames that a line swings by at most: a third of a millisecond, below what is heard as out of tune at these rates. */
#define SWING_MOST 14.0f

/* Primes, 30 to 69 ms, a nearly constant ratio apart: few modes fall together. */
static const uint32_t line_frames[N] = { 1427, 1607, 1811, 2039, 2297, 2591, 2917, 3301 };
static const uint32_t diffuser_frames[2][TUTTI_REVERB_DIFFUSERS] = { { 113, 211, 349, 571 }, { 127, 223, 367, 587 } };

/* Of the lines that swing, in 2^32 turns a frame: 0.31 to 0.83 Hz. */
static const uint32_t swing_rate[N] = { 0, 27739, 0, 42055, 0, 54582, 0, 74267 };

/* What smoothing by the neighbours leaves of 1 kHz. */
static double
left_of_1k (float damp)
{
  return 1.0 - 2.0 * (double) damp * 0.00855513863;
}

static void
room (TuttiReverbPoint *point, const TuttiReverbValues *values)
{
  double decay_frames = tutti_clamp (values->decay_ms, 100, 10000) * (TUTTI_RATE / 1000.0);

  /* Weight of the neighbours: (1/4, 1/2, 1/4) at most. */
  point->damp = (float) tutti_clamp (values->damp, 0, 1000) * 0.00025f;
  for (int l = 0; l < N; l++)
    point->gain[l] = (float) (tutti_exp2 (-9.965784284662087 * line_frames[l] / decay_frames) / left_of_1k (point->damp));
  point->mix = (float) tutti_clamp (values->mix, 0, 1000) * 0.001f;
  point->swing = (float) tutti_clamp (values->swing, 0, 1000) * (SWING_MOST * 0.001f);
  point->side = (float) (tutti_clamp (values->width, 0, 2000) - 1000) * 0.001f;
  point->before = (uint32_t) tutti_clamp (values->before_ms, 0, TUTTI_REVERB_BEFORE_MAX_MS) * (TUTTI_RATE / 1000);
}

void
tutti_reverb_reset (TuttiReverb *reverb)
{
  static const TuttiReverbValues dry = { 1500, 300, 0, 0, 1000, 0 };

  memset (reverb, 0, sizeof *reverb);
  reverb->quiet_blocks = ALL_QUIET;
  reverb->fresh = true;
  room (&reverb->aim, &dry);
}

void
tutti_reverb_set (TuttiReverb *reverb, const TuttiReverbValues *values)
{
  room (&reverb->aim, values);
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

/* A line whose length goes from @begin to @end over the block, in whole frames and what is left, for frame @at of it. */
TUTTI_INLINE float
length_at (float begin, float end, int32_t at, int32_t *whole)
{
  float back = tutti_between (begin, end, (float) at * (1.0f / TUTTI_BLOCK));

  *whole = (int32_t) back;
  return back - (float) *whole;
}

/* The whole frames are @whole throughout, so that all of it lies in one piece. */
TUTTI_INLINE void
read_piece (const float *ring, uint32_t write, float begin, float end, int32_t whole, int first, unsigned n, float *out)
{
  float near[TUTTI_BLOCK + 3];

  read_ring (ring, LINE_MASK, write + (uint32_t) first - (uint32_t) whole - 1, n + 1, near);
  for (unsigned i = 0; i < n; i++)
    {
      float share = tutti_between (begin, end, (float) (first + (int32_t) i) * (1.0f / TUTTI_BLOCK)) - (float) whole;

      out[i] = near[i + 1] + (near[i] - near[i + 1]) * share;
    }
}

/* n frames of a line whose length goes from @begin to @end over the block, a straight line between its frames. */
TUTTI_INLINE void
read_swinging (const float *ring, uint32_t write, float begin, float end, int first, unsigned n, float *out)
{
  int32_t whole, whole_at_end;

  length_at (begin, end, first, &whole);
  length_at (begin, end, first + (int) n - 1, &whole_at_end);
  if (whole == whole_at_end)
    {
      read_piece (ring, write, begin, end, whole, first, n, out);
      return;
    }
  for (unsigned i = 0; i < n; i++)
    {
      float share = length_at (begin, end, first + (int) i, &whole);
      uint32_t place = write + (uint32_t) first + i - (uint32_t) whole;
      float now = ring[place & LINE_MASK], before = ring[(place - 1) & LINE_MASK];

      out[i] = now + (before - now) * share;
    }
}

static float
swing_at (int l, int64_t frame)
{
  return tutti_effect_lfo_sine (swing_rate[l] * (uint32_t) (uint64_t) frame + (uint32_t) l * 0x20000000u);
}

/* What a line gives back: smoothed by its neighbours and weakened by its own length's share of the decay. */
TUTTI_INLINE void
read_line (const TuttiReverb *reverb, int l, int64_t frame, unsigned from, unsigned n, float *out)
{
  float past[TUTTI_BLOCK + 2];
  float gain = reverb->from.gain[l], gain_gap = reverb->to.gain[l] - gain;
  float damp = reverb->from.damp, damp_gap = reverb->to.damp - damp;

  if (swing_rate[l] != 0 && (reverb->from.swing != 0.0f || reverb->to.swing != 0.0f))
    read_swinging (reverb->line[l], reverb->write, (float) line_frames[l] + reverb->from.swing * swing_at (l, frame),
                   (float) line_frames[l] + reverb->to.swing * swing_at (l, frame + TUTTI_BLOCK), (int) from - 1, n + 2, past);
  else
    read_ring (reverb->line[l], LINE_MASK, reverb->write + from - line_frames[l] - 1, n + 2, past);
  for (unsigned i = 0; i < n; i++)
    {
      float t = tutti_share (from + i), d = damp + damp_gap * t;

      out[i] = (past[i + 1] * (1.0f - 2.0f * d) + (past[i] + past[i + 2]) * d) * (gain + gain_gap * t);
    }
}

/* What came in, as late as the room answers; a new time cross-fades over the block. */
TUTTI_INLINE void
wait (TuttiReverb *reverb, int side, const float *x, unsigned from, unsigned n, float *out)
{
  float *ring = reverb->before[side], old[TUTTI_BLOCK];
  uint32_t write = reverb->write + from, was = reverb->from.before, is = reverb->to.before;

  memcpy (ring + (write & BEFORE_MASK), x, n * sizeof *x);
  read_ring (ring, BEFORE_MASK, write - is, n, out);
  if (was == is)
    return;
  read_ring (ring, BEFORE_MASK, write - was, n, old);
  for (unsigned i = 0; i < n; i++)
    out[i] = tutti_between (old[i], out[i], tutti_share (from + i));
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

/* The room beside the dry sound, as wide as it is to be. */
TUTTI_INLINE void
mix_in (const TuttiReverb *reverb, TuttiBlock *block, float (*wet)[TUTTI_BLOCK], unsigned from, unsigned n)
{
  const TuttiReverbPoint *a = &reverb->from, *b = &reverb->to;
  float *left = block->left + from, *right = block->right + from;

  for (unsigned i = 0; i < n; i++)
    {
      float t = tutti_share (from + i), mix = tutti_between (a->mix, b->mix, t);
      float side = (wet[0][i] - wet[1][i]) * 0.5f * tutti_between (a->side, b->side, t);

      left[i] = left[i] * (1.0f - mix) + (wet[0][i] + side) * mix;
      right[i] = right[i] * (1.0f - mix) + (wet[1][i] - side) * mix;
    }
}

TUTTI_CLONES static void
run (TuttiReverb *reverb, TuttiBlock *block, int64_t frame, unsigned from, unsigned n)
{
  alignas (64) float x[N][TUTTI_BLOCK], in[2][TUTTI_BLOCK], wet[2][TUTTI_BLOCK];

  for (int s = 0; s < 2; s++)
    {
      wait (reverb, s, (s == 0 ? block->left : block->right) + from, from, n, in[s]);
      for (int d = 0; d < TUTTI_REVERB_DIFFUSERS; d++)
        diffuse (reverb->diffuser[s][d], diffuser_frames[s][d], reverb->write, from, n, in[s]);
    }
  for (int l = 0; l < N; l++)
    read_line (reverb, l, frame, from, n, x[l]);
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
  mix_in (reverb, block, wet, from, n);
}

/* Whether what was written in this block counts as silence, in every memory; zeroes it when @really. */
static bool
flush (TuttiReverb *reverb, bool really)
{
  uint32_t at = reverb->write & LINE_MASK, diffuser_at = reverb->write & DIFFUSER_MASK, before_at = reverb->write & BEFORE_MASK;
  float *memory[N + 2 * TUTTI_REVERB_DIFFUSERS + 2];
  unsigned n = 0;
  bool quiet = true;

  for (int side = 0; side < 2; side++)
    memory[n++] = reverb->before[side] + before_at;
  for (int d = 0; d < 2 * TUTTI_REVERB_DIFFUSERS; d++)
    memory[n++] = reverb->diffuser[d & 1][d >> 1] + diffuser_at;
  for (int l = 0; l < N; l++)
    memory[n++] = reverb->line[l] + at;
  for (unsigned i = 0; quiet && i < n; i++)
    if (really)
      memset (memory[i], 0, TUTTI_BLOCK * sizeof (float));
    else
      quiet = tutti_negligible (memory[i], TUTTI_BLOCK);
  return quiet;
}

static void
expect_next (const TuttiReverb *reverb)
{
  uint32_t write = reverb->write;

  for (int l = 0; l < N; l++)
    {
      tutti_expect (reverb->line[l] + ((write - line_frames[l] - 1) & LINE_MASK), TUTTI_BLOCK + 16);
      tutti_expect (reverb->line[l] + (write & LINE_MASK), TUTTI_BLOCK);
    }
  for (int s = 0; s < 2; s++)
    {
      for (int d = 0; d < TUTTI_REVERB_DIFFUSERS; d++)
        {
          tutti_expect (reverb->diffuser[s][d] + ((write - diffuser_frames[s][d]) & DIFFUSER_MASK), TUTTI_BLOCK + 16);
          tutti_expect (reverb->diffuser[s][d] + (write & DIFFUSER_MASK), TUTTI_BLOCK);
        }
      tutti_expect (reverb->before[s] + ((write - reverb->to.before) & BEFORE_MASK), TUTTI_BLOCK);
      tutti_expect (reverb->before[s] + (write & BEFORE_MASK), TUTTI_BLOCK);
    }
}

static void
end_block (TuttiReverb *reverb)
{
  bool quiet = flush (reverb, false);

  if (quiet)
    flush (reverb, true);
  reverb->quiet_blocks = quiet ? reverb->quiet_blocks + (reverb->quiet_blocks < UINT32_MAX) : 0;
  reverb->write += TUTTI_BLOCK;
  expect_next (reverb);
}

void
tutti_reverb_apply (TuttiReverb *reverb, TuttiBlock *block, int64_t block_frame, unsigned from, unsigned to)
{
  if (from == 0)
    {
      reverb->from = reverb->fresh ? reverb->aim : reverb->to;
      reverb->to = reverb->aim;
      reverb->fresh = false;
    }
  run (reverb, block, block_frame, from, to - from);
  if (to == TUTTI_BLOCK)
    end_block (reverb);
}

bool
tutti_reverb_silent (const TuttiReverb *reverb)
{
  return reverb->quiet_blocks >= ALL_QUIET;
}
