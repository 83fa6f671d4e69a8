/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a participant does so that the jam goes on without its host: it keeps the last operations to tell them to the next one, and,
 * when it is willing to be that one, what it needs for it. */
#include "tutti-replica-private.h"

/* Epochs that a host tells of: more than a history's end has. */
#define ENDS_MAX 64

/* A host that stood still for a fifth of it would have been given up, and no end of a history takes longer: it took it up. */
#define TAKEN_UP_US (10 * G_USEC_PER_SEC)

/* ---- telling what happened ---- */

static void
tell (TuttiReplica *replica, const TuttiRecord *record)
{
  TuttiMessage message = tutti_message_of_record (TUTTI_MESSAGE_TAIL, record);

  tutti_replica_say (replica, &message);
}

/* What an earlier host was told of, and may have ended over. Who has it already knows it by its author's number. */
static void
tell_again (TuttiReplica *replica)
{
  for (guint i = 0; i < replica->owed->len; i++)
    tell (replica, &g_array_index (replica->owed, TuttiRecord, i));
}

/* The copy forgets it with the document that comes next, so it is kept apart until the host has surely taken it up. */
static void
tell_after (TuttiReplica *replica, gint64 fork)
{
  for (gint64 seq = fork + 1; seq <= tutti_tail_get_seq (replica->tail); seq++)
    {
      TuttiRecord copy = *tutti_tail_get (replica->tail, seq);

      tell (replica, &copy);
      copy.op = tutti_op_copy (copy.op);
      g_array_append_val (replica->owed, copy);
    }
  if (replica->owed->len > TUTTI_TAIL_MIN)
    g_array_remove_range (replica->owed, 0, replica->owed->len - TUTTI_TAIL_MIN);
}

void
tutti_replica_settle (TuttiReplica *replica, TuttiNow now)
{
  if (now.us - replica->live_us >= TAKEN_UP_US)
    g_array_set_size (replica->owed, 0);
}

void
tutti_replica_on_tell (TuttiReplica *replica, const TuttiMessage *message)
{
  TuttiEpochEnd end = { message->epoch, message->stamp.seq };

  if (end.epoch != 0)
    {
      if (replica->told->len < ENDS_MAX)
        g_array_append_val (replica->told, end);
      return;
    }
  /* Up to there the host does not know any more whether it is its own history. */
  tell_again (replica);
  tell_after (replica, MAX (tutti_tail_find_fork (replica->tail, replica->told), message->stamp.seq));
  g_array_set_size (replica->told, 0);
}

/* ---- being an heir ---- */

void
tutti_replica_say_willing (TuttiReplica *replica)
{
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_WILLING, .heir = replica->willing });
}

void
tutti_replica_set_willing (TuttiReplica *replica, const TuttiHeir *door)
{
  gboolean was = replica->willing.port != 0;

  replica->willing = *door;
  if (replica->live && (was || door->port != 0))
    tutti_replica_say_willing (replica);
}

void
tutti_replica_on_heir (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  tutti_heirs_set (&replica->heirs, &message->heir);
  if (replica->hooks.heirs != NULL)
    replica->hooks.heirs (replica->hooks.user);
}

const TuttiHeirs *
tutti_replica_get_heirs (TuttiReplica *replica)
{
  return &replica->heirs;
}

static TuttiToken *
find_seat (TuttiReplica *replica, guint number)
{
  for (guint i = 0; i < replica->seats->len; i++)
    if (g_array_index (replica->seats, TuttiToken, i).number == number)
      return &g_array_index (replica->seats, TuttiToken, i);
  return NULL;
}

void
tutti_replica_on_seat (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  TuttiToken *known = find_seat (replica, message->stamp.by);
  TuttiToken token = { .number = message->stamp.by, .home = message->heir.home };

  g_strlcpy (token.hash, message->token_hash, sizeof token.hash);
  if (known != NULL)
    *known = token;
  else if (replica->seats->len < TUTTI_SEATS_TOLD_MAX)
    g_array_append_val (replica->seats, token);
}

void
tutti_replica_on_before (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  tutti_tail_add_before (replica->tail, &(TuttiRecord) { message->stamp, message->op, message->epoch, message->creator,
                                                         message->number, message->earlier });
}

void
tutti_replica_inherit (TuttiReplica *replica, TuttiEstate *out)
{
  const TuttiHeir *me = tutti_heirs_find (&replica->heirs, replica->welcome.me);

  *out = (TuttiEstate) { .jam = replica->confirmed, .seq = replica->seq, .epoch = tutti_tail_get_epoch (replica->tail),
                         .host_epoch = replica->welcome.epoch, .last_at = replica->last_at, .lead = replica->lead,
                         .origin_ns = replica->welcome.origin_ns, .people_max = replica->welcome.people_max,
                         .me = replica->welcome.me, .rank = me != NULL ? me->rank : TUTTI_HEIRS_MAX,
                         .tail = replica->tail, .tokens = replica->seats, .door = replica->door,
                         .lines = replica->lines, .pictures = replica->pictures,
                         .complete = replica->handed_seq == replica->seq };
}

void
tutti_replica_take_tail (TuttiReplica *replica, TuttiTail *tail)
{
  g_autoptr(TuttiTail) owned = tail;

  if (tutti_tail_get_seq (tail) != replica->seq || tutti_tail_get_epoch (tail) != tutti_tail_get_epoch (replica->tail))
    return;
  tutti_tail_free (replica->tail);
  replica->tail = g_steal_pointer (&owned);
}
