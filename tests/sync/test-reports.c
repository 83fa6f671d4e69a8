/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How everyone keeps time, told to admins: a real host and real replicas in simulated time. Guest 0 came first and is the admin. */
#include "tutti-sim.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static guint
number_of (TuttiSim *sim, guint guest)
{
  return tutti_replica_get_me (sim->guest[guest].replica);
}

static const TuttiReport *
heard (TuttiSim *sim, guint guest, guint of)
{
  return &sim->guest[guest].report[number_of (sim, of)];
}

static void
begin (TuttiSim *sim, guint32 seed)
{
  tutti_sim_init (sim, seed);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      tutti_sim_plug (sim, i);
      tutti_sim_run (sim, SECOND);
    }
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    tutti_replica_report_quality (sim->guest[i].replica, TUTTI_QUALITY_IN_TIME);
  tutti_sim_run (sim, 20 * SECOND);
}

/* The admin knows of everyone else, the others of nobody. */
static void
test_told (void)
{
  TuttiSim sim;

  begin (&sim, 1);
  tutti_replica_report (sim.guest[2].replica, 61000, 3);
  tutti_replica_report_quality (sim.guest[2].replica, TUTTI_QUALITY_SLOW_LINK);
  tutti_sim_run (&sim, 10 * SECOND);
  g_assert_cmpuint (heard (&sim, 0, 1)->quality, ==, TUTTI_QUALITY_IN_TIME + 1);
  g_assert_cmpuint (heard (&sim, 0, 2)->quality, ==, TUTTI_QUALITY_SLOW_LINK + 1);
  g_assert_cmpint (heard (&sim, 0, 2)->round_trip_us, ==, 61000);
  g_assert_cmpint (heard (&sim, 0, 2)->late, ==, 3);
  g_assert_cmpuint (heard (&sim, 0, 0)->number, ==, 0);
  for (guint i = 1; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpuint (sim.guest[i].reports, ==, 0);
  tutti_sim_clear (&sim);
}

/* While nothing changes nothing is said, in either direction, for as long as it takes. */
static void
test_silent (void)
{
  guint said[TUTTI_SIM_GUESTS];
  TuttiSim sim;

  begin (&sim, 2);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    said[i] = sim.guest[i].said;
  for (int second = 0; second < 600; second++)
    {
      /* The figures move a little, as they do. */
      for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
        tutti_replica_report (sim.guest[i].replica, 400 + second, 0);
      tutti_sim_run (&sim, SECOND);
    }
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpuint (sim.guest[i].said, ==, said[i]);
  tutti_sim_clear (&sim);
}

/* However often somebody changes their mind: at most one message in two seconds, and what is true in the end is known in the end. */
static void
test_bounded (void)
{
  TuttiSim sim;

  begin (&sim, 3);
  guint before = sim.guest[0].reports;

  for (int i = 0; i < 600; i++)
    {
      tutti_replica_report_quality (sim.guest[1].replica, i % 2 == 0 ? TUTTI_QUALITY_SETTLING : TUTTI_QUALITY_LATE_EDITS);
      tutti_replica_report_quality (sim.guest[3].replica, i % 3 == 0 ? TUTTI_QUALITY_SETTLING : TUTTI_QUALITY_IN_TIME);
      tutti_sim_edit (&sim, 2);
      tutti_sim_run (&sim, SECOND / 10);
    }
  g_assert_cmpuint (sim.guest[0].reports - before, <=, 31);
  tutti_replica_report_quality (sim.guest[1].replica, TUTTI_QUALITY_OUT_OF_TIME);
  tutti_sim_run (&sim, 10 * SECOND);
  g_assert_cmpuint (heard (&sim, 0, 1)->quality, ==, TUTTI_QUALITY_OUT_OF_TIME + 1);
  tutti_sim_clear (&sim);
}

static void
give_role (TuttiSim *sim, guint guest, TuttiRole role)
{
  TuttiOp *op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number_of (sim, guest)), TUTTI_N (role));

  g_assert_true (tutti_replica_submit (sim->guest[0].replica, op, sim->now, NULL));
  tutti_sim_run (sim, 5 * SECOND);
}

/* Who becomes an admin hears all of it; who no longer is one hears nothing more. */
static void
test_rights (void)
{
  TuttiSim sim;

  begin (&sim, 4);
  give_role (&sim, 1, TUTTI_ROLE_ADMIN);
  g_assert_cmpuint (sim.guest[1].reports, >, 0);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpuint (heard (&sim, 1, i)->quality, ==, i == 1 ? 0 : TUTTI_QUALITY_IN_TIME + 1);
  give_role (&sim, 1, TUTTI_ROLE_CONTRIBUTOR);
  guint before = sim.guest[1].reports;

  tutti_replica_report_quality (sim.guest[2].replica, TUTTI_QUALITY_SLOW_LINK);
  tutti_sim_run (&sim, 10 * SECOND);
  g_assert_cmpuint (sim.guest[1].reports, ==, before);
  g_assert_cmpuint (heard (&sim, 0, 2)->quality, ==, TUTTI_QUALITY_SLOW_LINK + 1);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/told", test_told);
  g_test_add_func ("/reports/silent", test_silent);
  g_test_add_func ("/reports/bounded", test_bounded);
  g_test_add_func ("/reports/rights", test_rights);
  return g_test_run ();
}
