/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"
#include "tutti-room.h"

G_BEGIN_DECLS

/* Looks for a jam where it may have gone on: at the doors that its store knows (tutti_room_read_ways()), now and then, so that two
 * hosts find each other also in a network without multicast. Nobody is visited for it: a door says which epoch it hosts, and shows the
 * certificate that it is known by.
 *
 * Thread: the main context it was made in. */
typedef struct _TuttiWayWatch TuttiWayWatch;

typedef struct
{
  gpointer user;

  /* Doors that show this fingerprint are not asked: one's own. */
  const char *own;

  /* The epoch that is hosted or kept here; what is found is higher. */
  gint64 (*get_epoch) (gpointer user);

  /* A host at @address, with the jam's id and its fingerprint, goes on with it. The watch may be freed from here. */
  void   (*found)     (gpointer user, const TuttiAddress *address);
} TuttiWayCalls;

/* Begins at once, then after 5 s, 10 s … up to 2 min. @store: kept by reference. @calls: copied, and the fingerprint too. */
TuttiWayWatch *tutti_way_watch_new  (TuttiStore *store, const char *jam, const TuttiWayCalls *calls);
void           tutti_way_watch_free (TuttiWayWatch *self);

/* There is a reason to look now. */
void           tutti_way_watch_hurry (TuttiWayWatch *self);

G_END_DECLS
