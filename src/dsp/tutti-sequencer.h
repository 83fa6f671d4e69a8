/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-transport.h"

/* Which hits begin when: a pure function of score and time. Nothing here remembers anything, so that whoever joins at whatever
 * moment draws the same chances and counts the same cycles. */

typedef struct
{
  int64_t               tick;       /* begins */
  int64_t               end_tick;   /* the note ends; > tick */
  int64_t               cycle;      /* how often the clip has come round */
  const TuttiScoreStep *step;
  uint8_t               step_index;
  uint8_t               ratchet;    /* 0 … step->ratchet − 1 */
  int8_t                pitch;      /* semitones from the root, transposed */
  int8_t                slide_from; /* where the glide begins; == pitch without slide */
  int32_t               slide_ticks; /* duration of the glide; 0 without slide */
  uint8_t               velocity;   /* 1 … 127 */
  int64_t               turn;       /* which hit it is of those with the same zones, counted from the clip's start */
  float                 level;      /* of velocity, accent and ratchet shape, 0 … 1.42 */
} TuttiHit;

#define TUTTI_HITS_MAX 64

/* Values that a step holds in place of the track's until the next step comes. */
typedef struct
{
  unsigned              n;
  const TuttiScoreLock *locks;      /* @n of them; NULL when there are none */
  int64_t               until;      /* tick at which to ask again */
} TuttiLocks;

/* Writes the hits of @track that begin at ticks [@first, @end) to @hits (room for TUTTI_HITS_MAX), in order of time, and returns
 * how many. No hit begins in [@end, *@quiet_until). Realtime-safe. */
unsigned tutti_sequencer_hits (const TuttiScore *score, const TuttiScoreTrack *track, int64_t first, int64_t end,
                               TuttiHit *hits, int64_t *quiet_until);

/* How often step @index of @clip is struck in a round: 0 when it is off or only holds on. */
unsigned tutti_sequencer_strikes (const TuttiScoreClip *clip, unsigned index);

/* The locks of @track in force at @tick. Realtime-safe. */
TuttiLocks tutti_sequencer_locks (const TuttiScore *score, const TuttiScoreTrack *track, int64_t tick);

/* The metronome's clicks in ticks [@first, @end): returns false when there is none left, else its tick and whether it is the
 * first of a bar, and moves *@first behind it. Realtime-safe. */
bool tutti_sequencer_next_click (const TuttiScore *score, int64_t *first, int64_t end, int64_t *tick, bool *accent);
