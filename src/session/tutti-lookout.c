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

static void
follow (TuttiLookout *self, TuttiNearbyJam *jam)
{
  if (self->jam != NULL)
    g_signal_handlers_disconnect_by_data (self->jam, self);
  g_set_object (&self->jam, jam);
  if (jam != NULL)
    g_signal_connect_swapped (jam, "notify::ad", G_CALLBACK (try_now), self);
}

static void
on_items_changed (TuttiLookout *self)
{
  TuttiNearbyJam *jam = tutti_browser_find (self->browser, self->session->jam_id);

  if (jam == self->jam)
    return;
  follow (self, jam);
  if (jam != NULL)
    try_now (self);
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
