/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who is let in, and what those are told who are not; hosts beside each other, without Avahi, and under attack. */
#include "tutti-e2e.h"

#include <signal.h>
#include <string.h>

static void
test_port_taken (void)
{
  g_autoptr(TuttiE2eHost) one = NULL, other = NULL;

  g_free (tutti_lab ("add a"));
  one = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--data", "/run/home/one", "--port", "7600"));
  other = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--data", "/run/home/other", "--port", "7600"));
  g_assert_cmpuint (one->port, ==, 7600);
  g_assert_cmpuint (other->port, ==, 7601);
  /* Both can be used, sound and clock as well. */
  g_autoptr(JsonObject) here = tutti_e2e_left (tutti_e2e_join ("a", one, 1.5, NULL));
  g_autoptr(JsonObject) there = tutti_e2e_left (tutti_e2e_join ("a", other, 1.5, NULL));

  g_assert_cmpstr (json_object_get_string_member (here, "jam"), ==, one->jam);
  g_assert_cmpstr (json_object_get_string_member (there, "jam"), ==, other->jam);
  g_assert_cmpfloat (json_object_get_double_member (there, "clock_error_us"), >, 0.0);
  tutti_lab_sweep ();
}

static void
test_same_name (void)
{
  g_autoptr(TuttiE2eHost) a = NULL, b = NULL, c = NULL;
  g_autofree char *found = NULL;
  guint n = 0;

  g_free (tutti_lab ("add a --avahi"));
  g_free (tutti_lab ("add b --avahi"));
  g_free (tutti_lab ("add c --avahi"));
  a = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", "Beat"));
  b = tutti_e2e_host ("b", TUTTI_E2E_WORDS ("--name", "Beat"));
  /* A third beside the first, on the same machine. */
  c = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", "Beat", "--data", "/run/home/more"));
  found = tutti_e2e_find ("c", 3);
  g_auto(GStrv) lines = g_strsplit (found, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autoptr(JsonObject) jam = tutti_e2e_object (lines[i]);
      const char *id = json_object_get_string_member (jam, "jam");

      /* Avahi numbers those that came later; two that rename at once may both count on. */
      tutti_e2e_match (json_object_get_string_member (jam, "name"), "^Beat( #[0-9]+)?$");
      n |= g_str_equal (id, a->jam) ? 1 : g_str_equal (id, b->jam) ? 2 : g_str_equal (id, c->jam) ? 4 : 8;
    }
  g_assert_cmpuint (n, ==, 7);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  tutti_lab_sweep ();
}

static void
test_full (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  TuttiLabProcess *inside;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--max-participants", "1"));
  inside = tutti_e2e_join ("b", host, 0, NULL);
  g_autofree char *join = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("join", host->place, "--seconds", "1"));
  g_autofree char *send = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",12000]"));

  tutti_e2e_match (join, "^tuttictl: .*the jam is full$");
  tutti_e2e_match (send, "^tuttictl: .*the jam is full$");
  tutti_lab_signal (inside, SIGTERM);
  g_free (tutti_e2e_finish (inside, 0));
  tutti_e2e_await ("a", host, "people", "0");
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",12000]")));
  tutti_lab_sweep ();
}

/* Who only compares what machines render is not among the people, and leaves nothing behind. Here nobody plays. */
static void
test_unseen (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  TuttiLabProcess *inside;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns", "--max-participants", "1"));
  inside = tutti_e2e_join ("b", host, 0, TUTTI_E2E_WORDS ("--name", "Bea"));
  g_autoptr(JsonObject) before = tutti_e2e_status ("a", host);
  g_autofree char *said = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("verify", host->place, "--seconds", "2"));
  g_autoptr(JsonObject) after = tutti_e2e_status ("a", host);

  tutti_e2e_match (said, "(?s)^second .* Bea  .*Nothing could be compared");
  g_assert_null (strstr (said, "tuttictl verify"));
  tutti_e2e_same (before, after);
  g_assert_cmpint (json_object_get_int_member (after, "seq"), ==, json_object_get_int_member (before, "seq"));
  g_assert_cmpint (json_object_get_int_member (after, "people"), ==, 1);
  tutti_lab_signal (inside, SIGTERM);
  g_free (tutti_e2e_finish (inside, 0));
  tutti_lab_sweep ();
}

static void
test_wrong_identity (void)
{
  static const char wrong[] = "00000000000000000000000000000000000000000000000000000000000000ff";
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns"));
  g_autofree char *join = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("join", host->place, "--seconds", "1", "--fp", wrong));
  g_autofree char *send = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("send", host->place, "--fp", wrong, "[\"tempo\",12000]"));
  g_autofree char *status = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("status", host->place, "--fp", wrong));
  g_autoptr(JsonObject) after = tutti_e2e_status ("a", host);

  tutti_e2e_match (join, "^tuttictl: .*(identity|fingerprint|not who)");
  tutti_e2e_match (send, "^tuttictl: .*(identity|fingerprint|not who)");
  tutti_e2e_match (status, "^tuttictl: .*(identity|fingerprint|not who)");
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "--fp", host->fingerprint, "[\"tempo\",12000]")));
  tutti_lab_sweep ();
}

/* Nobody there, or nobody who is a jam: words and an end, soon. */
static void
test_nobody (void)
{
  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  g_autofree char *join = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("join", "127.0.0.1:7999", "--seconds", "1"));
  g_autofree char *status = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("status", "127.0.0.1:7999"));
  g_autofree char *address = tutti_e2e_ctl ("a", 2, TUTTI_E2E_WORDS ("join", "no address"));

  tutti_e2e_match (join, "^tuttictl: .{10,}");
  tutti_e2e_match (status, "^tuttictl: .{10,}");
  tutti_e2e_match (address, "^tuttictl: .{10,}");
  tutti_lab_sweep ();
}

static void
test_no_avahi (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", "Alone"));
  g_autofree char *found = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("browse", "--json", "--seconds", "1"));

  tutti_e2e_match (found, "^tuttictl: .{10,}");
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",12000]")));
  tutti_lab_sweep ();
}

/* Avahi that comes later finds the jam that waits for it; one that dies and comes back finds it again. */
static void
test_avahi_later (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --avahi"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--name", "Patient"));
  g_free (tutti_lab ("start a bus"));
  g_free (tutti_lab ("start a avahi"));
  for (guint round = 0; round < 2; round++)
    {
      g_autofree char *found = NULL;
      gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

      do
        {
          g_free (found);
          found = tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("browse", "--json", "--seconds", "1"));
        }
      while (strstr (found, "\"Patient\"") == NULL && g_get_monotonic_time () < deadline);
      tutti_e2e_match (found, "\"Patient\"");
      if (round > 0)
        break;
      g_free (tutti_lab ("kill a avahi"));
      g_free (tutti_lab ("start a avahi"));
    }
  tutti_lab_sweep ();
}

static guint
count_enemies (const TuttiE2eHost *host, const char *hello)
{
  g_autofree char *port = g_strdup_printf ("%u", host->port);
  g_autofree char *said = tutti_e2e_finish (tutti_lab_spawn ("a", TUTTI_E2E_ENEMY, port, hello, NULL), 0);
  g_auto(GStrv) lines = g_strsplit (said, "\n", -1);

  g_test_message ("%s", said);
  return g_strv_length (lines);
}

static void
test_enemies (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;
  TuttiLabProcess *inside;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  inside = tutti_e2e_join ("b", host, 0, NULL);
  g_autoptr(JsonObject) before = tutti_e2e_status ("a", host);

  g_assert_cmpuint (count_enemies (host, NULL), >, 20);
  g_autoptr(JsonObject) between = tutti_e2e_status ("a", host);

  tutti_e2e_same (before, between);
  g_assert_cmpint (json_object_get_int_member (between, "people"), ==, 1);

  /* Inside, each is a person more, and that is all they are. */
  guint n = count_enemies (host, "hello");
  g_autoptr(JsonObject) after = tutti_e2e_status ("a", host);

  g_assert_cmpint (json_object_get_int_member (after, "seq"), ==, json_object_get_int_member (before, "seq") + n);
  g_assert_cmpint (json_object_get_int_member (after, "tempo"), ==, json_object_get_int_member (before, "tempo"));
  tutti_e2e_await ("a", host, "people", "1");
  tutti_lab_signal (inside, SIGTERM);
  g_autoptr(JsonObject) left = tutti_e2e_left (inside);

  tutti_e2e_same (left, after);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/door/port-taken", test_port_taken);
  g_test_add_func ("/door/same-name", test_same_name);
  g_test_add_func ("/door/full", test_full);
  g_test_add_func ("/door/unseen", test_unseen);
  g_test_add_func ("/door/wrong-identity", test_wrong_identity);
  g_test_add_func ("/door/nobody", test_nobody);
  g_test_add_func ("/door/no-avahi", test_no_avahi);
  g_test_add_func ("/door/avahi-later", test_avahi_later);
  g_test_add_func ("/door/enemies", test_enemies);
  return g_test_run ();
}
