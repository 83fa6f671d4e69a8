/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* Pattern commands: what they change in @n steps of @clip from step @first on, as one operation, so that one undo takes it
 * back. A range that ends past the clip's length is cut there. All return NULL when nothing would change. Pure.
 * (transfer full) (nullable) */

/* Every step as if nobody had touched it. */
TuttiOp *tutti_pattern_clear     (const TuttiClip *clip, guint first, guint n);

/* Moves every step @by places later (or earlier, when negative); what leaves at one end comes in at the other. */
TuttiOp *tutti_pattern_rotate    (const TuttiClip *clip, guint first, guint n, int by);

/* The range backwards in time: a held or tied note ends where it began. Twice is as before, as long as no note is held
 * longer than until the next one and no tie lacks its note. */
TuttiOp *tutti_pattern_reverse   (const TuttiClip *clip, guint first, guint n);

/* The first half of the range, and then the same backwards, step by step; a middle step stays. */
TuttiOp *tutti_pattern_mirror    (const TuttiClip *clip, guint first, guint n);

/* A melody upside down, between its lowest and its highest note; where all notes are the same, hits for rests and rests for hits, the
 * latter with @velocity. */
TuttiOp *tutti_pattern_invert    (const TuttiClip *clip, guint first, guint n, guint velocity);

/* Hits by chance: each step with @density percent, of any velocity from soft to loud. The same for the same @seed. */
TuttiOp *tutti_pattern_randomise (const TuttiClip *clip, guint first, guint n, guint density, guint32 seed);

/* As hands would play it: every note up to @ticks early or late and @velocity softer or louder. The same for the same @seed. */
TuttiOp *tutti_pattern_humanise  (const TuttiClip *clip, guint first, guint n, int ticks, int velocity, guint32 seed);

/* Switches every @every-th step on with @velocity; the others stay as they are. */
TuttiOp *tutti_pattern_fill      (const TuttiClip *clip, guint first, guint n, guint every, guint velocity);

/* Spreads @onsets hits as evenly as whole steps allow, the first on step @rotation of the range; the other steps fall silent. Steps
 * that are on and stay on keep what they had. */
TuttiOp *tutti_pattern_euclid    (const TuttiClip *clip, guint first, guint n, guint onsets, int rotation, guint velocity);

/* Moves all notes by the same interval: @semitones, or as far as the first of them can go. */
TuttiOp *tutti_pattern_transpose (const TuttiClip *clip, guint first, guint n, int semitones);

/* The range for the clipboard: the JSON of tutti_steps_write(). (transfer full) */
char    *tutti_pattern_copy      (const TuttiClip *clip, guint first, guint n);

/* Puts what was copied at @first, as far as the clip reaches. NULL without @error: nothing would change. */
TuttiOp *tutti_pattern_paste     (const TuttiClip *clip, guint first, const char *text, gssize length, GError **error);

/* The rhythm itself: TRUE in @hits[i] where one of @onsets hits falls on step i of @n (1 … TUTTI_STEPS_MAX). By Bjorklund's
 * algorithm (E. Bjorklund, "The theory of rep-rate pattern generation in the SNS timing system", 2003), which G. Toussaint found
 * to yield the rhythms of much of the world's music ("The Euclidean algorithm generates traditional musical rhythms", 2005). */
void     tutti_euclid            (guint onsets, guint n, gboolean *hits);

G_END_DECLS
