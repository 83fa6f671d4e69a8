/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sequencer.h"

/* Pitch as a hit has it: what a voice can play, in semitones. */
static inline int8_t
tutti_hit_pitch (int pitch)
{
  return (int8_t) (pitch < -96 ? -96 : pitch > 96 ? 96 : pitch);
}

/* Makes room for a hit at @tick among the @n < TUTTI_HITS_MAX @hits, which are in order of time; equal ticks keep the order in which
 * they come. */
static inline TuttiHit *
tutti_hits_open (TuttiHit *hits, unsigned n, int64_t tick)
{
  for (; n > 0 && hits[n - 1].tick > tick; n--)
    hits[n] = hits[n - 1];
  return &hits[n];
}

/* Loudness of a velocity, 1 … 127: its square. */
static inline float
tutti_hit_level (unsigned velocity)
{
  return (float) (velocity * velocity) * (1.0f / 16129.0f);
}

/* Clips of notes, for tutti_sequencer_hits(): puts the notes of @track that begin at ticks [@first, @end) among the @n_hits @hits, in
 * order of time, moves *@quiet_until forward to the first one that begins after that, and returns how many hits there are then.
 * Realtime-safe.
 *
 * A note sounds for its length, over the end of its clip too: the end of a loop is no reason to cut what was played long. Swing
 * stretches the first sixteenth of each pair and squeezes the second, so that what lies on the grid meets the steps of other tracks,
 * and what lies between keeps its order. */
unsigned tutti_sequencer_add_notes (const TuttiScore *score, const TuttiScoreTrack *track, int64_t first, int64_t end, TuttiHit *hits,
                                    unsigned n_hits, int64_t *quiet_until);
