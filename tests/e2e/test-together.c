/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People on one network: they find the jam, come in, edit, and have and hear the same. */
#include "tutti-e2e.h"

#include <string.h>

/* No two were switched on at the same time: their clocks have nothing in common. */
static void
add_three (void)
{
  g_free (tutti_lab ("add a --avahi"));
  g_free (tutti_lab ("add b --avahi --clock-offset 86400"));
  g_free (tutti_lab ("add c --clock-offset 1000"));
}

/* Edits from @machine while others are in; every one of them must be stamped. */
static TuttiLabProcess *
start_edits (const char *machine, const TuttiE2eHost *host)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("send"));
  g_ptr_array_add (words, g_strdup (host->place));
  g_ptr_array_add (words, g_strdup ("[\"play\",-1]"));
  for (guint i = 0; i < 20; i++)
    {
      g_ptr_array_add (words, g_strdup_printf ("[\"tempo\",%u]", 12000 + 137 * i));
      g_ptr_array_add (words, g_strdup_printf ("[\"swing\",%u]", 500 + 10 * i));
    }
  g_ptr_array_add (words, NULL);
  return tutti_e2e_start (machine, "tuttictl", (const char *const *) words->pdata);
}

static void
test_found (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  add_three ();
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--name", "Fuzzy Penguin"));
  g_autofree char *found = tutti_e2e_find ("b", 1);
  g_autoptr(JsonObject) jam = tutti_e2e_object (found);
  g_autoptr(JsonObject) status = tutti_e2e_status ("b", host);

  g_assert_cmpstr (json_object_get_string_member (jam, "name"), ==, "Fuzzy Penguin");
  g_assert_cmpstr (json_object_get_string_member (jam, "jam"), ==, host->jam);
  g_assert_cmpstr (json_object_get_string_member (jam, "fp"), ==, host->fingerprint);
  g_assert_cmpstr (json_object_get_string_member (jam, "host"), ==, "a");
  g_assert_cmpint (json_object_get_int_member (jam, "people"), ==, 0);
  g_assert_cmpstr (json_object_get_string_member (status, "jam"), ==, host->jam);
  g_assert_cmpstr (json_object_get_string_member (status, "name"), ==, "Fuzzy Penguin");
  g_assert_false (json_object_get_boolean_member (status, "playing"));
  /* Avahi's own tool sees it, too, by either protocol. */
  TuttiLabProcess *avahi = tutti_lab_spawn ("b", "avahi-browse", "-rpt", "_tutti._tcp", NULL);

  tutti_lab_expect (avahi, "^=;eth0;IPv[46];Fuzzy\\\\032Penguin;_tutti._tcp;local;a\\.local;.*;[0-9]+;.*\"id=");
  tutti_lab_expect (avahi, "^=;eth0;IPv[46];Fuzzy\\\\032Penguin;_tutti._tcp;local;a\\.local;.*;[0-9]+;.*\"id=");
  g_assert_cmpint (tutti_lab_finish (avahi), ==, 0);
  /* What was found can be used as it was printed. */
  g_free (tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("status", json_object_get_string_member (jam, "address"), "--fp",
                                                  host->fingerprint)));
  tutti_lab_sweep ();
}

static void
test_send (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  add_three ();
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo"));
  g_autoptr(JsonObject) before = tutti_e2e_status ("b", host);
  g_autofree char *done = tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",12400]", "[\"play\",-1]"));
  g_autoptr(JsonObject) after = tutti_e2e_status ("b", host);

  tutti_e2e_match (done, "^stamped \\[[0-9]+,[0-9]+,[0-9]+,\\[\"tempo\",12400\\]\\]\n"
                                       "stamped \\[[0-9]+,[0-9]+,[0-9]+,\\[\"play\",-1\\]\\]$");
  g_assert_cmpint (json_object_get_int_member (after, "tempo"), ==, 12400);
  g_assert_true (json_object_get_boolean_member (after, "playing"));
  /* Who made them came in, too, and is an admin, as the first of this jam. */
  g_assert_cmpint (json_object_get_int_member (after, "seq"), ==, json_object_get_int_member (before, "seq") + 4);

  /* What cannot be is refused in words, here or by the host, and the others happen. */
  g_autofree char *range = tutti_e2e_ctl ("b", 1, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",1]"));
  g_autofree char *missing = tutti_e2e_ctl ("b", 1, TUTTI_E2E_WORDS ("send", host->place, "[\"track.mute\",\"zz.1\",1]",
                                                                     "[\"tempo\",9900]"));
  g_autofree char *mixed = tutti_e2e_ctl ("b", 1, TUTTI_E2E_WORDS ("send", host->place, "[\"nope\"]", "[\"tempo\",9800]", "nonsense"));
  g_autofree char *person = tutti_e2e_ctl ("b", 1, TUTTI_E2E_WORDS ("send", host->place, "[\"person\",1,\"Eve\",\"brick\"]"));

  tutti_e2e_match (range, "^refused \\[\"tempo\",1\\]: .{8,}$");
  tutti_e2e_match (missing, "^refused \\[\"track.mute\",\"zz.1\",1\\]: .{8,}\nstamped .*\\[\"tempo\",9900\\]\\]$");
  tutti_e2e_match (mixed, "^refused \\[\"nope\"\\]: .{8,}\nstamped .*\\[\"tempo\",9800\\]\\]\nrefused nonsense: .{8,}$");
  tutti_e2e_match (person, "^refused .*: only the host does that$");
  g_free (tutti_e2e_ctl ("b", 2, TUTTI_E2E_WORDS ("send", host->place)));
  tutti_lab_sweep ();
}

/* Long enough for the mix's refresh (every 2²¹ frames): from there on the effects of a newcomer, however late, are everybody's. */
#define STAY_S 46

/* Two come in while a third edits. @quality: of the cable of one of them, or NULL. */
static void
check_two_joined (const char *quality)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  TuttiLabProcess *b, *c, *edits;

  add_three ();
  if (quality != NULL)
    g_free (tutti_lab ("link b %s", quality));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo"));
  edits = start_edits ("a", host);
  tutti_lab_expect (edits, "^stamped");
  b = tutti_e2e_join ("b", host, STAY_S, NULL);
  c = tutti_e2e_join ("c", host, STAY_S, NULL);
  g_free (tutti_e2e_finish (edits, 0));
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",14000]", "[\"swing\",500]")));
  g_autoptr(JsonObject) status = tutti_e2e_status ("a", host);
  g_autoptr(JsonObject) there = tutti_e2e_left (b), here = tutti_e2e_left (c);
  guint seconds = tutti_e2e_same_sound (there, here);

  tutti_e2e_same (there, status);
  tutti_e2e_same (here, status);
  g_assert_cmpint (json_object_get_int_member (there, "repairs"), ==, 0);
  g_assert_cmpint (json_object_get_int_member (here, "repairs"), ==, 0);
  g_test_message ("%u seconds sounded the same", seconds);
  g_assert_cmpuint (seconds, >=, 1);
  tutti_lab_sweep ();
}

static void
test_two_joined (void)
{
  check_two_joined (NULL);
}

static void
test_bad_link (void)
{
  check_two_joined ("delay=10 jitter=5 loss=1 reorder=1");
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/together/found", test_found);
  g_test_add_func ("/together/send", test_send);
  g_test_add_func ("/together/two-joined", test_two_joined);
  g_test_add_func ("/bad-link/two-joined", test_bad_link);
  return g_test_run ();
}
