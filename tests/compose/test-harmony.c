/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chords by name and by keys. */
#include "tutti-harmony.h"

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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/harmony/names", test_names);
  g_test_add_func ("/harmony/near", test_near);
  g_test_add_func ("/harmony/scale", test_scale);
  return g_test_run ();
}
