/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-clock-fit.h"
#include "tutti-shared-clock.h"

G_BEGIN_DECLS

#define TUTTI_NET_TIME_ERROR (tutti_net_time_error_quark ())
GQuark tutti_net_time_error_quark (void);

typedef enum
{
  TUTTI_NET_TIME_ERROR_PORT,       /* the UDP port asked for is taken, or no socket can be had */
  TUTTI_NET_TIME_ERROR_ADDRESS,    /* not a numeric IPv4 or IPv6 address (link-local ones with %interface) */
} TuttiNetTimeError;

typedef struct
{
  gboolean following;              /* a server is being asked */
  gint64 asked_ns;                 /* monotonic time since when this server is asked; 0 = none is */
  gint64 newest_reply_ns;          /* monotonic time of the newest reply of any server; 0 = none yet. The fastest sign of life of a host */
  TuttiClockFitState fit;          /* all zero and settled while nothing was ever followed: own time is right by definition */
} TuttiNetTimeState;

#define TUTTI_TYPE_NET_TIME (tutti_net_time_get_type ())
G_DECLARE_FINAL_TYPE (TuttiNetTime, tutti_net_time, TUTTI, NET_TIME, GObject)

/* The jam's time over the network, both ends in one object: it serves its own shared clock from the start and follows another's
 * when told. So a guest already serves the host's time, whatever its own epoch, and can succeed it without a seam (DESIGN §5a).
 * `local` may be NULL; tests give a foreign epoch or crystal. (transfer full) Thread: main, where nothing else is said. */
TuttiNetTime *tutti_net_time_new (const TuttiLocalTime *local);

/* The clock for pipelines and positions. (transfer none) */
TuttiSharedClock *tutti_net_time_get_clock (TuttiNetTime *self);

/* Answers on UDP `port` (0 = any free one) of all addresses, IPv6 and IPv4. Returns the port, or 0 with `error`. */
guint16 tutti_net_time_serve (TuttiNetTime *self, guint16 port, GError **error);
void    tutti_net_time_stop_serving (TuttiNetTime *self);

/* Asks the server at numeric `address` from now on, instead of the one before; its observations continue the same fit (the new server
 * is expected to serve the same time), from the moment the first arrives. Also ends a freeze. */
gboolean tutti_net_time_follow (TuttiNetTime *self, const char *address, guint16 port, GError **error);

/* Stops asking and goes on with offset and rate as they are: nobody to follow, or to be followed from now on. */
void tutti_net_time_hold (TuttiNetTime *self);

/* Forgets everything measured (the machine slept, or re-sync by button); a followed server goes on being asked.
 * The time stands as it is until the first new reply. */
void tutti_net_time_restart (TuttiNetTime *self);

/* Stops asking, forgets the line: own local time is the jam's time again. */
void tutti_net_time_be_alone (TuttiNetTime *self);

/* Thread: any but the audio thread. */
void tutti_net_time_get_state (TuttiNetTime *self, TuttiNetTimeState *state);

/* Nobody ever told the time, though it was asked for TUTTI_NET_TIME_SILENT_NS: a firewall between the two, as a rule. `now_ns`:
 * monotonic. Pure. Thread: any. */
#define TUTTI_NET_TIME_SILENT_NS G_GINT64_CONSTANT (4000000000)
gboolean tutti_net_time_is_silent (const TuttiNetTimeState *state, gint64 now_ns);

G_END_DECLS
