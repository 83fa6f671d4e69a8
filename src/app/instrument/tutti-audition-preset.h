/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-phrase.h"
#include "tutti-session.h"

/* What an audition of a preset of a SoundFont is made of. Nothing of it goes further than this machine. */

/* What shows a preset best, by where General MIDI would have it. */
TuttiPhrase tutti_audition_preset_phrase (const TuttiSoundFontPreset *preset);

/* What would make @track play @instrument. (transfer full) */
TuttiOp    *tutti_audition_preset_op     (const TuttiSoundFontInstrument *instrument, const TuttiTrack *track, TuttiSession *session);

/* A few notes of it, as of tutti_phrase_jam(). @track: (nullable). (transfer full) */
TuttiJam   *tutti_audition_preset_jam    (const TuttiSoundFontInstrument *instrument, TuttiPhrase phrase, const TuttiJam *jam,
                                          const TuttiTrack *track);

/* One of its sounds, once. */
void        tutti_audition_preset_hit    (const TuttiSoundFontInstrument *instrument, TuttiPhrase phrase, TuttiSession *session);
