/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-own-address.h"

#include "tutti-address.h"
#include "tutti-interface.h"
#include "tutti-limits.h"
#include "tutti-settings.h"

char *
tutti_own_address_dup_text_for (guint16 port)
{
  struct ifaddrs *all = NULL;
  char text[INET6_ADDRSTRLEN];
  gboolean found = FALSE;

  if (getifaddrs (&all) != 0)
    return NULL;
  for (const struct ifaddrs *each = all; each != NULL && !found; each = each->ifa_next)
    found = tutti_interface_print (each, AF_INET, text);
  freeifaddrs (all);
  return found ? g_strdup_printf ("%s:%u", text, port) : NULL;
}

char *
tutti_own_address_dup_text (void)
{
  GSettings *settings = tutti_settings_get ();
  int port = settings != NULL ? g_settings_get_int (settings, "host-port") : 0;

  return tutti_own_address_dup_text_for (port > 0 ? (guint16) port : TUTTI_DEFAULT_PORT);
}
