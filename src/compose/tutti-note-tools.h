/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-harmony.h"
#include "tutti-op.h"

G_BEGIN_DECLS

/* What can be done to notes: each tool changes @n notes in their array, which are copies; tutti_note_changes() then makes operations of
 * what became of them. All are pure; what would leave the range of a note stays at its edge, chords and phrases as a whole. */

/* Later by @ticks and higher by @semitones. */
void       tutti_notes_move       (TuttiNote *notes, guint n, gint32 ticks, int semitones);

/* Longer by @ticks, none shorter than @least. */
void       tutti_notes_lengthen   (TuttiNote *notes, guint n, gint32 ticks, gint32 least);

void       tutti_notes_louder     (TuttiNote *notes, guint n, int velocity);

/* Beginnings towards the nearest multiple of @grid ticks, @strength percent of the way. */
void       tutti_notes_quantise   (TuttiNote *notes, guint n, gint32 grid, int strength);

/* By up to @ticks and @velocity either way, the same for the same @seed. */
void       tutti_notes_humanise   (TuttiNote *notes, guint n, gint32 ticks, int velocity, guint32 seed);

/* Backwards in time between the first beginning and the last end; upside down between the lowest and the highest. */
void       tutti_notes_mirror     (TuttiNote *notes, guint n);
void       tutti_notes_invert     (TuttiNote *notes, guint n);

/* Each that lies outside the jam's scale to the next lower key in it. */
void       tutti_notes_into_scale (TuttiNote *notes, guint n, const TuttiJam *jam);

/* ---- chords ---- */

/* What is stamped: a TuttiHarmony that is a chord, or one of these. */
typedef enum
{
  TUTTI_STAMP_OF_SCALE = TUTTI_N_HARMONIES,    /* thirds of the jam's scale */
  TUTTI_STAMP_OCTAVE,
  TUTTI_STAMP_OF_LANE,         /* what the lane of the clip says there; thirds of the scale where it says nothing */
  TUTTI_N_STAMPS
} TuttiStampKind;

/* The keys of @stamp on @root, lowest first; those above the highest key are left out. Returns how many. */
guint      tutti_stamp_keys       (guint stamp, const TuttiJam *jam, int root, int keys[TUTTI_HARMONY_KEYS_MAX]);

/* ---- operations ---- */

/* What it takes that the notes of @clip that are called as @notes become like them, and those it does not have come in. Operations
 * that each fit a message: one, or several where more than TUTTI_NOTES_AT_ONCE_MAX change; none when nothing does. (transfer full) */
GPtrArray *tutti_note_changes     (const TuttiClip *clip, const TuttiNote *notes, guint n);

/* The same for taking away those of the @n @ids that are there. (transfer full) */
GPtrArray *tutti_note_deletions   (const TuttiClip *clip, const TuttiId *ids, guint n);

/* ---- clipboard ---- */

/* Ids are left out: what is pasted is new. At most TUTTI_NOTES_AT_ONCE_MAX of them. (transfer full) */
char      *tutti_notes_to_text    (const TuttiNote *notes, guint n);

/* The notes of such a text without ids, the first at tick 0; NULL with the error set when it is none. (transfer full), of TuttiNote */
GArray    *tutti_notes_from_text  (const char *text, gssize length, GError **error);

G_END_DECLS
