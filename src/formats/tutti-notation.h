/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* Patterns as text, to read, type, paste and compare.
 *
 *   # Anything after a hash at the start of a line is a comment.
 *   title: Fuzzy Penguin
 *   tempo: 118.5
 *   swing: 54                        percent; 50 is straight
 *   time: 4/4
 *   key: C minor
 *
 *   kick: x...x...x..x....
 *   hats: xoxoxo3.xoxoxo2.
 *   bass [sound=rubber-bass, root=c2]: c2 _ . c2 . . eb2 _ . g1{v80 50%}
 *
 * A line is a track's name, options in brackets, a colon, and its steps: as many as the clip is long, 128 at most.
 *
 *   x  on, velocity 100       .  off (or -)                 c2 eb2 f#1   a note; a capital (C2) is accented
 *   X  on and accented        _  the note before is held    2 … 8        that many hits in one step
 *   o  soft, velocity 70      ~  tied to the step before    |            a bar, for the eye
 *
 * What else a step has follows in braces: v87 velocity · 40% chance · 2:4 second of four rounds · *3 hits, *3> fading ·
 * +12 or -12 ticks late or early · l6 steps long · p7 semitones from the root · ~ tied · / slides ·
 * cutoff=700 any parameter, locked. A line that begins with | goes on with the row before.
 *
 * Options of a track: sound=NAME (of the kit) or sound=sha:…, colour=NAME, root=NOTE (what its sound is at pitch 0; c4), mute,
 * solo, swing=54, transpose=-12, choke=1, play=gate, any parameter (gain=-300). Of the clip: 1/4 1/8 1/16 1/32 the length of a step, with t
 * for triplets (1/8t), len=N steps, name="…". The same name means the same track; without a sound it is guessed from the
 * name. A name that reads like something else stands in quotation marks. A line [Verse] begins a scene; further lines
 * "seed:" and "mix: reverb-size=480, …" exist. Effects, launches and what is deleted are not part of the notation. */

/* A longer text is refused: larger than any jam. */
#define TUTTI_NOTATION_BYTES_MAX (1024 * 1024)

/* Of the built-in sounds most have a root of their own; others read from c4. */
#define TUTTI_NOTATION_ROOT 60

typedef enum
{
  TUTTI_NOTATION_ERROR_INVALID,
  TUTTI_NOTATION_ERROR_LIMIT
} TuttiNotationError;

#define TUTTI_NOTATION_ERROR (tutti_notation_error_quark ())
GQuark tutti_notation_error_quark (void);

/* Where the reader stumbled: both from 1, columns in characters. */
typedef struct
{
  guint line, column;
} TuttiNotationPlace;

/* The MIDI note at pitch 0 of @sound ("kit:rubber-bass"). */
typedef int (*TuttiNotationRoot) (const char *sound, gpointer user_data);

/* The text of @jam. @root: (nullable): all read from c4. (transfer full) */
char      *tutti_notation_print_jam  (const TuttiJam *jam, TuttiNotationRoot root, gpointer user_data);

/* Reads a text as a new document, stopped, its first scene launched. Ids are @creator's, counted on from *@counter. @ops: (out)
 * (optional) (transfer full): the operations that make it of an empty one. @where: (out) (optional): set on an error, whose
 * message names it too. (transfer full) */
TuttiJam  *tutti_notation_parse_jam  (const char *text, gssize length, guint32 creator, guint32 *counter, GPtrArray **ops,
                                      TuttiNotationPlace *where, GError **error);

/* The row of one clip, with [1/8t] before it when its steps are no sixteenths. @root: MIDI note at pitch 0. (transfer full) */
char      *tutti_notation_print_clip (const TuttiClip *clip, int root);

/* Reads a row (or a whole line of a track, whose name is ignored) as what @clip is to become: one operation, one undo.
 * (transfer full) */
TuttiOp   *tutti_notation_parse_clip (const char *text, gssize length, const TuttiClip *clip, int root,
                                      TuttiNotationPlace *where, GError **error);

G_END_DECLS
