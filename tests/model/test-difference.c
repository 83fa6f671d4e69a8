/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going back: from any document to any other by ordinary operations, and back again by one undo. */
#include "tutti-jam-moment.h"

#include "tutti-chord.h"
#include "tutti-note.h"
#include "tutti-random-op.h"

#include <stdlib.h>
#include <string.h>

#define SEEDS 150

static TuttiId
coin (gpointer user)
{
  return tutti_id (7, ++*(guint32 *) user);
}

static void
grow (GRand *rand, TuttiJam *jam, guint n, guint32 *counter, gint64 *seq)
{
  for (guint i = 0; i < n; i++)
    {
      TuttiStamp stamp = { ++*seq, 1, 48000 + 100 * *seq };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, counter);

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
      /* As a host does it. */
      while (jam->graves->len > 64)
        {
          g_autoptr(TuttiOp) purge = tutti_op_new (TUTTI_OP_PURGE, ((TuttiGrave *) jam->graves->pdata[0])->id);

          tutti_jam_apply (jam, purge, &stamp, NULL, NULL);
        }
    }
}

/* ---- the same music, by place and not by id ---- */

static void
assert_same_clip (const TuttiClip *a, const TuttiClip *b)
{
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpuint (a->length, ==, b->length);
  g_assert_cmpuint (a->ticks_per_step, ==, b->ticks_per_step);
  for (guint i = 0; i < TUTTI_STEPS_MAX; i++)
    g_assert_true (tutti_step_equal (&a->steps[i], &b->steps[i]));
  g_assert_cmpuint (a->kind, ==, b->kind);
  g_assert_true (tutti_chord_lane_equal (&a->chords, &b->chords));
  g_assert_cmpuint (a->n_notes, ==, b->n_notes);
  for (guint i = 0; i < a->n_notes; i++)
    g_assert_true (tutti_id_equal (a->notes[i].id, b->notes[i].id) && tutti_note_differing (&a->notes[i], &b->notes[i]) == 0);
}

static void
assert_same_track (const TuttiJam *ja, const TuttiJam *jb, const TuttiTrack *a, const TuttiTrack *b)
{
  g_assert_cmpstr (a->name, ==, b->name);
  g_assert_cmpstr (a->sound, ==, b->sound);
  g_assert_cmpmem (a->params, sizeof a->params, b->params, sizeof b->params);
  g_assert_true (a->colour == b->colour && a->mute == b->mute && a->solo == b->solo && a->play_mode == b->play_mode &&
                 a->choke == b->choke && a->transpose == b->transpose && a->swing == b->swing);
  g_assert_cmpuint (a->n_effects, ==, b->n_effects);
  for (guint i = 0; i < a->n_effects; i++)
    g_assert_true (a->effects[i].kind == b->effects[i].kind && a->effects[i].on == b->effects[i].on &&
                   memcmp (a->effects[i].values, b->effects[i].values, sizeof a->effects[i].values) == 0);
  g_assert_cmpuint (a->n_clips, ==, b->n_clips);
  for (guint i = 0; i < jb->n_scenes; i++)
    {
      const TuttiClip *one = tutti_track_clip_at (a, ja->scenes[i].id), *two = tutti_track_clip_at (b, jb->scenes[i].id);

      g_assert_true ((one != NULL) == (two != NULL));
      if (one != NULL)
        assert_same_clip (one, two);
    }
}

static void
assert_same_music (const TuttiJam *a, const TuttiJam *b)
{
  const TuttiTransport *one = &a->transport, *two = &b->transport;

  if (b->name[0] != '\0')
    g_assert_cmpstr (a->name, ==, b->name);
  g_assert_true (a->seed == b->seed && a->key == b->key && a->scale == b->scale);
  g_assert_cmpmem (a->mix, sizeof a->mix, b->mix, sizeof b->mix);
  g_assert_true (one->anchor.tempo_cbpm == two->anchor.tempo_cbpm && one->beats == two->beats && one->unit == two->unit &&
                 one->loop == two->loop && one->loop_start == two->loop_start && one->loop_end == two->loop_end &&
                 one->swing == two->swing && one->metronome == two->metronome && one->count_in == two->count_in);
  /* The first scene of a jam stays. */
  g_assert_cmpuint (a->n_scenes, ==, b->n_scenes == 0 ? MIN (a->n_scenes, 1) : b->n_scenes);
  for (guint i = 0; i < b->n_scenes; i++)
    g_assert_cmpstr (a->scenes[i].name, ==, b->scenes[i].name);
  g_assert_cmpuint (a->n_tracks, ==, b->n_tracks);
  for (guint i = 0; i < a->n_tracks; i++)
    assert_same_track (a, b, a->tracks[i], b->tracks[i]);
  for (guint i = 0; i < b->sounds->len; i++)
    g_assert_nonnull (tutti_jam_sound (a, ((TuttiSoundEntry *) b->sounds->pdata[i])->hash));
}

/* ---- laws ---- */

/* People, what they may, and what plays now are nobody's to roll back. */
static void
assert_people_stay (const TuttiJam *before, const TuttiJam *after)
{
  g_assert_cmpuint (before->people->len, ==, after->people->len);
  for (guint i = 0; i < before->people->len; i++)
    g_assert_cmpint (((TuttiPerson *) before->people->pdata[i])->role, ==, ((TuttiPerson *) after->people->pdata[i])->role);
  g_assert_true (before->leader == after->leader && before->transport_rule == after->transport_rule &&
                 before->newcomers == after->newcomers && before->leader_lost_rule == after->leader_lost_rule);
  g_assert_true (before->transport.playing == after->transport.playing);
}

/* How often there was a way, so that a law about none would be noticed. */
static guint ways;

/* Where two moments of one jam come from @then and @now: the way back leads there, and its undo leads home. */
static void
check_way (const TuttiJam *now, const TuttiJam *then)
{
  TuttiStamp stamp = { 100000, 1, 10000000 };
  guint32 counter = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) way = tutti_jam_way_back (now, then, 5, &stamp, coin, &counter, &error), inverse = NULL;
  g_autoptr(TuttiJam) jam = tutti_jam_copy (now);

  if (way == NULL)
    {
      g_assert_true (g_error_matches (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS) ||
                     g_error_matches (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT));
      if (error->code == TUTTI_MODEL_ERROR_EXISTS)
        assert_same_music (now, then);
      return;
    }
  gint64 seq = 0;

  ways++;
  g_assert_true (tutti_op_goes_back (way, &seq));
  g_assert_cmpint (seq, ==, 5);
  g_assert_true (tutti_jam_apply (jam, way, &stamp, &inverse, &error));
  g_assert_no_error (error);
  assert_same_music (jam, then);
  assert_people_stay (now, jam);
  g_autoptr(GPtrArray) rest = tutti_jam_difference (jam, then, &stamp, coin, &counter, &error);

  /* A second look maps nothing by id that was made anew, so only where nothing was is there nothing to do. */
  g_assert_nonnull (rest);
  if (counter == 0)
    g_assert_cmpuint (rest->len, ==, 0);
  if (inverse == NULL)
    return;
  g_assert_true (tutti_jam_apply (jam, inverse, &stamp, NULL, &error));
  g_assert_no_error (error);
  assert_same_music (jam, now);
  assert_people_stay (now, jam);
}

static void
law_way_back (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(TuttiJam) then = NULL;
  guint32 counter = 0;
  gint64 seq = 0;

  grow (rand, jam, (guint) g_rand_int_range (rand, 0, 250), &counter, &seq);
  then = tutti_jam_copy (jam);
  grow (rand, jam, (guint) g_rand_int_range (rand, 1, 400), &counter, &seq);
  check_way (jam, then);
  /* Forward again: what is to come had other things deleted. */
  check_way (then, jam);
}

/* Two jams that have nothing to do with each other, as when one is made anew from the other: no limit of one message. */
static void
law_anew (GRand *rand)
{
  g_autoptr(TuttiJam) other = tutti_random_jam (rand, 300);
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiStamp stamp = { 1, 0, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ops = tutti_jam_difference (jam, other, &stamp, NULL, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, &error));
  g_assert_no_error (error);
  assert_same_music (jam, other);
  g_assert_cmpuint (jam->people->len, ==, 0);
}

static void
for_seeds (void (*law) (GRand *rand))
{
  const char *only = g_getenv ("TUTTI_SEED");

  for (guint seed = 1; seed <= SEEDS; seed++)
    {
      guint32 this_one = only != NULL ? (guint32) atoi (only) : seed;
      g_autoptr(GRand) rand = g_rand_new_with_seed (this_one);

      g_test_message ("TUTTI_SEED=%u", this_one);
      law (rand);
      if (only != NULL)
        break;
    }
}

static void
test_way_back (void)
{
  ways = 0;
  for_seeds (law_way_back);
  g_assert_cmpuint (ways, >, g_getenv ("TUTTI_SEED") != NULL ? 0 : SEEDS);
}

static void
test_anew (void)
{
  for_seeds (law_anew);
}

/* ---- single cases ---- */

static TuttiJam *
small_jam (void)
{
  TuttiJam *jam = tutti_jam_new ();
  TuttiOp *ops[] = {
    tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 1), "Verse", TUTTI_N (0)),
    tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 2), "Chorus", TUTTI_N (1)),
    tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 3), "Kick", "kit:tight-kick", TUTTI_N (0)),
    tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (1, 4), tutti_id (1, 3), tutti_id (1, 1), "One"),
    tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (1, 5), tutti_id (1, 3), tutti_id (1, 2), "Two"),
    tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 4), TUTTI_N (0), TUTTI_N (100)),
    tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 5), TUTTI_N (4), TUTTI_N (90)),
  };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      TuttiStamp stamp = { i + 1, 1, 0 };

      g_assert_true (tutti_jam_apply (jam, ops[i], &stamp, NULL, NULL));
      tutti_op_free (ops[i]);
    }
  return jam;
}

static void
do_op (TuttiJam *jam, TuttiOp *op)
{
  TuttiStamp stamp = { 50, 1, 0 };

  g_assert_true (tutti_jam_apply (jam, op, &stamp, NULL, NULL));
  tutti_op_free (op);
}

/* Two clips that changed places go round in a circle. */
static void
test_circle (void)
{
  g_autoptr(TuttiJam) then = small_jam ();
  g_autoptr(TuttiJam) now = tutti_jam_copy (then);

  do_op (now, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 9), "", TUTTI_N (2)));
  do_op (now, tutti_op_new (TUTTI_OP_CLIP_MOVE, tutti_id (1, 4), tutti_id (1, 3), tutti_id (1, 9)));
  do_op (now, tutti_op_new (TUTTI_OP_CLIP_MOVE, tutti_id (1, 5), tutti_id (1, 3), tutti_id (1, 1)));
  do_op (now, tutti_op_new (TUTTI_OP_CLIP_MOVE, tutti_id (1, 4), tutti_id (1, 3), tutti_id (1, 2)));
  do_op (now, tutti_op_new (TUTTI_OP_SCENE_DELETE, tutti_id (1, 9)));
  check_way (now, then);
}

/* A track that was deleted comes back as itself: whoever holds its id finds it again. */
static void
test_same_id (void)
{
  g_autoptr(TuttiJam) then = small_jam ();
  g_autoptr(TuttiJam) now = tutti_jam_copy (then);
  TuttiStamp stamp = { 60, 1, 0 };
  guint32 counter = 0;

  do_op (now, tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 4), TUTTI_N (3), TUTTI_N (50)));
  do_op (now, tutti_op_new (TUTTI_OP_TRACK_DELETE, tutti_id (1, 3)));
  g_autoptr(TuttiOp) way = tutti_jam_way_back (now, then, 7, &stamp, coin, &counter, NULL);

  do_op (now, g_steal_pointer (&way));
  assert_same_music (now, then);
  g_assert_nonnull (tutti_jam_clip (now, tutti_id (1, 4), NULL));
  g_assert_cmpuint (counter, ==, 0);
}

static void
test_nothing (void)
{
  g_autoptr(TuttiJam) jam = small_jam ();
  TuttiStamp stamp = { 60, 1, 0 };
  guint32 counter = 0;
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_jam_way_back (jam, jam, 7, &stamp, coin, &counter, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS);
}

/* To be heard: it plays from its beginning, with what played, and the jam itself is as before. */
static void
test_to_hear (void)
{
  g_autoptr(TuttiJam) jam = small_jam ();
  guint64 before = tutti_jam_count_clips (jam);

  do_op (jam, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (1, 3), tutti_id (1, 5), TUTTI_N (TUTTI_QUANTUM_BAR)));
  g_autoptr(TuttiJam) heard = tutti_jam_to_hear (jam, 96000);

  g_assert_true (heard->transport.playing && !jam->transport.playing);
  g_assert_cmpint (tutti_jam_tick_at (heard, 96000), ==, 0);
  g_assert_true (tutti_id_equal (tutti_track_launch_at (heard->tracks[0], 0).clip, tutti_id (1, 5)));
  g_assert_cmpuint (tutti_jam_count_clips (heard), ==, before);
  do_op (jam, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (1, 3), tutti_id (0, 0), TUTTI_N (TUTTI_QUANTUM_NOW)));
  tutti_jam_free (heard);
  heard = tutti_jam_to_hear (jam, 0);
  g_assert_true (tutti_id_equal (tutti_track_launch_at (heard->tracks[0], 0).clip, tutti_id (1, 4)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/difference/way-back", test_way_back);
  g_test_add_func ("/difference/anew", test_anew);
  g_test_add_func ("/difference/circle", test_circle);
  g_test_add_func ("/difference/same-id", test_same_id);
  g_test_add_func ("/difference/nothing", test_nothing);
  g_test_add_func ("/difference/to-hear", test_to_hear);
  return g_test_run ();
}
