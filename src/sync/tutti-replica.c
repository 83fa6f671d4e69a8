/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-replica.h"

#include "tutti-bucket.h"
#include "tutti-rights.h"

#include <string.h>

#define ACK_EVERY_US G_USEC_PER_SEC
#define ACK_EVERY_OPS 32
#define RECENT 512                 /* confirmed operations remembered to name both sides of a conflict */
#define LATENCIES 64

/* Something that sounded before anything that will be asked for. */
#define LONG_AGO (G_MININT64 / 4)

typedef struct
{
  gint64   number;
  gint64   base;                   /* seq of the last operation known when it was made */
  TuttiOp *op;
  gint64   made_us;
  gboolean sent;
} Pending;

typedef struct
{
  gint64   seq;
  TuttiOp *op;
} Recent;

struct _TuttiReplica
{
  TuttiReplicaHooks hooks;
  TuttiHello        hello;
  TuttiWelcome      welcome;       /* the newest */
  TuttiJam         *confirmed, *shown;  /* owned; NULL before the first welcome */
  gint64            seq;           /* of the newest confirmed operation */
  gint64            epoch;         /* of the host that confirmed it: the welcome's may belong to a document that never came */
  gint64            seen;          /* the newest operation that undo heard of; operations come again with a document */
  gboolean          live;
  gboolean          fresh;         /* connected, and not live since */
  TuttiBucket       pace;          /* of edits sent; kept below the host's own measure */
  GString          *document;      /* pieces so far, NULL when none is under way */
  gboolean          repairing;     /* a new copy was asked for and has not begun */
  gboolean          repaired;      /* what comes now is that copy */
  GPtrArray        *pending;       /* of Pending, oldest first */
  guint             failing;       /* of them, how many do not show */
  gint64            next_number;
  guint32           next_counter;
  Recent            recent[RECENT];
  TuttiUndo        *undo;          /* owned */
  gint64            acked, acked_us;
  gint64            lead;
  gint64            round_trip_us, late;
  guint64           repairs;
  gint64            latencies[LATENCIES];
  guint             n_latencies;
};

static void
free_pending (gpointer data)
{
  Pending *pending = data;

  tutti_op_free (pending->op);
  g_free (pending);
}

TuttiReplica *
tutti_replica_new (const TuttiReplicaHooks *hooks, const char *name, TuttiPersonColour colour)
{
  TuttiReplica *replica = g_new0 (TuttiReplica, 1);

  replica->hooks = *hooks;
  replica->hello.protocol = TUTTI_PROTOCOL_VERSION;
  g_strlcpy (replica->hello.name, name, sizeof replica->hello.name);
  replica->hello.colour = (guint8) colour;
  replica->pending = g_ptr_array_new_with_free_func (free_pending);
  replica->undo = tutti_undo_new ();
  replica->next_number = 1;
  return replica;
}

void
tutti_replica_free (TuttiReplica *replica)
{
  tutti_jam_free (replica->confirmed);
  tutti_jam_free (replica->shown);
  g_ptr_array_unref (replica->pending);
  tutti_undo_free (replica->undo);
  for (guint i = 0; i < RECENT; i++)
    tutti_op_free (replica->recent[i].op);
  if (replica->document != NULL)
    g_string_free (replica->document, TRUE);
  g_free (replica);
}

void
tutti_replica_set_token (TuttiReplica *replica, const char *token)
{
  g_strlcpy (replica->hello.token, token, sizeof replica->hello.token);
}

void
tutti_replica_set_keys (TuttiReplica *replica, const char *passcode, const char *invite)
{
  g_strlcpy (replica->hello.passcode, passcode, sizeof replica->hello.passcode);
  g_strlcpy (replica->hello.invite, invite, sizeof replica->hello.invite);
}

void
tutti_replica_set_passing (TuttiReplica *replica, gboolean passing)
{
  replica->hello.passing = passing;
}

static void
say (TuttiReplica *replica, const TuttiMessage *message)
{
  g_autofree char *text = tutti_message_write (message);

  replica->hooks.send (replica->hooks.user, text);
}

static void
tell_changed (TuttiReplica *replica, TuttiTarget target, guint by)
{
  replica->hooks.changed (replica->hooks.user, &target, by);
}

static void
tell_all_changed (TuttiReplica *replica)
{
  tell_changed (replica, (TuttiTarget) { TUTTI_SCOPE_ALL, { 0, 0 }, -1 }, 0);
}

void
tutti_replica_connected (TuttiReplica *replica)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HELLO, .hello = replica->hello };

  replica->fresh = TRUE;
  message.hello.creator = replica->welcome.creator;
  message.hello.epoch = replica->confirmed != NULL ? replica->epoch : 0;
  message.hello.seq = replica->confirmed != NULL ? replica->seq : 0;
  say (replica, &message);
}

void
tutti_replica_disconnected (TuttiReplica *replica)
{
  replica->live = replica->repairing = replica->repaired = FALSE;
  for (guint i = 0; i < replica->pending->len; i++)
    ((Pending *) replica->pending->pdata[i])->sent = FALSE;
  if (replica->document != NULL)
    g_string_free (g_steal_pointer (&replica->document), TRUE);
}

/* ---- the shown document: confirmed, with pending on top ---- */

static TuttiStamp
provisional (const TuttiReplica *replica, TuttiNow now)
{
  return (TuttiStamp) { replica->seq, replica->welcome.me, now.frame + replica->lead };
}

/* Made anew rather than taken back and redone: copies share what is the same, and there is no inverse to get wrong. */
static void
rebuild_shown (TuttiReplica *replica, TuttiNow now)
{
  TuttiStamp stamp = provisional (replica, now);
  guint failing = 0;
  gboolean shows;

  tutti_jam_free (replica->shown);
  replica->shown = tutti_jam_copy (replica->confirmed);
  for (guint i = 0; i < replica->pending->len; i++)
    {
      const TuttiOp *op = ((Pending *) replica->pending->pdata[i])->op;

      /* What its author may no longer do, the host is about to refuse. */
      shows = tutti_jam_may (replica->shown, stamp.by, op, NULL) && tutti_jam_apply (replica->shown, op, &stamp, NULL, NULL);
      failing += !shows;
    }
  if (failing != replica->failing)
    {
      replica->failing = failing;
      tell_all_changed (replica);
    }
}

static Pending *
find_pending (TuttiReplica *replica, gint64 number, guint *index)
{
  for (guint i = 0; i < replica->pending->len; i++)
    if (((Pending *) replica->pending->pdata[i])->number == number)
      {
        *index = i;
        return replica->pending->pdata[i];
      }
  return NULL;
}

/* ---- confirming ---- */

static void
remember (TuttiReplica *replica, gint64 seq, const TuttiOp *op)
{
  Recent *recent = &replica->recent[seq % RECENT];

  tutti_op_free (recent->op);
  *recent = (Recent) { seq, tutti_op_copy (op) };
}

static const TuttiOp *
recall (const TuttiReplica *replica, gint64 seq)
{
  const Recent *recent = &replica->recent[seq % RECENT];

  return recent->seq == seq ? recent->op : NULL;
}

static void
ask_for_snapshot (TuttiReplica *replica)
{
  if (replica->repairing)
    return;
  replica->repairing = TRUE;
  replica->repairs++;
  say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_NEED });
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

/* Operation @op, stamped, becomes part of what is certain. */
static gboolean
confirm (TuttiReplica *replica, const TuttiOp *op, const TuttiStamp *stamp, TuttiNow now, GError **error)
{
  if (stamp->seq != replica->seq + 1)
    return fail (error, "the host left something out");
  replica->seq = stamp->seq;
  remember (replica, stamp->seq, op);
  /* A copy that cannot follow has come apart from the host's: it is replaced as after a wrong hash. */
  if (!tutti_jam_apply (replica->confirmed, op, stamp, NULL, NULL))
    ask_for_snapshot (replica);
  else
    replica->hooks.confirmed (replica->hooks.user, replica->confirmed, op, stamp);
  if (stamp->by != replica->welcome.me && stamp->seq > replica->seen)
    tutti_undo_foreign (replica->undo, op, stamp->by);
  replica->seen = MAX (replica->seen, stamp->seq);
  /* While catching up nothing shows before all of it is here. */
  if (!replica->live)
    return TRUE;
  rebuild_shown (replica, now);
  tell_changed (replica, tutti_op_target (op), stamp->by);
  return TRUE;
}

/* An own edit is no longer waiting: it is inside the document already, or happens now. (transfer full) */
static TuttiOp *
take_pending (TuttiReplica *replica, guint index)
{
  TuttiOp *op = g_steal_pointer (&((Pending *) replica->pending->pdata[index])->op);

  g_ptr_array_remove_index (replica->pending, index);
  return op;
}

static gboolean
confirm_own (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  guint index;
  Pending *pending = find_pending (replica, message->number, &index);

  if (pending == NULL)
    return fail (error, "the host answers what was not asked");
  replica->latencies[replica->n_latencies++ % LATENCIES] = now.us - pending->made_us;
  g_autoptr(TuttiOp) op = take_pending (replica, index);

  if (!confirm (replica, op, &message->stamp, now, error))
    return FALSE;
  if (message->with != 0)
    replica->hooks.crossed (replica->hooks.user, op, recall (replica, message->with), 0, TRUE);
  return TRUE;
}

static gboolean
on_stamped (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  guint index;

  if (message->creator == replica->welcome.creator && message->creator != 0 &&
      find_pending (replica, message->number, &index) != NULL)
    return confirm_own (replica, message, now, error);
  return confirm (replica, message->op, &message->stamp, now, error);
}

/* The pending edit at @index never happened, and its author is told. */
static void
refused (TuttiReplica *replica, guint index, TuttiModelError code, const char *reason, TuttiNow now)
{
  gint64 number = ((Pending *) replica->pending->pdata[index])->number;
  g_autoptr(TuttiOp) op = take_pending (replica, index);
  g_autoptr(GError) why = g_error_new_literal (TUTTI_MODEL_ERROR, code, reason);

  tutti_undo_refused (replica->undo, number);
  if (replica->confirmed != NULL)
    rebuild_shown (replica, now);
  tell_changed (replica, tutti_op_target (op), replica->welcome.me);
  replica->hooks.refused (replica->hooks.user, op, why);
}

static void
on_no (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now)
{
  guint index;

  if (find_pending (replica, message->number, &index) != NULL)
    refused (replica, index, message->code, message->reason, now);
}

static void
on_over (TuttiReplica *replica, const TuttiMessage *message)
{
  const TuttiOp *mine = recall (replica, message->stamp.seq);

  if (mine != NULL)
    replica->hooks.crossed (replica->hooks.user, mine, recall (replica, message->with), message->stamp.by, FALSE);
}

static void
on_hash (TuttiReplica *replica, const TuttiMessage *message)
{
  if (message->stamp.seq == replica->seq && tutti_jam_hash (replica->confirmed) != message->hash)
    ask_for_snapshot (replica);
}

/* ---- being let in ---- */

static gboolean
on_welcome (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  const TuttiWelcome *welcome = &message->welcome;

  if (!welcome->document && (replica->confirmed == NULL || welcome->base != replica->seq))
    return fail (error, "the host goes on where nothing was");
  if (welcome->me == 0 || welcome->creator == 0)
    return fail (error, "the host names nobody");
  if (replica->confirmed != NULL && !g_str_equal (welcome->jam, replica->welcome.jam))
    return fail (error, "the host has another jam now");
  if (welcome->creator != replica->welcome.creator)
    replica->next_counter = 0;
  replica->welcome = *welcome;
  replica->lead = welcome->lead;
  if (welcome->token[0] != '\0')
    g_strlcpy (replica->hello.token, welcome->token, sizeof replica->hello.token);
  tutti_replica_set_keys (replica, "", "");
  if (replica->document != NULL)
    g_string_free (replica->document, TRUE);
  replica->document = welcome->document ? g_string_new (NULL) : NULL;
  replica->live = FALSE;
  replica->repaired = replica->repairing;
  replica->repairing = FALSE;
  if (!welcome->document)
    replica->epoch = welcome->epoch;
  replica->hooks.welcomed (replica->hooks.user, &replica->welcome);
  return TRUE;
}

static gboolean
on_doc (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  if (replica->document == NULL)
    return fail (error, "a piece of a document out of turn");
  if (replica->document->len + strlen (message->text) > TUTTI_DOCUMENT_BYTES_MAX)
    return fail (error, "a document beyond the limit");
  g_string_append (replica->document, message->text);
  return TRUE;
}

/* The document is complete when something else than a piece comes. */
static gboolean
finish_document (TuttiReplica *replica, GError **error)
{
  TuttiStamp stamp = { replica->welcome.base, 0, LONG_AGO };

  if (replica->document == NULL)
    return TRUE;
  TuttiJam *jam = tutti_jam_from_text (replica->document->str, (gssize) replica->document->len, error);

  g_string_free (g_steal_pointer (&replica->document), TRUE);
  if (jam == NULL)
    return FALSE;
  /* What happened between the old copy and this one nobody told: an own edit may have been overwritten there. A history that is
   * shorter than what was seen is another one. */
  if (replica->confirmed != NULL && (replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen))
    tutti_undo_forget (replica->undo);
  if (replica->confirmed == NULL || replica->welcome.base > replica->seen || replica->welcome.seq < replica->seen)
    replica->seen = replica->welcome.base;
  tutti_jam_free (replica->confirmed);
  replica->confirmed = jam;
  replica->epoch = replica->welcome.epoch;
  replica->seq = replica->welcome.base;
  /* The host waits for an acknowledgement of what it had said before, even if nothing follows this document. */
  replica->acked = -1;
  replica->hooks.confirmed (replica->hooks.user, jam, NULL, &stamp);
  return TRUE;
}

/* As many as the host takes: what was made offline may be more than it lets pass at once, and the rest goes out with the ticks. */
static void
flush (TuttiReplica *replica, TuttiNow now)
{
  for (guint i = 0; i < replica->pending->len; i++)
    {
      Pending *pending = replica->pending->pdata[i];

      if (pending->sent)
        continue;
      if (!tutti_bucket_take (&replica->pace, 1, now.us))
        return;
      say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_EDIT, .number = pending->number, .base = pending->base,
                                      .op = pending->op });
      pending->sent = TRUE;
    }
}

/* Edits that the host dealt with before the connection broke: of those that did not come along as operations, the ones inside a
 * document happened long ago (what was refused lately the host said again); without a document they did not happen. */
static void
drop_dealt_with (TuttiReplica *replica, TuttiNow now)
{
  while (replica->pending->len > 0 &&
         ((Pending *) replica->pending->pdata[0])->number <= replica->welcome.number)
    if (replica->welcome.document)
      g_ptr_array_remove_index (replica->pending, 0);
    else
      refused (replica, 0, TUTTI_MODEL_ERROR_INVALID, "it was refused while the connection was lost", now);
}

static gboolean
on_live (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  gboolean repaired = replica->repaired;

  if (replica->confirmed == NULL || message->stamp.seq != replica->seq)
    return fail (error, "the host left something out");
  drop_dealt_with (replica, now);
  rebuild_shown (replica, now);
  replica->repaired = FALSE;
  replica->live = TRUE;
  /* The host counts anew with each connection. */
  if (replica->fresh)
    tutti_bucket_init (&replica->pace, TUTTI_EDITS_A_SECOND_PACED, TUTTI_EDITS_AT_ONCE_PACED, now.us);
  replica->fresh = FALSE;
  flush (replica, now);
  tell_all_changed (replica);
  replica->hooks.live (replica->hooks.user);
  if (repaired)
    replica->hooks.repaired (replica->hooks.user);
  return TRUE;
}

static void
on_door (TuttiReplica *replica, const TuttiMessage *message)
{
  if (message->kind == TUTTI_MESSAGE_LOCKED)
    replica->welcome.locked = message->welcome.locked;
  if (replica->hooks.door != NULL)
    replica->hooks.door (replica->hooks.user, message);
}

static gboolean
dispatch (TuttiReplica *replica, const TuttiMessage *message, TuttiNow now, GError **error)
{
  switch (message->kind)
    {
    case TUTTI_MESSAGE_STAMPED:
      return on_stamped (replica, message, now, error);
    case TUTTI_MESSAGE_ANSWER:
      return confirm_own (replica, message, now, error);
    case TUTTI_MESSAGE_LIVE:
      return on_live (replica, message, now, error);
    case TUTTI_MESSAGE_NO:
      on_no (replica, message, now);
      return TRUE;
    case TUTTI_MESSAGE_OVER:
      on_over (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_HASH:
      on_hash (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_LEAD:
      replica->lead = message->lead;
      replica->hooks.lead (replica->hooks.user, message->lead);
      return TRUE;
    case TUTTI_MESSAGE_LOCKED:
    case TUTTI_MESSAGE_INVITED:
    case TUTTI_MESSAGE_DENIED:
      on_door (replica, message);
      return TRUE;
    case TUTTI_MESSAGE_IN:
    case TUTTI_MESSAGE_OUT:
      replica->hooks.present (replica->hooks.user, message->stamp.by, message->kind == TUTTI_MESSAGE_IN);
      return TRUE;
    default:
      return fail (error, "only a guest says that");
    }
}

gboolean
tutti_replica_received (TuttiReplica *replica, const char *text, gsize length, TuttiNow now, GError **error)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!tutti_message_read (text, length, &message, error))
    return FALSE;
  if (message.kind == TUTTI_MESSAGE_WELCOME)
    return on_welcome (replica, &message, error);
  if (replica->welcome.me == 0)
    return fail (error, "welcome comes first");
  if (message.kind == TUTTI_MESSAGE_DOC)
    return on_doc (replica, &message, error);
  return finish_document (replica, error) && dispatch (replica, &message, now, error);
}

void
tutti_replica_tick (TuttiReplica *replica, TuttiNow now)
{
  gint64 news = replica->seq - replica->acked;

  if (replica->live)
    flush (replica, now);
  if (!replica->live || news == 0 || (news < ACK_EVERY_OPS && now.us - replica->acked_us < ACK_EVERY_US))
    return;
  replica->acked = replica->seq;
  replica->acked_us = now.us;
  say (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_ACK, .stamp.seq = replica->seq, .late = replica->late,
                                  .round_trip_us = replica->round_trip_us });
}

/* ---- own edits ---- */

static gboolean
submit (TuttiReplica *replica, TuttiOp *op, TuttiUndoRole role, TuttiNow now, GError **error)
{
  TuttiStamp stamp = provisional (replica, now);
  g_autoptr(TuttiOp) owned = op;
  TuttiOp *inverse = NULL;

  if (replica->shown == NULL)
    return fail (error, "the jam is not here yet");
  if (replica->pending->len >= TUTTI_PENDING_MAX)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY, "too many edits wait for the host");
      return FALSE;
    }
  if (!tutti_jam_may (replica->shown, stamp.by, op, error) ||
      !tutti_jam_apply (replica->shown, op, &stamp, &inverse, error))
    return FALSE;
  Pending *pending = g_new0 (Pending, 1);

  *pending = (Pending) { replica->next_number++, replica->seq, g_steal_pointer (&owned), now.us, FALSE };
  g_ptr_array_add (replica->pending, pending);
  tutti_undo_done (replica->undo, pending->number, pending->op, inverse, role);
  if (replica->live)
    flush (replica, now);
  tell_changed (replica, tutti_op_target (pending->op), replica->welcome.me);
  return TRUE;
}

gboolean
tutti_replica_submit (TuttiReplica *replica, TuttiOp *op, TuttiNow now, GError **error)
{
  return submit (replica, op, TUTTI_UNDO_NEW, now, error);
}

gboolean
tutti_replica_undo (TuttiReplica *replica, gboolean redo, TuttiNow now, GError **error)
{
  guint by;
  const TuttiOp *next = tutti_undo_peek (replica->undo, redo);

  /* A right may come back: what is not allowed now is kept. */
  if (next != NULL && replica->shown != NULL && !tutti_jam_may (replica->shown, replica->welcome.me, next, error))
    return FALSE;
  TuttiOp *op = tutti_undo_take (replica->undo, redo, &by);
  const TuttiPerson *person = replica->shown != NULL ? tutti_jam_person (replica->shown, by) : NULL;

  if (op != NULL)
    return submit (replica, op, redo ? TUTTI_UNDO_OF_REDO : TUTTI_UNDO_OF_UNDO, now, error);
  if (by != 0)
    g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS, "%s changed it since",
                 person != NULL ? person->name : "somebody");
  else
    g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING, redo ? "nothing to do again" : "nothing to undo");
  return FALSE;
}

gboolean
tutti_replica_can_undo (TuttiReplica *replica, gboolean redo)
{
  return tutti_undo_can (replica->undo, redo);
}

/* ---- what an admin asks for ---- */

static gboolean
ask (TuttiReplica *replica, const TuttiMessage *message, GError **error)
{
  if (!replica->live)
    return fail (error, "the host is out of reach");
  TuttiVerdict verdict = tutti_jam_judge_permission (replica->shown, replica->welcome.me, TUTTI_MAY_ADMIN);
  g_autofree char *words = tutti_verdict_to_words (replica->shown, &verdict);

  if (verdict.denial != TUTTI_DENIED_NOT)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED, words);
      return FALSE;
    }
  say (replica, message);
  return TRUE;
}

gboolean
tutti_replica_kick (TuttiReplica *replica, guint number, GError **error)
{
  return ask (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_KICK, .stamp.by = number }, error);
}

gboolean
tutti_replica_set_passcode (TuttiReplica *replica, const char *passcode, GError **error)
{
  TuttiMessage message = { .kind = TUTTI_MESSAGE_PASSCODE };

  if (strlen (passcode) > TUTTI_PASSCODE_BYTES_MAX)
    return fail (error, "that passcode is too long");
  g_strlcpy (message.hello.passcode, passcode, sizeof message.hello.passcode);
  return ask (replica, &message, error);
}

gboolean
tutti_replica_invite (TuttiReplica *replica, TuttiRole role, guint uses, guint minutes, GError **error)
{
  return ask (replica, &(TuttiMessage) { .kind = TUTTI_MESSAGE_INVITE, .role = (guint8) role, .uses = uses, .minutes = minutes },
              error);
}

TuttiId
tutti_replica_new_id (TuttiReplica *replica)
{
  return tutti_id (replica->welcome.creator, ++replica->next_counter);
}

void
tutti_replica_report (TuttiReplica *replica, gint64 round_trip_us, gint64 late)
{
  replica->round_trip_us = MAX (round_trip_us, 0);
  replica->late = MAX (late, 0);
}

/* ---- small answers ---- */

const TuttiJam *
tutti_replica_get_shown (TuttiReplica *replica)
{
  return replica->shown;
}

const TuttiJam *
tutti_replica_get_confirmed (TuttiReplica *replica)
{
  return replica->confirmed;
}

gint64
tutti_replica_get_seq (TuttiReplica *replica)
{
  return replica->seq;
}

gboolean
tutti_replica_is_locked (TuttiReplica *replica)
{
  return replica->welcome.locked != 0;
}

guint
tutti_replica_get_me (TuttiReplica *replica)
{
  return replica->welcome.me;
}

guint
tutti_replica_get_host (TuttiReplica *replica)
{
  return replica->welcome.host;
}

guint
tutti_replica_get_pending (TuttiReplica *replica)
{
  return replica->pending->len;
}

void
tutti_replica_visit_pending (TuttiReplica *replica, gint64 until_us, TuttiOpVisit visit, gpointer user, gint64 *first, gint64 *last)
{
  *first = *last = 0;
  for (guint i = 0; i < replica->pending->len; i++)
    {
      const Pending *pending = replica->pending->pdata[i];

      if (pending->made_us > until_us)
        return;
      *first = *first == 0 ? pending->number : *first;
      *last = pending->number;
      if (visit != NULL)
        visit (pending->op, user);
    }
}

gint64
tutti_replica_get_lead (TuttiReplica *replica)
{
  return replica->lead;
}

guint64
tutti_replica_get_repairs (TuttiReplica *replica)
{
  return replica->repairs;
}

static int
compare_int64 (gconstpointer a, gconstpointer b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

double
tutti_replica_get_latency_ms (TuttiReplica *replica)
{
  gint64 sorted[LATENCIES];
  guint n = MIN (replica->n_latencies, LATENCIES);

  if (n == 0)
    return 0.0;
  memcpy (sorted, replica->latencies, sizeof sorted);
  qsort (sorted, n, sizeof *sorted, compare_int64);
  return (double) sorted[n / 2] / 1000.0;
}
