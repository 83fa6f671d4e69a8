/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

G_BEGIN_DECLS

/* Chords by name and by keys. All are pure. */

#define TUTTI_HARMONY_KEYS_MAX 4
#define TUTTI_CHORD_TEXT_SIZE 16

/* Semitones of @quality above its root, the lowest first, which is 0. Returns how many, none of a quality that is no chord. */
guint         tutti_harmony_steps  (TuttiHarmony quality, int steps[TUTTI_HARMONY_KEYS_MAX]);

/* Whether MIDI @key is one of the chord's, in any octave. */
gboolean      tutti_chord_has      (guint root, TuttiHarmony quality, int key);

/* The chord near @from: its highest key not above @from, and its other keys upwards from there. Those above the highest key are left
 * out. Returns how many. */
guint         tutti_chord_near     (guint root, TuttiHarmony quality, int from, int keys[TUTTI_HARMONY_KEYS_MAX]);

/* "B♭", in whichever octave @key lies; lives for ever. */
const char   *tutti_harmony_root   (int key);

/* "Am7", "B♭maj7" */
void          tutti_chord_print    (guint root, TuttiHarmony quality, char text[TUTTI_CHORD_TEXT_SIZE]);

/* The chord that @text names, in the ways that people write them: "am7", "Bbmaj7", "F♯ø", "Gsus". FALSE when it names none. */
gboolean      tutti_chord_parse    (const char *text, guint *root, TuttiHarmony *quality);

/* The triad of the jam's scale on its @degree-th note, 0…; AS_BEFORE past the last, or where thirds of the scale make no chord that
 * has a name. */
TuttiHarmony  tutti_chord_of_scale (const TuttiJam *jam, guint degree, guint *root);

G_END_DECLS
