/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-interface.h"

#include <arpa/inet.h>
#include <net/if.h>

gboolean
tutti_interface_print (const struct ifaddrs *interface, int family, char text[INET6_ADDRSTRLEN])
{
  const void *socket = interface->ifa_addr;
  const struct sockaddr_in *v4 = socket;
  const struct sockaddr_in6 *v6 = socket;

  if (socket == NULL || interface->ifa_addr->sa_family != family || (interface->ifa_flags & IFF_UP) == 0 ||
      (interface->ifa_flags & IFF_LOOPBACK) != 0 || (family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL (&v6->sin6_addr)))
    return FALSE;
  return inet_ntop (family, family == AF_INET ? (const void *) &v4->sin_addr : (const void *) &v6->sin6_addr, text,
                    INET6_ADDRSTRLEN) != NULL;
}
