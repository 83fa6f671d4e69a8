/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A copy that cannot go on gets another one, and loses nothing of its own by it. */
#include "sim-test.h"

#include <string.h>

/* A copy that came apart heals by the hash within two seconds, and says so. */
static void
test_repair (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 7);
  tutti_sim_settle (&sim);
  g_autoptr(TuttiOp) op = sim_test_step (7, 77);
  TuttiStamp stamp = { 0 };

  tutti_jam_apply ((TuttiJam *) tutti_replica_get_confirmed (sim.guest[2].replica), op, &stamp, NULL, NULL);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  tutti_sim_run (&sim, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[2].repaired, ==, 1);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (sim.guest[2].replica)), ==,
                    tutti_jam_hash (tutti_host_get_jam (sim.host)));
  tutti_sim_clear (&sim);
}

/* The cable is pulled after what the guest said has arrived, and before any answer has. */
static void
lose_answers (TuttiSim *sim, guint guest)
{
  sim->guest[guest].deaf = TRUE;
  tutti_sim_run (sim, 20000);
  tutti_sim_pull (sim, guest);
  sim->guest[guest].deaf = FALSE;
}

/* Time for operations to become part of what newcomers start from, and more of them than are kept: the way back is a document. */
static void
bury (TuttiSim *sim, guint guest)
{
  for (int i = 0; i < 1600; i++)
    {
      g_assert_true (tutti_replica_submit (sim->guest[guest].replica, sim_test_step (15, 1 + i % 100), sim->now, NULL));
      tutti_sim_run (sim, 6000);
    }
  tutti_sim_run (sim, 70 * G_USEC_PER_SEC);
}

/* It happened, but the answer was lost: it does not happen twice, and can be taken back. */
static void
test_answer_lost (gconstpointer by_document)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 11);
  tutti_sim_settle (&sim);
  gint64 seq = tutti_host_get_seq (sim.host);

  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 1);
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[0].replica), ==, 1);
  if (by_document)
    bury (&sim, 1);
  seq = tutti_host_get_seq (sim.host);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 100);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  /* Nobody told what happened before a document; but there it is as it was left. */
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 0);
  tutti_sim_clear (&sim);
}

/* It was refused, but the answer was lost: its author hears of it all the same. */
static void
test_refusal_lost (gconstpointer by_document)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 12);
  tutti_sim_settle (&sim);
  sim.disk_full = TRUE;
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  sim.disk_full = FALSE;
  if (by_document)
    bury (&sim, 1);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].refused, ==, 1);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 0);
  g_assert_false (tutti_replica_can_undo (sim.guest[0].replica, FALSE));
  tutti_sim_clear (&sim);
}

/* A host that began again goes on counting the edits of a visit where it was. */
static void
test_host_restarts (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 13);
  tutti_sim_settle (&sim);
  for (int i = 0; i < 8; i++)
    tutti_replica_submit (sim.guest[0].replica, sim_test_step (i, 90), sim.now, NULL);
  lose_answers (&sim, 0);
  gint64 seq = tutti_host_get_seq (sim.host);

  tutti_replica_submit (sim.guest[0].replica, sim_test_step (8, 90), sim.now, NULL);
  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 1);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, i), ==, 90);

  /* Twice without an edit in between: still no document is needed. */
  guint copies = sim.guest[1].copies;

  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  g_assert_cmpuint (sim.guest[1].copies, ==, copies);
  tutti_sim_clear (&sim);
}

/* More happens meanwhile than a restarted host recalls; what it kept with its snapshot still tells what came before. */
static void
test_host_restarts_late (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 16);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 90), sim.now, NULL);
  lose_answers (&sim, 0);
  tutti_sim_keep_visits (&sim);
  for (int i = 0; i < 1500; i++)
    {
      g_autoptr(TuttiOp) op = sim_test_step (i % 16, 1 + i % 100);

      g_assert_true (tutti_host_apply (sim.host, op, sim.now, NULL));
    }
  tutti_sim_keep_visits (&sim);
  gint64 seq = tutti_host_get_seq (sim.host);
  int stands = sim_test_velocity_at_host (&sim, 0);

  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, stands);
  tutti_sim_clear (&sim);
}

/* The visit of somebody else cannot be continued. */
static void
test_creator_taken (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 14);
  tutti_sim_settle (&sim);
  guint32 theirs = tutti_replica_new_id (sim.guest[0].replica).creator;
  g_autofree char *hello = g_strdup_printf ("{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\","
                                            "\"creator\":%u,\"epoch\":0,\"seq\":0}}", theirs);
  g_autofree char *edit = g_strdup ("[1,0,[\"stop\"]]");

  tutti_sim_pull (&sim, 3);
  tutti_host_opened (sim.host, 900, sim.now);
  tutti_host_received (sim.host, 900, hello, strlen (hello), sim.now);
  tutti_host_received (sim.host, 900, edit, strlen (edit), sim.now);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (3, 33), sim.now, NULL);
  tutti_host_closed (sim.host, 900, sim.now);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 3), ==, 33);
  tutti_sim_clear (&sim);
}

/* Who would go on is known after a new copy came, too. */
static void
test_repair_keeps_heirs (void)
{
  TuttiHeir door = { .port = 7464, .clock_port = 7464, .address = "192.0.2.7" };
  static const char need[] = "{\"need\":\"snapshot\"}";
  TuttiSim sim;

  memset (door.fingerprint, 'a', TUTTI_HASH_HEX);
  tutti_sim_init (&sim, 12);
  tutti_sim_settle (&sim);
  tutti_replica_set_willing (sim.guest[1].replica, &door);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_heirs (sim.guest[0].replica)->n, ==, 1);
  guint copies = sim.guest[0].copies;

  tutti_host_received (sim.host, sim.guest[0].connection, need, strlen (need), sim.now);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].copies, ==, copies + 1);
  g_assert_cmpuint (tutti_replica_get_heirs (sim.guest[0].replica)->n, ==, 1);
  tutti_sim_clear (&sim);
}

/* An heir whose copy was replaced knows the end of the history as before: it may have to answer for it. */
static void
test_repair_keeps_past (void)
{
  TuttiHeir door = { .port = 7464, .clock_port = 7464, .address = "192.0.2.7" };
  static const char need[] = "{\"need\":\"snapshot\"}";
  TuttiEstate estate;
  TuttiSim sim;

  memset (door.fingerprint, 'a', TUTTI_HASH_HEX);
  tutti_sim_init (&sim, 31);
  tutti_sim_settle (&sim);
  tutti_replica_set_willing (sim.guest[1].replica, &door);
  for (int i = 0; i < 20; i++)
    {
      tutti_replica_submit (sim.guest[0].replica, sim_test_step (i % 16, 1 + i), sim.now, NULL);
      tutti_sim_run (&sim, G_USEC_PER_SEC / 5);
    }
  tutti_sim_settle (&sim);
  tutti_replica_inherit (sim.guest[1].replica, &estate);
  gint64 oldest = tutti_tail_get_oldest (estate.tail), seq = estate.seq;

  g_assert_cmpint (oldest, <, seq - 20);
  tutti_host_received (sim.host, sim.guest[1].connection, need, strlen (need), sim.now);
  tutti_sim_settle (&sim);
  tutti_replica_inherit (sim.guest[1].replica, &estate);
  g_assert_cmpint (estate.seq, ==, seq);
  g_assert_cmpint (tutti_tail_get_seq (estate.tail), ==, seq);
  g_assert_cmpint (tutti_tail_get_oldest (estate.tail), <=, oldest);
  tutti_sim_clear (&sim);
}

/* A copy is replaced while own edits are on the way: none is lost, none happens twice, and undo still knows them. */
static void
test_repair_pending (void)
{
  TuttiSim sim;
  TuttiStamp stamp = { 0 };

  tutti_sim_init (&sim, 15);
  tutti_sim_settle (&sim);
  g_autoptr(TuttiOp) op = sim_test_step (7, 77);

  /* Guest 1 wrote here before guest 0 did: coming again with the document, that takes no right away. */
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, 11), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 99), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_jam_apply ((TuttiJam *) tutti_replica_get_confirmed (sim.guest[0].replica), op, &stamp, NULL, NULL);
  gint64 seq = tutti_host_get_seq (sim.host);

  for (int i = 0; i < 200; i++)
    {
      g_assert_true (tutti_replica_submit (sim.guest[0].replica, sim_test_step (1 + i % 6, 1 + i % 100), sim.now, NULL));
      tutti_sim_run (&sim, 10000);
    }
  tutti_sim_settle (&sim);
  g_assert_cmpuint (sim.guest[0].repaired, ==, 1);
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[0].replica), ==, 0);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 200);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_shown (sim.guest[0].replica)), ==,
                    tutti_jam_hash (tutti_host_get_jam (sim.host)));
  for (int i = 0; i < 201; i++)
    {
      g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
      tutti_sim_run (&sim, 10000);
    }
  tutti_sim_settle (&sim);
  g_assert_cmpint (sim_test_velocity (sim.guest[2].replica, 0), ==, 11);
  g_assert_cmpint (sim_test_velocity (sim.guest[2].replica, 1), ==, 0);
  tutti_sim_clear (&sim);
}

/* Undo goes on after the cable was out, but not over what others did meanwhile. */
static void
test_undo_reconnect (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 16);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (1, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (1, 30), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_sim_settle (&sim);
  g_assert_false (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 0), ==, 0);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 1), ==, 30);
  tutti_sim_clear (&sim);
}

/* Asking for documents without end is no repair. */
static void
test_needy (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 17);
  tutti_sim_settle (&sim);
  for (int i = 0; i < 10; i++)
    tutti_host_received (sim.host, sim.guest[0].connection, "{\"need\":\"snapshot\"}", strlen ("{\"need\":\"snapshot\"}"), sim.now);
  g_assert_cmpint (sim.guest[0].closed, ==, TUTTI_CLOSE_TOO_FAST);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/repair", test_repair);
  g_test_add_data_func ("/sync/answer-lost/difference", GINT_TO_POINTER (FALSE), test_answer_lost);
  g_test_add_data_func ("/sync/answer-lost/document", GINT_TO_POINTER (TRUE), test_answer_lost);
  g_test_add_data_func ("/sync/refusal-lost/difference", GINT_TO_POINTER (FALSE), test_refusal_lost);
  g_test_add_data_func ("/sync/refusal-lost/document", GINT_TO_POINTER (TRUE), test_refusal_lost);
  g_test_add_func ("/sync/host-restarts", test_host_restarts);
  g_test_add_func ("/sync/host-restarts-late", test_host_restarts_late);
  g_test_add_func ("/sync/creator-taken", test_creator_taken);
  g_test_add_func ("/sync/repair-keeps-heirs", test_repair_keeps_heirs);
  g_test_add_func ("/sync/repair-keeps-past", test_repair_keeps_past);
  g_test_add_func ("/sync/repair-pending", test_repair_pending);
  g_test_add_func ("/sync/undo-reconnect", test_undo_reconnect);
  g_test_add_func ("/sync/needy", test_needy);
  return g_test_run ();
}
