/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Coming, going for good, passing by and only looking on. */
#include "tutti-host-guard.h"
#include "sim-test.h"

#include <string.h>

static guint
people (TuttiSim *sim)
{
  return tutti_host_get_jam (sim->host)->people->len;
}

static void
come_anew (TuttiSim *sim, guint connection, const char *more)
{
  g_autofree char *hello = g_strdup_printf ("{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\","
                                            "\"creator\":0,\"epoch\":0,\"seq\":0%s}}", more);

  tutti_host_opened (sim->host, connection, sim->now);
  tutti_host_received (sim->host, connection, hello, strlen (hello), sim->now);
}

/* Who only looked leaves nothing behind, who edited keeps the seat, and who lost the connection does in any case. */
static void
test_goodbye (void)
{
  TuttiSim sim;
  guint64 hash;
  guint me;

  tutti_sim_init (&sim, 17);
  tutti_sim_settle (&sim);
  g_assert_cmpuint (people (&sim), ==, TUTTI_SIM_GUESTS);
  me = tutti_replica_get_me (sim.guest[0].replica);
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (1, 90), sim.now, NULL);
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 2);
  /* Leaving changes nothing that is shared, and while nobody new came the way back is open. */
  hash = tutti_jam_hash (tutti_host_get_jam (sim.host));
  tutti_sim_leave (&sim, 0);
  tutti_sim_leave (&sim, 1);
  g_assert_cmpuint (tutti_jam_hash (tutti_host_get_jam (sim.host)), ==, hash);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_me (sim.guest[0].replica), ==, me);
  g_assert_cmpuint (tutti_jam_hash (tutti_host_get_jam (sim.host)), ==, hash);

  tutti_sim_leave (&sim, 0);
  come_anew (&sim, 900, "");
  g_assert_cmpuint (people (&sim), ==, TUTTI_SIM_GUESTS);
  g_assert_cmpuint (g_hash_table_size (sim.tokens), ==, TUTTI_SIM_GUESTS);
  g_assert_null (tutti_jam_person (tutti_host_get_jam (sim.host), me));

  /* All may come again; the one that is new gets a number that nobody had. */
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpuint (people (&sim), ==, TUTTI_SIM_GUESTS + 1);
  g_assert_cmpuint (tutti_replica_get_me (sim.guest[0].replica), ==, TUTTI_SIM_GUESTS + 2);
  tutti_sim_clear (&sim);
}

/* A command line used a hundred times, editing each time. */
static void
test_passing (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 18);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *edit = g_strdup_printf ("[1,0,[\"step\",\"1.3\",0,%u]]", 1 + i);

      come_anew (&sim, 1000 + i, ",\"passing\":1");
      tutti_host_received (sim.host, 1000 + i, edit, strlen (edit), sim.now);
      g_assert_cmpint (sim_test_velocity_at_host (&sim, 0), ==, (int) (1 + i));
      g_assert_cmpuint (people (&sim), ==, 1);
      tutti_host_left (sim.host, 1000 + i, sim.now);
    }
  tutti_sim_settle (&sim);
  sim_test_assert_one (&sim);
  g_assert_cmpuint (people (&sim), ==, TUTTI_SIM_GUESTS);
  g_assert_cmpuint (g_hash_table_size (sim.tokens), ==, TUTTI_SIM_GUESTS);
  tutti_sim_clear (&sim);
}

/* Who only looks on gets the jam and asks what was rendered, and nobody finds a trace of it: no person, no seat, no operation. */
static void
test_watching (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 19);
  tutti_sim_settle (&sim);
  gint64 seq = tutti_host_get_seq (sim.host);
  guint64 hash = tutti_jam_hash (tutti_host_get_jam (sim.host));
  TuttiHostFigures figures;

  tutti_replica_set_watching (sim.guest[0].replica, TRUE);
  tutti_sim_leave (&sim, 0);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  tutti_host_get_figures (sim.host, &figures);
  g_assert_cmpuint (figures.present, ==, TUTTI_SIM_GUESTS - 1);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_shown (sim.guest[0].replica)), ==, hash);
  g_assert_null (tutti_jam_person (tutti_host_get_jam (sim.host), tutti_replica_get_me (sim.guest[0].replica)));
  g_assert_true (tutti_replica_compare (sim.guest[0].replica, 7, NULL));
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[1].asked, >, 0);

  /* It sees what others do, and has no say. */
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, 77), sim.now, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (tutti_replica_get_seq (sim.guest[0].replica), ==, seq + 1);
  static const char edit[] = "[1,0,[\"step\",\"1.3\",0,99]]";

  tutti_host_received (sim.host, sim.guest[0].connection, edit, strlen (edit), sim.now);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[0].closed, ==, TUTTI_CLOSE_NOT_ALLOWED);
  g_assert_cmpint (sim_test_velocity_at_host (&sim, 0), ==, 77);

  /* It took no number of a person, and comes in no more without a passcode. */
  g_assert_cmpuint (tutti_replica_get_me (sim.guest[0].replica), ==, TUTTI_PERSON_NUMBER_MAX);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  tutti_replica_submit (sim.guest[1].replica, sim_test_step (0, 78), sim.now, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (tutti_replica_get_seq (sim.guest[0].replica), ==, tutti_host_get_seq (sim.host));
  g_assert_true (tutti_host_set_passcode (sim.host, 0, "open", NULL));
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[0].closed, ==, TUTTI_CLOSE_PASSCODE_NEEDED);
  tutti_sim_clear (&sim);
}

/* Who passed through before a restart had a number, and nobody gets it again. */
static void
test_number_once (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 26);
  tutti_host_resume_visit (sim.host, &(TuttiVisitMark) { 4000000000u, 77, 5 });
  come_anew (&sim, 900, "");
  g_assert_null (tutti_jam_person (tutti_host_get_jam (sim.host), 77));
  g_assert_nonnull (tutti_jam_person (tutti_host_get_jam (sim.host), 78));
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/goodbye", test_goodbye);
  g_test_add_func ("/sync/passing", test_passing);
  g_test_add_func ("/sync/watching", test_watching);
  g_test_add_func ("/sync/number-once", test_number_once);
  return g_test_run ();
}
