/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and replicas in simulated time: whatever happens between them, in the end they are one. */
#include "sim-test.h"

#include <string.h>

static void
for_seeds (guint n, void (*law) (TuttiSim *sim))
{
  const char *only = g_getenv ("TUTTI_SEED");

  for (guint32 seed = 1; seed <= n; seed++)
    {
      TuttiSim sim;

      if (only != NULL)
        seed = (guint32) atoi (only);
      g_test_message ("TUTTI_SEED=%u", seed);
      tutti_sim_init (&sim, seed);
      law (&sim);
      tutti_sim_clear (&sim);
      if (only != NULL)
        break;
    }
}

static void
law_converge (TuttiSim *sim)
{
  tutti_sim_settle (sim);
  for (int i = 0; i < 400; i++)
    {
      tutti_sim_edit (sim, (guint) g_rand_int_range (sim->rand, 0, TUTTI_SIM_GUESTS));
      tutti_sim_run (sim, g_rand_int_range (sim->rand, 0, 12000));
    }
  tutti_sim_settle (sim);
  sim_test_assert_one (sim);
  g_assert_cmpint (tutti_host_get_seq (sim->host), >, 150);
}

static void
test_converge (void)
{
  for_seeds (12, law_converge);
}

/* Edits, undo and redo, cables pulled and plugged, the host killed and started again. */
static void
something (TuttiSim *sim)
{
  guint guest = (guint) g_rand_int_range (sim->rand, 0, TUTTI_SIM_GUESTS);

  switch (g_rand_int_range (sim->rand, 0, 40))
    {
    case 0:
      tutti_sim_pull (sim, guest);
      break;
    case 1:
    case 2:
      tutti_sim_plug (sim, guest);
      break;
    case 3:
    case 4:
    case 5:
      tutti_replica_undo (sim->guest[guest].replica, g_rand_boolean (sim->rand), sim->now, NULL);
      break;
    case 6:
      if (g_rand_int_range (sim->rand, 0, 5) == 0)
        tutti_sim_kill_host (sim);
      break;
    default:
      tutti_sim_edit (sim, guest);
      break;
    }
}

static void
law_faults (TuttiSim *sim)
{
  tutti_sim_settle (sim);
  for (int i = 0; i < 500; i++)
    {
      something (sim);
      tutti_sim_run (sim, g_rand_int_range (sim->rand, 0, 12000));
    }
  tutti_sim_settle (sim);
  sim_test_assert_one (sim);
  g_assert_cmpint (tutti_host_get_seq (sim->host), >, 100);
}

static void
test_faults (void)
{
  for_seeds (40, law_faults);
}

/* Two people paint the same step at the same moment: the later in host order stands everywhere, and both are told. */
static void
test_crossing (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 1);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, 50), sim.now, NULL);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 100);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 0), ==, 50);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].crossed, ==, 1);
  g_assert_cmpuint (sim.guest[1].crossed, ==, 1);
  tutti_sim_clear (&sim);
}

/* Somebody away writes over what I wrote several times meanwhile: what I hear of last is what I had made of it in the end. */
static void
test_crossing_away (void)
{
  static const guint8 mine[] = { 100, 105, 110, 115 }, theirs[] = { 100, 95, 90 };
  TuttiSim sim;

  tutti_sim_init (&sim, 1);
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 1);
  for (guint i = 0; i < G_N_ELEMENTS (mine); i++)
    tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, mine[i]), sim.now, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, theirs[i]), sim.now, NULL);
  tutti_sim_run (&sim, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].crossed, ==, 0);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 90);
  g_assert_cmpuint (sim.guest[0].crossed_velocity, ==, 115);
  g_assert_cmpuint (sim.guest[1].crossed_velocity, ==, 90);
  tutti_sim_clear (&sim);
}

/* While mine is on its way, a foreign value for the same step does not flicker through. Whose comes first is a matter of the seed:
 * often enough the foreign one arrives meanwhile. */
static void
test_no_flicker (void)
{
  guint met = 0;

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      TuttiSim sim;

      tutti_sim_init (&sim, seed);
      tutti_sim_settle (&sim);
      tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, 50), sim.now, NULL);
      tutti_sim_run (&sim, 6000);
      tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
      while (tutti_replica_get_pending (sim.guest[0].replica) > 0)
        {
          gint64 before = tutti_replica_get_seq (sim.guest[0].replica);

          g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 100);
          tutti_sim_run (&sim, 1000);
          met += tutti_replica_get_seq (sim.guest[0].replica) > before && tutti_replica_get_pending (sim.guest[0].replica) > 0;
        }
      tutti_sim_clear (&sim);
    }
  g_assert_cmpuint (met, >=, 5);
}

/* Undo takes back my own, not what somebody else did to the same thing since. */
static void
test_undo (void)
{
  TuttiSim sim;
  g_autoptr(GError) error = NULL;

  tutti_sim_init (&sim, 3);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (1, 100), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (1, 30), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  g_assert_false (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS);
  g_assert_true (strstr (error->message, "Guest 1") != NULL);
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 0), ==, 0);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 1), ==, 30);
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, TRUE, sim.now, NULL));
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (sim_test_velocity (sim.guest[1].replica, 0), ==, 100);
  tutti_sim_clear (&sim);
}

/* The cable is out: edits go on, and merge on return. */
static void
test_offline (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 4);
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 0);
  for (int i = 0; i < 16; i += 2)
    tutti_replica_submit (sim.guest[0].replica, sim_test_step (i, 90), sim.now, NULL);
  for (int i = 1; i < 16; i += 2)
    tutti_replica_submit (sim.guest[1].replica, sim_test_step (i, 70), sim.now, NULL);
  tutti_sim_run (&sim, 30 * G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[0].replica), ==, 8);
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpint (sim_test_velocity (sim.guest[2].replica, i), ==, i % 2 == 0 ? 90 : 70);
  tutti_sim_clear (&sim);
}

/* A full jam says so; whoever has a seat gets it back all the same. */
static void
test_full (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 5);
  tutti_host_set_people_max (sim.host, 2);
  tutti_sim_plug (&sim, 0);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  tutti_sim_plug (&sim, 2);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[2].closed, ==, TUTTI_CLOSE_FULL);
  g_assert_null (tutti_replica_get_shown (sim.guest[2].replica));

  /* The ghost of guest 0 still sits there when its owner comes back. */
  guint ghost = sim.guest[0].connection;

  sim.guest[0].connection = 0;
  tutti_replica_disconnected (sim.guest[0].replica);
  tutti_sim_plug (&sim, 0);
  g_assert_cmpuint (sim.guest[0].connection, !=, ghost);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].lives, ==, 2);
  g_assert_cmpuint (tutti_replica_get_me (sim.guest[0].replica), ==, 1);
  tutti_sim_clear (&sim);
}

/* What cannot be kept did not happen: the edit is refused and taken back. */
static void
test_disk_full (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 6);
  tutti_sim_settle (&sim);
  sim.disk_full = TRUE;
  tutti_replica_submit (sim.guest[0].replica, sim_test_step (0, 100), sim.now, NULL);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 100);
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (sim_test_velocity (sim.guest[0].replica, 0), ==, 0);
  g_assert_cmpuint (sim.guest[0].refused, ==, 1);
  g_assert_false (tutti_replica_can_undo (sim.guest[0].replica, FALSE));
  tutti_sim_clear (&sim);
}

/* A step edit is small at every receiver (PRODUCT 5.3): large numbers, long ids. */
static void
test_sizes (void)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, tutti_id (0x12345678, 1234), TUTTI_N (127), TUTTI_N (127));
  TuttiMessage stamped = { .kind = TUTTI_MESSAGE_STAMPED, .stamp = { 12345678, 100, G_GINT64_CONSTANT (123456789012) }, .op = op };
  g_autofree char *text = tutti_message_write (&stamped);

  g_assert_cmpuint (strlen (text), <=, 64);
}

/* More edits than the host takes at once were made while the cable was out: all of them arrive, none is refused. */
static void
test_offline_many (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 25);
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 0);
  gint64 seq = tutti_host_get_seq (sim.host);

  for (int i = 0; i < 2000; i++)
    g_assert_true (tutti_replica_submit (sim.guest[0].replica, sim_test_step (i % 16, 1 + i % 100), sim.now, NULL));
  for (int i = 0; i < 4; i++)
    tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 2000);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/converge", test_converge);
  g_test_add_func ("/sync/faults", test_faults);
  g_test_add_func ("/sync/crossing", test_crossing);
  g_test_add_func ("/sync/crossing-away", test_crossing_away);
  g_test_add_func ("/sync/no-flicker", test_no_flicker);
  g_test_add_func ("/sync/undo", test_undo);
  g_test_add_func ("/sync/offline", test_offline);
  g_test_add_func ("/sync/offline-many", test_offline_many);
  g_test_add_func ("/sync/full", test_full);
  g_test_add_func ("/sync/disk-full", test_disk_full);
  g_test_add_func ("/sync/sizes", test_sizes);
  return g_test_run ();
}
