/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-where.h"

#include "tutti-address.h"

#include <arpa/inet.h>
#include <net/if.h>

static gboolean
is_usable (const struct ifaddrs *interface, int family)
{
  const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *) (const void *) interface->ifa_addr;

  return interface->ifa_addr != NULL && interface->ifa_addr->sa_family == family && (interface->ifa_flags & IFF_UP) != 0 &&
         (interface->ifa_flags & IFF_LOOPBACK) == 0 && (family == AF_INET || !IN6_IS_ADDR_LINKLOCAL (&v6->sin6_addr));
}

static void
add (GPtrArray *where, const char *host, guint16 port)
{
  g_autoptr(TuttiAddress) address = tutti_address_new (host, NULL, port);

  g_ptr_array_add (where, tutti_address_to_text (address));
}

static void
add_all (GPtrArray *where, const struct ifaddrs *interfaces, int family, guint16 port)
{
  for (const struct ifaddrs *each = interfaces; each != NULL; each = each->ifa_next)
    {
      const void *socket = each->ifa_addr;
      char text[INET6_ADDRSTRLEN];

      if (!is_usable (each, family))
        continue;
      inet_ntop (family, family == AF_INET ? (const void *) &((const struct sockaddr_in *) socket)->sin_addr
                                           : (const void *) &((const struct sockaddr_in6 *) socket)->sin6_addr, text, sizeof text);
      add (where, text, port);
    }
}

GPtrArray *
tutti_where_list (const struct ifaddrs *interfaces, guint16 port)
{
  GPtrArray *where = g_ptr_array_new_with_free_func (g_free);

  add_all (where, interfaces, AF_INET, port);
  add_all (where, interfaces, AF_INET6, port);
  if (where->len == 0)
    add (where, "127.0.0.1", port);
  return where;
}
