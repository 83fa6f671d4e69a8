/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note-json.h"

#include "tutti-jam-private.h"
#include "tutti-json-private.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-note.h"

#define FIELDS 4

/* In the order of the bits of TuttiNoteFields. */
static const TuttiNoteMember members[FIELDS] = {
  { "tick", "1/960 quarter after the clip's beginning", 0, TUTTI_CLIP_TICKS_MAX - 1 },
  { "length", "1/960 quarter", 1, TUTTI_CLIP_TICKS_MAX },
  { "pitch", "MIDI key", 0, TUTTI_KEY_MAX },
  { "velocity", "how hard it is struck", 1, TUTTI_VELOCITY_MAX },
};

gboolean
tutti_note_member (guint index, TuttiNoteMember *out)
{
  if (index >= FIELDS)
    return FALSE;
  *out = members[index];
  return TRUE;
}

static gint64
get_field (const TuttiNote *note, guint field)
{
  const gint64 values[FIELDS] = { note->tick, note->length, note->pitch, note->velocity };

  return values[field];
}

static void
set_field (TuttiNote *note, guint field, gint64 value)
{
  const TuttiNote all = { .tick = (gint32) value, .length = (gint32) value, .pitch = (guint8) value, .velocity = (guint8) value };

  tutti_note_write_fields (note, &all, 1u << field);
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

/* ---- edits ---- */

static void
write_edit (GString *out, const TuttiNoteEdit *edit)
{
  tutti_json_open (out, '[');
  tutti_id_write (out, edit->note.id);
  for (guint i = 0; edit->fields >> i != 0; i++)
    if (edit->fields & 1u << i)
      tutti_json_put_int (out, get_field (&edit->note, i));
    else
      tutti_json_put_raw (out, "null");
  tutti_json_close (out, ']');
}

void
tutti_notes_write (GString *out, const TuttiNotes *notes)
{
  tutti_json_open (out, '[');
  for (guint i = 0; i < notes->n; i++)
    write_edit (out, &notes->edit[i]);
  tutti_json_close (out, ']');
}

static gboolean
read_edit (JsonNode *node, TuttiNoteEdit *out, GError **error)
{
  JsonArray *array;
  guint n;

  if (!tutti_json_check_array (node, "a note", FIELDS + 1, &array, error))
    return FALSE;
  n = json_array_get_length (array);
  if (n == 0)
    return fail (error, "a note has an id");
  if (!tutti_id_read (json_array_get_element (array, 0), "note", FALSE, &out->note.id, error))
    return FALSE;
  for (guint i = 0; i + 1 < n; i++)
    {
      gint64 value;

      if (json_array_get_null_element (array, i + 1))
        continue;
      if (!tutti_json_item_int (array, i + 1, members[i].min, members[i].max, &value, error))
        return FALSE;
      set_field (&out->note, i, value);
      out->fields |= (guint8) (1u << i);
    }
  return n == 1 || out->fields != 0 || fail (error, "an edit of a note writes something");
}

TuttiNotes *
tutti_notes_from_json (JsonNode *node, GError **error)
{
  g_autofree TuttiNotes *notes = NULL;
  JsonArray *array;

  if (!tutti_json_check_array (node, "notes", TUTTI_NOTES_AT_ONCE_MAX, &array, error))
    return NULL;
  notes = tutti_notes_new (json_array_get_length (array));
  for (guint i = 0; i < notes->n; i++)
    if (!read_edit (json_array_get_element (array, i), &notes->edit[i], error))
      return NULL;
  return g_steal_pointer (&notes);
}

/* ---- documents ---- */

void
tutti_clip_notes_write (GString *out, const TuttiClip *clip)
{
  TuttiNote before = { .tick = 0 };

  tutti_json_open (out, '[');
  for (guint i = 0; i < clip->n_notes; i++)
    {
      const TuttiNote *note = &clip->notes[i];

      if (i > 0 && note->id.creator == before.id.creator)
        tutti_json_put_int (out, (gint64) note->id.counter - before.id.counter);
      else
        tutti_id_write (out, note->id);
      tutti_json_put_int (out, note->tick - before.tick);
      for (guint field = 1; field < FIELDS; field++)
        tutti_json_put_int (out, get_field (note, field));
      before = *note;
    }
  tutti_json_close (out, ']');
}

static gboolean
read_id (JsonArray *array, guint at, const TuttiNote *before, TuttiId *out, GError **error)
{
  JsonNode *node = json_array_get_element (array, at);
  gint64 further;

  if (at == 0 || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
    return tutti_id_read (node, "note", FALSE, out, error) &&
           (at == 0 || out->creator != before->id.creator || fail (error, "a note's id that is longer than it need be"));
  if (!tutti_json_item_int (array, at, -(gint64) before->id.counter + 1, (gint64) G_MAXUINT32 - before->id.counter, &further, error))
    return FALSE;
  *out = tutti_id (before->id.creator, (guint32) (before->id.counter + further));
  return TRUE;
}

static gboolean
read_note (JsonArray *array, guint at, const TuttiNote *before, TuttiNote *out, GError **error)
{
  gint64 value;

  if (!read_id (array, at, before, &out->id, error) ||
      !tutti_json_item_int (array, at + 1, 0, members[0].max - before->tick, &value, error))
    return FALSE;
  out->tick = (gint32) (before->tick + value);
  for (guint field = 1; field < FIELDS; field++)
    {
      if (!tutti_json_item_int (array, at + 1 + field, members[field].min, members[field].max, &value, error))
        return FALSE;
      set_field (out, field, value);
    }
  return at == 0 || tutti_note_compare (before, out) < 0 || fail (error, "notes that are not in order");
}

static gboolean
each_once (const TuttiNote *notes, guint n)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (tutti_note_hash_id, tutti_note_equal_ids);

  for (guint i = 0; i < n; i++)
    if (!g_hash_table_add (seen, (gpointer) &notes[i].id))
      return FALSE;
  return TRUE;
}

gboolean
tutti_clip_notes_read (JsonNode *node, TuttiClip *clip, GError **error)
{
  JsonArray *array;

  if (!tutti_json_check_array (node, "notes", TUTTI_NOTES_MAX * (FIELDS + 1), &array, error))
    return FALSE;
  guint n = json_array_get_length (array) / (FIELDS + 1);
  g_autofree TuttiNote *notes = g_new0 (TuttiNote, n);
  TuttiNote before = { .tick = 0 };

  for (guint i = 0; i < n; i++)
    {
      if (!read_note (array, i * (FIELDS + 1), &before, &notes[i], error))
        return FALSE;
      before = notes[i];
    }
  if (json_array_get_length (array) % (FIELDS + 1) != 0 || !each_once (notes, n))
    return fail (error, "notes that cannot be");
  clip->kind = TUTTI_CLIP_NOTES;
  tutti_clip_set_notes (clip, notes, n);
  return TRUE;
}
