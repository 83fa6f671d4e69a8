/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Asks a GstNetTimeProvider what time it is, over and over, and tells what it heard: the wire alone, without an opinion about the time.
 * (GstNetClientClock speaks the same protocol, but shares its port with whoever else would, believes every datagram that comes there,
 * loses the interface of a link-local address, and cannot be begun anew for a minute.) */
typedef struct _TuttiTimeClient TuttiTimeClient;

/* One exchange: half way, at `local_ns` of CLOCK_MONOTONIC here, it was `remote_ns` there, give or take half of `rtt_ns` (≥ 0).
 * Thread: the client's own. */
typedef void (*TuttiTimeHeard) (gint64 local_ns, gint64 remote_ns, gint64 rtt_ns, gpointer user);

/* Asks `server` (kept by reference) from now on, until freed. A server that cannot be reached is asked all the same: it may come back,
 * and so may the network. (transfer full) Thread: any. */
TuttiTimeClient *tutti_time_client_new  (GSocketAddress *server, TuttiTimeHeard heard, gpointer user);

/* Returns when `heard` is not called any more; so not from there, and with no lock that it takes. */
void             tutti_time_client_free (TuttiTimeClient *self);

/* When to ask: fast until the time is roughly known, then less often. Nanoseconds from the question numbered `n` to the next. Pure. */
gint64           tutti_time_client_pause_ns (guint64 n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiTimeClient, tutti_time_client_free)

G_END_DECLS
