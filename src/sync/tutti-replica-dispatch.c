/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages go to their handlers: a table by kind. */
#include "tutti-replica-private.h"

/* ---- what is only noted, or told on ---- */

static void
on_lead (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  replica->lead = message->lead;
  replica->hooks.lead (replica->hooks.user, message->lead);
}

static void
on_presence (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  replica->hooks.present (replica->hooks.user, message->stamp.by, message->kind == TUTTI_MESSAGE_IN);
}

static void
on_removed (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  if (replica->hooks.removed != NULL)
    replica->hooks.removed (replica->hooks.user, message->stamp.by, &message->removal);
}

static void
on_epoch (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  replica->coming = message->epoch;
}

static void
on_kept_door (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  g_free (replica->door);
  replica->door = g_strdup (message->text);
}

static void
on_reports (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  if (replica->hooks.reports != NULL)
    replica->hooks.reports (replica->hooks.user, message->reports);
}

static void
on_hand (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  replica->handed_seq = message->stamp.seq;
  if (replica->hooks.handed != NULL)
    replica->hooks.handed (replica->hooks.user, message->stamp.by);
}

static void
tell_door (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  if (replica->hooks.door != NULL)
    replica->hooks.door (replica->hooks.user, message);
}

static void
on_locked (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  replica->welcome.locked = message->welcome.locked;
  tell_door (replica, message, now);
}

static void
on_denied (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  tutti_replica_on_denied (replica);
  tell_door (replica, message, now);
}

/* ---- who takes what ---- */

/* One of the two: what may come at any time, or what the host may be wrong to say (FALSE with the error set). */
typedef struct
{
  void     (*take) (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
  gboolean (*check) (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error);
} Handler;

/* Of what a host says to those who are in; a kind without a row is a guest's. */
static const Handler handlers[TUTTI_N_MESSAGES] = {
  [TUTTI_MESSAGE_STAMPED] = { .check = tutti_replica_on_stamped },
  [TUTTI_MESSAGE_ANSWER] = { .check = tutti_replica_on_answer },
  [TUTTI_MESSAGE_LIVE] = { .check = tutti_replica_on_live },
  [TUTTI_MESSAGE_NO] = { tutti_replica_on_no },
  [TUTTI_MESSAGE_OVER] = { tutti_replica_on_over },
  [TUTTI_MESSAGE_HASH] = { tutti_replica_on_hash },
  [TUTTI_MESSAGE_LEAD] = { on_lead },
  [TUTTI_MESSAGE_EPOCH] = { on_epoch },
  [TUTTI_MESSAGE_IN] = { on_presence },
  [TUTTI_MESSAGE_OUT] = { on_presence },
  [TUTTI_MESSAGE_REMOVED] = { on_removed },
  [TUTTI_MESSAGE_REPORTS] = { on_reports },

  [TUTTI_MESSAGE_LOCKED] = { on_locked },
  [TUTTI_MESSAGE_DENIED] = { on_denied },
  [TUTTI_MESSAGE_INVITED] = { tell_door },
  [TUTTI_MESSAGE_WISHED] = { tell_door },
  [TUTTI_MESSAGE_ASKED] = { tell_door },
  [TUTTI_MESSAGE_HEARD] = { tell_door },

  [TUTTI_MESSAGE_WAS] = { tutti_replica_on_past },
  [TUTTI_MESSAGE_WERE] = { tutti_replica_on_past },
  [TUTTI_MESSAGE_THEN] = { tutti_replica_on_past },
  [TUTTI_MESSAGE_UNKEPT] = { tutti_replica_on_past },

  [TUTTI_MESSAGE_THERE] = { tutti_replica_on_there },
  [TUTTI_MESSAGE_SAID] = { tutti_replica_on_said },
  [TUTTI_MESSAGE_LINES] = { tutti_replica_on_lines },
  [TUTTI_MESSAGE_LOOKS] = { tutti_replica_on_looks },
  [TUTTI_MESSAGE_SHOWN] = { tutti_replica_on_shown },

  [TUTTI_MESSAGE_HEIR] = { tutti_replica_on_heir },
  [TUTTI_MESSAGE_SEAT] = { tutti_replica_on_seat },
  [TUTTI_MESSAGE_BEFORE] = { tutti_replica_on_before },
  [TUTTI_MESSAGE_DOOR] = { on_kept_door },
  [TUTTI_MESSAGE_HAND] = { on_hand },
};

static gboolean
dispatch (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  const Handler *handler = &handlers[message->kind];

  if (handler->check != NULL)
    return handler->check (replica, message, now, error);
  if (handler->take == NULL)
    return tutti_replica_fail (error, "only a guest says that");
  handler->take (replica, message, now);
  return TRUE;
}

gboolean
tutti_replica_received (TuttiReplica *replica, const char *text, gsize length, TuttiNow now, GError **error)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!tutti_message_read (text, length, &message, error))
    return FALSE;
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    return tutti_replica_on_welcome (replica, &message, error);
  if (message.kind == TUTTI_MESSAGE_TELL)
    {
      tutti_replica_on_tell (replica, &message);
      return TRUE;
    }
  if (replica->welcome.me == 0)
    return tutti_replica_fail (error, "welcome comes first");
  if (message.kind == TUTTI_MESSAGE_DOC)
    return tutti_replica_on_doc (replica, &message, error);
  return tutti_replica_finish_document (replica, error) && dispatch (replica, &message, now, error);
}
