/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* Values of the document as people read and hear them. Strings that are returned are new (transfer full). */

/* "E♭2" into @text of @size bytes. */
void  tutti_words_note (int midi_note, char *text, gsize size);

/* "Snare, step 5, on, velocity 110", and what else is special about it. */
char *tutti_words_step (const TuttiTrack *track, int step, const TuttiStep *value);
char *tutti_words_step_details (const TuttiTrack *track, int step, const TuttiStep *value);

/* "Snare, 16 steps". */
char *tutti_words_row (const TuttiTrack *track, int length);

/* What is unusual about @clip (nullable), else the name of the sound. */
char *tutti_words_track_caption (const TuttiJam *jam, const TuttiTrack *track, const TuttiClip *clip);

const char *tutti_words_param (TuttiParam param);
char *tutti_words_param_value (TuttiParam param, int value);

/* The same of whatever a step may lock (tutti-address.h). */
char *tutti_words_address (guint address);
char *tutti_words_address_value (guint address, int value);

/* With @digits behind the point and its sign, a true minus as wide as a plus: "+0.4", "−12"; what rounds to nothing has none. */
char *tutti_words_signed (double value, int digits);

/* "−2.0 dB", "−∞". */
char *tutti_words_gain (int cdb);
/* "Centre", "10 R". */
char *tutti_words_pan (int pan);
char *tutti_words_tempo (int cbpm);
char *tutti_words_every (int n, int of);

/* The first letters of a name, for an avatar. */
char *tutti_words_initials (const char *name);
