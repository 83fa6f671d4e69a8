/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What each address has open, how fast it comes and how much it asks for: what a host looks at before anything costs it more than
 * a look. An address that has nothing open is forgotten when it was quiet for a while.
 *
 * Thread: one. */

typedef struct
{
  guint connections, connections_per_address;    /* open at once */
  guint connect_rate, connect_burst;             /* connections of one address, a second */
} TuttiDoorkeeperLimits;

typedef struct _TuttiDoorkeeper TuttiDoorkeeper;

TuttiDoorkeeper *tutti_doorkeeper_new  (void);
void             tutti_doorkeeper_free (TuttiDoorkeeper *self);
void             tutti_doorkeeper_set_limits (TuttiDoorkeeper *self, const TuttiDoorkeeperLimits *limits);

/* How an address is told apart from others: IPv6 is one for each /64, which is what one household or one attacker has; those of
 * one link or machine differ behind it. (transfer full) */
char            *tutti_doorkeeper_peer (GSocketAddress *address);

/* Whether one more connection of @peer may come in now; then it counts as open until it left. */
gboolean         tutti_doorkeeper_enter (TuttiDoorkeeper *self, const char *peer);
void             tutti_doorkeeper_leave (TuttiDoorkeeper *self, const char *peer);

/* Whether @peer, who has a connection open, may ask for something that costs so much; @wait_us: (out) how long until it may. */
gboolean         tutti_doorkeeper_ask (TuttiDoorkeeper *self, const char *peer, guint cost, gint64 *wait_us);

G_END_DECLS
