/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Ways to a host: IPv6 alone, link-local alone, not announced. */
#include "tutti-e2e.h"

#include <signal.h>

static void
stop (TuttiE2eHost *host)
{
  tutti_lab_signal (host->process, SIGTERM);
  g_free (tutti_e2e_finish (host->process, 0));
}

/* It is there, but who looks for jams does not see it. */
static void
test_unannounced (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a --avahi"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  g_autofree char *found = tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("browse", "--json", "--seconds", "2"));

  g_assert_cmpstr (found, ==, "");
  stop (host);
  tutti_lab_sweep ();
}

/* @place as a person would type it: joined, its clock followed, and one edit made. */
static void
check_way (const TuttiE2eHost *host, const char *place)
{
  g_autoptr(TuttiE2eHost) there = g_new0 (TuttiE2eHost, 1);

  there->place = g_strdup (place);
  TuttiLabProcess *join = tutti_e2e_join ("b", there, 2, NULL);

  g_free (tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("send", place, "[\"tempo\",12345]")));
  g_autoptr(JsonObject) left = tutti_e2e_left (join);
  g_autoptr(JsonObject) status = tutti_e2e_status ("b", there);

  tutti_e2e_same (left, status);
  g_assert_cmpstr (json_object_get_string_member (status, "jam"), ==, host->jam);
  g_assert_cmpfloat (json_object_get_double_member (left, "clock_error_us"), >, 0.0);
  g_assert_cmpint (json_object_get_int_member (left, "late"), ==, 0);
}

static void
test_ipv6 (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a --no-ipv4"));
  g_free (tutti_lab ("add b --no-ipv4"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  g_autofree char *number = tutti_lab ("address a 6");
  g_autofree char *place = g_strdup_printf ("[%s]:%u", number, host->port);

  check_way (host, place);
  tutti_lab_sweep ();
}

/* Link-local alone: it is found by Avahi, and what is printed can be joined. */
static void
test_link_local (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a --no-ipv4 --link-local --avahi"));
  g_free (tutti_lab ("add b --no-ipv4 --link-local --avahi"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo"));
  g_autofree char *found = tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("browse", "--json", "--seconds", "3"));
  g_autoptr(JsonObject) jam = tutti_e2e_object (found);
  const char *place = json_object_get_string_member (jam, "address");

  tutti_e2e_match (place, "^\\[fe80::.*%.*\\]:[0-9]+$");
  check_way (host, place);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ways/unannounced", test_unannounced);
  g_test_add_func ("/ways/ipv6", test_ipv6);
  g_test_add_func ("/ways/link-local", test_link_local);
  return g_test_run ();
}
