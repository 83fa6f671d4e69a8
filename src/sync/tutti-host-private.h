/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-bucket.h"
#include "tutti-host.h"
#include "tutti-host-log.h"
#include "tutti-invites.h"
#include "tutti-pictures.h"
#include "tutti-report.h"
#include "tutti-tries.h"

typedef struct _TuttiGuard TuttiGuard;

/* Someone with a right to come back. */
typedef struct
{
  guint number;
  char  token_hash[TUTTI_HASH_HEX + 1];  /* empty: it is not known here */
  guint connection;                /* 0: not here */
  gboolean edited;                 /* something here is theirs */
  gboolean home;                   /* the jam lives there: whatever they may do in it, they get it back */
  gboolean passing;                /* will not come back once they say goodbye */
  gboolean vacant;                 /* they said goodbye and leave nothing: the next newcomer may have it cleared away */
  TuttiBucket edits;               /* while they have no connection; token_us 0: none yet */
} TuttiSeat;

/* Refusals of one visit that are kept for when the answer was lost on the way. */
#define TUTTI_REFUSALS_KEPT 64

typedef struct
{
  gint64          number;          /* 0: empty */
  TuttiModelError code;
} TuttiRefusal;

/* Visits that are remembered: everyone who comes in may name a new one, and a kilobyte each must not add up for ever. */
#define TUTTI_VISITS_MAX 2048

/* What one participant sent in one visit, told by the ids it coins; it goes on across reconnects. */
typedef struct
{
  guint        seat;               /* number of the person whose visit it is; 0 not known yet */
  guint64      used;               /* when it was last taken up, in visits of this host */
  gint64       number;             /* of the last edit that was dealt with */
  gint64       seq;                /* of the last that was stamped */
  TuttiRefusal refused[TUTTI_REFUSALS_KEPT];  /* the newest, by number modulo their count */
} TuttiVisit;

typedef struct
{
  guint       id;
  TuttiSeat  *seat;                /* borrowed from the host, or the next; NULL until welcomed */
  TuttiSeat   nowhere;             /* of one that only looks on: a number, and no place among the others */
  guint32     creator;
  gint64      acked;               /* seq */
  gint64      acked_us;            /* when that last moved, or had no reason to */
  gint64      opened_us;
  gint64      round_trip_us;
  gint64      late;                /* −1: nothing was said yet */
  gint64      late_seq;            /* how far the order had come when that was said */
  gint64      late_new;            /* since the lead was last looked at */
  gint64      wished_us;           /* when it asked last for what others can give, 0: not yet */
  gint64      lead_extra;          /* frames that its late edits ask for */
  guint8      quality;             /* as in TuttiReport */
  TuttiReport told;                /* to admins, as change … */
  guint64     told_as;             /* … number so many of this host; 0: nothing yet */
  guint64     told_to;             /* an admin: knows the changes up to this */
  TuttiBucket edits;
  TuttiBucket needs;               /* a document is much larger than the asking */
  TuttiBucket past;                /* questions about what was */
  TuttiBucket asks;                /* for what an admin decides at the door */
  TuttiBucket compares, answers;   /* of what was rendered (tutti-host-compare.c) */
  gint64      compared, compared_us;   /* the second that it asked for last, and when; 0: not yet */
  char        address[65];         /* where it comes from; empty: not known, or inside */
  gboolean    closing;
  gboolean    removed;             /* that is by an admin's decision … */
  TuttiRemoval removal;            /* … which is this */
  gboolean    waits;               /* with its hello, until this host begins … */
  TuttiHello  hello;               /* … which is this */
  TuttiHeir   door;                /* where it would go on with the jam; port 0: it would not */
  guint       tail_left;           /* operations of elsewhere that it may tell */
  gint64      document;            /* seq up to which it came as a document; 0: the operations are known to it */
  gint64      fork;                /* seq before the first of them; −1 none yet */
  TuttiHerePace here;              /* where they are */
  TuttiBucket lines;               /* what they say */
  gboolean    pictured;            /* understands what is said of pictures, and of those who were removed */
  TuttiBucket pictures;            /* of their own */
  guint       look;                /* whose picture it asked for, 0 nobody's */
  gint64      shown_us;            /* when it was shown the last, 0 none yet */
} TuttiConnection;

struct _TuttiHost
{
  TuttiHostHooks    hooks;
  TuttiHostSettings settings;
  TuttiJam         *jam;           /* owned */
  TuttiHostLog     *log;           /* owned */
  TuttiGuard       *guard;         /* owned */
  GPtrArray        *seats;         /* of TuttiSeat */
  GHashTable       *visits;        /* creator → TuttiVisit */
  guint64           visits_taken;  /* counts up with every visit taken up */
  GHashTable       *connections;   /* id → TuttiConnection */
  gint64            seq;
  gint64            last_at;
  gint64            lead;
  gint64            lead_told;
  guint             last_number;   /* the highest that any person had; 0 none yet */
  gboolean          numbers_apart; /* from those that another host gives */
  TuttiId           coins;         /* the last id given out for somebody; creator 0: none yet */
  gint64            lead_us;       /* when the lead was last looked at */
  gint64            hashed_seq;
  gint64            hashed_us;
  gboolean          gathering;     /* nothing was stamped here yet */
  gint64            gather_since_us;
  gboolean          frozen;        /* somebody else stamps from now on */
  TuttiHeirs        heirs;
  guint             home;          /* connection of the host's own window, 0 none */
  guint             home_number;   /* of the person there, 0 nobody yet */
  gint64            leader_gone_us;    /* when the leader was missed first, 0: here */
  gint64            stop_frame;    /* the leader was lost: the music stops there, 0: it does not */
  gint64            not_before;    /* frame from which what the host does next is heard, where that is later than usual */
  GHashTable       *unused_sounds; /* hash → gint64 us since when no track plays it */
  gint64            sounds_us;     /* when that was looked at last, 0 never */
  gint64            line;          /* id of the newest line, as far as it was asked for */
  guint64           reports_told;  /* changes of how somebody keeps time, so far */
  gint64            reports_us;    /* when they were looked for last */
  TuttiBucket       compares;      /* questions of all what was rendered */
  TuttiPictures    *pictures;      /* owned: of whoever is in the document */
  gint64            pictures_seq;  /* up to there those who may not have one were looked for */
  TuttiHostFigures  figures;
};

/* A sound that no track plays for so long, while the jam is open, leaves it. */
#define TUTTI_SOUND_UNUSED_US (2 * G_TIME_SPAN_HOUR)
#define TUTTI_SOUNDS_WATCHED_EVERY_US G_TIME_SPAN_MINUTE

/* Sounds without use (tutti-host-sounds.c). */
void       tutti_host_watch_sounds (TuttiHost *host, TuttiNow now);

void       tutti_host_say (TuttiHost *host, const TuttiConnection *connection, const TuttiMessage *message);

/* To everyone welcomed but @except (nullable). */
void       tutti_host_say_all (TuttiHost *host, const TuttiConnection *except, const TuttiMessage *message);

void       tutti_host_end (TuttiHost *host, TuttiConnection *connection, TuttiClose code, const char *words);

/* As person @by (0: whoever looks after the host) decided; who is sent away hears their name. */
void       tutti_host_remove (TuttiHost *host, TuttiConnection *connection, guint by, gboolean banned);

/* @connection (nullable), on which person @number was, is theirs no more: to all others. */
void       tutti_host_tell_out (TuttiHost *host, const TuttiConnection *connection, guint number);

/* Whether it has no seat that others know of. */
static inline gboolean
tutti_connection_watches (const TuttiConnection *connection)
{
  return connection->seat == &connection->nowhere;
}

/* Visits (tutti-host-visits.c). */

/* The visit whose ids @creator coins; a new one when it is not known (any more). */
TuttiVisit *tutti_host_visit (TuttiHost *host, guint32 creator);

/* @record is of a visit: its author, or who repeats it, is told from it what was dealt with. */
void       tutti_host_note_visit (TuttiHost *host, const TuttiRecord *record);

/* The visit that @hello says goes on, when it can be this person's; else a new one, of which nobody knows yet. */
guint32    tutti_host_choose_creator (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello);

/* Chooses it for @connection, and from now on it is the visit of @seat. */
void       tutti_host_begin_visit (TuttiHost *host, TuttiConnection *connection, const TuttiSeat *seat, const TuttiHello *hello);

/* Those of @seat in which nothing was sent. */
void       tutti_host_forget_visits (TuttiHost *host, TuttiSeat *seat);

/* Letting in (tutti-host-door.c). */
void       tutti_host_on_hello (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now);

/* Who looks on comes in anew, by the new passcode. */
void       tutti_host_end_watchers (TuttiHost *host);

/* Seats (tutti-host-seats.c). Those they return are the host's. */

/* The number of each of those who only look on, and of no person. */
#define TUTTI_WATCHER_NUMBER TUTTI_PERSON_NUMBER_MAX

/* (nullable) */
TuttiSeat *tutti_host_seat_of_token (TuttiHost *host, const char *token);

/* Whether who sits there is banned; that is kept with the person. */
gboolean   tutti_host_has_banned (TuttiHost *host, const TuttiSeat *seat);

/* One with a number that nobody had, as long as there are any; nobody knows its token yet. */
TuttiSeat *tutti_host_new_seat (TuttiHost *host);

/* Clears away those that nobody comes back to. */
void       tutti_host_clear_vacant (TuttiHost *host, TuttiNow now);

/* Whoever sat there before is a ghost: its owner came back over another connection. */
void       tutti_host_replace_ghost (TuttiHost *host, TuttiSeat *seat);

/* Makes the person of @seat what the document should know them as; FALSE when it cannot take one more. */
gboolean   tutti_host_introduce (TuttiHost *host, const TuttiSeat *seat, const TuttiHello *hello, TuttiNow now, GError **error);

/* Who came to another host of this jam, as its operation @person says, gets a seat here unless their number is taken: what they did there
 * is theirs. */
void       tutti_host_meet (TuttiHost *host, const TuttiOp *person, TuttiNow now);

/* What newcomers get (tutti-host-welcome.c). */

/* @connection has its seat and its visit; @token: "" for who only looks on. */
void       tutti_host_welcome (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, const char *token, TuttiNow now);

/* The document once more. */
void       tutti_host_send_snapshot (TuttiHost *host, TuttiConnection *connection);

/* Where to cut @text so that a piece is at most TUTTI_SNAPSHOT_CHUNK_BYTES and no character is split. */
gsize      tutti_host_piece_length (const char *text);

/* What was (tutti-host-history.c). */
void       tutti_host_on_past (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);

/* How far ahead edits are stamped (tutti-host-lead.c). */
void       tutti_host_note_late (TuttiHost *host, TuttiConnection *connection, gint64 late);
void       tutti_host_adjust_lead (TuttiHost *host, TuttiNow now);

/* Tells admins how the others keep time (tutti-host-reports.c). */
void       tutti_host_tell_reports (TuttiHost *host, TuttiNow now);

/* Going on without this host, and after another (tutti-host-heirs.c, tutti-host-gather.c). */
void       tutti_host_on_willing (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_tell_heirs (TuttiHost *host, const TuttiConnection *newcomer);
/* To an heir whose copy was replaced: what came before the new one, which its own history no longer has. */
void       tutti_host_tell_again (TuttiHost *host, const TuttiConnection *connection);
void       tutti_host_tell_seat (TuttiHost *host, const TuttiSeat *seat);
void       tutti_host_forget_heir (TuttiHost *host, guint number);
/* Who only listens from now on is none. */
void       tutti_host_watch_heirs (TuttiHost *host);

/* Passcode and bans, to @heir or (NULL) to all heirs. */
void       tutti_host_tell_door (TuttiHost *host, const TuttiConnection *heir);

/* Asks what else happened, in epochs or after operations that are not part of this history. */
void       tutti_host_ask (TuttiHost *host, TuttiConnection *connection);
void       tutti_host_on_tail (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_gather_hello (TuttiHost *host, TuttiConnection *connection, const TuttiHello *hello, TuttiNow now);
void       tutti_host_gather_tick (TuttiHost *host, TuttiNow now);

/* Roles, the lead and its loss (tutti-host-roles.c). */

/* @connection asks those for @wish who can give it (tutti-host-wishes.c). FALSE with the reason. */
gboolean   tutti_host_wish (TuttiHost *host, TuttiConnection *connection, TuttiWish wish, TuttiNow now, GError **error);

/* Before @seat is taken: whoever hosts, and the first of a jam, is an admin; else they get @role. */
void       tutti_host_settle_role (TuttiHost *host, const TuttiSeat *seat, gboolean hosts, TuttiRole role, TuttiNow now);
gboolean   tutti_host_may_demote (TuttiHost *host, const TuttiOp *op, GError **error);
/* @by: whose edit banned them. */
void       tutti_host_expel_banned (TuttiHost *host, guint by);
void       tutti_host_leader_left (TuttiHost *host, guint number, TuttiNow now);
void       tutti_host_watch_leader (TuttiHost *host, TuttiNow now);

/* Whether all render the same (tutti-host-compare.c). */
void       tutti_compare_init_pace (TuttiHost *host, TuttiConnection *connection, TuttiNow now);
void       tutti_host_on_compare (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *question, TuttiNow now);
void       tutti_host_on_rendered (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *answer, TuttiNow now);

/* What people say and where they are (tutti-host-talk.c). */
void       tutti_host_init_talk (TuttiConnection *connection, TuttiNow now);
void       tutti_host_on_here (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_on_chat (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_on_older (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_tell_here (TuttiHost *host, const TuttiConnection *newcomer);
void       tutti_host_tell_lines (TuttiHost *host, const TuttiConnection *newcomer);
void       tutti_host_talk_tick (TuttiHost *host, TuttiNow now);

/* How people look (tutti-host-pictures.c). */
void       tutti_host_init_pictures (TuttiConnection *connection, TuttiNow now);
void       tutti_host_inherit_pictures (TuttiHost *host, const TuttiPictures *pictures);
void       tutti_host_on_picture (TuttiHost *host, TuttiConnection *connection, const char *text, TuttiNow now);
void       tutti_host_on_look (TuttiConnection *connection, guint number);
void       tutti_host_tell_pictures (TuttiHost *host, const TuttiConnection *newcomer);
void       tutti_host_pictures_tick (TuttiHost *host, TuttiNow now);

/* The guard at the door (tutti-host-guard.c). */
TuttiGuard *tutti_guard_new (void);
void       tutti_guard_free (TuttiGuard *guard);

/* What is kept of it. (transfer full) */
char      *tutti_guard_to_text (TuttiHost *host);
void       tutti_guard_init_pace (TuttiConnection *connection, TuttiNow now);
void       tutti_guard_note_ban (TuttiHost *host, const TuttiConnection *connection);

/* Why @hello is not let in, 0: it is. @words: (out) (nullable) (transfer full) */
TuttiClose tutti_guard_judge (TuttiHost *host, const TuttiConnection *connection, const TuttiHello *hello, gboolean has_seat,
                              TuttiNow now, char **words);

/* The role that the invitation in @hello gives to someone who @had another; it is used up by that. */
TuttiRole  tutti_guard_use_invite (TuttiHost *host, const TuttiHello *hello, TuttiRole had, gboolean has_seat, TuttiNow now);
void       tutti_host_on_ask (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);

/* Ordering (tutti-host-order.c). */

/* Applies and keeps @op as @record says, which gets a copy of it; nobody is told. */
gboolean   tutti_host_keep (TuttiHost *host, const TuttiOp *op, TuttiRecord *record, GError **error);

/* The frame from which is heard what is ordered at @now. */
gint64     tutti_host_next_at (TuttiHost *host, TuttiNow now);

/* Stamps it first. */
gboolean   tutti_host_order (TuttiHost *host, const TuttiOp *op, TuttiRecord *record, TuttiNow now, GError **error);

/* Tells everyone of @record, and those whose operations after @base it overrode. @author: (nullable) gets the answer. */
void       tutti_host_tell (TuttiHost *host, TuttiConnection *author, const TuttiRecord *record, gint64 base);

/* Orders @op, whose author and visit @record names, if they may do it and have not done too much; nobody is told. */
gboolean   tutti_host_decide (TuttiHost *host, TuttiBucket *allowance, const TuttiOp *op, TuttiRecord *record, TuttiNow now,
                              GError **error);

/* (nullable) */
TuttiConnection *tutti_host_connection_of (TuttiHost *host, guint number);

void       tutti_host_on_edit (TuttiHost *host, TuttiConnection *connection, const TuttiMessage *message, TuttiNow now);
void       tutti_host_refuse (TuttiHost *host, TuttiConnection *connection, gint64 number, const GError *why);

/* Says again which edits of this visit were refused, as far as it is kept: the guest forgot those it knows of. */
void       tutti_host_refuse_again (TuttiHost *host, TuttiConnection *connection);
