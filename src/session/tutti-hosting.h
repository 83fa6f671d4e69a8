/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-house.h"
#include "tutti-shared-clock.h"
#include "tutti-studio.h"

G_BEGIN_DECLS

/* Jams hosted by this program: their house in a thread of its own, so that drawing never holds the others up; reachable from
 * inside, and, when asked, from the network. One of them is the default: who comes from inside is in it, and who names none.
 *
 * Signals:
 *   changed ()                                  get_status() has something new
 *   jam-changed (const TuttiRoomStatus *status) any jam opened, or its status is another
 *   jam-closed (const char *jam)                it lies in the store again, until somebody comes
 *   asked (const char *jam)                     somebody came for a jam that is not hosted here (yet), and was told so
 *
 * Thread: the main context it was made in. Calls wait for the room's thread where that takes microseconds, and say so where it
 * reads the disk. */
#define TUTTI_TYPE_HOSTING (tutti_hosting_get_type ())
G_DECLARE_FINAL_TYPE (TuttiHosting, tutti_hosting, TUTTI, HOSTING, GObject)

typedef struct
{
  guint16     port;                /* 0: any */
  gboolean    loopback;            /* this machine alone (tests) */
  guint       clock_port;          /* UDP, where this program answers what time it is */
  guint       connections, connections_per_address;      /* at once; 0: as many as usual */
  const char * const *origins;     /* (nullable) of pages that may speak to it, ended by NULL */
  enum { TUTTI_METRICS_FOR_NOBODY, TUTTI_METRICS_HERE, TUTTI_METRICS_FOR_ALL } metrics;      /* who may read /metrics and /healthz */
} TuttiHostingPlace;

/* Opens @jam and no other for hosting (reads the disk). Returns: (transfer full). */
TuttiHosting *tutti_hosting_open  (TuttiStudio *studio, const char *jam, guint people_max, GError **error);

/* Opens @jam, the default, and whichever else @limits allow. Returns: (transfer full). */
TuttiHosting *tutti_hosting_open_house (TuttiStudio *studio, const char *jam, const TuttiHouseLimits *limits, GError **error);

/* Hosts nothing yet: who listens already where tutti_hosting_inherit() will let in. Who comes for @jam hears that another hosts it for
 * now. Returns: (transfer full). */
TuttiHosting *tutti_hosting_open_waiting (TuttiStudio *studio, const char *jam);

/* Goes on with @jam as @estate has it; of the others @people are expected (reads and writes the disk). @clock: tells its time from
 * now on; kept by reference. FALSE with the reason, and it waits on. */
gboolean      tutti_hosting_inherit (TuttiHosting *self, const char *jam, const TuttiEstate *estate, TuttiSharedClock *clock,
                                     guint people, GError **error);

/* Gives the default jam to the first heir; see tutti_room_hand_over(). */
guint         tutti_hosting_hand_over (TuttiHosting *self);

/* The same to the heir with @number, where the jam lives; see tutti_room_give_back(). */
gboolean      tutti_hosting_give_back (TuttiHosting *self, guint number);

/* Stamps nothing from now on in the default jam, and returns the end of its history; (transfer full). */
TuttiTail    *tutti_hosting_freeze (TuttiHosting *self);

/* Sends everyone away with @code, saves and ends the thread (writes to the disk). Happens too with the last reference: then
 * they hear that the host goes away, and try to come back. */
void          tutti_hosting_close (TuttiHosting *self, TuttiClose code);

/* Opens the door to the network. Returns the port, another one when it is taken; 0 with the reason. */
guint16       tutti_hosting_listen (TuttiHosting *self, const TuttiHostingPlace *place, GError **error);

/* Closes it, and sends those away who came through it. */
void          tutti_hosting_stop_listening (TuttiHosting *self);

/* Of the default jam. */
void          tutti_hosting_get_status (TuttiHosting *self, TuttiRoomStatus *status);
gint64        tutti_hosting_get_origin_ns (TuttiHosting *self);

/* In all and in each jam. */
void          tutti_hosting_set_people_max (TuttiHosting *self, guint people_max);

/* Has @func called in the house's thread, between whatever it does for guests. call() waits for its end. */
typedef void (*TuttiHouseFunc) (TuttiHouse *house, gpointer data);
void          tutti_hosting_call (TuttiHosting *self, TuttiHouseFunc func, gpointer data);
void          tutti_hosting_post (TuttiHosting *self, TuttiHouseFunc func, gpointer data, GDestroyNotify destroy);

/* Someone in this main context, in the default jam of a hosting that was opened for it alone: @guest's functions are called here.
 * Returns the connection. */
guint         tutti_hosting_connect    (TuttiHosting *self, const TuttiRoomGuest *guest);
void          tutti_hosting_say        (TuttiHosting *self, guint connection, const char *text);

/* After this returns @guest is not called any more. */
void          tutti_hosting_disconnect (TuttiHosting *self, guint connection);

G_END_DECLS
