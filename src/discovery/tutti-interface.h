/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <ifaddrs.h>
#include <netinet/in.h>

G_BEGIN_DECLS

/* Where others find this machine: the address of @interface by @family (AF_INET or AF_INET6). FALSE: nobody else finds it
 * there, or it needs a scope. */
gboolean tutti_interface_print (const struct ifaddrs *interface, int family, char text[INET6_ADDRSTRLEN]);

G_END_DECLS
