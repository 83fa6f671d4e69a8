/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-quota.h"
#include "tutti-room-remote.h"

G_BEGIN_DECLS

/* All jams that one program hosts: a room for each that somebody is in, opened when somebody comes for it, closed when it was
 * empty for a while. What is not open lies in the store and costs nothing.
 *
 * Thread: one, that of the main context which is the thread's default when it is made. */

typedef struct _TuttiHouse TuttiHouse;

typedef struct
{
  guint    rooms;                  /* open at once, at least 1; for one more the emptiest makes place */
  guint    people;                 /* present in all rooms together */
  guint    people_a_room;
  guint    idle_s;                 /* a room that is empty for so long closes; 0: never */
  gboolean on_demand;              /* whoever asks for a jam of the store by its id opens it; else only open ones are found */
  gboolean listed;                 /* strangers may ask which jams there are … */
  gboolean creatable;              /* … and make new ones */
  TuttiQuotaLimits uploads;        /* of sound */
} TuttiHouseLimits;

/* What a house tells, in its thread, from inside its calls: pass it on, and do not call back. */
typedef struct
{
  gpointer user;
  void   (*changed) (gpointer user, const TuttiRoomStatus *status);    /* a room opened, or its status is another */
  void   (*closed) (gpointer user, const char *jam);
} TuttiHouseWatch;

#define TUTTI_HOUSE_ERROR (tutti_house_error_quark ())
GQuark tutti_house_error_quark (void);

typedef enum
{
  TUTTI_HOUSE_ERROR_AWAY,          /* another host goes on with this jam */
  TUTTI_HOUSE_ERROR_FULL,          /* as many jams are open as may be, and in each is somebody */
} TuttiHouseError;

/* @store: kept by reference. @watch: (nullable) copied. */
TuttiHouse *tutti_house_new (TuttiStore *store, const TuttiHouseLimits *limits, const TuttiHouseWatch *watch);

/* Sends everyone away with @code, saves all and ends. */
void        tutti_house_close (TuttiHouse *house, TuttiClose code);

/* What nobody else has: from it this program's own token in each of its jams is made, by which it is let in where others went on with
 * one while it was away. At once, also for rooms that are open. */
void        tutti_house_set_secret (TuttiHouse *house, const char *secret);

/* The token that @secret gives in @jam. (transfer full) Thread: any. */
char       *tutti_house_token (const char *secret, const char *jam);

/* The jam that those get who name none, open or not. */
void        tutti_house_set_default (TuttiHouse *house, const char *jam);

/* At once, also for rooms that are open; who is present stays. */
void        tutti_house_set_limits (TuttiHouse *house, const TuttiHouseLimits *limits);
void        tutti_house_get_limits (TuttiHouse *house, TuttiHouseLimits *limits);

/* The room of @jam (NULL: the default one), opened if need be (then it reads the disk). NULL with TUTTI_STORE_ERROR or
 * TUTTI_HOUSE_ERROR. (transfer none), until the main loop runs. */
TuttiRoom  *tutti_house_open (TuttiHouse *house, const char *jam, GError **error);

/* Another host goes on with @jam: it closes here, and is not opened, until it is inherited or no longer @away. */
void        tutti_house_set_away (TuttiHouse *house, const char *jam, gboolean away);

/* Goes on with @jam as @estate has it (tutti_room_inherit()), as the default one where there is none. An open
 * room of it closes first, and NULL leaves none. */
TuttiRoom  *tutti_house_inherit (TuttiHouse *house, const char *jam, const TuttiEstate *estate, const TuttiRoomClock *clock,
                                 guint people, GError **error);

/* As tutti_house_open(), for a stranger's wish: the default jam, an open one, and any other of the store if that is allowed; else
 * TUTTI_STORE_ERROR_NOT_FOUND. Of one that is away TUTTI_HOUSE_ERROR_AWAY. */
TuttiRoom  *tutti_house_visit (TuttiHouse *house, const char *jam, GError **error);

/* (nullable) Only if it is open. */
TuttiRoom  *tutti_house_find (TuttiHouse *house, const char *jam);

/* Sends everyone in @jam away with @code, saves it and closes its room. FALSE: it was not open. */
gboolean    tutti_house_shut (TuttiHouse *house, const char *jam, TuttiClose code);

/* Sends away with @code who came by network. */
void        tutti_house_dismiss (TuttiHouse *house, TuttiClose code);

void        tutti_house_set_clock_port (TuttiHouse *house, guint port);

/* What the house and its rooms have counted, those that closed included. */
void        tutti_house_get_metrics (TuttiHouse *house, TuttiMetrics *metrics);

/* A new, empty jam; (transfer full) its id. Whether strangers may is not asked here. */
char       *tutti_house_create (TuttiHouse *house, const char *name, GError **error);

/* Sends everyone in @jam away and deletes it; until it is purged the store can bring it back. The default jam stays. */
gboolean    tutti_house_delete (TuttiHouse *house, const char *jam, GError **error);

/* (transfer none) */
TuttiStore *tutti_house_get_store (TuttiHouse *house);

/* @kicked is called when somebody is sent away from any room. */
void        tutti_house_set_kicked (TuttiHouse *house, TuttiRoomKicked kicked, gpointer user);

/* The jams that are open, or (@jam) everyone in one of them, as JSON with a bound. (transfer full) (nullable) NULL: that one is not
 * open. */
char       *tutti_house_debug_text (TuttiHouse *house, const char *jam);

/* Of TuttiRoom, all that are open, in no order; (transfer container), the rooms until the main loop runs. */
GPtrArray  *tutti_house_get_rooms (TuttiHouse *house);

G_END_DECLS
