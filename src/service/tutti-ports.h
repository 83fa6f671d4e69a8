/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Binds @listener to @port on all addresses of this machine, IPv4 and IPv6, or on 127.0.0.1 and ::1 only. A taken port
 * is answered with the next free one of 20; 0 is any. A machine without IPv6 is served on IPv4 alone.
 * Returns: the port, the same for both; 0 with @error when none could be had. */
guint16 tutti_ports_bind (GSocketListener *listener, guint16 port, gboolean loopback, GError **error);

G_END_DECLS
