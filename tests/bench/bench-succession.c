/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long nobody decides: from the end of a host to the first edit that the next one answered, with whole sessions over loopback. */
#include "bench-row.h"
#include "tutti-somebody.h"

#define ROUNDS 15

enum { HOST, HEIR, GUEST, N_PEOPLE };

typedef void (*Ending) (Somebody *host);

/* Leaving hands the jam over. */
static void
leaves (Somebody *host)
{
  leave (host);
}

/* The door is shut, as when the host's program is gone. */
static void
vanishes (Somebody *host)
{
  tutti_session_unhost (host->session);
}

static double
measure (Ending ending)
{
  static const char * const names[] = { "Azure Ant", "Beryl Bee", "Coral Cat" };
  Somebody who[N_PEOPLE];
  gint64 begun_us;
  double took_ms;

  for (int i = 0; i < N_PEOPLE; i++)
    somebody_init (&who[i], names[i], i);
  tutti_studio_set_heir (who[HEIR].studio, TRUE);
  g_autofree char *jam = new_jam (&who[HOST]);

  open_jam (&who[HOST], jam);
  guint16 port = let_in (&who[HOST], 0, 8);

  join (&who[HEIR], port);
  join (&who[GUEST], port);
  WAIT_FOR (tutti_session_has_heirs (who[GUEST].session));
  paint (&who[GUEST], 0, 1);
  WAIT_FOR (same (&who[GUEST], &who[HEIR]));
  begun_us = g_get_monotonic_time ();
  ending (&who[HOST]);
  paint (&who[GUEST], 1, 2);
  WAIT_FOR (pending (&who[GUEST]) == 0);
  took_ms = (double) (g_get_monotonic_time () - begun_us) / 1000;
  for (int i = N_PEOPLE; i-- > 0; )
    leave (&who[i]);
  for (int i = 0; i < N_PEOPLE; i++)
    somebody_clear (&who[i]);
  return took_ms;
}

static void
print_rows (const char *what, Ending ending, double goal_ms)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *median = g_strdup_printf ("%s: until edits are answered again, median", what);
  g_autofree char *worst = g_strdup_printf ("%s: worst of %d", what, ROUNDS);

  for (int i = 0; i < ROUNDS; i++)
    {
      double took_ms = measure (ending);

      g_array_append_val (times, took_ms);
    }
  bench_row (median, bench_quantile (times, 0.5), goal_ms, "ms");
  bench_row (worst, bench_quantile (times, 1), goal_ms, "ms");
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  print_rows ("host hands over", leaves, 200);
  print_rows ("host is gone", vanishes, 3000);
  return 0;
}
