/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a service tells the one that started it (sd_notify(3)), by a datagram to the socket in $NOTIFY_SOCKET. Written here because
 * the form is a promise of systemd's, and a library for one datagram is not worth its weight.
 *
 * Thread: send() any. */
typedef struct _TuttiNotify TuttiNotify;

/* @socket: "/path" or "@abstract"; NULL, or no such thing: nobody listens, and sending does nothing. */
TuttiNotify *tutti_notify_new  (const char *socket);
void         tutti_notify_free (TuttiNotify *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiNotify, tutti_notify_free)

/* @state: lines such as "READY=1\nSTATUS=…". FALSE: nobody got it. Never waits. */
gboolean     tutti_notify_send (TuttiNotify *self, const char *state);

/* How often a sign of life is due, in microseconds; 0: nobody asks for one. @usec and @pid: (nullable) the values of $WATCHDOG_USEC
 * and $WATCHDOG_PID. */
guint64      tutti_notify_watchdog_us (const char *usec, const char *pid);

G_END_DECLS
