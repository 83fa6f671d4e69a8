/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note-tools.h"

#include "tutti-note.h"

/* What all notes lie between: ticks from the first beginning to the last beginning and end, keys from the lowest to the highest. */
typedef struct
{
  gint32 first, last, end;
  int    low, high;
} Bounds;

static Bounds
bounds_of (const TuttiNote *notes, guint n)
{
  Bounds bounds = { G_MAXINT32, 0, 0, TUTTI_KEY_MAX, 0 };

  for (guint i = 0; i < n; i++)
    {
      bounds.first = MIN (bounds.first, notes[i].tick);
      bounds.last = MAX (bounds.last, notes[i].tick);
      bounds.end = MAX (bounds.end, notes[i].tick + notes[i].length);
      bounds.low = MIN (bounds.low, notes[i].pitch);
      bounds.high = MAX (bounds.high, notes[i].pitch);
    }
  return bounds;
}

void
tutti_notes_move (TuttiNote *notes, guint n, gint32 ticks, int semitones)
{
  Bounds bounds = bounds_of (notes, n);

  if (n == 0)
    return;
  ticks = CLAMP (ticks, -bounds.first, TUTTI_CLIP_TICKS_MAX - 1 - bounds.last);
  semitones = CLAMP (semitones, -bounds.low, TUTTI_KEY_MAX - bounds.high);
  for (guint i = 0; i < n; i++)
    {
      notes[i].tick += ticks;
      notes[i].pitch = (guint8) (notes[i].pitch + semitones);
    }
}

void
tutti_notes_lengthen (TuttiNote *notes, guint n, gint32 ticks, gint32 least)
{
  for (guint i = 0; i < n; i++)
    notes[i].length = CLAMP (notes[i].length + ticks, MIN (least, notes[i].length), TUTTI_CLIP_TICKS_MAX);
}

void
tutti_notes_louder (TuttiNote *notes, guint n, int velocity)
{
  for (guint i = 0; i < n; i++)
    notes[i].velocity = (guint8) CLAMP (notes[i].velocity + velocity, 1, TUTTI_VELOCITY_MAX);
}

void
tutti_notes_quantise (TuttiNote *notes, guint n, gint32 grid, int strength)
{
  for (guint i = 0; i < n; i++)
    {
      gint32 nearest = (notes[i].tick + grid / 2) / grid * grid;

      notes[i].tick = CLAMP (notes[i].tick + (nearest - notes[i].tick) * strength / 100, 0, TUTTI_CLIP_TICKS_MAX - 1);
    }
}

void
tutti_notes_humanise (TuttiNote *notes, guint n, gint32 ticks, int velocity, guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n; i++)
    {
      gint32 later = g_rand_int_range (rand, -ticks, ticks + 1);
      int louder = g_rand_int_range (rand, -velocity, velocity + 1);

      notes[i].tick = CLAMP (notes[i].tick + later, 0, TUTTI_CLIP_TICKS_MAX - 1);
      notes[i].velocity = (guint8) CLAMP (notes[i].velocity + louder, 1, TUTTI_VELOCITY_MAX);
    }
}

void
tutti_notes_mirror (TuttiNote *notes, guint n)
{
  Bounds bounds = bounds_of (notes, n);

  for (guint i = 0; i < n; i++)
    notes[i].tick = CLAMP (bounds.first + bounds.end - notes[i].tick - notes[i].length, 0, TUTTI_CLIP_TICKS_MAX - 1);
}

void
tutti_notes_invert (TuttiNote *notes, guint n)
{
  Bounds bounds = bounds_of (notes, n);

  for (guint i = 0; i < n; i++)
    notes[i].pitch = (guint8) (bounds.low + bounds.high - notes[i].pitch);
}

void
tutti_notes_into_scale (TuttiNote *notes, guint n, const TuttiJam *jam)
{
  for (guint i = 0; i < n; i++)
    notes[i].pitch = (guint8) MAX (tutti_jam_snap_to_scale (jam, notes[i].pitch, 0), 0);
}

/* ---- chords ---- */

/* Every other note of the scale, three of them. */
static guint
keys_of_scale (const TuttiJam *jam, int root, int keys[TUTTI_HARMONY_KEYS_MAX])
{
  guint n = 0;

  for (int key = root; n < 3 && key <= TUTTI_KEY_MAX; key = tutti_jam_snap_to_scale (jam, tutti_jam_snap_to_scale (jam, key, 1), 1))
    keys[n++] = key;
  return n;
}

guint
tutti_stamp_keys (guint stamp, const TuttiJam *jam, int root, int keys[TUTTI_HARMONY_KEYS_MAX])
{
  int steps[TUTTI_HARMONY_KEYS_MAX] = { 0, 12 };
  guint n = 0, wanted = stamp == TUTTI_STAMP_OCTAVE ? 2 : 0;

  if (stamp == TUTTI_STAMP_OF_SCALE || stamp == TUTTI_STAMP_OF_LANE)
    return keys_of_scale (jam, root, keys);
  if (stamp != TUTTI_STAMP_OCTAVE)
    wanted = tutti_harmony_steps ((TuttiHarmony) stamp, steps);
  while (n < wanted && root + steps[n] <= TUTTI_KEY_MAX)
    {
      keys[n] = root + steps[n];
      n++;
    }
  return n;
}

/* ---- operations ---- */

static void
take_piece (GPtrArray *ops, TuttiId clip, GArray *edits)
{
  TuttiNotes *piece;

  if (edits->len == 0)
    return;
  piece = tutti_notes_new (edits->len);
  for (guint i = 0; i < piece->n; i++)
    piece->edit[i] = g_array_index (edits, TuttiNoteEdit, i);
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_NOTES, clip, piece));
  g_array_set_size (edits, 0);
}

static void
add_edit (GPtrArray *ops, TuttiId clip, GArray *edits, const TuttiNote *note, guint fields)
{
  TuttiNoteEdit edit = { .note.id = note->id, .fields = (guint8) fields };

  tutti_note_write_fields (&edit.note, note, fields);
  g_array_append_val (edits, edit);
  if (edits->len == TUTTI_NOTES_AT_ONCE_MAX)
    take_piece (ops, clip, edits);
}

GPtrArray *
tutti_note_changes (const TuttiClip *clip, const TuttiNote *notes, guint n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  g_autoptr(GArray) edits = g_array_new (FALSE, FALSE, sizeof (TuttiNoteEdit));

  for (guint i = 0; i < n; i++)
    {
      const TuttiNote *before = tutti_clip_note (clip, notes[i].id, NULL);
      guint fields = before != NULL ? tutti_note_differing (before, &notes[i]) : TUTTI_NOTE_WHOLE;

      if (fields != 0)
        add_edit (ops, clip->id, edits, &notes[i], fields);
    }
  take_piece (ops, clip->id, edits);
  return ops;
}

GPtrArray *
tutti_note_deletions (const TuttiClip *clip, const TuttiId *ids, guint n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  g_autoptr(GArray) edits = g_array_new (FALSE, FALSE, sizeof (TuttiNoteEdit));

  for (guint i = 0; i < n; i++)
    {
      const TuttiNote *note = tutti_clip_note (clip, ids[i], NULL);

      if (note != NULL)
        add_edit (ops, clip->id, edits, note, TUTTI_NOTE_GONE);
    }
  take_piece (ops, clip->id, edits);
  return ops;
}

/* ---- clipboard ---- */

/* In the form of an operation; the ids are of nobody. */
char *
tutti_notes_to_text (const TuttiNote *notes, guint n)
{
  gint32 first = n > 0 ? bounds_of (notes, n).first : 0;
  TuttiNotes *copies = tutti_notes_new (MIN (n, TUTTI_NOTES_AT_ONCE_MAX));

  for (guint i = 0; i < copies->n; i++)
    {
      copies->edit[i] = (TuttiNoteEdit) { notes[i], TUTTI_NOTE_WHOLE };
      copies->edit[i].note.id = tutti_id (0, i + 1);
      copies->edit[i].note.tick -= first;
    }
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_NOTES, tutti_id (0, 1), copies);

  return tutti_op_to_text (op);
}

GArray *
tutti_notes_from_text (const char *text, gssize length, GError **error)
{
  g_autoptr(TuttiOp) op = tutti_op_from_text (text, length, error);
  GArray *notes = NULL;

  if (op == NULL)
    return NULL;
  if (op->kind != TUTTI_OP_NOTES)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "there are no notes to paste");
      return NULL;
    }
  notes = g_array_new (FALSE, FALSE, sizeof (TuttiNote));
  for (guint i = 0; i < op->arg[1].notes->n; i++)
    if (op->arg[1].notes->edit[i].fields == TUTTI_NOTE_WHOLE)
      g_array_append_val (notes, op->arg[1].notes->edit[i].note);
  return notes;
}
