/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host's life: connections come and go, something is said to them, time passes. */
#include "tutti-host-private.h"

#include "tutti-host-guard.h"

#include <string.h>

#define HELLO_WITHIN_US (TUTTI_HELLO_TIMEOUT_MS * 1000)
#define ACK_WITHIN_US (10 * G_USEC_PER_SEC)
#define HASH_EVERY_US G_USEC_PER_SEC
#define HASH_EVERY_OPS 32
#define GRAVES_KEPT 64

/* Documents that one participant gets because its copy differed: a repair now and then, not a stream of them. */
#define NEEDS_A_SECOND 1
#define NEEDS_AT_ONCE 4

TuttiHost *
tutti_host_new (TuttiJam *jam, gint64 seq, gint64 last_at, const TuttiHostSettings *settings, const TuttiHostHooks *hooks)
{
  TuttiHost *host = g_new0 (TuttiHost, 1);

  host->hooks = *hooks;
  host->settings = *settings;
  host->jam = jam;
  host->log = tutti_host_log_new (jam, seq, settings->before);
  host->guard = tutti_guard_new ();
  host->seats = g_ptr_array_new_with_free_func (g_free);
  host->visits = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  host->connections = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  host->seq = host->hashed_seq = seq;
  host->last_at = last_at;
  host->lead = host->lead_told = MAX (settings->lead_least, settings->lead);
  host->gathering = settings->gather_us > 0;
  host->pictures = tutti_pictures_new ();
  host->unused_sounds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return host;
}

void
tutti_host_free (TuttiHost *host)
{
  g_hash_table_unref (host->connections);
  g_hash_table_unref (host->unused_sounds);
  g_hash_table_unref (host->visits);
  g_ptr_array_unref (host->seats);
  tutti_host_log_free (host->log);
  tutti_guard_free (host->guard);
  tutti_pictures_free (host->pictures);
  tutti_jam_free (host->jam);
  g_free (host);
}

void
tutti_host_inherit (TuttiHost *host, const TuttiEstate *estate)
{
  for (gint64 seq = tutti_tail_get_oldest (estate->tail); seq <= tutti_tail_get_seq (estate->tail); seq++)
    {
      TuttiRecord record = *tutti_tail_get (estate->tail, seq);

      record.op = tutti_op_copy (record.op);
      tutti_host_note_visit (host, &record);
      tutti_host_log_add (host->log, record);
    }
  for (guint i = 0; i < estate->tokens->len; i++)
    {
      const TuttiToken *token = &g_array_index (estate->tokens, TuttiToken, i);

      tutti_host_remember (host, token->number, token->hash);
      ((TuttiSeat *) host->seats->pdata[host->seats->len - 1])->home = token->home != 0;
    }
  tutti_host_inherit_pictures (host, estate->pictures);
  if (estate->door == NULL)
    return;
  /* A door that cannot be read stays shut. */
  tutti_host_resume_door (host, estate->door, NULL);
  if (host->hooks.keep_door != NULL)
    host->hooks.keep_door (host->hooks.user, estate->door);
}

TuttiTail *
tutti_host_dup_tail (TuttiHost *host)
{
  TuttiTail *tail = tutti_tail_new ();
  gint64 oldest = tutti_host_log_get_oldest (host->log);

  tutti_tail_reset (tail, oldest - 1, oldest > host->seq ? tutti_host_log_get_epoch (host->log) : 0);
  for (gint64 seq = oldest; seq <= host->seq; seq++)
    tutti_tail_add (tail, tutti_host_log_get (host->log, seq));
  return tail;
}

void
tutti_host_is_home (TuttiHost *host, guint connection)
{
  host->home = connection;
}

void
tutti_host_recall (TuttiHost *host, const TuttiStamp *stamp, gint64 epoch, const char *text)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!tutti_message_read (text, strlen (text), &message, NULL) || message.kind != TUTTI_MESSAGE_STAMPED)
    return;
  TuttiRecord record = { *stamp, g_steal_pointer (&message.op), epoch, message.creator, message.number,
                         message.earlier };

  tutti_host_note_visit (host, &record);
  tutti_host_log_add (host->log, record);
}

char *
tutti_record_text (const TuttiRecord *record)
{
  TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_STAMPED, record);

  return tutti_message_write (&message);
}

TuttiOp *
tutti_host_log_op (const char *text, GError **error)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!tutti_message_read (text, strlen (text), &message, error))
    return NULL;
  return g_steal_pointer (&message.op);
}

static void
send_text (TuttiHost *host, const TuttiConnection *connection, const char *text)
{
  if (!connection->closing)
    host->hooks.send (host->hooks.user, connection->id, text);
}

void
tutti_host_say (TuttiHost *host, const TuttiConnection *connection, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  send_text (host, connection, text);
}

/* What people say, where they are and how they look is for people; that, and who was removed, only for those who know the words. */
static gboolean
is_for (const TuttiConnection *connection, TuttiMessageKind kind)
{
  gboolean talk = kind == TUTTI_MESSAGE_SAID || kind == TUTTI_MESSAGE_THERE || kind == TUTTI_MESSAGE_LOOKS;

  if ((kind == TUTTI_MESSAGE_LOOKS || kind == TUTTI_MESSAGE_REMOVED) && !connection->pictured)
    return FALSE;
  return connection->seat != NULL && !(talk && tutti_connection_watches (connection));
}

void
tutti_host_say_all (TuttiHost *host, const TuttiConnection *except, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (each != except && is_for (each, message->kind))
      send_text (host, each, text);
}

/* Nothing more is sent or heard; tutti_host_closed() follows when the connection is gone. */
void
tutti_host_end (TuttiHost *host, TuttiConnection *connection, TuttiClose code, const char *words)
{
  if (connection->closing)
    return;
  connection->closing = TRUE;
  host->hooks.close (host->hooks.user, connection->id, code, words);
}

void
tutti_host_remove (TuttiHost *host, TuttiConnection *connection, guint by, gboolean banned)
{
  const TuttiPerson *admin = tutti_jam_person (host->jam, by);

  if (connection->closing)
    return;
  connection->removed = TRUE;
  connection->removal = (TuttiRemoval) { by, banned };
  tutti_host_end (host, connection, banned ? TUTTI_CLOSE_BANNED : TUTTI_CLOSE_KICKED, admin != NULL ? admin->name : NULL);
}

void
tutti_host_tell_out (TuttiHost *host, const TuttiConnection *connection, guint number)
{
  TuttiMessage removed = { .kind = TUTTI_MESSAGE_REMOVED, .stamp.by = number };

  if (connection != NULL && connection->removed)
    {
      removed.removal = connection->removal;
      tutti_host_say_all (host, connection, &removed);
    }
  tutti_host_say_all (host, connection, &(TuttiMessage) { .kind = TUTTI_MESSAGE_OUT, .stamp.by = number });
}

void
tutti_host_opened (TuttiHost *host, guint connection, TuttiNow now)
{
  TuttiConnection *self = g_new0 (TuttiConnection, 1);

  self->id = connection;
  self->opened_us = self->acked_us = now.us;
  self->late = -1;
  tutti_bucket_init (&self->edits, TUTTI_EDITS_A_SECOND, TUTTI_EDITS_AT_ONCE, now.us);
  tutti_bucket_init (&self->needs, NEEDS_A_SECOND, NEEDS_AT_ONCE, now.us);
  tutti_bucket_init (&self->past, TUTTI_PAST_A_SECOND, TUTTI_PAST_AT_ONCE, now.us);
  tutti_guard_init_pace (self, now);
  tutti_host_init_talk (self, now);
  tutti_host_init_pictures (self, now);
  tutti_compare_init_pace (host, self, now);
  g_hash_table_insert (host->connections, GUINT_TO_POINTER (connection), self);
}

/* Returns: (nullable) the seat that is empty now. */
static TuttiSeat *
get_up (TuttiHost *host, guint connection)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));
  TuttiSeat *seat = self != NULL && !tutti_connection_watches (self) ? self->seat : NULL;

  if (seat != NULL && seat->connection != connection)
    seat = NULL;
  if (seat != NULL)
    {
      seat->connection = 0;
      host->figures.present--;
      tutti_host_tell_out (host, self, seat->number);
    }
  g_hash_table_remove (host->connections, GUINT_TO_POINTER (connection));
  if (seat != NULL)
    tutti_host_forget_heir (host, seat->number);
  return seat;
}

void
tutti_host_closed (TuttiHost *host, guint connection, TuttiNow now)
{
  get_up (host, connection);
}

void
tutti_host_left (TuttiHost *host, guint connection, TuttiNow now)
{
  TuttiSeat *seat = get_up (host, connection);

  if (seat == NULL)
    return;
  tutti_host_leader_left (host, seat->number, now);
  seat->vacant = seat->passing || !seat->edited;
}

/* ---- time ---- */

static void
state_hash (TuttiHost *host, TuttiNow now)
{
  if (host->seq == host->hashed_seq ||
      (host->seq - host->hashed_seq < HASH_EVERY_OPS && now.us - host->hashed_us < HASH_EVERY_US))
    return;
  host->hashed_seq = host->seq;
  host->hashed_us = now.us;
  tutti_host_say_all (host, NULL, &(TuttiMessage) { .kind = TUTTI_MESSAGE_HASH, .stamp.seq = host->seq,
                                                    .hash = tutti_jam_hash (host->jam) });
}

static void
watch (TuttiHost *host, TuttiNow now)
{
  g_autoptr(GList) all = g_hash_table_get_values (host->connections);

  for (const GList *each = all; each != NULL; each = each->next)
    {
      TuttiConnection *connection = each->data;

      if (connection->acked >= host->seq)
        connection->acked_us = now.us;
      if (connection->seat == NULL && now.us - connection->opened_us > HELLO_WITHIN_US)
        tutti_host_end (host, connection, TUTTI_CLOSE_NO_HELLO, NULL);
      else if (connection->seat != NULL && now.us - connection->acked_us > ACK_WITHIN_US)
        tutti_host_end (host, connection, TUTTI_CLOSE_SLOW, NULL);
    }
}

/* Only so much of what was deleted is kept; forgetting is an operation too, so that all copies forget alike. */
static void
purge (TuttiHost *host, TuttiNow now)
{
  if (host->frozen || host->jam->graves->len <= GRAVES_KEPT)
    return;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PURGE, ((TuttiGrave *) host->jam->graves->pdata[0])->id);

  tutti_host_apply (host, op, now, NULL);
}

void
tutti_host_tick (TuttiHost *host, TuttiNow now)
{
  if (host->gathering)
    {
      tutti_host_gather_tick (host, now);
      return;
    }
  watch (host, now);
  tutti_host_adjust_lead (host, now);
  tutti_host_tell_reports (host, now);
  tutti_host_watch_leader (host, now);
  tutti_host_talk_tick (host, now);
  tutti_host_pictures_tick (host, now);
  purge (host, now);
  tutti_host_watch_sounds (host, now);
  tutti_host_watch_heirs (host);
  state_hash (host, now);
  tutti_host_log_fold (host->log, now.frame);
}

/* ---- small answers ---- */

void
tutti_host_set_clock_port (TuttiHost *host, guint port)
{
  host->settings.clock_port = port;
}

void
tutti_host_set_people_max (TuttiHost *host, guint people_max)
{
  host->settings.people_max = people_max;
}

const TuttiJam *
tutti_host_get_jam (TuttiHost *host)
{
  return host->jam;
}

gint64
tutti_host_get_seq (TuttiHost *host)
{
  return host->seq;
}

gint64
tutti_host_get_lead (TuttiHost *host)
{
  return host->lead;
}

void
tutti_host_get_figures (TuttiHost *host, TuttiHostFigures *figures)
{
  *figures = host->figures;
}
