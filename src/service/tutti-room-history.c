/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was, from the store. It is read and replayed in threads of their own: whoever looks back holds up nobody's edits. */
#include "tutti-room-private.h"

#include "tutti-room-record.h"

/* The document that was asked for last stays: it is asked for piece by piece, and often by several. */
struct _TuttiRoomPast
{
  gatomicrefcount refs;
  TuttiRoom      *room;            /* borrowed; NULL once the room was closed. Thread: the room's */
  GArray         *waiting;         /* of Question: at most one of each connection */
  gboolean        replaying;
  gint64          seq;             /* of … */
  char           *text;            /* … this document; NULL none */
};

typedef struct
{
  guint  connection;
  gint64 seq, from;
} Question;

/* What a thread is to find. */
typedef struct
{
  TuttiRoomPast *past;
  char          *jam;
  TuttiStore    *store;
  guint          connection, n;    /* of a history */
  gint64         seq;              /* before which, or after which */
} Search;

static TuttiRoomPast *
past_ref (TuttiRoomPast *past)
{
  g_atomic_ref_count_inc (&past->refs);
  return past;
}

static void
past_unref (TuttiRoomPast *past)
{
  if (!g_atomic_ref_count_dec (&past->refs))
    return;
  g_array_unref (past->waiting);
  g_free (past->text);
  g_free (past);
}

TuttiRoomPast *
tutti_room_past_new (TuttiRoom *room)
{
  TuttiRoomPast *past = g_new0 (TuttiRoomPast, 1);

  g_atomic_ref_count_init (&past->refs);
  past->room = room;
  past->waiting = g_array_new (FALSE, FALSE, sizeof (Question));
  return past;
}

void
tutti_room_past_free (TuttiRoomPast *past)
{
  past->room = NULL;
  past_unref (past);
}

static void
search_free (gpointer data)
{
  Search *search = data;

  past_unref (search->past);
  g_object_unref (search->store);
  g_free (search->jam);
  g_free (search);
}

static void
start (TuttiRoomPast *past, Search search, GTaskThreadFunc run, GAsyncReadyCallback done)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, done, NULL);

  search.past = past_ref (past);
  search.jam = g_strdup (past->room->id);
  search.store = g_object_ref (past->room->store);
  g_task_set_task_data (task, g_memdup2 (&search, sizeof search), search_free);
  g_task_run_in_thread (task, run);
}

/* ---- what happened ---- */

/* One more than asked for tells whether there is more. */
static void
read_history (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Search *search = data;
  GError *error = NULL;
  GPtrArray *ops = tutti_store_list_ops (search->store, search->jam, MAX (search->seq - 2 - (gint64) search->n, 0), search->n + 1, &error);

  /* Where it begins later than that, what was asked for lies before it. */
  while (ops != NULL && ops->len > 0 && ((TuttiStoreOp *) ops->pdata[ops->len - 1])->seq >= search->seq)
    g_ptr_array_remove_index (ops, ops->len - 1);
  if (ops != NULL)
    g_task_return_pointer (task, ops, (GDestroyNotify) g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
on_history_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Search *search = g_task_get_task_data (G_TASK (result));
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ops = g_task_propagate_pointer (G_TASK (result), &error);
  g_autoptr(GArray) told = g_array_new (FALSE, FALSE, sizeof (TuttiPastOp));
  guint extra = ops != NULL && ops->len > search->n ? ops->len - search->n : 0;

  if (search->past->room == NULL)
    return;
  for (guint i = ops != NULL ? ops->len : 0; i-- > extra; )
    {
      const TuttiStoreOp *op = ops->pdata[i];
      TuttiPastOp past = { { op->seq, (guint) op->by, op->at }, op->text, op->done_us };

      g_array_append_val (told, past);
    }
  tutti_host_tell_history (search->past->room->host, search->connection, told, extra > 0, error != NULL ? error->message : NULL);
}

void
tutti_room_on_history (gpointer user, guint connection, gint64 before, guint n)
{
  TuttiRoom *room = user;
  Search search = { .connection = connection, .n = n, .seq = before > 0 ? before : tutti_host_get_seq (room->host) + 1 };

  start (room->past, search, read_history, on_history_read);
}

/* ---- the document as it was ---- */

static void start_replay (TuttiRoomPast *past);

static void
read_moment (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Search *search = data;
  GError *error = NULL;
  char *text = tutti_room_record_moment (search->store, search->jam, search->seq, &error);

  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error (task, error);
}

/* To all who wait for @seq; @text: (nullable) how it was, else @why not. */
static void
answer (TuttiRoomPast *past, gint64 seq, const char *text, const char *why)
{
  for (guint i = past->waiting->len; i-- > 0; )
    {
      Question question = g_array_index (past->waiting, Question, i);

      if (question.seq != seq)
        continue;
      g_array_remove_index (past->waiting, i);
      tutti_host_tell_moment (past->room->host, question.connection, seq, text, question.from, why);
    }
}

static void
on_moment_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  const Search *search = g_task_get_task_data (G_TASK (result));
  TuttiRoomPast *past = search->past;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  past->replaying = FALSE;
  if (past->room == NULL)
    return;
  answer (past, search->seq, text, error != NULL ? error->message : NULL);
  if (text != NULL)
    {
      g_free (past->text);
      past->text = g_steal_pointer (&text);
      past->seq = search->seq;
    }
  start_replay (past);
}

/* One at a time: many who look back share the time that is left beside the music. */
static void
start_replay (TuttiRoomPast *past)
{
  if (past->replaying || past->waiting->len == 0)
    return;
  past->replaying = TRUE;
  start (past, (Search) { .seq = g_array_index (past->waiting, Question, 0).seq }, read_moment, on_moment_read);
}

void
tutti_room_on_moment (gpointer user, guint connection, gint64 seq, gint64 from)
{
  TuttiRoomPast *past = ((TuttiRoom *) user)->past;
  Question question = { connection, seq, from };

  if (past->text != NULL && past->seq == seq)
    {
      tutti_host_tell_moment (past->room->host, connection, seq, past->text, from, NULL);
      return;
    }
  for (guint i = past->waiting->len; i-- > 0; )
    if (g_array_index (past->waiting, Question, i).connection == connection)
      g_array_remove_index (past->waiting, i);
  g_array_append_val (past->waiting, question);
  start_replay (past);
}
