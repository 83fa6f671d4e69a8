/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-strip.h"

#include <string.h>

#include "tutti-lanes.h"
#include "tutti-math.h"

enum { UNIT_FILTER, UNIT_DRIVE, UNIT_SLOTS };

void
tutti_strip_reset (TuttiStrip *strip)
{
  memset (strip, 0, sizeof *strip);
  strip->fresh = true;
}

float
tutti_strip_level (int centibel)
{
  return centibel <= TUTTI_LEVEL_OFF ? 0.0f : tutti_gain (centibel);
}

/* Louder sides are up to 3 dB above the middle, which is 1: moving a sound does not change its loudness. */
static void
aim_gain (TuttiStrip *strip, int gain, int pan, bool audible)
{
  float all = audible ? tutti_strip_level (gain) * 1.41421356f : 0.0f;

  if (!strip->fresh && strip->gain == gain && strip->pan == pan && strip->audible == audible)
    return;
  strip->gain = (int16_t) gain;
  strip->pan = (int16_t) pan;
  strip->audible = audible;
  tutti_pan (pan, &strip->left.target, &strip->right.target);
  strip->left.target *= all;
  strip->right.target *= all;
}

static void
aim_send (const TuttiStrip *strip, TuttiStripGain *send, int16_t *made_from, int centibel)
{
  if (!strip->fresh && *made_from == centibel)
    return;
  *made_from = (int16_t) centibel;
  send->target = tutti_strip_level (centibel);
}

static void
aim_units (TuttiStrip *strip, const TuttiScoreTrack *track, const int16_t *params)
{
  int16_t cutoff = params[TUTTI_SCORE_PARAM_CUTOFF], type = params[TUTTI_SCORE_PARAM_FILTER_TYPE];
  TuttiScoreEffect filter = { TUTTI_SCORE_EFFECT_FILTER, type != 0 || cutoff < 1000,
                              { cutoff, params[TUTTI_SCORE_PARAM_RESONANCE], type } };
  TuttiScoreEffect drive = { TUTTI_SCORE_EFFECT_DRIVE, params[TUTTI_SCORE_PARAM_DRIVE] > 0, { params[TUTTI_SCORE_PARAM_DRIVE], 1000 } };
  static const TuttiScoreEffect none;

  tutti_effect_aim (&strip->units[UNIT_FILTER], &filter);
  tutti_effect_aim (&strip->units[UNIT_DRIVE], &drive);
  for (unsigned i = 0; i < TUTTI_SCORE_EFFECTS_MAX; i++)
    tutti_effect_aim (&strip->units[UNIT_SLOTS + i], i < track->n_effects ? &track->effects[i] : &none);
  strip->busy = 0;
  for (unsigned i = 0; i < TUTTI_STRIP_UNITS; i++)
    if (!tutti_effect_idle (&strip->units[i]))
      strip->busy |= (uint16_t) (1u << i);
}

void
tutti_strip_aim (TuttiStrip *strip, const TuttiStripAim *aim)
{
  const int16_t *params = aim->params;

  if (aim->track == NULL)
    {
      if (strip->fade_left == 0)
        strip->fade_left = TUTTI_STRIP_FADE_BLOCKS;
      return;
    }
  strip->fade_left = 0;
  aim_gain (strip, params[TUTTI_SCORE_PARAM_GAIN], params[TUTTI_SCORE_PARAM_PAN], aim->audible);
  aim_send (strip, &strip->delay_send, &strip->delay, params[TUTTI_SCORE_PARAM_DELAY_SEND]);
  aim_send (strip, &strip->reverb_send, &strip->reverb, params[TUTTI_SCORE_PARAM_REVERB_SEND]);
  aim_units (strip, aim->track, params);
  if (strip->fresh)
    tutti_strip_sleep (strip);
  strip->fresh = false;
}

bool
tutti_strip_silent (const TuttiStrip *strip)
{
  for (unsigned busy = strip->busy; busy != 0; busy &= busy - 1)
    if (!tutti_effect_silent (&strip->units[__builtin_ctz (busy)]))
      return false;
  return true;
}

void
tutti_strip_sleep (TuttiStrip *strip)
{
  strip->left.now = strip->left.target;
  strip->right.now = strip->right.target;
  strip->delay_send.now = strip->delay_send.target;
  strip->reverb_send.now = strip->reverb_send.target;
}

TUTTI_CLONES static void
add_ramped (float *restrict to, const float *restrict from, float begin, float step)
{
  for (int i = 0; i < TUTTI_BLOCK; i++)
    to[i] += from[i] * (begin + step * (float) i);
}

TUTTI_INLINE void
scale_side_into (float *restrict block, float *restrict mix, float begin, float end)
{
  float step = (end - begin) * (1.0f / TUTTI_BLOCK);

  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      block[i] *= begin + step * (float) i;
      mix[i] += block[i];
    }
}

/* The fader: block becomes what is heard of the track and is added to mix. */
TUTTI_CLONES static void
scale_into (TuttiBlock *restrict block, TuttiBlock *restrict mix, const TuttiStrip *strip, float left, float right)
{
  scale_side_into (block->left, mix->left, strip->left.now, left);
  scale_side_into (block->right, mix->right, strip->right.now, right);
}

void
tutti_block_add (TuttiBlock *to, const TuttiBlock *from, float begin, float end)
{
  float step = (end - begin) * (1.0f / TUTTI_BLOCK);

  add_ramped (to->left, from->left, begin, step);
  add_ramped (to->right, from->right, begin, step);
}

/* The gain at the end of this block. A strip that is gone falls to 0 in a straight line. */
static float
gain_after (const TuttiStrip *strip, const TuttiStripGain *gain)
{
  if (strip->fade_left > 0)
    return gain->now * (float) (strip->fade_left - 1) / (float) strip->fade_left;
  return tutti_strip_gain_next (gain);
}

static void
run_send (TuttiStripGain *send, const TuttiBlock *block, TuttiBlock *bus, bool *fed)
{
  float after = tutti_strip_gain_next (send);

  if (send->now == 0.0f && after == 0.0f)
    return;
  if (!*fed)
    memset (bus, 0, sizeof *bus);
  *fed = true;
  tutti_block_add (bus, block, send->now, after);
  send->now = after;
}

void
tutti_strip_run (TuttiStrip *strip, TuttiBlock *block, int64_t frame, bool filtered, TuttiStripBuses *buses)
{
  float left = gain_after (strip, &strip->left), right = gain_after (strip, &strip->right);

  for (unsigned busy = strip->busy; busy != 0; busy &= busy - 1)
    {
      unsigned i = (unsigned) __builtin_ctz (busy);

      if (!filtered || i != UNIT_FILTER)
        tutti_effect_run (&strip->units[i], block, frame);
      if (tutti_effect_idle (&strip->units[i]))
        strip->busy &= (uint16_t) ~(1u << i);
    }
  scale_into (block, &buses->mix, strip, left, right);
  run_send (&strip->delay_send, block, &buses->delay, &buses->delay_fed);
  run_send (&strip->reverb_send, block, &buses->reverb, &buses->reverb_fed);
  strip->left.now = left;
  strip->right.now = right;
  if (strip->fade_left > 0 && --strip->fade_left == 0)
    {
      strip->left.target = strip->right.target = 0.0f;
      strip->audible = false;
    }
}
