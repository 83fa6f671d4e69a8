/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-strip.h"

#include <string.h>

#include "tutti-lanes.h"
#include "tutti-math.h"

void
tutti_strip_reset (TuttiStrip *strip)
{
  memset (strip, 0, offsetof (TuttiStrip, filter));
  tutti_effect_reset (&strip->filter);
  tutti_effect_reset (&strip->drive);
  tutti_chain_reset (&strip->chain);
  strip->fresh = true;
}

void
tutti_strip_copy (TuttiStrip *to, const TuttiStrip *from)
{
  memcpy (to, from, offsetof (TuttiStrip, chain));
  tutti_chain_copy (&to->chain, &from->chain);
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
aim_units (TuttiStrip *strip, const TuttiStripAim *aim)
{
  int16_t cutoff = aim->params[TUTTI_SCORE_PARAM_CUTOFF], type = aim->params[TUTTI_SCORE_PARAM_FILTER_TYPE];
  int16_t amount = aim->params[TUTTI_SCORE_PARAM_DRIVE];
  TuttiScoreEffect filter = { .kind = TUTTI_SCORE_EFFECT_FILTER, .on = type != 0 || cutoff < 1000,
                              .params = { type, cutoff, aim->params[TUTTI_SCORE_PARAM_RESONANCE] } };
  TuttiScoreEffect drive = { .kind = TUTTI_SCORE_EFFECT_DRIVE, .on = amount > 0, .params = { amount, 1000 } };

  tutti_effect_aim (&strip->filter, &filter);
  tutti_effect_aim (&strip->drive, &drive);
  tutti_chain_aim (&strip->chain, aim->effects, aim->track->n_effects, strip->fresh);
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
  aim_units (strip, aim);
  if (strip->fresh)
    tutti_strip_sleep (strip);
  strip->fresh = false;
}

bool
tutti_strip_silent (const TuttiStrip *strip, const TuttiCells *cells)
{
  return tutti_effect_silent (&strip->filter, cells) && tutti_effect_silent (&strip->drive, cells) &&
         tutti_chain_silent (&strip->chain, cells);
}

void
tutti_strip_sleep (TuttiStrip *strip)
{
  strip->sounding = false;
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

/* @from may be @block. */
TUTTI_INLINE void
scale_side_into (const float *from, float *block, float *restrict mix, float begin, float end)
{
  float step = (end - begin) * (1.0f / TUTTI_BLOCK);

  /* Where nothing moves, the same bits for less. */
  if (step == 0.0f)
    for (int i = 0; i < TUTTI_BLOCK; i++)
      {
        block[i] = from[i] * begin;
        mix[i] += block[i];
      }
  else
    for (int i = 0; i < TUTTI_BLOCK; i++)
      {
        block[i] = from[i] * (begin + step * (float) i);
        mix[i] += block[i];
      }
}

TUTTI_CLONES static void
scale_into (TuttiBlock *restrict block, TuttiBlock *restrict mix, const TuttiStrip *strip, float left, float right, bool mono)
{
  /* The right side first: it may be made of the left one. */
  if (mono)
    scale_side_into (block->left, block->right, mix->right, strip->right.now, right);
  else
    scale_side_into (block->right, block->right, mix->right, strip->right.now, right);
  scale_side_into (block->left, block->left, mix->left, strip->left.now, left);
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

/* Runs the filters that are there on their blocks. */
static void
run_filters (TuttiFilter *const *filters, TuttiBlock *blocks, unsigned n)
{
  TuttiFilter *four[TUTTI_STRIPS_TOGETHER] = { NULL };
  TuttiBlock *on[TUTTI_STRIPS_TOGETHER] = { NULL };
  unsigned n_there = 0, last = 0;

  for (unsigned i = 0; i < n; i++)
    if (filters[i] != NULL)
      {
        four[i] = filters[i];
        on[i] = &blocks[i];
        last = i;
        n_there++;
      }
  if (n_there == 1)
    tutti_filter_apply (filters[last], on[last], 0, TUTTI_BLOCK);
  else if (n_there > 1)
    tutti_filter_apply4 (four, on);
}

/* The track's own filter and drive. */
static void
run_own (TuttiStrip *const *strips, TuttiBlock *blocks, const TuttiEffectContext *contexts, unsigned n)
{
  TuttiFilter *filters[TUTTI_STRIPS_TOGETHER] = { NULL };

  for (unsigned i = 0; i < n; i++)
    {
      filters[i] = tutti_effect_plain_filter (&strips[i]->filter);
      if (filters[i] == NULL && !tutti_effect_idle (&strips[i]->filter))
        tutti_effect_run (&strips[i]->filter, &blocks[i], &contexts[i]);
    }
  run_filters (filters, blocks, n);
  for (unsigned i = 0; i < n; i++)
    if (!tutti_effect_idle (&strips[i]->drive))
      tutti_effect_run (&strips[i]->drive, &blocks[i], &contexts[i]);
}

static void
run_chains (TuttiStrip *const *strips, TuttiBlock *blocks, const TuttiEffectContext *contexts, unsigned n)
{
  TuttiChainPlace places[TUTTI_STRIPS_TOGETHER] = { { 0, false } };
  TuttiFilter *filters[TUTTI_STRIPS_TOGETHER] = { NULL };
  unsigned busy = 0;
  bool any;

  for (unsigned i = 0; i < n; i++)
    busy |= strips[i]->chain.busy | strips[i]->chain.dip;
  if (busy == 0)
    return;
  do
    {
      any = false;
      for (unsigned i = 0; i < n; i++)
        {
          filters[i] = tutti_chain_go_on (&strips[i]->chain, &places[i], &blocks[i], &contexts[i]);
          any |= filters[i] != NULL;
        }
      run_filters (filters, blocks, n);
    }
  while (any);
  for (unsigned i = 0; i < n; i++)
    tutti_chain_end (&strips[i]->chain, &places[i], &blocks[i]);
}

static void
note_gone (TuttiStrip *strip)
{
  if (strip->fade_left == 0 || --strip->fade_left > 0)
    return;
  strip->left.target = strip->right.target = 0.0f;
  strip->audible = false;
}

/* Neither fader nor place moves, and nothing is sent. */
static bool
stands_still (const TuttiStrip *strip)
{
  return strip->left.now == strip->left.target && strip->right.now == strip->right.target && strip->fade_left == 0 &&
         strip->delay_send.now == 0.0f && strip->delay_send.target == 0.0f &&
         strip->reverb_send.now == 0.0f && strip->reverb_send.target == 0.0f;
}

void
tutti_strip_send (TuttiStrip *strip, TuttiBlock *block, bool mono, TuttiStripBuses *buses)
{
  float left, right;

  strip->sounding = true;
  if (stands_still (strip))
    {
      scale_into (block, &buses->mix, strip, strip->left.now, strip->right.now, mono);
      return;
    }
  left = gain_after (strip, &strip->left);
  right = gain_after (strip, &strip->right);
  scale_into (block, &buses->mix, strip, left, right, mono);
  run_send (&strip->delay_send, block, &buses->delay, &buses->delay_fed);
  run_send (&strip->reverb_send, block, &buses->reverb, &buses->reverb_fed);
  strip->left.now = left;
  strip->right.now = right;
  note_gone (strip);
}

void
tutti_strips_run (TuttiStrip *const *strips, TuttiBlock *blocks, const TuttiEffectContext *contexts, unsigned n)
{
  run_own (strips, blocks, contexts, n);
  run_chains (strips, blocks, contexts, n);
}
