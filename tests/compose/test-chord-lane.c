/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chords by name and by keys, and what a hand does to a lane of them. */
#include "tutti-chord-lane.h"

#define BAR 3840
#define END (4 * BAR)
#define ROUNDS 2000

/* Every chord is read back from the name it is shown by, and so are the ways people write them. */
static void
test_names (void)
{
  static const struct { const char *text; guint root; TuttiHarmony quality; } written[] = {
    { "am7", 9, TUTTI_HARMONY_MINOR_SEVENTH }, { "Bb", 10, TUTTI_HARMONY_MAJOR }, { "bb", 10, TUTTI_HARMONY_MAJOR },
    { "CM7", 0, TUTTI_HARMONY_MAJOR_SEVENTH }, { "Cm7", 0, TUTTI_HARMONY_MINOR_SEVENTH }, { "cmaj7", 0, TUTTI_HARMONY_MAJOR_SEVENTH },
    { " F# sus ", 6, TUTTI_HARMONY_SUS_4 }, { "Cb", 11, TUTTI_HARMONY_MAJOR }, { "B♯dim", 0, TUTTI_HARMONY_DIMINISHED },
    { "Gm7b5", 7, TUTTI_HARMONY_HALF_DIMINISHED }, { "E5", 4, TUTTI_HARMONY_POWER }, { "A♭ MIN", 8, TUTTI_HARMONY_MINOR },
  };
  static const char * const none[] = { "", "H", "Am13#", "7", "♭", "Xm", "A A" };
  char text[TUTTI_CHORD_TEXT_SIZE];
  TuttiHarmony quality;
  guint root;

  for (guint r = 0; r < 12; r++)
    for (int q = TUTTI_HARMONY_MAJOR; q < TUTTI_N_HARMONIES; q++)
      {
        tutti_chord_print (r, (TuttiHarmony) q, text);
        g_assert_true (tutti_chord_parse (text, &root, &quality));
        g_assert_cmpuint (root, ==, r);
        g_assert_cmpint (quality, ==, q);
      }
  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_test_message ("%s", written[i].text);
      g_assert_true (tutti_chord_parse (written[i].text, &root, &quality));
      g_assert_cmpuint (root, ==, written[i].root);
      g_assert_cmpint (quality, ==, written[i].quality);
    }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_false (tutti_chord_parse (none[i], &root, &quality));
}

/* Each key of a chord once, upwards, the first not above where the hand is unless there is none below. */
static void
test_near (void)
{
  for (guint root = 0; root < 12; root++)
    for (int q = TUTTI_HARMONY_MAJOR; q < TUTTI_N_HARMONIES; q++)
      for (int from = 0; from <= TUTTI_KEY_MAX; from++)
        {
          int keys[TUTTI_HARMONY_KEYS_MAX], steps[TUTTI_HARMONY_KEYS_MAX];
          guint n = tutti_chord_near (root, (TuttiHarmony) q, from, keys);

          g_assert_cmpuint (n, <=, tutti_harmony_steps ((TuttiHarmony) q, steps));
          g_assert_true (from > 110 || n == tutti_harmony_steps ((TuttiHarmony) q, steps));
          g_assert_true (from < 12 || keys[0] <= from);
          for (guint i = 0; i < n; i++)
            {
              g_assert_true (tutti_chord_has (root, (TuttiHarmony) q, keys[i]));
              g_assert_true (i == 0 || (keys[i] > keys[i - 1] && keys[i] < keys[0] + 12));
            }
        }
}

static void
test_scale (void)
{
  static const struct { guint root; TuttiHarmony quality; } wanted[] = {
    { 0, TUTTI_HARMONY_MINOR }, { 2, TUTTI_HARMONY_DIMINISHED }, { 3, TUTTI_HARMONY_MAJOR }, { 5, TUTTI_HARMONY_MINOR },
    { 7, TUTTI_HARMONY_MINOR }, { 8, TUTTI_HARMONY_MAJOR }, { 10, TUTTI_HARMONY_MAJOR },
  };
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  guint root;

  jam->scale = TUTTI_SCALE_MINOR;
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_assert_cmpint (tutti_chord_of_scale (jam, i, &root), ==, wanted[i].quality);
      g_assert_cmpuint (root, ==, wanted[i].root);
    }
  g_assert_cmpint (tutti_chord_of_scale (jam, 7, &root), ==, TUTTI_HARMONY_AS_BEFORE);
}

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chord-lane/names", test_names);
  g_test_add_func ("/chord-lane/near", test_near);
  g_test_add_func ("/chord-lane/scale", test_scale);
  g_test_add_func ("/chord-lane/fill", test_fill);
  g_test_add_func ("/chord-lane/move", test_move);
  return g_test_run ();
}
