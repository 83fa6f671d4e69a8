/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking back with whole sessions: who did what, moments heard, gone back to and branched from, and what crossed. */
#include "tutti-somebody.h"

typedef struct
{
  guint  n;                        /* answers */
  int    wish;                     /* of the last */
  gint64 seq;
  char  *why, *jam;                /* owned (nullable) */
} Answer;

static void
on_past (TuttiSession *session, int wish, gint64 seq, const GError *why, const char *jam, Answer *answer)
{
  answer->n++;
  answer->wish = wish;
  answer->seq = seq;
  g_free (answer->why);
  g_free (answer->jam);
  answer->why = g_strdup (why != NULL ? why->message : NULL);
  answer->jam = g_strdup (jam);
}

static void
answer_clear (Answer *answer)
{
  g_free (answer->why);
  g_free (answer->jam);
}

static void
on_loaded (TuttiHistory *history, guint *n)
{
  ++*n;
}

/* All of it, page by page. */
static GListModel *
whole_history (Somebody *who)
{
  TuttiHistory *history = tutti_session_get_history (who->session);
  guint n = 0;
  gulong handler = g_signal_connect (history, "loaded", G_CALLBACK (on_loaded), &n);

  while (tutti_history_has_more (history))
    {
      guint before = n;

      tutti_history_load_more (history);
      WAIT_FOR (n > before);
    }
  g_signal_handler_disconnect (history, handler);
  g_assert_null (tutti_history_get_why (history));
  return G_LIST_MODEL (history);
}

static TuttiMoment *
moment (GListModel *model, guint position)
{
  g_autoptr(TuttiMoment) found = g_list_model_get_item (model, position);

  g_assert_nonnull (found);
  return found;
}

/* Newest first, each of them older than the one before. */
static void
assert_in_order (GListModel *model)
{
  for (guint i = 1; i < g_list_model_get_n_items (model); i++)
    g_assert_cmpint (tutti_moment_get_seq (moment (model, i)), <, tutti_moment_get_seq (moment (model, i - 1)));
}

static void
test_list (void)
{
  gint64 begun = g_get_real_time ();
  Somebody me;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  g_autofree char *id = new_jam (&me);

  open_jam (&me, id);
  for (guint i = 0; i < 12; i++)
    paint (&me, i, 30 + (int) i);
  paint (&me, 3, 99);
  WAIT_FOR (pending (&me) == 0);
  GListModel *model = whole_history (&me);
  TuttiMoment *steps = moment (model, 0);

  assert_in_order (model);
  /* One go over a clip is one moment. */
  g_assert_cmpint (tutti_moment_get_seq (steps), ==, tutti_session_get_seq (me.session));
  g_assert_cmpuint (tutti_moment_get_n_ops (steps), ==, 13);
  g_assert_cmpuint (tutti_moment_get_n_steps (steps), ==, 12);
  g_assert_cmpuint (tutti_moment_get_by (steps), ==, tutti_session_get_me (me.session));
  g_assert_cmpint (tutti_moment_get_time_us (steps), >=, begun);
  g_assert_cmpint (tutti_moment_get_time_us (steps), <=, g_get_real_time ());
  /* It ends with the beginning, and coming in is something to find again. */
  g_assert_cmpint (tutti_moment_get_seq (moment (model, g_list_model_get_n_items (model) - 1)), ==, 0);
  g_assert_true (tutti_moment_is_landmark (moment (model, g_list_model_get_n_items (model) - 2)));
  g_assert_false (tutti_moment_is_landmark (steps));

  /* What happens now stands at its head. */
  g_assert_true (tutti_session_submit (me.session, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (9900)), NULL));
  WAIT_FOR (tutti_moment_get_op (moment (model, 0))->kind == TUTTI_OP_TEMPO);
  somebody_clear (&me);
}

typedef struct
{
  Somebody host, guest;
  char    *jam;
  guint16  port;
  Answer   answer;                 /* to the guest */
} Pair;

static void
pair_init (Pair *pair)
{
  memset (pair, 0, sizeof *pair);
  somebody_init (&pair->host, "Host", TUTTI_PERSON_MINT);
  somebody_init (&pair->guest, "Guest", TUTTI_PERSON_COBALT);
  pair->jam = new_jam (&pair->host);
  open_jam (&pair->host, pair->jam);
  pair->port = let_in (&pair->host, 0, 8);
  join (&pair->guest, pair->port);
  g_signal_connect (pair->guest.session, "past", G_CALLBACK (on_past), &pair->answer);
}

static void
pair_clear (Pair *pair)
{
  somebody_clear (&pair->guest);
  somebody_clear (&pair->host);
  g_free (pair->jam);
  answer_clear (&pair->answer);
}

/* Many pages from a host elsewhere; what others do meanwhile comes by itself. */
static void
test_list_of_a_guest (void)
{
  Pair pair;

  pair_init (&pair);
  for (guint i = 0; i < 150; i++)
    g_assert_true (tutti_session_submit (pair.host.session, i % 2 == 0 ? tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (9000 + 10 * i))
                                                                       : tutti_op_new (TUTTI_OP_SWING, TUTTI_N (500 + i)), NULL));
  WAIT_FOR (same (&pair.host, &pair.guest));
  GListModel *model = whole_history (&pair.guest);

  assert_in_order (model);
  g_assert_cmpint (tutti_moment_get_seq (moment (model, 0)), ==, tutti_session_get_seq (pair.guest.session));
  g_assert_cmpuint (tutti_moment_get_by (moment (model, 0)), ==, tutti_session_get_me (pair.host.session));
  paint (&pair.host, 4, 44);
  WAIT_FOR (tutti_moment_get_n_steps (moment (model, 0)) == 1);
  pair_clear (&pair);
}

/* Heard here alone: the jam, and what everyone hears of it, is as before. */
static void
test_hear (void)
{
  Pair pair;
  gint64 tick = -1;

  pair_init (&pair);
  paint (&pair.host, 0, 11);
  WAIT_FOR (same (&pair.host, &pair.guest));
  gint64 then = tutti_session_get_seq (pair.guest.session);

  paint (&pair.host, 0, 99);
  WAIT_FOR (same (&pair.host, &pair.guest));
  guint64 hash = tutti_session_get_hash (pair.guest.session);

  g_assert_true (tutti_session_hear (pair.guest.session, then, NULL));
  g_assert_cmpint (tutti_session_get_hearing (pair.guest.session), ==, then);
  WAIT_FOR (pair.answer.n == 1);
  g_assert_null (pair.answer.why);
  WAIT_FOR (tutti_session_get_heard_tick (pair.guest.session, &tick) && tick > 0);
  g_assert_cmpuint (tutti_session_get_hash (pair.guest.session), ==, hash);
  g_assert_false (tutti_session_get_jam (pair.guest.session)->transport.playing);
  g_assert_cmpint (velocity (&pair.guest, 0), ==, 99);
  /* Another one in its place, then silence again. */
  g_assert_true (tutti_session_hear (pair.guest.session, 1, NULL));
  WAIT_FOR (pair.answer.n == 2 && tutti_session_get_heard_tick (pair.guest.session, &tick));
  tutti_session_stop_hearing (pair.guest.session);
  g_assert_cmpint (tutti_session_get_hearing (pair.guest.session), ==, -1);
  g_assert_false (tutti_session_get_heard_tick (pair.guest.session, &tick));
  /* A branch that is asked for before it is heard takes its place; one that is heard already goes on. */
  g_assert_true (tutti_session_hear (pair.guest.session, then, NULL));
  g_assert_true (tutti_session_branch (pair.guest.session, then, "Blue Hour (branch)", NULL));
  g_assert_cmpint (tutti_session_get_hearing (pair.guest.session), ==, -1);
  WAIT_FOR (pair.answer.n == 3 && pair.answer.jam != NULL);
  g_assert_true (tutti_session_hear (pair.guest.session, then, NULL));
  WAIT_FOR (pair.answer.n == 4 && tutti_session_get_heard_tick (pair.guest.session, &tick));
  g_assert_true (tutti_session_branch (pair.guest.session, then, "Blue Hour (branch)", NULL));
  g_assert_cmpint (tutti_session_get_hearing (pair.guest.session), ==, then);
  WAIT_FOR (pair.answer.n == 5);
  tutti_session_stop_hearing (pair.guest.session);
  WAIT_FOR (same (&pair.host, &pair.guest));
  pair_clear (&pair);
}

static void
test_go_back (void)
{
  Pair pair;

  pair_init (&pair);
  paint (&pair.host, 0, 11);
  WAIT_FOR (same (&pair.host, &pair.guest));
  gint64 then = tutti_session_get_seq (pair.guest.session);

  paint (&pair.host, 0, 99);
  paint (&pair.guest, 1, 98);
  g_assert_true (tutti_session_submit (pair.host.session, tutti_op_new (TUTTI_OP_JAM_NAME, "Red Hour"), NULL));
  WAIT_FOR (same (&pair.host, &pair.guest) && velocity (&pair.guest, 0) == 99);
  g_assert_true (tutti_session_go_back (pair.guest.session, then, NULL));
  WAIT_FOR (velocity (&pair.host, 0) == 11);
  g_assert_cmpstr (tutti_session_get_jam (pair.host.session)->name, ==, "Blue Hour");
  WAIT_FOR (same (&pair.host, &pair.guest));
  /* One step, which its author takes back. */
  g_assert_true (tutti_session_undo (pair.guest.session, NULL));
  WAIT_FOR (velocity (&pair.host, 0) == 99 && velocity (&pair.host, 1) == 98);
  g_assert_cmpstr (tutti_session_get_jam (pair.host.session)->name, ==, "Red Hour");
  /* Nowhere to go: said, and nothing happens. */
  gint64 seq = tutti_session_get_seq (pair.host.session);

  g_assert_true (tutti_session_go_back (pair.guest.session, seq + 100, NULL));
  WAIT_FOR (pair.answer.n == 2);
  g_assert_nonnull (pair.answer.why);
  g_assert_true (tutti_session_go_back (pair.guest.session, seq, NULL));
  WAIT_FOR (pair.answer.n == 3);
  g_assert_nonnull (pair.answer.why);
  g_assert_cmpint (tutti_session_get_seq (pair.host.session), ==, seq);
  pair_clear (&pair);
}

/* A jam of one's own from the middle of another's: the music of then, and nobody in it. */
static void
test_branch (void)
{
  Pair pair;

  pair_init (&pair);
  paint (&pair.host, 0, 11);
  WAIT_FOR (same (&pair.host, &pair.guest));
  gint64 then = tutti_session_get_seq (pair.guest.session);

  paint (&pair.host, 0, 99);
  WAIT_FOR (same (&pair.host, &pair.guest));
  g_assert_true (tutti_session_branch (pair.guest.session, then, "Blue Hour (branch)", NULL));
  WAIT_FOR (pair.answer.n == 1);
  g_assert_null (pair.answer.why);
  g_assert_nonnull (pair.answer.jam);
  leave (&pair.guest);
  open_jam (&pair.guest, pair.answer.jam);
  g_assert_cmpstr (tutti_session_get_jam (pair.guest.session)->name, ==, "Blue Hour (branch)");
  g_assert_cmpint (velocity (&pair.guest, 0), ==, 11);
  g_assert_cmpuint (tutti_session_get_jam (pair.guest.session)->n_tracks, ==, tutti_session_get_jam (pair.host.session)->n_tracks);
  g_assert_cmpuint (tutti_session_get_jam (pair.guest.session)->people->len, ==, 1);
  pair_clear (&pair);
}

static TuttiConflict *
only_conflict (Somebody *who)
{
  GListModel *conflicts = tutti_session_get_conflicts (who->session);
  g_autoptr(TuttiConflict) conflict = g_list_model_get_item (conflicts, 0);

  g_assert_cmpuint (g_list_model_get_n_items (conflicts), ==, 1);
  return conflict;
}

/* Away, both write the same: on return mine stands, both know both values, and either may put theirs back. */
static void
test_offline (void)
{
  Pair pair;

  pair_init (&pair);
  paint (&pair.host, 0, 50);
  WAIT_FOR (same (&pair.host, &pair.guest));
  tutti_session_unhost (pair.host.session);
  WAIT_FOR (state (&pair.guest) == TUTTI_SESSION_AWAY);
  paint (&pair.host, 0, 70);
  paint (&pair.guest, 0, 90);
  let_in (&pair.host, pair.port, 8);
  tutti_session_try_now (pair.guest.session);
  WAIT_FOR (state (&pair.guest) == TUTTI_SESSION_JOINED && same (&pair.host, &pair.guest));
  g_assert_cmpint (velocity (&pair.host, 0), ==, 90);
  WAIT_FOR (g_list_model_get_n_items (tutti_session_get_conflicts (pair.guest.session)) == 1 &&
            g_list_model_get_n_items (tutti_session_get_conflicts (pair.host.session)) == 1);
  TuttiConflict *mine = only_conflict (&pair.guest), *theirs = only_conflict (&pair.host);

  g_assert_true (tutti_conflict_get_mine_stands (mine));
  g_assert_cmpint (tutti_conflict_get_mine (mine)->arg[2].number, ==, 90);
  g_assert_cmpint (tutti_conflict_get_theirs (mine)->arg[2].number, ==, 70);
  g_assert_cmpuint (tutti_conflict_get_by (mine), ==, tutti_session_get_me (pair.host.session));
  g_assert_false (tutti_conflict_get_mine_stands (theirs));
  g_assert_cmpint (tutti_conflict_get_mine (theirs)->arg[2].number, ==, 70);
  g_assert_cmpint (tutti_conflict_get_theirs (theirs)->arg[2].number, ==, 90);
  g_assert_cmpuint (tutti_conflict_get_by (theirs), ==, tutti_session_get_me (pair.guest.session));

  g_assert_true (tutti_session_put_back (pair.guest.session, mine, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (tutti_session_get_conflicts (pair.guest.session)), ==, 0);
  WAIT_FOR (velocity (&pair.host, 0) == 70);
  tutti_session_dismiss (pair.host.session, theirs);
  g_assert_cmpuint (g_list_model_get_n_items (tutti_session_get_conflicts (pair.host.session)), ==, 0);
  pair_clear (&pair);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  g_test_add_func ("/looking-back/list", test_list);
  g_test_add_func ("/looking-back/list-of-a-guest", test_list_of_a_guest);
  g_test_add_func ("/looking-back/hear", test_hear);
  g_test_add_func ("/looking-back/go-back", test_go_back);
  g_test_add_func ("/looking-back/branch", test_branch);
  g_test_add_func ("/looking-back/offline", test_offline);
  return g_test_run ();
}
