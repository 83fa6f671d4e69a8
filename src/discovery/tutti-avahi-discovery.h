/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-discovery.h"

G_BEGIN_DECLS

/* Discovery by Avahi (mDNS and DNS-SD). Everything that could wait for the daemon happens in a thread of its own;
 * all signals come in the main context that was the thread default when it was made.
 * An absent daemon, a restarted one and a network that comes later are states, not errors. */
#define TUTTI_TYPE_AVAHI_DISCOVERY (tutti_avahi_discovery_get_type ())
G_DECLARE_FINAL_TYPE (TuttiAvahiDiscovery, tutti_avahi_discovery, TUTTI, AVAHI_DISCOVERY, GObject)

/* Returns: (transfer full): begins to connect at once and never waits. Browsers and publishers made from it
 * keep it alive. */
TuttiAvahiDiscovery *tutti_avahi_discovery_new (void);

G_END_DECLS
