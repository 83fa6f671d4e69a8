/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-discovery.h"

G_BEGIN_DECLS

/* A network inside one process: what is published on it shows in all its browsers, at once and without
 * a daemon. For tests and pictures. Thread: any one. */
#define TUTTI_TYPE_FAKE_DISCOVERY (tutti_fake_discovery_get_type ())
G_DECLARE_FINAL_TYPE (TuttiFakeDiscovery, tutti_fake_discovery, TUTTI, FAKE_DISCOVERY, GObject)

/* Returns: (transfer full): an empty network in the state RUNNING. */
TuttiFakeDiscovery *tutti_fake_discovery_new       (void);

/* Lets a stranger's jam be seen, or what he says now of the jam with the same id. */
void                tutti_fake_discovery_show      (TuttiFakeDiscovery *self, const TuttiJamAd *ad);

/* Lets a jam that was shown go. */
void                tutti_fake_discovery_hide      (TuttiFakeDiscovery *self, const char *id);

/* Takes Avahi or the network away, or gives it back. */
void                tutti_fake_discovery_set_state (TuttiFakeDiscovery *self, TuttiDiscoveryState state);

G_END_DECLS
