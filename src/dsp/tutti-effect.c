/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect.h"

#include <string.h>

#include "tutti-lanes.h"

/* 20 Hz and 20 kHz in cents above 8.1758 Hz. */
#define CUTOFF_FLOOR 1549
#define CUTOFF_SPAN 11959

void
tutti_effect_reset (TuttiEffect *effect)
{
  memset (effect, 0, sizeof *effect);
}

static void
restart (TuttiEffect *effect)
{
  effect->kind = effect->want.kind;
  if (effect->kind == TUTTI_SCORE_EFFECT_FILTER)
    tutti_filter_reset (&effect->filter);
  else if (effect->kind == TUTTI_SCORE_EFFECT_DRIVE)
    tutti_drive_reset (&effect->drive);
  else if (effect->kind == TUTTI_SCORE_EFFECT_CRUSH)
    tutti_crush_reset (&effect->crush);
}

static float
per_mille (int16_t value)
{
  return (float) tutti_clamp (value, 0, 1000) * 0.001f;
}

static void
set_params (TuttiEffect *effect)
{
  const int16_t *params = effect->want.params;

  effect->blend_aim = (TuttiEffectBlend) { 1.0f, 1.0f };
  if (effect->kind == TUTTI_SCORE_EFFECT_FILTER)
    tutti_filter_set (&effect->filter, (TuttiFilterMode) params[2], CUTOFF_FLOOR + params[0] * CUTOFF_SPAN / 1000, params[1]);
  else if (effect->kind == TUTTI_SCORE_EFFECT_DRIVE)
    {
      tutti_drive_set (&effect->drive, params[0]);
      effect->blend_aim.level = per_mille (params[1]);
    }
  else if (effect->kind == TUTTI_SCORE_EFFECT_CRUSH)
    {
      tutti_crush_set (&effect->crush, params[0], params[1]);
      effect->blend_aim.mix = per_mille (params[2]);
    }
}

static bool
same (const TuttiScoreEffect *one, const TuttiScoreEffect *other)
{
  return one->kind == other->kind && one->on == other->on && memcmp (one->params, other->params, sizeof one->params) == 0;
}

void
tutti_effect_aim (TuttiEffect *effect, const TuttiScoreEffect *want)
{
  if (same (&effect->want, want))
    return;
  effect->want = *want;
  /* What fades out keeps its sound. */
  if (want->on && want->kind == effect->kind)
    set_params (effect);
}

bool
tutti_effect_silent (const TuttiEffect *effect)
{
  if (effect->wet == 0)
    return true;
  if (effect->kind == TUTTI_SCORE_EFFECT_FILTER)
    return tutti_filter_silent (&effect->filter);
  if (effect->kind == TUTTI_SCORE_EFFECT_CRUSH)
    return effect->crush.held[0] == 0.0f && effect->crush.held[1] == 0.0f;
  return true;
}

static void
apply (TuttiEffect *effect, TuttiBlock *block, int64_t frame)
{
  if (effect->kind == TUTTI_SCORE_EFFECT_FILTER)
    tutti_filter_apply (&effect->filter, block, 0, TUTTI_BLOCK);
  else if (effect->kind == TUTTI_SCORE_EFFECT_DRIVE)
    tutti_drive_apply (&effect->drive, block, 0, TUTTI_BLOCK);
  else if (effect->kind == TUTTI_SCORE_EFFECT_CRUSH)
    tutti_crush_apply (&effect->crush, block, frame, 0, TUTTI_BLOCK);
}

static void
blend_side (const TuttiEffect *effect, float *x, const float *dry)
{
  const TuttiEffectBlend a = effect->blend, b = effect->blend_aim;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float t = tutti_share (i);

      x[i] = (dry[i] + (x[i] - dry[i]) * tutti_between (a.mix, b.mix, t)) * tutti_between (a.level, b.level, t);
    }
}

static bool
is_whole (const TuttiEffectBlend *blend)
{
  return blend->mix == 1.0f && blend->level == 1.0f;
}

static void
apply_blended (TuttiEffect *effect, TuttiBlock *block, int64_t frame)
{
  TuttiBlock dry;

  if (is_whole (&effect->blend) && is_whole (&effect->blend_aim))
    {
      apply (effect, block, frame);
      return;
    }
  dry = *block;
  apply (effect, block, frame);
  blend_side (effect, block->left, dry.left);
  blend_side (effect, block->right, dry.right);
  effect->blend = effect->blend_aim;
}

static void
cross_fade (float *to, const float *dry, bool rising)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float wet = (float) (rising ? i : TUTTI_BLOCK - i) * (1.0f / TUTTI_BLOCK);

      to[i] = dry[i] + (to[i] - dry[i]) * wet;
    }
}

void
tutti_effect_run (TuttiEffect *effect, TuttiBlock *block, int64_t frame)
{
  bool wanted = effect->want.on && effect->want.kind != TUTTI_SCORE_EFFECT_NONE &&
                (effect->want.kind == effect->kind || effect->wet == 0);
  TuttiBlock dry;

  if (wanted && effect->wet == 0)
    {
      restart (effect);
      set_params (effect);
      effect->blend = effect->blend_aim;
    }
  if (wanted == (effect->wet != 0))
    {
      if (wanted)
        apply_blended (effect, block, frame);
      return;
    }
  dry = *block;
  apply_blended (effect, block, frame);
  cross_fade (block->left, dry.left, wanted);
  cross_fade (block->right, dry.right, wanted);
  effect->wet = wanted;
}

TuttiFilter *
tutti_effect_plain_filter (TuttiEffect *effect)
{
  bool plain = effect->wet != 0 && effect->kind == TUTTI_SCORE_EFFECT_FILTER && effect->want.on &&
               effect->want.kind == TUTTI_SCORE_EFFECT_FILTER;

  return plain ? &effect->filter : NULL;
}
