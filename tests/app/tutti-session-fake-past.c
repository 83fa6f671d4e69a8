/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was in the fake's jam, and what was overridden. */
#include "tutti-session-fake-private.h"

TuttiHistory *
tutti_session_get_history (TuttiSession *self)
{
  return self->history;
}

GListModel *
tutti_session_get_conflicts (TuttiSession *self)
{
  return G_LIST_MODEL (self->conflicts);
}

void
tutti_session_dismiss (TuttiSession *self, TuttiConflict *conflict)
{
  guint position;

  if (g_list_store_find (self->conflicts, conflict, &position))
    g_list_store_remove (self->conflicts, position);
}

gboolean
tutti_session_put_back (TuttiSession *self, TuttiConflict *conflict, GError **error)
{
  gboolean done = tutti_session_submit (self, tutti_op_copy (tutti_conflict_get_lost (conflict)), error);

  if (done)
    tutti_session_dismiss (self, conflict);
  return done;
}

void
tutti_session_fake_set_time (TuttiSession *self, gint64 time_us)
{
  self->time_us = time_us;
}

void
tutti_session_fake_cross (TuttiSession *self, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  g_autoptr(TuttiConflict) conflict = tutti_conflict_new (mine, theirs, by, mine_stands);

  g_list_store_insert (self->conflicts, 0, conflict);
}

static void
set_hearing (TuttiSession *self, gint64 seq)
{
  self->hearing = seq;
  g_signal_emit (self, fake_signals[HEARING], 0);
}

gboolean
tutti_session_hear (TuttiSession *self, gint64 seq, GError **error)
{
  set_hearing (self, seq);
  return TRUE;
}

void
tutti_session_stop_hearing (TuttiSession *self)
{
  set_hearing (self, -1);
}

gint64
tutti_session_get_hearing (TuttiSession *self)
{
  return self->hearing;
}

gboolean
tutti_session_get_heard_tick (TuttiSession *self, gint64 *tick)
{
  *tick = self->tick;
  return self->hearing >= 0;
}

gboolean
tutti_session_go_back (TuttiSession *self, gint64 seq, GError **error)
{
  g_signal_emit (self, fake_signals[PAST], 0, TUTTI_PAST_GO_BACK, seq, NULL, NULL);
  return TRUE;
}

gboolean
tutti_session_branch (TuttiSession *self, gint64 seq, const char *name, GError **error)
{
  g_signal_emit (self, fake_signals[PAST], 0, TUTTI_PAST_BRANCH, seq, NULL, "branch");
  return TRUE;
}
