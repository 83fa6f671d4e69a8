/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chord.h"

#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define FIELDS 3

const char * const tutti_harmony_names[] = {
  "as-before", "none", "major", "minor", "seventh", "major-seventh", "minor-seventh", "sus-2", "sus-4", "diminished",
  "half-diminished", "augmented", "sixth", "minor-sixth", "power", NULL
};
G_STATIC_ASSERT (G_N_ELEMENTS (tutti_harmony_names) == TUTTI_N_HARMONIES + 1);

/* ---- a lane ---- */

/* How many marks lie before @tick. */
static guint
place_of (const TuttiChordLane *lane, gint32 tick)
{
  guint place = 0;

  while (place < lane->n && lane->mark[place].tick < tick)
    place++;
  return place;
}

const TuttiChordMark *
tutti_chord_at (const TuttiChordLane *lane, gint32 tick)
{
  guint place = place_of (lane, tick);

  return place < lane->n && lane->mark[place].tick == tick ? &lane->mark[place] : NULL;
}

const TuttiChordMark *
tutti_chord_meant (const TuttiChordLane *lane, gint32 tick)
{
  guint place = place_of (lane, tick + 1);

  return place > 0 && lane->mark[place - 1].quality != TUTTI_HARMONY_NONE ? &lane->mark[place - 1] : NULL;
}

const TuttiChordMark *
tutti_chord_after (const TuttiChordLane *lane, gint32 tick)
{
  guint place = place_of (lane, tick + 1);

  return place < lane->n ? &lane->mark[place] : NULL;
}

gboolean
tutti_chord_lane_equal (const TuttiChordLane *a, const TuttiChordLane *b)
{
  for (guint i = 0; a->n == b->n && i < a->n; i++)
    if (a->mark[i].tick != b->mark[i].tick || a->mark[i].root != b->mark[i].root || a->mark[i].quality != b->mark[i].quality)
      return FALSE;
  return a->n == b->n;
}

/* Marks from @from on move to @to. */
static void
shift (TuttiChordLane *lane, guint from, guint to)
{
  memmove (&lane->mark[to], &lane->mark[from], (lane->n - from) * sizeof *lane->mark);
  lane->n = (guint8) (lane->n + to - from);
}

gboolean
tutti_chord_put (TuttiChordLane *lane, gint32 tick, guint root, TuttiHarmony quality)
{
  guint place = place_of (lane, tick);
  gboolean there = tutti_chord_at (lane, tick) != NULL;

  if (quality == TUTTI_HARMONY_AS_BEFORE)
    {
      if (there)
        shift (lane, place + 1, place);
      return TRUE;
    }
  if (!there && lane->n == TUTTI_CHORDS_MAX)
    return FALSE;
  if (!there)
    shift (lane, place, place + 1);
  /* Where there is no chord there is no root either: what is equal looks equal. */
  lane->mark[place] = (TuttiChordMark) { tick, quality == TUTTI_HARMONY_NONE ? 0 : (guint8) root, (guint8) quality };
  return TRUE;
}

/* ---- from one to the other ---- */

static void
add (GPtrArray *ops, TuttiId clip, gint32 tick, guint root, TuttiHarmony quality)
{
  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_CHORD, clip, TUTTI_N (tick), TUTTI_N (root), TUTTI_N (quality)));
}

GPtrArray *
tutti_chord_changes (TuttiId clip, const TuttiChordLane *from, const TuttiChordLane *to)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);

  for (guint i = 0; i < from->n; i++)
    if (tutti_chord_at (to, from->mark[i].tick) == NULL)
      add (ops, clip, from->mark[i].tick, 0, TUTTI_HARMONY_AS_BEFORE);
  for (guint i = 0; i < to->n; i++)
    {
      const TuttiChordMark *mark = &to->mark[i], *there = tutti_chord_at (from, mark->tick);

      if (there == NULL || there->root != mark->root || there->quality != mark->quality)
        add (ops, clip, mark->tick, mark->root, (TuttiHarmony) mark->quality);
    }
  return ops;
}

/* ---- documents ---- */

void
tutti_chord_lane_write (GString *out, const TuttiChordLane *lane)
{
  gint32 before = 0;

  tutti_json_open (out, '[');
  for (guint i = 0; i < lane->n; i++)
    {
      tutti_json_put_int (out, lane->mark[i].tick - before);
      tutti_json_put_int (out, lane->mark[i].root);
      tutti_json_put_text (out, tutti_harmony_names[lane->mark[i].quality]);
      before = lane->mark[i].tick;
    }
  tutti_json_close (out, ']');
}

/* The quality that item @at of @array names, TUTTI_HARMONY_AS_BEFORE with the error set when it names none that may lie in a lane. */
static TuttiHarmony
read_quality (JsonArray *array, guint at, GError **error)
{
  const char *name;

  if (!tutti_json_item_string (array, at, TUTTI_NAME_BYTES_MAX, &name, error))
    return TUTTI_HARMONY_AS_BEFORE;
  for (guint i = TUTTI_HARMONY_NONE; i < TUTTI_N_HARMONIES; i++)
    if (g_str_equal (tutti_harmony_names[i], name))
      return (TuttiHarmony) i;
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "a chord that there is not");
  return TUTTI_HARMONY_AS_BEFORE;
}

static gboolean
read_mark (JsonArray *array, guint at, TuttiChordMark *before, TuttiChordMark *out, GError **error)
{
  gint64 tick, root;
  TuttiHarmony quality;

  if (!tutti_json_item_int (array, at, at == 0 ? 0 : 1, TUTTI_CLIP_TICKS_MAX - 1 - before->tick, &tick, error) ||
      !tutti_json_item_int (array, at + 1, 0, 11, &root, error))
    return FALSE;
  quality = read_quality (array, at + 2, error);
  *out = (TuttiChordMark) { (gint32) (before->tick + tick), (guint8) root, (guint8) quality };
  return quality != TUTTI_HARMONY_AS_BEFORE;
}

gboolean
tutti_chord_lane_read (JsonNode *node, TuttiChordLane *lane, GError **error)
{
  TuttiChordMark before = { 0 }, mark;
  TuttiChordLane read = { 0 };
  JsonArray *array;

  if (!tutti_json_check_array (node, "chords", TUTTI_CHORDS_MAX * FIELDS, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i += FIELDS)
    {
      if (!read_mark (array, i, &before, &mark, error))
        return FALSE;
      tutti_chord_put (&read, mark.tick, mark.root, (TuttiHarmony) mark.quality);
      before = mark;
    }
  *lane = read;
  return TRUE;
}
