/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two hosts of one jam, after a time in which they could not see each other: whose history changed hands more often goes on, and
 * the other comes to it as a guest, with everything that happened here meanwhile. */
#include "tutti-session-private.h"

#include <string.h>

static const TuttiJamAd *
find_rival (TuttiSession *self)
{
  TuttiNearbyJam *jam = tutti_browser_find (self->rivals, self->jam_id);
  const TuttiJamAd *ad = jam != NULL ? tutti_nearby_jam_get_ad (jam) : NULL;
  TuttiRoomStatus status;

  if (ad == NULL || ad->n_addresses == 0 || self->hosting == NULL || !g_hash_table_contains (self->trusted, ad->fingerprint))
    return NULL;
  tutti_hosting_get_status (self->hosting, &status);
  return ad->epoch > status.epoch ? ad : NULL;
}

TuttiAddress *
tutti_session_address_of (const TuttiJamAd *ad)
{
  g_autoptr(GSocketAddress) socket = tutti_jam_address_to_socket_address (&ad->addresses[0]);
  TuttiAddress *address = tutti_address_new_from_socket (G_INET_SOCKET_ADDRESS (socket));

  address->jam = g_strdup (ad->id);
  address->fingerprint = g_strdup (ad->fingerprint);
  return address;
}

/* What was stamped here before reached this copy, for it was posted before. */
static gboolean
on_yield (gpointer data)
{
  TuttiSession *self = data;

  self->yielding = 0;
  if (self->hosting == NULL || self->replica == NULL)
    return G_SOURCE_REMOVE;
  tutti_session_enter (self);
  g_clear_pointer (&self->ways, tutti_way_watch_free);
  tutti_replica_take_tail (self->replica, g_steal_pointer (&self->last_tail));
  tutti_session_drop_wire (self);
  g_clear_object (&self->publisher);
  tutti_hosting_close (self->hosting, TUTTI_CLOSE_HANDED_OVER);
  g_clear_object (&self->hosting);
  g_clear_pointer (&self->address, tutti_address_free);
  self->address = tutti_address_copy (self->target);
  g_free (self->fingerprint);
  self->fingerprint = g_strdup (self->address->fingerprint);
  g_clear_pointer (&self->target, tutti_address_free);
  self->away_reason = TUTTI_CLOSE_HANDED_OVER;
  tutti_session_set_state (self, TUTTI_SESSION_AWAY);
  if (self->gave_back)
    tutti_session_seek (self, TUTTI_CLOSE_HANDED_OVER);
  else
    tutti_session_connect (self);
  self->gave_back = FALSE;
  tutti_session_exit (self);
  return G_SOURCE_REMOVE;
}

void
tutti_session_yield_to (TuttiSession *self, TuttiAddress *address)
{
  g_clear_pointer (&self->target, tutti_address_free);
  self->target = address;
  self->last_tail = tutti_hosting_freeze (self->hosting);
  self->yielding = g_idle_add_full (G_PRIORITY_DEFAULT, on_yield, self, NULL);
}

static void
look (TuttiSession *self)
{
  const TuttiJamAd *rival = self->yielding == 0 ? find_rival (self) : NULL;

  if (rival == NULL)
    return;
  g_message ("Another host has this jam and goes on with it");
  tutti_session_yield_to (self, tutti_session_address_of (rival));
}

/* ---- where it may have gone on, as far as it is known: a network may let no announcement through ---- */

static gint64
get_epoch (gpointer user)
{
  TuttiSession *self = user;
  TuttiRoomStatus status = { .epoch = G_MAXINT64 };

  if (self->hosting != NULL && self->yielding == 0)
    tutti_hosting_get_status (self->hosting, &status);
  return status.epoch;
}

static void
on_way_found (gpointer user, const TuttiAddress *address)
{
  TuttiSession *self = user;

  g_message ("Another host, %s, has this jam and goes on with it", address->host);
  tutti_session_yield_to (self, tutti_address_copy (address));
}

static void
watch_ways (TuttiSession *self)
{
  TuttiWayCalls calls = { self, tutti_identity_get_fingerprint (tutti_studio_get_identity (self->studio)), get_epoch, on_way_found };

  g_clear_pointer (&self->ways, tutti_way_watch_free);
  self->ways = tutti_way_watch_new (tutti_studio_get_store (self->studio), self->jam_id, &calls);
}

void
tutti_session_watch_rivals (TuttiSession *self)
{
  TuttiDiscovery *discovery = tutti_studio_get_discovery (self->studio);

  watch_ways (self);
  if (discovery == NULL || self->rivals != NULL)
    return;
  self->rivals = tutti_discovery_browse (discovery);
  g_signal_connect_swapped (self->rivals, "items-changed", G_CALLBACK (look), self);
}

void
tutti_session_ignore_rivals (TuttiSession *self)
{
  g_clear_handle_id (&self->yielding, g_source_remove);
  g_clear_pointer (&self->ways, tutti_way_watch_free);
  g_clear_pointer (&self->last_tail, tutti_tail_free);
  if (self->rivals != NULL)
    g_signal_handlers_disconnect_by_data (self->rivals, self);
  g_clear_object (&self->rivals);
}

void
tutti_session_look_for_rivals (TuttiSession *self)
{
  if (self->rivals != NULL)
    look (self);
}
