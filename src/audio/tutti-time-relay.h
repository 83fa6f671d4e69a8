/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Passes clock datagrams between one local client and one remote server. GstNetClientClock drops the interface index of an IPv6
 * link-local address and then cannot send to it; it asks this loopback port instead, which costs both ways alike. */
typedef struct _TuttiTimeRelay TuttiTimeRelay;

/* Opens the relay towards `server`; `port` is set to the UDP port on 127.0.0.1 to ask. (transfer full) (nullable) */
TuttiTimeRelay *tutti_time_relay_new  (GSocketAddress *server, guint16 *port, GError **error);
void            tutti_time_relay_free (TuttiTimeRelay *relay);

G_END_DECLS
