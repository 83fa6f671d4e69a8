/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* Notes as JSON.
 *
 * In operations each edit is `[id, tick, length, pitch, velocity]`: null leaves a field as it is and is left out at the end, an id
 * alone takes the note away. In documents, where they are many, the notes of a clip are one flat array, five a note: the id as text,
 * or, from the same creator as the note before, how much its counter is larger; how many ticks it comes after the note before; its
 * length; its pitch; its velocity. */

void        tutti_notes_write (GString *out, const TuttiNotes *notes);

/* NULL with the error set when that is no array of edits. (transfer full) */
TuttiNotes *tutti_notes_from_json (JsonNode *node, GError **error);

void        tutti_clip_notes_write (GString *out, const TuttiClip *clip);

/* Makes @clip, which is new, one of notes. */
gboolean    tutti_clip_notes_read (JsonNode *node, TuttiClip *clip, GError **error);

/* A field of a note, for the schema, in the order of the wire. */
typedef struct
{
  const char *name;
  const char *meaning;
  gint64      min, max;
} TuttiNoteMember;

/* The @index-th of them; FALSE past the last. */
gboolean    tutti_note_member (guint index, TuttiNoteMember *out);
