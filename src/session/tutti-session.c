/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session as others see it: what it is made of, and the questions and wishes of window and command line. */
#include "tutti-session-private.h"

#include "tutti-member-private.h"

#include <string.h>

#define TICK_MS 100

/* Who is here again so soon after this machine came back was never gone. */
#define BACK_WITHIN_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (TuttiSession, tutti_session, G_TYPE_OBJECT)

enum { PROP_STATE = 1, PROP_CAN_UNDO, PROP_CAN_REDO, N_PROPS };
static GParamSpec *properties[N_PROPS];

enum { CHANGED, REFUSED, CROSSED, WAITING, LATE, JOINED, LEFT, REPAIRED, INVITED, DENIED, LOCKED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* ---- what the replica tells ---- */

void
tutti_session_enter (TuttiSession *self)
{
  g_object_ref (self);
  self->depth++;
}

void
tutti_session_exit (TuttiSession *self)
{
  if (--self->depth == 0)
    g_clear_pointer (&self->left, tutti_replica_free);
  g_object_unref (self);
}

/* Whoever was told something before may have left: then the rest of it reaches nobody. */
static gboolean
has_left (TuttiSession *self)
{
  return self->replica == NULL;
}

static void
update_undo (TuttiSession *self)
{
  if (has_left (self))
    return;
  gboolean undo = tutti_replica_can_undo (self->replica, FALSE), redo = tutti_replica_can_undo (self->replica, TRUE);

  if (undo != self->can_undo)
    {
      self->can_undo = undo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
    }
  if (redo != self->can_redo)
    {
      self->can_redo = redo;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
    }
}

static void
on_send (gpointer user, const char *text)
{
  TuttiSession *self = user;

  if (self->wire != NULL)
    tutti_wire_send (self->wire, text);
}

static TuttiMember *
member (TuttiSession *self, guint number)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->people));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr(TuttiMember) each = g_list_model_get_item (G_LIST_MODEL (self->people), i);

      if (tutti_member_get_number (each) == number)
        return each;
    }
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

  if (has_left (self))
    return;
  if (what->scope == TUTTI_SCOPE_PEOPLE || what->scope == TUTTI_SCOPE_ALL)
    {
      introduce_all (self);
      forget_gone (self, tutti_replica_get_shown (self->replica));
    }
  if (!has_left (self) && (what->scope == TUTTI_SCOPE_TRACK || what->scope == TUTTI_SCOPE_TRACKS ||
                           what->scope == TUTTI_SCOPE_ALL))
    tutti_sound_mover_look (self->mover);
  update_undo (self);
  if (!has_left (self))
    g_signal_emit (self, signals[CHANGED], 0, what, by);
}

/* An edit is late when its frame was rendered before it came, and something played that it could have changed. */
static void
on_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  TuttiSession *self = user;
  TuttiOutputStats stats;

  if (has_left (self))
    return;
  if (op == NULL)
    {
      tutti_playback_begin (self->playback, jam, self->origin_ns);
      return;
    }
  if (!tutti_op_spec (op->kind)->audible)
    return;
  tutti_output_get_stats (tutti_playback_get_output (self->playback), &stats);
  gboolean heard = !self->catching_up && jam->transport.playing;
  gboolean late = heard && stats.in_time && (gint64) stats.rendered_frames > stamp->at;

  if (heard)
    tutti_session_note_heard (self, late);
  tutti_playback_confirm (self->playback, jam, stamp->at);
  if (late)
    g_signal_emit (self, signals[LATE], 0, op, stamp->by);
}

static void
on_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiSession *self = user;

  if (has_left (self))
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
 * for a wrong frame would have to be given up at once. Asking again later is harmless. */
static void
start_in_time (TuttiSession *self, const TuttiNetTimeState *time)
{
  if (self->live && (!time->following || time->fit.settled))
    tutti_playback_start (self->playback);
}

static void
on_live (gpointer user)
{
  TuttiSession *self = user;
  TuttiNetTimeState time;

  if (has_left (self))
    return;
  self->attempt = 0;
  tutti_session_found (self);
  self->catching_up = FALSE;
  self->live_us = g_get_monotonic_time ();
  tutti_sound_mover_look_again (self->mover);
  self->live = TRUE;
  tutti_net_time_get_state (self->time, &time);
  start_in_time (self, &time);
  if (self->hosting == NULL)
    {
      tutti_session_offer (self);
      tutti_session_set_state (self, TUTTI_SESSION_JOINED);
    }
  else if (self->state == TUTTI_SESSION_JOINING)
    tutti_session_set_state (self, TUTTI_SESSION_SOLO);
}

static void
on_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  if (!has_left (user))
    g_signal_emit (user, signals[REFUSED], 0, op, why);
}

static void
on_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  if (!has_left (user))
    g_signal_emit (user, signals[CROSSED], 0, mine, theirs, by, mine_stands);
}

static void
on_present (gpointer user, guint number, gboolean here)
{
  TuttiSession *self = user;

  if (has_left (self))
    return;
  TuttiMember *who = member (self, number);
  gboolean me = number == tutti_replica_get_me (self->replica);

  introduce_all (self);
  tutti_member_set_role (who, me, number == tutti_replica_get_host (self->replica));
  if (tutti_member_get_present (who) == here)
    return;
  tutti_member_set_present (who, here);
  /* Who was here before this machine came, or before it was away, did not come now. */
  gboolean known = here && (g_hash_table_remove (self->known_here, GUINT_TO_POINTER (number)) || !self->live);

  if (!me && !known)
    g_signal_emit (self, signals[here ? JOINED : LEFT], 0, who);
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
    }
}

static void
on_repaired (gpointer user)
{
  if (!has_left (user))
    g_signal_emit (user, signals[REPAIRED], 0);
}

static void
on_lead (gpointer user, gint64 frames)
{
}

static void
on_heirs (gpointer user)
{
  if (!has_left (user))
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
  if (has_left (user))
    return;
  if (message->kind == TUTTI_MESSAGE_INVITED)
    g_signal_emit (user, signals[INVITED], 0, message->hello.invite, (int) message->role);
  else if (message->kind == TUTTI_MESSAGE_DENIED)
    g_signal_emit (user, signals[DENIED], 0, message->reason);
  else
    g_signal_emit (user, signals[LOCKED], 0);
}

/* ---- what waits ---- */

static gint64
waits_until (TuttiSession *self)
{
  return self->state == TUTTI_SESSION_AWAY ? G_MAXINT64 : g_get_monotonic_time () - TUTTI_WAITS_AFTER_MS * 1000;
}

static void
look_at_waiting (TuttiSession *self)
{
  gint64 first, last;

  if (has_left (self))
    return;
  tutti_replica_visit_pending (self->replica, waits_until (self), NULL, NULL, &first, &last);
  if (first == self->waiting[0] && last == self->waiting[1])
    return;
  self->waiting[0] = first;
  self->waiting[1] = last;
  g_signal_emit (self, signals[WAITING], 0);
}

void
tutti_session_visit_waiting (TuttiSession *self, TuttiOpVisit visit, gpointer user_data)
{
  gint64 first, last;

  if (!has_left (self))
    tutti_replica_visit_pending (self->replica, waits_until (self), visit, user_data, &first, &last);
}

/* ---- life ---- */

static gboolean
on_tick (gpointer data)
{
  TuttiSession *self = data;
  TuttiNetTimeState time;

  if (self->state == TUTTI_SESSION_JOINED && g_get_monotonic_time () - self->live_us > BACK_WITHIN_US)
    g_hash_table_remove_all (self->known_here);
  tutti_net_time_get_state (self->time, &time);
  start_in_time (self, &time);
  tutti_session_enter (self);
  tutti_replica_report (self->replica, (gint64) time.fit.rtt_us, (gint64) self->late);
  tutti_replica_tick (self->replica, tutti_session_now (self));
  look_at_waiting (self);
  tutti_session_keep_trail (self);
  tutti_session_exit (self);
  return G_SOURCE_CONTINUE;
}

/* Who leaves a jam that others are in gives it to one of them, unless it is over. */
static void
close_hosting (TuttiSession *self)
{
  gboolean handed = self->farewell != TUTTI_CLOSE_JAM_ENDED && tutti_hosting_hand_over (self->hosting) != 0;

  tutti_hosting_close (self->hosting, handed ? TUTTI_CLOSE_HANDED_OVER : self->farewell);
}

void
tutti_session_leave (TuttiSession *self)
{
  if (self->replica == NULL)
    return;
  /* From here on nobody is told anything but that it ended. */
  self->left = g_steal_pointer (&self->replica);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->try_timeout, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  tutti_session_ignore_rivals (self);
  g_clear_object (&self->publisher);
  g_clear_pointer (&self->wire, tutti_wire_free);
  g_clear_pointer (&self->lookout, tutti_lookout_free);
  g_clear_pointer (&self->mover, tutti_sound_mover_free);
  g_clear_pointer (&self->playback, tutti_playback_free);
  if (self->hosting != NULL)
    close_hosting (self);
  g_clear_object (&self->hosting);
  if (self->standby != NULL)
    g_signal_handlers_disconnect_by_data (self->standby, self);
  g_clear_object (&self->standby);
  g_clear_object (&self->time);
  if (self->depth == 0)
    g_clear_pointer (&self->left, tutti_replica_free);
  self->port = 0;
  self->clock_port = 0;
  self->can_undo = self->can_redo = FALSE;
  tutti_session_set_state (self, TUTTI_SESSION_ENDED);
}

void
tutti_session_end (TuttiSession *self)
{
  self->farewell = TUTTI_CLOSE_JAM_ENDED;
  tutti_session_leave (self);
}

static void
tutti_session_dispose (GObject *object)
{
  TuttiSession *self = TUTTI_SESSION (object);

  /* Nobody is told: nobody has a reference any more. */
  self->state = TUTTI_SESSION_ENDED;
  tutti_session_leave (self);
  g_clear_object (&self->people);
  g_clear_pointer (&self->known_here, g_hash_table_unref);
  g_clear_pointer (&self->trusted, g_hash_table_unref);
  g_clear_pointer (&self->succession, tutti_succession_free);
  g_clear_pointer (&self->target, tutti_address_free);
  g_clear_object (&self->studio);
  g_clear_pointer (&self->address, tutti_address_free);
  g_clear_pointer (&self->fingerprint, g_free);
  g_clear_error (&self->end);
  G_OBJECT_CLASS (tutti_session_parent_class)->dispose (object);
}

static void
tutti_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  TuttiSession *self = TUTTI_SESSION (object);

  switch (id)
    {
    case PROP_STATE:
      g_value_set_int (value, (int) self->state);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
    }
}

static guint
new_signal (const char *name, guint n, GType a, GType b, GType c, GType d)
{
  return g_signal_new (name, TUTTI_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n, a, b, c, d);
}

static void
tutti_session_class_init (TuttiSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType pointer = G_TYPE_POINTER, none = G_TYPE_NONE;

  object_class->dispose = tutti_session_dispose;
  object_class->get_property = tutti_session_get_property;
  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, TUTTI_SESSION_ENDED, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = new_signal ("changed", 2, pointer, G_TYPE_UINT, none, none);
  signals[REFUSED] = new_signal ("refused", 2, pointer, pointer, none, none);
  signals[CROSSED] = new_signal ("crossed", 4, pointer, pointer, G_TYPE_UINT, G_TYPE_BOOLEAN);
  signals[WAITING] = new_signal ("waiting", 0, none, none, none, none);
  signals[LATE] = new_signal ("late", 2, pointer, G_TYPE_UINT, none, none);
  signals[JOINED] = new_signal ("joined", 1, TUTTI_TYPE_MEMBER, none, none, none);
  signals[LEFT] = new_signal ("left", 1, TUTTI_TYPE_MEMBER, none, none, none);
  signals[REPAIRED] = new_signal ("repaired", 0, none, none, none, none);
  signals[INVITED] = new_signal ("invited", 2, G_TYPE_STRING, G_TYPE_INT, none, none);
  signals[DENIED] = new_signal ("denied", 1, G_TYPE_STRING, none, none, none);
  signals[LOCKED] = new_signal ("locked", 0, none, none, none, none);
}

static void
tutti_session_init (TuttiSession *self)
{
  self->people = g_list_store_new (TUTTI_TYPE_MEMBER);
  self->known_here = g_hash_table_new (NULL, NULL);
  self->trusted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->succession = tutti_succession_new ();
  self->farewell = TUTTI_CLOSE_GOING_AWAY;
}

static TuttiSession *
session_new (TuttiStudio *studio, const TuttiPlaybackOptions *options)
{
  TuttiSession *self = g_object_new (TUTTI_TYPE_SESSION, NULL);
  TuttiReplicaHooks hooks = { self, on_send, on_changed, on_confirmed, on_welcomed, on_live, on_refused, on_crossed, on_present,
                              on_repaired, on_lead, on_heirs, on_handed, on_door };

  self->studio = g_object_ref (studio);
  self->time = tutti_net_time_new (NULL);
  self->replica = tutti_replica_new (&hooks, tutti_studio_get_name (studio), tutti_studio_get_colour (studio));
  tutti_replica_set_passing (self->replica, tutti_studio_is_passing (studio));
  self->playback = tutti_playback_new (tutti_studio_get_bank (studio), tutti_net_time_get_clock (self->time), options);
  self->mover = tutti_sound_mover_new (self);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  return self;
}

TuttiSession *
tutti_session_open (TuttiStudio *studio, const char *jam, const TuttiPlaybackOptions *options, GError **error)
{
  g_autoptr(TuttiHosting) hosting = tutti_hosting_open (studio, jam, 1, error);
  TuttiSession *self;

  if (hosting == NULL)
    return NULL;
  self = session_new (studio, options);
  self->hosting = g_steal_pointer (&hosting);
  self->state = TUTTI_SESSION_JOINING;
  g_strlcpy (self->jam_id, jam, sizeof self->jam_id);
  tutti_session_recall_trusted (self);
  tutti_session_connect (self);
  return self;
}

TuttiSession *
tutti_session_join (TuttiStudio *studio, const TuttiAddress *address, const char *fingerprint, gboolean trust_anew,
                    const TuttiPlaybackOptions *options)
{
  TuttiSession *self = session_new (studio, options);

  self->address = tutti_address_copy (address);
  self->fingerprint = g_strdup (fingerprint != NULL ? fingerprint : address->fingerprint);
  self->trust_anew = trust_anew;
  self->state = TUTTI_SESSION_JOINING;
  tutti_session_connect (self);
  return self;
}

void
tutti_session_set_state (TuttiSession *self, TuttiSessionState state)
{
  if (self->state == state)
    return;
  if (state != TUTTI_SESSION_AWAY)
    g_clear_pointer (&self->lookout, tutti_lookout_free);
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

TuttiNow
tutti_session_now (TuttiSession *self)
{
  gint64 host_ns = tutti_shared_clock_host_ns (tutti_net_time_get_clock (self->time), tutti_monotonic_ns ());

  return (TuttiNow) { (gint64) ((__int128) (host_ns - self->origin_ns) * TUTTI_FRAMES_PER_SECOND / 1000000000),
                      g_get_monotonic_time () };
}

/* ---- questions ---- */

const TuttiJam *
tutti_session_get_jam (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_get_shown (self->replica) : NULL;
}

const char *
tutti_session_get_jam_id (TuttiSession *self)
{
  return self->jam_id;
}

TuttiSessionState
tutti_session_get_state (TuttiSession *self)
{
  return self->state;
}

const GError *
tutti_session_get_end (TuttiSession *self)
{
  return self->end;
}

guint
tutti_session_get_me (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_get_me (self->replica) : 0;
}

guint
tutti_session_get_host (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_get_host (self->replica) : 0;
}

gboolean
tutti_session_has_heirs (TuttiSession *self)
{
  const TuttiHeirs *heirs = self->replica != NULL ? tutti_replica_get_heirs (self->replica) : NULL;

  return heirs != NULL && heirs->n > (tutti_heirs_find (heirs, tutti_session_get_me (self)) != NULL ? 1 : 0);
}

GListModel *
tutti_session_get_people (TuttiSession *self)
{
  return G_LIST_MODEL (self->people);
}

TuttiOutput *
tutti_session_get_output (TuttiSession *self)
{
  return self->playback != NULL ? tutti_playback_get_output (self->playback) : NULL;
}

TuttiPlayback *
tutti_session_get_playback (TuttiSession *self)
{
  return self->playback;
}

TuttiStudio *
tutti_session_get_studio (TuttiSession *self)
{
  return self->studio;
}

guint16
tutti_session_get_port (TuttiSession *self)
{
  return self->port;
}

TuttiPublisher *
tutti_session_get_publisher (TuttiSession *self)
{
  return self->publisher;
}

gint64
tutti_session_get_frame (TuttiSession *self)
{
  return self->playback != NULL ? tutti_output_get_frame_now (tutti_playback_get_output (self->playback)) : 0;
}

gint64
tutti_session_get_tick (TuttiSession *self)
{
  const TuttiJam *jam = tutti_session_get_jam (self);

  return jam != NULL ? tutti_jam_tick_at (jam, tutti_session_get_frame (self)) : 0;
}

void
tutti_session_get_peaks (TuttiSession *self, TuttiId track, float peaks[2])
{
  TuttiMix *mix = self->playback != NULL ? tutti_playback_get_mix (self->playback) : NULL;

  peaks[0] = peaks[1] = 0.0f;
  if (mix == NULL)
    return;
  for (unsigned side = 0; side < 2; side++)
    peaks[side] = tutti_id_is_none (track) ? tutti_mix_read_master_peak (mix, side)
                                           : tutti_mix_read_track_peak (mix, tutti_id_key (track), side);
}

gint64
tutti_session_get_seq (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_get_seq (self->replica) : 0;
}

guint64
tutti_session_get_hash (TuttiSession *self)
{
  const TuttiJam *jam = self->replica != NULL ? tutti_replica_get_confirmed (self->replica) : NULL;

  return jam != NULL ? tutti_jam_hash (jam) : 0;
}

/* ---- wishes ---- */

TuttiId
tutti_session_new_id (TuttiSession *self)
{
  return self->replica != NULL ? tutti_replica_new_id (self->replica) : (TuttiId) { 0, 0 };
}

static gboolean
alive (TuttiSession *self, GError **error)
{
  if (self->state != TUTTI_SESSION_ENDED)
    return TRUE;
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, "this jam is over here");
  return FALSE;
}

gboolean
tutti_session_submit (TuttiSession *self, TuttiOp *op, GError **error)
{
  if (!alive (self, error))
    {
      tutti_op_free (op);
      return FALSE;
    }
  tutti_session_enter (self);
  gboolean done = tutti_replica_submit (self->replica, op, tutti_session_now (self), error);

  look_at_waiting (self);
  tutti_session_exit (self);
  return done;
}

gboolean
tutti_session_kick (TuttiSession *self, guint number, GError **error)
{
  return alive (self, error) && tutti_replica_kick (self->replica, number, error);
}

gboolean
tutti_session_set_passcode (TuttiSession *self, const char *passcode, GError **error)
{
  return alive (self, error) && tutti_replica_set_passcode (self->replica, passcode, error);
}

gboolean
tutti_session_invite (TuttiSession *self, TuttiRole role, guint uses, guint minutes, GError **error)
{
  return alive (self, error) && tutti_replica_invite (self->replica, role, uses, minutes, error);
}

gboolean
tutti_session_is_locked (TuttiSession *self)
{
  return self->replica != NULL && tutti_replica_is_locked (self->replica);
}

static gboolean
undo (TuttiSession *self, gboolean redo, GError **error)
{
  if (!alive (self, error))
    return FALSE;
  tutti_session_enter (self);
  gboolean done = tutti_replica_undo (self->replica, redo, tutti_session_now (self), error);

  update_undo (self);
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

void
tutti_session_panic (TuttiSession *self)
{
  if (self->playback != NULL)
    tutti_playback_panic (self->playback);
}
