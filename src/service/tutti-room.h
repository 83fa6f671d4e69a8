/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host.h"
#include "tutti-link.h"
#include "tutti-metrics.h"
#include "tutti-report.h"
#include "tutti-store.h"

#include <netinet/in.h>

G_BEGIN_DECLS

/* One jam being hosted: the pure host between the store and whoever is connected, by network or from inside this process.
 *
 * Thread: one, that of the main context which is the thread's default when the room is opened. */

typedef struct _TuttiRoom TuttiRoom;

/* What others are told about a jam without being in it. */
typedef struct
{
  char   jam[TUTTI_JAM_ID_MAX + 1];
  char   name[TUTTI_NAME_BYTES_MAX + 1];
  guint  people, people_max;
  gint32 tempo_cbpm;
  gint64 epoch, seq;
  gboolean playing;
  gboolean locked;                 /* newcomers need a passcode */
} TuttiRoomStatus;

/* Called when a status differs from the one before. */
typedef void (*TuttiRoomChanged) (gpointer user, const TuttiRoomStatus *status);

/* Someone inside this process. All are called in the room's thread, often from inside a call into the room: they pass on, and
 * do not call back. */
typedef struct
{
  gpointer       user;
  void         (*receive) (gpointer user, const char *text);
  void         (*closed)  (gpointer user, TuttiClose code, const char *words);
  GDestroyNotify destroy;          /* (nullable) of @user, when the connection is forgotten */
} TuttiRoomGuest;

/* Puts a new jam into the store, furnished by @ops (of TuttiOp, nullable), and returns its id. (transfer full) */
char      *tutti_room_create (TuttiStore *store, const char *name, const GPtrArray *ops, GError **error);

/* What a remix is of: the jam's id, what it is called, and how far it has come. */
typedef struct
{
  const char *jam, *name;
  gint64      seq;
} TuttiRoomOrigin;

/* Puts the music of @jam into the store as a new jam called @name, which remembers @origin; its history begins anew, and its sounds are
 * those of the same hash. Returns its id. (transfer full) The second: of a jam in the same store, open or not. Both write the disk. */
char      *tutti_room_remix (TuttiStore *store, const TuttiJam *jam, const TuttiRoomOrigin *origin, const char *name, GError **error);
char      *tutti_room_remix_kept (TuttiStore *store, const char *jam, const char *name, GError **error);

/* Opens jam @jam of @store (kept by reference) for hosting. */
TuttiRoom *tutti_room_open (TuttiStore *store, const char *jam, guint people_max, GError **error);

/* The time of the jam's first host: what its clock reads when this machine's monotonic clock reads @monotonic_ns. Thread: any. */
typedef struct
{
  gpointer user;
  gint64 (*host_ns) (gpointer user, gint64 monotonic_ns);
} TuttiRoomClock;

/* Goes on with jam @jam as @estate has it, after a host elsewhere is gone: it is kept in @store from here on. For an instant it
 * gathers what the others have, of whom @people come. @clock: must outlive the room. */
TuttiRoom *tutti_room_inherit (TuttiStore *store, const char *jam, const TuttiEstate *estate, const TuttiRoomClock *clock,
                               guint people, GError **error);

/* Gives the jam to the first heir who is here; returns the number of the person, 0: nobody is willing. Everyone hears of it; close
 * it then with TUTTI_CLOSE_HANDED_OVER. */
guint      tutti_room_hand_over (TuttiRoom *room);

/* The same to the heir with @number where the jam lives, if it is here and up to date. */
gboolean   tutti_room_give_back (TuttiRoom *room, guint number);

/* Lets whoever shows @token in, as somebody who was here before: this program, when it has to visit another host of the jam. */
void       tutti_room_reserve (TuttiRoom *room, const char *token);

/* Where @jam may have gone on while it was not hosted from @store: of TuttiHeir, with address, port and fingerprint. (transfer full) */
GArray    *tutti_room_read_ways (TuttiStore *store, const char *jam);

/* Stamps nothing from now on, and returns the end of its history: another host goes on. (transfer full) */
TuttiTail *tutti_room_freeze (TuttiRoom *room);

/* Sends everyone away with @code, saves, and ends. */
void       tutti_room_close (TuttiRoom *room, TuttiClose code);

/* What would be told of jam @jam if it were open, without opening it (reads the disk). */
gboolean   tutti_room_peek (TuttiStore *store, const char *jam, guint people_max, TuttiRoomStatus *status, GError **error);

void       tutti_room_watch (TuttiRoom *room, TuttiRoomChanged changed, gpointer user);

/* Takes a reference of @link; it is let in, or closed, by what it says. @welcomed (nullable) is called when it was let in. */
typedef void (*TuttiRoomWelcomed) (gpointer user, TuttiLink *link);
void       tutti_room_admit (TuttiRoom *room, TuttiLink *link, TuttiRoomWelcomed welcomed, gpointer user);

/* Sends away with @code who came by network. */
void       tutti_room_dismiss (TuttiRoom *room, TuttiClose code);

/* Connects someone inside, who is the one that hosts; returns the connection's number. */
guint      tutti_room_connect (TuttiRoom *room, const TuttiRoomGuest *guest);
void       tutti_room_say (TuttiRoom *room, guint connection, const char *text);
void       tutti_room_disconnect (TuttiRoom *room, guint connection);

void       tutti_room_set_clock_port (TuttiRoom *room, guint port);
void       tutti_room_set_people_max (TuttiRoom *room, guint people_max);

/* Somebody who is present. */
typedef struct
{
  guint  number;
  char   name[TUTTI_NAME_BYTES_MAX + 1];
  char   address[INET6_ADDRSTRLEN + 1];          /* "" for someone inside */
  gint64 since_us;                               /* monotonic time of their hello */
  TuttiReport report;                            /* how they keep time */
} TuttiRoomPerson;

/* Of TuttiRoomPerson, in no order; (transfer full). */
GArray    *tutti_room_list_people (TuttiRoom *room);

/* Sends the person with @number away, or bans them or lifts that, as an admin would. FALSE with the reason. */
gboolean   tutti_room_kick (TuttiRoom *room, guint number, GError **error);
gboolean   tutti_room_ban  (TuttiRoom *room, guint number, gboolean banned, GError **error);

/* Nobody is connected, not even someone who has not been let in yet. */
gboolean   tutti_room_is_empty (TuttiRoom *room);

void       tutti_room_get_status (TuttiRoom *room, TuttiRoomStatus *status);
gint64     tutti_room_get_origin_ns (TuttiRoom *room);

/* JSON for `tuttictl status` and GET /api/v1/status: jam, name, people, seq, hash, tempo, playing. (transfer full) */
char      *tutti_room_status_text (TuttiRoom *room);

/* The room from inside, as a JSON object at the end of @out; with @guests each connection (at most 500). */
void       tutti_room_put_debug (GString *out, TuttiRoom *room, gboolean guests);

/* Members of an object that is open: how somebody keeps time. */
void       tutti_room_put_report (GString *out, const TuttiReport *report);

/* From now on times are noted in @metrics (borrowed, until the room was closed), and what the room and each of its links had
 * counted when it ended. */
void       tutti_room_set_metrics (TuttiRoom *room, TuttiMetrics *metrics);

/* Adds to @sum what the room and its links have counted and not yet noted. */
void       tutti_room_add_metrics (TuttiRoom *room, TuttiMetrics *sum);

G_END_DECLS
