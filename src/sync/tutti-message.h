/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-heirs.h"
#include "tutti-here.h"
#include "tutti-removal.h"
#include "tutti-report.h"
#include "tutti-tail.h"
#include "tutti-rendered.h"
#include "tutti-wish.h"

/* What host and guest say to each other, one JSON text a message (data/protocol).
 *
 *   guest → host                                     host → guest
 *   {"hello":{…}}      let me in                      {"welcome":{…}}     who you are, and what follows
 *   [n, base, op]      do this                        {"doc":"…"}         a piece of the document
 *   {"ack":{…}}        so far applied                 [seq, by, at, op, visit, n, earlier]  it happened
 *   {"need":"snapshot"} my copy differs               [seq, by, at, n]    yours number n happened
 *   {"willing":{…}}    I would go on hosting          {"epoch":e}         what follows was stamped in this epoch
 *   [e, seq, by, at, op, visit, n, earlier]  it happened {"tell":{…}}        so much is known here: what else happened?
 *                      where you were not
 *   {"kick":n}         send them away                 {"denied":"…"}      what you asked for did not happen, because
 *   {"passcode":"…"}   newcomers need it              {"locked":1}        a passcode is asked for now
 *   {"invite":{…}}     a code, please                 {"invited":{…}}     here it is
 *   {"here":{…}}       this is where I am             {"there":{…}}       and that is where they are
 *   {"chat":"…"}       to everyone                    {"said":{…}}        somebody said it
 *   {"older":id}       what was said before that?     {"lines":{…}}       these were the lines
 *   {"wish":1}         may I edit? 2: may I lead?     {"wished":{…}}      somebody asks you that
 *                                                     {"live":seq}        you are up to date
 *                                                     {"no":{…}}          yours did not happen, because
 *                                                     {"hash":{…}}        what the document should be
 *                                                     {"over":{…}}        yours was overridden
 *                                                     {"in":n} {"out":n}  who is here
 *                                                     {"lead":frames}     how far ahead edits are stamped
 *                                                     {"heir":{…}}        who would go on hosting
 *                                                     {"seat":{…}}        to heirs: whose token has which hash
 *                                                     {"before":{…}}      to heirs: what happened before they came
 *                                                     {"door":"…"}        to heirs: passcode and bans, as they are kept
 *                                                     {"hand":{…}}        that heir hosts from here on
 *   {"history":{…}}    what happened before?          {"was":{…}}         that, and when, the newest first
 *                                                     {"were":{…}}        these were all, or why there are none
 *   {"moment":{…}}     how was it then?               {"then":{…}}        a piece of the document as it was
 *                                                     {"unkept":{…}}      that is not known (any more), because
 *                                                     {"reports":[…]}     to admins: how others keep time
 *   {"compare":second} what did everyone make of it?  {"asked":{…}}       somebody asks what you made of it
 *   {"rendered":{…}}   I made this of it              {"heard":{…}}       somebody made this of it
 *   {"picture":"…"}    that is how I look             {"looks":{…}}       somebody has that picture; only to who understands it
 *   {"look":n}         how do they look?              {"shown":{…}}       like this
 *                                                     {"removed":{…}}     an admin sent them away: before their {"out":n}; likewise */

#define TUTTI_PROTOCOL_VERSION 1
#define TUTTI_TOKEN_HEX 32
#define TUTTI_JAM_ID_MAX 40
#define TUTTI_REASON_MAX 200

typedef enum
{
  TUTTI_MESSAGE_HELLO, TUTTI_MESSAGE_EDIT, TUTTI_MESSAGE_ACK, TUTTI_MESSAGE_NEED,
  TUTTI_MESSAGE_WELCOME, TUTTI_MESSAGE_DOC, TUTTI_MESSAGE_STAMPED, TUTTI_MESSAGE_ANSWER, TUTTI_MESSAGE_LIVE,
  TUTTI_MESSAGE_KICK, TUTTI_MESSAGE_PASSCODE, TUTTI_MESSAGE_INVITE, TUTTI_MESSAGE_INVITED, TUTTI_MESSAGE_DENIED, TUTTI_MESSAGE_LOCKED,
  TUTTI_MESSAGE_NO, TUTTI_MESSAGE_HASH, TUTTI_MESSAGE_OVER, TUTTI_MESSAGE_IN, TUTTI_MESSAGE_OUT, TUTTI_MESSAGE_LEAD,
  TUTTI_MESSAGE_WILLING, TUTTI_MESSAGE_TAIL, TUTTI_MESSAGE_EPOCH, TUTTI_MESSAGE_TELL, TUTTI_MESSAGE_HEIR, TUTTI_MESSAGE_SEAT,
  TUTTI_MESSAGE_HAND, TUTTI_MESSAGE_BEFORE, TUTTI_MESSAGE_DOOR,
  TUTTI_MESSAGE_HISTORY, TUTTI_MESSAGE_WAS, TUTTI_MESSAGE_WERE, TUTTI_MESSAGE_MOMENT, TUTTI_MESSAGE_THEN, TUTTI_MESSAGE_UNKEPT,
  TUTTI_MESSAGE_HERE, TUTTI_MESSAGE_THERE, TUTTI_MESSAGE_CHAT, TUTTI_MESSAGE_SAID, TUTTI_MESSAGE_OLDER, TUTTI_MESSAGE_LINES,
  TUTTI_MESSAGE_REPORTS, TUTTI_MESSAGE_WISH, TUTTI_MESSAGE_WISHED,
  TUTTI_MESSAGE_COMPARE, TUTTI_MESSAGE_ASKED, TUTTI_MESSAGE_RENDERED, TUTTI_MESSAGE_HEARD,
  TUTTI_MESSAGE_PICTURE, TUTTI_MESSAGE_LOOK, TUTTI_MESSAGE_LOOKS, TUTTI_MESSAGE_SHOWN, TUTTI_MESSAGE_REMOVED,
  TUTTI_N_MESSAGES
} TuttiMessageKind;

typedef struct
{
  guint   protocol;
  char    name[TUTTI_NAME_BYTES_MAX + 1];
  guint8  colour;                      /* TuttiPersonColour */
  char    token[TUTTI_TOKEN_HEX + 1];  /* of an earlier visit, or empty */
  guint32 creator;                     /* of the visit that goes on, or 0 */
  gint64  epoch, seq;                  /* of the last operation it has, or 0 */
  gboolean passing;                    /* from a command line: nobody will come back with the token once it said goodbye */
  char    passcode[TUTTI_PASSCODE_BYTES_MAX + 1];  /* empty: none */
  char    invite[TUTTI_TOKEN_HEX + 1];             /* a code, or empty */
  guint   owes;                        /* 1: what it told a host before may not have been taken up: ask again */
  gboolean watching;                   /* takes no seat: looks on, asks what was rendered, and is gone without a trace */
} TuttiHello;

typedef struct
{
  guint   me;                          /* person number */
  char    token[TUTTI_TOKEN_HEX + 1];
  guint32 creator;                     /* of the ids to coin */
  gint64  number;                      /* edits of this visit up to this number were dealt with */
  char    jam[TUTTI_JAM_ID_MAX + 1];
  gint64  epoch;                       /* of the host: of what it stamps from now on */
  gint64  seq;                         /* the host's newest operation */
  gint64  base, base_epoch;            /* what follows starts after this operation … */
  gboolean document;                   /* … from a document sent in pieces, else from what the guest has */
  gint64  origin_ns;                   /* host time of frame 0 */
  guint   clock_port;                  /* UDP, 0: none */
  gint64  lead;                        /* frames */
  guint   people_max;
  guint   host;                        /* number of the person at the host's own window; 0: nobody sits there */
  guint    locked;                     /* 1: newcomers need a passcode */
} TuttiWelcome;

/* One message; what its kind does not name is zero. */
typedef struct
{
  TuttiMessageKind kind;
  TuttiHello       hello;              /* passcode also of PASSCODE, invite of INVITED */
  TuttiWelcome     welcome;            /* locked also of LOCKED */
  TuttiStamp       stamp;              /* STAMPED, ANSWER, TAIL, BEFORE, WAS; seq also of LIVE, ACK, HASH, OVER, TELL, HAND, HISTORY,
                                        * WERE, MOMENT, THEN, UNKEPT; by of IN, OUT, OVER, KICK, SEAT, HAND, THERE, SAID,
                                        * LOOK, LOOKS, SHOWN, REMOVED */
  guint8           role;               /* INVITE, INVITED: TuttiRole */
  guint            uses, minutes;      /* INVITE, INVITED */
  gint64           epoch;              /* EPOCH, TELL, TAIL, BEFORE */
  TuttiHeir        heir;               /* HEIR, WILLING; home also of SEAT */
  char             token_hash[TUTTI_HASH_HEX + 1];  /* SEAT */
  TuttiOp         *op;                 /* EDIT, STAMPED, TAIL, BEFORE, WAS; owned */
  gint64           number;             /* EDIT, ANSWER, NO, STAMPED, TAIL, BEFORE */
  guint32          creator;            /* STAMPED, TAIL, BEFORE: of its author's visit, 0 the host's own */
  gint64           earlier;            /* STAMPED, TAIL, BEFORE: frames, as in TuttiRecord */
  gint64           base;               /* EDIT: the last operation its author had */
  gint64           with;               /* OVER and ANSWER: seq of the other operation, 0 none */
  guint64          hash;               /* HASH, LOOKS */
  gint64           lead;               /* LEAD, frames */
  gint64           round_trip_us;      /* ACK */
  gint64           late;               /* ACK: operations so far that came after their frame */
  guint8           wish;               /* WISH, WISHED: TuttiWish */
  guint8           quality;            /* ACK: as in TuttiReport */
  GArray          *reports;            /* REPORTS: of TuttiReport; owned */
  TuttiRendered    rendered;           /* RENDERED, HEARD; second also of COMPARE, ASKED */
  TuttiModelError  code;               /* NO */
  char             reason[TUTTI_REASON_MAX + 1];  /* NO, DENIED, WERE, UNKEPT */
  guint            count;              /* HISTORY */
  gint64           done_us;            /* WAS: wall clock, 0 not known */
  gint64           from, total;        /* MOMENT, THEN: bytes */
  char            *text;               /* DOC, DOOR, THEN, CHAT, SAID, PICTURE, SHOWN; owned */
  TuttiHere        here;               /* HERE, THERE */
  gint64           line, at_ms;        /* SAID, OLDER, LINES: id of a line; when it was said */
  guint            more;               /* LINES: 1: there are older ones */
  TuttiRemoval     removal;            /* REMOVED */
} TuttiMessage;

void     tutti_message_clear (TuttiMessage *message);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TuttiMessage, tutti_message_clear)

/* Operations asked for at once, at most; and how many bytes of them are told in one answer, or of a document in one piece. */
#define TUTTI_HISTORY_MAX 64
#define TUTTI_HISTORY_BYTES (32 * 1024)

/* Questions about the past that a host answers to one participant; who asks keeps a little below. */
#define TUTTI_PAST_A_SECOND 40
#define TUTTI_PAST_AT_ONCE 160
#define TUTTI_PAST_A_SECOND_PACED 30
#define TUTTI_PAST_AT_ONCE_PACED 120

/* What @record says happened, as STAMPED, TAIL or BEFORE; it borrows the operation, and is not cleared. */
TuttiMessage tutti_message_of_record (TuttiMessageKind kind, const TuttiRecord *record);

/* Why not, in words; what is too long ends with its last whole character. */
void     tutti_message_set_reason (TuttiMessage *message, const char *words);

/* (transfer full) */
char    *tutti_message_write (const TuttiMessage *message);

/* Reads one message, checked whole; on an error @out stays empty. An EDIT whose operation is wrong is an error too, but then
 * @out->number is set, so that it can be answered. */
gboolean tutti_message_read (const char *text, gsize length, TuttiMessage *out, GError **error);
