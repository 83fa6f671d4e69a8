/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-browser.h"
#include "tutti-publisher.h"

G_BEGIN_DECLS

/* Finding jams and being found, whoever does it: TuttiAvahiDiscovery on the network,
 * TuttiFakeDiscovery inside one process for tests and pictures. */
#define TUTTI_TYPE_DISCOVERY (tutti_discovery_get_type ())
G_DECLARE_INTERFACE (TuttiDiscovery, tutti_discovery, TUTTI, DISCOVERY, GObject)

struct _TuttiDiscoveryInterface
{
  GTypeInterface g_iface;

  TuttiBrowser   *(*browse)  (TuttiDiscovery *self);
  TuttiPublisher *(*publish) (TuttiDiscovery *self, const TuttiJamAd *ad);
};

/* Starts to look for jams; never waits. Returns: (transfer full): looks until it is released. */
TuttiBrowser   *tutti_discovery_browse  (TuttiDiscovery *self);

/* Starts to advertise a jam; never waits, so that an absent daemon is a state and not an error.
 * Returns: (transfer full) (nullable): NULL when @ad breaks a limit. */
TuttiPublisher *tutti_discovery_publish (TuttiDiscovery *self, const TuttiJamAd *ad, GError **error);

G_END_DECLS
