/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bucket.h"
#include "tutti-pictures.h"
#include "tutti-replica.h"
#include "tutti-tail.h"

/* The replica's parts, shared by its files alone. */

#define TUTTI_REPLICA_LATENCIES 64

typedef struct
{
  gint64   number;
  gint64   base;                   /* seq of the last operation known when it was made */
  TuttiOp *op;
  gint64   made_us;
  gboolean sent;                   /* over this connection */
} TuttiPending;

/* Questions about the past: what goes out at the next chance, and what has come of a document so far. */
typedef struct
{
  TuttiBucket pace;                /* kept below the host's own measure */
  gint64      before;              /* of the next question; −1 none */
  guint       n;
  gint64      seq;                 /* of the moment that is asked for; −1 none */
  gboolean    wants_piece;         /* of it */
  GString    *document;            /* owned (nullable) */
} TuttiPast;

struct _TuttiReplica
{
  TuttiReplicaHooks hooks;
  TuttiHello        hello;
  TuttiWelcome      welcome;       /* the newest */
  TuttiJam         *confirmed, *shown;  /* owned; NULL before the first welcome */
  gint64            seq;           /* of the newest confirmed operation */
  gint64            coming;        /* epoch of the operations that come now */
  gint64            last_at;       /* frame of the newest confirmed operation */
  gint64            seen;          /* the newest operation that undo heard of; operations come again with a document */
  gboolean          live;
  gboolean          fresh;         /* connected, and not live since */
  TuttiBucket       pace;          /* of edits sent; kept below the host's own measure */
  GString          *document;      /* pieces so far, NULL when none is under way */
  gboolean          repairing;     /* a new copy was asked for and has not begun */
  gboolean          repaired;      /* what comes now is that copy */
  gboolean          unsure;        /* own edits may have been overwritten unheard */
  GPtrArray        *pending;       /* of TuttiPending, oldest first */
  guint             failing;       /* of them, how many do not show */
  gint64            next_number;
  guint32           next_counter;
  TuttiTail        *tail;          /* owned: the last confirmed operations */
  TuttiUndo        *undo;          /* owned */
  gint64            acked, acked_us;
  gint64            lead;
  gint64            round_trip_us, late;
  guint8            quality, told_quality;     /* as in TuttiReport; as the host has it */
  guint64           repairs;
  gint64            latencies[TUTTI_REPLICA_LATENCIES];
  guint             n_latencies;
  TuttiHeirs        heirs;
  GArray           *seats;         /* of TuttiToken: what an heir is told */
  char             *door;          /* owned (nullable): passcode and bans, what an heir is told too */
  gint64            handed_seq;    /* of the last operation of a host that hands over; −1: it does not */
  TuttiHeir         willing;       /* port 0: not */
  TuttiPast         past;
  TuttiMyself       myself;
  TuttiHerePace     here;          /* what others are told of me */
  TuttiLines       *lines;         /* owned: what was said */
  TuttiBucket       lines_pace;
  gint64            page_first;    /* id of the first line that came since the welcome, 0 none */
  gboolean          older, asking_older;   /* the host has older lines, is asked for them */
  char             *picture;       /* owned: mine; empty: none */
  gboolean          pictured;      /* the host knows of pictures */
  gint64            unshown_us;    /* since when the host has not had mine, which was said then; 0: it has, or mine is new */
  TuttiPictures    *pictures;      /* owned: of others */
  GHashTable       *looks;         /* owned: what the host says they are */
  guint             looking;       /* whose was asked for, 0: nobody's */
  GArray           *told;          /* of TuttiEpochEnd: what the host said so far that its history has */
  GArray           *owed;          /* of TuttiRecord: what was told to a host that may end before it took it up */
  gint64            live_us;       /* since when this connection is live */
};

/* Sets @error to an INVALID that says @what; FALSE, for the caller to return. */
gboolean      tutti_replica_fail (GError **error, const char *what);

void          tutti_replica_say (TuttiReplica *replica, const TuttiMessage *message);
void          tutti_replica_tell_changed (TuttiReplica *replica, TuttiTarget target, guint by);
void          tutti_replica_tell_all_changed (TuttiReplica *replica);

/* What the host says happened (tutti-replica-order.c). */
gboolean      tutti_replica_on_stamped (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error);
gboolean      tutti_replica_on_answer (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error);
void          tutti_replica_on_no (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_over (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_hash (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);

/* Being let in (tutti-replica-enter.c). */
gboolean      tutti_replica_on_welcome (TuttiReplica *replica, const TuttiMessage *message, GError **error);
gboolean      tutti_replica_on_doc (TuttiReplica *replica, const TuttiMessage *message, GError **error);

/* The document is complete when something else than a piece comes. */
gboolean      tutti_replica_finish_document (TuttiReplica *replica, GError **error);
gboolean      tutti_replica_on_live (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error);

/* Own edits (tutti-replica-edit.c). */
void          tutti_pending_free (gpointer pending);

/* What shows: confirmed, with pending on top. */
void          tutti_replica_rebuild_shown (TuttiReplica *replica, TuttiNow now);
TuttiPending *tutti_replica_find_pending (TuttiReplica *replica, gint64 number, guint *index);

/* It is no longer waiting: it is inside the document already, or happens now. (transfer full) */
TuttiOp      *tutti_replica_take_pending (TuttiReplica *replica, guint index);

/* It never happened, and its author is told. */
void          tutti_replica_refused (TuttiReplica *replica, guint index, TuttiModelError code, const char *reason, TuttiNow now);
void          tutti_replica_flush (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_drop_dealt_with (TuttiReplica *replica, TuttiNow now);

/* What was (tutti-replica-history.c). */
void          tutti_replica_init_past (TuttiReplica *replica);
void          tutti_replica_clear_past (TuttiReplica *replica);
void          tutti_replica_ask_past (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_on_past (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);

/* Where people are, and what is said (tutti-replica-talk.c). */
void          tutti_replica_note_edit (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_talk_tick (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_talk_live (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_on_there (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_said (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_lines (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_denied (TuttiReplica *replica);

/* How people look (tutti-replica-pictures.c). */
void          tutti_replica_init_pictures (TuttiReplica *replica);
void          tutti_replica_clear_pictures (TuttiReplica *replica);
void          tutti_replica_pictures_anew (TuttiReplica *replica);
void          tutti_replica_pictures_live (TuttiReplica *replica);
void          tutti_replica_pictures_tick (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_on_looks (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_shown (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);

/* What went before, and who comes after (tutti-replica-heir.c). */
void          tutti_replica_on_tell (TuttiReplica *replica, const TuttiMessage *message);
void          tutti_replica_settle (TuttiReplica *replica, TuttiNow now);
void          tutti_replica_on_heir (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_before (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_on_seat (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now);
void          tutti_replica_say_willing (TuttiReplica *replica);
