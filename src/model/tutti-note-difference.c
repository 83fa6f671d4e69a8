/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note.h"

static GHashTable *
by_id (const TuttiClip *clip)
{
  GHashTable *notes = g_hash_table_new (tutti_note_hash_id, tutti_note_equal_ids);

  for (guint i = 0; i < clip->n_notes; i++)
    g_hash_table_insert (notes, &clip->notes[i].id, &clip->notes[i]);
  return notes;
}

static void
add_edit (GArray *edits, const TuttiNote *note, guint fields)
{
  TuttiNoteEdit edit = { .note.id = note->id, .fields = (guint8) fields };

  tutti_note_write_fields (&edit.note, note, fields);
  if (edits->len < TUTTI_NOTES_AT_ONCE_MAX)
    g_array_append_val (edits, edit);
}

TuttiNotes *
tutti_notes_difference (const TuttiClip *from, const TuttiClip *to)
{
  g_autoptr(GHashTable) old = by_id (from), wanted = by_id (to);
  g_autoptr(GArray) edits = g_array_new (FALSE, FALSE, sizeof (TuttiNoteEdit));
  TuttiNotes *notes;

  /* What goes comes first, so that there is room for what comes. */
  for (guint i = 0; i < from->n_notes; i++)
    if (!g_hash_table_contains (wanted, &from->notes[i].id))
      add_edit (edits, &from->notes[i], TUTTI_NOTE_GONE);
  for (guint i = 0; i < to->n_notes; i++)
    {
      const TuttiNote *note = g_hash_table_lookup (old, &to->notes[i].id);
      guint fields = note != NULL ? tutti_note_differing (note, &to->notes[i]) : TUTTI_NOTE_WHOLE;

      if (fields != 0)
        add_edit (edits, &to->notes[i], fields);
    }
  if (edits->len == 0)
    return NULL;
  notes = tutti_notes_new (edits->len);
  for (guint i = 0; i < notes->n; i++)
    notes->edit[i] = g_array_index (edits, TuttiNoteEdit, i);
  return notes;
}
