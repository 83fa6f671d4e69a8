/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-homecoming.h"

#include "tutti-net-time.h"
#include "tutti-replica.h"
#include "tutti-succession.h"
#include "tutti-way-watch.h"
#include "tutti-wire.h"

#include <string.h>

#define TICK_MS 100

struct _TuttiHomecoming
{
  TuttiStudio         *studio;     /* owned, as all that follows */
  TuttiHosting        *hosting;
  TuttiHomecomingCalls calls;
  char                *jam, *token;
  guint16              port;
  TuttiWayWatch       *watch;      /* while the jam is hosted here, or by nobody known */

  /* While it is hosted elsewhere. */
  TuttiAddress        *address;    /* of its host */
  TuttiAddress        *target;     /* of an heir that is tried; NULL: the host */
  TuttiWire           *wire;
  TuttiReplica        *replica;
  TuttiSuccession     *succession;
  TuttiNetTime        *time;       /* … and after it: the room that came home goes by it */
  guint16              clock_port;
  guint                tick;
  gint64               try_until_us;
  guint                people;     /* others who are there */
  gboolean             offered;    /* said that it is willing */
};

static void seek (TuttiHomecoming *self);
static void watch (TuttiHomecoming *self);

/* @more: (nullable) */
static void
say (TuttiHomecoming *self, GLogLevelFlags level, const char *words, const char *more)
{
  g_log_structured (G_LOG_DOMAIN, level, "TUTTI_JAM", self->jam, "MESSAGE", "Jam %s: %s%s%s", self->jam, words,
                    more != NULL ? ": " : "", more != NULL ? more : "");
}

/* ---- coming home ---- */

typedef struct
{
  TuttiHomecoming *self;
  TuttiEstate      estate;
  gboolean         done;
  GError          *error;
} Inheriting;

static gint64
host_ns (gpointer clock, gint64 monotonic_ns)
{
  return tutti_shared_clock_host_ns (clock, monotonic_ns);
}

static void
inherit_there (TuttiHouse *house, gpointer data)
{
  Inheriting *inheriting = data;
  TuttiHomecoming *self = inheriting->self;
  TuttiRoomClock clock = { tutti_net_time_get_clock (self->time), host_ns };
  TuttiRoom *room = tutti_house_inherit (house, self->jam, &inheriting->estate, &clock, self->people, &inheriting->error);

  if (room != NULL)
    tutti_room_set_clock_port (room, self->clock_port);
  inheriting->done = room != NULL;
}

static void
leave (TuttiHomecoming *self)
{
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_pointer (&self->wire, tutti_wire_free);
  g_clear_pointer (&self->replica, tutti_replica_free);
  g_clear_pointer (&self->succession, tutti_succession_free);
  g_clear_pointer (&self->address, tutti_address_free);
  g_clear_pointer (&self->target, tutti_address_free);
}

static void
take_over (TuttiHomecoming *self)
{
  Inheriting inheriting = { .self = self };

  tutti_replica_inherit (self->replica, &inheriting.estate);
  if (inheriting.estate.jam == NULL)
    return;
  tutti_net_time_hold (self->time);
  tutti_hosting_call (self->hosting, inherit_there, &inheriting);
  if (!inheriting.done)
    {
      /* No reason: the house is closed already. */
      say (self, G_LOG_LEVEL_WARNING, "cannot be hosted here again", inheriting.error != NULL ? inheriting.error->message : NULL);
      g_clear_error (&inheriting.error);
      return;
    }
  say (self, G_LOG_LEVEL_MESSAGE, "hosted here again", NULL);
  leave (self);
  watch (self);
}

/* ---- what the copy tells ---- */

static void
on_send (gpointer user, const char *text)
{
  TuttiHomecoming *self = user;

  if (self->wire != NULL)
    tutti_wire_send (self->wire, text);
}

static void
on_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

static void
on_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
}

static void
on_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiHomecoming *self = user;
  GSocketAddress *remote = tutti_link_get_remote (tutti_wire_get_link (self->wire));
  g_autofree char *address = g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  g_autoptr(GError) error = NULL;

  self->people = 0;
  if (welcome->clock_port != 0 && !tutti_net_time_follow (self->time, address, (guint16) welcome->clock_port, &error))
    say (self, G_LOG_LEVEL_WARNING, "its host's clock cannot be followed", error->message);
}

static void
on_live (gpointer user)
{
  TuttiHomecoming *self = user;

  tutti_succession_found (self->succession);
  if (self->target == NULL)
    return;
  tutti_address_free (self->address);
  self->address = g_steal_pointer (&self->target);
}

static void
on_refused (gpointer user, const TuttiOp *op, const GError *why)
{
}

static void
on_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
}

static void
on_present (gpointer user, guint number, gboolean here)
{
  TuttiHomecoming *self = user;

  if (number == tutti_replica_get_me (self->replica))
    return;
  self->people = here ? self->people + 1 : MAX (self->people, 1) - 1;
}

static void
on_repaired (gpointer user)
{
}

static void
on_lead (gpointer user, gint64 frames)
{
}

static void
on_handed (gpointer user, guint number)
{
  tutti_succession_handed (((TuttiHomecoming *) user)->succession, number);
}

/* ---- being a guest ---- */

/* Not before the host's time is known here: whoever hosts next goes on serving it. */
static void
offer (TuttiHomecoming *self)
{
  TuttiLink *link = tutti_wire_get_link (self->wire);
  TuttiHeir door = { .port = self->port, .clock_port = self->clock_port, .home = 1 };
  g_autofree char *address = link != NULL ? tutti_address_dup_own (tutti_link_get_remote (link)) : NULL;

  if (address == NULL)
    return;
  g_strlcpy (door.address, address, sizeof door.address);
  g_strlcpy (door.fingerprint, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)), sizeof door.fingerprint);
  tutti_replica_set_willing (self->replica, &door);
  self->offered = TRUE;
}

static TuttiNow
now_of (TuttiHomecoming *self)
{
  gint64 us = g_get_monotonic_time ();

  return (TuttiNow) { 0, us };
}

static void
lose (TuttiHomecoming *self, TuttiClose why)
{
  g_clear_pointer (&self->wire, tutti_wire_free);
  tutti_replica_disconnected (self->replica);
  tutti_net_time_hold (self->time);
  tutti_succession_lost (self->succession, why, tutti_replica_get_heirs (self->replica), tutti_replica_get_me (self->replica),
                         g_get_monotonic_time ());
}

static void
on_opened (gpointer user)
{
  TuttiHomecoming *self = user;

  self->try_until_us = 0;
  if (tutti_succession_is_lost (self->succession))
    tutti_succession_reached (self->succession);
  tutti_replica_set_token (self->replica, self->token);
  tutti_replica_connected (self->replica);
}

static void
on_received (gpointer user, const char *text, gsize length)
{
  TuttiHomecoming *self = user;
  g_autoptr(GError) error = NULL;

  if (tutti_replica_received (self->replica, text, length, now_of (self), &error))
    return;
  say (self, G_LOG_LEVEL_WARNING, "its host does not speak this protocol", error->message);
  lose (self, TUTTI_CLOSE_LOST);
}

static void
on_failed (gpointer user, const GError *error)
{
  TuttiHomecoming *self = user;
  TuttiTryResult result = TUTTI_TRY_SILENCE;

  self->try_until_us = 0;
  g_clear_pointer (&self->wire, tutti_wire_free);
  if (g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_REFUSED) ||
      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_HUNG_UP) ||
      g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_NO_SUCH_JAM))
    result = TUTTI_TRY_NOBODY;
  else if (g_error_matches (error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_BUSY))
    result = TUTTI_TRY_NOT_HOST;
  if (tutti_succession_is_lost (self->succession))
    tutti_succession_tried (self->succession, result, g_get_monotonic_time ());
  else
    lose (self, TUTTI_CLOSE_LOST);
}

/* Who is not wanted there leaves it to them: the copy here stays closed until this program starts again. */
static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  TuttiHomecoming *self = user;

  if (tutti_close_is_retryable (code))
    {
      lose (self, code);
      seek (self);
      return;
    }
  say (self, G_LOG_LEVEL_WARNING, "its host does not let this box in", words);
  leave (self);
}

static void
connect_now (TuttiHomecoming *self)
{
  TuttiWireCalls calls = { self, on_opened, on_received, on_failed, on_closed };
  const TuttiAddress *address = self->target != NULL ? self->target : self->address;

  self->try_until_us = g_get_monotonic_time () + tutti_succession_patience_us (self->succession);
  self->wire = tutti_wire_new_outside (address, address->fingerprint, &calls);
}

/* Without a host: what succession says. */
static void
seek (TuttiHomecoming *self)
{
  TuttiMove next = tutti_succession_next (self->succession, g_get_monotonic_time ());

  if (next.kind == TUTTI_MOVE_TAKE_OVER)
    take_over (self);
  if (next.kind != TUTTI_MOVE_HOST && next.kind != TUTTI_MOVE_HEIR)
    return;
  g_clear_pointer (&self->target, tutti_address_free);
  if (next.kind == TUTTI_MOVE_HEIR)
    {
      self->target = tutti_address_new (next.heir->address, self->address->scope, (guint16) next.heir->port);
      self->target->jam = g_strdup (self->jam);
      self->target->fingerprint = g_strdup (next.heir->fingerprint);
    }
  connect_now (self);
}

static gboolean
on_tick (gpointer data)
{
  TuttiHomecoming *self = data;
  TuttiNetTimeState time;

  if (self->wire != NULL && self->try_until_us != 0 && g_get_monotonic_time () > self->try_until_us &&
      tutti_succession_is_lost (self->succession))
    {
      g_clear_pointer (&self->wire, tutti_wire_free);
      self->try_until_us = 0;
      tutti_succession_tried (self->succession, TUTTI_TRY_SILENCE, g_get_monotonic_time ());
    }
  if (self->wire == NULL)
    {
      if (tutti_succession_is_lost (self->succession))
        seek (self);
      return self->tick != 0;
    }
  tutti_net_time_get_state (self->time, &time);
  tutti_replica_report (self->replica, (gint64) time.fit.rtt_us, 0);
  tutti_replica_tick (self->replica, now_of (self));
  if (!self->offered && time.following && time.fit.settled)
    offer (self);
  return G_SOURCE_CONTINUE;
}

/* Somebody came here for the jam, and nobody better is there. */
static void
on_asked (TuttiHosting *hosting, const char *jam, TuttiHomecoming *self)
{
  if (self->succession != NULL && g_str_equal (jam, self->jam) && tutti_succession_knocked (self->succession))
    take_over (self);
}

/* ---- looking ---- */

static void
close_there (TuttiHouse *house, gpointer jam)
{
  tutti_house_set_away (house, jam, TRUE);
}

static void
on_found (gpointer user, const TuttiAddress *address)
{
  TuttiHomecoming *self = user;
  TuttiReplicaHooks hooks = { self, on_send, on_changed, on_confirmed, on_welcomed, on_live, on_refused, on_crossed, on_present,
                              on_repaired, on_lead, NULL, on_handed };
  g_autoptr(GError) error = NULL;

  say (self, G_LOG_LEVEL_MESSAGE, "others went on with it, coming to them", address->host);
  self->address = tutti_address_copy (address);
  g_clear_pointer (&self->watch, tutti_way_watch_free);
  tutti_hosting_call (self->hosting, close_there, self->jam);
  self->calls.away (self->calls.user, self->jam);
  g_clear_object (&self->time);
  self->time = tutti_net_time_new (NULL);
  self->clock_port = tutti_net_time_serve (self->time, 0, &error);
  if (error != NULL)
    say (self, G_LOG_LEVEL_WARNING, "its time cannot be served", error->message);
  self->offered = FALSE;
  self->succession = tutti_succession_new ();
  self->replica = tutti_replica_new (&hooks, g_get_host_name (), TUTTI_PERSON_ICE);
  self->tick = g_timeout_add (TICK_MS, on_tick, self);
  connect_now (self);
}

typedef struct
{
  const char *jam;
  gint64      epoch;
} Asking;

static void
get_epoch_there (TuttiHouse *house, gpointer data)
{
  Asking *asking = data;
  TuttiRoom *room = tutti_house_find (house, asking->jam);
  TuttiRoomStatus status = { .epoch = 0 };

  if (room != NULL)
    tutti_room_get_status (room, &status);
  asking->epoch = status.epoch;
}

/* Of a jam that nobody is in: as it lies in the store. */
static gint64
get_epoch (gpointer user)
{
  TuttiHomecoming *self = user;
  Asking asking = { self->jam, 0 };
  TuttiRoomStatus status;

  tutti_hosting_call (self->hosting, get_epoch_there, &asking);
  if (asking.epoch == 0 && tutti_room_peek (tutti_studio_get_store (self->studio), self->jam, 1, &status, NULL))
    asking.epoch = status.epoch;
  return asking.epoch != 0 ? asking.epoch : G_MAXINT64;
}

static void
watch (TuttiHomecoming *self)
{
  TuttiWayCalls calls = { self, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)), get_epoch, on_found };

  self->watch = tutti_way_watch_new (tutti_studio_get_store (self->studio), self->jam, &calls);
}

/* ---- life ---- */

void
tutti_homecoming_hurry (TuttiHomecoming *self)
{
  if (self->watch != NULL)
    tutti_way_watch_hurry (self->watch);
  else if (self->succession != NULL)
    tutti_succession_hurry (self->succession, g_get_monotonic_time ());
}

TuttiHomecoming *
tutti_homecoming_new (const TuttiHomecomingPlace *place, const char *jam, const TuttiHomecomingCalls *calls)
{
  TuttiHomecoming *self = g_new0 (TuttiHomecoming, 1);

  self->studio = g_object_ref (place->studio);
  self->hosting = g_object_ref (place->hosting);
  self->calls = *calls;
  self->jam = g_strdup (jam);
  self->token = tutti_house_token (place->secret, jam);
  self->port = place->port;
  g_signal_connect (self->hosting, "asked", G_CALLBACK (on_asked), self);
  watch (self);
  return self;
}

void
tutti_homecoming_free (TuttiHomecoming *self)
{
  g_signal_handlers_disconnect_by_data (self->hosting, self);
  leave (self);
  g_clear_pointer (&self->watch, tutti_way_watch_free);
  g_clear_object (&self->time);
  g_object_unref (self->hosting);
  g_object_unref (self->studio);
  g_free (self->jam);
  g_free (self->token);
  g_free (self);
}
