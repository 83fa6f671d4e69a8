/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chorus.h"

#define MASK (TUTTI_CHORUS_LINE - 1)
/* The cubic needs a frame before and two behind; what is read must have been written. */
#define NEAREST 3.0f

void
tutti_chorus_reset (TuttiChorus *chorus, unsigned voices)
{
  memset (chorus, 0, sizeof *chorus);
  tutti_effect_lfo_reset (&chorus->lfo);
  chorus->quiet = TUTTI_CHORUS_LINE;
  chorus->voices = (uint8_t) voices;
  chorus->fresh = true;
}

void
tutti_chorus_set (TuttiChorus *chorus, int32_t millihertz, int32_t centre, int32_t swing, int32_t feedback, int32_t spread)
{
  float base = (float) tutti_clamp (centre, 0, 10000) * (TUTTI_RATE * 1e-5f);
  float depth = (float) tutti_clamp (swing, 0, 10000) * (TUTTI_RATE * 1e-5f), room;

  base = base < TUTTI_CHORUS_MAX_FRAMES ? base : TUTTI_CHORUS_MAX_FRAMES;
  base = base > NEAREST ? base : NEAREST;
  room = base - NEAREST < TUTTI_CHORUS_MAX_FRAMES - base ? base - NEAREST : TUTTI_CHORUS_MAX_FRAMES - base;
  tutti_effect_lfo_set (&chorus->lfo, millihertz);
  chorus->aim.base = base;
  chorus->aim.depth = depth < room ? depth : room;
  chorus->aim.feedback = (float) tutti_clamp (feedback, -950, 950) * 0.001f;
  chorus->aim.spread = (float) tutti_clamp (spread, 0, 1000) * 0.001f;
}

/* A place that jumped would be heard as a whistle: an eighth of the way a block, which bends the pitch for a moment. */
static float
nearer (float now, float aim, float near)
{
  float gap = aim - now;

  return tutti_size (gap) < near ? aim : now + gap * 0.125f;
}

static TuttiChorusPoint
next_point (const TuttiChorus *chorus)
{
  const TuttiChorusPoint *a = &chorus->now, *b = &chorus->aim;

  return (TuttiChorusPoint) { nearer (a->base, b->base, 0.05f), nearer (a->depth, b->depth, 0.05f), b->feedback,
                              nearer (a->spread, b->spread, 0.001f) };
}

TUTTI_CLONES static void
places_of (const TuttiChorus *chorus, const TuttiChorusPoint *to, int64_t frame, uint32_t offset, float side, float *restrict place)
{
  const TuttiChorusPoint *from = &chorus->now;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i);
      uint32_t apart = tutti_effect_lfo_apart (tutti_between (from->spread, to->spread, t) * side);
      float swing = tutti_effect_lfo_at (&chorus->lfo, frame, offset + apart, i);

      place[i] = tutti_between (from->base, to->base, t) + tutti_between (from->depth, to->depth, t) * swing;
    }
}

/* The line @back frames before @write: the cubic of Catmull and Rom through the four frames about it. */
TUTTI_INLINE float
read_line (const float *line, uint32_t write, float back)
{
  int32_t whole = (int32_t) back;
  float f = back - (float) whole;
  uint32_t at = write - (uint32_t) whole;
  float a = line[(at + 1) & MASK], b = line[at & MASK], c = line[(at - 1) & MASK], d = line[(at - 2) & MASK];
  float slope = 0.5f * (c - a), bend = a - 2.5f * b + 2.0f * c - 0.5f * d, twist = 0.5f * (d - a) + 1.5f * (b - c);

  return b + f * (slope + f * (bend + f * twist));
}

static void
run_side (TuttiChorus *chorus, const TuttiChorusPoint *to, int64_t frame, unsigned side, float *x)
{
  float place[2][TUTTI_BLOCK], *line = chorus->line[side];

  for (unsigned voice = 0; voice < chorus->voices; voice++)
    places_of (chorus, to, frame, voice * 0x60000000u, (float) side, place[voice]);
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      uint32_t write = chorus->write + i;
      float wet = read_line (line, write, place[0][i]), feedback = tutti_between (chorus->now.feedback, to->feedback, tutti_share (i));

      line[write & MASK] = x[i] + wet * feedback;
      if (chorus->voices == 2)
        wet = (wet + read_line (line, write, place[1][i])) * 0.70710678f;
      x[i] = wet;
    }
}

void
tutti_chorus_run (TuttiChorus *chorus, TuttiBlock *block, int64_t frame)
{
  TuttiChorusPoint to;
  uint32_t at = chorus->write & MASK;

  if (chorus->fresh)
    chorus->now = chorus->aim;
  chorus->fresh = false;
  to = next_point (chorus);
  tutti_effect_lfo_begin_block (&chorus->lfo);
  run_side (chorus, &to, frame, 0, block->left);
  run_side (chorus, &to, frame, 1, block->right);
  chorus->now = to;
  chorus->write += TUTTI_BLOCK;
  if (!tutti_negligible (chorus->line[0] + at, TUTTI_BLOCK) || !tutti_negligible (chorus->line[1] + at, TUTTI_BLOCK))
    {
      chorus->quiet = 0;
      return;
    }
  memset (chorus->line[0] + at, 0, TUTTI_BLOCK * sizeof (float));
  memset (chorus->line[1] + at, 0, TUTTI_BLOCK * sizeof (float));
  chorus->quiet += chorus->quiet < TUTTI_CHORUS_LINE ? TUTTI_BLOCK : 0;
}

bool
tutti_chorus_silent (const TuttiChorus *chorus)
{
  return chorus->quiet >= TUTTI_CHORUS_LINE;
}
