/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include "tutti-score.h"
#include "tutti-voice.h"

/* Which zone of a track a hit plays. Of several whose keys and velocities hold it one sounds, each in its turn. Whose turn it is
 * follows from where the hit lies alone: among the hits of its clip for which the very same zones are there it has a number, the
 * rounds before counted in; chance and every-nth do not matter to it. So a soft hit between two loud ones, or another drum, does not
 * disturb the turns, and whoever comes later counts the same. */

/* The one for @key (MIDI) at @velocity, the @turn-th of its kind; NULL when there is none. */
TUTTI_REALTIME const TuttiScoreZone *tutti_zones_pick (const TuttiScoreTrack *track, int key, int velocity, int64_t turn);

/* Makes of a hit of the track's that of @zone, whose sample is @start's: pitch, loudness, panning. */
TUTTI_REALTIME void tutti_zones_fit (TuttiVoiceStart *start, const TuttiScoreTrack *track, const TuttiScoreZone *zone);

/* Bit i: zone i holds @key at @velocity. */
TUTTI_REALTIME uint32_t tutti_zones_holding (const TuttiScoreTrack *track, int key, int velocity);

/* Counts the hits of @clip on @track. NULL when memory is out. Thread: any but the audio thread. */
TuttiScoreTurns *tutti_zones_count_turns (const TuttiScoreTrack *track, const TuttiScoreClip *clip);
