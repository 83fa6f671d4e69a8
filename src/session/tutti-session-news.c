/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the replica tells, for whoever uses the session: people, changes, ends of waiting. */
#include "tutti-session-private.h"

#include "tutti-member-private.h"
#include "tutti-rights.h"

/* Whoever was told something before may have left: then the rest of it reaches nobody. */
gboolean
tutti_session_has_left (TuttiSession *self)
{
  return self->replica == NULL;
}

void
tutti_session_update_undo (TuttiSession *self)
{
  if (tutti_session_has_left (self))
    return;
  gboolean undo = tutti_replica_can_undo (self->replica, FALSE), redo = tutti_replica_can_undo (self->replica, TRUE);

  if (undo != self->can_undo)
    {
      self->can_undo = undo;
      g_object_notify (G_OBJECT (self), "can-undo");
    }
  if (redo != self->can_redo)
    {
      self->can_redo = redo;
      g_object_notify (G_OBJECT (self), "can-redo");
    }
}

static void
on_send (gpointer user, const char *text)
{
  TuttiSession *self = user;

  if (self->wire != NULL)
    tutti_wire_send (self->wire, text);
}

TuttiMember *
tutti_session_find_member (TuttiSession *self, guint number)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiMember) each = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (tutti_member_get_number (each) == number)
        return each;
    }
  return NULL;
}

static TuttiMember *
member (TuttiSession *self, guint number)
{
  TuttiMember *known = tutti_session_find_member (self, number);

  if (known != NULL)
    return known;
  g_autoptr(TuttiMember) fresh = tutti_member_new (number);

  g_list_store_append (self->people, fresh);
  return fresh;
}

/* Who said goodbye and left nothing in the jam is no longer in its list. */
static void
forget_gone (TuttiSession *self, const TuttiJam *jam)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->people)); i-- > 0; )
    {
      g_autoptr(TuttiMember) each = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (!tutti_member_get_present (each) && !tutti_member_get_is_me (each) &&
          tutti_jam_person (jam, tutti_member_get_number (each)) == NULL)
        g_list_store_remove (self->people, i);
    }
}

/* Nobody but an admin is told how others keep time; who no longer is one does not keep what was true then. */
static void
forget_reports (TuttiSession *self, const TuttiJam *jam)
{
  TuttiVerdict verdict = tutti_jam_judge_permission (jam, tutti_replica_get_me (self->replica), TUTTI_MAY_ADMIN);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));

  for (guint i = 0; verdict.denial != TUTTI_DENIED_NOT && i < n; i++)
    {
      g_autoptr(TuttiMember) each = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      tutti_member_set_report (each, NULL);
    }
}

static void
introduce_all (TuttiSession *self)
{
  const TuttiJam *jam = tutti_replica_get_shown (self->replica);

  if (jam == NULL)
    return;
  for (guint i = 0; i < jam->people->len; i++)
    {
      const TuttiPerson *person = jam->people->pdata[i];

      tutti_member_introduce (member (self, person->number), person);
    }
}

static void
on_changed (gpointer user, const TuttiTarget *what, guint by)
{
  TuttiSession *self = user;

  if (tutti_session_has_left (self))
    return;
  if (what->scope == TUTTI_SCOPE_PEOPLE || what->scope == TUTTI_SCOPE_ALL)
    {
      introduce_all (self);
      forget_gone (self, tutti_replica_get_shown (self->replica));
      forget_reports (self, tutti_replica_get_shown (self->replica));
    }
  if (!tutti_session_has_left (self) && (what->scope == TUTTI_SCOPE_TRACK || what->scope == TUTTI_SCOPE_TRACKS ||
                           what->scope == TUTTI_SCOPE_ALL))
    tutti_sound_mover_look (self->mover);
  tutti_session_update_undo (self);
  if (!tutti_session_has_left (self))
    g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_CHANGED], 0, what, by);
}

/* An edit is late when its frame was rendered before it came, and something played that it could have changed. */
static void
on_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  TuttiSession *self = user;
  TuttiOutputStats stats;

  if (tutti_session_has_left (self))
    return;
  if (op == NULL)
    {
      tutti_playback_begin (self->playback, jam, self->origin_ns);
      return;
    }
  tutti_session_note_happened (self, op, stamp);
  if (!tutti_op_spec (op->kind)->audible)
    return;
  tutti_output_get_stats (tutti_playback_get_output (self->playback), &stats);
  gboolean heard = !self->catching_up && jam->transport.playing;
  gboolean late = heard && stats.in_time && (gint64) stats.rendered_frames > stamp->at;

  if (heard)
    tutti_session_note_heard (self, late);
  tutti_playback_confirm (self->playback, jam, stamp->at);
  if (late)
    g_signal_emit (self, tutti_session_signals[TUTTI_SESSION_LATE], 0, op, stamp->by);
}

static void
on_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiSession *self = user;

  if (tutti_session_has_left (self))
    return;
  self->catching_up = TRUE;
  g_strlcpy (self->jam_id, welcome->jam, sizeof self->jam_id);
  self->origin_ns = welcome->origin_ns;
  tutti_output_set_origin (tutti_playback_get_output (self->playback), self->origin_ns);
  if (welcome->token[0] != '\0')
    {
      tutti_studio_keep_token (self->studio, self->jam_id, welcome->token);
      /* Whoever comes by address alone does not know which jam it will be. */
      if (self->hosting == NULL && self->fingerprint != NULL)
        {
          g_autofree char *host = tutti_session_dup_host_key (self);

          tutti_studio_keep_token (self->studio, host, welcome->token);
        }
    }
  if (self->hosting != NULL)
    return;
  /* Coming back means to this jam, whatever else may then be hosted there. */
  if (self->target == NULL && self->address->jam == NULL)
    self->address->jam = g_strdup (self->jam_id);
  if (welcome->clock_port == 0)
    return;
  g_autoptr(GError) error = NULL;
  GSocketAddress *remote = tutti_link_get_remote (tutti_wire_get_link (self->wire));
  g_autofree char *address = tutti_session_dup_clock_address (remote);

  self->clock_port = welcome->clock_port;
  if (!tutti_net_time_follow (self->time, address, (guint16) welcome->clock_port, &error))
    g_warning ("The host's clock cannot be followed: %s", error->message);
}

/* Sound begins when the host's time is known: another machine's clock began to count at another moment, and what is rendered
 * for a wrong frame would have to be given up at once. Nor could who does not know the time pass it on as an heir; a host that is lost
 * before then leaves a guest who waits in silence. Asking again later is harmless. */
void
tutti_session_start_in_time (TuttiSession *self, const TuttiNetTimeState *time)
{
  if (!self->live || !time->fit.settled)
    return;
  tutti_playback_start (self->playback);
  if (self->knows_time)
    return;
  self->knows_time = TRUE;
  tutti_session_offer (self);
}

static void
on_live (gpointer user)
{
  TuttiSession *self = user;
  TuttiNetTimeState time;

  if (tutti_session_has_left (self))
    return;
  self->attempt = 0;
  tutti_session_found (self);
  tutti_session_note_home (self);
  self->catching_up = FALSE;
  self->live_us = g_get_monotonic_time ();
  tutti_sound_mover_look_again (self->mover);
  self->live = TRUE;
  self->knows_time = FALSE;
  tutti_session_begin_past (self);
  tutti_net_time_get_state (self->time, &time);
  tutti_session_start_in_time (self, &time);
  if (self->hosting == NULL)
    tutti_session_set_state (self, TUTTI_SESSION_JOINED);
  else if (self->state == TUTTI_SESSION_JOINING)
    tutti_session_set_state (self, TUTTI_SESSION_SOLO);
}

static void
on_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  if (!tutti_session_has_left (user))
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_REFUSED], 0, op, why);
}

static void
on_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  if (tutti_session_has_left (user))
    return;
  tutti_session_note_crossed (user, mine, theirs, by, mine_stands);
  g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_CROSSED], 0, mine, theirs, by, mine_stands);
}

static void
on_removed (gpointer user, guint number, const TuttiRemoval *removal)
{
  if (!tutti_session_has_left (user))
    tutti_member_set_removal (member (user, number), removal);
}

static void
on_present (gpointer user, guint number, gboolean here)
{
  TuttiSession *self = user;

  if (tutti_session_has_left (self))
    return;
  TuttiMember *who = member (self, number);
  gboolean me = number == tutti_replica_get_me (self->replica);

  introduce_all (self);
  tutti_member_set_role (who, me, number == tutti_replica_get_host (self->replica));
  if (tutti_member_get_present (who) == here)
    return;
  tutti_member_set_present (who, here);
  if (!here)
    tutti_member_set_report (who, NULL);
  /* Who was here before this machine came, or before it was away, did not come now. */
  gboolean known = here && (g_hash_table_remove (self->known_here, GUINT_TO_POINTER (number)) || !self->live);

  if (!me && !known)
    g_signal_emit (self, tutti_session_signals[here ? TUTTI_SESSION_CAME : TUTTI_SESSION_LEFT], 0, who);
}

void
tutti_session_lose_people (TuttiSession *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiMember) each = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (tutti_member_get_present (each) && !tutti_member_get_is_me (each))
        g_hash_table_add (self->known_here, GUINT_TO_POINTER (tutti_member_get_number (each)));
      tutti_member_set_present (each, tutti_member_get_is_me (each));
      tutti_member_set_report (each, NULL);
    }
}

static void
on_repaired (gpointer user)
{
  if (!tutti_session_has_left (user))
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_REPAIRED], 0);
}

static void
on_lead (gpointer user, gint64 frames)
{
}

static void
on_heirs (gpointer user)
{
  if (!tutti_session_has_left (user))
    tutti_session_note_heirs (user);
}

static void
on_handed (gpointer user, guint number)
{
  tutti_succession_handed (((TuttiSession *) user)->succession, number);
}

static void
on_door (gpointer user, const TuttiMessage *message)
{
  if (tutti_session_has_left (user))
    return;
  if (message->kind == TUTTI_MESSAGE_INVITED)
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_INVITED], 0, message->hello.invite, (int) message->role);
  else if (message->kind == TUTTI_MESSAGE_ASKED)
    tutti_session_on_asked (user, message);
  else if (message->kind == TUTTI_MESSAGE_HEARD)
    tutti_session_on_heard (user, message);
  else if (message->kind == TUTTI_MESSAGE_WISHED)
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_WISHED], 0, message->stamp.by, (int) message->wish);
  else if (message->kind == TUTTI_MESSAGE_DENIED)
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_DENIED], 0, message->reason);
  else
    g_signal_emit (user, tutti_session_signals[TUTTI_SESSION_LOCKED], 0);
}

static void
on_reports (gpointer user, const GArray *reports)
{
  TuttiSession *self = user;

  for (guint i = 0; i < reports->len && !tutti_session_has_left (self); i++)
    {
      const TuttiReport *report = &g_array_index (reports, TuttiReport, i);

      if (tutti_jam_person (tutti_replica_get_shown (self->replica), report->number) != NULL)
        tutti_member_set_report (member (self, report->number), report);
    }
}

TuttiReplicaHooks
tutti_session_get_hooks (TuttiSession *self)
{
  return (TuttiReplicaHooks) { self, on_send, on_changed, on_confirmed, on_welcomed, on_live, on_refused, on_crossed, on_present,
                               on_repaired, on_lead, on_heirs, on_handed, on_door, tutti_session_on_history,
                               tutti_session_on_moment, tutti_session_on_there, tutti_session_on_lines, on_reports,
                               tutti_session_on_pictured, on_removed };
}
