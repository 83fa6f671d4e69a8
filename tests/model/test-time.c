/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Musical time: exact inverses, tempo changes without loss, launches on bars. */
#include "tutti-op.h"

static TuttiAnchor
random_anchor (GRand *rand)
{
  return (TuttiAnchor) { ((gint64) g_rand_int (rand) << 8) - G_GINT64_CONSTANT (1 << 30), g_rand_int_range (rand, -100000, 1 << 30),
                         g_rand_int_range (rand, TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM + 1) };
}

static void
test_inverses (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 20000; i++)
    {
      TuttiAnchor anchor = random_anchor (rand);
      gint64 tick = anchor.tick + g_rand_int_range (rand, -1000000, 1 << 30);
      gint64 frame = tutti_anchor_frame_of (&anchor, tick);

      g_assert_cmpint (tutti_anchor_tick_at (&anchor, frame), >=, tick);
      g_assert_cmpint (tutti_anchor_tick_at (&anchor, frame - 1), <, tick);
    }
}

/* A tempo changed every few milliseconds for a while: the beat lands within a frame a change of where it belongs. */
static void
test_tempo_drag (void)
{
  TuttiAnchor anchor = { 0, 0, 12000 };
  double exact = 0.0;
  gint64 last = 0;

  for (int i = 1; i <= 1000; i++)
    {
      gint64 frame = i * 311;
      double rate = anchor.tempo_cbpm / 300000.0;
      TuttiAnchor next = tutti_anchor_with_tempo (&anchor, frame, 12000 + i % 7);

      exact += (double) (next.frame - last) * rate;
      g_assert_cmpint (next.frame, >=, frame);
      g_assert_cmpfloat (ABS (exact - (double) next.tick), <, rate * i);
      last = next.frame;
      anchor = next;
    }
}

static void
apply (TuttiJam *jam, gint64 at, TuttiOp *op)
{
  TuttiStamp stamp = { 1, 1, at };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

static TuttiJam *
jam_with_clip (void)
{
  TuttiJam *jam = tutti_jam_new ();

  apply (jam, 0, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 1), "A", TUTTI_N (0)));
  apply (jam, 0, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 2), "Kick", "kit:tight-kick", TUTTI_N (0)));
  apply (jam, 0, tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (1, 3), tutti_id (1, 2), tutti_id (1, 1), ""));
  return jam;
}

static void
test_launch_waits_for_the_bar (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  apply (jam, 0, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  apply (jam, 1000, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (1, 2), tutti_id (1, 3), TUTTI_N (TUTTI_QUANTUM_BAR)));
  g_assert_true (jam->tracks[0]->has_queued);
  g_assert_cmpint (jam->tracks[0]->queued.from_tick, ==, 3840);
  g_assert_true (tutti_id_is_none (tutti_track_launch_at (jam->tracks[0], 3839).clip));
  g_assert_true (tutti_id_equal (tutti_track_launch_at (jam->tracks[0], 3840).clip, tutti_id (1, 3)));

  apply (jam, 2000, tutti_op_new (TUTTI_OP_LAUNCH_CANCEL, tutti_id (1, 2)));
  g_assert_false (jam->tracks[0]->has_queued);
}

/* In a loop of one bar and a half, the next bar of the *song* counts. */
static void
test_launch_in_odd_loop (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  apply (jam, 0, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (1), TUTTI_N (0), TUTTI_N (5760)));
  apply (jam, 0, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  gint64 second_round = tutti_anchor_frame_of (&jam->transport.anchor, 5760 + 100);

  apply (jam, second_round, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (1, 2), tutti_id (1, 3), TUTTI_N (TUTTI_QUANTUM_BAR)));
  g_assert_cmpint (jam->tracks[0]->queued.from_tick, ==, 5760 + 3840);
}

static void
test_count_in_and_pause (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  apply (jam, 0, tutti_op_new (TUTTI_OP_COUNT_IN, TUTTI_N (1)));
  apply (jam, 48000, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (960)));
  g_assert_cmpint (jam->transport.anchor.tick, ==, 960 - 3840);
  g_assert_cmpint (jam->transport.start_tick, ==, 960);
  apply (jam, 48000 + 24000, tutti_op_new (TUTTI_OP_PAUSE));
  g_assert_cmpint (jam->transport.anchor.tick, ==, 960);
  apply (jam, 96000, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (-1)));
  apply (jam, 96000 + 96000 + 48000, tutti_op_new (TUTTI_OP_PAUSE));
  g_assert_cmpint (jam->transport.anchor.tick, ==, 960 + 1920);
}

/* A clip that is deleted while it plays is silence; brought back, it plays on. */
static void
test_vanished_clip (void)
{
  g_autoptr(TuttiJam) jam = jam_with_clip ();

  apply (jam, 0, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (1, 2), tutti_id (1, 3), TUTTI_N (TUTTI_QUANTUM_BAR)));
  apply (jam, 1, tutti_op_new (TUTTI_OP_CLIP_DELETE, tutti_id (1, 3)));
  g_assert_null (tutti_track_clip (jam->tracks[0], jam->tracks[0]->playing.clip));
  apply (jam, 2, tutti_op_new (TUTTI_OP_CLIP_RESTORE, tutti_id (1, 3)));
  g_assert_nonnull (tutti_track_clip (jam->tracks[0], jam->tracks[0]->playing.clip));
}

/* Of three tracks two play the second scene: that one is heard, from the tick on at which it begins. */
static void
test_scene_at (void)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();

  g_assert_true (tutti_id_is_none (tutti_jam_scene_at (jam, 0)));
  for (int s = 0; s < 2; s++)
    apply (jam, 0, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (2, 1 + s), "Scene", TUTTI_N (s)));
  for (int t = 0; t < 3; t++)
    {
      apply (jam, 0, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (3, 1 + t), "Track", "kit:tight-kick", TUTTI_N (0)));
      for (int s = 0; s < 2; s++)
        apply (jam, 0, tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (4 + s, 1 + t), tutti_id (3, 1 + t), tutti_id (2, 1 + s), ""));
    }
  g_assert_true (tutti_id_is_none (tutti_jam_scene_at (jam, 0)));
  apply (jam, 0, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, tutti_id (2, 1), TUTTI_N (TUTTI_QUANTUM_NOW)));
  apply (jam, 0, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  for (int t = 1; t < 3; t++)
    apply (jam, 1000, tutti_op_new (TUTTI_OP_LAUNCH, tutti_id (3, 1 + t), tutti_id (5, 1 + t), TUTTI_N (TUTTI_QUANTUM_BAR)));
  g_assert_true (tutti_id_equal (tutti_jam_scene_at (jam, 3839), tutti_id (2, 1)));
  g_assert_true (tutti_id_equal (tutti_jam_scene_at (jam, 3840), tutti_id (2, 2)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time/inverses", test_inverses);
  g_test_add_func ("/time/tempo-drag", test_tempo_drag);
  g_test_add_func ("/time/launch-waits-for-the-bar", test_launch_waits_for_the_bar);
  g_test_add_func ("/time/launch-in-odd-loop", test_launch_in_odd_loop);
  g_test_add_func ("/time/count-in-and-pause", test_count_in_and_pause);
  g_test_add_func ("/time/vanished-clip", test_vanished_clip);
  g_test_add_func ("/time/scene-at", test_scene_at);
  return g_test_run ();
}
