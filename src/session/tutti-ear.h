/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-output.h"
#include "tutti-realtime.h"
#include "tutti-sound-bank.h"

G_BEGIN_DECLS

/* Another document heard on this machine alone, in the place of the jam's mix. The jam's own mix is rendered on beneath, unheard,
 * so that it stays everybody's to the bit and goes on at once.
 *
 * Thread: main, but for render(). */
typedef struct _TuttiEar TuttiEar;

/* @bank is kept by reference. */
TuttiEar       *tutti_ear_new    (TuttiSoundBank *bank);

/* Nobody renders any more. */
void            tutti_ear_free   (TuttiEar *ear);

/* Begins to play @jam from its beginning as soon as its sounds are here and its mix stands; @output: borrowed, until the ear is
 * gone, knows how far is rendered. */
void            tutti_ear_listen (TuttiEar *ear, const TuttiJam *jam, TuttiOutput *output);
void            tutti_ear_stop   (TuttiEar *ear);

/* The same in the time in which @jam runs already: something else than what everyone hears, at the same moment. Then what it becomes,
 * heard from session frame @at on. */
void            tutti_ear_listen_in_place (TuttiEar *ear, const TuttiJam *jam, TuttiOutput *output);
void            tutti_ear_follow          (TuttiEar *ear, const TuttiJam *jam, gint64 at);

/* What is heard, with the frame at which it begins; NULL: nothing, or not yet. (transfer none) */
const TuttiJam *tutti_ear_get_heard (TuttiEar *ear);

/* Puts what is heard over @stereo, @n frames from session frame @first_frame on. Thread: audio. */
TUTTI_REALTIME void tutti_ear_render (TuttiEar *ear, gint64 first_frame, guint n, float *stereo);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiEar, tutti_ear_free)

G_END_DECLS
