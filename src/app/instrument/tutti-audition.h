/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-phrase.h"
#include "tutti-session.h"

/* Trying sounds out, for one person's ears: while the jam plays, its track with that sound, in time; while it stands still, a few notes
 * that fit the sound, in the jam's key and tempo. Nothing of it leaves this machine. Thread: main. */
typedef struct _TuttiAudition TuttiAudition;

/* @session is kept by reference. */
TuttiAudition *tutti_audition_new  (TuttiSession *session);
void           tutti_audition_free (TuttiAudition *self);   /* stops */

/* @track: whose sound it would be; none: of a new one, which while the jam plays is only hit once. */
void           tutti_audition_play (TuttiAudition *self, TuttiId track, const char *sound);
void           tutti_audition_stop (TuttiAudition *self);

/* The same of a preset of a SoundFont whose sounds were made on this machine and are in no jam. */
void           tutti_audition_play_preset (TuttiAudition *self, TuttiId track, const TuttiSoundFontInstrument *instrument,
                                           TuttiPhrase phrase);

/* What shows @sound best. */
TuttiPhrase    tutti_audition_phrase (const char *sound);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiAudition, tutti_audition_free)
