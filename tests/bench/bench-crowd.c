/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many in one jam: 100 participants with 50 edits a second among them, who note when each heard each; then 500 with 20, each with a
 * copy of the jam, whose hashes are compared. The host is a process of its own, so that what it takes is its alone; all participants
 * share this one, and what they cost is in the times as well.
 * bench-crowd TUTTI-HOST */
#include <locale.h>
#include <stdlib.h>

#include "bare-relay.h"
#include "bench-row.h"
#include "load-crowd.h"
#include "load-host.h"

enum { MANY = 100, MANY_EDITS = 50, MOST = 500, MOST_EDITS = 20, GROUPS = 2, SECONDS = 20, WARM_UP_S = 3, AT_THE_DOOR = 8, RELAYED = 800 };

static const char limits[] = "[limits]\nparticipants=1000\nparticipants-per-jam=500\nconnections=1000\nconnections-per-address=1000\n";

typedef struct
{
  LoadHost host;
  char    *jam;
  double   empty_kb;               /* what the host takes while nobody is there */
} House;

static void
open_house (House *house, const char *program, LoadCrowd *crowd)
{
  load_host_init (&house->host, program, limits);
  house->jam = load_host_jam (&house->host, 0, &crowd->clip);
  load_host_start (&house->host);
  crowd->port = house->host.port;
  house->empty_kb = load_host_memory_kb (&house->host);
}

static void
close_house (House *house)
{
  load_host_clear (&house->host);
  g_free (house->jam);
}

/* A few at a time: each is told to all who are in, and all of those are in this process. */
static void
join_all (House *house, LoadCrowd *crowd)
{
  /* On a busy machine somebody is late at the door. */
  crowd->returns = TRUE;
  for (guint i = 0; i < crowd->n; i++)
    {
      crowd->guests[i].jam = house->jam;
      load_crowd_join (crowd, i);
      load_crowd_await (crowd, (gint) i + 1 - AT_THE_DOOR);
    }
  load_crowd_await (crowd, (gint) crowd->n);
}

static void
add_bytes (LoadGuest *guest, gpointer data)
{
  *(TuttiLinkFigures *) data = tutti_link_get_figures (tutti_wire_get_link (guest->wire));
}

static void
play (House *house, LoadCrowd *crowd, double a_second, const char *what)
{
  g_autofree char *cpu = g_strdup_printf ("%s: processor of the host", what);
  g_autofree char *starved = g_strdup_printf ("%s: the host ready, without a processor", what);
  g_autofree char *payload = g_strdup_printf ("%s: payload to a participant", what);
  g_autofree char *wire = g_strdup_printf ("%s: bytes on the wire to a participant", what);
  TuttiLinkFigures before, after;
  double cpu_s, starved_s, seconds;
  gint64 begun_us;

  load_crowd_play (crowd, a_second);
  g_usleep (WARM_UP_S * G_USEC_PER_SEC);
  g_atomic_int_set (&crowd->counts, 1);
  cpu_s = load_host_cpu_s (&house->host);
  starved_s = load_host_starved_s (&house->host);
  load_crowd_call (crowd, 0, add_bytes, &before);
  begun_us = g_get_monotonic_time ();
  g_usleep (SECONDS * G_USEC_PER_SEC);
  seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
  load_crowd_call (crowd, 0, add_bytes, &after);
  bench_row_plain (cpu, 100 * (load_host_cpu_s (&house->host) - cpu_s) / seconds, "% of one");
  bench_row_plain (starved, 100 * (load_host_starved_s (&house->host) - starved_s) / seconds, "% of the time");
  /* A jam of few is what the goal is about; here it says what a crowd costs. */
  bench_row_plain (payload, (double) (after.payload_bytes_in - before.payload_bytes_in) / seconds, "B/s");
  bench_row_plain (wire, (double) (after.wire_bytes_in - before.wire_bytes_in) / seconds, "B/s");
  load_crowd_pause (crowd);
}

/* What the same crowd costs without a jam: each of its messages sent on to everybody as it is. */
static void
measure_relay (double ours_ms)
{
  g_autoptr(BareRelay) relay = bare_relay_new (MANY, RELAYED);
  g_autoptr(GArray) slowest = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint n = 0; n < RELAYED; n++)
    {
      g_usleep (G_USEC_PER_SEC / MANY_EDITS);
      bare_relay_send (relay);
    }
  bare_relay_finish (relay);
  for (guint n = WARM_UP_S * MANY_EDITS; n < RELAYED; n++)
    {
      double ms = bare_relay_get_ms (relay, n);

      g_array_append_val (slowest, ms);
    }
  bench_row_plain ("100 behind a bare relay, 50 messages/s: heard by the slowest of 99, median", bench_quantile (slowest, 0.5), "ms");
  bench_row_plain ("100 behind a bare relay, 50 messages/s: heard by the slowest of 99, p99", bench_quantile (slowest, 0.99), "ms");
  bench_row ("100 in one jam to 100 behind a bare relay: ratio of medians at the slowest", ours_ms / bench_quantile (slowest, 0.5),
             1.5, "");
}

static void
measure_times (const char *program)
{
  g_autoptr(GArray) slowest = g_array_new (FALSE, FALSE, sizeof (double)), all = g_array_new (FALSE, FALSE, sizeof (double));
  LoadCrowd crowd;
  House house;

  load_crowd_init (&crowd, MANY, GROUPS, FALSE);
  open_house (&house, program, &crowd);
  join_all (&house, &crowd);
  bench_row ("100 in one jam: memory of the host a participant", (load_host_memory_kb (&house.host) - house.empty_kb) / MANY, 100, "KB");
  play (&house, &crowd, MANY_EDITS, "100 in one jam, 50 edits/s");
  /* What is under way arrives. */
  g_usleep (G_USEC_PER_SEC);
  load_crowd_stop (&crowd);
  load_crowd_times (&crowd, 0, crowd.n, slowest, all);
  g_assert_cmpuint (slowest->len, >, MANY);
  bench_row_plain ("100 in one jam, 50 edits/s: edits heard by all", (double) slowest->len / SECONDS, "/s");
  bench_row ("100 in one jam, 50 edits/s: edits refused or connections lost", crowd.refused + crowd.lost, 0, "");
  bench_row ("100 in one jam, 50 edits/s: edit → heard by each of 99, median", bench_quantile (all, 0.5), 1, "ms");
  bench_row_plain ("100 in one jam, 50 edits/s: edit → heard by each of 99, p99", bench_quantile (all, 0.99), "ms");
  bench_row_plain ("100 in one jam, 50 edits/s: edit → heard by the slowest of 99, median", bench_quantile (slowest, 0.5), "ms");
  bench_row ("100 in one jam, 50 edits/s: edit → heard by the slowest of 99, p99", bench_quantile (slowest, 0.99), 5, "ms");
  load_crowd_clear (&crowd);
  close_house (&house);
  measure_relay (bench_quantile (slowest, 0.5));
}

typedef struct
{
  guint64 hash;
  gint64  seq;
  guint   pending;
} Copy;

static void
look (LoadGuest *guest, gpointer data)
{
  *(Copy *) data = (Copy) { tutti_jam_hash (tutti_replica_get_confirmed (guest->replica)), tutti_replica_get_seq (guest->replica),
                            tutti_replica_get_pending (guest->replica) };
}

/* Until every edit is answered. Returns: the last operation that anybody has. */
static gint64
await_answers (LoadCrowd *crowd)
{
  guint pending;
  gint64 seq;

  do
    {
      seq = pending = 0;
      g_usleep (100000);
      for (guint i = 0; i < crowd->n; i++)
        {
          Copy copy;

          load_crowd_call (crowd, i, look, &copy);
          pending += copy.pending;
          seq = MAX (seq, copy.seq);
        }
    }
  while (pending > 0);
  return seq;
}

static guint
count_others (LoadCrowd *crowd, gint64 seq)
{
  Copy first, copy;
  guint n = 0;

  load_crowd_call (crowd, 0, look, &first);
  for (guint i = 0; i < crowd->n; i++)
    {
      load_crowd_call (crowd, i, look, &copy);
      for (guint tries = 0; copy.seq < seq && tries < 100; tries++)
        {
          g_usleep (20000);
          load_crowd_call (crowd, i, look, &copy);
        }
      n += copy.hash != first.hash || copy.seq != first.seq;
    }
  return n;
}

static void
measure_copies (const char *program)
{
  g_autoptr(GArray) slowest = g_array_new (FALSE, FALSE, sizeof (double)), all = g_array_new (FALSE, FALSE, sizeof (double));
  LoadCrowd crowd;
  House house;
  gint lost;

  load_crowd_init (&crowd, MOST, GROUPS, TRUE);
  open_house (&house, program, &crowd);
  join_all (&house, &crowd);
  bench_row ("500 in one jam: memory of the host a participant", (load_host_memory_kb (&house.host) - house.empty_kb) / MOST, 100, "KB");
  lost = crowd.lost;
  play (&house, &crowd, MOST_EDITS, "500 in one jam, 20 edits/s");
  gint64 seq = await_answers (&crowd);

  bench_row ("500 in one jam, 20 edits/s: copies that differ in the end", count_others (&crowd, seq), 0, "");
  load_crowd_stop (&crowd);
  load_crowd_times (&crowd, 0, crowd.n, slowest, all);
  bench_row ("500 in one jam, 20 edits/s: copies repaired on the way, edits refused, connections lost",
             crowd.repaired + crowd.refused + crowd.lost - lost, 0, "");
  bench_row_plain ("500 in one jam, 20 edits/s: edit → applied at the slowest of 499, median", bench_quantile (slowest, 0.5), "ms");
  bench_row_plain ("500 in one jam, 20 edits/s: edit → applied at the slowest of 499, p99", bench_quantile (slowest, 0.99), "ms");
  load_crowd_clear (&crowd);
  close_house (&house);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, ==, 2);
  measure_times (argv[1]);
  measure_copies (argv[1]);
  return EXIT_SUCCESS;
}
