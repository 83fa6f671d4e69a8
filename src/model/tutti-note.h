/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Notes of a clip and edits of them as values. */

/* The order of notes in a clip: by tick, then id. As GCompareFunc of TuttiNote. */
int         tutti_note_compare (gconstpointer a, gconstpointer b);

/* As GHashFunc and GEqualFunc of TuttiId. */
guint       tutti_note_hash_id (gconstpointer id);
gboolean    tutti_note_equal_ids (gconstpointer a, gconstpointer b);

/* Writes @fields of @from to @to. */
void        tutti_note_write_fields (TuttiNote *to, const TuttiNote *from, guint fields);

/* Which fields differ between two notes. */
guint       tutti_note_differing (const TuttiNote *a, const TuttiNote *b);

/* (transfer full) */
TuttiNotes *tutti_notes_copy (const TuttiNotes *notes);

gboolean    tutti_notes_equal (const TuttiNotes *a, const TuttiNotes *b);

/* Whether every number is in range and every note there at most once. */
gboolean    tutti_notes_valid (const TuttiNotes *notes);

/* Whether both write the same field of one note, or one takes away what the other writes. */
gboolean    tutti_notes_overlap (const TuttiNotes *a, const TuttiNotes *b);

/* The next edits on the way from the notes of @from to those of @to, as many as one operation holds; NULL when they are the same.
 * (transfer full) */
TuttiNotes *tutti_notes_difference (const TuttiClip *from, const TuttiClip *to);
