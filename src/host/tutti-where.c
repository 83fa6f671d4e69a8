/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-where.h"

#include "tutti-address.h"
#include "tutti-interface.h"

static void
add (GPtrArray *where, const char *host, guint16 port)
{
  g_autoptr(TuttiAddress) address = tutti_address_new (host, NULL, port);

  g_ptr_array_add (where, tutti_address_to_text (address));
}

static void
add_all (GPtrArray *where, const struct ifaddrs *interfaces, int family, guint16 port)
{
  char text[INET6_ADDRSTRLEN];

  for (const struct ifaddrs *each = interfaces; each != NULL; each = each->ifa_next)
    if (tutti_interface_print (each, family, text))
      add (where, text, port);
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
