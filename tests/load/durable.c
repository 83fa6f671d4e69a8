/* SPDX-License-Identifier: GPL-3.0-or-later */

/* kill -9 of a whole tutti-host under load, again and again: six guests edit, the host is killed at a random moment and started
 * again, the guests come back. What anybody heard of as stamped is in the new host's log, all copies end equal, and the last edit
 * that was acknowledged to each guest stands.
 * durable TUTTI-HOST KILLS [SEED] */
#include <locale.h>
#include <stdlib.h>

#include "bench-row.h"
#include "load-crowd.h"
#include "load-host.h"

enum { GUESTS = 6, GROUPS = 2, EDITS_A_SECOND = 300, LIFE_MIN_MS = 30, LIFE_MAX_MS = 400 };

static const char limits[] = "[limits]\nparticipants=100\nconnections=1000\nconnections-per-address=1000\n";

typedef struct
{
  gint64 said, certain;            /* numbers that a guest wrote into its own scene; the last that was acknowledged */
} Own;

static Own own[GUESTS];            /* each the guest's thread's until it ended */
static gint missing;               /* atomic: operations that somebody had and a new host has not */
static gint acknowledged;          /* atomic */

static TuttiOp *
edit (LoadGuest *guest)
{
  g_autofree char *text = NULL;

  if (guest->number % 4 == 3)
    return tutti_op_new (TUTTI_OP_STEP, guest->crowd->clip, TUTTI_N (guest->number % 16), TUTTI_N (1 + guest->number % 127));
  text = g_strdup_printf ("%" G_GINT64_FORMAT, ++own[guest->index].said);
  return tutti_op_new (TUTTI_OP_SCENE_NAME, load_scene (guest->index), text);
}

static void
confirmed (LoadGuest *guest, const TuttiOp *op, const TuttiStamp *stamp)
{
  Own *mine = &own[guest->index];

  if (op == NULL)
    return;
  g_atomic_int_inc (&acknowledged);
  if (op->kind == TUTTI_OP_SCENE_NAME && tutti_id_equal (op->arg[0].id, load_scene (guest->index)))
    mine->certain = MAX (mine->certain, g_ascii_strtoll (op->arg[1].text, NULL, 10));
}

/* The copy is still what the last host said. */
static void
welcomed (LoadGuest *guest, const TuttiWelcome *welcome)
{
  gint64 less = tutti_replica_get_seq (guest->replica) - welcome->seq;

  if (less > 0)
    g_atomic_int_add (&missing, (gint) less);
}

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

typedef struct
{
  guint   pending;
  gint64  seq;
  guint64 hash;
  gint64  lost;                    /* edits of it that were acknowledged and do not stand */
} Look;

static void
look (LoadGuest *guest, gpointer data)
{
  const TuttiJam *jam = tutti_replica_get_confirmed (guest->replica);
  const TuttiScene *scene = tutti_jam_scene (jam, load_scene (guest->index), NULL);

  *(Look *) data = (Look) { tutti_replica_get_pending (guest->replica), tutti_replica_get_seq (guest->replica), tutti_jam_hash (jam),
                            own[guest->index].certain - g_ascii_strtoll (scene->name, NULL, 10) };
}

/* Nobody edits: soon all are answered and at the same operation. */
static void
look_at_all (LoadCrowd *crowd, Look looks[GUESTS])
{
  gboolean settled = FALSE;

  while (!settled)
    {
      settled = TRUE;
      for (guint i = 0; i < GUESTS; i++)
        {
          load_crowd_call (crowd, i, look, &looks[i]);
          settled = settled && looks[i].pending == 0 && looks[i].seq == looks[0].seq;
        }
      g_usleep (10000);
    }
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, >=, 3);
  guint kills = (guint) atoi (argv[2]), differ = 0;
  guint32 seed = argc > 3 ? (guint32) atoi (argv[3]) : g_random_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  Look looks[GUESTS];
  gint64 lost = 0;
  LoadHost host;
  LoadCrowd crowd;

  g_print ("# seed %u\n", seed);
  load_host_init (&host, argv[1], limits);
  load_crowd_init (&crowd, GUESTS, GROUPS, TRUE);
  crowd.calls = (LoadCalls) { .edit = edit, .welcomed = welcomed, .confirmed = confirmed };
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
  look_at_all (&crowd, looks);
  for (guint i = 0; i < GUESTS; i++)
    {
      lost += MAX (looks[i].lost, 0);
      differ += looks[i].hash != looks[0].hash;
    }
  load_crowd_stop (&crowd);
  bench_row_plain ("kill -9 of a tutti-host with six who edit: kills", kills, "");
  bench_row_plain ("the same: edits stamped, as heard by all of them", g_atomic_int_get (&acknowledged) / (double) GUESTS, "");
  bench_row ("the same: operations somebody had heard of and the next host had not", missing, 0, "");
  bench_row ("the same: acknowledged edits that do not stand in the end", (double) lost, 0, "");
  bench_row ("the same: copies that differ in the end, or were repaired on the way", differ + crowd.repaired, 0, "");
  bench_row_plain ("the same: killed → all six in again, median", back_ms, "ms");
  load_crowd_clear (&crowd);
  load_host_clear (&host);
  return missing == 0 && lost == 0 && differ == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
