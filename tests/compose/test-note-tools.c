/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of what can be done to notes, on random ones. */
#include "tutti-note-tools.h"

#include "tutti-note.h"

#include <string.h>

#define NOTES 40

static const TuttiId clip_id = { 1, 3 };

static void
apply (TuttiJam *jam, const TuttiOp *op)
{
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
}

static void
apply_new (TuttiJam *jam, TuttiOp *op)
{
  apply (jam, op);
  tutti_op_free (op);
}

static void
apply_all (TuttiJam *jam, GPtrArray *ops)
{
  for (guint i = 0; i < ops->len; i++)
    apply (jam, ops->pdata[i]);
  g_ptr_array_unref (ops);
}

static TuttiJam *
jam_with_clip (void)
{
  TuttiJam *jam = tutti_jam_new ();

  apply_new (jam, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (2), TUTTI_N (TUTTI_SCALE_MINOR)));
  apply_new (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 1), "Bass", "kit:rubber-bass", TUTTI_N (0)));
  apply_new (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 2), "", TUTTI_N (0)));
  apply_new (jam, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, clip_id, tutti_id (1, 1), tutti_id (1, 2), ""));
  return jam;
}

static void
random_notes (TuttiNote *notes, guint n)
{
  for (guint i = 0; i < n; i++)
    notes[i] = (TuttiNote) { tutti_id (2, i + 1), g_test_rand_int_range (0, 7680), g_test_rand_int_range (1, 2000),
                             (guint8) g_test_rand_int_range (0, 128), (guint8) g_test_rand_int_range (1, 128) };
}

/* Whatever is done to notes, the document takes it. */
static void
check_valid (const TuttiNote *notes, guint n)
{
  g_autofree TuttiNotes *edits = tutti_notes_new (n);

  for (guint i = 0; i < n; i++)
    edits->edit[i] = (TuttiNoteEdit) { notes[i], TUTTI_NOTE_WHOLE };
  g_assert_true (tutti_notes_valid (edits));
}

static void
test_range (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  for (int round = 0; round < 200; round++)
    {
      TuttiNote notes[NOTES];

      random_notes (notes, NOTES);
      tutti_notes_move (notes, NOTES, g_test_rand_int_range (-200000, 200000), g_test_rand_int_range (-200, 200));
      check_valid (notes, NOTES);
      tutti_notes_lengthen (notes, NOTES, g_test_rand_int_range (-200000, 200000), 60);
      check_valid (notes, NOTES);
      tutti_notes_louder (notes, NOTES, g_test_rand_int_range (-200, 200));
      tutti_notes_humanise (notes, NOTES, 40, 40, g_test_rand_int ());
      check_valid (notes, NOTES);
      tutti_notes_quantise (notes, NOTES, 240, g_test_rand_int_range (0, 101));
      tutti_notes_mirror (notes, NOTES);
      tutti_notes_invert (notes, NOTES);
      tutti_notes_into_scale (notes, NOTES, jam);
      check_valid (notes, NOTES);
    }
}

/* A chord that reaches the edge stays the chord it is. */
static void
test_move_keeps_intervals (void)
{
  TuttiNote notes[3] = { { .length = 1, .pitch = 100 }, { .tick = 50, .length = 1, .pitch = 104 },
                         { .tick = 90, .length = 1, .pitch = 107 } };

  tutti_notes_move (notes, 3, -1000, 60);
  g_assert_cmpint (notes[2].pitch, ==, 127);
  g_assert_cmpint (notes[1].pitch - notes[0].pitch, ==, 4);
  g_assert_cmpint (notes[0].tick, ==, 0);
  g_assert_cmpint (notes[2].tick, ==, 90);
}

static void
test_twice_is_as_before (void)
{
  TuttiNote notes[NOTES], before[NOTES];

  random_notes (notes, NOTES);
  memcpy (before, notes, sizeof before);
  tutti_notes_mirror (notes, NOTES);
  tutti_notes_mirror (notes, NOTES);
  tutti_notes_invert (notes, NOTES);
  tutti_notes_invert (notes, NOTES);
  for (guint i = 0; i < NOTES; i++)
    g_assert_cmpuint (tutti_note_differing (&notes[i], &before[i]), ==, 0);
}

static void
test_quantise (void)
{
  TuttiNote notes[2] = { { .tick = 130, .length = 1 }, { .tick = 100, .length = 1 } };

  tutti_notes_quantise (notes, 2, 240, 50);
  g_assert_cmpint (notes[0].tick, ==, 185);
  g_assert_cmpint (notes[1].tick, ==, 50);
  tutti_notes_quantise (notes, 2, 240, 100);
  g_assert_cmpint (notes[0].tick, ==, 240);
  g_assert_cmpint (notes[1].tick, ==, 0);
}

static void
test_humanise_repeats (void)
{
  TuttiNote one[NOTES], other[NOTES];

  random_notes (one, NOTES);
  memcpy (other, one, sizeof other);
  tutti_notes_humanise (one, NOTES, 15, 10, 42);
  tutti_notes_humanise (other, NOTES, 15, 10, 42);
  for (guint i = 0; i < NOTES; i++)
    g_assert_cmpuint (tutti_note_differing (&one[i], &other[i]), ==, 0);
}

static void
test_chords (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  int keys[TUTTI_HARMONY_KEYS_MAX];

  /* D minor, and the chord on its second note: E, G, B flat. */
  g_assert_cmpuint (tutti_stamp_keys (TUTTI_STAMP_OF_SCALE, jam, 62, keys), ==, 3);
  g_assert_true (keys[0] == 62 && keys[1] == 65 && keys[2] == 69);
  g_assert_cmpuint (tutti_stamp_keys (TUTTI_STAMP_OF_SCALE, jam, 64, keys), ==, 3);
  g_assert_true (keys[1] == 67 && keys[2] == 70);
  g_assert_cmpuint (tutti_stamp_keys (TUTTI_HARMONY_MAJOR_SEVENTH, jam, 60, keys), ==, 4);
  g_assert_cmpint (keys[3], ==, 71);
  for (guint stamp = TUTTI_HARMONY_MAJOR; stamp < TUTTI_N_STAMPS; stamp++)
    {
      guint n = tutti_stamp_keys (stamp, jam, 124, keys);

      g_assert_cmpuint (n, >=, 1);
      for (guint i = 0; i < n; i++)
        g_assert_cmpint (keys[i], <=, TUTTI_KEY_MAX);
    }
}

/* Thousands of notes at once come in pieces that each fit, and only what differs is said. */
static void
test_changes (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autofree TuttiNote *notes = g_new (TuttiNote, 3000);
  GPtrArray *ops;

  random_notes (notes, 3000);
  ops = tutti_note_changes (tutti_jam_clip (jam, clip_id, NULL), notes, 3000);
  g_assert_cmpuint (ops->len, ==, 3);
  apply_all (jam, ops);
  g_assert_cmpuint (tutti_jam_clip (jam, clip_id, NULL)->n_notes, ==, 3000);
  notes[7].velocity = notes[7].velocity == 1 ? 2 : 1;
  ops = tutti_note_changes (tutti_jam_clip (jam, clip_id, NULL), notes, 3000);
  g_assert_cmpuint (ops->len, ==, 1);
  g_assert_cmpuint (((TuttiOp *) ops->pdata[0])->arg[1].notes->n, ==, 1);
  g_assert_cmpuint (((TuttiOp *) ops->pdata[0])->arg[1].notes->edit[0].fields, ==, TUTTI_NOTE_VELOCITY);
  apply_all (jam, ops);
  apply_all (jam, tutti_note_deletions (tutti_jam_clip (jam, clip_id, NULL), &notes[7].id, 1));
  g_assert_null (tutti_clip_note (tutti_jam_clip (jam, clip_id, NULL), notes[7].id, NULL));
}

static void
test_clipboard (void)
{
  TuttiNote notes[NOTES];
  gint32 first = G_MAXINT32;

  random_notes (notes, NOTES);
  for (guint i = 0; i < NOTES; i++)
    first = MIN (first, notes[i].tick);
  g_autofree char *text = tutti_notes_to_text (notes, NOTES);
  g_autoptr(GArray) again = tutti_notes_from_text (text, -1, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (again->len, ==, NOTES);
  for (guint i = 0; i < NOTES; i++)
    {
      notes[i].tick -= first;
      g_assert_cmpuint (tutti_note_differing (&g_array_index (again, TuttiNote, i), &notes[i]), ==, 0);
    }
  g_assert_null (tutti_notes_from_text ("[\"stop\"]", -1, &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/note-tools/range", test_range);
  g_test_add_func ("/note-tools/move-keeps-intervals", test_move_keeps_intervals);
  g_test_add_func ("/note-tools/twice-is-as-before", test_twice_is_as_before);
  g_test_add_func ("/note-tools/quantise", test_quantise);
  g_test_add_func ("/note-tools/humanise-repeats", test_humanise_repeats);
  g_test_add_func ("/note-tools/chords", test_chords);
  g_test_add_func ("/note-tools/changes", test_changes);
  g_test_add_func ("/note-tools/clipboard", test_clipboard);
  return g_test_run ();
}
