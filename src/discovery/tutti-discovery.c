/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-discovery.h"

G_DEFINE_INTERFACE (TuttiDiscovery, tutti_discovery, G_TYPE_OBJECT)

static void
tutti_discovery_default_init (TuttiDiscoveryInterface *iface)
{
}

TuttiBrowser *
tutti_discovery_browse (TuttiDiscovery *self)
{
  g_return_val_if_fail (TUTTI_IS_DISCOVERY (self), NULL);
  return TUTTI_DISCOVERY_GET_IFACE (self)->browse (self);
}

TuttiPublisher *
tutti_discovery_publish (TuttiDiscovery *self, const TuttiJamAd *ad, GError **error)
{
  g_return_val_if_fail (TUTTI_IS_DISCOVERY (self), NULL);
  if (!tutti_jam_ad_check (ad, error))
    return NULL;
  return TUTTI_DISCOVERY_GET_IFACE (self)->publish (self, ad);
}
