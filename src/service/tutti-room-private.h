/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-room-remote.h"

/* A room's parts, shared by its files alone. */

/* A connection. */
typedef struct
{
  TuttiRoom        *room;          /* borrowed; NULL once the room let go */
  guint             number;
  TuttiLink        *link;          /* owned; NULL for someone inside */
  TuttiRoomWelcomed welcomed;
  gpointer          user;
  TuttiRoomGuest    guest;
  guint             person;        /* who sits there; 0 before their hello */
  gint64            since_us;
  gboolean          removed;       /* was sent away, and the log has it */
  gboolean          leaving;       /* the host is done with it; forgotten at the next tick, not in the middle of a call */
} TuttiSeated;

/* Questions about the past that are being answered. */
typedef struct _TuttiRoomPast TuttiRoomPast;

struct _TuttiRoom
{
  char            *id;
  TuttiStore      *store;          /* owned */
  TuttiHost       *host;           /* owned */
  gint64           origin_ns;
  TuttiRoomClock   clock;          /* host_ns NULL: this machine's own */
  gint64           epoch, before;  /* of this host; of the operation that it began after */
  GHashTable      *seated;         /* connection → TuttiSeated */
  guint            next_connection;
  guint            speaking;       /* connection whose message is being dealt with */
  guint            people_max;
  GMainContext    *context;
  GSource         *tick;
  TuttiRoomChanged changed;
  gpointer         changed_user;
  TuttiRoomStatus  told;
  TuttiMetrics    *metrics;        /* borrowed (nullable) */
  gint64           described_seq;  /* the list of jams shows the jam as it was after that operation */
  gint64           described_us;
  gint64           saved_us;       /* when a snapshot was begun last */
  guint64          expired;        /* sounds that left the jam, as far as the log says */
  TuttiRoomPast   *past;           /* owned */
  TuttiRoomKicked  kicked;         /* (nullable) */
  gpointer         kicked_user;
  TuttiHeirs       ways;           /* as they were kept last */
};

/* The session's frame and this machine's time. */
TuttiNow tutti_room_now (TuttiRoom *room);

/* Tells whoever watches, when the room's status is otherwise than they were told. */
void tutti_room_tell_changed (TuttiRoom *room);

/* What the host asks of the room it works in (tutti-room-hooks.c). */
TuttiHostHooks tutti_room_get_hooks (TuttiRoom *room);
void tutti_room_note_seat (TuttiRoom *room, const TuttiPerson *person, const char *token_hash);

/* Says something of this jam, with its id as a field; numbers, not names: a log is read by others than those in the jam. */
void tutti_room_log (TuttiRoom *room, GLogLevelFlags level, const char *format, ...) G_GNUC_PRINTF (3, 4);
void tutti_room_log_person (TuttiRoom *room, guint number, const char *what);

/* Passcode and bans, kept beside the jam; whether what was kept of @jam wants a passcode. */
void tutti_room_resume_door (TuttiRoom *room);
gboolean tutti_room_is_kept_locked (TuttiStore *store, const char *jam);

/* What was, read in threads of their own (tutti-room-history.c). */
TuttiRoomPast *tutti_room_past_new (TuttiRoom *room);
void tutti_room_past_free (TuttiRoomPast *past);
void tutti_room_on_history (gpointer user, guint connection, gint64 before, guint n);
void tutti_room_on_moment (gpointer user, guint connection, gint64 seq, gint64 from);

/* What is said (tutti-room-talk.c): hooks of the host, and what an heir knows of it. */
gboolean tutti_room_keep_line (gpointer room, TuttiLine *line, GError **error);
GPtrArray *tutti_room_list_lines (gpointer room, gint64 before, guint n);
void tutti_room_adopt_lines (TuttiRoom *room, const TuttiLines *lines);

/* How people look (tutti-room-pictures.c): a hook of the host, and what was kept before. */
void tutti_room_keep_picture (gpointer room, guint number, const char *text);
void tutti_room_resume_pictures (TuttiRoom *room);

/* Connections (tutti-room-people.c). (nullable) (transfer none) */
TuttiSeated *tutti_room_find (TuttiRoom *room, guint connection);
TuttiSeated *tutti_room_seat (TuttiRoom *room);
void tutti_room_free_seated (gpointer data);
void tutti_room_forget (TuttiRoom *room, guint connection, gboolean goodbye);
void tutti_room_forget_leaving (TuttiRoom *room);

/* @seated is being sent away for this reason (tutti-room-remote.c). */
void tutti_room_note_close (TuttiRoom *room, TuttiSeated *seated, TuttiClose code, const char *words);

/* Of the other end, without the port: all that comes from one machine. Empty for someone inside (@link NULL). (transfer full) */
char *tutti_room_address_of (TuttiLink *link);

/* Keeps who is willing to go on, when that changed (tutti-room-ways.c). */
void tutti_room_keep_ways (TuttiRoom *room);

/* What host and links counted (tutti-room-status.c). */
void tutti_room_add_host (TuttiRoom *room, TuttiMetrics *sum);
void tutti_room_add_link (const TuttiSeated *seated, TuttiMetrics *sum);
