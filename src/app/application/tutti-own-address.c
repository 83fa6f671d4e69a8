/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-own-address.h"

#include "tutti-address.h"
#include "tutti-limits.h"
#include "tutti-settings.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>

static gboolean
usable (const struct ifaddrs *interface)
{
  return interface->ifa_addr != NULL && interface->ifa_addr->sa_family == AF_INET && (interface->ifa_flags & IFF_UP) != 0 &&
         (interface->ifa_flags & IFF_LOOPBACK) == 0;
}

char *
tutti_own_address_dup_text_for (guint16 port)
{
  struct ifaddrs *all = NULL;
  char text[INET_ADDRSTRLEN] = "";

  if (getifaddrs (&all) != 0)
    return NULL;
  for (const struct ifaddrs *each = all; each != NULL && text[0] == '\0'; each = each->ifa_next)
    if (usable (each))
      inet_ntop (AF_INET, &((const struct sockaddr_in *) (const void *) each->ifa_addr)->sin_addr, text, sizeof text);
  freeifaddrs (all);
  return text[0] != '\0' ? g_strdup_printf ("%s:%u", text, port) : NULL;
}

char *
tutti_own_address_dup_text (void)
{
  GSettings *settings = tutti_settings_get ();
  int port = settings != NULL ? g_settings_get_int (settings, "host-port") : 0;

  return tutti_own_address_dup_text_for (port > 0 ? (guint16) port : TUTTI_DEFAULT_PORT);
}
