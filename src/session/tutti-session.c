/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session as others see it: what it is made of, and the questions of window and command line. */
#include "tutti-session-private.h"

#include <math.h>

#define TICK_MS 100

/* Who is here again so soon after this machine came back was never gone. */
#define BACK_WITHIN_US (2 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (TuttiSession, tutti_session, G_TYPE_OBJECT)

enum { PROP_STATE = 1, PROP_CAN_UNDO, PROP_CAN_REDO, N_PROPS };
static GParamSpec *properties[N_PROPS];

guint tutti_session_signals[TUTTI_SESSION_N_SIGNALS];

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

/* ---- life ---- */

static gboolean
on_tick (gpointer data)
{
  TuttiSession *self = data;
  TuttiNetTimeState time;

  if (self->state == TUTTI_SESSION_JOINED && g_get_monotonic_time () - self->live_us > BACK_WITHIN_US)
    g_hash_table_remove_all (self->known_here);
  tutti_net_time_get_state (self->time, &time);
  tutti_session_start_in_time (self, &time);
  tutti_session_enter (self);
  tutti_replica_report (self->replica, (gint64) time.fit.rtt_us, (gint64) self->late);
  tutti_replica_tick (self->replica, tutti_session_now (self));
  tutti_session_look_at_waiting (self);
  tutti_session_keep_trail (self);
  tutti_session_look_home (self);
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
  g_clear_handle_id (&self->comparing, g_source_remove);
  g_clear_pointer (&self->comparison, g_array_unref);
  tutti_session_ignore_rivals (self);
  tutti_session_forget_home (self);
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
  tutti_session_clear_past (self);
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
  tutti_session_signals[TUTTI_SESSION_CHANGED] = new_signal ("changed", 2, pointer, G_TYPE_UINT, none, none);
  tutti_session_signals[TUTTI_SESSION_REFUSED] = new_signal ("refused", 2, pointer, pointer, none, none);
  tutti_session_signals[TUTTI_SESSION_CROSSED] = new_signal ("crossed", 4, pointer, pointer, G_TYPE_UINT, G_TYPE_BOOLEAN);
  tutti_session_signals[TUTTI_SESSION_WAITING] = new_signal ("waiting", 0, none, none, none, none);
  tutti_session_signals[TUTTI_SESSION_LATE] = new_signal ("late", 2, pointer, G_TYPE_UINT, none, none);
  tutti_session_signals[TUTTI_SESSION_CAME] = new_signal ("joined", 1, TUTTI_TYPE_MEMBER, none, none, none);
  tutti_session_signals[TUTTI_SESSION_LEFT] = new_signal ("left", 1, TUTTI_TYPE_MEMBER, none, none, none);
  tutti_session_signals[TUTTI_SESSION_REPAIRED] = new_signal ("repaired", 0, none, none, none, none);
  tutti_session_signals[TUTTI_SESSION_INVITED] = new_signal ("invited", 2, G_TYPE_STRING, G_TYPE_INT, none, none);
  tutti_session_signals[TUTTI_SESSION_DENIED] = new_signal ("denied", 1, G_TYPE_STRING, none, none, none);
  tutti_session_signals[TUTTI_SESSION_WISHED] = new_signal ("wished", 2, G_TYPE_UINT, G_TYPE_INT, none, none);
  tutti_session_signals[TUTTI_SESSION_LOCKED] = new_signal ("locked", 0, none, none, none, none);
  tutti_session_signals[TUTTI_SESSION_PAST] = new_signal ("past", 4, G_TYPE_INT, G_TYPE_INT64, pointer, G_TYPE_STRING);
  tutti_session_signals[TUTTI_SESSION_HEARING] = new_signal ("hearing", 0, none, none, none, none);
  tutti_session_signals[TUTTI_SESSION_MOVED] = new_signal ("moved", 1, TUTTI_TYPE_MEMBER, none, none, none);
  tutti_session_signals[TUTTI_SESSION_SAID] = new_signal ("said", 1, pointer, none, none, none);
  tutti_session_signals[TUTTI_SESSION_PICTURED] = new_signal ("pictured", 1, G_TYPE_UINT, none, none, none);
  tutti_session_signals[TUTTI_SESSION_COMPARED] = new_signal ("compared", 2, G_TYPE_INT64, pointer, none, none);
}

static void
tutti_session_init (TuttiSession *self)
{
  self->people = g_list_store_new (TUTTI_TYPE_MEMBER);
  tutti_session_init_past (self);
  self->known_here = g_hash_table_new (NULL, NULL);
  self->trusted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->succession = tutti_succession_new ();
  self->farewell = TUTTI_CLOSE_GOING_AWAY;
}

static TuttiSession *
session_new (TuttiStudio *studio, const TuttiPlaybackOptions *options)
{
  TuttiSession *self = g_object_new (TUTTI_TYPE_SESSION, NULL);
  TuttiReplicaHooks hooks = tutti_session_get_hooks (self);

  self->studio = g_object_ref (studio);
  g_signal_connect_object (studio, "heir-changed", G_CALLBACK (tutti_session_offer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (studio, "picture-changed", G_CALLBACK (tutti_session_show_myself), self, G_CONNECT_SWAPPED);
  self->time = tutti_net_time_new (NULL);
  self->replica = tutti_replica_new (&hooks, tutti_studio_get_name (studio), tutti_studio_get_colour (studio));
  tutti_replica_set_passing (self->replica, tutti_studio_is_passing (studio));
  tutti_replica_set_watching (self->replica, tutti_studio_is_watching (studio));
  tutti_replica_set_picture (self->replica, tutti_studio_get_picture (studio));
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
tutti_session_is_heir (TuttiSession *self)
{
  return self->replica != NULL && tutti_heirs_find (tutti_replica_get_heirs (self->replica), tutti_session_get_me (self)) != NULL;
}

gboolean
tutti_session_has_heirs (TuttiSession *self)
{
  return self->replica != NULL && tutti_replica_get_heirs (self->replica)->n > (tutti_session_is_heir (self) ? 1 : 0);
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
tutti_session_set_monitor_gain (TuttiSession *self, TuttiId track, int gain)
{
  if (self->playback != NULL)
    tutti_mix_set_monitor_gain (tutti_playback_get_mix (self->playback), tutti_id_key (track), gain);
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

double
tutti_session_get_reduction (TuttiSession *self, TuttiId track, TuttiId effect)
{
  guint64 key = tutti_id_is_none (track) ? 0 : tutti_id_key (track);
  float gain = 1.0f;

  if (self->playback != NULL)
    gain = tutti_mix_read_reduction (tutti_playback_get_mix (self->playback), key, tutti_id_key (effect));
  return gain < 1.0f ? -20 * log10 (gain) : 0;
}

void
tutti_session_set_mono (TuttiSession *self, gboolean mono)
{
  if (self->playback != NULL)
    tutti_output_set_mono (tutti_playback_get_output (self->playback), mono);
}

gboolean
tutti_session_get_mono (TuttiSession *self)
{
  return self->playback != NULL && tutti_output_get_mono (tutti_playback_get_output (self->playback));
}

void
tutti_session_get_loudness (TuttiSession *self, double *short_term, double *peak)
{
  TuttiMix *mix = self->playback != NULL ? tutti_playback_get_mix (self->playback) : NULL;
  float told[2] = { -200, -200 };

  if (mix != NULL)
    tutti_mix_read_loudness (mix, &told[0], &told[1]);
  *short_term = told[0];
  *peak = told[1];
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
