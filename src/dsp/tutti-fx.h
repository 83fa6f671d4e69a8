/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-delay.h"
#include "tutti-limiter.h"
#include "tutti-reverb.h"
#include "tutti-strip.h"

/* Everything of the mix that remembers: strips, sends, master. It exists twice, because what remembers is begun anew from silence
 * at set frames (see tutti-engine.h). Plain memory. */

#define TUTTI_FX_STRIPS 128
#define TUTTI_FX_MASTER TUTTI_FX_STRIPS /* the master's effects, as an owner of cells */

typedef struct
{
  bool             on;
  bool             fresh;
  bool             sounding;   /* a block was finished */
  int64_t          start_frame; /* of its first block */
  TuttiScoreDelay  delay_made_from;
  TuttiScoreReverb reverb_made_from;
  int32_t          tempo_made_from;
  int16_t          master_made_from;
  bool             reverb_dirty; /* its lines are not all zero */
  TuttiStripGain   master, delay_return, reverb_return;
  TuttiLimiter     limiter;
  TuttiChain       chain;      /* the master's */
  TuttiStrip       strips[TUTTI_FX_STRIPS];
  TuttiReverb      reverb;
  TuttiDelay       delay;
  TuttiCells       cells;
} TuttiFx;

/* Silent, and on from @frame. The strips in use are reset by who uses them. */
TUTTI_REALTIME void tutti_fx_reset (TuttiFx *fx, int64_t frame);

/* What sends and master are to be from the next block on. */
TUTTI_REALTIME void tutti_fx_aim (TuttiFx *fx, const TuttiScore *score, int32_t tempo_cbpm);

/* What the effects of strip @owner are given. */
TUTTI_REALTIME TuttiEffectContext tutti_fx_context (TuttiFx *fx, const TuttiEffectTime *time, const TuttiKeys *keys, unsigned owner);

/* The strip begins anew. */
TUTTI_REALTIME void tutti_fx_reset_strip (TuttiFx *fx, unsigned index);

/* Turns the strips' sums into the mix; what comes out belongs TUTTI_LIMITER_DELAY frames earlier. */
TUTTI_REALTIME void tutti_fx_finish (TuttiFx *fx, TuttiStripBuses *buses, const TuttiEffectTime *time, const TuttiKeys *keys);

/* A copy of what is live: untouched lines and unused strips are left out. @used: which strips there are. */
TUTTI_REALTIME void tutti_fx_copy (TuttiFx *to, const TuttiFx *from, const bool used[TUTTI_FX_STRIPS]);
