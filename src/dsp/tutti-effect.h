/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-crush.h"
#include "tutti-drive.h"
#include "tutti-filter.h"
#include "tutti-score.h"

/* What of the effect's sound is heard: its share beside the dry one, and the level of both. */
typedef struct
{
  float mix, level;
} TuttiEffectBlend;

/* One place in a track's chain. Switching it, or putting another kind there, cross-fades over one grid block. */
typedef struct
{
  uint8_t kind;                /* TuttiScoreEffectKind that runs */
  uint8_t wet;                 /* 1 after a block in which it was heard */
  TuttiScoreEffect want;
  TuttiEffectBlend blend;      /* at the end of the last block */
  TuttiEffectBlend blend_aim;  /* at the end of the next */
  union
  {
    TuttiFilter filter;
    TuttiDrive  drive;
    TuttiCrush  crush;
  };
} TuttiEffect;

TUTTI_REALTIME void tutti_effect_reset (TuttiEffect *effect);

/* What it is to be from the next block on; telling it the same again costs little. */
TUTTI_REALTIME void tutti_effect_aim (TuttiEffect *effect, const TuttiScoreEffect *want);

/* Neither heard nor wanted. */
static inline bool
tutti_effect_idle (const TuttiEffect *effect)
{
  return effect->wet == 0 && (!effect->want.on || effect->want.kind == TUTTI_SCORE_EFFECT_NONE);
}

/* Silence in gives silence out. */
TUTTI_REALTIME bool tutti_effect_silent (const TuttiEffect *effect);

/* Works on the whole block that begins at session frame @frame. */
TUTTI_REALTIME void tutti_effect_run (TuttiEffect *effect, TuttiBlock *block, int64_t frame);

/* The filter that would run alone on the block now, so that several can run side by side; NULL when that would not be the same. */
TUTTI_REALTIME TuttiFilter *tutti_effect_plain_filter (TuttiEffect *effect);
