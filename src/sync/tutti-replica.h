/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-here.h"
#include "tutti-host.h"
#include "tutti-tail.h"
#include "tutti-undo.h"

/* One participant's copy of a jam: what the host confirmed, and own edits on top that show at once. Edits made while the host is
 * out of reach wait here and go out on return. Pure, like the host. Thread: one. */

typedef struct
{
  gpointer user;

  void (*send)      (gpointer user, const char *text);

  /* The shown document changed at @what, by person @by (0: the host, or everything at once). */
  void (*changed)   (gpointer user, const TuttiTarget *what, guint by);

  /* A confirmed operation: @jam is the document with it, heard from @stamp->at. When the copy was replaced, @op is NULL and @jam a
   * new start, which sounded before @stamp->at. */
  void (*confirmed) (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp);

  void (*welcomed)  (gpointer user, const TuttiWelcome *welcome);

  /* Everything up to now is here. */
  void (*live)      (gpointer user);

  void (*refused)   (gpointer user, const TuttiOp *op, const GError *why);

  /* @mine lost against @theirs; @theirs is NULL when it is not known any more. @mine_stands: it was the other way round: an edit of
   * mine, made without knowing @theirs, stands now. */
  void (*crossed)   (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands);

  void (*present)   (gpointer user, guint number, gboolean here);
  void (*repaired)  (gpointer user);
  void (*lead)      (gpointer user, gint64 frames);

  /* (nullable) get_heirs() has something new. */
  void (*heirs)     (gpointer user);

  /* (nullable) From here on the heir with @number hosts: come to it, or begin. */
  void (*handed)    (gpointer user, guint number);

  /* (nullable) What the host says of its door: INVITED, DENIED or LOCKED; what others ask for: WISHED, ASKED; and
   * what they answer: HEARD. */
  void (*door)      (gpointer user, const TuttiMessage *message);

  /* (nullable) What the host tells of the past: WAS for each operation that was asked for, newest first, and WERE at the end. */
  void (*history)   (gpointer user, const TuttiMessage *message);

  /* (nullable) The document as it was after @seq; NULL: it cannot be had, because of @why. */
  void (*moment)    (gpointer user, gint64 seq, const TuttiJam *jam, const GError *why);

  /* (nullable) Person @number is there; what this copy does not have is left out. Gone with present(). */
  void (*there)     (gpointer user, guint number, const TuttiHere *here);

  /* (nullable) What was said has changed: by @fresh, the newest line, just said; NULL: in several places. */
  void (*lines)     (gpointer user, const TuttiLine *fresh);

  /* (nullable) To an admin: how others keep time, as far as it changed; of TuttiReport. */
  void (*reports)   (gpointer user, const GArray *reports);

  /* (nullable) Person @number, or I, look otherwise than before: tutti_replica_get_picture(). */
  void (*pictured)  (gpointer user, guint number);

  /* (nullable) Person @number, of whom present() says next that they are gone, did not leave. */
  void (*removed)   (gpointer user, guint number, const TuttiRemoval *removal);
} TuttiReplicaHooks;

/* At most so many own edits may wait for an answer. */
#define TUTTI_PENDING_MAX 4096

typedef struct _TuttiReplica TuttiReplica;

TuttiReplica *tutti_replica_new (const TuttiReplicaHooks *hooks, const char *name, TuttiPersonColour colour);
void          tutti_replica_free (TuttiReplica *replica);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiReplica, tutti_replica_free)

/* The token of an earlier visit, before the first connection. */
void          tutti_replica_set_token (TuttiReplica *replica, const char *token);

/* What a newcomer brings along, empty: none; before the first connection. Both are forgotten once they were of use. */
void          tutti_replica_set_keys (TuttiReplica *replica, const char *passcode, const char *invite);

/* Whether this participant will not come back once it has left; before the first connection. */
void          tutti_replica_set_passing (TuttiReplica *replica, gboolean passing);

/* Whether this participant only looks on, without a seat: before the first connection. */
void          tutti_replica_set_watching (TuttiReplica *replica, gboolean watching);

/* The connection is there: says hello. It is gone: edits wait. */
void          tutti_replica_connected (TuttiReplica *replica);
void          tutti_replica_disconnected (TuttiReplica *replica);

/* FALSE: the host said what no host says; the connection should end with @error's words. */
gboolean      tutti_replica_received (TuttiReplica *replica, const char *text, gsize length, TuttiNow now, GError **error);

/* Acknowledges now and then. Call it about ten times a second. */
void          tutti_replica_tick (TuttiReplica *replica, TuttiNow now);

/* Does @op (taken) here at once, and asks the host. FALSE: it cannot be, and nothing happened. */
gboolean      tutti_replica_submit (TuttiReplica *replica, TuttiOp *op, TuttiNow now, GError **error);
gboolean      tutti_replica_undo (TuttiReplica *replica, gboolean redo, TuttiNow now, GError **error);
gboolean      tutti_replica_can_undo (TuttiReplica *replica, gboolean redo);

/* What the next undo or redo would do; NULL: there is none, or (@blocked_by, out) that person changed it since. (transfer none) */
const TuttiOp *tutti_replica_peek_undo (TuttiReplica *replica, gboolean redo, guint *blocked_by);
TuttiId       tutti_replica_new_id (TuttiReplica *replica);

/* What an admin asks of the host beside edits. FALSE with the reason when it need not be asked: not connected, or no admin. The
 * host's answer, where there is one, comes by the hook door(). */
gboolean      tutti_replica_kick         (TuttiReplica *replica, guint number, GError **error);
gboolean      tutti_replica_set_passcode (TuttiReplica *replica, const char *passcode, GError **error);
gboolean      tutti_replica_invite       (TuttiReplica *replica, TuttiRole role, guint uses, guint minutes, GError **error);

/* Asks for what happened before operation @before, 0: the newest, at most @n of them; and for the document as it was after @seq.
 * One question of each kind is under way at a time: a new one takes the place of the last. FALSE with the reason when there is
 * nobody to ask; else the hook of the same name is called, unless the connection is lost before. */
gboolean      tutti_replica_ask_history (TuttiReplica *replica, gint64 before, guint n, TuttiNow now, GError **error);
gboolean      tutti_replica_ask_moment  (TuttiReplica *replica, gint64 seq, TuttiNow now, GError **error);
/* Asks every other machine what it made of @second; each answers with HEARD, those that cannot do not. FALSE: not connected. */
gboolean      tutti_replica_compare      (TuttiReplica *replica, gint64 second, GError **error);

/* Answers the question of person @asker. */
void          tutti_replica_answer       (TuttiReplica *replica, guint asker, const TuttiRendered *rendered);

/* Asks those for @wish who can give it. FALSE: not connected. */
gboolean      tutti_replica_wish         (TuttiReplica *replica, TuttiWish wish, GError **error);

/* Calls @visit for each own edit made at @until_us or before that still waits for an answer, oldest first. @first, @last: (out) the
 * numbers of the first and the last of them, 0 when there is none: others mean that others wait. @visit: (nullable). */
void          tutti_replica_visit_pending (TuttiReplica *replica, gint64 until_us, TuttiOpVisit visit, gpointer user,
                                           gint64 *first, gint64 *last);

/* Where this person is, and that they gave a sign of life (NULL: only that). Others are told when it is something new, at most ten
 * times a second; before the first call nothing is told. */
void          tutti_replica_set_here (TuttiReplica *replica, const TuttiHere *place, TuttiNow now);

/* How this person looks (tutti-picture.h), empty: no picture; the host is told now and on each connection. */
void          tutti_replica_set_picture (TuttiReplica *replica, const char *text);

/* Whether the other end of the connection that is about to be made understands what is said of pictures. */
void          tutti_replica_set_pictured (TuttiReplica *replica, gboolean pictured);

/* How person @number looks, as far as it is known here; empty: no picture. (transfer none) until the hook pictured() */
const char   *tutti_replica_get_picture (TuttiReplica *replica, guint number);

/* Says @text to everyone; FALSE with the reason, and nothing was said. It comes back as one of the lines. */
gboolean      tutti_replica_chat (TuttiReplica *replica, const char *text, TuttiNow now, GError **error);

/* What was said (transfer none), and whether the host has older lines for which there is room here. Asks for a page of them;
 * FALSE: not now. */
const TuttiLines *tutti_replica_get_lines (TuttiReplica *replica);
gboolean      tutti_replica_has_older (TuttiReplica *replica);
gboolean      tutti_replica_ask_older (TuttiReplica *replica, TuttiNow now);

/* Says where this participant would go on hosting, now and on each connection; port 0: it would not. Number and rank are the host's
 * to give. */
void          tutti_replica_set_willing (TuttiReplica *replica, const TuttiHeir *door);

/* Who would, as the host says. (transfer none) */
const TuttiHeirs *tutti_replica_get_heirs (TuttiReplica *replica);

/* What goes over to a host that is made from this copy, see tutti_host_inherit(). Borrowed from the replica until its next call;
 * jam is NULL before the first welcome. */
void          tutti_replica_inherit (TuttiReplica *replica, TuttiEstate *out);

/* @tail (taken) is the end of the history that this copy has: of a host in the same program, which knows more of it. One that ends
 * elsewhere is not taken over. */
void          tutti_replica_take_tail (TuttiReplica *replica, TuttiTail *tail);

/* Measured elsewhere, told to the host with the acknowledgements. */
void          tutti_replica_report (TuttiReplica *replica, gint64 round_trip_us, gint64 late);

/* The word for it. Another one than before is told even when there is nothing to acknowledge, at most every five seconds. */
void          tutti_replica_report_quality (TuttiReplica *replica, TuttiQuality quality);

/* (transfer none) until the next call; NULL before the first welcome. */
const TuttiJam *tutti_replica_get_shown (TuttiReplica *replica);
const TuttiJam *tutti_replica_get_confirmed (TuttiReplica *replica);
gint64        tutti_replica_get_seq (TuttiReplica *replica);
guint         tutti_replica_get_host (TuttiReplica *replica);     /* number of the person who hosts, 0: nobody */
gboolean      tutti_replica_is_locked (TuttiReplica *replica);    /* newcomers need a passcode */
guint         tutti_replica_get_me (TuttiReplica *replica);
guint         tutti_replica_get_pending (TuttiReplica *replica);
gint64        tutti_replica_get_lead (TuttiReplica *replica);
guint64       tutti_replica_get_repairs (TuttiReplica *replica);

/* Milliseconds from submitting to the answer, median of the last 64; 0 before the first. */
double        tutti_replica_get_latency_ms (TuttiReplica *replica);
