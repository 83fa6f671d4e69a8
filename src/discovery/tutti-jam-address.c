/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-ad.h"

#include <string.h>

gboolean
tutti_jam_address_from_inet (TuttiJamAddress *address, GInetAddress *inet, guint16 port, guint32 interface)
{
  gboolean v6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
  gboolean scoped = v6 && g_inet_address_get_is_link_local (inet);
  TuttiJamAddress made = { .family = (guint8) g_inet_address_get_family (inet), .port = port,
                           .interface = interface, .scope = scoped ? interface : 0 };

  if (port == 0 || g_inet_address_get_is_any (inet) || g_inet_address_get_is_multicast (inet) ||
      (scoped && interface == 0))
    return FALSE;
  memcpy (made.bytes, g_inet_address_to_bytes (inet), g_inet_address_get_native_size (inet));
  *address = made;
  return TRUE;
}

/* Returns: (transfer full) (nullable): the address without its port. */
static GInetAddress *
to_inet (const TuttiJamAddress *address)
{
  return address->family != 0 ? g_inet_address_new_from_bytes (address->bytes, (GSocketFamily) address->family)
                              : NULL;
}

guint
tutti_jam_address_rank (const TuttiJamAddress *address)
{
  g_autoptr(GInetAddress) inet = to_inet (address);

  if (inet == NULL)
    return 5;
  if (g_inet_address_get_is_loopback (inet))
    return 4;
  if (address->family == G_SOCKET_FAMILY_IPV4)
    return g_inet_address_get_is_link_local (inet) ? 1 : 0;
  return g_inet_address_get_is_link_local (inet) ? 3 : 2;
}

gboolean
tutti_jam_ad_add_address (TuttiJamAd *ad, const TuttiJamAddress *address)
{
  guint at = 0;

  for (guint i = 0; i < ad->n_addresses; i++)
    if (tutti_jam_address_equal (&ad->addresses[i], address))
      return FALSE;
  while (at < ad->n_addresses &&
         tutti_jam_address_rank (&ad->addresses[at]) <= tutti_jam_address_rank (address))
    at++;
  if (at == TUTTI_AD_ADDRESSES_MAX)
    return FALSE;
  if (ad->n_addresses < TUTTI_AD_ADDRESSES_MAX)
    ad->n_addresses++;
  memmove (&ad->addresses[at + 1], &ad->addresses[at],
           (ad->n_addresses - at - 1) * sizeof ad->addresses[0]);
  ad->addresses[at] = *address;
  return TRUE;
}

GSocketAddress *
tutti_jam_address_to_socket_address (const TuttiJamAddress *address)
{
  g_autoptr(GInetAddress) inet = to_inet (address);

  if (inet == NULL)
    return NULL;
  return g_object_new (G_TYPE_INET_SOCKET_ADDRESS, "address", inet, "port", (guint) address->port,
                       "scope-id", address->scope, NULL);
}

char *
tutti_jam_address_to_string (const TuttiJamAddress *address)
{
  g_autoptr(GInetAddress) inet = to_inet (address);
  g_autofree char *text = inet != NULL ? g_inet_address_to_string (inet) : g_strdup ("?");

  if (address->family != G_SOCKET_FAMILY_IPV6)
    return g_strdup_printf ("%s:%u", text, address->port);
  if (address->scope != 0)
    return g_strdup_printf ("[%s%%%u]:%u", text, address->scope, address->port);
  return g_strdup_printf ("[%s]:%u", text, address->port);
}
