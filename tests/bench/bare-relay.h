/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The floor that Tutti's own figure is compared with: a bare libsoup WebSocket relay over TLS on loopback, one sender and nine
 * receivers, each message sent on to everybody as it is. No counting, no ordering, no limits, no state. The relay has a thread
 * and all its guests share another, as Tutti's host and guests do in the same measurement. */
typedef struct _BareRelay BareRelay;

/* Returns when @guests of them are connected; at most @messages will be sent. Thread: any, always the same. */
BareRelay *bare_relay_new (guint guests, guint messages);

/* The first guest says one thing, which comes back to all. Does not wait. */
void bare_relay_send (BareRelay *self);

/* Waits until everybody has heard all that was sent, and ends both threads. */
void bare_relay_finish (BareRelay *self);

/* Milliseconds from sending message @n, counted from 0, to the slowest other guest; after bare_relay_finish(). */
double bare_relay_get_ms (const BareRelay *self, guint n);

void bare_relay_free (BareRelay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BareRelay, bare_relay_free)
