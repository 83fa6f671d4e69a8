/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Those who come without a connection. */
#include "tutti-room-private.h"
#include "tutti-room-remote.h"

#include "tutti-host-guard.h"
#include "tutti-host-remote.h"
#include "tutti-rights.h"

#include <string.h>

const TuttiJam *
tutti_room_get_jam (TuttiRoom *room)
{
  return tutti_host_get_jam (room->host);
}

gint64
tutti_room_get_seq (TuttiRoom *room)
{
  return tutti_host_get_seq (room->host);
}

gboolean
tutti_room_submit (TuttiRoom *room, guint by, guint32 creator, const TuttiOp *op, TuttiStamp *stamp, GError **error)
{
  gboolean done = tutti_host_submit (room->host, by, creator, op, tutti_room_now (room), stamp, error);

  tutti_room_tell_changed (room);
  return done;
}

gint64
tutti_room_edit_wait_us (TuttiRoom *room, guint by)
{
  return tutti_host_edit_wait_us (room->host, by, tutti_room_now (room));
}

guint
tutti_room_person_of_token (TuttiRoom *room, const char *token)
{
  return token != NULL ? tutti_host_person_of_token (room->host, token) : 0;
}

gboolean
tutti_room_seats (TuttiRoom *room, guint person)
{
  return tutti_host_seats (room->host, person);
}

gboolean
tutti_room_person_may (TuttiRoom *room, guint person, TuttiPermission permission)
{
  return tutti_jam_judge_permission (tutti_host_get_jam (room->host), person, permission).denial == TUTTI_DENIED_NOT;
}

guint32
tutti_room_new_creator (TuttiRoom *room)
{
  return tutti_host_new_creator (room->host);
}

TuttiId
tutti_room_coin (TuttiRoom *room)
{
  return tutti_host_coin (room->host);
}

const char *
tutti_room_get_picture (TuttiRoom *room, guint number)
{
  return tutti_host_get_picture (room->host, number);
}

gboolean
tutti_room_kick_as (TuttiRoom *room, guint by, guint person, GError **error)
{
  return tutti_host_kick (room->host, by, person, error);
}

gboolean
tutti_room_set_passcode (TuttiRoom *room, guint by, const char *passcode, GError **error)
{
  gboolean set = tutti_host_set_passcode (room->host, by, passcode, error);

  tutti_room_tell_changed (room);
  return set;
}

char *
tutti_room_invite (TuttiRoom *room, guint by, TuttiRole role, guint uses, guint minutes, GError **error)
{
  return tutti_host_invite (room->host, by, role, uses, minutes, tutti_room_now (room), error);
}

/* ---- a seat ---- */

static void
on_receive (gpointer user, const char *text)
{
  TuttiRoomSeat *seat = user;
  g_auto(TuttiMessage) message = { 0 };

  if (seat->person != 0 || !tutti_message_read (text, strlen (text), &message, NULL) || message.kind != TUTTI_MESSAGE_WELCOME)
    return;
  seat->person = message.welcome.me;
  g_strlcpy (seat->token, message.welcome.token, sizeof seat->token);
}

static void
on_closed (gpointer user, TuttiClose code, const char *words)
{
  TuttiRoomSeat *seat = user;

  seat->code = code;
  g_strlcpy (seat->words, words, sizeof seat->words);
}

void
tutti_room_take_seat (TuttiRoom *room, const TuttiHello *hello, const char *address, TuttiRoomSeat *out)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HELLO, .hello = *hello };
  g_autofree char *text = tutti_message_write (&message);
  TuttiSeated *seated = tutti_room_seat (room);
  guint connection = seated->number;

  *out = (TuttiRoomSeat) { 0 };
  seated->guest = (TuttiRoomGuest) { out, on_receive, on_closed, NULL };
  tutti_host_set_address (room->host, connection, address);
  tutti_room_say (room, connection, text);
  out->wait_us = tutti_host_door_wait_us (room->host, address, tutti_room_now (room));
  /* Without a goodbye: they mean to come back. */
  tutti_room_forget (room, connection, FALSE);
  tutti_room_tell_changed (room);
}

/* ---- the past ---- */

GPtrArray *
tutti_room_list_ops (TuttiRoom *room, gint64 after, guint limit, GError **error)
{
  return tutti_store_list_ops (room->store, room->id, after, limit, error);
}

/* ---- those sent away ---- */

void
tutti_room_set_kicked (TuttiRoom *room, TuttiRoomKicked func, gpointer user)
{
  room->kicked = func;
  room->kicked_user = user;
}

void
tutti_room_note_close (TuttiRoom *room, TuttiSeated *seated, TuttiClose code, const char *words)
{
  const TuttiPerson *person = tutti_jam_person (tutti_host_get_jam (room->host), seated->person);

  if (seated->person == 0 || (code != TUTTI_CLOSE_KICKED && code != TUTTI_CLOSE_BANNED))
    return;
  g_autofree char *told = tutti_close_tell (code, words);
  /* What a ban usually says is said to whoever is banned. */
  const char *how = g_str_equal (told, tutti_close_words (TUTTI_CLOSE_BANNED)) ? "banned from the jam" : told;
  g_autofree char *what = g_strdup_printf ("%s was %s", person != NULL ? person->name : "who sat there", how);

  seated->removed = TRUE;
  tutti_room_log_person (room, seated->person, what);
  if (room->kicked != NULL)
    room->kicked (room->kicked_user, room->id, seated->person);
}
