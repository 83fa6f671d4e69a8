/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where people are, and what they say. */
#include "tutti-session-private.h"

#include "tutti-member-private.h"

/* ---- what the replica tells ---- */

void
tutti_session_on_there (gpointer user, guint number, const TuttiHere *here)
{
  TuttiSession *self = user;
  /* Whoever is told of is a member already. */
  TuttiMember *member = tutti_session_has_left (self) ? NULL : tutti_session_find_member (self, number);

  if (member == NULL || !tutti_member_get_present (member))
    return;
  tutti_member_set_here (member, here);
  g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_MOVED], 0, member);
}

void
tutti_session_on_lines (gpointer user, const TuttiLine *fresh)
{
  if (!tutti_session_has_left (user))
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_SAID], 0, fresh);
}

/* ---- wishes and questions ---- */

void
tutti_session_set_here (TuttiSession *self, const TuttiHere *place)
{
  if (self->replica != NULL)
    tutti_replica_set_here (self->replica, place, tutti_session_now (self));
}

gboolean
tutti_session_chat (TuttiSession *self, const char *text, GError **error)
{
  if (self->replica != NULL)
    return tutti_replica_chat (self->replica, text, tutti_session_now (self), error);
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "this jam is over here");
  return FALSE;
}

guint
tutti_session_get_n_lines (TuttiSession *self)
{
  return self->replica != NULL ? tutti_lines_get_n (tutti_replica_get_lines (self->replica)) : 0;
}

const TuttiLine *
tutti_session_get_line (TuttiSession *self, guint index)
{
  return tutti_lines_get (tutti_replica_get_lines (self->replica), index);
}

gboolean
tutti_session_has_older_lines (TuttiSession *self)
{
  return self->replica != NULL && tutti_replica_has_older (self->replica);
}

gboolean
tutti_session_ask_older_lines (TuttiSession *self)
{
  return self->replica != NULL && tutti_replica_ask_older (self->replica, tutti_session_now (self));
}
