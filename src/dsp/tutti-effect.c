/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-set.h"

#include <string.h>

#include "tutti-lanes.h"

void
tutti_effect_reset (TuttiEffect *effect)
{
  /* What a kind remembers is reset when it begins. */
  memset (effect, 0, offsetof (TuttiEffect, filter));
  effect->cell = TUTTI_CELL_NONE;
}

static bool
same (const TuttiScoreEffect *one, const TuttiScoreEffect *other)
{
  return one->id == other->id && one->key == other->key && one->kind == other->kind && one->on == other->on &&
         memcmp (one->params, other->params, sizeof one->params) == 0;
}

void
tutti_effect_aim (TuttiEffect *effect, const TuttiScoreEffect *want)
{
  if (same (&effect->want, want))
    return;
  effect->want = *want;
  effect->stale = true;
}

static bool
own_silent (const TuttiEffect *effect)
{
  switch (effect->kind)
    {
    case TUTTI_SCORE_EFFECT_FILTER: return tutti_filter_silent (&effect->filter);
    case TUTTI_SCORE_EFFECT_DRIVE: return tutti_drive_silent (&effect->drive);
    case TUTTI_SCORE_EFFECT_CRUSH: return effect->crush.held[0] == 0.0f && effect->crush.held[1] == 0.0f;
    case TUTTI_SCORE_EFFECT_EQ: return tutti_eq_silent (&effect->eq);
    case TUTTI_SCORE_EFFECT_COMPRESSOR: return tutti_compressor_rests (&effect->compressor);
    case TUTTI_SCORE_EFFECT_PHASER: return tutti_phaser_silent (&effect->phaser);
    case TUTTI_SCORE_EFFECT_GATE: return tutti_gate_rests (&effect->gate);
    default: return true;
    }
}

bool
tutti_effect_silent (const TuttiEffect *effect, const TuttiCells *cells)
{
  if (effect->wet == 0)
    return true;
  return effect->cell != TUTTI_CELL_NONE ? tutti_cell_silent (&cells->cell[effect->cell]) : own_silent (effect);
}

/* What steers a compressor or gate: a track that is not there is silent. */
static const TuttiBlock *
key_of (const TuttiEffect *effect, const TuttiBlock *block, const TuttiKeys *keys)
{
  static const TuttiBlock nothing;

  if (effect->want.key == 0)
    return block;
  for (unsigned i = 0; i < keys->n; i++)
    if (keys->id[i] == effect->want.key)
      return &keys->block[i];
  return &nothing;
}

static void
apply (TuttiEffect *effect, TuttiBlock *block, const TuttiEffectContext *context)
{
  int64_t frame = context->time.frame;
  TuttiCell *cell = effect->cell != TUTTI_CELL_NONE ? &context->cells->cell[effect->cell] : NULL;

  switch (effect->kind)
    {
    case TUTTI_SCORE_EFFECT_FILTER: tutti_filter_apply (&effect->filter, block, 0, TUTTI_BLOCK); break;
    case TUTTI_SCORE_EFFECT_DRIVE: tutti_drive_run (&effect->drive, block); break;
    case TUTTI_SCORE_EFFECT_CRUSH: tutti_crush_apply (&effect->crush, block, frame, 0, TUTTI_BLOCK); break;
    case TUTTI_SCORE_EFFECT_EQ: tutti_eq_run (&effect->eq, block); break;
    case TUTTI_SCORE_EFFECT_COMPRESSOR:
      tutti_compressor_run (&effect->compressor, block, key_of (effect, block, context->keys));
      break;
    case TUTTI_SCORE_EFFECT_LIMITER: tutti_peak_limiter_run (&cell->limiter, block); break;
    case TUTTI_SCORE_EFFECT_CHORUS:
    case TUTTI_SCORE_EFFECT_FLANGER: tutti_chorus_run (&cell->chorus, block, frame); break;
    case TUTTI_SCORE_EFFECT_PHASER: tutti_phaser_run (&effect->phaser, block, frame); break;
    case TUTTI_SCORE_EFFECT_DELAY: tutti_delay_run (&cell->delay, block); break;
    case TUTTI_SCORE_EFFECT_REVERB: tutti_reverb_run (&cell->reverb, block, frame); break;
    case TUTTI_SCORE_EFFECT_WIDTH: tutti_width_run (&effect->width, block); break;
    case TUTTI_SCORE_EFFECT_GATE: tutti_gate_run (&effect->gate, block, key_of (effect, block, context->keys)); break;
    case TUTTI_SCORE_EFFECT_TREMOLO: tutti_tremolo_run (&effect->tremolo, block, &context->time); break;
    default: break;
    }
}

TUTTI_CLONES static void
blend_side (const TuttiEffect *effect, float *restrict x, const float *restrict dry)
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
apply_blended (TuttiEffect *effect, TuttiBlock *block, const TuttiEffectContext *context)
{
  TuttiBlock dry;

  if (is_whole (&effect->blend) && is_whole (&effect->blend_aim))
    {
      apply (effect, block, context);
      return;
    }
  dry = *block;
  apply (effect, block, context);
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

TUTTI_CLONES static void
rise (float *x)
{
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    x[i] *= tutti_share (i);
}

/* The last block of what goes, or the first of what comes. */
static void
run_fading (TuttiEffect *effect, TuttiBlock *block, const TuttiEffectContext *context, bool rising)
{
  TuttiBlock dry = *block;

  /* What comes out late would begin in the middle of the sound. */
  if (rising && (effect->cell != TUTTI_CELL_NONE || effect->kind == TUTTI_SCORE_EFFECT_DRIVE))
    {
      rise (block->left);
      rise (block->right);
    }
  apply_blended (effect, block, context);
  cross_fade (block->left, dry.left, rising);
  cross_fade (block->right, dry.right, rising);
  effect->wet = rising;
  if (!rising && effect->cell != TUTTI_CELL_NONE)
    {
      tutti_cells_return (context->cells, effect->cell);
      effect->cell = TUTTI_CELL_NONE;
    }
}

void
tutti_effect_run (TuttiEffect *effect, TuttiBlock *block, const TuttiEffectContext *context)
{
  bool wanted = effect->want.on && effect->want.kind != TUTTI_SCORE_EFFECT_NONE &&
                (effect->want.kind == effect->kind || effect->wet == 0);

  if (wanted && effect->wet == 0)
    {
      wanted = tutti_effect_begin (effect, context);
      effect->wet = wanted && !context->sounding;
    }
  /* What fades out keeps its sound. */
  else if (wanted && (effect->stale || effect->tempo_cbpm != context->time.tempo_cbpm))
    tutti_effect_set (effect, context->cells, context->time.tempo_cbpm);
  if (wanted != (effect->wet != 0))
    run_fading (effect, block, context, wanted);
  else if (wanted)
    apply_blended (effect, block, context);
}

TuttiFilter *
tutti_effect_plain_filter (TuttiEffect *effect)
{
  bool plain = effect->wet != 0 && effect->kind == TUTTI_SCORE_EFFECT_FILTER && effect->want.on &&
               effect->want.kind == TUTTI_SCORE_EFFECT_FILTER;

  if (!plain)
    return NULL;
  if (effect->stale)
    tutti_effect_set (effect, NULL, effect->tempo_cbpm);
  return &effect->filter;
}
