/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-session.h"
#include "tutti-step-grid.h"

typedef void (*TuttiImported) (const char *sound, gpointer user_data);

/* Brings the sound in @file to everyone, onto @track when there is one, and says in the window of @page how it went.
 * Of a SoundFont one is asked which preset: that becomes a track or @track itself, and @done is not called.
 * @done: (nullable) called with the sound (as in TuttiTrack.sound) when it is there and @page still lives. */
void tutti_import_sound (GtkWidget *page, TuttiSession *session, GFile *file, TuttiId track, TuttiImported done, gpointer user_data);

/* Files dropped on the head of a row swap its sound, elsewhere on @grid they become tracks (action "jam.add-track-of"). */
void tutti_import_attach_drop (TuttiStepGrid *grid);
