/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* A few notes to try a sound out with, in the tempo and the key of a jam. Pure. */

typedef enum
{
  TUTTI_PHRASE_HIT,            /* a drum, louder and softer */
  TUTTI_PHRASE_LONG,           /* one long note */
  TUTTI_PHRASE_BASS,
  TUTTI_PHRASE_ACID,
  TUTTI_PHRASE_MELODY,
  TUTTI_PHRASE_CHORDS,
  TUTTI_PHRASE_ARPEGGIO,
  TUTTI_PHRASE_KIT,            /* drums that lie a semitone apart, as in General MIDI; @root is the bass drum's key */
  TUTTI_N_PHRASES
} TuttiPhrase;

/* Ticks until the last note has ended. */
#define TUTTI_PHRASE_TICKS (16 * 240)

/* A jam of one track that plays @phrase on @sound once, and then is silent for some bars. @jam: whose tempo and key it takes. @track:
 * (nullable) whose level and other parameters. @root: key of the sound at pitch 0. (transfer full) */
TuttiJam *tutti_phrase_jam (TuttiPhrase phrase, const TuttiJam *jam, const TuttiTrack *track, const char *sound, int root);

G_END_DECLS
