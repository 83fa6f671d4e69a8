/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One copy's life: coming in, being told what happened, keeping up. */
#include "tutti-replica-private.h"

#include <string.h>

#define ACK_EVERY_US G_USEC_PER_SEC
#define ACK_EVERY_OPS 32
#define QUALITY_EVERY_US (5 * G_USEC_PER_SEC)

/* Something that sounded before anything that will be asked for. */
#define LONG_AGO (G_MININT64 / 4)

TuttiReplica *
tutti_replica_new (const TuttiReplicaHooks *hooks, const char *name, TuttiPersonColour colour)
{
  TuttiReplica *replica = g_new0 (TuttiReplica, 1);

  replica->hooks = *hooks;
  replica->hello.protocol = TUTTI_PROTOCOL_VERSION;
  g_strlcpy (replica->hello.name, name, sizeof replica->hello.name);
  replica->hello.colour = (guint8) colour;
  replica->pending = g_ptr_array_new_with_free_func (tutti_pending_free);
  replica->undo = tutti_undo_new ();
  replica->tail = tutti_tail_new ();
  replica->lines = tutti_lines_new ();
  replica->seats = g_array_new (FALSE, FALSE, sizeof (TuttiToken));
  replica->told = g_array_new (FALSE, FALSE, sizeof (TuttiEpochEnd));
  replica->owed = g_array_new (FALSE, FALSE, sizeof (TuttiRecord));
  g_array_set_clear_func (replica->owed, tutti_record_clear);
  replica->next_number = 1;
  tutti_replica_init_past (replica);
  tutti_replica_init_pictures (replica);
  return replica;
}

void
tutti_replica_free (TuttiReplica *replica)
{
  tutti_jam_free (replica->confirmed);
  tutti_jam_free (replica->shown);
  g_ptr_array_unref (replica->pending);
  tutti_undo_free (replica->undo);
  tutti_tail_free (replica->tail);
  tutti_lines_free (replica->lines);
  g_array_unref (replica->seats);
  g_array_unref (replica->told);
  g_array_unref (replica->owed);
  tutti_replica_clear_past (replica);
  tutti_replica_clear_pictures (replica);
  g_free (replica->door);
  if (replica->document != NULL)
    g_string_free (replica->document, TRUE);
  g_free (replica);
}

void
tutti_replica_set_token (TuttiReplica *replica, const char *token)
{
  g_strlcpy (replica->hello.token, token, sizeof replica->hello.token);
}

void
tutti_replica_set_keys (TuttiReplica *replica, const char *passcode, const char *invite)
{
  g_strlcpy (replica->hello.passcode, passcode, sizeof replica->hello.passcode);
  g_strlcpy (replica->hello.invite, invite, sizeof replica->hello.invite);
}

void
tutti_replica_set_passing (TuttiReplica *replica, gboolean passing)
{
  replica->hello.passing = passing;
}

void
tutti_replica_set_watching (TuttiReplica *replica, gboolean watching)
{
  replica->hello.watching = watching;
}

void
tutti_replica_say (TuttiReplica *replica, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  replica->hooks.send (replica->hooks.user, text);
}

void
tutti_replica_tell_changed (TuttiReplica *replica, TuttiTarget target, guint by)
{
  replica->hooks.changed (replica->hooks.user, &target, by);
}

void
tutti_replica_tell_all_changed (TuttiReplica *replica)
{
  tutti_replica_tell_changed (replica, (TuttiTarget) { TUTTI_SCOPE_ALL, { 0, 0 }, -1 }, 0);
}

void
tutti_replica_connected (TuttiReplica *replica)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HELLO, .hello = replica->hello };

  replica->fresh = TRUE;
  message.hello.creator = replica->welcome.creator;
  message.hello.epoch = replica->confirmed != NULL ? tutti_tail_get_epoch (replica->tail) : 0;
  message.hello.seq = replica->confirmed != NULL ? replica->seq : 0;
  message.hello.owes = replica->owed->len > 0;
  tutti_replica_say (replica, &message);
}

void
tutti_replica_disconnected (TuttiReplica *replica)
{
  replica->live = replica->repairing = replica->repaired = replica->asking_older = FALSE;
  replica->told_quality = 0;
  g_array_set_size (replica->told, 0);
  tutti_replica_clear_past (replica);
  for (guint i = 0; i < replica->pending->len; i++)
    ((TuttiPending *) replica->pending->pdata[i])->sent = FALSE;
  if (replica->document != NULL)
    g_string_free (g_steal_pointer (&replica->document), TRUE);
}

/* ---- confirming ---- */

static void
ask_for_snapshot (TuttiReplica *replica)
{
  if (replica->repairing)
    return;
  replica->repairing = TRUE;
  replica->repairs++;
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_NEED });
}

gboolean
tutti_replica_fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

/* What @record says happened becomes part of what is certain. */
static gboolean
confirm (TuttiReplica *replica, const TuttiRecord *record, TuttiNow now, GError **error)
{
  const TuttiStamp *stamp = &record->stamp;

  if (stamp->seq != replica->seq + 1)
    return tutti_replica_fail (error, "the host left something out");
  replica->seq = stamp->seq;
  replica->last_at = stamp->at;
  tutti_tail_add (replica->tail, record);
  /* A copy that cannot follow has come apart from the host's: it is replaced as after a wrong hash. */
  if (!tutti_jam_apply (replica->confirmed, record->op, stamp, NULL, NULL))
    ask_for_snapshot (replica);
  else
    replica->hooks.confirmed (replica->hooks.user, replica->confirmed, record->op, stamp);
  if (stamp->by != replica->welcome.me && stamp->seq > replica->seen)
    tutti_undo_foreign (replica->undo, record->op, stamp->by);
  replica->seen = MAX (replica->seen, stamp->seq);
  /* While catching up nothing shows before all of it is here. */
  if (!replica->live)
    return TRUE;
  tutti_replica_rebuild_shown (replica, now);
  tutti_replica_tell_changed (replica, tutti_op_target (record->op), stamp->by);
  return TRUE;
}

static const TuttiOp *
recall (const TuttiReplica *replica, gint64 seq)
{
  const TuttiRecord *record = tutti_tail_get (replica->tail, seq);

  return record != NULL ? record->op : NULL;
}

/* The own edit at @index, waiting until now, happened as @message says. */
static gboolean
confirm_own (TuttiReplica *replica, guint index, const TuttiMessage *message, TuttiNow now, GError **error)
{
  gint64 made_us = ((TuttiPending *) replica->pending->pdata[index])->made_us;
  g_autoptr(TuttiOp) op = tutti_replica_take_pending (replica, index);
  TuttiRecord record = { message->stamp, op, replica->coming, replica->welcome.creator, message->number,
                         message->earlier };

  replica->latencies[replica->n_latencies++ % TUTTI_REPLICA_LATENCIES] = now.us - made_us;
  if (!confirm (replica, &record, now, error))
    return FALSE;
  const TuttiRecord *with = message->with != 0 ? tutti_tail_get (replica->tail, message->with) : NULL;

  if (message->with != 0)
    replica->hooks.crossed (replica->hooks.user, op, with != NULL ? with->op : NULL, with != NULL ? with->stamp.by : 0, TRUE);
  return TRUE;
}

static gboolean
on_answer (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  guint index;

  /* Somebody told the host of it while it was on the way once more: then it was heard of already. */
  if (tutti_replica_find_pending (replica, message->number, &index) == NULL)
    return message->stamp.seq <= replica->seq || tutti_replica_fail (error, "the host answers what was not asked");
  return confirm_own (replica, index, message, now, error);
}

static gboolean
on_stamped (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  TuttiRecord record = { message->stamp, message->op, replica->coming, message->creator, message->number, message->earlier };
  guint index;

  if (message->creator == replica->welcome.creator && message->creator != 0 &&
      tutti_replica_find_pending (replica, message->number, &index) != NULL)
    return confirm_own (replica, index, message, now, error);
  return confirm (replica, &record, now, error);
}

static void
on_no (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  guint index;

  if (tutti_replica_find_pending (replica, message->number, &index) != NULL)
    tutti_replica_refused (replica, index, message->code, message->reason, now);
}

static void
on_over (TuttiReplica *replica, const TuttiMessage *message)
{
  const TuttiOp *mine = recall (replica, message->stamp.seq);

  if (mine != NULL)
    replica->hooks.crossed (replica->hooks.user, mine, recall (replica, message->with), message->stamp.by, FALSE);
}

static void
on_hash (TuttiReplica *replica, const TuttiMessage *message)
{
  if (message->stamp.seq == replica->seq && tutti_jam_hash (replica->confirmed) != message->hash)
    ask_for_snapshot (replica);
}

/* ---- being let in ---- */

static gboolean
on_welcome (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  const TuttiWelcome *welcome = &message->welcome;

  if (!welcome->document && (replica->confirmed == NULL || welcome->base != replica->seq))
    return tutti_replica_fail (error, "the host goes on where nothing was");
  if (welcome->me == 0 || welcome->creator == 0)
    return tutti_replica_fail (error, "the host names nobody");
  if (replica->confirmed != NULL && !g_str_equal (welcome->jam, replica->welcome.jam))
    return tutti_replica_fail (error, "the host has another jam now");
  if (welcome->creator != replica->welcome.creator)
    replica->next_counter = 0;
  replica->welcome = *welcome;
  replica->handed_seq = -1;
  replica->lead = welcome->lead;
  if (welcome->token[0] != '\0')
    g_strlcpy (replica->hello.token, welcome->token, sizeof replica->hello.token);
  tutti_replica_set_keys (replica, "", "");
  if (replica->document != NULL)
    g_string_free (replica->document, TRUE);
  replica->document = welcome->document ? g_string_new (NULL) : NULL;
  replica->live = FALSE;
  replica->repaired = replica->repairing;
  replica->repairing = FALSE;
  replica->coming = welcome->base_epoch;
  /* The host tells of them to who comes in, not with another copy. */
  if (replica->fresh)
    {
      replica->heirs.n = 0;
      tutti_replica_pictures_anew (replica);
    }
  replica->hooks.welcomed (replica->hooks.user, &replica->welcome);
  return TRUE;
}

static gboolean
on_doc (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  if (replica->document == NULL)
    return tutti_replica_fail (error, "a piece of a document out of turn");
  if (replica->document->len + strlen (message->text) > TUTTI_DOCUMENT_BYTES_MAX)
    return tutti_replica_fail (error, "a document beyond the limit");
  g_string_append (replica->document, message->text);
  return TRUE;
}

/* The document is complete when something else than a piece comes. */
static gboolean
finish_document (TuttiReplica *replica, GError **error)
{
  TuttiStamp stamp = { replica->welcome.base, 0, LONG_AGO };

  if (replica->document == NULL)
    return TRUE;
  TuttiJam *jam = tutti_jam_from_text (replica->document->str, (gssize) replica->document->len, error);

  g_string_free (g_steal_pointer (&replica->document), TRUE);
  if (jam == NULL)
    return FALSE;
  /* What happened between the old copy and this one nobody told: an own edit may have been overwritten there. A history that is
   * shorter than what was seen is another one. */
  if (replica->confirmed != NULL && (replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen))
    replica->unsure = TRUE;
  if (replica->confirmed == NULL || replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen)
    replica->seen = replica->welcome.base;
  tutti_jam_free (replica->confirmed);
  replica->confirmed = jam;
  replica->seq = replica->welcome.base;
  tutti_tail_reset (replica->tail, replica->seq, replica->welcome.base_epoch);
  /* The host waits for an acknowledgement of what it had said before, even if nothing follows this document. */
  replica->acked = -1;
  replica->hooks.confirmed (replica->hooks.user, jam, NULL, &stamp);
  return TRUE;
}

static gboolean
on_live (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  gboolean repaired = replica->repaired;

  if (replica->confirmed == NULL || message->stamp.seq != replica->seq)
    return tutti_replica_fail (error, "the host left something out");
  tutti_replica_drop_dealt_with (replica, now);
  tutti_replica_rebuild_shown (replica, now);
  replica->repaired = FALSE;
  if (replica->unsure)
    tutti_undo_verify (replica->undo, replica->shown);
  replica->unsure = FALSE;
  replica->live = TRUE;
  /* The host counts anew with each connection. */
  if (replica->fresh)
    {
      tutti_bucket_init (&replica->pace, TUTTI_EDITS_A_SECOND_PACED, TUTTI_EDITS_AT_ONCE_PACED, now.us);
      tutti_bucket_init (&replica->past.pace, TUTTI_PAST_A_SECOND_PACED, TUTTI_PAST_AT_ONCE_PACED, now.us);
      replica->live_us = now.us;
    }
  if (replica->fresh && replica->willing.port != 0)
    tutti_replica_say_willing (replica);
  if (replica->fresh)
    {
      tutti_replica_talk_live (replica, now);
      tutti_replica_pictures_live (replica);
    }
  replica->fresh = FALSE;
  tutti_replica_flush (replica, now);
  tutti_replica_tell_all_changed (replica);
  replica->hooks.live (replica->hooks.user);
  if (repaired)
    replica->hooks.repaired (replica->hooks.user);
  return TRUE;
}

static void
on_door (TuttiReplica *replica, const TuttiMessage *message)
{
  if (message->kind == TUTTI_MESSAGE_LOCKED)
    replica->welcome.locked = message->welcome.locked;
  if (replica->hooks.door != NULL)
    replica->hooks.door (replica->hooks.user, message);
}

static gboolean
dispatch (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  switch (message->kind)
    {
    case TUTTI_MESSAGE_STAMPED:
      return on_stamped (replica, message, now, error);
    case TUTTI_MESSAGE_ANSWER:
      return on_answer (replica, message, now, error);
    case TUTTI_MESSAGE_LIVE:
      return on_live (replica, message, now, error);
    case TUTTI_MESSAGE_NO:
      on_no (replica, message, now);
      return TRUE;
    case TUTTI_MESSAGE_OVER:
      on_over (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_HASH:
      on_hash (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_LEAD:
      replica->lead = message->lead;
      replica->hooks.lead (replica->hooks.user, message->lead);
      return TRUE;
    case TUTTI_MESSAGE_LOCKED:
    case TUTTI_MESSAGE_INVITED:
    case TUTTI_MESSAGE_DENIED:
    case TUTTI_MESSAGE_WISHED:
    case TUTTI_MESSAGE_ASKED:
    case TUTTI_MESSAGE_HEARD:
      if (message->kind == TUTTI_MESSAGE_DENIED)
        tutti_replica_on_denied (replica);
      on_door (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_WAS:
    case TUTTI_MESSAGE_WERE:
    case TUTTI_MESSAGE_THEN:
    case TUTTI_MESSAGE_UNKEPT:
      tutti_replica_on_past (replica, message, now);
      return TRUE;
    case TUTTI_MESSAGE_IN:
    case TUTTI_MESSAGE_OUT:
      replica->hooks.present (replica->hooks.user, message->stamp.by, message->kind == TUTTI_MESSAGE_IN);
      return TRUE;
    case TUTTI_MESSAGE_THERE:
      tutti_replica_on_there (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_SAID:
      tutti_replica_on_said (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_LINES:
      tutti_replica_on_lines (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_LOOKS:
      tutti_replica_on_looks (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_SHOWN:
      tutti_replica_on_shown (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_EPOCH:
      replica->coming = message->epoch;
      return TRUE;
    case TUTTI_MESSAGE_HEIR:
      tutti_replica_on_heir (replica, &message->heir);
      return TRUE;
    case TUTTI_MESSAGE_SEAT:
      tutti_replica_on_seat (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_DOOR:
      g_free (replica->door);
      replica->door = g_strdup (message->text);
      return TRUE;
    case TUTTI_MESSAGE_BEFORE:
      tutti_replica_on_before (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_REPORTS:
      if (replica->hooks.reports != NULL)
        replica->hooks.reports (replica->hooks.user, message->reports);
      return TRUE;
    case TUTTI_MESSAGE_HAND:
      replica->handed_seq = message->stamp.seq;
      if (replica->hooks.handed != NULL)
        replica->hooks.handed (replica->hooks.user, message->stamp.by);
      return TRUE;
    default:
      return tutti_replica_fail (error, "only a guest says that");
    }
}

gboolean
tutti_replica_received (TuttiReplica *replica, const char *text, gsize length, TuttiNow now, GError **error)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!tutti_message_read (text, length, &message, error))
    return FALSE;
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    return on_welcome (replica, &message, error);
  if (message.kind == TUTTI_MESSAGE_TELL)
    {
      tutti_replica_on_tell (replica, &message);
      return TRUE;
    }
  if (replica->welcome.me == 0)
    return tutti_replica_fail (error, "welcome comes first");
  if (message.kind == TUTTI_MESSAGE_DOC)
    return on_doc (replica, &message, error);
  return finish_document (replica, error) && dispatch (replica, &message, now, error);
}

static gboolean
has_to_acknowledge (TuttiReplica *replica, TuttiNow now)
{
  gint64 news = replica->seq - replica->acked, since_us = now.us - replica->acked_us;

  if (news == 0)
    return replica->quality != replica->told_quality && since_us >= QUALITY_EVERY_US;
  return news >= ACK_EVERY_OPS || since_us >= ACK_EVERY_US;
}

void
tutti_replica_tick (TuttiReplica *replica, TuttiNow now)
{
  if (replica->live)
    {
      tutti_replica_settle (replica, now);
      tutti_replica_flush (replica, now);
      tutti_replica_ask_past (replica, now);
      tutti_replica_pictures_tick (replica);
    }
  tutti_replica_talk_tick (replica, now);
  if (!replica->live || !has_to_acknowledge (replica, now))
    return;
  replica->acked = replica->seq;
  replica->acked_us = now.us;
  replica->told_quality = replica->quality;
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ACK, .stamp.seq = replica->seq, .late = replica->late,
                                  .round_trip_us = replica->round_trip_us, .quality = replica->quality });
}

TuttiId
tutti_replica_new_id (TuttiReplica *replica)
{
  return tutti_id (replica->welcome.creator, ++replica->next_counter);
}

void
tutti_replica_report (TuttiReplica *replica, gint64 round_trip_us, gint64 late)
{
  replica->round_trip_us = MAX (round_trip_us, 0);
  replica->late = MAX (late, 0);
}

void
tutti_replica_report_quality (TuttiReplica *replica, TuttiQuality quality)
{
  replica->quality = (guint8) (quality + 1);
}

/* ---- small answers ---- */

const TuttiJam *
tutti_replica_get_shown (TuttiReplica *replica)
{
  return replica->shown;
}

const TuttiJam *
tutti_replica_get_confirmed (TuttiReplica *replica)
{
  return replica->confirmed;
}

gint64
tutti_replica_get_seq (TuttiReplica *replica)
{
  return replica->seq;
}

gboolean
tutti_replica_is_locked (TuttiReplica *replica)
{
  return replica->welcome.locked != 0;
}

guint
tutti_replica_get_me (TuttiReplica *replica)
{
  return replica->welcome.me;
}

guint
tutti_replica_get_host (TuttiReplica *replica)
{
  return replica->welcome.host;
}

gint64
tutti_replica_get_lead (TuttiReplica *replica)
{
  return replica->lead;
}

guint64
tutti_replica_get_repairs (TuttiReplica *replica)
{
  return replica->repairs;
}

