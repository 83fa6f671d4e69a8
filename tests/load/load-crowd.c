/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load-crowd.h"

#include <string.h>

#define JOIN_EVERY_US 25000
#define RETURN_MS 50
#define TICK_MS 100
#define PENDING_MOST 200           /* who waits for so many answers waits */

struct _LoadGroup
{
  LoadCrowd    *crowd;
  GMainContext *context;
  GMainLoop    *loop;
  GThread      *thread;
  LoadGuest    *guests;            /* a_group of them */
  guint         n, turn;           /* whose edit is next */
  GSource      *play, *tick;
};

static TuttiNow
now (void)
{
  gint64 us = g_get_monotonic_time ();

  return (TuttiNow) { us * 6 / 125, us };
}

static LoadGroup *
group_of (LoadCrowd *crowd, guint guest)
{
  return &crowd->groups[guest / crowd->a_group];
}

/* ---- what is noted ---- */

static void
note_at (GArray *times, gint64 seq, gint64 us)
{
  if ((gint64) times->len <= seq)
    g_array_set_size (times, (guint) seq + 1);
  g_array_index (times, gint64, seq) = us;
}

static void
note_heard (LoadGuest *guest, gint64 seq)
{
  if (g_atomic_int_get (&guest->crowd->counts))
    note_at (guest->heard, seq, g_get_monotonic_time ());
}

static void
note_answered (LoadGuest *guest, gint64 number, gint64 seq)
{
  guest->answered_us = g_get_monotonic_time ();
  if (g_atomic_int_get (&guest->crowd->counts) && seq > 0)
    note_at (guest->sent, seq, guest->sent_at_us[number % G_N_ELEMENTS (guest->sent_at_us)]);
}

static void
note_live (LoadGuest *guest)
{
  guest->live_us = g_get_monotonic_time ();
  if (g_atomic_int_compare_and_exchange (&guest->live, 0, 1))
    g_atomic_int_inc (&guest->crowd->n_live);
}

/* ---- with a copy ---- */

static void
copy_send (gpointer user, const char *text)
{
  LoadGuest *guest = user;

  if (guest->wire != NULL)
    tutti_wire_send (guest->wire, text);
}

static void
copy_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

static void
copy_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  LoadGuest *guest = user;

  if (op != NULL && stamp->by == tutti_replica_get_me (guest->replica))
    note_answered (guest, ++guest->answered, stamp->seq);
  else if (op != NULL)
    note_heard (guest, stamp->seq);
  guest->seq = MAX (guest->seq, stamp->seq);
  if (guest->crowd->calls.confirmed != NULL)
    guest->crowd->calls.confirmed (guest, op, stamp);
}

static void
copy_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  LoadGuest *guest = user;

  if (welcome->token[0] != '\0')
    tutti_replica_set_token (guest->replica, welcome->token);
  if (guest->crowd->calls.welcomed != NULL)
    guest->crowd->calls.welcomed (guest, welcome);
}

static void
copy_live (gpointer user)
{
  note_live (user);
}

static void
copy_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  LoadGuest *guest = user;

  guest->answered++;
  g_atomic_int_inc (&guest->crowd->refused);
}

static void
copy_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
copy_present (gpointer user, guint number, gboolean here)
{
}

static void
copy_repaired (gpointer user)
{
  g_atomic_int_inc (&((LoadGuest *) user)->crowd->repaired);
}

static void
copy_lead (gpointer user, gint64 frames)
{
}

static TuttiReplica *
new_copy (LoadGuest *guest)
{
  TuttiReplicaHooks hooks = { guest, copy_send, copy_changed, copy_confirmed, copy_welcomed, copy_live, copy_refused, copy_crossed,
                              copy_present, copy_repaired, copy_lead };
  g_autofree char *name = g_strdup_printf ("Guest %u", guest->index);

  return tutti_replica_new (&hooks, name, (TuttiPersonColour) (guest->index % TUTTI_N_PERSON_COLOURS));
}

/* ---- the wire ---- */

static void
say (LoadGuest *guest, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  tutti_wire_send (guest->wire, text);
}

static void
on_opened (gpointer user)
{
  LoadGuest *guest = user;
  TuttiMessage hello = { .kind = TUTTI_MESSAGE_HELLO, .hello = { .protocol = TUTTI_PROTOCOL_VERSION, .name = "Guest" } };

  if (guest->replica != NULL)
    tutti_replica_connected (guest->replica);
  else
    say (guest, &hello);
}

static void
hear (LoadGuest *guest, const TuttiMessage *message)
{
  if (message->kind == TUTTI_MESSAGE_LIVE)
    note_live (guest);
  else if (message->kind == TUTTI_MESSAGE_STAMPED)
    note_heard (guest, message->stamp.seq);
  else if (message->kind == TUTTI_MESSAGE_ANSWER)
    note_answered (guest, message->number, message->stamp.seq);
  else if (message->kind == TUTTI_MESSAGE_NO)
    g_atomic_int_inc (&guest->crowd->refused);
  guest->seq = MAX (guest->seq, message->stamp.seq);
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  LoadGuest *guest = user;
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean ok = guest->replica != NULL ? tutti_replica_received (guest->replica, text, length, now (), &error)
                                       : tutti_message_read (text, length, &message, &error);

  if (!ok)
    g_error ("%s", error->message);
  if (guest->replica == NULL)
    hear (guest, &message);
}

static void lose (LoadGuest *guest);

static void
on_failed (gpointer user, const GError *error)
{
  LoadGuest *guest = user;

  if (!guest->crowd->returns)
    g_error ("no connection: %s", error->message);
  lose (guest);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  LoadGuest *guest = user;

  g_atomic_int_inc (&guest->crowd->lost);
  if (guest->replica != NULL)
    tutti_replica_disconnected (guest->replica);
  lose (guest);
}

static gboolean
come (gpointer data)
{
  LoadGuest *guest = data;
  guint16 port = guest->port != 0 ? guest->port : guest->crowd->port;
  const char *machine = guest->crowd->address != NULL ? guest->crowd->address : "127.0.0.1";
  g_autoptr(TuttiAddress) address = tutti_address_new (machine, NULL, port);
  TuttiWireCalls calls = { guest, on_opened, on_received, on_failed, on_closed };

  g_clear_pointer (&guest->again, g_source_unref);
  g_clear_pointer (&guest->wire, tutti_wire_free);
  guest->clicked_us = g_get_monotonic_time ();
  address->jam = g_strdup (guest->jam);
  guest->wire = tutti_wire_new_outside (address, NULL, &calls);
  return G_SOURCE_REMOVE;
}

/* The wire is dead, and goes when the next one is made: this may be one of its own calls. */
static void
lose (LoadGuest *guest)
{
  LoadCrowd *crowd = guest->crowd;

  if (g_atomic_int_compare_and_exchange (&guest->live, 1, 0))
    g_atomic_int_add (&crowd->n_live, -1);
  if (!crowd->returns)
    return;
  guest->again = g_timeout_source_new (RETURN_MS);
  g_source_set_callback (guest->again, come, guest, NULL);
  g_source_attach (guest->again, group_of (crowd, guest->index)->context);
}

void
load_crowd_hang_up (LoadGuest *guest)
{
  if (guest->wire == NULL || guest->again != NULL)
    return;
  g_clear_pointer (&guest->wire, tutti_wire_free);
  if (guest->replica != NULL)
    tutti_replica_disconnected (guest->replica);
  lose (guest);
}

/* ---- editing ---- */

static TuttiOp *
next_edit (LoadGuest *guest)
{
  LoadCrowd *crowd = guest->crowd;

  if (crowd->calls.edit != NULL)
    return crowd->calls.edit (guest);
  return tutti_op_new (TUTTI_OP_STEP, crowd->clip, TUTTI_N (guest->number % 16), TUTTI_N (1 + guest->number % 127));
}

static void
edit_light (LoadGuest *guest, TuttiOp *op, gint64 now_us)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_EDIT, .number = guest->number, .base = guest->seq, .op = op };

  say (guest, &message);
  if (now_us - guest->acked_us < G_USEC_PER_SEC)
    return;
  guest->acked_us = now_us;
  say (guest, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ACK, .stamp.seq = guest->seq });
}

static gboolean
may_edit (LoadGuest *guest)
{
  if (guest->replica == NULL)
    return g_atomic_int_get (&guest->live);
  return tutti_replica_get_shown (guest->replica) != NULL && tutti_replica_get_pending (guest->replica) < PENDING_MOST;
}

static void
edit (LoadGuest *guest, gint64 now_us)
{
  g_autoptr(TuttiOp) op = may_edit (guest) ? next_edit (guest) : NULL;
  g_autoptr(GError) error = NULL;

  if (op == NULL)
    return;
  guest->number++;
  guest->sent_at_us[guest->number % G_N_ELEMENTS (guest->sent_at_us)] = g_get_monotonic_time ();
  if (guest->replica == NULL)
    edit_light (guest, op, now_us);
  else if (!tutti_replica_submit (guest->replica, g_steal_pointer (&op), now (), &error))
    g_error ("%s", error->message);
}

static gboolean
play_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  LoadGroup *group = data;
  gint64 now_us = g_get_monotonic_time ();

  while (group->guests[group->turn].next_us <= now_us)
    {
      edit (&group->guests[group->turn], now_us);
      group->guests[group->turn].next_us += group->crowd->period_us;
      group->turn = (group->turn + 1) % group->n;
    }
  g_source_set_ready_time (source, group->guests[group->turn].next_us);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_tick (gpointer data)
{
  LoadGroup *group = data;

  for (guint i = 0; i < group->n; i++)
    if (group->guests[i].replica != NULL && g_atomic_int_get (&group->guests[i].live))
      tutti_replica_tick (group->guests[i].replica, now ());
  return G_SOURCE_CONTINUE;
}

/* ---- threads ---- */

typedef struct
{
  void     (*func) (LoadGuest *guest, gpointer data);
  LoadGuest *guest;
  gpointer   data;
  gint       done;                 /* atomic */
} Call;

static gboolean
run_call (gpointer data)
{
  Call *call = data;

  call->func (call->guest, call->data);
  g_atomic_int_set (&call->done, 1);
  return G_SOURCE_REMOVE;
}

void
load_crowd_call (LoadCrowd *crowd, guint guest, void (*func) (LoadGuest *guest, gpointer data), gpointer data)
{
  Call call = { func, &crowd->guests[guest], data, 0 };

  g_main_context_invoke (group_of (crowd, guest)->context, run_call, &call);
  while (!g_atomic_int_get (&call.done))
    g_usleep (200);
}

static gpointer
group_main (gpointer data)
{
  LoadGroup *group = data;

  g_main_context_push_thread_default (group->context);
  g_main_loop_run (group->loop);
  g_main_context_pop_thread_default (group->context);
  return NULL;
}

static void
start_group (LoadCrowd *crowd, guint index)
{
  LoadGroup *group = &crowd->groups[index];

  group->crowd = crowd;
  group->context = g_main_context_new ();
  group->loop = g_main_loop_new (group->context, FALSE);
  group->guests = &crowd->guests[index * crowd->a_group];
  group->n = MIN (crowd->a_group, crowd->n - index * crowd->a_group);
  group->tick = g_timeout_source_new (TICK_MS);
  g_source_set_callback (group->tick, on_tick, group, NULL);
  g_source_attach (group->tick, group->context);
  group->thread = g_thread_new ("guests", group_main, group);
}

void
load_crowd_init (LoadCrowd *crowd, guint n, guint n_groups, gboolean copies)
{
  *crowd = (LoadCrowd) { .n = n, .a_group = (n + n_groups - 1) / n_groups };
  crowd->n_groups = (n + crowd->a_group - 1) / crowd->a_group;
  crowd->guests = g_new0 (LoadGuest, n);
  crowd->groups = g_new0 (LoadGroup, crowd->n_groups);
  for (guint i = 0; i < n; i++)
    {
      LoadGuest *guest = &crowd->guests[i];

      guest->crowd = crowd;
      guest->index = i;
      guest->sent = g_array_new (FALSE, TRUE, sizeof (gint64));
      guest->heard = g_array_new (FALSE, TRUE, sizeof (gint64));
      guest->replica = copies ? new_copy (guest) : NULL;
    }
  for (guint i = 0; i < crowd->n_groups; i++)
    start_group (crowd, i);
}

void
load_crowd_clear (LoadCrowd *crowd)
{
  for (guint i = 0; i < crowd->n; i++)
    {
      g_array_unref (crowd->guests[i].sent);
      g_array_unref (crowd->guests[i].heard);
      g_clear_pointer (&crowd->guests[i].replica, tutti_replica_free);
    }
  for (guint i = 0; i < crowd->n_groups; i++)
    {
      g_main_loop_unref (crowd->groups[i].loop);
      g_main_context_unref (crowd->groups[i].context);
    }
  g_free (crowd->guests);
  g_free (crowd->groups);
}

void
load_crowd_join (LoadCrowd *crowd, guint guest)
{
  g_main_context_invoke (group_of (crowd, guest)->context, come, &crowd->guests[guest]);
  g_usleep (JOIN_EVERY_US);
}

void
load_crowd_await (LoadCrowd *crowd, gint n)
{
  while (g_atomic_int_get (&crowd->n_live) < n)
    g_usleep (1000);
}

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
begin_playing (LoadGuest *first, gpointer data)
{
  static GSourceFuncs functions = { .dispatch = play_dispatch };
  LoadCrowd *crowd = first->crowd;
  LoadGroup *group = group_of (crowd, first->index);
  gint64 begun_us = *(gint64 *) data + (gint64) (group - crowd->groups) * crowd->period_us / crowd->n;

  group->turn = 0;
  for (guint i = 0; i < group->n; i++)
    group->guests[i].next_us = begun_us + (gint64) i * crowd->period_us / group->n;
  group->play = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (group->play, never_called, group, NULL);
  g_source_set_ready_time (group->play, begun_us);
  g_source_attach (group->play, group->context);
}

void
load_crowd_play (LoadCrowd *crowd, double a_second)
{
  gint64 now_us = g_get_monotonic_time ();

  crowd->period_us = (gint64) (G_USEC_PER_SEC * crowd->n / a_second);
  for (guint i = 0; i < crowd->n_groups; i++)
    load_crowd_call (crowd, i * crowd->a_group, begin_playing, &now_us);
}

static void
end_playing (LoadGuest *first, gpointer data)
{
  LoadGroup *group = group_of (first->crowd, first->index);

  g_source_destroy (group->play);
  g_clear_pointer (&group->play, g_source_unref);
}

void
load_crowd_pause (LoadCrowd *crowd)
{
  for (guint i = 0; i < crowd->n_groups; i++)
    load_crowd_call (crowd, i * crowd->a_group, end_playing, NULL);
}

static void
leave (LoadGuest *first, gpointer data)
{
  LoadGroup *group = group_of (first->crowd, first->index);

  for (guint i = 0; i < group->n; i++)
    {
      if (group->guests[i].again != NULL)
        g_source_destroy (group->guests[i].again);
      g_clear_pointer (&group->guests[i].again, g_source_unref);
      g_clear_pointer (&group->guests[i].wire, tutti_wire_free);
    }
  g_source_destroy (group->tick);
  g_clear_pointer (&group->tick, g_source_unref);
  g_main_loop_quit (group->loop);
}

void
load_crowd_stop (LoadCrowd *crowd)
{
  for (guint i = 0; i < crowd->n_groups; i++)
    {
      load_crowd_call (crowd, i * crowd->a_group, leave, NULL);
      g_thread_join (crowd->groups[i].thread);
    }
}

/* ---- what came out ---- */

static void
add_times (LoadCrowd *crowd, guint from, guint to, guint author, gint64 seq, gint64 sent_us, GArray *slowest_ms, GArray *all_ms)
{
  guint before = all_ms->len;
  double slowest = 0;

  for (guint i = from; i < to; i++)
    {
      const GArray *heard = crowd->guests[i].heard;
      gint64 heard_us = seq < (gint64) heard->len ? g_array_index (heard, gint64, seq) : 0;
      double ms = (double) (heard_us - sent_us) / 1000;

      if (i == author)
        continue;
      if (heard_us == 0)
        {
          g_array_set_size (all_ms, before);
          return;
        }
      slowest = MAX (slowest, ms);
      g_array_append_val (all_ms, ms);
    }
  g_array_append_val (slowest_ms, slowest);
}

void
load_crowd_times (LoadCrowd *crowd, guint from, guint to, GArray *slowest_ms, GArray *all_ms)
{
  for (guint i = from; i < to; i++)
    {
      const GArray *sent = crowd->guests[i].sent;

      for (gint64 seq = 0; seq < (gint64) sent->len; seq++)
        if (g_array_index (sent, gint64, seq) != 0)
          add_times (crowd, from, to, i, seq, g_array_index (sent, gint64, seq), slowest_ms, all_ms);
    }
}

guint
load_crowd_n_sent (LoadCrowd *crowd, guint from, guint to)
{
  guint n = 0;

  for (guint i = from; i < to; i++)
    for (guint seq = 0; seq < crowd->guests[i].sent->len; seq++)
      n += g_array_index (crowd->guests[i].sent, gint64, seq) != 0;
  return n;
}
