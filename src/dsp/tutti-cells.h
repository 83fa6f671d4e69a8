/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-chorus.h"
#include "tutti-delay.h"
#include "tutti-peak-limiter.h"
#include "tutti-reverb.h"
#include "tutti-score-effect.h"

/* Memory for the effects that remember much, lent to them while they run. There are as many cells as a score may have such effects.
 * Plain memory, of which only what is lent is ever touched. */

#define TUTTI_CELL_NONE 0xff

typedef struct
{
  uint8_t kind;                /* TuttiScoreEffectKind; NONE: free */
  uint8_t owner;
  union
  {
    TuttiChorus      chorus;   /* flanger too */
    TuttiDelay       delay;
    TuttiPeakLimiter limiter;
    TuttiReverb      reverb;
  };
} TuttiCell;

typedef struct
{
  uint32_t  used;              /* bit per cell */
  TuttiCell cell[TUTTI_SCORE_BIG_EFFECTS_MAX];
} TuttiCells;

/* Whether effects of @kind need one. */
static inline bool
tutti_cells_wanted (unsigned kind)
{
  return kind == TUTTI_SCORE_EFFECT_LIMITER || kind == TUTTI_SCORE_EFFECT_CHORUS || kind == TUTTI_SCORE_EFFECT_FLANGER ||
         kind == TUTTI_SCORE_EFFECT_DELAY || kind == TUTTI_SCORE_EFFECT_REVERB;
}

/* A cell for @owner with a silent effect of @kind in it; TUTTI_CELL_NONE when all are lent. */
TUTTI_REALTIME uint8_t tutti_cells_lend (TuttiCells *cells, unsigned kind, uint8_t owner);
TUTTI_REALTIME void    tutti_cells_return (TuttiCells *cells, uint8_t index);

/* All that @owner had. */
TUTTI_REALTIME void tutti_cells_drop (TuttiCells *cells, uint8_t owner);

/* Whether silence in gives silence out. */
TUTTI_REALTIME bool tutti_cell_silent (const TuttiCell *cell);

/* The same; only what is lent, and of that only what can still be heard. */
TUTTI_REALTIME void tutti_cells_copy (TuttiCells *to, const TuttiCells *from);
