/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-delay.h"

#include "tutti-lanes.h"
#include <string.h>

/* Blocks over which a new delay time takes over: 21 ms. */
#define FADE_BLOCKS 16

void
tutti_delay_reset (TuttiDelay *delay)
{
  memset (delay, 0, offsetof (TuttiDelay, line));
  delay->frames = delay->aim_frames = TUTTI_RATE / 2;
  delay->fresh = true;
}

void
tutti_delay_set (TuttiDelay *delay, uint32_t frames, int32_t feedback, int32_t damp, int32_t cross, int32_t mix)
{
  frames = frames < TUTTI_DELAY_MAX_FRAMES ? frames : TUTTI_DELAY_MAX_FRAMES;
  delay->aim_frames = frames > TUTTI_DELAY_MIN_FRAMES ? frames : TUTTI_DELAY_MIN_FRAMES;
  delay->aim.feedback = (float) tutti_clamp (feedback, 0, TUTTI_DELAY_MAX_FEEDBACK) * 0.001f;
  /* Weight of the neighbours: (1/4, 1/2, 1/4) at most. */
  delay->aim.damp = (float) tutti_clamp (damp, 0, 1000) * 0.00025f;
  delay->aim.mix = (float) tutti_clamp (mix, 0, 1000) * 0.001f;
  delay->aim.cross = (float) tutti_clamp (cross, 0, 1000) * 0.001f;
}

uint32_t
tutti_delay_frames (int64_t ticks, int32_t tempo_cbpm)
{
  /* A tick is 1/960 quarter, a quarter 60 * 100 / tempo_cbpm seconds. */
  int64_t tempo = tempo_cbpm < 1 ? 1 : tempo_cbpm;
  int64_t frames = (ticks < 1 ? 1 : ticks < 1 << 20 ? ticks : 1 << 20) * 300000 / tempo;

  while (frames > TUTTI_DELAY_MAX_FRAMES)
    frames /= 2;
  return frames < TUTTI_DELAY_MIN_FRAMES ? TUTTI_DELAY_MIN_FRAMES : (uint32_t) frames;
}

static void
begin_block (TuttiDelay *delay)
{
  delay->from = delay->fresh ? delay->aim : delay->to;
  delay->to = delay->aim;
  if (delay->fade > 0)
    delay->fade--;
  if (delay->fresh)
    delay->frames = delay->aim_frames;
  else if (delay->fade == 0 && delay->frames != delay->aim_frames)
    {
      delay->old_frames = delay->frames;
      delay->frames = delay->aim_frames;
      delay->fade = FADE_BLOCKS;
    }
  delay->fresh = false;
}

/* What begins in the middle of a sound that was forgotten comes in softly; @age is that of the first of @n. */
static void
taper (const TuttiDelay *delay, int64_t age, unsigned n, float *out)
{
  int64_t depth = (int64_t) delay->filled - age;

  if (!delay->forgot || depth >= TUTTI_DELAY_TAPER)
    return;
  for (unsigned i = 0; i < n; i++)
    if (depth + (int64_t) i < TUTTI_DELAY_TAPER)
      out[i] *= depth + (int64_t) i > 0 ? (float) (int32_t) (depth + (int64_t) i) * (1.0f / TUTTI_DELAY_TAPER) : 0.0f;
}

/* One side's line at "frames" ago, for frames from - 1 … to of the block; silence before the reset. */
static void
read_line (const TuttiDelay *delay, unsigned side, uint32_t frames, unsigned from, unsigned to, float *out)
{
  unsigned n = to - from + 2;
  int64_t age = (int64_t) frames - from + 1;
  /* Older than the reset. */
  unsigned unborn = age <= (int64_t) delay->filled ? 0 : age - delay->filled < n ? (unsigned) (age - delay->filled) : n;
  uint32_t place = (uint32_t) (((int64_t) delay->write + TUTTI_DELAY_LINE - age + unborn) % TUTTI_DELAY_LINE);
  uint32_t first = TUTTI_DELAY_LINE - place;

  first = first < n - unborn ? first : n - unborn;
  memset (out, 0, unborn * sizeof *out);
  memcpy (out + unborn, delay->line[side] + place, first * sizeof *out);
  memcpy (out + unborn + first, delay->line[side], (n - unborn - first) * sizeof *out);
  taper (delay, age, n, out);
}

/* What comes back: the line smoothed by its neighbours, between the old time and the new while they cross. */
TUTTI_CLONES static void
read_tap (const TuttiDelay *delay, unsigned side, unsigned from, unsigned to, float *tap)
{
  float now[TUTTI_BLOCK + 2], old[TUTTI_BLOCK + 2];

  read_line (delay, side, delay->frames, from, to, now);
  if (delay->fade > 0)
    {
      read_line (delay, side, delay->old_frames, from, to, old);
      for (unsigned i = 0; i < to - from + 2; i++)
        {
          /* The neighbours share the frame's weight; frame from - 1 may count as before the block. */
          int32_t gone = (int32_t) ((FADE_BLOCKS - delay->fade) * TUTTI_BLOCK + from + i) - 1;
          now[i] = old[i] + (now[i] - old[i]) * ((float) gone * (1.0f / (FADE_BLOCKS * TUTTI_BLOCK)));
        }
    }
  float damp = delay->from.damp, gap = delay->to.damp - damp;
  for (unsigned i = 0; i < to - from; i++)
    {
      float d = damp + gap * tutti_share (from + i);

      tap[i] = now[i + 1] * (1.0f - 2.0f * d) + (now[i] + now[i + 2]) * d;
    }
}

/* As far back as the next block may read: a block, the neighbours that smooth, and the time itself or that being left. */
static uint32_t
known_after (TuttiDelay *delay)
{
  uint32_t known = delay->filled + TUTTI_BLOCK, needed = delay->frames;

  if (delay->fade > 1 && delay->old_frames > needed)
    needed = delay->old_frames;
  needed += 2 + TUTTI_DELAY_TAPER;
  delay->forgot |= known > needed;
  return known < needed ? known : needed;
}

static void
expect_next (const TuttiDelay *delay)
{
  uint32_t read = (delay->write + TUTTI_DELAY_LINE - delay->frames - 1) % TUTTI_DELAY_LINE;

  for (int side = 0; side < 2; side++)
    {
      tutti_expect (delay->line[side] + read, TUTTI_BLOCK + 16);
      tutti_expect (delay->line[side] + delay->write, TUTTI_BLOCK);
    }
}

bool
tutti_delay_silent (const TuttiDelay *delay)
{
  return delay->quiet >= delay->filled;
}

static void
end_block (TuttiDelay *delay)
{
  float *left = delay->line[0] + delay->write, *right = delay->line[1] + delay->write;
  bool quiet = tutti_negligible (left, TUTTI_BLOCK) && tutti_negligible (right, TUTTI_BLOCK);

  if (quiet)
    {
      memset (left, 0, TUTTI_BLOCK * sizeof *left);
      memset (right, 0, TUTTI_BLOCK * sizeof *right);
    }
  delay->quiet = !quiet ? 0 : delay->quiet < TUTTI_DELAY_LINE ? delay->quiet + TUTTI_BLOCK : delay->quiet;
  delay->filled = known_after (delay);
  /* Once there is nothing but silence in it, it is as if it had just begun: a copy is not to know more or less. */
  if (tutti_delay_silent (delay))
    {
      delay->filled = delay->quiet = 0;
      delay->forgot = false;
    }
  delay->write += TUTTI_BLOCK;
  delay->write -= delay->write == TUTTI_DELAY_LINE ? TUTTI_DELAY_LINE : 0;
  expect_next (delay);
}

/* What goes in at the left and at the right: as it comes, or all on the left. */
TUTTI_CLONES static void
enter (const TuttiDelay *delay, const TuttiBlock *block, unsigned from, unsigned to, float (*restrict in)[TUTTI_BLOCK])
{
  for (unsigned i = from; i < to; i++)
    {
      float c = tutti_between (delay->from.cross, delay->to.cross, tutti_share (i));

      in[0][i - from] = block->left[i] + c * ((block->left[i] + block->right[i]) * 0.5f - block->left[i]);
      in[1][i - from] = block->right[i] - c * block->right[i];
    }
}

/* n frames of one side: into the line goes what came in and what came back, out goes the mixture. */
TUTTI_CLONES static void
run_side (const TuttiDelay *delay, const float *in, const float *tap, const float *other, float *restrict line,
          float *restrict x, unsigned from, unsigned n)
{
  const TuttiDelayPoint *a = &delay->from, *b = &delay->to;

  for (unsigned i = 0; i < n; i++)
    {
      float t = tutti_share (from + i), mix = tutti_between (a->mix, b->mix, t);
      float back = tap[i] + tutti_between (a->cross, b->cross, t) * (other[i] - tap[i]);

      line[i] = in[i] + back * tutti_between (a->feedback, b->feedback, t);
      x[i] = x[i] * (1.0f - mix) + tap[i] * mix;
    }
}

void
tutti_delay_apply (TuttiDelay *delay, TuttiBlock *block, unsigned from, unsigned to)
{
  float tap[2][TUTTI_BLOCK], in[2][TUTTI_BLOCK];

  if (from == 0)
    begin_block (delay);
  enter (delay, block, from, to, in);
  for (unsigned side = 0; side < 2; side++)
    read_tap (delay, side, from, to, tap[side]);
  for (unsigned side = 0; side < 2; side++)
    run_side (delay, in[side], tap[side], tap[1 - side], delay->line[side] + delay->write + from,
              (side == 0 ? block->left : block->right) + from, from, to - from);
  if (to == TUTTI_BLOCK)
    end_block (delay);
}

void
tutti_delay_copy (TuttiDelay *to, const TuttiDelay *from)
{
  uint32_t filled = from->filled;
  uint32_t before = filled < from->write ? filled : from->write;
  uint32_t wrapped = filled - before;

  memcpy (to, from, offsetof (TuttiDelay, line));
  /* From the line's beginning on, so that copies touch no more of it than they need. */
  to->write = (filled + TUTTI_BLOCK - 1) / TUTTI_BLOCK * TUTTI_BLOCK;
  for (unsigned side = 0; side < 2; side++)
    {
      float *known = &to->line[side][to->write - filled];

      memcpy (known, &from->line[side][TUTTI_DELAY_LINE - wrapped], wrapped * sizeof (float));
      memcpy (known + wrapped, &from->line[side][from->write - before], before * sizeof (float));
    }
  to->write = to->write == TUTTI_DELAY_LINE ? 0 : to->write;
}
