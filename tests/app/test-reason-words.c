/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Why something did not happen: what document, host and copy say, in the window's words. */
#include "tutti-reason-words.h"

#include "tutti-apply.h"
#include "tutti-rights.h"

#include <string.h>

static void
check (const char *reason, const char *expected)
{
  g_autofree char *words = tutti_reason_words (reason);

  g_assert_cmpstr (words, ==, expected);
}

static void
test_words (void)
{
  check ("slow down a little", "Slow down a little.");
  check ("a jam holds at most 64 tracks", "A jam holds at most 64 tracks.");
  check ("Coral Cat changed it since", "Coral Cat changed it since.");
  check ("{n} changed it since", "{n} changed it since.");
  check ("100% & <b> changed it since", "100% & <b> changed it since.");
}

/* What a newer host says is shown as it came, and so is what only begins or ends like another sentence. */
static void
test_unknown (void)
{
  static const char * const unknown[] = { "", "the moon is too full", "a jam holds at most many tracks", "a jam holds at most  tracks",
                                          " changed it since", "slow down a little:", "a jam holds at most 64 tracks today" };

  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    check (unknown[i], unknown[i]);
}

/* One mark at most, the same on both sides; every row is found by its own sentence, and a sentence in one row only. */
static void
test_table (void)
{
  const char *reason, *words, *other;

  for (guint i = 0; tutti_reason_nth (i, &reason, &words); i++)
    {
      g_autoptr(GString) said = g_string_new (reason), expected = g_string_new (words);

      g_assert_cmpint (strstr (reason, "{n}") != NULL, ==, strstr (words, "{n}") != NULL);
      g_assert_cmpint (strstr (reason, "{who}") != NULL, ==, strstr (words, "{who}") != NULL);
      g_assert_false (strstr (reason, "{n}") != NULL && strstr (reason, "{who}") != NULL);
      g_string_replace (said, "{n}", "17", 0);
      g_string_replace (expected, "{n}", "17", 0);
      g_string_replace (said, "{who}", "Eve", 0);
      g_string_replace (expected, "{who}", "Eve", 0);
      check (said->str, expected->str);
      for (guint k = 0; k < i && tutti_reason_nth (k, &other, &words); k++)
        g_assert_cmpstr (other, !=, reason);
    }
}

/* What is really said, by the document and by its rights. */
static void
test_said (void)
{
  TuttiJam *jam = tutti_jam_new ();
  g_autoptr(TuttiOp) mute = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (9), TUTTI_N (TUTTI_ROLE_VIEWER));
  g_autoptr(GError) missing = NULL, stranger = NULL;

  g_assert_false (tutti_jam_apply (jam, mute, &(TuttiStamp) { 1, 0, 0 }, NULL, &missing));
  check (missing->message, "That person is not here any more.");
  g_assert_false (tutti_jam_may (jam, 5, mute, &stranger));
  check (stranger->message, "You have no seat in this jam.");
  tutti_jam_free (jam);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/reason-words/words", test_words);
  g_test_add_func ("/reason-words/unknown", test_unknown);
  g_test_add_func ("/reason-words/table", test_table);
  g_test_add_func ("/reason-words/said", test_said);
  return g_test_run ();
}
