/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sim.h"

#include "tutti-host-guard.h"
#include "tutti-rights.h"
#include "tutti-schema-check.h"

#include <string.h>

typedef struct
{
  gint64 due_us;
  char  *text;
} Parcel;

typedef struct
{
  TuttiStamp stamp;
  gint64     epoch;
  char      *text;
  gint64     done_us;
} Entry;

static void
free_parcel (gpointer data)
{
  g_free (((Parcel *) data)->text);
  g_free (data);
}

static void
free_entry (gpointer data)
{
  g_free (((Entry *) data)->text);
  g_free (data);
}

/* What is said is what is published. The host says most things to everyone: one of the copies is looked at. */
static void
check_said (TuttiSim *sim, const char *definition, const char *text)
{
  g_autoptr(GError) error = NULL;

  if (g_strcmp0 (sim->checked, text) == 0)
    return;
  tutti_schema_check (definition, text, &error);
  g_assert_no_error (error);
  g_free (sim->checked);
  sim->checked = g_strdup (text);
}

static void
count_picture (TuttiSim *sim, const char *text)
{
  g_auto(TuttiMessage) message = { 0 };

  if (!g_str_has_prefix (text, "{\"picture\"") && !g_str_has_prefix (text, "{\"shown\""))
    return;
  g_assert_true (tutti_message_read (text, strlen (text), &message, NULL));
  sim->picture_chars += strlen (message.text);
  sim->shown += message.kind == TUTTI_MESSAGE_SHOWN;
}

/* Up to 15 ms, in order, as TCP has it. */
static void
post (TuttiSim *sim, GQueue *queue, const char *text)
{
  Parcel *last = g_queue_peek_tail (queue);
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->due_us = sim->now.us + g_rand_int_range (sim->rand, 0, 15000);
  if (last != NULL)
    parcel->due_us = MAX (parcel->due_us, last->due_us);
  parcel->text = g_strdup (text);
  g_queue_push_tail (queue, parcel);
}

static TuttiSimGuest *
guest_of (TuttiSim *sim, guint connection)
{
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    if (sim->guest[i].connection == connection)
      return &sim->guest[i];
  return NULL;
}

/* ---- the host's hooks ---- */

static void
host_send (gpointer user, guint connection, const char *text)
{
  TuttiSimGuest *guest = guest_of (user, connection);

  check_said (user, "toGuest", text);
  count_picture (user, text);
  if (guest != NULL)
    guest->said++;
  if (guest != NULL && !guest->deaf)
    post (user, &guest->down, text);
}

static void
host_close (gpointer user, guint connection, TuttiClose code, const char *words)
{
  TuttiSimGuest *guest = guest_of (user, connection);

  if (guest == NULL)
    return;
  guest->closing = TRUE;
  guest->closed = code;
  g_strlcpy (guest->closed_words, words != NULL ? words : tutti_close_words (code), sizeof guest->closed_words);
}

/* What is kept is what its author was allowed to do to the document as it was. */
static void
check_allowed (TuttiSim *sim, const TuttiStamp *stamp, const char *text)
{
  g_autoptr(TuttiOp) op = tutti_host_log_op (text, NULL);
  g_autoptr(GError) error = NULL;

  tutti_jam_may (tutti_host_get_jam (sim->host), stamp->by, op, &error);
  g_assert_no_error (error);
}

static gboolean
host_append (gpointer user, gint64 epoch, const TuttiStamp *stamp, const char *text, GError **error)
{
  TuttiSim *sim = user;
  Entry *entry;

  if (sim->disk_full)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT, "the disk is full");
      return FALSE;
    }
  check_allowed (sim, stamp, text);
  entry = g_new0 (Entry, 1);
  *entry = (Entry) { *stamp, epoch, g_strdup (text), sim->now.us };
  g_ptr_array_add (sim->disk, entry);
  return TRUE;
}

static void
host_seated (gpointer user, const TuttiPerson *person, const char *token_hash)
{
  TuttiSim *sim = user;

  g_hash_table_insert (sim->tokens, GUINT_TO_POINTER (person->number), g_strdup (token_hash));
}

static void
host_vacated (gpointer user, guint number)
{
  g_assert_true (g_hash_table_remove (((TuttiSim *) user)->tokens, GUINT_TO_POINTER (number)));
}

static guint32
host_random (gpointer user)
{
  return g_rand_int (((TuttiSim *) user)->rand);
}

static void
host_keep_door (gpointer user, const char *text)
{
  g_free (((TuttiSim *) user)->door);
  ((TuttiSim *) user)->door = g_strdup (text);
}

static gboolean
host_keep_line (gpointer user, TuttiLine *line, GError **error)
{
  TuttiSim *sim = user;

  if (sim->disk_full)
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT, "the disk is full");
      return FALSE;
    }
  line->id = tutti_lines_get_newest (sim->lines) + 1;
  line->at_ms = ++sim->calendar_ms;
  tutti_lines_put (sim->lines, tutti_line_new (line->id, line->by, line->at_ms, line->text));
  return TRUE;
}

static GPtrArray *
host_list_lines (gpointer user, gint64 before, guint n)
{
  const TuttiLines *lines = ((TuttiSim *) user)->lines;
  GPtrArray *page = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_line_free);
  guint end = tutti_lines_get_n (lines);

  if (((TuttiSim *) user)->lines_unreadable)
    {
      g_ptr_array_unref (page);
      return NULL;
    }
  while (end > 0 && tutti_lines_get (lines, end - 1)->id >= before)
    end--;
  for (guint i = end > n ? end - n : 0; i < end; i++)
    {
      const TuttiLine *line = tutti_lines_get (lines, i);

      g_ptr_array_add (page, tutti_line_new (line->id, line->by, line->at_ms, line->text));
    }
  return page;
}

/* ---- a guest's hooks ---- */

static void
guest_send (gpointer user, const char *text)
{
  TuttiSimGuest *guest = user;

  check_said (guest->sim, "toHost", text);
  count_picture (guest->sim, text);
  if (guest->connection != 0)
    post (guest->sim, &guest->up, text);
}

static void
guest_changed (gpointer user, const TuttiTarget *what, guint by)
{
}

static void
guest_confirmed (gpointer user, const TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp)
{
  ((TuttiSimGuest *) user)->copies += op == NULL;
}

static void
guest_welcomed (gpointer user, const TuttiWelcome *welcome)
{
  TuttiSimGuest *guest = user;

  guest->welcomes++;
  if (welcome->token[0] != '\0')
    g_strlcpy (guest->token, welcome->token, sizeof guest->token);
}

static void
guest_live (gpointer user)
{
  ((TuttiSimGuest *) user)->lives++;
}

static void
guest_refused (gpointer user, const TuttiOp *op, const GError *why)
{
  ((TuttiSimGuest *) user)->refused++;
  g_strlcpy (((TuttiSimGuest *) user)->words, why->message, sizeof ((TuttiSimGuest *) user)->words);
}

static void
guest_crossed (gpointer user, const TuttiOp *mine, const TuttiOp *theirs, guint by, gboolean mine_stands)
{
  TuttiSimGuest *guest = user;

  guest->crossed++;
  guest->crossed_velocity = mine->kind == TUTTI_OP_STEP ? (guint) mine->arg[2].number : 0;
}

static void
guest_present (gpointer user, guint number, gboolean here)
{
}

static void
guest_removed (gpointer user, guint number, const TuttiRemoval *removal)
{
  TuttiSimGuest *guest = user;

  guest->removals++;
  guest->removed = number;
  guest->removal = *removal;
}

static void
guest_repaired (gpointer user)
{
  ((TuttiSimGuest *) user)->repaired++;
}

static void
guest_lead (gpointer user, gint64 frames)
{
}

static void
guest_door (gpointer user, const TuttiMessage *message)
{
  TuttiSimGuest *guest = user;

  if (message->kind == TUTTI_MESSAGE_INVITED)
    g_strlcpy (guest->invite, message->hello.invite, sizeof guest->invite);
  if (message->kind == TUTTI_MESSAGE_ASKED)
    {
      guest->asked_by = message->stamp.by;
      guest->asked = message->rendered.second;
      guest->asks++;
    }
  if (message->kind == TUTTI_MESSAGE_HEARD)
    tutti_comparison_add (guest->heard, message->stamp.by, &message->rendered);
  if (message->kind == TUTTI_MESSAGE_WISHED)
    {
      guest->wished_by = message->stamp.by;
      guest->wished = message->wish;
      guest->wishes++;
    }
  if (message->kind == TUTTI_MESSAGE_DENIED)
    g_strlcpy (guest->denied, message->reason, sizeof guest->denied);
}

static void
guest_reports (gpointer user, const GArray *reports)
{
  TuttiSimGuest *guest = user;

  guest->reports++;
  for (guint i = 0; i < reports->len; i++)
    {
      const TuttiReport *report = &g_array_index (reports, TuttiReport, i);

      if (report->number < G_N_ELEMENTS (guest->report))
        guest->report[report->number] = *report;
    }
}

static void
guest_history (gpointer user, const TuttiMessage *message)
{
  TuttiSimGuest *guest = user;

  if (message->kind == TUTTI_MESSAGE_WAS)
    {
      g_array_append_val (guest->was, message->stamp);
      guest->was_us = message->done_us;
      return;
    }
  guest->answers++;
  guest->more = message->stamp.seq;
  g_strlcpy (guest->unkept, message->reason, sizeof guest->unkept);
}

static void
guest_moment (gpointer user, gint64 seq, const TuttiJam *jam, const GError *why)
{
  TuttiSimGuest *guest = user;

  g_clear_pointer (&guest->then, tutti_jam_free);
  guest->then = jam != NULL ? tutti_jam_copy (jam) : NULL;
  guest->then_seq = seq;
  g_strlcpy (guest->unkept, why != NULL ? why->message : "", sizeof guest->unkept);
}

static void
guest_there (gpointer user, guint number, const TuttiHere *here)
{
  TuttiSimGuest *guest = user;

  guest->theres++;
  guest->there_of = number;
  guest->there = *here;
}

static void
guest_lines (gpointer user, const TuttiLine *fresh)
{
  ((TuttiSimGuest *) user)->lines++;
  ((TuttiSimGuest *) user)->fresh += fresh != NULL;
}

/* ---- the simulation ---- */

static TuttiJam *replay (TuttiSim *sim, guint n);

static void
host_history (gpointer user, guint connection, gint64 before, guint n)
{
  TuttiSim *sim = user;
  g_autoptr(GArray) ops = g_array_new (FALSE, FALSE, sizeof (TuttiPastOp));
  guint end = before > 0 ? (guint) MIN (before - 1, (gint64) sim->disk->len) : sim->disk->len;

  for (guint i = end; i-- > 0 && ops->len < n; )
    {
      const Entry *entry = sim->disk->pdata[i];
      TuttiPastOp op = { entry->stamp, entry->text, entry->done_us };

      g_array_append_val (ops, op);
    }
  tutti_host_tell_history (sim->host, connection, ops, end > ops->len, NULL);
}

static void
host_moment (gpointer user, guint connection, gint64 seq, gint64 from)
{
  TuttiSim *sim = user;
  TuttiJam *jam = replay (sim, (guint) seq);
  g_autofree char *text = tutti_jam_to_text (jam);

  tutti_host_tell_moment (sim->host, connection, seq, text, from, NULL);
  tutti_jam_free (jam);
}

static TuttiHost *
start_host (TuttiSim *sim, TuttiJam *jam, const TuttiStamp *last)
{
  TuttiHostHooks hooks = { sim, host_send, host_close, host_append, host_seated, host_vacated, host_random,
                           host_keep_door, sim->forgetful ? NULL : host_history, sim->forgetful ? NULL : host_moment,
                           host_keep_line, host_list_lines };
  TuttiHostSettings settings = { .jam = "sim", .epoch = ++sim->epoch, .people_max = sim->people_max, .lead_least = 2400 };

  return tutti_host_new (jam, last->seq, last->at, &settings, &hooks);
}

/* Something to edit from the start. */
static void
furnish (TuttiSim *sim)
{
  TuttiOp *ops[] = {
    tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 1), "A", TUTTI_N (0)),
    tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 2), "Kick", "kit:tight-kick", TUTTI_N (0)),
    tutti_op_new (TUTTI_OP_CLIP_ADD, tutti_id (1, 3), tutti_id (1, 2), tutti_id (1, 1), ""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    {
      g_assert_true (tutti_host_apply (sim->host, ops[i], sim->now, NULL));
      tutti_op_free (ops[i]);
    }
}

void
tutti_sim_init (TuttiSim *sim, guint32 seed)
{
  memset (sim, 0, sizeof *sim);
  sim->rand = g_rand_new_with_seed (seed);
  sim->disk = g_ptr_array_new_with_free_func (free_entry);
  sim->tokens = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  sim->visits = g_array_new (FALSE, FALSE, sizeof (TuttiVisitMark));
  sim->lines = tutti_lines_new ();
  sim->people_max = 16;
  sim->host = start_host (sim, tutti_jam_new (), &(TuttiStamp) { 0 });
  furnish (sim);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      TuttiSimGuest *guest = &sim->guest[i];
      TuttiReplicaHooks hooks = { guest, guest_send, guest_changed, guest_confirmed, guest_welcomed, guest_live, guest_refused,
                                  guest_crossed, guest_present, guest_repaired, guest_lead, NULL, NULL, guest_door,
                                  guest_history, guest_moment, guest_there, guest_lines, guest_reports, NULL, guest_removed };
      g_autofree char *name = g_strdup_printf ("Guest %u", i);

      guest->sim = sim;
      guest->was = g_array_new (FALSE, FALSE, sizeof (TuttiStamp));
      guest->heard = tutti_comparison_new ();
      g_queue_init (&guest->up);
      g_queue_init (&guest->down);
      guest->replica = tutti_replica_new (&hooks, name, (TuttiPersonColour) i);
    }
}

void
tutti_sim_clear (TuttiSim *sim)
{
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      g_queue_clear_full (&sim->guest[i].up, free_parcel);
      g_queue_clear_full (&sim->guest[i].down, free_parcel);
      tutti_replica_free (sim->guest[i].replica);
      g_array_unref (sim->guest[i].was);
      g_array_unref (sim->guest[i].heard);
      g_clear_pointer (&sim->guest[i].then, tutti_jam_free);
    }
  tutti_host_free (sim->host);
  g_ptr_array_unref (sim->disk);
  g_hash_table_unref (sim->tokens);
  g_free (sim->checked);
  g_free (sim->door);
  tutti_lines_free (sim->lines);
  g_array_unref (sim->visits);
  g_rand_free (sim->rand);
}

void
tutti_sim_plug (TuttiSim *sim, guint i)
{
  TuttiSimGuest *guest = &sim->guest[i];

  if (guest->connection != 0)
    return;
  guest->connection = ++sim->next_connection;
  guest->closing = FALSE;
  tutti_host_opened (sim->host, guest->connection, sim->now);
  if (guest->address != NULL)
    tutti_host_set_address (sim->host, guest->connection, guest->address);
  tutti_replica_connected (guest->replica);
}

/* What was on the way is lost, in both directions. Returns: the connection that was. */
static guint
cut (TuttiSimGuest *guest)
{
  guint connection = guest->connection;

  guest->connection = 0;
  g_queue_clear_full (&guest->up, free_parcel);
  g_queue_clear_full (&guest->down, free_parcel);
  if (connection != 0)
    tutti_replica_disconnected (guest->replica);
  return connection;
}

void
tutti_sim_pull (TuttiSim *sim, guint i)
{
  tutti_host_closed (sim->host, cut (&sim->guest[i]), sim->now);
}

void
tutti_sim_leave (TuttiSim *sim, guint i)
{
  tutti_host_left (sim->host, cut (&sim->guest[i]), sim->now);
}

void
tutti_sim_keep_visits (TuttiSim *sim)
{
  g_array_unref (sim->visits);
  sim->visits = tutti_host_get_visits (sim->host);
  sim->visits_at = sim->disk->len;
}

/* The document as the disk has it after @n operations, replayed from nothing. */
static TuttiJam *
replay (TuttiSim *sim, guint n)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 0; i < n; i++)
    {
      const Entry *entry = sim->disk->pdata[i];
      g_autoptr(TuttiOp) op = tutti_host_log_op (entry->text, NULL);

      g_assert_nonnull (op);
      g_assert_true (tutti_jam_apply (jam, op, &entry->stamp, NULL, NULL));
    }
  return jam;
}

void
tutti_sim_kill_host (TuttiSim *sim)
{
  guint64 before = tutti_jam_hash (tutti_host_get_jam (sim->host));
  const Entry *last = sim->disk->pdata[sim->disk->len - 1];
  TuttiJam *jam = replay (sim, sim->disk->len);
  guint recent = sim->disk->len > 1000 ? sim->disk->len - 1000 : 0;
  GHashTableIter iter;
  gpointer number, hash;

  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    tutti_sim_pull (sim, i);
  g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
  tutti_host_free (sim->host);
  sim->host = start_host (sim, jam, &last->stamp);
  if (sim->door != NULL)
    g_assert_true (tutti_host_resume_door (sim->host, sim->door, NULL));
  g_hash_table_iter_init (&iter, sim->tokens);
  while (g_hash_table_iter_next (&iter, &number, &hash))
    tutti_host_remember (sim->host, GPOINTER_TO_UINT (number), hash);
  for (guint i = 0; i < sim->visits->len; i++)
    tutti_host_resume_visit (sim->host, &g_array_index (sim->visits, TuttiVisitMark, i));
  for (guint i = sim->visits_at > 0 ? MIN (recent, sim->visits_at) : recent; i < sim->disk->len; i++)
    {
      const Entry *entry = sim->disk->pdata[i];

      tutti_host_recall (sim->host, &entry->stamp, entry->epoch, entry->text);
    }
}

static Parcel *
due (TuttiSim *sim, GQueue *queue)
{
  Parcel *first = g_queue_peek_head (queue);

  return first != NULL && first->due_us <= sim->now.us ? g_queue_pop_head (queue) : NULL;
}

static void
deliver (TuttiSim *sim, guint i)
{
  TuttiSimGuest *guest = &sim->guest[i];
  Parcel *parcel;

  while ((parcel = due (sim, &guest->up)) != NULL)
    {
      tutti_host_received (sim->host, guest->connection, parcel->text, strlen (parcel->text), sim->now);
      free_parcel (parcel);
    }
  while ((parcel = due (sim, &guest->down)) != NULL)
    {
      g_autoptr(GError) error = NULL;
      gboolean ok = tutti_replica_received (guest->replica, parcel->text, strlen (parcel->text), sim->now, &error);

      g_assert_no_error (error);
      g_assert_true (ok);
      free_parcel (parcel);
    }
  if (guest->closing && g_queue_is_empty (&guest->down))
    tutti_sim_pull (sim, i);
}

void
tutti_sim_run (TuttiSim *sim, gint64 us)
{
  for (gint64 end = sim->now.us + us; sim->now.us < end; )
    {
      sim->now.us += 1000;
      sim->now.frame += 48;
      for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
        deliver (sim, i);
      if (sim->now.us % 100000 != 0)
        continue;
      tutti_host_tick (sim->host, sim->now);
      for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
        tutti_replica_tick (sim->guest[i].replica, sim->now);
    }
}

void
tutti_sim_settle (TuttiSim *sim)
{
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    tutti_sim_plug (sim, i);
  tutti_sim_run (sim, 5 * G_USEC_PER_SEC);
}

static gboolean
bans_someone (const TuttiOp *op)
{
  if (op->kind == TUTTI_OP_GROUP)
    {
      for (guint i = 0; i < op->arg[0].ops->len; i++)
        if (bans_someone (op->arg[0].ops->pdata[i]))
          return TRUE;
      return FALSE;
    }
  return op->kind == TUTTI_OP_PERSON_ROLE && op->arg[1].number == TUTTI_ROLE_BANNED;
}

/* A jam that somebody published at random is not read only for the rest of the run. */
static void
thaw (TuttiSim *sim)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (0));

  if (sim->host != NULL && tutti_host_get_jam (sim->host)->published && g_rand_int_range (sim->rand, 0, 10) == 0)
    tutti_host_apply (sim->host, op, sim->now, NULL);
}

void
tutti_sim_edit (TuttiSim *sim, guint i)
{
  TuttiReplica *replica = sim->guest[i].replica;
  const TuttiJam *jam = tutti_replica_get_shown (replica);
  guint32 counter = tutti_replica_new_id (replica).counter;
  guint32 creator = tutti_replica_new_id (replica).creator;
  guint before = tutti_replica_get_pending (replica);

  if (jam == NULL)
    return;
  TuttiOp *op = tutti_random_op (sim->rand, jam, creator, &counter);

  while (tutti_replica_new_id (replica).counter < counter)
    continue;
  if (!sim->bans && bans_someone (op))
    {
      tutti_op_free (op);
      return;
    }
  if (!tutti_replica_submit (replica, op, sim->now, NULL))
    g_assert_cmpuint (tutti_replica_get_pending (replica), ==, before);
  thaw (sim);
}
