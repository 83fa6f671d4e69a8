/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While a session is away it tries again later and later. What can be noticed ends the waiting: a cable or a Wi-Fi that is
 * back, and a host that announces the jam again. */
#include "tutti-session-private.h"

struct _TuttiLookout
{
  TuttiSession   *session;     /* owner */
  TuttiBrowser   *browser;     /* owned, nullable: nobody is to be found */
  TuttiNearbyJam *jam;         /* owned, nullable: as it is announced now, or was before the host was lost */
};

static void
try_now (TuttiLookout *self)
{
  self->session->attempt = 0;
  tutti_session_try_now (self->session);
}

/* The jam is announced again. By another machine, it is gone to when a host of this jam said that it may host it. */
static void
on_announced (TuttiLookout *self)
{
  const TuttiJamAd *ad = tutti_nearby_jam_get_ad (self->jam);
  TuttiSession *session = self->session;

  if (ad->n_addresses > 0 && g_hash_table_contains (session->trusted, ad->fingerprint) && session->wire == NULL)
    {
      tutti_address_free (session->address);
      session->address = tutti_session_address_of (ad);
      g_free (session->fingerprint);
      session->fingerprint = g_strdup (ad->fingerprint);
    }
  try_now (self);
}

static void
follow (TuttiLookout *self, TuttiNearbyJam *jam)
{
  if (self->jam != NULL)
    g_signal_handlers_disconnect_by_data (self->jam, self);
  g_set_object (&self->jam, jam);
  if (jam != NULL)
    g_signal_connect_swapped (jam, "notify::ad", G_CALLBACK (on_announced), self);
}

static void
on_items_changed (TuttiLookout *self)
{
  TuttiNearbyJam *jam = tutti_browser_find (self->browser, self->session->jam_id);

  if (jam == self->jam)
    return;
  follow (self, jam);
  if (jam != NULL)
    on_announced (self);
}

static void
on_network_changed (GNetworkMonitor *monitor, gboolean available, TuttiLookout *self)
{
  try_now (self);
}

TuttiLookout *
tutti_lookout_new (TuttiSession *session)
{
  TuttiLookout *self = g_new0 (TuttiLookout, 1);
  TuttiDiscovery *discovery = tutti_studio_get_discovery (session->studio);

  self->session = session;
  g_signal_connect (g_network_monitor_get_default (), "network-changed", G_CALLBACK (on_network_changed), self);
  if (discovery == NULL)
    return self;
  self->browser = tutti_discovery_browse (discovery);
  /* An announcement that outlived its host tells nothing until it changes. */
  follow (self, tutti_browser_find (self->browser, session->jam_id));
  g_signal_connect_swapped (self->browser, "items-changed", G_CALLBACK (on_items_changed), self);
  return self;
}

void
tutti_lookout_free (TuttiLookout *self)
{
  g_signal_handlers_disconnect_by_data (g_network_monitor_get_default (), self);
  follow (self, NULL);
  if (self->browser != NULL)
    g_signal_handlers_disconnect_by_data (self->browser, self);
  g_clear_object (&self->browser);
  g_free (self);
}
