/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A house full of jams: one tutti-host, 50 jams, in each 8 who edit five times a second. The host is a process of its own, so that
 * what it takes is its alone; all guests share this one, and what they cost is in the times as well.
 * bench-box TUTTI-HOST */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench-row.h"
#include "tutti-demo.h"
#include "tutti-message.h"
#include "tutti-room.h"
#include "tutti-store-sqlite.h"
#include "tutti-test-tree.h"
#include "tutti-wire.h"

enum { JAMS = 50, GUESTS_A_JAM = 8, GUESTS = JAMS * GUESTS_A_JAM, EDITS_A_SECOND = 5, SECONDS = 20, WARM_UP_S = 3,
       PERIOD_US = G_USEC_PER_SEC / EDITS_A_SECOND, JOIN_EVERY_US = 25000 };

/* One edit: its number in the jam is its place in the array. */
typedef struct
{
  gint64 sent_us, heard_us;        /* heard_us: at the slowest of the others */
  guint  heard;                    /* by so many others */
} Edit;

typedef struct
{
  char   *id;
  GArray *edits;                   /* of Edit */
} Jam;

typedef struct
{
  Jam       *jam;
  TuttiWire *wire;
  gint64     sent_us[512];         /* by the number of the edit */
  gint64     number, seq, next_us;
  gint64     acked_us, opened_us;
  gboolean   live;
} Guest;

typedef struct
{
  guint16  port;
  GPid     pid;
  TuttiId  clip;
  Jam      jams[JAMS];
  Guest    guests[GUESTS];
  guint    n_live, refused;
  gboolean counts;                 /* the time of warming up is over */
} Bench;

static Bench bench;

/* ---- what the host takes ---- */

static double
host_memory_kb (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int) bench.pid), *text = NULL;
  long pages, resident = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &pages, &resident), ==, 2);
  return (double) resident * (double) sysconf (_SC_PAGESIZE) / 1024;
}

/* Seconds of all its threads on a processor. */
static double
host_cpu_s (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) bench.pid), *text = NULL;
  unsigned long user, system;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (strrchr (text, ')') + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system), ==, 2);
  return (double) (user + system) / (double) sysconf (_SC_CLK_TCK);
}

/* ---- a guest ---- */

static void
say (Guest *guest, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  tutti_wire_send (guest->wire, text);
}

static void
on_opened (gpointer user)
{
  TuttiMessage hello = { .kind = TUTTI_MESSAGE_HELLO, .hello = { .protocol = TUTTI_PROTOCOL_VERSION, .name = "Guest" } };

  say (user, &hello);
}

static Edit *
edit_of (Jam *jam, gint64 seq)
{
  if ((gint64) jam->edits->len <= seq)
    g_array_set_size (jam->edits, (guint) seq + 1);
  return &g_array_index (jam->edits, Edit, seq);
}

static void
note_heard (Guest *guest, gint64 seq, gint64 now_us)
{
  Edit *edit = edit_of (guest->jam, seq);

  edit->heard_us = now_us;
  edit->heard++;
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  Guest *guest = user;
  gint64 now_us = g_get_monotonic_time ();
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;

  if (!tutti_message_read (text, length, &message, &error))
    g_error ("%s", error->message);
  if (message.kind == TUTTI_MESSAGE_LIVE)
    {
      guest->live = TRUE;
      bench.n_live++;
    }
  else if (message.kind == TUTTI_MESSAGE_STAMPED)
    note_heard (guest, message.stamp.seq, now_us);
  else if (message.kind == TUTTI_MESSAGE_ANSWER && bench.counts)
    edit_of (guest->jam, message.stamp.seq)->sent_us = guest->sent_us[message.number % G_N_ELEMENTS (guest->sent_us)];
  else if (message.kind == TUTTI_MESSAGE_NO)
    bench.refused++;
  guest->seq = MAX (guest->seq, message.stamp.seq);
}

static void
on_failed (gpointer user, const GError *error)
{
  g_error ("no connection: %s", error->message);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  g_error ("the connection is gone: %s", words);
}

static void
join (Guest *guest, Jam *jam)
{
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, bench.port);
  TuttiWireCalls calls = { guest, on_opened, on_received, on_failed, on_closed };

  guest->jam = jam;
  address->jam = g_strdup (jam->id);
  guest->wire = tutti_wire_new_outside (address, NULL, &calls);
}

static void
edit (Guest *guest, gint64 now_us)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_EDIT, .number = ++guest->number, .base = guest->seq };

  message.op = tutti_op_new (TUTTI_OP_STEP, bench.clip, TUTTI_N (guest->number % 16), TUTTI_N (1 + guest->number % 127));
  guest->sent_us[guest->number % G_N_ELEMENTS (guest->sent_us)] = g_get_monotonic_time ();
  say (guest, &message);
  tutti_op_free (g_steal_pointer (&message.op));
  if (now_us - guest->acked_us < G_USEC_PER_SEC)
    return;
  guest->acked_us = now_us;
  say (guest, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ACK, .stamp.seq = guest->seq });
}

/* ---- time ---- */

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
run_until (gint64 us)
{
  guint wake = 0;

  while (g_get_monotonic_time () < us)
    {
      wake = g_timeout_add (1, never_called, NULL);
      g_main_context_iteration (NULL, TRUE);
      if (g_main_context_find_source_by_id (NULL, wake) != NULL)
        g_source_remove (wake);
    }
}

static gboolean
play_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  guint *next = data;
  gint64 now_us = g_get_monotonic_time ();

  /* They take turns, evenly over the period. */
  while (bench.guests[*next].next_us <= now_us)
    {
      edit (&bench.guests[*next], now_us);
      bench.guests[*next].next_us += PERIOD_US;
      *next = (*next + 1) % GUESTS;
    }
  g_source_set_ready_time (source, bench.guests[*next].next_us);
  return G_SOURCE_CONTINUE;
}

static GSource *
start_playing (guint *next)
{
  static GSourceFuncs functions = { .dispatch = play_dispatch };
  GSource *source = g_source_new (&functions, sizeof (GSource));
  gint64 begun_us = g_get_monotonic_time ();

  for (guint i = 0; i < GUESTS; i++)
    bench.guests[i].next_us = begun_us + (gint64) i * PERIOD_US / GUESTS;
  g_source_set_callback (source, never_called, next, NULL);
  g_source_set_ready_time (source, begun_us);
  g_source_attach (source, NULL);
  return source;
}

/* ---- the house ---- */

static void
find_clip (const GPtrArray *ops)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiStamp stamp = { 0 };

  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, NULL));
  bench.clip = jam->tracks[0]->clips[0]->id;
}

static void
make_jams (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStore) store = tutti_store_sqlite_open (folder, TUTTI_STORE_SQLITE_PATIENCE_MS, &error);
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);

  g_assert_no_error (error);
  find_clip (ops);
  for (guint i = 0; i < JAMS; i++)
    {
      bench.jams[i].id = tutti_room_create (store, "Bench", ops, &error);
      g_assert_no_error (error);
      bench.jams[i].edits = g_array_new (FALSE, TRUE, sizeof (Edit));
    }
  g_assert_true (tutti_store_close (store, NULL));
}

static void
start_host (const char *program, const char *folder)
{
  static const char limits[] = "[host]\nport=0\n[announce]\nenabled=false\n"
                               "[limits]\njams=100\nparticipants=1000\nconnections=1000\nconnections-per-address=1000\n";
  g_autofree char *config = g_build_filename (folder, "host.conf", NULL);
  const char *argv[] = { program, "--config", config, "--data", folder, NULL };
  g_autoptr(GError) error = NULL;
  char line[256] = "";
  int out;

  g_assert_true (g_file_set_contents (config, limits, -1, NULL));
  g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &bench.pid, NULL, &out, NULL, &error);
  g_assert_no_error (error);
  FILE *said = fdopen (out, "r");

  g_assert_nonnull (fgets (line, sizeof line, said));
  bench.port = (guint16) strtoul (strchr (line, ':') + 1, NULL, 10);
  fclose (said);
}

/* Guests @from to @to of each jam, slowly enough for a door that bounds how fast one address comes. */
static void
join_all (guint from, guint to)
{
  guint wanted = bench.n_live + JAMS * (to - from);

  for (guint i = from; i < to; i++)
    for (guint jam = 0; jam < JAMS; jam++)
      {
        join (&bench.guests[i * JAMS + jam], &bench.jams[jam]);
        run_until (g_get_monotonic_time () + JOIN_EVERY_US);
      }
  while (bench.n_live < wanted)
    g_main_context_iteration (NULL, TRUE);
}

/* ---- what is said ---- */

static void
report_edits (void)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint jam = 0; jam < JAMS; jam++)
    for (guint i = 0; i < bench.jams[jam].edits->len; i++)
      {
        const Edit *one = &g_array_index (bench.jams[jam].edits, Edit, i);
        double ms = (double) (one->heard_us - one->sent_us) / 1000;

        if (one->sent_us != 0 && one->heard == GUESTS_A_JAM - 1)
          g_array_append_val (times, ms);
      }
  g_assert_cmpuint (times->len, >, JAMS);
  bench_row_plain ("50 jams × 8 × 5 edits/s: edits heard by all others", (double) times->len / SECONDS, "/s");
  bench_row_plain ("50 jams × 8 × 5 edits/s: edits refused", bench.refused, "");
  bench_row_plain ("50 jams × 8 × 5 edits/s: edit → heard by the slowest of 7, median", bench_quantile (times, 0.5), "ms");
  bench_row_plain ("50 jams × 8 × 5 edits/s: edit → heard by the slowest of 7, p99", bench_quantile (times, 0.99), "ms");
}

/* In all jams, as far as their guests know. */
static gint64
count_stamped (void)
{
  gint64 n = 0;

  for (guint i = 0; i < JAMS; i++)
    n += bench.guests[i].seq;
  return n;
}

static void
play (void)
{
  guint next = 0;
  GSource *source = start_playing (&next);

  run_until (g_get_monotonic_time () + WARM_UP_S * G_USEC_PER_SEC);
  bench.counts = TRUE;
  double cpu_s = host_cpu_s ();
  gint64 stamped = count_stamped ();
  gint64 begun_us = g_get_monotonic_time ();

  run_until (begun_us + SECONDS * G_USEC_PER_SEC);
  double seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;

  cpu_s = host_cpu_s () - cpu_s;
  bench_row_plain ("50 jams × 8 × 5 edits/s: processor of the host", 100 * cpu_s / seconds, "% of one");
  bench_row_plain ("50 jams × 8 × 5 edits/s: processor of the host an edit", 1e6 * cpu_s / (double) (count_stamped () - stamped), "µs");
  g_source_destroy (source);
  g_source_unref (source);
  /* What is under way arrives. */
  run_until (g_get_monotonic_time () + G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, ==, 2);
  g_autofree char *folder = g_dir_make_tmp ("tutti-bench-XXXXXX", NULL);

  make_jams (folder);
  start_host (argv[1], folder);
  double empty_kb = host_memory_kb ();

  join_all (0, 1);
  double alone_kb = host_memory_kb ();

  bench_row_plain ("memory of the host with one jam open, nobody there", empty_kb / 1024, "MB");
  bench_row_plain ("memory for each further jam with its first participant", (alone_kb - empty_kb) / (JAMS - 1), "KB");
  join_all (1, GUESTS_A_JAM);
  bench_row ("memory a participant", (host_memory_kb () - alone_kb) / (GUESTS - JAMS), 100, "KB");
  play ();
  bench_row_plain ("memory of the host with 50 × 8 after the playing", host_memory_kb () / 1024, "MB");
  report_edits ();
  for (guint i = 0; i < GUESTS; i++)
    tutti_wire_free (bench.guests[i].wire);
  kill (bench.pid, SIGTERM);
  g_spawn_close_pid (bench.pid);
  for (guint i = 0; i < JAMS; i++)
    {
      g_free (bench.jams[i].id);
      g_array_unref (bench.jams[i].edits);
    }
  tutti_test_remove_tree (folder);
  return EXIT_SUCCESS;
}
