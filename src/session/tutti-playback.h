/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-mix.h"
#include "tutti-op.h"
#include "tutti-output.h"
#include "tutti-sound-bank.h"

G_BEGIN_DECLS

/* The sound of one jam on this machine: confirmed documents become scores, the mix renders them, the output plays them in time.
 *
 * Thread: main. */
typedef struct _TuttiPlayback TuttiPlayback;

/* Called in the audio thread with each block of the shared mix as it was rendered, whole session frames; never blocks. */
typedef void (*TuttiPlaybackTap) (gpointer user, gint64 first_frame, guint n_frames, const float *stereo);

typedef struct
{
  TuttiSinkMaker   make_sink;      /* NULL: PulseAudio or PipeWire */
  gpointer         sink_data;
  TuttiPlaybackTap tap;            /* (nullable) */
  gpointer         tap_data;
} TuttiPlaybackOptions;

/* @bank and @clock are kept by reference. @options: (nullable). */
TuttiPlayback *tutti_playback_new  (TuttiSoundBank *bank, TuttiSharedClock *clock, const TuttiPlaybackOptions *options);
void           tutti_playback_free (TuttiPlayback *self);

/* A new document, or another copy of it, from the beginning: @jam sounded as it is before anything that follows. */
void           tutti_playback_begin (TuttiPlayback *self, const TuttiJam *jam, gint64 origin_ns);

/* @jam with one more operation, heard from @at on. */
void           tutti_playback_confirm (TuttiPlayback *self, const TuttiJam *jam, gint64 at);

/* Sound from now on: what is known so far is rendered first. */
void           tutti_playback_start (TuttiPlayback *self);

void           tutti_playback_audition (TuttiPlayback *self, guint64 track, const char *sound, int pitch, int velocity);

/* What @sound is; NULL: it is not here yet. Borrowed, until the main loop runs again. */
TuttiScoreSound *tutti_playback_look_up_sound (TuttiPlayback *self, const char *sound);
void           tutti_playback_panic (TuttiPlayback *self);

/* Plays @jam here alone, from its beginning, in the place of what everyone hears; NULL: no longer. */
void           tutti_playback_listen (TuttiPlayback *self, const TuttiJam *jam);

/* Plays what everyone hears here as if @op were done in it, in its time and with what others do to it, until listen() says otherwise. */
void           tutti_playback_try    (TuttiPlayback *self, const TuttiOp *op);

/* What is heard here alone, as it is played; NULL: nothing, or it has not begun. (transfer none) */
const TuttiJam *tutti_playback_get_heard (TuttiPlayback *self);

TuttiOutput   *tutti_playback_get_output (TuttiPlayback *self);
TuttiMix      *tutti_playback_get_mix (TuttiPlayback *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiPlayback, tutti_playback_free)

G_END_DECLS
