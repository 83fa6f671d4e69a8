/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits between ten guests of one host over TLS on loopback, and what the wire carries meanwhile. The floor, a bare WebSocket relay
 * (bare-relay), runs in the same process and takes turns with us message by message, so that whatever else the machine does hits
 * both alike; its guests share a thread, and so do ours unless each gets one of its own (--threads): then ten of them wake up at
 * once, and the figure is of the machine's cores as well.
 * bench-edit [--threads] */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "bare-relay.h"
#include "bench-row.h"
#include "tutti-demo.h"
#include "tutti-files.h"
#include "tutti-jam-json.h"
#include "tutti-replica.h"
#include "tutti-room.h"
#include "tutti-wire.h"

enum { GUESTS = 10, RATE = 20, SECONDS = 20, WARM_UP = 20, EDITS = RATE * SECONDS + WARM_UP, QUIET_S = 10,
       PERIOD_US = G_USEC_PER_SEC / RATE };

typedef struct
{
  guint         index;
  GThread      *thread;            /* NULL: in the first guest's */
  GSource      *tick;              /* the thread's */
  GMainContext *context;
  GMainLoop    *loop;
  TuttiReplica *replica;           /* the thread's */
  TuttiWire    *wire;              /* the thread's */
  gint64        clicked_us, opened_us, welcomed_us;
  gint64        heard_us[EDITS];   /* the first guest's edits, when they showed here */
  guint         heard, sent;
  gint64        sent_us[EDITS];
  GArray       *sizes;             /* of double: all of them */
  gint          live;              /* atomic */
} Guest;

typedef struct
{
  TuttiAddress *address;
  gint64        origin_ns;
  TuttiId       clip;
  guint         author;            /* person number of the first guest; set before anyone edits */
  gint          done;              /* atomic: guests that have heard all */
} Bench;

static Bench bench;

static TuttiNow
now (void)
{
  gint64 us = g_get_monotonic_time ();

  return (TuttiNow) { (us * 1000 - bench.origin_ns) * 6 / 125000, us };
}

/* ---- calls into a guest's thread, which wait ---- */

typedef struct
{
  void   (*func) (Guest *guest);
  Guest   *guest;
  gint     done;
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  call->func (call->guest);
  g_atomic_int_set (&call->done, 1);
  return G_SOURCE_REMOVE;
}

static void
call_guest (Guest *guest, void (*func) (Guest *guest))
{
  Call call = { func, guest, 0 };

  g_main_context_invoke (guest->context, run_call, &call);
  while (!g_atomic_int_get (&call.done))
    g_usleep (500);
}

/* ---- a guest ---- */

static void
on_send (gpointer user, const char *text)
{
  tutti_wire_send (((Guest *) user)->wire, text);
}

static void
on_changed (gpointer user, const TuttiTarget *what, guint by)
{
  Guest *guest = user;

  if (bench.author == 0 || by != bench.author || guest->index == 0 || what->scope != TUTTI_SCOPE_STEP)
    return;
  guest->heard_us[guest->heard++] = g_get_monotonic_time ();
  if (guest->heard == EDITS)
    g_atomic_int_inc (&bench.done);
}

static void
on_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
}

static void
on_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  ((Guest *) user)->welcomed_us = g_get_monotonic_time ();
}

static void
on_live (gpointer user)
{
  g_atomic_int_set (&((Guest *) user)->live, 1);
}

static void
on_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  g_error ("an edit was refused: %s", why->message);
}

static void
on_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
on_present (gpointer user, guint number, gboolean here)
{
}

static void
on_repaired (gpointer user)
{
  g_error ("a copy came apart");
}

static void
on_lead (gpointer user, gint64 frames)
{
}

static void
on_opened (gpointer user)
{
  Guest *guest = user;

  guest->opened_us = g_get_monotonic_time ();
  tutti_replica_connected (guest->replica);
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  Guest *guest = user;
  g_autoptr(GError) error = NULL;

  if (strstr (text, "\"step\"") != NULL && bench.author != 0)
    {
      double size = (double) length;

      g_array_append_val (guest->sizes, size);
    }
  if (!tutti_replica_received (guest->replica, text, length, now (), &error))
    g_error ("%s", error->message);
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

static gboolean
on_tick (gpointer data)
{
  tutti_replica_tick (((Guest *) data)->replica, now ());
  return G_SOURCE_CONTINUE;
}

static gpointer
guest_main (gpointer data)
{
  Guest *guest = data;

  g_main_context_push_thread_default (guest->context);
  g_main_loop_run (guest->loop);
  g_main_context_pop_thread_default (guest->context);
  return NULL;
}

static void
guest_click (Guest *guest)
{
  TuttiWireCalls calls = { guest, on_opened, on_received, on_failed, on_closed };

  guest->tick = g_timeout_source_new (100);
  g_source_set_callback (guest->tick, on_tick, guest, NULL);
  g_source_attach (guest->tick, guest->context);
  guest->clicked_us = g_get_monotonic_time ();
  guest->wire = tutti_wire_new_outside (bench.address, NULL, &calls);
}

static void
guest_leave (Guest *guest)
{
  g_clear_pointer (&guest->wire, tutti_wire_free);
  g_source_destroy (guest->tick);
  g_source_unref (guest->tick);
}

/* @first: (nullable) whose thread it shares. */
static void
guest_join (Guest *guest, guint index, const Guest *first)
{
  TuttiReplicaHooks hooks = { guest, on_send, on_changed, on_confirmed, on_welcomed, on_live, on_refused, on_crossed, on_present,
                              on_repaired, on_lead };
  g_autofree char *name = g_strdup_printf ("Guest %u", index);

  guest->index = index;
  guest->context = first != NULL ? g_main_context_ref (first->context) : g_main_context_new ();
  guest->loop = g_main_loop_new (guest->context, FALSE);
  guest->sizes = g_array_new (FALSE, FALSE, sizeof (double));
  guest->replica = tutti_replica_new (&hooks, name, (TuttiPersonColour) (index % TUTTI_N_PERSON_COLOURS));
  if (first == NULL)
    guest->thread = g_thread_new ("guest", guest_main, guest);
  call_guest (guest, guest_click);
  while (!g_atomic_int_get (&guest->live))
    g_usleep (500);
}

static void
guest_clear (Guest *guest)
{
  tutti_replica_free (guest->replica);
  g_main_loop_unref (guest->loop);
  g_main_context_unref (guest->context);
  g_array_unref (guest->sizes);
}

static void
stop_threads (Guest *guests)
{
  for (guint i = 0; i < GUESTS; i++)
    call_guest (&guests[i], guest_leave);
  for (guint i = 0; i < GUESTS; i++)
    if (guests[i].thread != NULL)
      {
        g_main_loop_quit (guests[i].loop);
        g_thread_join (guests[i].thread);
      }
}

/* ---- what is measured ---- */

static void
submit (Guest *guest, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  if (!tutti_replica_submit (guest->replica, op, now (), &error))
    g_error ("%s", error->message);
}

static void
guest_play (Guest *guest)
{
  submit (guest, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
}

static void
send_edit (Guest *guest)
{
  guint n = guest->sent++;

  guest->sent_us[n] = g_get_monotonic_time ();
  submit (guest, tutti_op_new (TUTTI_OP_STEP, bench.clip, TUTTI_N (n % 16), TUTTI_N (1 + n % 127)));
}

static gboolean
run_edit (gpointer data)
{
  send_edit (data);
  return G_SOURCE_REMOVE;
}

static void
sleep_until (gint64 us)
{
  gint64 left_us = us - g_get_monotonic_time ();

  if (left_us > 0)
    g_usleep ((gulong) left_us);
}

/* RATE of each a second, ours and the floor's in turn. */
static void
edit_in_turn (Guest *first, BareRelay *floor)
{
  gint64 begun_us = g_get_monotonic_time ();

  for (guint n = 0; n < EDITS; n++)
    {
      sleep_until (begun_us + n * PERIOD_US);
      g_main_context_invoke (first->context, run_edit, first);
      sleep_until (begun_us + n * PERIOD_US + PERIOD_US / 2);
      bare_relay_send (floor);
    }
  bare_relay_finish (floor);
  while (g_atomic_int_get (&bench.done) < GUESTS - 1)
    g_usleep (10000);
}

/* Messages and bytes of one guest while nobody does anything but listen. */
static void
measure_quiet (Guest *guest)
{
  TuttiLinkFigures before = tutti_link_get_figures (tutti_wire_get_link (guest->wire)), after;

  g_usleep (QUIET_S * G_USEC_PER_SEC);
  after = tutti_link_get_figures (tutti_wire_get_link (guest->wire));
  bench_row_plain ("messages a second to a guest, only playing", (double) (after.messages_in - before.messages_in) / QUIET_S, "/s");
  bench_row_plain ("messages a second from a guest, only playing", (double) (after.messages_out - before.messages_out) / QUIET_S, "/s");
  bench_row_plain ("bytes a second to a guest, only playing", (double) (after.wire_bytes_in - before.wire_bytes_in) / QUIET_S, "B/s");
  bench_row_plain ("bytes a second from a guest, only playing", (double) (after.wire_bytes_out - before.wire_bytes_out) / QUIET_S, "B/s");
}

static void
report_joins (Guest *guests)
{
  g_autoptr(GArray) hello = g_array_new (FALSE, FALSE, sizeof (double)), click = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < GUESTS; i++)
    {
      double hello_ms = (double) (guests[i].welcomed_us - guests[i].opened_us) / 1000;
      double click_ms = (double) (guests[i].welcomed_us - guests[i].clicked_us) / 1000;

      g_array_append_val (hello, hello_ms);
      g_array_append_val (click, click_ms);
    }
  bench_row ("hello → welcome, median of 10", bench_quantile (hello, 0.5), 2, "ms");
  bench_row_plain ("hello → welcome, worst of 10", bench_quantile (hello, 1), "ms");
  bench_row ("click → welcome, median of 10", bench_quantile (click, 0.5), 100, "ms");
  bench_row_plain ("click → welcome, worst of 10", bench_quantile (click, 1), "ms");
}

/* Milliseconds from edit @n to the slowest who did not make it. */
static double
slowest_ms (Guest *guests, guint n)
{
  gint64 last_us = 0;

  for (guint i = 1; i < GUESTS; i++)
    last_us = MAX (last_us, guests[i].heard_us[n]);
  return (double) (last_us - guests[0].sent_us[n]) / 1000;
}

static void
report_edits (Guest *guests, const BareRelay *floor)
{
  g_autoptr(GArray) ours = g_array_new (FALSE, FALSE, sizeof (double)), bare = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint n = WARM_UP; n < EDITS; n++)
    {
      double ours_ms = slowest_ms (guests, n), bare_ms = bare_relay_get_ms (floor, n);

      g_array_append_val (ours, ours_ms);
      g_array_append_val (bare, bare_ms);
    }
  bench_row ("edit → applied at the slowest of 9, median", bench_quantile (ours, 0.5), 0.5, "ms");
  bench_row ("edit → applied at the slowest of 9, p99", bench_quantile (ours, 0.99), 3, "ms");
  bench_row_plain ("the same through a bare WebSocket relay, in turn, median", bench_quantile (bare, 0.5), "ms");
  bench_row_plain ("the same through a bare WebSocket relay, in turn, p99", bench_quantile (bare, 0.99), "ms");
  bench_row ("edit to relay, ratio of medians", bench_quantile (ours, 0.5) / bench_quantile (bare, 0.5), 1.5, "");
  bench_row ("payload of a step edit at a receiver, median", bench_quantile (guests[1].sizes, 0.5), 64, "bytes");
  bench_row ("payload of a step edit at a receiver, longest", bench_quantile (guests[1].sizes, 1), 64, "bytes");
}

static void
apply (TuttiJam *jam, TuttiOp *op)
{
  TuttiStamp stamp = { 0 };

  if (!tutti_jam_apply (jam, op, &stamp, NULL, NULL))
    g_error ("the jam to be measured cannot be made");
  tutti_op_free (op);
}

/* @every: which steps of each clip are on; 0 none. */
static double
snapshot_bytes (guint every)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  TuttiId scene = tutti_id (0x5eed1234, 1);

  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "Verse", TUTTI_N (0)));
  for (guint i = 0; i < 16; i++)
    {
      TuttiId track = tutti_id (0x5eed1234, 10 + i), clip = tutti_id (0x5eed1234, 100 + i);
      g_autofree char *name = g_strdup_printf ("Track %u", i + 1);

      apply (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, track, name, "kit:tight-kick", TUTTI_N (i % TUTTI_N_COLOURS)));
      apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track, scene, ""));
      for (guint step = i % 2; every > 0 && step < 16; step += every)
        apply (jam, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (step), TUTTI_N (step % 4 == 0 ? 100 : 70)));
      apply (jam, tutti_op_new (TUTTI_OP_LAUNCH, track, clip, TUTTI_N (TUTTI_QUANTUM_NOW)));
    }
  g_autofree char *text = tutti_jam_to_text (jam);

  return (double) strlen (text);
}

static void
play_and_edit (TuttiHosting *hosting, gboolean threads)
{
  g_autofree Guest *guests = g_new0 (Guest, GUESTS);
  g_autoptr(BareRelay) floor = NULL;

  bench.origin_ns = tutti_hosting_get_origin_ns (hosting);
  for (guint i = 0; i < GUESTS; i++)
    guest_join (&guests[i], i, i > 0 && !threads ? &guests[0] : NULL);
  report_joins (guests);
  bench.clip = tutti_replica_get_shown (guests[0].replica)->tracks[0]->clips[0]->id;
  call_guest (&guests[0], guest_play);
  g_usleep (G_USEC_PER_SEC);
  measure_quiet (&guests[1]);
  bench.author = tutti_replica_get_me (guests[0].replica);
  floor = bare_relay_new (GUESTS, EDITS);
  edit_in_turn (&guests[0], floor);
  stop_threads (guests);
  report_edits (guests, floor);
  for (guint i = 0; i < GUESTS; i++)
    guest_clear (&guests[i]);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_autofree char *folder = g_dir_make_tmp ("tutti-bench-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStudio) studio = tutti_studio_new (folder, NULL, &error);
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);
  TuttiHostingPlace place = { .loopback = TRUE };
  TuttiHosting *hosting = NULL;
  gboolean threads = argc > 1 && g_str_equal (argv[1], "--threads");
  guint16 port = 0;

  g_assert_no_error (error);
  g_autofree char *jam = tutti_room_create (tutti_studio_get_store (studio), "Bench", ops, &error);

  if (jam != NULL)
    hosting = tutti_hosting_open (studio, jam, 16, &error);
  if (hosting != NULL)
    port = tutti_hosting_listen (hosting, &place, &error);
  g_assert_no_error (error);
  bench.address = tutti_address_new ("127.0.0.1", NULL, port);
  g_print (threads ? "guests in threads of their own:\n" : "guests in one thread, as the relay's:\n");
  play_and_edit (hosting, threads);
  bench_row ("snapshot of 16 tracks, a clip of 16 steps each, half of them on", snapshot_bytes (2) / 1024, 6, "KB");
  bench_row_plain ("the same with no step on", snapshot_bytes (0) / 1024, "KB");
  g_object_unref (hosting);
  g_clear_object (&studio);
  tutti_address_free (bench.address);
  tutti_remove_tree (folder);
  return EXIT_SUCCESS;
}
