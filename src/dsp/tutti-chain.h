/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

/* Effects one behind the other. They are known by their ids, so that one that is moved keeps what it remembers; a new order dips
 * the sound for two blocks, what comes and goes cross-fades in its place. Plain memory. */

/* Those of a score and some that still fade. */
#define TUTTI_CHAIN_UNITS 12

typedef struct
{
  uint8_t     n, order[TUTTI_CHAIN_UNITS];           /* units as they run */
  uint8_t     n_wanted, wanted[TUTTI_CHAIN_UNITS];   /* as they are to run once the sound is down */
  uint8_t     dip;             /* 2: goes down in the next block, 1: comes back in the next, in the new order */
  uint16_t    busy;            /* bit per unit that is not idle */
  TuttiEffect units[TUTTI_CHAIN_UNITS];
} TuttiChain;

TUTTI_REALTIME void tutti_chain_reset (TuttiChain *chain);

/* The same; what does not run is left out. */
TUTTI_REALTIME void tutti_chain_copy (TuttiChain *to, const TuttiChain *from);

/* What it is to be from the next block on. @at_once: nothing sounds yet. */
TUTTI_REALTIME void tutti_chain_aim (TuttiChain *chain, const TuttiScoreEffect *effects, unsigned n, bool at_once);

/* Silence in gives silence out. */
TUTTI_REALTIME bool tutti_chain_silent (const TuttiChain *chain, const TuttiCells *cells);

TUTTI_REALTIME void tutti_chain_run (TuttiChain *chain, TuttiBlock *block, const TuttiEffectContext *context);

/* How far a chain that runs beside others has come in this block: { 0, false } at first. */
typedef struct
{
  unsigned at;                 /* in its order */
  bool     gone;               /* an effect has faded out */
} TuttiChainPlace;

/* The same in steps, so that the filters of several chains can run side by side: goes on up to the next filter and returns it, to be run
 * on @block before the next step; NULL at the end. */
TUTTI_REALTIME TuttiFilter *tutti_chain_go_on (TuttiChain *chain, TuttiChainPlace *place, TuttiBlock *block,
                                               const TuttiEffectContext *context);

/* After the last step. */
TUTTI_REALTIME void tutti_chain_end (TuttiChain *chain, const TuttiChainPlace *place, TuttiBlock *block);
