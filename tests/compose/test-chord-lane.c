/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a hand does to a lane of chords. */
#include "tutti-chord-lane.h"

#define BAR 3840
#define END (4 * BAR)
#define ROUNDS 2000

/* What is meant at each beat, as numbers to compare. */
static int
meant (const TuttiChordLane *lane, int tick)
{
  const TuttiChordMark *mark = tutti_chord_meant (lane, tick);

  return mark != NULL ? mark->quality * 12 + mark->root : 0;
}

/* Inside the chord that was placed it is meant, and everywhere else what was; nothing superfluous stays. */
static void
test_fill (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  TuttiChordLane lane = { 0 };

  for (guint round = 0; round < ROUNDS; round++)
    {
      TuttiChordLane before = lane;
      int from = 960 * g_rand_int_range (rand, 0, 15), to = 960 * g_rand_int_range (rand, from / 960 + 1, 17);
      guint root = (guint) g_rand_int_range (rand, 0, 12);
      TuttiHarmony quality = (TuttiHarmony) g_rand_int_range (rand, TUTTI_HARMONY_NONE, TUTTI_N_HARMONIES);

      g_assert_true (tutti_chord_fill (&lane, from, to, root, quality));
      for (int tick = 0; tick < END; tick += 480)
        g_assert_cmpint (meant (&lane, tick), ==, tick < from || tick >= to ? meant (&before, tick)
                                                  : quality == TUTTI_HARMONY_NONE ? 0 : (int) quality * 12 + (int) root);
      for (guint i = 0; i < lane.n; i++)
        g_assert_true (lane.mark[i].quality != TUTTI_HARMONY_NONE || (i > 0 && lane.mark[i - 1].quality != TUTTI_HARMONY_NONE));
    }
}

static void
test_move (void)
{
  TuttiChordLane lane = { 0 };
  gint32 from, to;

  tutti_chord_fill (&lane, 0, BAR, 9, TUTTI_HARMONY_MINOR);
  tutti_chord_fill (&lane, BAR, 2 * BAR, 5, TUTTI_HARMONY_MAJOR);
  g_assert_true (tutti_chord_move (&lane, 10, 2 * BAR, 3 * BAR, END));
  g_assert_cmpint (meant (&lane, 10), ==, 0);
  g_assert_cmpint (meant (&lane, BAR), ==, TUTTI_HARMONY_MAJOR * 12 + 5);
  g_assert_cmpint (meant (&lane, 2 * BAR), ==, TUTTI_HARMONY_MINOR * 12 + 9);
  g_assert_cmpint (meant (&lane, 3 * BAR), ==, 0);
  /* Longer at its end, over the other's beginning. */
  g_assert_true (tutti_chord_move (&lane, BAR, BAR, 2 * BAR + 960, END));
  tutti_chord_span (&lane, BAR + 5, END, &from, &to);
  g_assert_cmpint (from, ==, BAR);
  g_assert_cmpint (to, ==, 2 * BAR + 960);
  tutti_chord_span (&lane, 2 * BAR + 960, END, &from, &to);
  g_assert_cmpint (from, ==, 2 * BAR + 960);
  g_assert_cmpint (to, ==, 3 * BAR);
  g_assert_false (tutti_chord_move (&lane, 0, 0, BAR, END));
}

/* Wherever it is taken and let go of, in clips of any length and in any steps, it stays within the clip, and is something. */
static void
test_drag (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 100 * ROUNDS; round++)
    {
      static const gint32 steps[] = { 960, 320, 240, 120 }, ends[] = { 480, 960, BAR, END, TUTTI_CLIP_TICKS_MAX };
      gint32 step = steps[round % G_N_ELEMENTS (steps)], end = ends[g_rand_int_range (rand, 0, G_N_ELEMENTS (ends))];
      gint32 from = g_rand_int_range (rand, 0, end), to = g_rand_int_range (rand, from + 1, end + 1);
      gint32 was = to - from, taken = g_rand_int_range (rand, from, to), now = g_rand_int_range (rand, 0, end);
      TuttiChordHand hand = (TuttiChordHand) g_rand_int_range (rand, 0, TUTTI_N_CHORD_HANDS);

      tutti_chord_drag (hand, taken, now, step, end, &from, &to);
      g_assert_cmpint (from, >=, 0);
      g_assert_cmpint (from, <, to);
      g_assert_cmpint (to, <=, end);
      g_assert_true (hand != TUTTI_CHORD_HAND_MOVE || to - from == was);
    }
}

/* Pressed in the last half step of a full clip and dragged on: the last step. */
static void
test_drag_at_the_end (void)
{
  gint32 from = TUTTI_CLIP_TICKS_MAX - BAR, to = TUTTI_CLIP_TICKS_MAX;

  tutti_chord_drag (TUTTI_CHORD_HAND_NEW, to - 60, to - 1, 240, to, &from, &to);
  g_assert_cmpint (from, ==, TUTTI_CLIP_TICKS_MAX - 240);
  g_assert_cmpint (to, ==, TUTTI_CLIP_TICKS_MAX);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chord-lane/fill", test_fill);
  g_test_add_func ("/chord-lane/move", test_move);
  g_test_add_func ("/chord-lane/drag", test_drag);
  g_test_add_func ("/chord-lane/drag-at-the-end", test_drag_at_the_end);
  return g_test_run ();
}
