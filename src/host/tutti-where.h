/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <ifaddrs.h>

/* Where guests find a host that listens on @port at all of @interfaces: "192.0.2.7:7464", "[2001:db8::7]:7464", IPv4 first; this
 * machine alone when there is no other. Link-local addresses are left out: a guest's name for the interface is not known here.
 * (transfer full) (element-type utf8), never empty. */
GPtrArray *tutti_where_list (const struct ifaddrs *interfaces, guint16 port);
