/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was: the history, what crossed, and moments to hear, to go back to, or to begin from. */
#include "tutti-session-private.h"

#include "tutti-jam-moment.h"
#include "tutti-room.h"

/* Operations a page of history. */
#define PAGE 60

void
tutti_session_init_past (TuttiSession *self)
{
  self->conflicts = g_list_store_new (TUTTI_TYPE_CONFLICT);
  self->hearing = -1;
}

/* Whoever still shows the list asks in vain. */
static gboolean
ask_nobody (gpointer user, gint64 before)
{
  return FALSE;
}

void
tutti_session_clear_past (TuttiSession *self)
{
  if (self->history != NULL)
    tutti_history_set_ask (self->history, ask_nobody, NULL);
  g_clear_object (&self->history);
  g_clear_object (&self->conflicts);
  g_clear_pointer (&self->branch_name, g_free);
}

/* ---- the list ---- */

static gboolean
ask (gpointer user, gint64 before)
{
  TuttiSession *self = user;

  return self->replica != NULL && tutti_replica_ask_history (self->replica, before, PAGE, tutti_session_now (self), NULL);
}

TuttiHistory *
tutti_session_get_history (TuttiSession *self)
{
  if (self->history == NULL)
    self->history = tutti_history_new (ask, self);
  return self->history;
}

void
tutti_session_on_history (gpointer user, const TuttiMessage *message)
{
  TuttiSession *self = user;

  if (tutti_session_has_left (self) || self->history == NULL)
    return;
  if (message->kind == TUTTI_MESSAGE_WAS)
    tutti_history_was (self->history, message->op, &message->stamp, message->done_us);
  else
    tutti_history_were (self->history, message->stamp.seq, message->reason[0] != '\0' ? message->reason : NULL);
}

/* What comes while catching up happened before, at times that only the host knows. */
void
tutti_session_note_happened (TuttiSession *self, const TuttiOp *op, const TuttiStamp *stamp)
{
  if (self->history != NULL && !self->catching_up)
    tutti_history_happened (self->history, op, stamp, g_get_real_time ());
}

/* What was asked for to be heard does not come any more; what is heard already stays. */
static void
stop_waiting_to_hear (TuttiSession *self)
{
  if (self->hearing >= 0 && tutti_playback_get_heard (self->playback) == NULL)
    tutti_session_stop_hearing (self);
}

/* Here again: what happened meanwhile is asked for. */
void
tutti_session_begin_past (TuttiSession *self)
{
  self->returning = tutti_replica_get_pending (self->replica) > 0;
  if (self->history != NULL)
    tutti_history_reset (self->history);
  stop_waiting_to_hear (self);
}

/* ---- what crossed ---- */

/* An edit made away, without knowing theirs, that stands now is as much to look at as one of mine that does not. */
void
tutti_session_note_crossed (TuttiSession *self, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  gboolean offline = self->returning;

  self->returning = self->returning && tutti_replica_get_pending (self->replica) > 0;
  if (mine_stands && (!offline || theirs == NULL))
    return;
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)); i-- > 0; )
    {
      g_autoptr(TuttiConflict) each = g_list_model_get_item (G_LIST_MODEL (self->conflicts), i);

      /* Only the last of those about one thing can still be put right. */
      if (i + 1 >= TUTTI_CONFLICTS_MAX || tutti_op_collides (tutti_conflict_get_mine (each), mine))
        g_list_store_remove (self->conflicts, i);
    }
  g_autoptr(TuttiConflict) conflict = tutti_conflict_new (mine, theirs, by, mine_stands);

  g_list_store_insert (self->conflicts, 0, conflict);
}

void
tutti_session_settle_conflicts (TuttiSession *self, const TuttiOp *op)
{
  for (guint i = self->conflicts != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->conflicts)) : 0; i-- > 0; )
    {
      g_autoptr(TuttiConflict) each = g_list_model_get_item (G_LIST_MODEL (self->conflicts), i);

      if (tutti_op_collides (tutti_conflict_get_mine (each), op))
        g_list_store_remove (self->conflicts, i);
    }
}

GListModel *
tutti_session_get_conflicts (TuttiSession *self)
{
  return G_LIST_MODEL (self->conflicts);
}

gboolean
tutti_session_put_back (TuttiSession *self, TuttiConflict *conflict, GError **error)
{
  g_autoptr(TuttiConflict) kept = g_object_ref (conflict);
  const TuttiOp *lost = tutti_conflict_get_lost (kept);

  if (lost != NULL && !tutti_session_submit (self, tutti_op_copy (lost), error))
    return FALSE;
  tutti_session_dismiss (self, kept);
  return TRUE;
}

void
tutti_session_dismiss (TuttiSession *self, TuttiConflict *conflict)
{
  guint position;

  if (self->conflicts != NULL && g_list_store_find (self->conflicts, conflict, &position))
    g_list_store_remove (self->conflicts, position);
}

/* ---- moments ---- */

static void
tell (TuttiSession *self, gint64 seq, const GError *why, const char *jam)
{
  g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_PAST], 0, (int) self->past_wish, seq, why, jam);
}

static void
set_hearing (TuttiSession *self, gint64 seq)
{
  if (self->hearing == seq)
    return;
  self->hearing = seq;
  g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_HEARING], 0);
}

static TuttiId
coin (gpointer user)
{
  return tutti_session_new_id (user);
}

static void
go_back (TuttiSession *self, gint64 seq, const TuttiJam *then)
{
  TuttiStamp stamp = { seq, tutti_session_get_me (self), tutti_session_now (self).frame };
  g_autoptr(GError) error = NULL;
  TuttiOp *way = tutti_jam_way_back (tutti_session_get_jam (self), then, seq, &stamp, coin, self, &error);

  if (way != NULL)
    tutti_session_submit (self, way, &error);
  tell (self, seq, error, NULL);
}

/* Made of its music alone: whoever was in the jam, and may what there, is no part of the branch. */
static void
branch (TuttiSession *self, gint64 seq, const TuttiJam *then)
{
  g_autoptr(TuttiJam) empty = tutti_jam_new ();
  TuttiStamp stamp = { 0 };
  g_autoptr(GError) error = NULL;
  g_autofree char *id = NULL;
  g_autoptr(GPtrArray) ops = tutti_jam_difference (empty, then, &stamp, NULL, NULL, &error);

  if (ops != NULL)
    id = tutti_room_create (tutti_studio_get_store (self->studio), self->branch_name, ops, &error);
  tell (self, seq, error, id);
}

void
tutti_session_on_moment (gpointer user, gint64 seq, const TuttiJam *jam, const GError *why)
{
  TuttiSession *self = user;

  if (tutti_session_has_left (self))
    return;
  if (jam == NULL)
    {
      if (self->past_wish == TUTTI_PAST_HEAR)
        set_hearing (self, -1);
      tell (self, seq, why, NULL);
    }
  else if (self->past_wish == TUTTI_PAST_HEAR)
    {
      tutti_playback_listen (self->playback, jam);
      tell (self, seq, NULL, NULL);
    }
  else if (self->past_wish == TUTTI_PAST_GO_BACK)
    go_back (self, seq, jam);
  else
    branch (self, seq, jam);
}

static gboolean
ask_moment (TuttiSession *self, TuttiPastWish wish, gint64 seq, GError **error)
{
  if (self->replica == NULL)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "this jam is over here");
      return FALSE;
    }
  self->past_wish = wish;
  return tutti_replica_ask_moment (self->replica, seq, tutti_session_now (self), error);
}

gboolean
tutti_session_hear (TuttiSession *self, gint64 seq, GError **error)
{
  if (!ask_moment (self, TUTTI_PAST_HEAR, seq, error))
    return FALSE;
  tutti_playback_listen (self->playback, NULL);
  set_hearing (self, seq);
  return TRUE;
}

gboolean
tutti_session_go_back (TuttiSession *self, gint64 seq, GError **error)
{
  /* What everyone hears is to be heard then. */
  tutti_session_stop_hearing (self);
  return ask_moment (self, TUTTI_PAST_GO_BACK, seq, error);
}

gboolean
tutti_session_branch (TuttiSession *self, gint64 seq, const char *name, GError **error)
{
  g_free (self->branch_name);
  self->branch_name = g_strdup (name);
  if (!ask_moment (self, TUTTI_PAST_BRANCH, seq, error))
    return FALSE;
  stop_waiting_to_hear (self);
  return TRUE;
}

void
tutti_session_stop_hearing (TuttiSession *self)
{
  if (self->hearing < 0)
    return;
  if (self->playback != NULL)
    tutti_playback_listen (self->playback, NULL);
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
  const TuttiJam *heard = self->playback != NULL && self->hearing >= 0 ? tutti_playback_get_heard (self->playback) : NULL;

  if (heard == NULL)
    return FALSE;
  *tick = MAX (tutti_jam_tick_at (heard, tutti_session_get_frame (self)), heard->transport.start_tick);
  return TRUE;
}
