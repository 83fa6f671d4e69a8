/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lane of chords of a clip: how changes of several people come together, what takes them back, their bounds and their forms. */
#include "tutti-chord.h"
#include "tutti-jam-difference.h"
#include "tutti-jam-json.h"
#include "tutti-random-op.h"

#include <string.h>

#define TRACK tutti_id (1, 1)
#define SCENE tutti_id (1, 2)
#define CLIP tutti_id (1, 3)
#define STEPS_CLIP tutti_id (1, 5)
#define ROUNDS 200

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

static TuttiOp *
chord (gint64 tick, gint64 root, TuttiHarmony quality)
{
  return tutti_op_new (TUTTI_OP_CHORD, CLIP, TUTTI_N (tick), TUTTI_N (root), TUTTI_N (quality));
}

static const TuttiChordLane *
lane_of (const TuttiJam *jam)
{
  return &tutti_jam_clip (jam, CLIP, NULL)->chords;
}

/* A change of chord that mostly meets others. */
static TuttiOp *
any_chord (GRand *rand)
{
  return chord (960 * g_rand_int_range (rand, 0, 8), g_rand_int_range (rand, 0, 12),
                (TuttiHarmony) g_rand_int_range (rand, 0, TUTTI_N_HARMONIES));
}

static void
test_meant (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  apply (jam, chord (1920, 5, TUTTI_HARMONY_MAJOR));
  apply (jam, chord (0, 9, TUTTI_HARMONY_MINOR_SEVENTH));
  apply (jam, chord (2880, 3, TUTTI_HARMONY_NONE));
  g_assert_cmpuint (tutti_chord_meant (lane_of (jam), 1919)->root, ==, 9);
  g_assert_cmpuint (tutti_chord_meant (lane_of (jam), 1920)->root, ==, 5);
  g_assert_null (tutti_chord_meant (lane_of (jam), 2880));
  g_assert_cmpuint (tutti_chord_at (lane_of (jam), 2880)->root, ==, 0);
  apply (jam, chord (1920, 0, TUTTI_HARMONY_AS_BEFORE));
  g_assert_cmpuint (tutti_chord_meant (lane_of (jam), 2000)->root, ==, 9);
  g_assert_null (tutti_chord_after (lane_of (jam), 2880));
}

/* Changes at different places come together in any order; of two at one place the last one stands. */
static void
test_any_order (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr(TuttiJam) one = jam_with_clip (), two = jam_with_clip ();
      g_autoptr(TuttiOp) a = any_chord (rand), b = any_chord (rand);

      apply (one, tutti_op_copy (a));
      apply (one, tutti_op_copy (b));
      apply (two, tutti_op_copy (b));
      apply (two, tutti_op_copy (a));
      g_assert_true (tutti_op_collides (a, b) == (a->arg[1].number == b->arg[1].number));
      if (!tutti_op_collides (a, b))
        g_assert_cmpuint (tutti_jam_hash (one), ==, tutti_jam_hash (two));
    }
}

static void
test_inverse (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (8);
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autofree char *before = tutti_jam_to_text (jam);
      TuttiOp *op = any_chord (rand), *again = tutti_op_copy (op), *inverse = NULL;

      g_assert_true (attempt (jam, op, &inverse, NULL));
      g_autofree char *changed = tutti_jam_to_text (jam);
      g_assert_true (attempt (jam, inverse, NULL, NULL));
      g_autofree char *after = tutti_jam_to_text (jam);

      g_assert_cmpstr (after, ==, before);
      apply (jam, again);
      g_autofree char *redone = tutti_jam_to_text (jam);

      g_assert_cmpstr (redone, ==, changed);
    }
}

/* What lies in a lane is read back as it was, and told from one document to the other. */
static void
test_round_trip (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (9);
  g_autoptr(TuttiJam) jam = jam_with_clip (), other = jam_with_clip ();

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr(GPtrArray) ops = NULL;

      apply (jam, any_chord (rand));
      g_autofree char *text = tutti_jam_to_text (jam);
      g_autoptr(TuttiJam) read = tutti_jam_from_text (text, -1, NULL);

      g_assert_nonnull (read);
      g_assert_true (tutti_chord_lane_equal (lane_of (read), lane_of (jam)));
      ops = tutti_chord_changes (CLIP, lane_of (other), lane_of (jam));
      g_assert_cmpuint (ops->len, <=, 1);
      for (guint i = 0; i < ops->len; i++)
        apply (other, tutti_op_copy (ops->pdata[i]));
      g_assert_cmpuint (tutti_jam_hash (other), ==, tutti_jam_hash (jam));
    }
}

/* A copy of a clip has its chords; a clip of steps has none. */
static void
test_clips (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autoptr(GError) error = NULL;

  apply (jam, chord (0, 9, TUTTI_HARMONY_MINOR));
  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 4), "B", TUTTI_N (1)));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_COPY, tutti_id (1, 6), CLIP, TRACK, tutti_id (1, 4)));
  g_assert_true (tutti_chord_lane_equal (&tutti_jam_clip (jam, tutti_id (1, 6), NULL)->chords, lane_of (jam)));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_DELETE, tutti_id (1, 6)));
  apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, STEPS_CLIP, TRACK, tutti_id (1, 4), ""));
  g_assert_false (attempt (jam, tutti_op_new (TUTTI_OP_CHORD, STEPS_CLIP, TUTTI_N (0), TUTTI_N (0), TUTTI_N (2)), NULL, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
}

static void
test_full (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autoptr(GError) error = NULL;

  for (int i = 0; i < TUTTI_CHORDS_MAX; i++)
    apply (jam, chord (TUTTI_CLIP_TICKS_MAX - 1 - i, 11, TUTTI_HARMONY_MAJOR_SEVENTH));
  g_assert_false (attempt (jam, chord (0, 0, TUTTI_HARMONY_MAJOR), NULL, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT);
  /* What is there may change, and go. */
  apply (jam, chord (TUTTI_CLIP_TICKS_MAX - 1, 2, TUTTI_HARMONY_MINOR));
  apply (jam, chord (TUTTI_CLIP_TICKS_MAX - 1, 0, TUTTI_HARMONY_AS_BEFORE));
  apply (jam, chord (0, 0, TUTTI_HARMONY_MAJOR));
}

static void
test_forms (void)
{
  static const struct { const char *chords; gboolean good; } forms[] = {
    { "[0,9,\"minor-seventh\",1920,5,\"major\",960,0,\"none\"]", TRUE },
    { "[960,9,\"minor\",0,5,\"major\"]", FALSE },             /* twice at one place */
    { "[0,12,\"minor\"]", FALSE },
    { "[0,9,\"as-before\"]", FALSE },
    { "[0,9,\"sour\"]", FALSE },
    { "[0,9]", FALSE },
    { "[122880,9,\"minor\"]", FALSE },
    { "[122879,9,\"minor\",1,9,\"minor\"]", FALSE },
  };
  g_autoptr(TuttiJam) jam = jam_with_clip ();
  g_autofree char *text = tutti_jam_to_text (jam);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GString) document = g_string_new (text);
      g_autofree char *member = g_strconcat ("\"no\":[],\"ch\":", forms[i].chords, NULL);

      g_assert_cmpuint (g_string_replace (document, "\"no\":[]", member, 0), ==, 1);
      g_autoptr(TuttiJam) read = tutti_jam_from_text (document->str, -1, NULL);

      g_test_message ("%s", forms[i].chords);
      g_assert_true ((read != NULL) == forms[i].good);
      g_autofree char *again = read != NULL ? tutti_jam_to_text (read) : NULL;

      g_assert_true (read == NULL || g_str_equal (again, document->str));
    }
}

/* The generator of the laws about all operations reaches chords. */
static void
test_generator (void)
{
  guint chords = 0;

  for (guint seed = 1; seed <= 10; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 400);

      for (guint i = 0; i < jam->n_tracks; i++)
        for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
          chords += jam->tracks[i]->clips[j]->chords.n;
    }
  g_assert_cmpuint (chords, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chords/meant", test_meant);
  g_test_add_func ("/chords/any-order", test_any_order);
  g_test_add_func ("/chords/inverse", test_inverse);
  g_test_add_func ("/chords/round-trip", test_round_trip);
  g_test_add_func ("/chords/clips", test_clips);
  g_test_add_func ("/chords/full", test_full);
  g_test_add_func ("/chords/forms", test_forms);
  g_test_add_func ("/chords/generator", test_generator);
  return g_test_run ();
}
