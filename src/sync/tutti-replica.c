/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One copy's life: made, connected, kept up to date, and what is known of it. */
#include "tutti-replica-private.h"

#define ACK_EVERY_US G_USEC_PER_SEC
#define ACK_EVERY_OPS 32
#define QUALITY_EVERY_US (5 * G_USEC_PER_SEC)

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

gboolean
tutti_replica_fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
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
      tutti_replica_pictures_tick (replica, now);
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
