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
  delay->wrap = TUTTI_DELAY_LINE;
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

/* What goes round in a part of the line has room for another round of the same behind it. */
#define ROUND_MAX ((TUTTI_DELAY_LINE - TUTTI_BLOCK) / 2)

/* As far back as may be read: the time itself or, while it is @leaving another, that one, the neighbours that smooth, and what comes in
 * softly. */
static uint32_t
reach (const TuttiDelay *delay, bool leaving)
{
  uint32_t frames = leaving && delay->old_frames > delay->frames ? delay->old_frames : delay->frames;

  return frames + 2 + TUTTI_DELAY_TAPER;
}

/* A longer time than goes round where it goes round now: what was written since the beginning moves behind what is older. */
static void
make_room (TuttiDelay *delay)
{
  if (delay->filled <= delay->write || reach (delay, true) + TUTTI_BLOCK <= delay->wrap)
    return;
  for (unsigned side = 0; side < 2; side++)
    memcpy (delay->line[side] + delay->wrap, delay->line[side], delay->write * sizeof (float));
  delay->write += delay->wrap;
  delay->wrap = TUTTI_DELAY_LINE;
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
      make_room (delay);
    }
  delay->fresh = false;
}

/* What is smoothed by its neighbours: the block, a frame before it and one behind. */
#define SMOOTHED (TUTTI_BLOCK + 2)

/* What begins in the middle of a sound that was forgotten comes in softly; @age is that of the first frame read. */
static bool
tapers (const TuttiDelay *delay, int64_t age)
{
  return delay->forgot && (int64_t) delay->filled - age < TUTTI_DELAY_TAPER;
}

static void
taper (const TuttiDelay *delay, int64_t age, float *out)
{
  int64_t depth = (int64_t) delay->filled - age;

  if (!tapers (delay, age))
    return;
  for (int64_t i = 0; i < SMOOTHED; i++)
    if (depth + i < TUTTI_DELAY_TAPER)
      out[i] *= depth + i > 0 ? (float) (int32_t) (depth + i) * (1.0f / TUTTI_DELAY_TAPER) : 0.0f;
}

/* Where the frame of that age (1 is the last) lies. */
static uint32_t
place_of (const TuttiDelay *delay, uint32_t age)
{
  return age <= delay->write ? delay->write - age : delay->write + delay->wrap - age;
}

/* One side's line at "frames" ago, for frames -1 … TUTTI_BLOCK of the block, in place where it lies there in one piece, else in @room;
 * silence before the reset. */
static const float *
read_line (const TuttiDelay *delay, unsigned side, uint32_t frames, float *room)
{
  uint32_t age = frames + 1;
  /* Older than the reset. */
  uint32_t unborn = age <= delay->filled ? 0 : age - delay->filled, place, first;

  if (unborn >= SMOOTHED)
    return memset (room, 0, SMOOTHED * sizeof *room);
  place = place_of (delay, age - unborn);
  first = age - unborn <= delay->write ? SMOOTHED : delay->wrap - place;
  if (unborn == 0 && first >= SMOOTHED && !tapers (delay, age))
    return delay->line[side] + place;
  first = first < SMOOTHED - unborn ? first : SMOOTHED - unborn;
  memset (room, 0, unborn * sizeof *room);
  memcpy (room + unborn, delay->line[side] + place, first * sizeof *room);
  memcpy (room + unborn + first, delay->line[side], (SMOOTHED - unborn - first) * sizeof *room);
  taper (delay, age, room);
  return room;
}

/* The same between the old time and the new while they cross. */
static const float *
read_both (const TuttiDelay *delay, unsigned side, float *room)
{
  float old_room[SMOOTHED];
  const float *now = read_line (delay, side, delay->frames, room), *old;

  if (delay->fade == 0)
    return now;
  old = read_line (delay, side, delay->old_frames, old_room);
  for (int32_t i = 0; i < SMOOTHED; i++)
    {
      /* The neighbours share the frame's weight; the one before the block may count as gone before it. */
      int32_t gone = (FADE_BLOCKS - (int32_t) delay->fade) * TUTTI_BLOCK + i - 1;

      room[i] = old[i] + (now[i] - old[i]) * ((float) gone * (1.0f / (FADE_BLOCKS * TUTTI_BLOCK)));
    }
  return room;
}

/* Frames that are still known after this block: those that the next may read. */
static uint32_t
known_after (TuttiDelay *delay)
{
  uint32_t known = delay->filled + TUTTI_BLOCK, needed = reach (delay, delay->fade > 1);

  delay->forgot |= known > needed;
  return known < needed ? known : needed;
}

static void
expect_next (const TuttiDelay *delay)
{
  for (int side = 0; side < 2; side++)
    {
      if (delay->frames < delay->filled)
        tutti_expect (delay->line[side] + place_of (delay, delay->frames + 1), TUTTI_BLOCK + 16);
      tutti_expect (delay->line[side] + delay->write, TUTTI_BLOCK);
    }
}

/* Goes on in the line: round as soon as all that is needed lies before. */
static void
go_on (TuttiDelay *delay)
{
  delay->write += TUTTI_BLOCK;
  if (delay->write != TUTTI_DELAY_LINE && (delay->write > ROUND_MAX || delay->write < reach (delay, delay->fade > 0) + TUTTI_BLOCK))
    return;
  delay->wrap = delay->write;
  delay->write = 0;
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
  go_on (delay);
  expect_next (delay);
}

TUTTI_INLINE float
smooth (const float *x, float damp)
{
  return x[1] * (1.0f - 2.0f * damp) + (x[0] + x[2]) * damp;
}

/* One frame of both sides at a setting. Into the line goes what came in, as it comes or all on the left, and what came back; out
 * goes the mixture. */
TUTTI_INLINE void
work (const TuttiDelayPoint *at, const float *left, const float *right, float *line_left, float *line_right, float *x_left,
      float *x_right)
{
  float tap_left = smooth (left, at->damp), tap_right = smooth (right, at->damp), cross = at->cross;
  float in_left = *x_left + cross * ((*x_left + *x_right) * 0.5f - *x_left), in_right = *x_right - cross * *x_right;

  *line_left = in_left + (tap_left + cross * (tap_right - tap_left)) * at->feedback;
  *line_right = in_right + (tap_right + cross * (tap_left - tap_right)) * at->feedback;
  *x_left = *x_left * (1.0f - at->mix) + tap_left * at->mix;
  *x_right = *x_right * (1.0f - at->mix) + tap_right * at->mix;
}

/* Nothing moves: the same numbers, to the bit, as run_moving(). */
TUTTI_CLONES static void
run_steady (const TuttiDelay *delay, const float *restrict left, const float *restrict right, float *restrict line_left,
            float *restrict line_right, float *restrict x_left, float *restrict x_right)
{
  const TuttiDelayPoint at = delay->to;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    work (&at, left + i, right + i, line_left + i, line_right + i, x_left + i, x_right + i);
}

TUTTI_CLONES static void
run_moving (const TuttiDelay *delay, const float *restrict left, const float *restrict right, float *restrict line_left,
            float *restrict line_right, float *restrict x_left, float *restrict x_right)
{
  const TuttiDelayPoint a = delay->from, b = delay->to;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i);
      TuttiDelayPoint at = { tutti_between (a.feedback, b.feedback, t), tutti_between (a.damp, b.damp, t),
                             tutti_between (a.mix, b.mix, t), tutti_between (a.cross, b.cross, t) };

      work (&at, left + i, right + i, line_left + i, line_right + i, x_left + i, x_right + i);
    }
}

void
tutti_delay_run (TuttiDelay *delay, TuttiBlock *block)
{
  float room[2][SMOOTHED], *line[2];
  const float *left, *right;

  begin_block (delay);
  for (unsigned side = 0; side < 2; side++)
    line[side] = delay->line[side] + delay->write;
  left = read_both (delay, 0, room[0]);
  right = read_both (delay, 1, room[1]);
  if (memcmp (&delay->from, &delay->to, sizeof delay->to) == 0)
    run_steady (delay, left, right, line[0], line[1], block->left, block->right);
  else
    run_moving (delay, left, right, line[0], line[1], block->left, block->right);
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

      memcpy (known, &from->line[side][from->wrap - wrapped], wrapped * sizeof (float));
      memcpy (known + wrapped, &from->line[side][from->write - before], before * sizeof (float));
    }
  to->wrap = TUTTI_DELAY_LINE;
}
