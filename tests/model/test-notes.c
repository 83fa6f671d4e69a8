/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notes of a clip: how edits of several people come together, what takes them back, their bounds and their forms. */
#include "tutti-jam-json.h"
#include "tutti-jam-remix.h"
#include "tutti-random-op.h"

#include <string.h>

#define TRACK tutti_id (1, 1)
#define SCENE tutti_id (1, 2)
#define CLIP tutti_id (1, 3)

static gboolean
attempt (TuttiJam *jam, TuttiOp *op, TuttiOp **inverse, GError **error)
{
  TuttiStamp stamp = { 1, 0, 48000 };
  gboolean done = tutti_jam_apply (jam, op, &stamp, inverse, error);

  tutti_op_free (op);
  return done;
}

static void
apply (TuttiJam *jam, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (attempt (jam, op, NULL, &error));
  g_assert_no_error (error);
}

static TuttiJam *
jam_with_clip (void)
{
  TuttiJam *jam = tutti_jam_new ();

  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, SCENE, "A", TUTTI_N (0)));
  apply (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, TRACK, "Keys", "kit:felt-keys", TUTTI_N (0)));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, CLIP, TRACK, SCENE, "Felt"));
  return jam;
}

static TuttiNote
note (guint32 counter, int tick, int length, int pitch, int velocity)
{
  return (TuttiNote) { tutti_id (2, counter), tick, length, (guint8) pitch, (guint8) velocity };
}

/* One edit; the fields that are not written are cleared. */
static TuttiOp *
edit (TuttiNote value, guint fields)
{
  TuttiNotes *notes = tutti_notes_new (1);

  notes->edit[0].note.id = value.id;
  notes->edit[0].fields = (guint8) fields;
  if (fields & TUTTI_NOTE_TICK)
    notes->edit[0].note.tick = value.tick;
  if (fields & TUTTI_NOTE_LENGTH)
    notes->edit[0].note.length = value.length;
  if (fields & TUTTI_NOTE_PITCH)
    notes->edit[0].note.pitch = value.pitch;
  if (fields & TUTTI_NOTE_VELOCITY)
    notes->edit[0].note.velocity = value.velocity;
  return tutti_op_new (TUTTI_OP_NOTES, CLIP, notes);
}

static const TuttiNote *
find (const TuttiJam *jam, guint32 counter)
{
  return tutti_clip_note (tutti_jam_clip (jam, CLIP, NULL), tutti_id (2, counter), NULL);
}

/* ---- merging ---- */

static void
test_fields (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  TuttiNote start = note (1, 960, 240, 60, 100);

  apply (jam, edit (start, TUTTI_NOTE_WHOLE));
  /* One moves it, another plays it softer, a third makes it longer: all three stand. */
  apply (jam, edit (note (1, 480, 0, 64, 0), TUTTI_NOTE_TICK | TUTTI_NOTE_PITCH));
  apply (jam, edit (note (1, 0, 0, 0, 40), TUTTI_NOTE_VELOCITY));
  apply (jam, edit (note (1, 0, 720, 0, 0), TUTTI_NOTE_LENGTH));
  const TuttiNote *now = find (jam, 1);

  g_assert_cmpint (now->tick, ==, 480);
  g_assert_cmpint (now->length, ==, 720);
  g_assert_cmpint (now->pitch, ==, 64);
  g_assert_cmpint (now->velocity, ==, 40);
}

static void
test_collisions (void)
{
  g_autoptr(TuttiOp) move = edit (note (1, 480, 0, 64, 0), TUTTI_NOTE_TICK | TUTTI_NOTE_PITCH);
  g_autoptr(TuttiOp) softer = edit (note (1, 0, 0, 0, 40), TUTTI_NOTE_VELOCITY);
  g_autoptr(TuttiOp) gone = edit (note (1, 0, 0, 0, 0), TUTTI_NOTE_GONE);
  g_autoptr(TuttiOp) other = edit (note (2, 480, 240, 64, 40), TUTTI_NOTE_WHOLE);
  g_autoptr(TuttiOp) whole = edit (note (1, 480, 240, 64, 40), TUTTI_NOTE_WHOLE);
  g_autoptr(TuttiOp) clip = tutti_op_new (TUTTI_OP_CLIP_DELETE, CLIP);

  g_assert_false (tutti_op_collides (move, softer));
  g_assert_false (tutti_op_collides (whole, other));
  g_assert_true (tutti_op_collides (move, move));
  g_assert_true (tutti_op_collides (gone, softer));
  g_assert_true (tutti_op_collides (whole, softer));
  g_assert_true (tutti_op_collides (clip, softer));
}

/* What another took away meanwhile is let go, and the rest of the same operation stands. */
static void
test_gone (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  TuttiNotes *louder = tutti_notes_new (2);
  g_autoptr(GError) error = NULL;

  apply (jam, edit (note (1, 0, 240, 60, 100), TUTTI_NOTE_WHOLE));
  apply (jam, edit (note (2, 0, 240, 64, 100), TUTTI_NOTE_WHOLE));
  apply (jam, edit (note (1, 0, 0, 0, 0), TUTTI_NOTE_GONE));
  for (guint i = 0; i < 2; i++)
    louder->edit[i] = (TuttiNoteEdit) { { .id = tutti_id (2, i + 1), .velocity = 120 }, TUTTI_NOTE_VELOCITY };
  apply (jam, tutti_op_new (TUTTI_OP_NOTES, CLIP, louder));
  g_assert_null (find (jam, 1));
  g_assert_cmpint (find (jam, 2)->velocity, ==, 120);
  g_assert_false (attempt (jam, edit (note (1, 0, 0, 0, 9), TUTTI_NOTE_VELOCITY), NULL, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING);
}

/* Edits of different notes and fields, in every order: one document. */
static void
test_any_order (void)
{
  guint64 hash = 0;

  for (guint order = 0; order < 6; order++)
    {
      static const guint orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 }, { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
      g_autoptr(TuttiJam) jam = jam_with_clip ();

      apply (jam, edit (note (1, 960, 240, 60, 100), TUTTI_NOTE_WHOLE));
      for (guint i = 0; i < 3; i++)
        {
          TuttiOp *ops[] = { edit (note (1, 240, 0, 0, 0), TUTTI_NOTE_TICK), edit (note (1, 0, 0, 0, 30), TUTTI_NOTE_VELOCITY),
                             edit (note (2, 240, 480, 67, 90), TUTTI_NOTE_WHOLE) };

          for (guint j = 0; j < 3; j++)
            if (j == orders[order][i])
              apply (jam, ops[j]);
            else
              tutti_op_free (ops[j]);
        }
      g_assert_true (order == 0 || tutti_jam_hash (jam) == hash);
      hash = tutti_jam_hash (jam);
    }
}

/* ---- taking back ---- */

static void
test_inverse (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autoptr(TuttiOp) inverse = NULL;
  TuttiNotes *mixed = tutti_notes_new (3);

  apply (jam, edit (note (1, 0, 240, 60, 100), TUTTI_NOTE_WHOLE));
  apply (jam, edit (note (2, 0, 240, 64, 100), TUTTI_NOTE_WHOLE));
  guint64 before = tutti_jam_hash (jam);

  mixed->edit[0] = (TuttiNoteEdit) { { .id = tutti_id (2, 1) }, TUTTI_NOTE_GONE };
  mixed->edit[1] = (TuttiNoteEdit) { { .id = tutti_id (2, 2), .pitch = 70 }, TUTTI_NOTE_PITCH };
  mixed->edit[2] = (TuttiNoteEdit) { note (3, 480, 240, 72, 90), TUTTI_NOTE_WHOLE };
  g_assert_true (attempt (jam, tutti_op_new (TUTTI_OP_NOTES, CLIP, mixed), &inverse, NULL));
  g_assert_cmpint (tutti_jam_clip (jam, CLIP, NULL)->n_notes, ==, 2);
  g_assert_cmpint (inverse->kind, ==, TUTTI_OP_NOTES);
  apply (jam, g_steal_pointer (&inverse));
  g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
}

/* A clip that comes back has its notes; a copy has them too and goes its own way. */
static void
test_clips (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  TuttiId scene = tutti_id (1, 4), copy = tutti_id (1, 5);

  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "B", TUTTI_N (1)));
  apply (jam, edit (note (1, 0, 240, 60, 100), TUTTI_NOTE_WHOLE));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_COPY, copy, CLIP, TRACK, scene));
  apply (jam, edit (note (1, 0, 0, 61, 0), TUTTI_NOTE_PITCH));
  g_assert_cmpint (tutti_jam_clip (jam, copy, NULL)->kind, ==, TUTTI_CLIP_NOTES);
  g_assert_cmpint (tutti_jam_clip (jam, copy, NULL)->notes[0].pitch, ==, 60);
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_DELETE, CLIP));
  g_assert_cmpuint (tutti_jam_count_notes (jam), ==, 2);
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_RESTORE, CLIP));
  g_assert_cmpint (find (jam, 1)->pitch, ==, 61);
  g_autoptr(TuttiJam) remix = tutti_jam_remix (jam, "Again");

  g_assert_cmpint (find (remix, 1)->pitch, ==, 61);
}

/* ---- bounds and forms ---- */

static void
test_kinds (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autoptr(GError) first = NULL, second = NULL;
  TuttiId scene = tutti_id (1, 4), steps = tutti_id (1, 5);
  TuttiNotes *notes = tutti_notes_new (1);

  g_assert_false (attempt (jam, tutti_op_new (TUTTI_OP_STEP, CLIP, TUTTI_N (0), TUTTI_N (100)), NULL, &first));
  g_assert_error (first, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "B", TUTTI_N (1)));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, steps, TRACK, scene, ""));
  notes->edit[0] = (TuttiNoteEdit) { note (1, 0, 240, 60, 100), TUTTI_NOTE_WHOLE };
  g_assert_false (attempt (jam, tutti_op_new (TUTTI_OP_NOTES, steps, notes), NULL, &second));
  g_assert_error (second, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
}

static void
test_full (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autoptr(GError) error = NULL;
  guint32 counter = 0;

  for (guint piece = 0; piece < TUTTI_NOTES_MAX / TUTTI_NOTES_AT_ONCE_MAX; piece++)
    {
      TuttiNotes *notes = tutti_notes_new (TUTTI_NOTES_AT_ONCE_MAX);

      for (guint i = 0; i < notes->n; i++, counter++)
        notes->edit[i] = (TuttiNoteEdit) { { tutti_id (G_MAXUINT32, G_MAXUINT32 - counter), TUTTI_CLIP_TICKS_MAX - 1,
                                             TUTTI_CLIP_TICKS_MAX, 127, 127 }, TUTTI_NOTE_WHOLE };
      g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_NOTES, CLIP, notes);
      g_autofree char *text = tutti_op_to_text (op);

      /* The longest that there can be, with room for a stamp around it. */
      g_assert_cmpuint (strlen (text), <, TUTTI_MESSAGE_BYTES_MAX - 512);
      apply (jam, g_steal_pointer (&op));
    }
  g_assert_false (attempt (jam, edit (note (1, 0, 240, 60, 100), TUTTI_NOTE_WHOLE), NULL, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT);
  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiJam) again = tutti_jam_from_text (text, -1, NULL);

  g_assert_cmpuint (tutti_jam_hash (again), ==, tutti_jam_hash (jam));
}

static void
test_forms (void)
{
  static const struct { const char *text; gboolean good; } forms[] = {
    { "[\"notes\",\"1.3\",[[\"2.1\",960,240,60,100]]]", TRUE },
    { "[\"notes\",\"1.3\",[[\"2.1\",960,null,60]]]", TRUE },
    { "[\"notes\",\"1.3\",[[\"2.1\",null,null,null,1]]]", TRUE },
    { "[\"notes\",\"1.3\",[[\"2.1\"],[\"2.2\"]]]", TRUE },
    { "[\"notes\",\"1.3\",[]]", FALSE },
    { "[\"notes\",\"1.3\",[[]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"0\"]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",null]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\"],[\"2.1\",0]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",-1]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",122880]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",0,0,60,100]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",0,1,128,100]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",0,1,60,0]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",0,1,60,100,0]]]", FALSE },
    { "[\"notes\",\"1.3\",[[\"2.1\",\"0\"]]]", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(TuttiOp) op = tutti_op_from_text (forms[i].text, -1, &error);

      g_test_message ("%s", forms[i].text);
      g_assert_true ((op != NULL) == forms[i].good);
      g_assert_true ((error == NULL) == forms[i].good);
      g_autofree char *again = op != NULL ? tutti_op_to_text (op) : NULL;

      g_assert_true (op == NULL || g_str_equal (again, forms[i].text));
    }
}

/* Ids go on from the note before, from the same creator; order and ids are looked at. */
static void
test_document (void)
{
  static const struct { const char *notes; gboolean good; } forms[] = {
    { "[\"2.1\",0,240,60,100,1,240,240,62,90,\"3.1\",0,240,64,80]", TRUE },
    { "[\"2.1\",0,240,60,100,\"2.2\",240,240,62,90]", FALSE },    /* not the shortest form */
    { "[\"2.1\",0,240,60,100,0,240,240,62,90]", FALSE },          /* the same id */
    { "[\"2.2\",0,240,60,100,-1,0,240,62,90]", FALSE },           /* out of order */
    { "[\"2.1\",0,240,60,100,-1,240,240,62,90]", FALSE },         /* no id */
    { "[\"2.1\",122879,240,60,100,1,1,240,62,90]", FALSE },
    { "[\"2.1\",0,240,60]", FALSE },
    { "[1,0,240,60,100]", FALSE },
  };
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autofree char *text = tutti_jam_to_text (jam);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GString) document = g_string_new (text);
      g_autofree char *member = g_strconcat ("\"no\":", forms[i].notes, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_cmpuint (g_string_replace (document, "\"no\":[]", member, 0), ==, 1);
      g_autoptr(TuttiJam) read = tutti_jam_from_text (document->str, -1, &error);

      g_test_message ("%s", forms[i].notes);
      g_assert_true ((read != NULL) == forms[i].good);
      g_autofree char *again = read != NULL ? tutti_jam_to_text (read) : NULL;

      g_assert_true (read == NULL || g_str_equal (again, document->str));
    }
}

/* One note drawn and one moved stay small on the wire. */
static void
test_sizes (void)
{
  g_autoptr(TuttiOp) draw = edit ((TuttiNote) { tutti_id (0x12345678, 999), 61440, 240, 60, 100 }, TUTTI_NOTE_WHOLE);
  g_autoptr(TuttiOp) move = edit ((TuttiNote) { tutti_id (0x12345678, 999), 61440, 0, 62, 0 }, TUTTI_NOTE_TICK | TUTTI_NOTE_PITCH);
  g_autofree char *one = tutti_op_to_text (draw), *two = tutti_op_to_text (move);

  g_assert_cmpuint (strlen (one), <=, 64);
  g_assert_cmpuint (strlen (two), <=, 64);
}

/* The generator reaches what the laws are about. */
static void
test_generator (void)
{
  guint notes = 0, clips = 0;

  for (guint seed = 1; seed <= 10; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 400);

      notes += tutti_jam_count_notes (jam);
      clips += tutti_jam_count_clips (jam);
    }
  g_test_message ("%u notes, %u clips", notes, clips);
  g_assert_cmpuint (notes, >, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notes/fields", test_fields);
  g_test_add_func ("/notes/collisions", test_collisions);
  g_test_add_func ("/notes/gone", test_gone);
  g_test_add_func ("/notes/any-order", test_any_order);
  g_test_add_func ("/notes/inverse", test_inverse);
  g_test_add_func ("/notes/clips", test_clips);
  g_test_add_func ("/notes/kinds", test_kinds);
  g_test_add_func ("/notes/full", test_full);
  g_test_add_func ("/notes/forms", test_forms);
  g_test_add_func ("/notes/document", test_document);
  g_test_add_func ("/notes/sizes", test_sizes);
  g_test_add_func ("/notes/generator", test_generator);
  return g_test_run ();
}
