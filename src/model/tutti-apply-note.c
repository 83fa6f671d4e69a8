/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes come together by their ids: what an operation says of notes that somebody took away meanwhile is let go, and the rest of it
 * stands. */
#include "tutti-apply.h"
#include "tutti-note.h"

gboolean
tutti_apply_clip_kind (const TuttiApply *apply, const TuttiClip *clip, TuttiClipKind kind)
{
  if (clip == NULL)
    return tutti_apply_missing (apply, "clip");
  return clip->kind == kind || tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID,
                                                 kind == TUTTI_CLIP_NOTES ? "that clip is made of steps" : "that clip is made of notes");
}

gboolean
tutti_apply_room_for_notes (const TuttiApply *apply, guint n)
{
  return n == 0 || tutti_jam_count_notes (apply->jam) + n <= TUTTI_NOTES_TOTAL_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d notes", TUTTI_NOTES_TOTAL_MAX);
}

/* The edit of each note, by its id. */
static GHashTable *
by_id (const TuttiNotes *edits)
{
  GHashTable *table = g_hash_table_new (tutti_note_hash_id, tutti_note_equal_ids);

  for (guint i = 0; i < edits->n; i++)
    g_hash_table_insert (table, (gpointer) &edits->edit[i].note.id, (gpointer) &edits->edit[i]);
  return table;
}

static void
undo_add (TuttiNotes *undo, const TuttiNote *note, guint fields)
{
  TuttiNoteEdit *edit = &undo->edit[undo->n++];

  *edit = (TuttiNoteEdit) { .note.id = note->id, .fields = (guint8) fields };
  tutti_note_write_fields (&edit->note, note, fields);
}

/* The notes of @clip after @edits; @undo, with room for as many, gets what takes them back. (transfer full) */
static GArray *
edited (const TuttiClip *clip, const TuttiNotes *edits, TuttiNotes *undo)
{
  g_autoptr(GHashTable) left = by_id (edits);
  GArray *notes = g_array_sized_new (FALSE, FALSE, sizeof (TuttiNote), clip->n_notes + edits->n);

  undo->n = 0;
  for (guint i = 0; i < clip->n_notes; i++)
    {
      TuttiNote note = clip->notes[i];
      const TuttiNoteEdit *edit = g_hash_table_lookup (left, &note.id);

      if (edit != NULL)
        {
          undo_add (undo, &note, edit->fields == TUTTI_NOTE_GONE ? TUTTI_NOTE_WHOLE : edit->fields);
          tutti_note_write_fields (&note, &edit->note, edit->fields);
          g_hash_table_remove (left, &note.id);
        }
      if (edit == NULL || edit->fields != TUTTI_NOTE_GONE)
        g_array_append_val (notes, note);
    }
  for (guint i = 0; i < edits->n; i++)
    if (edits->edit[i].fields == TUTTI_NOTE_WHOLE && g_hash_table_contains (left, &edits->edit[i].note.id))
      {
        undo_add (undo, &edits->edit[i].note, TUTTI_NOTE_GONE);
        g_array_append_val (notes, edits->edit[i].note);
      }
  g_array_sort (notes, tutti_note_compare);
  return notes;
}

static gboolean
room_for_all (const TuttiApply *apply, guint before, guint after)
{
  if (after > TUTTI_NOTES_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a clip holds at most %d notes", TUTTI_NOTES_MAX);
  return after <= before || tutti_apply_room_for_notes (apply, after - before);
}

gboolean
tutti_apply_notes (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiNotes *edits = apply->op->arg[1].notes;
  const TuttiClip *clip = tutti_jam_clip (apply->jam, id, NULL);

  if (!tutti_apply_clip_kind (apply, clip, TUTTI_CLIP_NOTES))
    return FALSE;
  g_autofree TuttiNotes *undo = tutti_notes_new (edits->n);
  g_autoptr(GArray) notes = edited (clip, edits, undo);

  if (undo->n == 0)
    return tutti_apply_missing (apply, "note");
  if (!room_for_all (apply, clip->n_notes, notes->len))
    return FALSE;
  tutti_clip_set_notes (tutti_jam_edit_clip (apply->jam, id, NULL), (const TuttiNote *) (void *) notes->data, notes->len);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_NOTES, id, g_steal_pointer (&undo)));
}
