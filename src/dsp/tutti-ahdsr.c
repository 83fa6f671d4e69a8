/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-ahdsr.h"

#include "tutti-math.h"

/* Shorter ones click. */
#define LEAST_ATTACK 24
#define LEAST_DECAY 96
#define LEAST_RELEASE 192

static int32_t
frames_of_ms (int32_t ms)
{
  return ms * (TUTTI_RATE / 1000);
}

void
tutti_ahdsr_start (TuttiAhdsr *self, const int16_t times[5], int64_t frame)
{
  int32_t attack = frames_of_ms (times[0]), decay = frames_of_ms (times[2]), release = frames_of_ms (times[4]);

  *self = (TuttiAhdsr) {
    .start = frame,
    .released = INT64_MAX,
    .attack = attack > LEAST_ATTACK ? attack : LEAST_ATTACK,
    .hold = frames_of_ms (times[1]),
    .decay = decay > LEAST_DECAY ? decay : LEAST_DECAY,
    .release = release > LEAST_RELEASE ? release : LEAST_RELEASE,
    .sustain = (float) times[3] * 0.001f,
  };
}

static float
held (const TuttiAhdsr *self, int64_t age)
{
  float left;

  if (age < self->attack)
    return (float) age / (float) self->attack;
  age -= self->attack + self->hold;
  if (age < 0)
    return 1.0f;
  if (age >= self->decay)
    return self->sustain;
  left = (float) (self->decay - age) / (float) self->decay;
  return self->sustain + (1.0f - self->sustain) * (left * left * left);
}

float
tutti_ahdsr_at (const TuttiAhdsr *self, int64_t frame)
{
  int64_t gone = frame - self->released;
  float left;

  if (frame < self->released)
    return held (self, frame - self->start);
  if (gone >= self->release)
    return 0.0f;
  left = (float) (self->release - gone) / (float) self->release;
  return self->release_level * (left * left * left);
}

bool
tutti_ahdsr_release (TuttiAhdsr *self, int64_t frame)
{
  if (self->released <= frame)
    return false;
  if (frame < self->start)
    frame = self->start;
  self->release_level = held (self, frame - self->start);
  self->released = frame;
  return true;
}

void
tutti_ahdsr_resume (TuttiAhdsr *self, int64_t frame)
{
  if (self->released < frame)
    self->start = frame - (int64_t) (tutti_ahdsr_at (self, frame) * (float) self->attack);
  self->released = INT64_MAX;
}

void
tutti_ahdsr_cut (TuttiAhdsr *self, int64_t frame, int32_t frames)
{
  /* What falls already has no room for two falls: it fades from the block's beginning. From @frame it would be held until there. */
  if (self->released < frame)
    frame = tutti_later (frame & -(int64_t) TUTTI_BLOCK, self->released);
  frame = tutti_later (frame, self->start);
  self->release_level = tutti_ahdsr_at (self, frame);
  self->released = frame;
  self->release = frames;
}

/* Where the curve that holds at @frame ends. */
static int64_t
corner (const TuttiAhdsr *self, int64_t frame)
{
  int64_t peak = self->start + self->attack, fall = peak + self->hold, rest = fall + self->decay;
  int64_t at = frame < peak ? peak : frame < fall ? fall : frame < rest ? rest : INT64_MAX;

  if (frame >= self->released)
    return frame < self->released + self->release ? self->released + self->release : INT64_MAX;
  return at < self->released ? at : self->released;
}

/* base + depth · left³, left falling from @left by @step a frame. */
TUTTI_CLONES static void
fall (float base, float depth, float left, float step, unsigned n, float *out)
{
  for (unsigned i = 0; i < n; i++)
    {
      float x = left - step * (float) (int32_t) i;

      out[i] = base + depth * (x * x * x);
    }
}

static void
rise (float from, float step, unsigned n, float *out)
{
  for (unsigned i = 0; i < n; i++)
    out[i] = from + step * (float) (int32_t) i;
}

static void
fill_piece (const TuttiAhdsr *self, int64_t frame, unsigned n, float *out)
{
  int64_t age = frame - self->start, gone = frame - self->released;
  int64_t decayed = age - self->attack - self->hold;

  if (frame >= self->released && gone < self->release)
    fall (0.0f, self->release_level, (float) (self->release - gone) / (float) self->release, 1.0f / (float) self->release, n, out);
  else if (frame >= self->released)
    rise (0.0f, 0.0f, n, out);
  else if (age < self->attack)
    rise ((float) age / (float) self->attack, 1.0f / (float) self->attack, n, out);
  else if (decayed >= 0 && decayed < self->decay)
    fall (self->sustain, 1.0f - self->sustain, (float) (self->decay - decayed) / (float) self->decay, 1.0f / (float) self->decay,
          n, out);
  else
    rise (decayed < 0 ? 1.0f : self->sustain, 0.0f, n, out);
}

void
tutti_ahdsr_fill (const TuttiAhdsr *self, int64_t frame, unsigned n, float *out)
{
  int64_t end = frame + n;

  while (frame < end)
    {
      int64_t to = corner (self, frame);

      to = to < end ? to : end;
      fill_piece (self, frame, (unsigned) (to - frame), out);
      out += to - frame;
      frame = to;
    }
}

bool
tutti_ahdsr_over (const TuttiAhdsr *self, int64_t frame)
{
  if (frame >= self->released)
    return frame >= self->released + self->release || self->release_level <= 0.0f;
  return self->sustain <= 0.0f && frame >= self->start + self->attack + self->hold + self->decay;
}
