/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A remix: the same music, nobody's. Over random documents. */
#include "tutti-jam-json.h"
#include "tutti-jam-remix.h"
#include "tutti-random-op.h"

#include <string.h>

static char *
dup_without (const char *text, const char *pattern, const char *instead)
{
  g_autoptr(GRegex) regex = g_regex_new (pattern, 0, 0, NULL);

  return g_regex_replace (regex, text, -1, 0, instead, 0, NULL);
}

/* The tracks and scenes as written, without whose they are and what of them plays. */
static char *
music_of (const TuttiJam *jam)
{
  g_autofree char *text = tutti_jam_to_text (jam);
  char *from = strstr (text, "\"sc\":"), *to = strstr (from, "\"pp\":");
  g_autofree char *part = g_strndup (from, (gsize) (to - from));
  g_autofree char *free = dup_without (part, ",\"(by|cm)\":\\d+", "");
  g_autofree char *still = dup_without (free, ",\"(pl|q)\":\\[[^]]*\\]", "");

  return dup_without (still, "(\\[\"[0-9a-z.]+\",\"(?:[^\"\\\\]|\\\\.)*\"),\\d+\\]", "\\1]");
}

static void
test_law (void)
{
  for (guint seed = 1; seed <= 60; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
      g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 150);
      g_autofree char *before = tutti_jam_to_text (jam);
      g_autoptr(TuttiJam) remix = tutti_jam_remix (jam, "Other");
      g_autofree char *after = tutti_jam_to_text (jam), *text = tutti_jam_to_text (remix);
      g_autofree char *one = music_of (jam), *other = music_of (remix);
      g_autoptr(GError) error = NULL;
      g_autoptr(TuttiJam) read = tutti_jam_from_text (text, -1, &error);

      g_test_message ("seed %u", seed);
      g_assert_no_error (error);
      g_assert_cmpuint (tutti_jam_hash (read), ==, tutti_jam_hash (remix));
      g_assert_cmpstr (before, ==, after);
      g_assert_cmpstr (one, ==, other);
      g_assert_cmpstr (remix->name, ==, "Other");
      g_assert_cmpstr (remix->description, ==, jam->description);
      g_assert_cmpuint (remix->seed, ==, jam->seed);
      g_assert_cmpuint (remix->sounds->len, ==, jam->sounds->len);
      g_assert_cmpuint (remix->people->len + remix->graves->len + remix->leader + remix->published, ==, 0);
      g_assert_cmpint (remix->transport.anchor.tempo_cbpm, ==, jam->transport.anchor.tempo_cbpm);
      g_assert_cmpint (tutti_jam_tick_at (remix, 0), ==, 0);
      g_assert_false (remix->transport.playing);
    }
}

static void
test_uses_sound (void)
{
  static const char used[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autofree char *sound = g_strconcat ("sha:", used, NULL);
  g_autoptr(TuttiOp) add = tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 1), "Rain", sound, TUTTI_N (0));
  g_autoptr(TuttiOp) delete = tutti_op_new (TUTTI_OP_TRACK_DELETE, tutti_id (1, 1));
  g_autoptr(TuttiOp) purge = tutti_op_new (TUTTI_OP_PURGE, tutti_id (1, 1));
  TuttiStamp stamp = { 0 };

  g_assert_false (tutti_jam_uses_sound (jam, used));
  g_assert_true (tutti_jam_apply (jam, add, &stamp, NULL, NULL));
  g_assert_true (tutti_jam_uses_sound (jam, used));
  g_assert_true (tutti_jam_apply (jam, delete, &stamp, NULL, NULL));
  g_assert_true (tutti_jam_uses_sound (jam, used));
  g_assert_true (tutti_jam_apply (jam, purge, &stamp, NULL, NULL));
  g_assert_false (tutti_jam_uses_sound (jam, used));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/remix/law", test_law);
  g_test_add_func ("/remix/uses-sound", test_uses_sound);
  return g_test_run ();
}
