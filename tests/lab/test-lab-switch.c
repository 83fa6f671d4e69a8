/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lab.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

/* What a "udp-ping listen" counted. Delays in µs. A busy machine only makes them longer, so that only lower bounds are
 * asserted, and counts. */
typedef struct { guint sent, arrived, lost, overtaken, doubled; double min, p50; } Count;

static char *udp_ping, *tcp_copy;

/* Of the measurement that is under way. Each has its own: the goodbyes of the one before may still be on the wire. */
static char port[8];

static char *
address_of (const char *machine)
{
  return tutti_lab ("address %s", machine);
}

static void
next_port (void)
{
  static guint last = 9001;

  g_snprintf (port, sizeof port, "%u", ++last);
}

static TuttiLabProcess *
listening (const char *machine, const char *group)
{
  TuttiLabProcess *process = tutti_lab_spawn (machine, udp_ping, "listen", port, group, NULL);

  tutti_lab_expect (process, "^listening$");
  return process;
}

static TuttiLabProcess *
sending (const char *machine, const char *to, const char *count)
{
  return tutti_lab_spawn (machine, udp_ping, "send", to, port, count, "1000", NULL);
}

static Count
counted (TuttiLabProcess *process)
{
  const char *line = tutti_lab_expect (process, "^sent ");
  Count count = { 0 };

  g_test_message ("%s", line);
  if (sscanf (line, "sent %u arrived %u lost %u overtaken %u doubled %u us min=%lf p1=%*f p50=%lf", &count.sent,
              &count.arrived, &count.lost, &count.overtaken, &count.doubled, &count.min, &count.p50) < 5)
    g_error ("not understood: %s", line);
  return count;
}

static Count
ping (const char *from, const char *to, const char *n)
{
  g_autofree char *address = address_of (to);
  TuttiLabProcess *receiver;

  next_port ();
  receiver = listening (to, NULL);
  sending (from, address, n);
  return counted (receiver);
}

static void
add (const char *names)
{
  for (const char *at = names; *at != '\0'; at++)
    g_free (tutti_lab ("add %c", *at));
}

static void
test_clean (void)
{
  Count count;

  add ("ab");
  count = ping ("a", "b", "2000");
  g_assert_cmpuint (count.arrived, ==, 2000);
  g_assert_cmpuint (count.overtaken + count.doubled, ==, 0);
  tutti_lab_sweep ();
}

static void
test_bad_link (void)
{
  Count count;

  add ("ab");
  g_free (tutti_lab ("link b delay=10 jitter=5 loss=1 reorder=1"));
  count = ping ("a", "b", "4000");
  /* Binomial: 40 of 4000 with a deviation of 6.3; six of them. */
  g_assert_cmpuint (count.lost, >=, 3);
  g_assert_cmpuint (count.lost, <=, 78);
  g_assert_cmpuint (count.overtaken, >, 100);
  g_assert_cmpuint (count.doubled, ==, 0);
  g_assert_cmpfloat (count.min, >=, 5000);
  g_assert_cmpfloat (count.p50, >=, 9500);

  g_free (tutti_lab ("link b loss=0 reorder=0"));
  count = ping ("a", "b", "1000");
  g_assert_cmpuint (count.lost + count.overtaken, ==, 0);
  tutti_lab_sweep ();
}

static void
test_ways_differ (void)
{
  Count there, back;

  add ("ab");
  g_free (tutti_lab ("link b up=0 down=40"));
  there = ping ("a", "b", "500");
  back = ping ("b", "a", "500");
  g_assert_cmpfloat (there.min, >=, 40000);
  g_assert_cmpfloat (back.min, <, 40000);
  tutti_lab_sweep ();
}

/* Nothing passes while it lasts, everything afterwards. The addresses of the cards are known from a first exchange, so
 * that no kernel keeps a packet back until it knows them. */
static void
test_interruption (gconstpointer data)
{
  const char *const *words = data;
  g_autofree char *address = NULL;
  TuttiLabProcess *receiver, *sender;
  Count count;

  add ("ab");
  address = address_of ("b");
  g_assert_cmpuint (ping ("a", "b", "100").arrived, ==, 100);
  next_port ();
  receiver = listening ("b", NULL);
  g_free (tutti_lab ("%s", words[0]));
  sender = sending ("a", address, "300");
  tutti_lab_expect (sender, "^sent$");
  g_free (tutti_lab ("%s", words[1]));
  count = counted (receiver);
  g_assert_cmpuint (count.arrived, ==, 0);
  g_assert_cmpuint (ping ("a", "b", "300").arrived, ==, 300);
  tutti_lab_sweep ();
}

static void
test_multicast (gconstpointer group)
{
  TuttiLabProcess *receivers[3];

  add ("abcd");
  next_port ();
  for (guint i = 0; i < 3; i++)
    receivers[i] = listening ((const char *[]) { "b", "c", "d" }[i], group);
  sending ("a", group, "500");
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (counted (receivers[i]).arrived, ==, 500);
  tutti_lab_sweep ();
}

static void
test_tcp_is_intact (gconstpointer link)
{
  g_autofree char *address = NULL;
  TuttiLabProcess *receiver, *sender;
  const char *sent, *received;

  add ("ab");
  g_free (tutti_lab ("link b %s", (const char *) link));
  address = address_of ("b");
  receiver = tutti_lab_spawn ("b", tcp_copy, "listen", "9001", NULL);
  tutti_lab_expect (receiver, "^listening$");
  sender = tutti_lab_spawn ("a", tcp_copy, "send", address, "9001", "4000000", NULL);
  sent = tutti_lab_expect (sender, "^4000000 ");
  received = tutti_lab_expect (receiver, "^[0-9]+ ");
  g_test_message ("%s", received);
  g_assert_cmpint (strncmp (sent, received, strlen ("4000000 ") + 64), ==, 0);
  tutti_lab_sweep ();
}

/* A stall by hand holds what comes, and lets it go whole and in order. */
static void
test_stall (void)
{
  g_autofree char *address = NULL;
  TuttiLabProcess *receiver;
  Count count;

  add ("ab");
  address = address_of ("b");
  g_assert_cmpuint (ping ("a", "b", "10").arrived, ==, 10);
  next_port ();
  receiver = listening ("b", NULL);
  g_free (tutti_lab ("stall b 3000"));
  sending ("a", address, "100");
  count = counted (receiver);
  g_assert_cmpuint (count.arrived, ==, 100);
  g_assert_cmpuint (count.overtaken, ==, 0);
  tutti_lab_sweep ();
}

static void
test_clock_offset (void)
{
  TuttiLabProcess *process;

  g_free (tutti_lab ("add a --clock-offset 100000000"));
  process = tutti_lab_spawn ("a", "cat", "/proc/uptime", NULL);
  tutti_lab_expect (process, "^1[0-9]{8}[.]");
  tutti_lab_sweep ();
}

/* The box knows its own cables and loopback, and no card of the machine that it stands on. */
static void
test_no_way_out (void)
{
  g_autofree char *links = NULL;
  g_auto(GStrv) lines = NULL;

  add ("ab");
  g_assert_true (g_spawn_command_line_sync ("ip -o link", &links, NULL, NULL, NULL));
  lines = g_strsplit (g_strchomp (links), "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_true (g_regex_match_simple ("^[0-9]+: (lo:|near[0-9]+[.][0-9]@)", lines[i], 0, 0));
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  static const char *const pulled[] = { "pull b", "plug b" };
  static const char *const silenced[] = { "link b silent=1", "link b silent=0" };
  static const char *const apart[] = { "link b segment=5", "link b segment=0" };

  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  udp_ping = g_build_filename (g_getenv ("TUTTI_LAB_BUILD"), "udp-ping", NULL);
  tcp_copy = g_build_filename (g_getenv ("TUTTI_LAB_BUILD"), "tcp-copy", NULL);
  g_test_add_func ("/switch/clean", test_clean);
  g_test_add_func ("/switch/bad-link", test_bad_link);
  g_test_add_func ("/switch/ways-differ", test_ways_differ);
  g_test_add_data_func ("/switch/cable-pulled", pulled, test_interruption);
  g_test_add_data_func ("/switch/silent", silenced, test_interruption);
  g_test_add_data_func ("/switch/segments-apart", apart, test_interruption);
  g_test_add_data_func ("/switch/multicast-ipv4", "239.255.7.46", test_multicast);
  g_test_add_data_func ("/switch/multicast-ipv6", "ff02::7464%eth0", test_multicast);
  g_test_add_data_func ("/switch/tcp-clean", "delay=0", test_tcp_is_intact);
  g_test_add_data_func ("/switch/tcp-bad-link", "delay=10 jitter=5 loss=1 reorder=1", test_tcp_is_intact);
  g_test_add_func ("/switch/stall", test_stall);
  g_test_add_func ("/switch/clock-offset", test_clock_offset);
  g_test_add_func ("/switch/no-way-out", test_no_way_out);
  return g_test_run ();
}
