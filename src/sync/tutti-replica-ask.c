/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked of the host, or of others through it. */
#include "tutti-replica-private.h"

#include "tutti-rights.h"

#include <string.h>

static gboolean
ask (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  if (!replica->live)
    return tutti_replica_fail (error, "the host is out of reach");
  TuttiVerdict verdict = tutti_jam_judge_permission (replica->shown, replica->welcome.me, TUTTI_MAY_ADMIN);
  g_autofree char *words = tutti_verdict_to_words (replica->shown, &verdict);

  if (verdict.denial != TUTTI_DENIED_NOT)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, words);
      return FALSE;
    }
  tutti_replica_say (replica, message);
  return TRUE;
}

gboolean
tutti_replica_kick (TuttiReplica *replica, guint number, GError **error)
{
  return ask (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_KICK, .stamp.by = number }, error);
}

gboolean
tutti_replica_set_passcode (TuttiReplica *replica, const char *passcode, GError **error)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_PASSCODE };

  if (strlen (passcode) > TUTTI_PASSCODE_BYTES_MAX)
    return tutti_replica_fail (error, "that passcode is too long");
  g_strlcpy (message.hello.passcode, passcode, sizeof message.hello.passcode);
  return ask (replica, &message, error);
}

gboolean
tutti_replica_invite (TuttiReplica *replica, TuttiRole role, guint uses, guint minutes, GError **error)
{
  return ask (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_INVITE, .role = (guint8) role, .uses = uses, .minutes = minutes },
              error);
}

gboolean
tutti_replica_wish (TuttiReplica *replica, TuttiWish wish, GError **error)
{
  if (!replica->live)
    return tutti_replica_fail (error, "the host is out of reach");
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_WISH, .wish = (guint8) wish });
  return TRUE;
}

gboolean
tutti_replica_compare (TuttiReplica *replica, gint64 second, GError **error)
{
  if (!replica->live)
    return tutti_replica_fail (error, "the host is out of reach");
  tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_COMPARE, .rendered.second = second });
  return TRUE;
}

void
tutti_replica_answer (TuttiReplica *replica, guint asker, const TuttiRendered *rendered)
{
  if (replica->live)
    tutti_replica_say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_RENDERED, .stamp.by = asker, .rendered = *rendered });
}
