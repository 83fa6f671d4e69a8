/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What others do to a jam of eight, as seen by those who play: one guest that edits as fast as the line takes it, by turns with
 * quiet; then ten thousand connections that say nothing or a byte a second, messages in pieces without end, and a sound of a
 * gigabyte. The host is a process of its own.
 * bench-flood TUTTI-HOST [ROUNDS [STRANGERS]] */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench-row.h"
#include "load-crowd.h"
#include "load-host.h"
#include "load-strangers.h"
#include "raw-peer.h"
#include "tutti-limits.h"

enum { PLAYERS = 8, EDITS_A_SECOND = 80, ROUNDS = 8, QUIET_S = 5, FLOOD_MOST_S = 25, STRANGERS = 10000, BATCH = 500,
       DRIPS = 6, ACK_EVERY = 50, PIECE = 8192, ENEMY_NICE = 19, GIGABYTE_MIB = 1024 };

static const char limits[] = "[limits]\nparticipants=100\nconnections=12000\nconnections-per-address=12000\n";

typedef struct
{
  LoadHost  host;
  LoadCrowd players;
  char     *jam;
  guint     rounds, strangers;
  gboolean  bounded;               /* as far as is known */
} Bench;

/* ---- somebody with a line of their own ---- */

typedef struct
{
  guint16     port;
  const char *jam;
  void      (*act) (RawPeer *peer, gpointer user);
  gint        done;                /* atomic */
  guint       code;                /* that the host closed with; 0 none */
  guint64     said;                /* messages, or MiB */
  GSocket    *socket;              /* owned; set before anything is said */
} Enemy;

/* Who floods has a machine of their own, and takes no processor away from those who play or from the host. Not before the connection
 * stands: GLib would make its pool of threads here, which all others use. */
static void
stand_back (void)
{
  if (setpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid), ENEMY_NICE) != 0)
    g_error ("no way to stand back");
}

static gpointer
enemy_main (gpointer data)
{
  Enemy *enemy = data;
  GMainContext *context = raw_begin_thread ();
  RawPeer *peer = raw_connect (enemy->port);

  if (peer != NULL)
    {
      g_atomic_pointer_set (&enemy->socket, g_object_ref (g_socket_connection_get_socket (peer->tcp)));
      enemy->act (peer, enemy);
      raw_free (peer);
    }
  raw_end_thread (context);
  g_main_context_unref (context);
  g_atomic_int_set (&enemy->done, 1);
  return NULL;
}

static gboolean
enter (RawPeer *peer, const Enemy *enemy)
{
  static const char hello[] = "{\"hello\":{\"proto\":1,\"name\":\"Flood\",\"colour\":\"brick\",\"token\":\"\",\"creator\":0,\"epoch\":0,"
                              "\"seq\":0}}";
  g_autofree char *head = raw_upgrade (peer, TUTTI_LINK_PROTOCOL, "");

  return g_str_has_prefix (head, "HTTP/1.1 101") && raw_write_frame (peer, 0x81, hello, strlen (hello), TRUE);
}

typedef struct
{
  RawPeer *peer;
  guint    code;
  gint     over;                   /* atomic */
} Listening;

/* Somebody must read, or the host would close for that. */
static gpointer
listen_main (gpointer data)
{
  Listening *listening = data;
  GMainContext *context = raw_begin_thread ();

  stand_back ();
  listening->code = raw_read_close (listening->peer);
  g_atomic_int_set (&listening->over, 1);
  raw_end_thread (context);
  g_main_context_unref (context);
  return NULL;
}

static void
flood (RawPeer *peer, gpointer data)
{
  Enemy *enemy = data;
  Listening listening = { .peer = peer };
  GThread *thread;

  if (!enter (peer, enemy))
    return;
  /* It is throttled: its line stands for longer than a peer waits otherwise. */
  g_socket_set_timeout (enemy->socket, FLOOD_MOST_S);
  stand_back ();
  thread = g_thread_new ("listening", listen_main, &listening);
  while (!g_atomic_int_get (&listening.over))
    {
      g_autofree char *text = g_strdup_printf ("[%" G_GUINT64_FORMAT ",0,[\"swing\",%u]]", enemy->said + 1,
                                               500 + (guint) (enemy->said % 100));

      enemy->said++;
      /* Now and then that it has heard all there is, or it would be closed for being behind. */
      if (enemy->said % ACK_EVERY == 0)
        {
          g_free (text);
          text = g_strdup_printf ("{\"ack\":{\"seq\":%" G_GINT64_FORMAT ",\"rtt\":0,\"late\":0}}", TUTTI_JSON_INT_MAX);
        }
      if (!raw_write_frame (peer, 0x81, text, strlen (text), TRUE))
        break;
    }
  g_thread_join (thread);
  enemy->code = listening.code;
}

static void
endless_pieces (RawPeer *peer, gpointer data)
{
  static const guint8 piece[PIECE];
  Enemy *enemy = data;

  if (!enter (peer, enemy))
    return;
  for (enemy->said = 0; enemy->said < 1 << 17 && raw_write_frame (peer, enemy->said == 0 ? 0x01 : 0x00, piece, PIECE, TRUE); )
    enemy->said++;
  enemy->code = raw_read_close (peer);
}

static void
upload (RawPeer *peer, gpointer data)
{
  static char block[1 << 20];
  Enemy *enemy = data;

  raw_write_text (peer, "PUT /api/v1/samples/" "00000000000000000000000000000000" "00000000000000000000000000000000"
                        " HTTP/1.1\r\nHost: here\r\nContent-Length: 1073741824\r\n\r\n");
  for (enemy->said = 0; enemy->said < GIGABYTE_MIB && raw_write (peer, block, sizeof block); )
    enemy->said++;
}

static GThread *
set_off (Enemy *enemy, const Bench *bench, void (*act) (RawPeer *peer, gpointer user))
{
  *enemy = (Enemy) { .port = bench->host.port, .jam = bench->jam, .act = act };
  return g_thread_new ("enemy", enemy_main, enemy);
}

/* ---- those who play ---- */

static void
begin (Bench *bench, const char *program)
{
  load_host_init (&bench->host, program, limits);
  load_crowd_init (&bench->players, PLAYERS, 1, FALSE);
  bench->jam = load_host_jam (&bench->host, 0, &bench->players.clip);
  load_host_start (&bench->host);
  bench->players.port = bench->host.port;
  for (guint i = 0; i < PLAYERS; i++)
    {
      bench->players.guests[i].jam = bench->jam;
      load_crowd_join (&bench->players, i);
    }
  load_crowd_await (&bench->players, PLAYERS);
  load_crowd_play (&bench->players, EDITS_A_SECOND);
}

static void
forget (LoadGuest *first, gpointer data)
{
  for (guint i = 0; i < PLAYERS; i++)
    {
      g_array_set_size (first->crowd->guests[i].sent, 0);
      g_array_set_size (first->crowd->guests[i].heard, 0);
    }
}

/* What was noted since the last call, of the slowest of the others; what is on its way is let in first. */
static void
collect (LoadGuest *first, gpointer data)
{
  g_autoptr(GArray) all = g_array_new (FALSE, FALSE, sizeof (double));

  load_crowd_times (first->crowd, 0, PLAYERS, data, all);
  forget (first, NULL);
}

static void
listen_for (Bench *bench, double seconds, GArray *slowest_ms)
{
  load_crowd_call (&bench->players, 0, forget, NULL);
  g_atomic_int_set (&bench->players.counts, 1);
  g_usleep ((gulong) (seconds * G_USEC_PER_SEC));
  load_crowd_call (&bench->players, 0, collect, slowest_ms);
  g_atomic_int_set (&bench->players.counts, 0);
}

static void
measure_flood (Bench *bench)
{
  g_autoptr(GArray) quiet = g_array_new (FALSE, FALSE, sizeof (double)), loud = g_array_new (FALSE, FALSE, sizeof (double));
  guint closed = 0;
  guint64 said = 0;
  double longest_s = 0, cpu_s = 0, starved_s = 0;

  for (guint round = 0; round < bench->rounds; round++)
    {
      gint64 begun_us = g_get_monotonic_time ();
      Enemy enemy;

      listen_for (bench, QUIET_S, quiet);
      GThread *thread = set_off (&enemy, bench, flood);

      cpu_s -= load_host_cpu_s (&bench->host);
      starved_s -= load_host_starved_s (&bench->host);
      listen_for (bench, QUIET_S, loud);
      cpu_s += load_host_cpu_s (&bench->host);
      starved_s += load_host_starved_s (&bench->host);
      while (!g_atomic_int_get (&enemy.done) && g_get_monotonic_time () - begun_us < FLOOD_MOST_S * G_USEC_PER_SEC)
        g_usleep (10000);
      longest_s = MAX (longest_s, (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC - QUIET_S);
      /* A host without a processor to itself is no faster than its measure, and closes nobody. */
      if (g_atomic_pointer_get (&enemy.socket) != NULL)
        g_socket_shutdown (enemy.socket, TRUE, TRUE, NULL);
      g_thread_join (thread);
      g_clear_object (&enemy.socket);
      closed += enemy.code == TUTTI_CLOSE_TOO_FAST;
      g_print ("# flood %u: closed with %u after %" G_GUINT64_FORMAT " messages\n", round, enemy.code, enemy.said);
      said += enemy.said;
    }
  bench_row_plain ("eight play, quiet: edit → heard by the slowest of 7, p99", bench_quantile (quiet, 0.99), "ms");
  bench_row_plain ("one more floods: edit → heard by the slowest of 7, p99", bench_quantile (loud, 0.99), "ms");
  bench_row ("one more floods: p99 changes by, by turns in one run", bench_quantile (loud, 0.99) - bench_quantile (quiet, 0.99), 1, "ms");
  bench_row_plain ("one more floods: median changes by", bench_quantile (loud, 0.5) - bench_quantile (quiet, 0.5), "ms");
  bench_row_plain ("one more floods: processor of the host", 100 * cpu_s / (bench->rounds * QUIET_S), "% of one");
  bench_row_plain ("one more floods: the host ready, without a processor", 100 * starved_s / (bench->rounds * QUIET_S), "% of the time");
  bench_row_plain ("one more floods: messages that it got rid of, a flood", (double) said / bench->rounds, "");
  bench_row_at_least ("one more floods: closed with the reason “too fast”", closed, bench->rounds, "floods");
  bench_row_plain ("one more floods: longest until then", longest_s, "s");
}

/* ---- those who do not ---- */

/* A row for what grew, in MB, and may not beyond @most. */
static void
grew (Bench *bench, const char *what, double kb, double most)
{
  bench_row (what, kb / 1024, most, "MB");
  bench->bounded = bench->bounded && kb / 1024 <= most;
}

static double
peak_kb (const Bench *bench, double so_far)
{
  return MAX (so_far, load_host_memory_kb (&bench->host));
}

static guint
answered (Bench *bench, double seconds)
{
  g_autoptr(GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));

  listen_for (bench, seconds, ms);
  return ms->len;
}

static void
measure_strangers (Bench *bench)
{
  double before_kb = load_host_memory_kb (&bench->host), most_kb = before_kb;
  LoadStrangers strangers;
  guint edits = 0;

  load_strangers_init (&strangers, bench->strangers);
  for (guint n = 0; n < bench->strangers; n += BATCH)
    {
      load_strangers_come (&strangers, bench->host.port, BATCH);
      most_kb = peak_kb (bench, most_kb);
    }
  for (guint i = 0; i < DRIPS; i++)
    {
      load_strangers_drip (&strangers);
      edits += answered (bench, 1);
      most_kb = peak_kb (bench, most_kb);
    }
  g_autofree char *what = g_strdup_printf ("%u connections without TLS, then a byte a second: memory of the host grows by",
                                           bench->strangers);

  grew (bench, what, most_kb - before_kb, 20);
  bench_row_plain ("the same: those that the host let go within 6 s", strangers.refused, "");
  bench_row_at_least ("the same: edits heard by all players meanwhile", edits / (double) DRIPS, EDITS_A_SECOND / 2, "/s");
  load_strangers_clear (&strangers);
}

static void
measure_enemy (Bench *bench, const char *what, void (*act) (RawPeer *peer, gpointer user), const char *unit)
{
  g_autofree char *memory = g_strdup_printf ("%s: memory of the host grows by", what);
  g_autofree char *took = g_strdup_printf ("%s: taken before it was cut", what);
  double before_kb = load_host_memory_kb (&bench->host), most_kb = before_kb;
  Enemy enemy;
  GThread *thread = set_off (&enemy, bench, act);

  while (!g_atomic_int_get (&enemy.done))
    {
      most_kb = peak_kb (bench, most_kb);
      g_usleep (1000);
    }
  g_thread_join (thread);
  g_clear_object (&enemy.socket);
  grew (bench, memory, most_kb - before_kb, 5);
  bench_row_plain (took, (double) enemy.said, unit);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, >=, 2);
  Bench bench = { .rounds = argc > 2 ? (guint) atoi (argv[2]) : ROUNDS, .strangers = argc > 3 ? (guint) atoi (argv[3]) : STRANGERS,
                  .bounded = TRUE };

  begin (&bench, argv[1]);
  measure_flood (&bench);
  measure_strangers (&bench);
  measure_enemy (&bench, "a message in endless pieces of 8 KiB", endless_pieces, "pieces");
  measure_enemy (&bench, "an upload of a gigabyte", upload, "MiB");
  bench_row_at_least ("edits heard by all players after all that", answered (&bench, 3) / 3.0, EDITS_A_SECOND * 0.9, "/s");
  bench_row ("players lost", bench.players.lost, 0, "");
  bench.bounded = bench.bounded && bench.players.lost == 0;
  load_crowd_stop (&bench.players);
  load_crowd_clear (&bench.players);
  load_host_clear (&bench.host);
  g_free (bench.jam);
  return bench.bounded ? EXIT_SUCCESS : EXIT_FAILURE;
}
