/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-soundfont-private.h"

G_BEGIN_DECLS

/* What a track has one number for and the sounds of a preset differ in is done to the sounds themselves. */

/* The longest that a sound of a drum goes on with its loop, seconds; one without a loop ends by itself. */
#define TUTTI_SOUNDFONT_DRUM_SECONDS 3.0

/* Cuts what lies above the region's cut-off. @cents: how much higher than now it will mostly be played. */
void   tutti_soundfont_filter (const TuttiSoundFontRegion *region, double cents, float *frames, gsize n);

/* The region's loudness as if it were held. @speed: how much faster than 48 kHz it will mostly be played. @goes_on: the sound is
 * longer than @n, so it is taken away at the end without a click. */
void   tutti_soundfont_fade   (const TuttiSoundFontRegion *region, double speed, gboolean goes_on, float *frames, gsize n);

/* Seconds after which that is silence; INFINITY: it stays at a level. */
double tutti_soundfont_fade_seconds (const TuttiSoundFontRegion *region);

/* Seconds of so many timecents; the shortest that can be said is none. */
double tutti_soundfont_seconds (int timecents);

/* Hz of so many cents above key 0. */
double tutti_soundfont_hertz   (double cents);

/* The cut-off from which on there is none. */
#define TUTTI_SOUNDFONT_OPEN 13500

G_END_DECLS
