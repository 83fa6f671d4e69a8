/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

#include "tutti-engine.h"

/* How far compressors, gates and limiters push the sound down, told while somebody looks: whoever asks for one takes a place here for two
 * seconds, the audio thread fills the places in once a block. Nobody asks: nothing is worked out. */

#define TUTTI_REDUCTIONS 24

typedef struct
{
  _Atomic uint64_t track_id;   /* 0 the master */
  _Atomic uint64_t effect_id;
  _Atomic uint32_t wanted;     /* blocks for which it is still told */
  _Atomic uint32_t told;       /* bits of a float */
  float            shown;      /* the least gain, rising by 20 dB in 300 ms; the audio thread's */
} TuttiReduction;

typedef struct
{
  TuttiReduction places[TUTTI_REDUCTIONS];
} TuttiReductions;

void  tutti_reductions_init (TuttiReductions *reductions);

/* The gain, 0 … 1, of the effect; 1 when it is none of these, does not run, or was not asked for before. Thread: one, not the audio
 * thread. */
float tutti_reductions_ask  (TuttiReductions *reductions, uint64_t track_id, uint64_t effect_id);

/* A block was rendered by @engine. */
TUTTI_REALTIME void tutti_reductions_feed (TuttiReductions *reductions, const TuttiEngine *engine);
