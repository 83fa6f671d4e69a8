/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bad link in a thread: datagrams sent to its loopback port reach the server late, jittered, reordered or not at all; answers
 * likewise. */
typedef struct _UdpProxy UdpProxy;

/* Each way `delay_ms` ± `jitter_ms` uniform, `loss` of 1. (transfer full) */
UdpProxy *udp_proxy_new      (guint16 server_port, double delay_ms, double jitter_ms, double loss, guint32 seed);
guint16   udp_proxy_get_port (UdpProxy *proxy);
void      udp_proxy_free     (UdpProxy *proxy);

G_END_DECLS
