/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far ahead edits are stamped. */
#include "sim-test.h"

#include <string.h>

/* Reports of one participant, told with an edit of another each second so that there is something to acknowledge. */
static void
report (TuttiSim *sim, guint liars, int seconds, gint64 round_trip_us, gint64 *late)
{
  for (int i = 0; i < seconds; i++)
    {
      tutti_replica_submit (sim->guest[3].replica, sim_test_step (i % 16, 1 + i % 100), sim->now, NULL);
      *late += 1000;
      for (guint guest = 0; guest < liars; guest++)
        tutti_replica_report (sim->guest[guest].replica, round_trip_us, *late);
      tutti_sim_run (sim, G_USEC_PER_SEC);
    }
}

enum { LEAST = 2400, ALONE_MAX = 4800, ALL_MAX = 16800 };     /* frames; the first as the simulation has it */

/* One alone, whatever it says, costs the others a tenth of a second at most, and that passes. */
static void
test_lead_alone (void)
{
  TuttiSim sim;
  gint64 late = 0;

  tutti_sim_init (&sim, 19);
  tutti_sim_settle (&sim);
  report (&sim, 1, 60, 600 * G_USEC_PER_SEC, &late);
  g_assert_cmpint (tutti_host_get_lead (sim.host), ==, LEAST + ALONE_MAX);
  tutti_replica_report (sim.guest[0].replica, 0, late);
  tutti_replica_submit (sim.guest[3].replica, sim_test_step (0, 7), sim.now, NULL);
  tutti_sim_run (&sim, 4 * G_USEC_PER_SEC);
  tutti_sim_pull (&sim, 0);
  tutti_sim_run (&sim, 110 * G_USEC_PER_SEC);
  g_assert_cmpint (tutti_host_get_lead (sim.host), ==, LEAST);
  tutti_sim_clear (&sim);
}

/* Two that hear edits late get what they need, as slowly as it shows, and not without bound. */
static void
test_lead_two (void)
{
  TuttiSim sim;
  gint64 late = 0;

  tutti_sim_init (&sim, 20);
  tutti_sim_settle (&sim);
  report (&sim, 2, 5, 0, &late);
  g_assert_cmpint (tutti_host_get_lead (sim.host), >, LEAST);
  g_assert_cmpint (tutti_host_get_lead (sim.host), <=, LEAST + ALONE_MAX);
  report (&sim, 2, 60, 0, &late);
  /* An acknowledgement may just not have arrived when it was looked at. */
  g_assert_cmpint (tutti_host_get_lead (sim.host), >, LEAST + 3 * ALONE_MAX);
  g_assert_cmpint (tutti_host_get_lead (sim.host), <=, LEAST + ALL_MAX);
  tutti_sim_clear (&sim);
}

/* A single guest makes nobody else wait, and gets what it needs. */
static void
test_lead_lone (void)
{
  TuttiSim sim;
  gint64 late = 0;

  tutti_sim_init (&sim, 25);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  for (int i = 0; i < 60; i++)
    {
      tutti_replica_submit (sim.guest[0].replica, sim_test_step (i % 16, 1 + i), sim.now, NULL);
      tutti_replica_report (sim.guest[0].replica, 0, late += 1000);
      tutti_sim_run (&sim, G_USEC_PER_SEC);
    }
  g_assert_cmpint (tutti_host_get_lead (sim.host), >, LEAST + 3 * ALONE_MAX);
  tutti_sim_clear (&sim);
}

/* Nothing was ordered, so nothing can have come late. */
static void
test_lead_implausible (void)
{
  TuttiSim sim;
  TuttiHostFigures figures;

  tutti_sim_init (&sim, 21);
  tutti_sim_settle (&sim);
  for (int i = 0; i < 30; i++)
    {
      g_autofree char *ack = g_strdup_printf ("{\"ack\":{\"seq\":%" G_GINT64_FORMAT ",\"rtt\":0,\"late\":%d}}",
                                              tutti_host_get_seq (sim.host), 1000 * i);

      tutti_host_received (sim.host, sim.guest[0].connection, ack, strlen (ack), sim.now);
      tutti_sim_run (&sim, G_USEC_PER_SEC);
    }
  tutti_host_get_figures (sim.host, &figures);
  g_assert_cmpint (tutti_host_get_lead (sim.host), ==, LEAST);
  g_assert_cmpuint (figures.late, ==, 0);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/lead/alone", test_lead_alone);
  g_test_add_func ("/sync/lead/lone", test_lead_lone);
  g_test_add_func ("/sync/lead/two", test_lead_two);
  g_test_add_func ("/sync/lead/implausible", test_lead_implausible);
  return g_test_run ();
}
