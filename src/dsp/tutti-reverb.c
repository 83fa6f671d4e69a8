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
  memset (reverb, 0, sizeof *reverb);
  tutti_reverb_begin (reverb);
}

void
tutti_reverb_begin (TuttiReverb *reverb)
{
  static const TuttiReverbValues dry = { 1500, 300, 0, 0, 1000, 0 };

  memset (reverb, 0, offsetof (TuttiReverb, line));
  reverb->quiet_blocks = ALL_QUIET;
  reverb->fresh = true;
  room (&reverb->aim, &dry);
}

void
tutti_reverb_set (TuttiReverb *reverb, const TuttiReverbValues *values)
{
  room (&reverb->aim, values);
}

/* A memory goes on behind its end as it begins, so that every stretch that is read lies in one piece; @at was written last. */
TUTTI_INLINE void
mirror (float *ring, uint32_t size, uint32_t at)
{
  if (at < TUTTI_REVERB_APART)
    memcpy (ring + size + at, ring + at, (TUTTI_REVERB_APART - at < TUTTI_BLOCK ? TUTTI_REVERB_APART - at : TUTTI_BLOCK) * sizeof *ring);
}

/* Schroeder's all-pass (1961), for a whole block at once: its delay is longer. */
TUTTI_INLINE void
diffuse (const float *restrict past, float *restrict store, float *restrict x)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float sum = x[i] + 0.62f * past[i];

      x[i] = past[i] - 0.62f * sum;
      store[i] = sum;
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

/* What is smoothed by its neighbours: the block, a frame before it and one behind. */
#define SMOOTHED (TUTTI_BLOCK + 2)

/* The whole frames are @whole throughout, so that all of it lies in one piece, of which @past is the oldest frame. */
TUTTI_INLINE void
read_piece (const float *restrict past, float begin, float end, int32_t whole, float *restrict out)
{
  for (int32_t i = 0; i < SMOOTHED; i++)
    {
      float share = tutti_between (begin, end, (float) (i - 1) * (1.0f / TUTTI_BLOCK)) - (float) whole;

      out[i] = past[i + 1] + (past[i] - past[i + 1]) * share;
    }
}

/* A line whose length goes from @begin to @end over the block, a straight line between its frames. */
TUTTI_INLINE void
read_swinging (const float *ring, uint32_t write, float begin, float end, float *out)
{
  int32_t whole, whole_at_end;

  length_at (begin, end, -1, &whole);
  length_at (begin, end, TUTTI_BLOCK, &whole_at_end);
  if (whole == whole_at_end)
    {
      read_piece (ring + ((write - (uint32_t) whole - 2) & LINE_MASK), begin, end, whole, out);
      return;
    }
  for (int32_t i = 0; i < SMOOTHED; i++)
    {
      float share = length_at (begin, end, i - 1, &whole);
      const float *past = ring + ((write + (uint32_t) i - (uint32_t) whole - 2) & LINE_MASK);

      out[i] = past[1] + (past[0] - past[1]) * share;
    }
}

static float
swing_at (int l, int64_t frame)
{
  return tutti_effect_lfo_sine (swing_rate[l] * (uint32_t) (uint64_t) frame + (uint32_t) l * 0x20000000u);
}

/* Smoothed by the neighbours and weakened by the line's own share of the decay. */
TUTTI_INLINE void
smooth (const float *restrict past, const TuttiReverb *reverb, int l, float *restrict out)
{
  float gain = reverb->from.gain[l], gain_gap = reverb->to.gain[l] - gain;
  float damp = reverb->from.damp, damp_gap = reverb->to.damp - damp;

  /* Nothing moves: the same numbers, to the bit, as below. */
  if (gain_gap == 0.0f && damp_gap == 0.0f)
    for (unsigned i = 0; i < TUTTI_BLOCK; i++)
      out[i] = (past[i + 1] * (1.0f - 2.0f * damp) + (past[i] + past[i + 2]) * damp) * gain;
  else
    for (unsigned i = 0; i < TUTTI_BLOCK; i++)
      {
        float t = tutti_share (i), d = damp + damp_gap * t;

        out[i] = (past[i + 1] * (1.0f - 2.0f * d) + (past[i] + past[i + 2]) * d) * (gain + gain_gap * t);
      }
}

/* What a line gives back. */
TUTTI_INLINE void
read_line (const TuttiReverb *reverb, int l, int64_t frame, float *out)
{
  float swung[SMOOTHED];
  bool swings = swing_rate[l] != 0 && (reverb->from.swing != 0.0f || reverb->to.swing != 0.0f);

  if (swings)
    read_swinging (reverb->line[l], reverb->write, (float) line_frames[l] + reverb->from.swing * swing_at (l, frame),
                   (float) line_frames[l] + reverb->to.swing * swing_at (l, frame + TUTTI_BLOCK), swung);
  smooth (swings ? swung : reverb->line[l] + ((reverb->write - line_frames[l] - 1) & LINE_MASK), reverb, l, out);
}

/* What came in, as late as the room answers; a new time cross-fades over the block, in @room. */
TUTTI_INLINE const float *
wait (TuttiReverb *reverb, int side, const float *x, float *restrict room)
{
  float *ring = reverb->before[side];
  uint32_t write = reverb->write, was = reverb->from.before, is = reverb->to.before;
  const float *old = ring + ((write - was) & BEFORE_MASK), *now = ring + ((write - is) & BEFORE_MASK);

  memcpy (ring + (write & BEFORE_MASK), x, TUTTI_BLOCK * sizeof *x);
  mirror (ring, TUTTI_REVERB_BEFORE, write & BEFORE_MASK);
  if (was == is)
    return now;
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    room[i] = tutti_between (old[i], now[i], tutti_share (i));
  return room;
}

TUTTI_INLINE void
enter (TuttiReverb *reverb, int side, const float *x, float *out)
{
  float room[TUTTI_BLOCK];
  uint32_t at = reverb->write & DIFFUSER_MASK;

  memcpy (out, wait (reverb, side, x, room), sizeof room);

  for (int d = 0; d < TUTTI_REVERB_DIFFUSERS; d++)
    {
      float *ring = reverb->diffuser[side][d];

      diffuse (ring + ((reverb->write - diffuser_frames[side][d]) & DIFFUSER_MASK), ring + at, out);
      mirror (ring, TUTTI_REVERB_DIFFUSER, at);
    }
}

TUTTI_INLINE void
cross (float *a, float *b)
{
  float sum = *a + *b;

  *b = *a - *b;
  *a = sum;
}

/* One frame through the fast Hadamard transform: every line hears every other, no energy is made or lost. Spelled out, so that
 * compilers see one straight line and take many frames at a time. */
TUTTI_INLINE void
mix_lines (float *x)
{
  cross (&x[0], &x[1]), cross (&x[2], &x[3]), cross (&x[4], &x[5]), cross (&x[6], &x[7]);
  cross (&x[0], &x[2]), cross (&x[1], &x[3]), cross (&x[4], &x[6]), cross (&x[5], &x[7]);
  cross (&x[0], &x[4]), cross (&x[1], &x[5]), cross (&x[2], &x[6]), cross (&x[3], &x[7]);
}

/* What comes back goes out and, mixed, with what comes in into the lines again. */
TUTTI_INLINE void
go_round (float (*restrict line)[TUTTI_REVERB_LINE + TUTTI_REVERB_APART], const float (*restrict back)[TUTTI_BLOCK],
          const float (*restrict in)[TUTTI_BLOCK], float (*restrict wet)[TUTTI_BLOCK], uint32_t at)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float x[N];

      for (int l = 0; l < N; l++)
        x[l] = back[l][i];
      wet[0][i] = ((x[0] - x[2]) + (x[4] - x[6])) * 0.5f;
      wet[1][i] = ((x[1] - x[3]) + (x[5] - x[7])) * 0.5f;
      mix_lines (x);
      for (int l = 0; l < N; l++)
        line[l][at + i] = in[l & 1][i] * 0.5f + x[l] * 0.35355339f;
    }
}

/* The room beside the dry sound, as wide as it is to be. */
TUTTI_INLINE void
mix_in (const TuttiReverb *reverb, TuttiBlock *block, const float (*restrict wet)[TUTTI_BLOCK])
{
  const TuttiReverbPoint a = reverb->from, b = reverb->to;
  float *restrict left = block->left, *restrict right = block->right;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i), mix = tutti_between (a.mix, b.mix, t);
      float side = (wet[0][i] - wet[1][i]) * 0.5f * tutti_between (a.side, b.side, t);

      left[i] = left[i] * (1.0f - mix) + (wet[0][i] + side) * mix;
      right[i] = right[i] * (1.0f - mix) + (wet[1][i] - side) * mix;
    }
}

TUTTI_CLONES static void
run (TuttiReverb *reverb, TuttiBlock *block, int64_t frame)
{
  alignas (64) float back[N][TUTTI_BLOCK], in[2][TUTTI_BLOCK], wet[2][TUTTI_BLOCK];
  uint32_t at = reverb->write & LINE_MASK;

  enter (reverb, 0, block->left, in[0]);
  enter (reverb, 1, block->right, in[1]);
  for (int l = 0; l < N; l++)
    read_line (reverb, l, frame, back[l]);
  go_round (reverb->line, back, in, wet, at);
  for (int l = 0; l < N; l++)
    mirror (reverb->line[l], TUTTI_REVERB_LINE, at);
  mix_in (reverb, block, wet);
}

/* A memory, how large it is and where it was written last. */
typedef struct
{
  float   *ring;
  uint32_t size, at;
} Memory;

static Memory
memory_of (TuttiReverb *reverb, unsigned number)
{
  if (number < 2)
    return (Memory) { reverb->before[number], TUTTI_REVERB_BEFORE, reverb->write & BEFORE_MASK };
  number -= 2;
  if (number < 2 * TUTTI_REVERB_DIFFUSERS)
    return (Memory) { reverb->diffuser[number & 1][number >> 1], TUTTI_REVERB_DIFFUSER, reverb->write & DIFFUSER_MASK };
  return (Memory) { reverb->line[number - 2 * TUTTI_REVERB_DIFFUSERS], TUTTI_REVERB_LINE, reverb->write & LINE_MASK };
}

#define MEMORIES (2 + 2 * TUTTI_REVERB_DIFFUSERS + N)

/* Whether what was written in this block counts as silence, in every memory; it is exactly that then. */
static bool
fall_silent (TuttiReverb *reverb)
{
  for (unsigned i = 0; i < MEMORIES; i++)
    {
      Memory memory = memory_of (reverb, i);

      if (!tutti_negligible (memory.ring + memory.at, TUTTI_BLOCK))
        return false;
    }
  for (unsigned i = 0; i < MEMORIES; i++)
    {
      Memory memory = memory_of (reverb, i);

      memset (memory.ring + memory.at, 0, TUTTI_BLOCK * sizeof (float));
      mirror (memory.ring, memory.size, memory.at);
    }
  return true;
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

void
tutti_reverb_run (TuttiReverb *reverb, TuttiBlock *block, int64_t frame)
{
  reverb->from = reverb->fresh ? reverb->aim : reverb->to;
  reverb->to = reverb->aim;
  reverb->fresh = false;
  run (reverb, block, frame);
  if (!fall_silent (reverb))
    reverb->quiet_blocks = 0;
  else if (reverb->quiet_blocks < UINT32_MAX)
    reverb->quiet_blocks++;
  reverb->write += TUTTI_BLOCK;
  expect_next (reverb);
}

bool
tutti_reverb_silent (const TuttiReverb *reverb)
{
  return reverb->quiet_blocks >= ALL_QUIET;
}
