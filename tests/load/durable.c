/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 of a whole tutti-host under load, again and again: six guests edit, the host is killed at a random moment and started
 * again, the guests come back. What anybody heard of as stamped is in the new host's log, all copies end equal, and the last edit
 * that was acknowledged to each guest stands.
 * durable TUTTI-HOST KILLS [SEED] */
#include <locale.h>
#include <stdlib.h>

#include "bench-row.h"
#include "load-host.h"
#include "load-keeper.h"

enum { GUESTS = 6, GROUPS = 2, EDITS_A_SECOND = 300, LIFE_MIN_MS = 30, LIFE_MAX_MS = 400 };

static const char limits[] = "[limits]\nparticipants=100\nconnections=1000\nconnections-per-address=1000\n";

static double
run_kills (LoadHost *host, LoadCrowd *crowd, GRand *rand, guint kills)
{
  g_autoptr(GArray) back_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < kills; i++)
    {
      g_usleep ((gulong) g_rand_int_range (rand, LIFE_MIN_MS, LIFE_MAX_MS) * 1000);
      load_host_kill (host);
      gint64 killed_us = g_get_monotonic_time ();

      load_host_start (host);
      /* Who has not noticed yet is still counted as in. */
      while (g_atomic_int_get (&crowd->lost) < (gint) ((i + 1) * GUESTS))
        g_usleep (1000);
      load_crowd_await (crowd, GUESTS);
      double ms = (double) (g_get_monotonic_time () - killed_us) / 1000;

      g_array_append_val (back_ms, ms);
    }
  return bench_quantile (back_ms, 0.5);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, >=, 3);
  guint kills = (guint) atoi (argv[2]);
  guint32 seed = argc > 3 ? (guint32) atoi (argv[3]) : g_random_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  LoadHost host;
  LoadCrowd crowd;
  LoadKeeper keeper;

  g_print ("# seed %u\n", seed);
  load_host_init (&host, argv[1], limits);
  load_crowd_init (&crowd, GUESTS, GROUPS, TRUE);
  load_keeper_init (&keeper, &crowd);
  crowd.returns = TRUE;
  g_autofree char *jam = load_host_jam (&host, GUESTS, &crowd.clip);

  load_host_start (&host);
  crowd.port = host.port;
  for (guint i = 0; i < GUESTS; i++)
    {
      crowd.guests[i].jam = jam;
      load_crowd_join (&crowd, i);
    }
  load_crowd_await (&crowd, GUESTS);
  load_crowd_play (&crowd, EDITS_A_SECOND);
  double back_ms = run_kills (&host, &crowd, rand, kills);

  load_crowd_pause (&crowd);
  LoadVerdict verdict = load_keeper_judge (&keeper);

  load_crowd_stop (&crowd);
  bench_row_plain ("kill -9 of a tutti-host with six who edit: kills", kills, "");
  bench_row_plain ("the same: edits stamped, as heard by all of them", g_atomic_int_get (&keeper.heard) / (double) GUESTS, "");
  bench_row ("the same: operations somebody had heard of and the next host had not", keeper.missing, 0, "");
  bench_row ("the same: acknowledged edits that do not stand in the end", (double) verdict.lost, 0, "");
  bench_row ("the same: copies that differ in the end, or were repaired on the way", verdict.differ + crowd.repaired, 0, "");
  bench_row_plain ("the same: killed → all six in again, median", back_ms, "ms");
  load_crowd_clear (&crowd);
  load_keeper_clear (&keeper);
  load_host_clear (&host);
  return keeper.missing == 0 && verdict.lost == 0 && verdict.differ == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
