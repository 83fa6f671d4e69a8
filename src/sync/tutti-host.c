/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host's life: connections come and go, messages are told apart, time passes. */
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
tutti_host_remember (TuttiHost *host, guint number, const char *token_hash)
{
  TuttiSeat *seat = g_new0 (TuttiSeat, 1);

  seat->number = number;
  seat->edited = TRUE;             /* for all that is known here */
  g_strlcpy (seat->token_hash, token_hash, sizeof seat->token_hash);
  host->last_number = MAX (host->last_number, number);
  g_ptr_array_add (host->seats, seat);
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

static guint32
oldest_visit (TuttiHost *host)
{
  guint64 oldest = G_MAXUINT64;
  guint32 creator = 0;
  GHashTableIter iter;
  gpointer key, visit;

  g_hash_table_iter_init (&iter, host->visits);
  while (g_hash_table_iter_next (&iter, &key, &visit))
    if (((TuttiVisit *) visit)->used < oldest)
      {
        oldest = ((TuttiVisit *) visit)->used;
        creator = GPOINTER_TO_UINT (key);
      }
  return creator;
}

static gboolean
is_under_way (TuttiHost *host, guint32 creator)
{
  GHashTableIter iter;
  gpointer each;

  g_hash_table_iter_init (&iter, host->connections);
  while (g_hash_table_iter_next (&iter, NULL, &each))
    if (((TuttiConnection *) each)->seat != NULL && ((TuttiConnection *) each)->creator == creator)
      return TRUE;
  return FALSE;
}

/* The one taken up longest ago; those under way are put behind all others, so that they are not looked at each time. */
static void
forget_a_visit (TuttiHost *host)
{
  guint32 creator = oldest_visit (host);

  while (is_under_way (host, creator))
    {
      ((TuttiVisit *) g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator)))->used = ++host->visits_taken;
      creator = oldest_visit (host);
    }
  g_hash_table_remove (host->visits, GUINT_TO_POINTER (creator));
}

TuttiVisit *
tutti_host_visit (TuttiHost *host, guint32 creator)
{
  TuttiVisit *visit = g_hash_table_lookup (host->visits, GUINT_TO_POINTER (creator));

  if (visit == NULL)
    {
      if (g_hash_table_size (host->visits) >= TUTTI_VISITS_MAX)
        forget_a_visit (host);
      visit = g_new0 (TuttiVisit, 1);
      visit->used = ++host->visits_taken;
      g_hash_table_insert (host->visits, GUINT_TO_POINTER (creator), visit);
    }
  return visit;
}

static int
compare_visits (gconstpointer a, gconstpointer b, gpointer visits)
{
  const TuttiVisit *one = g_hash_table_lookup (visits, GUINT_TO_POINTER (((const TuttiVisitMark *) a)->creator));
  const TuttiVisit *two = g_hash_table_lookup (visits, GUINT_TO_POINTER (((const TuttiVisitMark *) b)->creator));

  return (two->seq > one->seq) - (two->seq < one->seq);
}

GArray *
tutti_host_get_visits (TuttiHost *host)
{
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (TuttiVisitMark));
  GHashTableIter iter;
  gpointer creator, each;

  g_hash_table_iter_init (&iter, host->visits);
  while (g_hash_table_iter_next (&iter, &creator, &each))
    {
      const TuttiVisit *visit = each;
      TuttiVisitMark mark = { GPOINTER_TO_UINT (creator), visit->seat, visit->number };

      if (visit->number > 0)
        g_array_append_val (marks, mark);
    }
  g_array_sort_with_data (marks, compare_visits, host->visits);
  g_array_set_size (marks, MIN (marks->len, TUTTI_VISIT_MARKS_MAX));
  return marks;
}

void
tutti_host_resume_visit (TuttiHost *host, const TuttiVisitMark *mark)
{
  TuttiVisit *visit = tutti_host_visit (host, mark->creator);

  visit->seat = mark->seat;
  visit->number = MAX (visit->number, mark->number);
  /* Who passed and is no longer in the document had a number all the same. */
  host->last_number = MAX (host->last_number, mark->seat);
}

void
tutti_host_note_visit (TuttiHost *host, const TuttiRecord *record)
{
  host->last_number = MAX (host->last_number, record->stamp.by);
  if (record->creator == 0)
    return;
  TuttiVisit *visit = tutti_host_visit (host, record->creator);

  visit->number = MAX (visit->number, record->number);
  visit->seq = MAX (visit->seq, record->stamp.seq);
  visit->seat = record->stamp.by;
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

/* What people say, where they are and how they look is for people; the last only for those who know of pictures. */
static gboolean
is_for (const TuttiConnection *connection, TuttiMessageKind kind)
{
  gboolean talk = kind == TUTTI_MESSAGE_SAID || kind == TUTTI_MESSAGE_THERE || kind == TUTTI_MESSAGE_LOOKS;

  if (kind == TUTTI_MESSAGE_LOOKS && !connection->pictured)
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

  g_hash_table_remove (host->connections, GUINT_TO_POINTER (connection));
  if (seat == NULL || seat->connection != connection)
    return NULL;
  seat->connection = 0;
  host->figures.present--;
  tutti_host_say_all (host, NULL, &(TuttiMessage) { .kind = TUTTI_MESSAGE_OUT, .stamp.by = seat->number });
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

static void
on_ack (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (message->stamp.seq > connection->acked)
    connection->acked_us = now.us;
  connection->acked = MAX (connection->acked, MIN (message->stamp.seq, host->seq));
  connection->round_trip_us = message->round_trip_us;
  connection->quality = message->quality;
  if (!tutti_connection_watches (connection))
    tutti_host_note_late (host, connection, message->late);
}

/* Who only looks on is asked nothing, and has nothing to say but that it is there and what it wants to know. */
static gboolean
is_heard_of_watchers (TuttiMessageKind kind)
{
  return kind == TUTTI_MESSAGE_ACK || kind == TUTTI_MESSAGE_NEED || kind == TUTTI_MESSAGE_COMPARE;
}

static void
dispatch (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now)
{
  if (tutti_connection_watches (connection) && !is_heard_of_watchers (message->kind))
    {
      if (message->kind == TUTTI_MESSAGE_EDIT || message->kind == TUTTI_MESSAGE_CHAT)
        tutti_host_end (host, connection, TUTTI_CLOSE_NOT_ALLOWED, "who only looks on has no say");
      return;
    }
  switch (message->kind)
    {
    case TUTTI_MESSAGE_EDIT:
      tutti_host_on_edit (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_ACK:
      on_ack (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_WILLING:
      tutti_host_on_willing (host, connection, &message->heir);
      break;
    case TUTTI_MESSAGE_TAIL:
      tutti_host_on_tail (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_KICK:
    case TUTTI_MESSAGE_PASSCODE:
    case TUTTI_MESSAGE_INVITE:
    case TUTTI_MESSAGE_WISH:
      tutti_host_on_ask (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_HISTORY:
    case TUTTI_MESSAGE_MOMENT:
      tutti_host_on_past (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_COMPARE:
      tutti_host_on_compare (host, connection, message->rendered.second, now);
      break;
    case TUTTI_MESSAGE_RENDERED:
      tutti_host_on_rendered (host, connection, message, now);
      break;
    case TUTTI_MESSAGE_HERE:
      tutti_host_on_here (host, connection, &message->here, now);
      break;
    case TUTTI_MESSAGE_CHAT:
      tutti_host_on_chat (host, connection, message->text, now);
      break;
    case TUTTI_MESSAGE_OLDER:
      tutti_host_on_older (host, connection, message->line, now);
      break;
    case TUTTI_MESSAGE_PICTURE:
      tutti_host_on_picture (host, connection, message->text, now);
      break;
    case TUTTI_MESSAGE_LOOK:
      tutti_host_on_look (connection, message->stamp.by);
      break;
    case TUTTI_MESSAGE_NEED:
      if (!tutti_bucket_take (&connection->needs, 1, now.us))
        {
          tutti_host_end (host, connection, TUTTI_CLOSE_TOO_FAST, NULL);
          break;
        }
      host->figures.repairs++;
      tutti_host_send_snapshot (host, connection);
      tutti_host_tell_again (host, connection);
      break;
    default:
      host->figures.bad_messages++;
      tutti_host_end (host, connection, TUTTI_CLOSE_BAD_MESSAGE, "only a host says that");
      break;
    }
}

void
tutti_host_received (TuttiHost *host, guint connection, const char *text, gsize length, TuttiNow now)
{
  TuttiConnection *self = g_hash_table_lookup (host->connections, GUINT_TO_POINTER (connection));
  g_auto(TuttiMessage) message = { 0 };
  g_autoptr(GError) error = NULL;

  if (self == NULL || self->closing)
    return;
  if (!tutti_message_read (text, length, &message, &error))
    {
      host->figures.bad_messages++;
      if (self->seat != NULL && message.number > 0)
        tutti_host_refuse (host, self, message.number, error);
      else
        tutti_host_end (host, self, TUTTI_CLOSE_BAD_MESSAGE, error->message);
    }
  else if (host->gathering && !self->waits && message.kind == TUTTI_MESSAGE_HELLO)
    tutti_host_gather_hello (host, self, &message.hello, now);
  else if (host->gathering && self->waits && message.kind == TUTTI_MESSAGE_TAIL)
    tutti_host_on_tail (host, self, &message, now);
  else if (self->seat == NULL && message.kind == TUTTI_MESSAGE_HELLO)
    tutti_host_on_hello (host, self, &message.hello, now);
  else if (self->seat == NULL)
    tutti_host_end (host, self, TUTTI_CLOSE_BAD_MESSAGE, "hello comes first");
  else
    dispatch (host, self, &message, now);
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

gboolean
tutti_host_is_present (TuttiHost *host, guint number)
{
  for (guint i = 0; i < host->seats->len; i++)
    if (((TuttiSeat *) host->seats->pdata[i])->number == number)
      return ((TuttiSeat *) host->seats->pdata[i])->connection != 0;
  return FALSE;
}
