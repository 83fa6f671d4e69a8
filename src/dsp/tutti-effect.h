/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-cells.h"
#include "tutti-crush.h"
#include "tutti-drive.h"
#include "tutti-dynamics.h"
#include "tutti-effect-time.h"
#include "tutti-eq.h"
#include "tutti-filter.h"
#include "tutti-phaser.h"
#include "tutti-score-effect.h"
#include "tutti-tremolo.h"
#include "tutti-width.h"

#define TUTTI_KEYS_MAX 64

/* What other tracks' voices give in this block, for effects that are steered by it. */
typedef struct
{
  unsigned   n;
  uint64_t   id[TUTTI_KEYS_MAX];
  TuttiBlock block[TUTTI_KEYS_MAX];
} TuttiKeys;

/* What an effect is given beside the sound. */
typedef struct
{
  TuttiEffectTime  time;
  const TuttiKeys *keys;       /* borrowed */
  TuttiCells      *cells;      /* borrowed */
  uint8_t          owner;      /* of cells */
  bool             sounding;   /* something may have sounded just before: what begins comes in softly */
} TuttiEffectContext;

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
  uint8_t cell;                /* of those that need one, while they are heard */
  bool    stale;               /* @want is not yet what it was set to */
  int32_t tempo_cbpm;          /* that its time was made from */
  TuttiScoreEffect want;
  TuttiEffectBlend blend;      /* at the end of the last block */
  TuttiEffectBlend blend_aim;  /* at the end of the next */
  union
  {
    TuttiFilter     filter;
    TuttiDrive      drive;
    TuttiCrush      crush;
    TuttiEq         eq;
    TuttiCompressor compressor;
    TuttiPhaser     phaser;
    TuttiWidth      width;
    TuttiGate       gate;
    TuttiTremolo    tremolo;
  };
} TuttiEffect;

/* Without a cell: who had one has dropped it. */
TUTTI_REALTIME void tutti_effect_reset (TuttiEffect *effect);

/* What it is to be from the next block on; telling it the same again costs little. */
TUTTI_REALTIME void tutti_effect_aim (TuttiEffect *effect, const TuttiScoreEffect *want);

/* Neither heard nor wanted. */
static inline bool
tutti_effect_idle (const TuttiEffect *effect)
{
  return effect->wet == 0 && (!effect->want.on || effect->want.kind == TUTTI_SCORE_EFFECT_NONE);
}

/* Silence in gives silence out, and nothing changes meanwhile. */
TUTTI_REALTIME bool tutti_effect_silent (const TuttiEffect *effect, const TuttiCells *cells);

/* Works on a whole block. */
TUTTI_REALTIME void tutti_effect_run (TuttiEffect *effect, TuttiBlock *block, const TuttiEffectContext *context);

/* The filter that would run alone on the block now, so that several can run side by side; NULL when that would not be the same. */
TUTTI_REALTIME TuttiFilter *tutti_effect_plain_filter (TuttiEffect *effect);
