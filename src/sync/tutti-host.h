/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-close.h"
#include "tutti-estate.h"
#include "tutti-jam-json.h"
#include "tutti-lines.h"
#include "tutti-message.h"
#include "tutti-tail.h"

/* The host of a jam: the one who orders all edits. Pure: connections are numbers, time and randomness are given, what is to be
 * sent, kept or closed goes through hooks. A host that plays alone, with friends or without a screen is this same object.
 *
 * Thread: one. */

/* Time where it is asked for: the session frame, and microseconds of any clock that never goes back. */
typedef struct
{
  gint64 frame;
  gint64 us;
} TuttiNow;

typedef struct
{
  gpointer user;

  void     (*send)   (gpointer user, guint connection, const char *text);
  void     (*close)  (gpointer user, guint connection, TuttiClose code, const char *words);

  /* Keeps @text, operation @stamp of @epoch, for good. FALSE: it could not, so the operation does not happen. Called before
   * anyone hears of it. */
  gboolean (*append) (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error);

  /* Remembers a person: @token_hash is the SHA-256 of the token that brings them back. */
  void     (*seated) (gpointer user, const TuttiPerson *person, const char *token_hash);

  /* Forgets that person: they said goodbye, and nothing here is theirs. */
  void     (*vacated) (gpointer user, guint number);

  /* Bits that nobody can guess: tokens, invitations and salts are made of them. */
  guint32  (*random) (gpointer user);

  /* (nullable) Keeps @text, passcode and bans of this jam, for tutti_host_resume_door(), instead of what was kept before. */
  void     (*keep_door) (gpointer user, const char *text);

  /* (nullable) @connection asks for at most @n operations before @before, 0: the newest; it is answered now or later, by
   * tutti_host_tell_history(). */
  void     (*history)  (gpointer user, guint connection, gint64 before, guint n);

  /* (nullable) @connection asks for the document after @seq, from byte @from of its text on; it is answered now or later, by
   * tutti_host_tell_moment(). */
  void     (*moment)   (gpointer user, guint connection, gint64 seq, gint64 from);

  /* (nullable) Keeps @line, and gives it the time and an id above all others of this jam. FALSE: nobody said it. */
  gboolean (*keep_line) (gpointer user, TuttiLine *line, GError **error);

  /* (nullable) Up to @n lines before the one with id @before, the newest of them, oldest first. (transfer full) of TuttiLine; NULL
   * when they cannot be read. */
  GPtrArray *(*list_lines) (gpointer user, gint64 before, guint n);

  /* (nullable) Keeps @text, the picture of person @number (empty: none any more), for tutti_host_resume_picture(). */
  void      (*keep_picture) (gpointer user, guint number, const char *text);
} TuttiHostHooks;

typedef struct
{
  char   jam[TUTTI_JAM_ID_MAX + 1];
  gint64 epoch;                    /* in which this host stamps */
  gint64 before;                   /* in which the last operation before it was stamped */
  gint64 origin_ns;                /* host time of frame 0 */
  guint  clock_port;
  guint  people_max;               /* present at once */
  gint64 lead_least;               /* frames between an edit and its sound when the way is short */
  gint64 lead;                     /* to begin with, when that is more */
  guint  rank;                     /* of an heir that took over; 0: the jam's own host */
  gint64 gather_us;                /* an heir waits so long for what others have of the last host's operations */
  gint64 wall_us;                  /* what is added to the time of TuttiNow to get that of the calendar, which other hosts share */
  guint  gather_people;            /* or until so many came; 0: not known */
} TuttiHostSettings;

typedef struct
{
  guint64 stamped, refused, bad_messages, repairs, late;
  guint64 expired;                 /* sounds that left the jam because no track played them */
  guint   present;
} TuttiHostFigures;

typedef struct _TuttiHost TuttiHost;

/* Takes over @jam (taken), which has seen operations up to @seq, the last of them at frame @last_at. */
TuttiHost *tutti_host_new (TuttiJam *jam, gint64 seq, gint64 last_at, const TuttiHostSettings *settings,
                           const TuttiHostHooks *hooks);
void       tutti_host_free (TuttiHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiHost, tutti_host_free)

/* What one participant sent in one visit: the number of the last edit that was dealt with. */
typedef struct
{
  guint32 creator;
  guint   seat;                    /* number of the person */
  gint64  number;
} TuttiVisitMark;

/* What is kept of visits, those with the newest edits if there are more. */
#define TUTTI_VISIT_MARKS_MAX 500

/* @text as keep_picture() got it; before anyone connects. */
void       tutti_host_resume_picture (TuttiHost *host, guint number, const char *text);

/* The picture of person @number; empty: none. (transfer none), until the host runs again. */
const char *tutti_host_get_picture (TuttiHost *host, guint number);

/* @connection, opened already, understands what is said of pictures. Others hear nothing of them. */
void       tutti_host_set_pictured (TuttiHost *host, guint connection);

/* How far each visit has come, of TuttiVisitMark; (transfer full). To be kept where a restarted host finds it: the operations that
 * it recalls need to go back only to this moment. */
GArray    *tutti_host_get_visits (TuttiHost *host);

/* A visit as it was told by get_visits(), before anyone connects. */
void       tutti_host_resume_visit (TuttiHost *host, const TuttiVisitMark *mark);

/* An heir's history, before anyone connects. */
void       tutti_host_inherit (TuttiHost *host, const TuttiEstate *estate);

/* Gives the jam to the first heir who is here, and stamps nothing from now on: everyone hears of it and goes there. Returns the
 * number of the person, 0 when nobody is willing. */
guint      tutti_host_hand_over (TuttiHost *host);

/* The same to the heir with @number. FALSE: they are not here, or not willing. */
gboolean   tutti_host_hand_over_to (TuttiHost *host, guint number);

/* The person of an heir where the jam lives, present and up to date; 0: none. Whether it is believed is the caller's to decide: its
 * door and fingerprint are in the list of heirs. */
guint      tutti_host_find_home (TuttiHost *host);

/* Whoever shows @token is let in as somebody who was here before, with a seat that is theirs: the host's own program, for when it has to
 * come to another host of this jam. Heirs are told of it as of all seats. Returns the new person's number, 0: there is one already. */
guint      tutti_host_reserve (TuttiHost *host, const char *token);

/* Who is willing to go on; until the next call. (transfer none) */
const TuttiHeirs *tutti_host_get_heirs (TuttiHost *host);

/* Stamps nothing from now on: edits get no answer here, and their authors say them again to who goes on. */
void       tutti_host_freeze (TuttiHost *host);

/* The end of its history, for a participant of the same program that goes on as somebody's guest. (transfer full) */
TuttiTail *tutti_host_dup_tail (TuttiHost *host);

/* Someone who was here before, with the hash of their token; from the store, before anyone connects. */
void       tutti_host_remember (TuttiHost *host, guint number, const char *token_hash);

/* An operation of the log, @text as append() got it, so that visits cut short by a restart go on without a double. Oldest
 * first, the last one being the newest of all. */
void       tutti_host_recall (TuttiHost *host, const TuttiStamp *stamp, gint64 epoch, const char *text);

/* @record as append() gets it. (transfer full) */
char      *tutti_record_text (const TuttiRecord *record);

/* The operation inside a @text that append() got; NULL with the error set when it is none. (transfer full) */
TuttiOp   *tutti_host_log_op (const char *text, GError **error);

/* One operation of the log, @text as append() got it. */
typedef struct
{
  TuttiStamp  stamp;
  const char *text;
  gint64      done_us;             /* wall clock; 0: not known */
} TuttiPastOp;

/* Answers what the hook history() asked: @ops, of TuttiPastOp, newest first, as far as one answer goes. @earlier: whether there is
 * more before the oldest of them. @why: (nullable) why there are none. */
void       tutti_host_tell_history (TuttiHost *host, guint connection, const GArray *ops, gboolean earlier, const char *why);

/* Answers what the hook moment() asked, with the piece of @text that begins at @from; NULL: it is not known, because of @why. */
void       tutti_host_tell_moment (TuttiHost *host, guint connection, gint64 seq, const char *text, gint64 from, const char *why);

/* What happens on connection @connection (any number but 0, not used before). */
void       tutti_host_opened (TuttiHost *host, guint connection, TuttiNow now);
/* Connection @connection, opened already, is the window of whoever hosts: guests are told who that is. */
void       tutti_host_is_home  (TuttiHost *host, guint connection);
void       tutti_host_received (TuttiHost *host, guint connection, const char *text, gsize length, TuttiNow now);
void       tutti_host_closed (TuttiHost *host, guint connection, TuttiNow now);

/* The same, and it was the other end that said goodbye. Who did not edit anything, or was only passing through, gives the seat
 * back: when the next newcomer comes, they are no longer in the document's list of people. Not before, so that what somebody
 * compares on leaving stays true as long as nothing happens. Who was remembered from the store counts as one who edited. */
void       tutti_host_left (TuttiHost *host, guint connection, TuttiNow now);

/* What time brings: hashes, lead, silence. Call it about ten times a second. */
void       tutti_host_tick (TuttiHost *host, TuttiNow now);

/* The host's own operation (author 0). FALSE with the reason. */
gboolean   tutti_host_apply (TuttiHost *host, const TuttiOp *op, TuttiNow now, GError **error);

void       tutti_host_set_clock_port (TuttiHost *host, guint port);
void       tutti_host_set_people_max (TuttiHost *host, guint people_max);

/* (transfer none), until the next call. */
const TuttiJam *tutti_host_get_jam (TuttiHost *host);
gint64     tutti_host_get_seq (TuttiHost *host);
gint64     tutti_host_get_lead (TuttiHost *host);
void       tutti_host_get_figures (TuttiHost *host, TuttiHostFigures *figures);

/* Whether the person with @number is connected now. */
gboolean   tutti_host_is_present (TuttiHost *host, guint number);
