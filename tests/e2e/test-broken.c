/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What breaks and heals: a cable, a host that is killed, a host that is stopped. Nothing that was promised is lost. */
#include "tutti-e2e.h"

#include <signal.h>
#include <string.h>

#define DATA "/run/home/jams"

static TuttiLabProcess *
start_tempos (const char *machine, const TuttiE2eHost *host, guint n)
{
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (words, g_strdup ("send"));
  g_ptr_array_add (words, g_strdup (host->place));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (words, g_strdup_printf ("[\"tempo\",%u]", 10000 + i));
  g_ptr_array_add (words, NULL);
  return tutti_e2e_start (machine, "tuttictl", (const char *const *) words->pdata);
}

static TuttiE2eHost *
start_kept (const char *machine)
{
  return tutti_e2e_host (machine, TUTTI_E2E_WORDS ("--demo", "--no-mdns", "--data", DATA, "--port", "7500"));
}

/* @join leaves, and had the same as the host now has. */
static void
check_leaves_equal (TuttiLabProcess *join, const char *machine, const TuttiE2eHost *host)
{
  tutti_lab_signal (join, SIGTERM);
  g_autoptr(JsonObject) left = tutti_e2e_left (join);
  g_autoptr(JsonObject) status = tutti_e2e_status (machine, host);

  tutti_e2e_same (left, status);
  g_assert_cmpint (json_object_get_int_member (left, "repairs"), ==, 0);
}

static void
test_cable (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  TuttiLabProcess *b;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 5000"));
  g_free (tutti_lab ("add c"));
  host = start_kept ("a");
  b = tutti_e2e_join ("b", host, 0, NULL);
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"play\",-1]", "[\"tempo\",12100]")));
  g_free (tutti_lab ("pull b"));
  tutti_lab_expect (b, "^away");
  g_free (tutti_e2e_finish (start_tempos ("c", host, 40), 0));
  /* The host sees it, too, and goes on without. */
  tutti_e2e_await ("c", host, "people", "0");
  g_free (tutti_e2e_ctl ("c", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"swing\",620]")));
  g_free (tutti_lab ("plug b"));
  tutti_lab_expect (b, "^back");
  check_leaves_equal (b, "a", host);
  tutti_lab_sweep ();
}

static gint64
seq_of (const char *stamped)
{
  return g_ascii_strtoll (stamped + strlen ("stamped ["), NULL, 10);
}

static void
test_killed (void)
{
  g_autoptr(TuttiE2eHost) host = NULL, again = NULL;
  TuttiLabProcess *b, *edits;
  gint64 last = 0;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 5000"));
  host = start_kept ("a");
  b = tutti_e2e_join ("b", host, 0, NULL);
  edits = start_tempos ("a", host, 400);
  for (guint i = 0; i < 12; i++)
    last = seq_of (tutti_lab_expect (edits, "^stamped"));
  tutti_lab_signal (host->process, SIGKILL);
  g_assert_cmpint (tutti_lab_finish (host->process), ==, -SIGKILL);
  g_assert_cmpint (tutti_lab_finish (edits), ==, 1);
  while (tutti_lab_heard (edits, "^stamped"))
    last = seq_of (tutti_lab_expect (edits, "^stamped"));
  tutti_lab_expect (b, "^away");
  again = start_kept ("a");
  g_assert_cmpstr (again->jam, ==, host->jam);
  g_assert_cmpstr (again->fingerprint, ==, host->fingerprint);
  g_assert_cmpuint (again->port, ==, host->port);
  g_autoptr(JsonObject) status = tutti_e2e_status ("a", again);

  g_test_message ("%" G_GINT64_FORMAT " were stamped before the end", last);
  g_assert_cmpint (json_object_get_int_member (status, "seq"), >=, last);
  tutti_lab_expect (b, "^back");
  check_leaves_equal (b, "a", again);
  tutti_lab_sweep ();
}

static void
test_stopped (void)
{
  g_autoptr(TuttiE2eHost) host = NULL, again = NULL;

  g_free (tutti_lab ("add a"));
  host = start_kept ("a");
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",13300]", "[\"jam.name\",\"Loud Otter\"]")));
  g_autoptr(JsonObject) before = tutti_e2e_status ("a", host);

  tutti_lab_signal (host->process, SIGTERM);
  g_assert_cmpint (tutti_lab_finish (host->process), ==, 0);
  again = start_kept ("a");
  g_autoptr(JsonObject) after = tutti_e2e_status ("a", again);

  tutti_e2e_same (before, after);
  g_assert_cmpstr (again->jam, ==, host->jam);
  g_assert_cmpstr (json_object_get_string_member (after, "name"), ==, "Loud Otter");
  tutti_lab_signal (again->process, SIGINT);
  g_assert_cmpint (tutti_lab_finish (again->process), ==, 0);
  tutti_lab_sweep ();
}

/* Someone inside when the host leaves well: told, and back when it is back. */
static void
test_stopped_with_guest (void)
{
  g_autoptr(TuttiE2eHost) host = NULL, again = NULL;
  TuttiLabProcess *b;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 5000"));
  host = start_kept ("a");
  b = tutti_e2e_join ("b", host, 0, NULL);
  tutti_lab_signal (host->process, SIGTERM);
  g_assert_cmpint (tutti_lab_finish (host->process), ==, 0);
  tutti_lab_expect (b, "^away");
  again = start_kept ("a");
  tutti_lab_expect (b, "^back");
  check_leaves_equal (b, "a", again);
  tutti_lab_sweep ();
}

/* Nobody hears of it after an hour of recording. The address is nobody's: it was not even asked. */
static void
test_recorded_nowhere (void)
{
  g_autofree char *said = NULL;

  g_free (tutti_lab ("add a"));
  said = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("join", "127.0.0.1:1", "--record", "/run/home/nowhere/mix.wav"));
  tutti_e2e_match (said, "^tuttictl: “/run/home/nowhere/mix.wav” cannot be written: [^\n]+$");
  tutti_lab_sweep ();
}

/* A stay that is no length of time, a name that says another format: words, before anybody is asked. */
static void
test_no_length (void)
{
  static const char * const seconds[] = { "nan", "-1", "1e9", "1e300", "inf" };

  g_free (tutti_lab ("add a"));
  for (guint i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      g_autofree char *join = tutti_e2e_ctl ("a", 2, TUTTI_E2E_WORDS ("join", "127.0.0.1:1", "--seconds", seconds[i]));
      g_autofree char *browse = tutti_e2e_ctl ("a", 2, TUTTI_E2E_WORDS ("browse", "--seconds", seconds[i]));

      tutti_e2e_match (join, "^tuttictl: --seconds is from 0");
      tutti_e2e_match (browse, "^tuttictl: browse takes");
    }
  g_autofree char *said = tutti_e2e_ctl ("a", 2, TUTTI_E2E_WORDS ("join", "127.0.0.1:1", "--record", "mix.mp3"));

  tutti_e2e_match (said, "^tuttictl: the name of a recording ends in .wav$");
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/broken/cable", test_cable);
  g_test_add_func ("/broken/recorded-nowhere", test_recorded_nowhere);
  g_test_add_func ("/broken/no-length", test_no_length);
  g_test_add_func ("/broken/killed", test_killed);
  g_test_add_func ("/broken/stopped", test_stopped);
  g_test_add_func ("/broken/stopped-with-guest", test_stopped_with_guest);
  return g_test_run ();
}
