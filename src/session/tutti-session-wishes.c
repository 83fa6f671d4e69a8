/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What whoever uses the session wishes: edits and what waits of them, undo, the door, sounds for this machine alone. */
#include "tutti-session-private.h"

static gint64
waits_until (TuttiSession *self)
{
  return self->state == TUTTI_SESSION_AWAY ? G_MAXINT64 : g_get_monotonic_time () - TUTTI_WAITS_AFTER_MS * 1000;
}

void
tutti_session_look_at_waiting (TuttiSession *self)
{
  gint64 first, last;

  if (tutti_session_has_left (self))
    return;
  tutti_replica_visit_pending (self->replica, waits_until (self), NULL, NULL, &first, &last);
  if (first == self->waiting[0] && last == self->waiting[1])
    return;
  self->waiting[0] = first;
  self->waiting[1] = last;
  g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_WAITING], 0);
}

void
tutti_session_visit_waiting (TuttiSession *self, TuttiOpVisit visit, gpointer user_data)
{
  gint64 first, last;

  if (!tutti_session_has_left (self))
    tutti_replica_visit_pending (self->replica, waits_until (self), visit, user_data, &first, &last);
}

TuttiId
tutti_session_new_id (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_new_id (self->replica) : (TuttiId) { 0, 0 };
}

gboolean
tutti_session_is_alive (TuttiSession *self, GError **error)
{
  if (self->state != TUTTI_SESSION_ENDED)
    return TRUE;
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "this jam is over here");
  return FALSE;
}

gboolean
tutti_session_submit (TuttiSession *self, TuttiOp *op, GError **error)
{
  if (!tutti_session_is_alive (self, error))
    {
      tutti_op_free (op);
      return FALSE;
    }
  g_autoptr(TuttiOp) copy = tutti_op_copy (op);

  tutti_session_enter (self);
  gboolean done = tutti_replica_submit (self->replica, op, tutti_session_now (self), error);

  if (done)
    tutti_session_settle_conflicts (self, copy);
  tutti_session_look_at_waiting (self);
  tutti_session_exit (self);
  return done;
}

gboolean
tutti_session_kick (TuttiSession *self, guint number, GError **error)
{
  return tutti_session_is_alive (self, error) && tutti_replica_kick (self->replica, number, error);
}

gboolean
tutti_session_wish (TuttiSession *self, TuttiWish what, GError **error)
{
  return tutti_session_is_alive (self, error) && tutti_replica_wish (self->replica, what, error);
}

const TuttiOp *
tutti_session_peek_undo (TuttiSession *self, gboolean redo, guint *blocked_by)
{
  *blocked_by = 0;
  return self->replica != NULL ? tutti_replica_peek_undo (self->replica, redo, blocked_by) : NULL;
}

char *
tutti_session_dup_link (TuttiSession *self)
{
  if (self->state != TUTTI_SESSION_JOINED || self->address == NULL)
    return NULL;
  g_autoptr(TuttiAddress) address = tutti_address_copy (self->address);

  g_clear_pointer (&address->jam, g_free);
  g_clear_pointer (&address->fingerprint, g_free);
  g_clear_pointer (&address->invite, g_free);
  g_clear_pointer (&address->passcode, g_free);
  address->jam = g_strdup (self->jam_id);
  address->fingerprint = g_strdup (self->fingerprint);
  return tutti_address_to_link (address);
}

gboolean
tutti_session_set_passcode (TuttiSession *self, const char *passcode, GError **error)
{
  return tutti_session_is_alive (self, error) && tutti_replica_set_passcode (self->replica, passcode, error);
}

gboolean
tutti_session_invite (TuttiSession *self, TuttiRole role, guint uses, guint minutes, GError **error)
{
  return tutti_session_is_alive (self, error) && tutti_replica_invite (self->replica, role, uses, minutes, error);
}

gboolean
tutti_session_is_locked (TuttiSession *self)
{
  return self->replica != NULL && tutti_replica_is_locked (self->replica);
}

static gboolean
undo (TuttiSession *self, gboolean redo, GError **error)
{
  if (!tutti_session_is_alive (self, error))
    return FALSE;
  tutti_session_enter (self);
  gboolean done = tutti_replica_undo (self->replica, redo, tutti_session_now (self), error);

  tutti_session_update_undo (self);
  tutti_session_exit (self);
  return done;
}

gboolean
tutti_session_undo (TuttiSession *self, GError **error)
{
  return undo (self, FALSE, error);
}

gboolean
tutti_session_redo (TuttiSession *self, GError **error)
{
  return undo (self, TRUE, error);
}

gboolean
tutti_session_can_undo (TuttiSession *self)
{
  return self->can_undo;
}

gboolean
tutti_session_can_redo (TuttiSession *self)
{
  return self->can_redo;
}

void
tutti_session_audition (TuttiSession *self, const char *sound, int pitch, int velocity)
{
  if (self->playback != NULL)
    tutti_playback_audition (self->playback, 0, sound, pitch, velocity);
}

void
tutti_session_audition_track (TuttiSession *self, TuttiId id, int pitch, int velocity)
{
  const TuttiJam *jam = tutti_session_get_jam (self);
  const TuttiTrack *track = jam != NULL ? tutti_jam_track (jam, id, NULL) : NULL;

  if (track != NULL)
    tutti_playback_audition (self->playback, (gint64) tutti_id_key (id), track->sound, pitch, velocity);
}

gboolean
tutti_session_try (TuttiSession *self, const TuttiOp *op)
{
  if (self->playback == NULL || self->hearing >= 0)
    return FALSE;
  tutti_playback_try (self->playback, op);
  return TRUE;
}

gboolean
tutti_session_try_jam (TuttiSession *self, const TuttiJam *jam)
{
  if (self->playback == NULL || self->hearing >= 0)
    return FALSE;
  tutti_playback_listen (self->playback, jam);
  return TRUE;
}

void
tutti_session_stop_trying (TuttiSession *self)
{
  if (self->playback != NULL && self->hearing < 0)
    tutti_playback_listen (self->playback, NULL);
}

TuttiScoreSound *
tutti_session_look_up_sound (TuttiSession *self, const char *sound)
{
  return self->playback != NULL ? tutti_playback_look_up_sound (self->playback, sound) : NULL;
}

void
tutti_session_panic (TuttiSession *self)
{
  if (self->playback != NULL)
    tutti_playback_panic (self->playback);
}
