/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note.h"

#include <string.h>

int
tutti_note_compare (gconstpointer a, gconstpointer b)
{
  const TuttiNote *one = a, *two = b;
  guint64 first = tutti_id_key (one->id), second = tutti_id_key (two->id);

  if (one->tick != two->tick)
    return one->tick < two->tick ? -1 : 1;
  return first < second ? -1 : first > second;
}

guint
tutti_note_hash_id (gconstpointer id)
{
  guint64 key = tutti_id_key (*(const TuttiId *) id);

  return g_int64_hash (&key);
}

gboolean
tutti_note_equal_ids (gconstpointer a, gconstpointer b)
{
  return tutti_id_equal (*(const TuttiId *) a, *(const TuttiId *) b);
}

void
tutti_note_write_fields (TuttiNote *to, const TuttiNote *from, guint fields)
{
  if (fields & TUTTI_NOTE_TICK)
    to->tick = from->tick;
  if (fields & TUTTI_NOTE_LENGTH)
    to->length = from->length;
  if (fields & TUTTI_NOTE_PITCH)
    to->pitch = from->pitch;
  if (fields & TUTTI_NOTE_VELOCITY)
    to->velocity = from->velocity;
}

guint
tutti_note_differing (const TuttiNote *a, const TuttiNote *b)
{
  return (a->tick != b->tick ? TUTTI_NOTE_TICK : 0u) | (a->length != b->length ? TUTTI_NOTE_LENGTH : 0u) |
         (a->pitch != b->pitch ? TUTTI_NOTE_PITCH : 0u) | (a->velocity != b->velocity ? TUTTI_NOTE_VELOCITY : 0u);
}

TuttiNotes *
tutti_notes_new (guint n)
{
  TuttiNotes *notes = g_malloc0 (sizeof *notes + n * sizeof *notes->edit);

  notes->n = n;
  return notes;
}

TuttiNotes *
tutti_notes_copy (const TuttiNotes *notes)
{
  return g_memdup2 (notes, sizeof *notes + notes->n * sizeof *notes->edit);
}

gboolean
tutti_notes_equal (const TuttiNotes *a, const TuttiNotes *b)
{
  for (guint i = 0; a->n == b->n && i < a->n; i++)
    if (a->edit[i].fields != b->edit[i].fields || !tutti_id_equal (a->edit[i].note.id, b->edit[i].note.id) ||
        tutti_note_differing (&a->edit[i].note, &b->edit[i].note) != 0)
      return FALSE;
  return a->n == b->n;
}

/* What is not written is 0, so that equal edits are equal values. */
static gboolean
edit_valid (const TuttiNoteEdit *edit)
{
  const TuttiNote *note = &edit->note;
  guint fields = edit->fields;

  return !tutti_id_is_none (note->id) && fields <= TUTTI_NOTE_WHOLE && note->tick >= 0 && note->tick < TUTTI_CLIP_TICKS_MAX &&
         (fields & TUTTI_NOTE_LENGTH ? note->length >= 1 && note->length <= TUTTI_CLIP_TICKS_MAX : note->length == 0) &&
         note->pitch <= TUTTI_KEY_MAX &&
         (fields & TUTTI_NOTE_VELOCITY ? note->velocity >= 1 && note->velocity <= TUTTI_VELOCITY_MAX : note->velocity == 0) &&
         (fields & TUTTI_NOTE_TICK || note->tick == 0) && (fields & TUTTI_NOTE_PITCH || note->pitch == 0);
}

gboolean
tutti_notes_valid (const TuttiNotes *notes)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (tutti_note_hash_id, tutti_note_equal_ids);

  if (notes->n < 1 || notes->n > TUTTI_NOTES_AT_ONCE_MAX)
    return FALSE;
  for (guint i = 0; i < notes->n; i++)
    if (!edit_valid (&notes->edit[i]) || !g_hash_table_add (seen, (gpointer) &notes->edit[i].note.id))
      return FALSE;
  return TRUE;
}

gboolean
tutti_notes_overlap (const TuttiNotes *a, const TuttiNotes *b)
{
  for (guint i = 0; i < a->n; i++)
    for (guint j = 0; j < b->n; j++)
      if (tutti_id_equal (a->edit[i].note.id, b->edit[j].note.id) &&
          (a->edit[i].fields == TUTTI_NOTE_GONE || b->edit[j].fields == TUTTI_NOTE_GONE || (a->edit[i].fields & b->edit[j].fields) != 0))
        return TRUE;
  return FALSE;
}

/* ---- of a document ---- */

const TuttiNote *
tutti_clip_note (const TuttiClip *clip, TuttiId id, guint *index)
{
  for (guint i = 0; i < clip->n_notes; i++)
    if (tutti_id_equal (clip->notes[i].id, id))
      {
        if (index != NULL)
          *index = i;
        return &clip->notes[i];
      }
  return NULL;
}

gint32
tutti_clip_ticks (const TuttiClip *clip)
{
  return clip->length * clip->ticks_per_step;
}

static guint
count_of_track (const TuttiTrack *track)
{
  guint n = 0;

  for (guint i = 0; i < track->n_clips; i++)
    n += track->clips[i]->n_notes;
  return n;
}

guint
tutti_jam_count_notes (const TuttiJam *jam)
{
  guint n = 0;

  for (guint i = 0; i < jam->n_tracks; i++)
    n += count_of_track (jam->tracks[i]);
  for (guint i = 0; i < jam->graves->len; i++)
    {
      const TuttiGrave *grave = jam->graves->pdata[i];

      n += grave->entity_track != NULL ? count_of_track (grave->entity_track) : 0;
      for (guint j = 0; grave->clips != NULL && j < grave->clips->len; j++)
        n += ((const TuttiClip *) grave->clips->pdata[j])->n_notes;
    }
  return n;
}
