/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A host that is left alone for long while things go wrong: six guests edit, and by a seeded schedule the host's process is killed
 * and started again as systemd would, stopped and started, or stands still for a while, and guests hang up and come back.
 *
 * Availability is counted in windows of a second of each guest. Playable: its edits of that second showed in its own copy at once (and
 * the copy is what is heard), and all of them were answered in the end; answered: the host answered one within it, too. A second
 * in which a guest has no copy, or so many edits wait that it makes no more, is neither.
 *
 * soak TUTTI-HOST MINUTES [SEED]; TUTTI_MINUTES goes before MINUTES. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>

#include "bench-row.h"
#include "load-host.h"
#include "load-keeper.h"

enum { GUESTS = 6, GROUPS = 2, EDITS_A_SECOND = 60, FAULT_MIN_S = 10, FAULT_MAX_S = 30, YOUNG_S = 5 };

static const char limits[] = "[limits]\nparticipants=100\nconnections=1000\nconnections-per-address=1000\n";

typedef struct
{
  LoadHost   host;
  LoadCrowd  crowd;
  LoadKeeper keeper;
  GRand     *rand;
  guint      kills, restarts, freezes, cuts;
  gint64     started_us;           /* this process of the host */
  guint64    windows, playable, answered;
  gint64     edits[GUESTS];        /* number of the last edit at the end of the last window */
  GArray    *memory;               /* of double, MB: each second of a host that is no longer young */
} Soak;

/* ---- what goes wrong ---- */

static void
start (Soak *soak)
{
  load_host_start (&soak->host);
  soak->started_us = g_get_monotonic_time ();
}

static void
hang_up (LoadGuest *guest, gpointer data)
{
  load_crowd_hang_up (guest);
}

/* Returns: how many seconds until what stands still goes on; 0: nothing does. */
static guint
go_wrong (Soak *soak)
{
  switch (g_rand_int_range (soak->rand, 0, 8))
    {
    case 0:
      soak->kills++;
      load_host_kill (&soak->host);
      start (soak);
      return 0;
    case 1:
      soak->restarts++;
      load_host_stop (&soak->host);
      start (soak);
      return 0;
    case 2:
    case 3:
    case 4:
      soak->freezes++;
      load_host_signal (&soak->host, SIGSTOP);
      return (guint) g_rand_int_range (soak->rand, 1, 5);
    default:
      soak->cuts++;
      load_crowd_call (&soak->crowd, (guint) g_rand_int_range (soak->rand, 0, GUESTS), hang_up, NULL);
      return 0;
    }
}

/* ---- what is seen of it ---- */

typedef struct
{
  gint64 number, answered_us;
} Look;

static void
look (LoadGuest *guest, gpointer data)
{
  *(Look *) data = (Look) { guest->number, guest->answered_us };
}

static void
end_window (Soak *soak)
{
  gint64 now_us = g_get_monotonic_time ();

  for (guint i = 0; i < GUESTS; i++)
    {
      Look seen;

      load_crowd_call (&soak->crowd, i, look, &seen);
      soak->windows++;
      soak->playable += seen.number > soak->edits[i];
      soak->answered += now_us - seen.answered_us < G_USEC_PER_SEC;
      soak->edits[i] = seen.number;
    }
  if (now_us - soak->started_us > YOUNG_S * G_USEC_PER_SEC)
    {
      double mb = load_host_memory_kb (&soak->host) / 1024;

      g_array_append_val (soak->memory, mb);
    }
}

static void
wear_out (Soak *soak, guint seconds)
{
  guint next = FAULT_MIN_S, thaw = 0;
  gint64 begun_us = g_get_monotonic_time ();

  for (guint second = 1; second <= seconds; second++)
    {
      gint64 left_us = begun_us + (gint64) second * G_USEC_PER_SEC - g_get_monotonic_time ();

      if (left_us > 0)
        g_usleep ((gulong) left_us);
      end_window (soak);
      if (thaw > 0 && --thaw == 0)
        load_host_signal (&soak->host, SIGCONT);
      if (second < next || second + FAULT_MIN_S > seconds)
        continue;
      thaw = go_wrong (soak);
      next = second + thaw + (guint) g_rand_int_range (soak->rand, FAULT_MIN_S, FAULT_MAX_S);
    }
}

/* ---- all of it ---- */

static double
mean (const GArray *values, guint from, guint to)
{
  double sum = 0;

  for (guint i = from; i < to; i++)
    sum += g_array_index (values, double, i);
  return to > from ? sum / (to - from) : 0;
}

static gboolean
report (Soak *soak, guint minutes)
{
  LoadVerdict verdict = load_keeper_judge (&soak->keeper);
  guint n = soak->memory->len;

  bench_row_plain ("soak: minutes", minutes, "");
  bench_row_plain ("soak: kill -9, restarts", soak->kills + soak->restarts, "");
  bench_row_plain ("soak: hosts that stood still for 1–4 s", soak->freezes, "");
  bench_row_plain ("soak: guests that hung up and came back", soak->cuts, "");
  bench_row_at_least ("soak: seconds in which a guest could play on", 100.0 * (double) soak->playable / (double) soak->windows, 99.9, "%");
  bench_row_plain ("soak: seconds in which its edits were answered, too", 100.0 * (double) soak->answered / (double) soak->windows, "%");
  bench_row_plain ("soak: operations heard by each", g_atomic_int_get (&soak->keeper.heard) / (double) GUESTS, "");
  bench_row ("soak: operations somebody had heard of and the next host had not", soak->keeper.missing, 0, "");
  bench_row ("soak: acknowledged edits that do not stand in the end", (double) verdict.lost, 0, "");
  bench_row ("soak: edits refused", soak->crowd.refused, 0, "");
  bench_row ("soak: copies that differ in the end, or were repaired on the way", verdict.differ + soak->crowd.repaired, 0, "");
  bench_row_plain ("soak: memory of the host, mean of the second tenth", mean (soak->memory, n / 10, n / 5), "MB");
  bench_row_plain ("soak: memory of the host, mean of the last tenth", mean (soak->memory, n - n / 10, n), "MB");
  return soak->keeper.missing == 0 && verdict.lost == 0 && verdict.differ == 0 && soak->crowd.refused == 0 &&
         (double) soak->playable >= 0.999 * (double) soak->windows;
}

static void
begin (Soak *soak, const char *program)
{
  load_host_init (&soak->host, program, limits);
  load_crowd_init (&soak->crowd, GUESTS, GROUPS, TRUE);
  load_keeper_init (&soak->keeper, &soak->crowd);
  soak->crowd.returns = TRUE;
  soak->memory = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *jam = load_host_jam (&soak->host, GUESTS, &soak->crowd.clip);

  start (soak);
  soak->crowd.port = soak->host.port;
  for (guint i = 0; i < GUESTS; i++)
    {
      soak->crowd.guests[i].jam = g_intern_string (jam);
      load_crowd_join (&soak->crowd, i);
    }
  load_crowd_await (&soak->crowd, GUESTS);
  load_crowd_play (&soak->crowd, EDITS_A_SECOND);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, >=, 3);
  const char *other = g_getenv ("TUTTI_MINUTES");
  guint minutes = (guint) atoi (other != NULL ? other : argv[2]);
  guint32 seed = argc > 3 ? (guint32) atoi (argv[3]) : g_random_int ();
  Soak soak = { .rand = g_rand_new_with_seed (seed) };

  g_print ("# seed %u\n", seed);
  begin (&soak, argv[1]);
  wear_out (&soak, 60 * minutes);
  load_crowd_pause (&soak.crowd);
  gboolean well = report (&soak, minutes);

  load_crowd_stop (&soak.crowd);
  load_crowd_clear (&soak.crowd);
  load_keeper_clear (&soak.keeper);
  load_host_clear (&soak.host);
  g_array_unref (soak.memory);
  g_rand_free (soak.rand);
  return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
