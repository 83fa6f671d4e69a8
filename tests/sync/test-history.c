/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was, asked of the host: who did what when, and the document as it was after any of it. */
#include "tutti-jam-moment.h"
#include "tutti-sim.h"

#include <string.h>

static void
begin (TuttiSim *sim, guint n_edits)
{
  tutti_sim_init (sim, 7);
  tutti_sim_settle (sim);
  for (guint i = 0; i < n_edits; i++)
    {
      tutti_sim_edit (sim, i % TUTTI_SIM_GUESTS);
      tutti_sim_run (sim, 10000);
    }
  tutti_sim_settle (sim);
}

/* Page by page, newest first, without a gap, to the very first. */
static void
test_pages (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[1];

  begin (&sim, 300);
  gint64 newest = tutti_host_get_seq (sim.host);

  do
    {
      guint before = guest->was->len;

      g_assert_true (tutti_replica_ask_history (guest->replica, guest->more, 50, sim.now, NULL));
      tutti_sim_run (&sim, 200000);
      g_assert_cmpuint (guest->was->len, >, before);
      g_assert_cmpuint (guest->was->len, <=, before + 50);
    }
  while (guest->more != 0);
  g_assert_cmpuint (guest->was->len, ==, newest);
  for (guint i = 0; i < guest->was->len; i++)
    g_assert_cmpint (g_array_index (guest->was, TuttiStamp, i).seq, ==, newest - i);
  g_assert_cmpint (guest->was_us, <, sim.now.us);
  tutti_sim_clear (&sim);
}

/* Every moment can be had, and is what the jam was. */
static void
test_moments (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[2];
  g_autoptr(GArray) hashes = g_array_new (FALSE, FALSE, sizeof (guint64));

  begin (&sim, 0);
  gint64 first = tutti_host_get_seq (sim.host);

  for (guint i = 0; i < 120; i++)
    {
      guint64 hash = tutti_jam_hash (tutti_host_get_jam (sim.host));

      if (tutti_host_get_seq (sim.host) == first + (gint64) hashes->len)
        g_array_append_val (hashes, hash);
      tutti_sim_edit (&sim, 0);
      tutti_sim_run (&sim, 40000);
    }
  tutti_sim_settle (&sim);
  g_assert_cmpuint (hashes->len, >, 20);
  for (guint i = 0; i < hashes->len; i++)
    {
      g_assert_true (tutti_replica_ask_moment (guest->replica, first + i, sim.now, NULL));
      tutti_sim_run (&sim, 300000);
      g_assert_cmpint (guest->then_seq, ==, first + i);
      g_assert_nonnull (guest->then);
      g_assert_cmpuint (tutti_jam_hash (guest->then), ==, g_array_index (hashes, guint64, i));
    }
  tutti_sim_clear (&sim);
}

/* A document of many pieces, words of several bytes at their seams. */
static void
test_large_moment (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[0];

  begin (&sim, 0);
  for (guint i = 0; i < 60; i++)
    {
      TuttiSteps *steps = tutti_steps_new (TUTTI_STEPS_MAX);
      TuttiId track = tutti_id (2, 10 * (i + 1)), clip = tutti_id (2, 10 * (i + 1) + 1);
      g_autoptr(TuttiOp) add = tutti_op_new (TUTTI_OP_TRACK_ADD, track, "低音低音低音", "kit:tight-kick", TUTTI_N (1));
      g_autoptr(TuttiOp) put = tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track, tutti_id (1, 1), "サビサビ");

      for (guint j = 0; j < steps->n; j++)
        steps->step[j] = (TuttiStep) { .velocity = (guint8) (1 + j % 127), .length = 3, .chance = 70, .every_n = 1, .every_of = 2,
                                       .ratchet = 3, .micro_ticks = (gint16) j };
      g_autoptr(TuttiOp) fill = tutti_op_new (TUTTI_OP_STEPS, clip, TUTTI_N (0), steps);

      g_assert_true (tutti_host_apply (sim.host, add, sim.now, NULL) && tutti_host_apply (sim.host, put, sim.now, NULL) &&
                     tutti_host_apply (sim.host, fill, sim.now, NULL));
    }
  tutti_sim_settle (&sim);
  g_autofree char *text = tutti_jam_to_text (tutti_host_get_jam (sim.host));

  g_assert_cmpuint (strlen (text), >, 4 * TUTTI_SNAPSHOT_CHUNK_BYTES);
  g_assert_true (tutti_replica_ask_moment (guest->replica, tutti_host_get_seq (sim.host), sim.now, NULL));
  tutti_sim_run (&sim, 3 * G_USEC_PER_SEC);
  g_assert_nonnull (guest->then);
  g_assert_cmpuint (tutti_jam_hash (guest->then), ==, tutti_jam_hash (tutti_host_get_jam (sim.host)));
  tutti_sim_clear (&sim);
}

/* What never was, and a host that keeps nothing: said in words, and nothing else happens. */
static void
test_unkept (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[0];

  begin (&sim, 20);
  g_assert_true (tutti_replica_ask_moment (guest->replica, 100000, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_null (guest->then);
  g_assert_cmpstr (guest->unkept, ==, "that has not happened yet");
  g_assert_true (tutti_replica_ask_history (guest->replica, 100000, 10, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpuint (guest->was->len, ==, 0);
  g_assert_cmpuint (guest->answers, ==, 1);
  g_assert_cmpstr (guest->unkept, ==, "that has not happened yet");
  sim.forgetful = TRUE;
  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  g_assert_true (tutti_replica_ask_history (guest->replica, 0, 10, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpstr (guest->unkept, ==, "this host keeps no history");
  tutti_sim_clear (&sim);
}

/* Away there is nobody to ask, and a question that was under way is forgotten with the connection. */
static void
test_away (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[0];
  g_autoptr(GError) error = NULL;

  begin (&sim, 20);
  g_assert_true (tutti_replica_ask_moment (guest->replica, 5, sim.now, NULL));
  tutti_sim_pull (&sim, 0);
  g_assert_false (tutti_replica_ask_moment (guest->replica, 5, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
  tutti_sim_settle (&sim);
  g_assert_null (guest->then);
  g_assert_true (tutti_replica_ask_moment (guest->replica, 6, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpint (guest->then_seq, ==, 6);
  g_assert_nonnull (guest->then);
  tutti_sim_clear (&sim);
}

/* Who asks without end is sent away, and is never slower served than who asks politely. */
static void
test_flood (void)
{
  TuttiSim sim;
  TuttiMessage message = { .kind = TUTTI_MESSAGE_HISTORY, .count = 1 };
  g_autofree char *text = tutti_message_write (&message);

  begin (&sim, 5);
  for (guint i = 0; i < 5 * TUTTI_PAST_AT_ONCE && !sim.guest[3].closing; i++)
    tutti_host_received (sim.host, sim.guest[3].connection, text, strlen (text), sim.now);
  g_assert_true (sim.guest[3].closing);
  g_assert_cmpint (sim.guest[3].closed, ==, TUTTI_CLOSE_TOO_FAST);
  /* A replica asks as often as one likes and keeps the measure. */
  for (guint i = 0; i < 5 * TUTTI_PAST_AT_ONCE; i++)
    {
      tutti_replica_ask_history (sim.guest[2].replica, 0, 1, sim.now, NULL);
      tutti_sim_run (&sim, 2000);
    }
  g_assert_false (sim.guest[2].closing);
  g_assert_cmpuint (sim.guest[2].answers, >, TUTTI_PAST_AT_ONCE_PACED);
  tutti_sim_clear (&sim);
}

static TuttiId
coin (gpointer user)
{
  return tutti_replica_new_id (user);
}

static TuttiOp *
way_to (TuttiSimGuest *guest, GError **error)
{
  TuttiStamp stamp = { 0, tutti_replica_get_me (guest->replica), guest->sim->now.frame };

  return tutti_jam_way_back (tutti_replica_get_shown (guest->replica), guest->then, guest->then_seq, &stamp, coin, guest->replica, error);
}

static int
velocity (TuttiReplica *replica)
{
  return tutti_jam_clip (tutti_replica_get_shown (replica), tutti_id (1, 3), NULL)->steps[0].velocity;
}

/* Back to a moment, for everyone, and taken back by one undo. */
static void
test_go_back (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[0];
  g_autoptr(GError) error = NULL;

  begin (&sim, 0);
  tutti_replica_submit (guest->replica, tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), TUTTI_N (0), TUTTI_N (11)), sim.now, NULL);
  tutti_sim_settle (&sim);
  gint64 then = tutti_host_get_seq (sim.host);

  tutti_replica_submit (sim.guest[1].replica, tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), TUTTI_N (0), TUTTI_N (99)), sim.now, NULL);
  tutti_replica_submit (sim.guest[1].replica, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (9000)), sim.now, NULL);
  tutti_sim_settle (&sim);
  g_assert_true (tutti_replica_ask_moment (guest->replica, then, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  TuttiOp *way = way_to (guest, &error);

  g_assert_no_error (error);
  g_assert_true (tutti_replica_submit (guest->replica, way, sim.now, &error));
  g_assert_no_error (error);
  tutti_sim_settle (&sim);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      g_assert_cmpint (velocity (sim.guest[i].replica), ==, 11);
      g_assert_cmpint (tutti_replica_get_shown (sim.guest[i].replica)->transport.anchor.tempo_cbpm, ==, 12000);
    }
  g_assert_true (tutti_replica_undo (guest->replica, FALSE, sim.now, &error));
  tutti_sim_settle (&sim);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpint (velocity (sim.guest[i].replica), ==, 99);
  tutti_sim_clear (&sim);
}

/* Who may not delete what somebody else made may not do it by going back either. */
static void
test_rights (void)
{
  TuttiSim sim;
  TuttiSimGuest *guest = &sim.guest[3];
  g_autoptr(GError) error = NULL;

  begin (&sim, 0);
  gint64 then = tutti_host_get_seq (sim.host);
  TuttiId id = tutti_replica_new_id (sim.guest[1].replica);

  g_assert_true (tutti_replica_submit (sim.guest[1].replica, tutti_op_new (TUTTI_OP_TRACK_ADD, id, "Mine", "kit:tight-kick", TUTTI_N (1)),
                                       sim.now, &error));
  tutti_sim_settle (&sim);
  g_assert_true (tutti_replica_ask_moment (guest->replica, then, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  TuttiOp *way = way_to (guest, &error);

  g_assert_no_error (error);
  g_assert_false (tutti_replica_submit (guest->replica, way, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_assert_nonnull (tutti_jam_track (tutti_host_get_jam (sim.host), id, NULL));
  tutti_sim_clear (&sim);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/pages", test_pages);
  g_test_add_func ("/history/moments", test_moments);
  g_test_add_func ("/history/large-moment", test_large_moment);
  g_test_add_func ("/history/unkept", test_unkept);
  g_test_add_func ("/history/away", test_away);
  g_test_add_func ("/history/flood", test_flood);
  g_test_add_func ("/history/go-back", test_go_back);
  g_test_add_func ("/history/rights", test_rights);
  return g_test_run ();
}
