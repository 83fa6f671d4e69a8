/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-click.h"
#include "tutti-fingerprint.h"
#include "tutti-fx.h"
#include "tutti-meter.h"
#include "tutti-mix.h"
#include "tutti-monitor.h"
#include "tutti-pool.h"
#include "tutti-sequencer.h"
#include "tutti-timeline.h"

/* One course of the mix: everything that goes from one block to the next. Plain memory that points at scores and samples but not
 * into itself, so that a copy is a checkpoint.
 *
 * Finite memory: voices live for a minute at most and are the same for all. What remembers longer (TuttiFx) is held twice: a second
 * one begins from silence TUTTI_REFRESH_WARM frames before each multiple of TUTTI_REFRESH frames and takes over there by a short
 * cross-fade, so a participant who began before that has everybody's bits from then on. */

#define TUTTI_REFRESH (INT64_C (1) << 21)
#define TUTTI_REFRESH_WARM (INT64_C (1) << 19)
#define TUTTI_REFRESH_FADE 4   /* blocks */

typedef struct
{
  uint64_t               id;
  const TuttiScoreTrack *track;  /* in the score of the moment; NULL when gone */
  uint8_t                gone;   /* blocks since it went */
  bool                   aimed[2]; /* the strip of that TuttiFx knows the values */
  int64_t                quiet_from; /* no hit begins at ticks in [quiet_from, quiet_until) */
  int64_t                quiet_until;
  TuttiLocks             locks;
  int64_t                locks_from;
  int16_t                patch[TUTTI_N_PATCH_PARAMS]; /* the track's, as its voices know it */
  int16_t                params[TUTTI_SCORE_N_PARAMS]; /* with the locks that hold beyond one hit */
  TuttiScoreEffect       effects[TUTTI_SCORE_EFFECTS_MAX]; /* likewise; as many as the track has */
  bool                   keyed;  /* an effect of its is steered by another track */
  uint32_t               still;  /* silent blocks not yet fed to the print */
  TuttiFingerprint       print;
} TuttiSlot;

typedef struct
{
  int64_t          next_frame;   /* of the next block */
  int64_t          began;        /* first block, without sound */
  bool             sounding;
  const TuttiScore *score;
  uint64_t         score_serial; /* 0 none */
  uint32_t         panic;
  bool             any_score;
  int64_t          gate_tick;    /* no gated note ends before it */
  int64_t          expected_tick; /* where ticks go on when nobody seeks */
  int64_t          voices_exact_from; /* from here on every voice is known to be everybody's */
  int64_t          exact_from;   /* from here on so is the mix; INT64_MAX: not yet */
  uint8_t          active;       /* which fx is heard */
  uint8_t          n_slots;
  uint8_t          n_keys;
  uint8_t          keys[TUTTI_KEYS_MAX]; /* slots whose voices steer effects of others */
  uint8_t          order[TUTTI_FX_STRIPS]; /* slots by rising id */
  bool             used[TUTTI_FX_STRIPS];
  TuttiClicks      clicks;
  uint32_t         still;
  TuttiFingerprint print;        /* of the mix */
  TuttiPrint       track_prints; /* complete already; the mix follows one block later */
  TuttiSlot        slots[TUTTI_FX_STRIPS];
  TuttiPool        pool;
  TuttiFx          fx[2];
} TuttiEngine;

/* What a rendering tells beside the sound. All may be NULL or false. */
typedef struct
{
  const TuttiClickSounds *clicks;  /* borrowed; NULL: without metronome */
  TuttiMeter             *meters;  /* TUTTI_FX_STRIPS of them, by slot */
  bool                    prints;
  bool                    print_ready; /* out: *print holds a complete second */
  TuttiPrint             *print;   /* out */
  TuttiMonitor           *monitor; /* what this machine hears more or less of a track */
} TuttiEngineTap;

/* Empty, about to work on the block at @frame (a multiple of TUTTI_BLOCK). */
TUTTI_REALTIME void tutti_engine_reset (TuttiEngine *engine, int64_t frame);

/* Goes on by one block: hits begin, voices age, nothing is heard. Of voices that have to be computed to age those are that began at
 * engine->pool.compute_from or later. */
TUTTI_REALTIME void tutti_engine_advance (TuttiEngine *engine, const TuttiTimeline *timeline);

/* From the next block on there is sound. */
TUTTI_REALTIME void tutti_engine_open (TuttiEngine *engine);

/* Renders the block at engine->next_frame. @out is the mix of the frames TUTTI_LIMITER_DELAY before, so that a hit is heard at
 * exactly its frame. */
TUTTI_REALTIME void tutti_engine_render (TuttiEngine *engine, const TuttiTimeline *timeline, TuttiEngineTap *tap, TuttiBlock *out);

/* Scores have been replaced under it: looks everything up anew at the next block. */
TUTTI_REALTIME void tutti_engine_unsettle (TuttiEngine *engine);

/* A copy of what is live. */
TUTTI_REALTIME void tutti_engine_copy (TuttiEngine *to, const TuttiEngine *from);
