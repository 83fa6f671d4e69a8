/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-room.h"

G_BEGIN_DECLS

/* A room for those who come without a connection, by REST: looked at, and changed as its host decides. Thread: the room's. */

/* (transfer none), until something happens. */
const TuttiJam *tutti_room_get_jam (TuttiRoom *room);

/* Of the newest operation. */
gint64     tutti_room_get_seq (TuttiRoom *room);

/* Person @by does @op; see tutti_host_submit(). */
gboolean   tutti_room_submit (TuttiRoom *room, guint by, guint32 creator, const TuttiOp *op, TuttiStamp *stamp, GError **error);
gint64     tutti_room_edit_wait_us (TuttiRoom *room, guint by);

/* Whose seat @token is, 0: nobody's; and whether @person may still come in. */
guint      tutti_room_person_of_token (TuttiRoom *room, const char *token);
gboolean   tutti_room_seats (TuttiRoom *room, guint person);

/* Whether @person may what asks for that; claims and whose thing it is apart. */
gboolean   tutti_room_person_may (TuttiRoom *room, guint person, TuttiPermission permission);

guint32    tutti_room_new_creator (TuttiRoom *room);
TuttiId    tutti_room_coin (TuttiRoom *room);

/* How that person looks, as in tutti-picture.h; empty: no picture. (transfer none), until the room runs again. */
const char *tutti_room_get_picture (TuttiRoom *room, guint number);

/* Admin @by sends @person away. FALSE with the reason. */
gboolean   tutti_room_kick_as (TuttiRoom *room, guint by, guint person, GError **error);

/* What admin @by decides at the door; see tutti-host-guard.h. */
gboolean   tutti_room_set_passcode (TuttiRoom *room, guint by, const char *passcode, GError **error);
char      *tutti_room_invite (TuttiRoom *room, guint by, TuttiRole role, guint uses, guint minutes, GError **error);

/* What somebody got who asked for a seat. */
typedef struct
{
  guint      person;               /* 0: refused */
  char       token[TUTTI_TOKEN_HEX + 1];
  TuttiClose code;                 /* why not; 0 with person 0: not now */
  char       words[TUTTI_REASON_MAX + 1];
  gint64     wait_us;              /* of TUTTI_CLOSE_TOO_MANY_TRIES: until another passcode is looked at */
} TuttiRoomSeat;

/* Somebody new from @address says @hello, gets a seat or not, and is gone again. */
void       tutti_room_take_seat (TuttiRoom *room, const TuttiHello *hello, const char *address, TuttiRoomSeat *out);

/* Up to @limit operations after @after, of TuttiStoreOp (reads the disk). (transfer full) */
GPtrArray *tutti_room_list_ops (TuttiRoom *room, gint64 after, guint limit, GError **error);

/* @func is called whenever somebody is sent away, after it. */
typedef void (*TuttiRoomKicked) (gpointer user, const char *jam, guint person);
void       tutti_room_set_kicked (TuttiRoom *room, TuttiRoomKicked func, gpointer user);

G_END_DECLS
