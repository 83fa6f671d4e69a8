/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-engine.h"
#include "tutti-local.h"
#include "tutti-loudness.h"
#include "tutti-prints.h"
#include "tutti-reduction.h"
#include "tutti-ring.h"

/* A checkpoint every 0.5 s, 4 s back. */
#define TUTTI_MIX_CHECKPOINTS 8
#define TUTTI_MIX_CHECKPOINT_FRAMES (384 * TUTTI_BLOCK)
/* A corrected course runs so many times as fast as the music: 4 s are caught up with in 1 s. */
#define TUTTI_MIX_CATCH_UP 5
#define TUTTI_MIX_LATE_FADE 4  /* blocks */
#define TUTTI_MIX_SCORES 2048  /* out at a time */

/* A sound that scores have used: kept until no voice can use it any more. Main thread alone. */
typedef struct
{
  TuttiScoreSound *sound;      /* owned reference */
  bool             lonely;     /* nobody but us refers to it … */
  uint64_t         since;      /* … since so many frames had been rendered */
} TuttiMixSound;

/* What scores have needed so far. Main thread alone. */
typedef struct
{
  unsigned strips, cells;
  bool     delays, sends;      /* some of the cells are delays; the shared delay or reverb is used */
} TuttiMixRoom;

struct _TuttiMix
{
  /* set once */
  TuttiMixOptions  options;
  TuttiClickSounds clicks;
  TuttiEngine     *checkpoints; /* TUTTI_MIX_CHECKPOINTS of them, or NULL when offline */

  /* main thread */
  unsigned       n_out;        /* scores handed over and not yet back */
  TuttiMixRoom   room;
  unsigned       n_sounds;
  unsigned       sounds_room;
  TuttiMixSound *sounds;       /* owned */

  /* between the threads */
  TuttiRing        handed;      /* TuttiScore * */
  TuttiRing        back;        /* TuttiScore * */
  TuttiScore      *handed_memory[TUTTI_MIX_SCORES];
  TuttiScore      *back_memory[TUTTI_MIX_SCORES];
  TuttiPrints      prints;
  TuttiMeter       meters[TUTTI_FX_STRIPS];
  _Atomic uint64_t meter_ids[TUTTI_FX_STRIPS]; /* 0 none */
  TuttiMeter       master_meter;
  TuttiReductions  reductions;
  _Atomic uint32_t loudness_wanted;     /* blocks that are still to be measured */
  _Atomic uint32_t loudness_told[2];    /* bits of a float: short term, peak */
  _Atomic int64_t  next_frame;
  _Atomic uint64_t rendered;    /* frames, of whatever course */
  _Atomic uint64_t late_scores, corrections, too_late, restarts;
  _Atomic uint32_t n_voices;
  _Atomic bool     settling;

  /* audio thread */
  TuttiTimeline timeline;
  bool          started;
  int64_t       out_frame;     /* of out's first frame */
  unsigned      out_taken;
  TuttiBlock    out;
  bool          measuring;     /* @loudness heard the block before */
  TuttiLoudness loudness;
  unsigned      live;          /* which engine is heard */
  bool          correcting;    /* the other one catches up */
  unsigned      correcting_fade; /* blocks of cross-fade done */
  int64_t       late_from;     /* frames in which what was heard is not what should have been; INT64_MAX none */
  int64_t       late_until;
  uint64_t      meters_serial; /* score whose tracks meter_ids names */
  int64_t       checkpoint_frames[TUTTI_MIX_CHECKPOINTS]; /* INT64_MIN none */
  TuttiLocal    local;
  TuttiMonitor  monitor;
  TuttiEngine   engines[2];
};

/* Main thread: has the memory that @score needs laid in, before it is handed over. */
void tutti_mix_make_room (TuttiMix *mix, const TuttiScore *score);
