/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-demo.h"

#include "tutti-jam-json.h"
#include "tutti-names.h"

#include <string.h>

static TuttiJam *
play_ops (GPtrArray *ops)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 0; i < ops->len; i++)
    {
      TuttiStamp stamp = { i + 1, 1, 0 };
      g_autofree char *text = tutti_op_to_text (ops->pdata[i]);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", text);
      tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, &error);
      g_assert_no_error (error);
    }
  return jam;
}

static guint
count (const TuttiJam *jam, gboolean (*is) (const TuttiStep *step))
{
  guint n = 0;

  for (guint i = 0; i < jam->n_tracks; i++)
    for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
      for (guint k = 0; k < jam->tracks[i]->clips[j]->length; k++)
        n += jam->tracks[i]->clips[j]->steps[k].velocity > 0 && is (&jam->tracks[i]->clips[j]->steps[k]);
  return n;
}

static gboolean is_ratchet (const TuttiStep *step) { return step->ratchet > 1; }
static gboolean is_chance (const TuttiStep *step) { return step->chance < 100; }
static gboolean is_locked (const TuttiStep *step) { return step->n_locks > 0; }
static gboolean is_early_or_late (const TuttiStep *step) { return step->micro_ticks != 0; }
static gboolean is_accent (const TuttiStep *step) { return step->accent; }
static gboolean is_slide (const TuttiStep *step) { return step->slide; }
static gboolean is_now_and_then (const TuttiStep *step) { return step->every_of > 1; }

static void
test_demo (void)
{
  guint32 counter = 100;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (7, &counter);
  g_autoptr(TuttiJam) jam = play_ops (ops);
  gboolean twelve = FALSE, triplets = FALSE;

  g_assert_cmpuint (jam->n_tracks, ==, 8);
  g_assert_cmpuint (jam->n_scenes, ==, 8);
  g_assert_cmpstr (jam->scenes[1].name, ==, "Verse");
  g_assert_false (jam->transport.playing);
  g_assert_cmpuint (counter, >, 100);
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiClip *verse = tutti_track_clip_at (jam->tracks[i], jam->scenes[1].id);

      g_assert_nonnull (verse);
      g_assert_true (tutti_id_equal (jam->tracks[i]->playing.clip, verse->id));
      g_assert_cmpint (jam->tracks[i]->id.creator, ==, 7);
      twelve |= verse->length == 12 && verse->ticks_per_step == 240;
      triplets |= verse->ticks_per_step == 320;
    }
  g_assert_true (twelve && triplets);
  g_assert_cmpuint (count (jam, is_ratchet), >, 0);
  g_assert_cmpuint (count (jam, is_chance), >, 0);
  g_assert_cmpuint (count (jam, is_locked), >, 0);
  g_assert_cmpuint (count (jam, is_early_or_late), >, 0);
  g_assert_cmpuint (count (jam, is_accent), >, 0);
  g_assert_cmpuint (count (jam, is_slide), >, 0);
  g_assert_cmpuint (count (jam, is_now_and_then), >, 0);
}

/* Bass, keys and bells stay in C minor: no note that the window would mark, but the leading note into the next bar. */
static void
test_in_key (void)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (7, &counter);
  g_autoptr(TuttiJam) jam = play_ops (ops);
  guint outside = 0;

  for (guint i = 5; i < 8; i++)
    for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
      for (guint k = 0; k < jam->tracks[i]->clips[j]->length; k++)
        {
          const TuttiStep *step = &jam->tracks[i]->clips[j]->steps[k];

          outside += step->velocity > 0 && !tutti_jam_in_scale (jam, step->pitch + 48);
        }
  g_assert_cmpuint (outside, <=, 2);
}

static void
test_empty (void)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_empty (9, &counter);
  g_autoptr(TuttiJam) jam = play_ops (ops);

  g_assert_cmpuint (jam->n_tracks, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpint (jam->tracks[i]->n_clips, ==, 1);
      g_assert_false (tutti_id_is_none (jam->tracks[i]->playing.clip));
    }
  g_assert_cmpuint (count (jam, is_accent), ==, 0);
}

/* The figure of a 16-track snapshot is 6 KB; eight tracks with eight scenes should not be far from it. */
static void
test_size (void)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (G_MAXUINT32, &counter);
  g_autoptr(TuttiJam) jam = play_ops (ops);
  g_autofree char *text = tutti_jam_to_text (jam);

  g_test_message ("the demo is %u operations and %zu bytes", ops->len, strlen (text));
  g_assert_cmpuint (strlen (text), <, 64 * 1024);
}

static void
test_names (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint64 i = 0; i < 10000; i++)
    {
      guint64 random = i * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      g_autofree char *jam = tutti_names_jam (random);
      g_autofree char *again = tutti_names_jam (random);
      TuttiPersonColour colour = TUTTI_N_PERSON_COLOURS;
      g_autofree char *person = tutti_names_person (random, &colour);

      g_assert_cmpstr (jam, ==, again);
      g_assert_true (g_regex_match_simple ("^[a-z]+-[a-z]+-[0-9][0-9]$", jam, 0, 0));
      g_assert_true (g_regex_match_simple ("^[A-Z][a-z]+ [A-Z][a-z]+$", person, 0, 0));
      g_assert_cmpint (colour, <, TUTTI_N_PERSON_COLOURS);
      g_hash_table_add (names, g_steal_pointer (&jam));
    }
  g_assert_cmpuint (g_hash_table_size (names), >, 9500);
}

/* Made of the id alone, fit to be typed again in any of the ways that people write it, and enough of them. */
static void
test_codes (void)
{
  g_autoptr(GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpuint (tutti_names_count_codes (), >=, 1 << 20);
  for (guint i = 0; i < 10000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%08x%08x%08x", i, i * 7, i * 13), *read = NULL, *spoken = NULL;
      char *code = tutti_names_code (id);

      g_assert_true (tutti_names_is_code (code, &read));
      g_assert_cmpstr (read, ==, code);
      g_clear_pointer (&read, g_free);
      spoken = g_strdelimit (g_ascii_strup (code, -1), "-", ' ');
      g_assert_true (tutti_names_is_code (spoken, &read));
      g_assert_cmpstr (read, ==, code);
      g_hash_table_add (codes, code);
    }
  g_assert_cmpuint (g_hash_table_size (codes), >, 9950);
  g_autofree char *one = tutti_names_code ("late-otter"), *other = tutti_names_code ("late-otter");

  g_assert_cmpstr (one, ==, other);
}

static void
test_no_codes (void)
{
  static const char * const texts[] = { "", "fuzzy", "fuzzy-penguin", "fuzzy-penguin-", "fuzzy-penguin-9", "fuzzy-penguin-1000",
                                        "fuzzy-penguin-42-1", "penguin-fuzzy-42", "192.168.1.23:7464", "tutti://host/jam",
                                        "fuzzy-penguin-4x", "fuzzy-penguin-+42" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_false (tutti_names_is_code (texts[i], NULL));
}

/* A name that is too long is a shorter one, not none, and ends where a character does. */
static void
test_typed (void)
{
  g_autofree char *plain = tutti_names_typed ("  Ada \n"), *nothing = tutti_names_typed (" \t "), *empty = tutti_names_typed ("");
  g_autofree char *room = g_strnfill (TUTTI_NAME_BYTES_MAX - 1, 'a'), *long_words = g_strconcat (room, "éé", NULL);
  g_autofree char *spaced = g_strconcat (room, " and more", NULL), *cut = tutti_names_typed (long_words);
  g_autofree char *chomped = tutti_names_typed (spaced);

  g_assert_cmpstr (plain, ==, "Ada");
  g_assert_null (nothing);
  g_assert_null (empty);
  g_assert_cmpstr (cut, ==, room);
  g_assert_cmpstr (chomped, ==, room);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/demo/beat", test_demo);
  g_test_add_func ("/demo/in-key", test_in_key);
  g_test_add_func ("/demo/codes", test_codes);
  g_test_add_func ("/demo/no-codes", test_no_codes);
  g_test_add_func ("/demo/empty", test_empty);
  g_test_add_func ("/demo/size", test_size);
  g_test_add_func ("/names", test_names);
  g_test_add_func ("/names/typed", test_typed);
  return g_test_run ();
}
