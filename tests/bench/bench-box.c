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
#include "tutti-files.h"
#include "tutti-message.h"
#include "tutti-room.h"
#include "tutti-store-sqlite.h"
#include "tutti-wire.h"

enum { JAMS = 50, GUESTS_A_JAM = 8, GUESTS = JAMS * GUESTS_A_JAM, GROUPS = 5, GROUP = GUESTS / GROUPS };
enum { EDITS_A_SECOND = 5, SECONDS = 20, WARM_UP_S = 3,
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
  gint64     acked_us, clicked_us, live_us;
} Guest;

/* Ten jams and all their guests, in a thread of their own: in one loop 400 of them would mostly wait for each other. */
typedef struct
{
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  Guest        *guests;            /* GROUP of them, those of a jam beside each other */
  guint         turn;              /* whose edit is next */
  GSource      *source;
} Group;

typedef struct
{
  guint16  port;
  GPid     pid;
  TuttiId  clip;
  Jam      jams[JAMS];
  Guest    guests[GUESTS];
  Group    groups[GROUPS];
  gint     n_live, refused, lost;  /* atomic */
  gint     counts;                 /* atomic: the time of warming up is over */
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

/* Seconds in which its threads could have run and had no processor: what a busy machine adds to all times. */
static double
host_starved_s (void)
{
  g_autofree char *tasks = g_strdup_printf ("/proc/%d/task", (int) bench.pid);
  g_autoptr(GDir) dir = g_dir_open (tasks, 0, NULL);
  guint64 ran, waited, sum = 0;
  const char *task;

  while ((task = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (tasks, task, "schedstat", NULL), *text = NULL;

      if (g_file_get_contents (path, &text, NULL, NULL) &&
          sscanf (text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &ran, &waited) == 2)
        sum += waited;
    }
  return (double) sum / 1e9;
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
      guest->live_us = now_us;
      g_atomic_int_inc (&bench.n_live);
    }
  else if (message.kind == TUTTI_MESSAGE_STAMPED)
    note_heard (guest, message.stamp.seq, now_us);
  else if (message.kind == TUTTI_MESSAGE_ANSWER && g_atomic_int_get (&bench.counts))
    edit_of (guest->jam, message.stamp.seq)->sent_us = guest->sent_us[message.number % G_N_ELEMENTS (guest->sent_us)];
  else if (message.kind == TUTTI_MESSAGE_NO)
    g_atomic_int_inc (&bench.refused);
  guest->seq = MAX (guest->seq, message.stamp.seq);
}

static void
on_failed (gpointer user, const GError *error)
{
  g_error ("no connection: %s", error->message);
}

/* On a machine that is too busy. */
static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  g_atomic_int_inc (&bench.lost);
}

static gboolean
join (gpointer data)
{
  Guest *guest = data;
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, bench.port);
  TuttiWireCalls calls = { guest, on_opened, on_received, on_failed, on_closed };

  guest->clicked_us = g_get_monotonic_time ();
  address->jam = g_strdup (guest->jam->id);
  guest->wire = tutti_wire_new_outside (address, NULL, &calls);
  return G_SOURCE_REMOVE;
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

static gboolean
play_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  Group *group = data;
  gint64 now_us = g_get_monotonic_time ();

  /* They take turns, evenly over the period. */
  while (group->guests[group->turn].next_us <= now_us)
    {
      edit (&group->guests[group->turn], now_us);
      group->guests[group->turn].next_us += PERIOD_US;
      group->turn = (group->turn + 1) % GROUP;
    }
  g_source_set_ready_time (source, group->guests[group->turn].next_us);
  return G_SOURCE_CONTINUE;
}

static void
start_playing (Group *group, gint64 begun_us)
{
  static GSourceFuncs functions = { .dispatch = play_dispatch };

  for (guint i = 0; i < GROUP; i++)
    group->guests[i].next_us = begun_us + (gint64) i * PERIOD_US / GROUP;
  group->source = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (group->source, never_called, group, NULL);
  g_source_set_ready_time (group->source, begun_us);
  g_source_attach (group->source, group->context);
}

static gpointer
group_main (gpointer data)
{
  Group *group = data;

  g_main_context_push_thread_default (group->context);
  g_main_loop_run (group->loop);
  g_main_context_pop_thread_default (group->context);
  return NULL;
}

static void
start_groups (void)
{
  for (guint i = 0; i < GUESTS; i++)
    bench.guests[i].jam = &bench.jams[i / GUESTS_A_JAM];
  for (guint i = 0; i < GROUPS; i++)
    {
      Group *group = &bench.groups[i];

      group->context = g_main_context_new ();
      group->loop = g_main_loop_new (group->context, FALSE);
      group->guests = &bench.guests[i * GROUP];
      group->thread = g_thread_new ("guests", group_main, group);
    }
}

static gboolean
leave (gpointer data)
{
  Group *group = data;

  for (guint i = 0; i < GROUP; i++)
    tutti_wire_free (group->guests[i].wire);
  g_main_loop_quit (group->loop);
  return G_SOURCE_REMOVE;
}

static void
stop_groups (void)
{
  for (guint i = 0; i < GROUPS; i++)
    {
      Group *group = &bench.groups[i];

      g_main_context_invoke (group->context, leave, group);
      g_thread_join (group->thread);
      g_main_loop_unref (group->loop);
      g_main_context_unref (group->context);
    }
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
  gint wanted = g_atomic_int_get (&bench.n_live) + (gint) (JAMS * (to - from));

  for (guint i = from; i < to; i++)
    for (guint jam = 0; jam < JAMS; jam++)
      {
        guint guest = jam * GUESTS_A_JAM + i;

        g_main_context_invoke (bench.groups[guest / GROUP].context, join, &bench.guests[guest]);
        g_usleep (JOIN_EVERY_US);
      }
  while (g_atomic_int_get (&bench.n_live) < wanted)
    g_usleep (1000);
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
  bench_row_plain ("50 jams × 8 × 5 edits/s: connections lost", bench.lost, "");
  bench_row_plain ("50 jams × 8 × 5 edits/s: edit → heard by the slowest of 7, median", bench_quantile (times, 0.5), "ms");
  bench_row_plain ("50 jams × 8 × 5 edits/s: edit → heard by the slowest of 7, p99", bench_quantile (times, 0.99), "ms");
}

/* In all jams, as far as their guests know. */
static gint64
count_stamped (void)
{
  gint64 n = 0;

  for (guint i = 0; i < JAMS; i++)
    n += bench.guests[i * GUESTS_A_JAM].seq;
  return n;
}

/* Each of them found the jam on the disk. */
static void
report_opened (void)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 1; i < JAMS; i++)
    {
      double ms = (double) (bench.guests[i * GUESTS_A_JAM].live_us - bench.guests[i * GUESTS_A_JAM].clicked_us) / 1000;

      g_array_append_val (times, ms);
    }
  bench_row ("click → in a jam that lay on the disk, median of 49", bench_quantile (times, 0.5), 100, "ms");
  bench_row ("click → in a jam that lay on the disk, worst of 49", bench_quantile (times, 1), 100, "ms");
}

static void
play (void)
{
  gint64 now_us = g_get_monotonic_time (), stamped, begun_us;
  double cpu_s, starved_s, seconds;

  for (guint i = 0; i < GROUPS; i++)
    start_playing (&bench.groups[i], now_us + (gint64) i * PERIOD_US / GUESTS);
  g_usleep (WARM_UP_S * G_USEC_PER_SEC);
  g_atomic_int_set (&bench.counts, 1);
  cpu_s = host_cpu_s ();
  starved_s = host_starved_s ();
  stamped = count_stamped ();
  begun_us = g_get_monotonic_time ();
  g_usleep (SECONDS * G_USEC_PER_SEC);
  seconds = (double) (g_get_monotonic_time () - begun_us) / G_USEC_PER_SEC;
  cpu_s = host_cpu_s () - cpu_s;
  starved_s = host_starved_s () - starved_s;
  stamped = count_stamped () - stamped;
  bench_row_plain ("50 jams × 8 × 5 edits/s: processor of the host", 100 * cpu_s / seconds, "% of one");
  bench_row_plain ("50 jams × 8 × 5 edits/s: the host ready, without a processor", 100 * starved_s / seconds, "% of the time");
  bench_row_plain ("50 jams × 8 × 5 edits/s: processor of the host an edit", 1e6 * cpu_s / (double) stamped, "µs");
  for (guint i = 0; i < GROUPS; i++)
    {
      g_source_destroy (bench.groups[i].source);
      g_source_unref (bench.groups[i].source);
    }
  /* What is under way arrives. */
  g_usleep (G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, ==, 2);
  g_autofree char *folder = g_dir_make_tmp ("tutti-bench-XXXXXX", NULL);

  make_jams (folder);
  start_host (argv[1], folder);
  start_groups ();
  double empty_kb = host_memory_kb ();

  join_all (0, 1);
  report_opened ();
  double alone_kb = host_memory_kb ();

  bench_row_plain ("memory of the host with one jam open, nobody there", empty_kb / 1024, "MB");
  bench_row_plain ("memory for each further jam with its first participant", (alone_kb - empty_kb) / (JAMS - 1), "KB");
  join_all (1, GUESTS_A_JAM);
  bench_row ("memory a participant", (host_memory_kb () - alone_kb) / (GUESTS - JAMS), 100, "KB");
  play ();
  bench_row_plain ("memory of the host with 50 × 8 after the playing", host_memory_kb () / 1024, "MB");
  stop_groups ();
  report_edits ();
  kill (bench.pid, SIGTERM);
  g_spawn_close_pid (bench.pid);
  for (guint i = 0; i < JAMS; i++)
    {
      g_free (bench.jams[i].id);
      g_array_unref (bench.jams[i].edits);
    }
  tutti_remove_tree (folder);
  return EXIT_SUCCESS;
}
