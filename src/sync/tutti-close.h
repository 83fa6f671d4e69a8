/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Why a connection ended. One list for both ends; the numbers are WebSocket close codes (RFC 6455 §7.4), ours in
 * the range that the standard leaves to applications. A code is never reused for another reason.
 */
typedef enum
{
  TUTTI_CLOSE_NORMAL = 1000,             /* left on purpose */
  TUTTI_CLOSE_GOING_AWAY = 1001,         /* the program at the other end is ending */
  TUTTI_CLOSE_LOST = 1006,               /* the connection broke; never sent */
  TUTTI_CLOSE_PROTOCOL_VERSION = 4001,   /* no protocol version in common */
  TUTTI_CLOSE_NOT_ALLOWED = 4002,        /* not let in, for a reason that no other code has */
  TUTTI_CLOSE_FULL = 4003,               /* no seat left */
  TUTTI_CLOSE_KICKED = 4004,
  TUTTI_CLOSE_SLOW = 4005,               /* too far behind: come back by snapshot */
  TUTTI_CLOSE_TOO_BIG = 4006,            /* a message beyond the limit */
  TUTTI_CLOSE_BAD_MESSAGE = 4007,        /* not a message of this protocol */
  TUTTI_CLOSE_IDLE = 4008,               /* no sign of life */
  TUTTI_CLOSE_REPLACED = 4009,           /* the same participant came in again */
  TUTTI_CLOSE_OTHER_IDENTITY = 4010,     /* the host is not who it was */
  TUTTI_CLOSE_SERVER_RESTARTING = 4011,
  TUTTI_CLOSE_NO_HELLO = 4012,           /* connected, but did not say hello in time */
  TUTTI_CLOSE_TOO_FAST = 4013,           /* more messages than the rate limit allows, for long */
  TUTTI_CLOSE_NO_SUCH_JAM = 4014,
  TUTTI_CLOSE_HANDED_OVER = 4015,        /* another host leads this jam now */
  TUTTI_CLOSE_JAM_ENDED = 4016,
  TUTTI_CLOSE_BANNED = 4017,
  TUTTI_CLOSE_PASSCODE_NEEDED = 4018,
  TUTTI_CLOSE_PASSCODE_WRONG = 4019,
  TUTTI_CLOSE_TOO_MANY_TRIES = 4020,     /* of the passcode; the words begin with the seconds to wait */
  TUTTI_CLOSE_INVITE_OVER = 4021,        /* no such invitation, or used up, or too old */
} TuttiClose;

/* The reason for a code that came over the wire: codes of the standard and unknown ones are folded into ours.
 * Thread: any, as for all here. */
TuttiClose tutti_close_from_wire (guint code);

/* The code that goes over the wire; LOST has none and goes as GOING_AWAY. */
guint tutti_close_to_wire (TuttiClose code);

/* The @index-th of the list; 0 past the last. */
TuttiClose tutti_close_nth (guint index);

/* A short stable name for logs and metrics, such as "slow". */
const char *tutti_close_name (TuttiClose code);

/* The reason in English words, at most TUTTI_REASON_BYTES_MAX. Text for people is made in app, by code. */
const char *tutti_close_words (TuttiClose code);

/* A close with @code that came with the words @said (nullable), for logs and terminals: of who was sent away those are the name of
 * the admin who did it. (transfer full) */
char *tutti_close_tell (TuttiClose code, const char *said);

/* Whether coming back by itself can help. */
gboolean tutti_close_is_retryable (TuttiClose code);

G_END_DECLS
