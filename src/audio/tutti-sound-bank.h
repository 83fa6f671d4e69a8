/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "tutti-plan-sound.h"

G_BEGIN_DECLS

typedef struct _TuttiSoundLibrary TuttiSoundLibrary;

/* All sounds that tracks may name, ready to be played: the built-in kit, made when it is first asked for, and the imported
 * ones, as soon as the library has them. Both are made on worker threads; meanwhile the track is silent.
 *
 * Signal "changed" (const char *name): this sound has come; compile again.
 *
 * Thread: the one it was made in, with its thread-default main context. */
#define TUTTI_TYPE_SOUND_BANK (tutti_sound_bank_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSoundBank, tutti_sound_bank, TUTTI, SOUND_BANK, GObject)

/* @library: (nullable): without one only the kit is known. */
TuttiSoundBank  *tutti_sound_bank_new     (TuttiSoundLibrary *library);

/* What @name stands for; asks for it when it is not here yet. Its sound lives at least until the main loop runs again; a score
 * holds its own. A TuttiPlanResolve with the bank as its data. */
void             tutti_sound_bank_resolve (const char *name, TuttiPlanSound *out, gpointer bank);

/* The sound, made here and now if it is built in (some milliseconds); NULL when it is not here. For rendering without a main
 * loop and for auditions. Borrowed, as above. */
TuttiScoreSound *tutti_sound_bank_get_now (TuttiSoundBank *self, const char *name);

/* The preset of the synthesiser or the synthesised drums that @name stands for, or -1. Thread: any. */
int              tutti_preset_of_sound    (const char *name);

/* Makes the whole kit beforehand, on a worker thread. */
void             tutti_sound_bank_warm    (TuttiSoundBank *self);

/* Whether something is being made or loaded. */
gboolean         tutti_sound_bank_is_busy (TuttiSoundBank *self);

/* Lets go of the imported sounds that are not among @names (ended by NULL): those of the tracks. Scores keep theirs. */
void             tutti_sound_bank_keep    (TuttiSoundBank *self, const char * const *names);

G_END_DECLS
