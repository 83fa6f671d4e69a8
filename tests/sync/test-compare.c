/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether everyone renders the same: who differs, and how the question finds its way. */
#include "tutti-sim.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

/* ---- who differs ---- */

static GArray *
tracks (guint64 first, guint64 second, guint64 third)
{
  TuttiRenderedTrack list[] = { { tutti_id (1, 1), first }, { tutti_id (1, 2), second }, { tutti_id (2, 1), third } };

  return g_array_append_vals (g_array_new (FALSE, FALSE, sizeof list[0]), list, G_N_ELEMENTS (list));
}

static void
add (GArray *comparison, guint number, TuttiRenderedState state, guint64 hash, GArray *list)
{
  g_auto(TuttiRendered) rendered = { .second = 5, .state = (guint8) state, .hash = hash, .tracks = list };

  tutti_comparison_add (comparison, number, &rendered);
}

static const TuttiCompared *
of (const GArray *comparison, guint number)
{
  for (guint i = 0; i < comparison->len; i++)
    if (g_array_index (comparison, TuttiCompared, i).number == number)
      return &g_array_index (comparison, TuttiCompared, i);
  g_assert_not_reached ();
}

static void
test_majority (void)
{
  g_autoptr(GArray) comparison = tutti_comparison_new ();

  add (comparison, 1, TUTTI_RENDERED_OK, 70, tracks (1, 9, 3));
  add (comparison, 2, TUTTI_RENDERED_OK, 60, tracks (1, 2, 3));
  add (comparison, 3, TUTTI_RENDERED_SETTLING, 50, tracks (8, 8, 8));
  add (comparison, 4, TUTTI_RENDERED_OK, 60, tracks (1, 2, 3));
  add (comparison, 5, TUTTI_RENDERED_UNKNOWN, 0, NULL);
  add (comparison, 2, TUTTI_RENDERED_OK, 70, NULL);
  tutti_comparison_judge (comparison);
  g_assert_cmpuint (tutti_comparison_count (comparison, TUTTI_RENDERED_OK), ==, 3);
  g_assert_false (tutti_comparison_agrees (comparison));
  g_assert_cmpuint (comparison->len, ==, 5);
  g_assert_true (of (comparison, 2)->same && of (comparison, 4)->same);
  g_assert_false (of (comparison, 1)->same);
  g_assert_true (tutti_id_equal (of (comparison, 1)->track, tutti_id (1, 2)));
}

/* A machine without one of the tracks differs in that one; one whose tracks are all right, in none. */
static void
test_first_track (void)
{
  g_autoptr(GArray) comparison = tutti_comparison_new ();
  GArray *fewer = tracks (1, 2, 3);

  g_array_remove_index (fewer, 1);
  add (comparison, 1, TUTTI_RENDERED_OK, 60, tracks (1, 2, 3));
  add (comparison, 2, TUTTI_RENDERED_OK, 60, tracks (1, 2, 3));
  add (comparison, 3, TUTTI_RENDERED_OK, 61, fewer);
  add (comparison, 4, TUTTI_RENDERED_OK, 62, tracks (1, 2, 3));
  tutti_comparison_judge (comparison);
  g_assert_cmpuint (tutti_comparison_count (comparison, TUTTI_RENDERED_OK), ==, 4);
  g_assert_true (tutti_id_equal (of (comparison, 3)->track, tutti_id (1, 2)));
  g_assert_true (tutti_id_is_none (of (comparison, 4)->track));
  g_assert_false (of (comparison, 4)->same);
}

/* Who differs does not depend on who answered first, as long as more than half agree. */
static void
law_order (gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));

  for (int round = 0; round < 200; round++)
    {
      g_autoptr(GArray) comparison = tutti_comparison_new ();
      guint n = (guint) g_rand_int_range (rand, 3, 20), odd = (guint) g_rand_int_range (rand, 0, (gint32) (n + 1) / 2);
      guint shift = (guint) g_rand_int_range (rand, 0, (gint32) n);

      for (guint i = 0; i < n; i++)
        add (comparison, (i + shift) % n + 1, TUTTI_RENDERED_OK, (i + shift) % n < odd ? 100 + i : 7, NULL);
      tutti_comparison_judge (comparison);
      for (guint number = 1; number <= n; number++)
        g_assert_cmpint (of (comparison, number)->same, ==, number > odd);
    }
}

/* ---- the way of the question ---- */

static guint
number_of (TuttiSim *sim, guint guest)
{
  return tutti_replica_get_me (sim->guest[guest].replica);
}

static void
begin (TuttiSim *sim, guint32 seed)
{
  tutti_sim_init (sim, seed);
  tutti_sim_settle (sim);
}

static void
answer (TuttiSim *sim, guint guest, guint asker, gint64 second, guint64 hash)
{
  g_auto(TuttiRendered) rendered = { .second = second, .hash = hash, .tracks = tracks (1, 2, hash) };

  tutti_replica_answer (sim->guest[guest].replica, asker, &rendered);
  tutti_sim_run (sim, SECOND);
}

static void
test_way (void)
{
  TuttiSim sim;

  begin (&sim, 7);
  g_assert_true (tutti_replica_compare (sim.guest[1].replica, -3, NULL));
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[1].asked_by, ==, 0);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    if (i != 1)
      {
        g_assert_cmpuint (sim.guest[i].asked_by, ==, number_of (&sim, 1));
        g_assert_cmpint (sim.guest[i].asked, ==, -3);
      }
  answer (&sim, 0, number_of (&sim, 1), -3, 40);
  answer (&sim, 2, number_of (&sim, 1), -3, 41);
  g_assert_cmpuint (sim.guest[1].heard->len, ==, 2);
  g_assert_cmpuint (of (sim.guest[1].heard, number_of (&sim, 2))->rendered.hash, ==, 41);
  g_assert_cmpuint (of (sim.guest[1].heard, number_of (&sim, 2))->rendered.tracks->len, ==, 3);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpuint (sim.guest[i].heard->len, ==, i == 1 ? 2 : 0);
  tutti_sim_clear (&sim);
}

/* Nobody is told what they did not ask for, nor of another second, nor long afterwards. */
static void
test_unasked (void)
{
  TuttiSim sim;

  begin (&sim, 8);
  answer (&sim, 2, number_of (&sim, 0), 0, 40);
  tutti_replica_compare (sim.guest[1].replica, 12, NULL);
  answer (&sim, 2, number_of (&sim, 0), 12, 40);
  answer (&sim, 2, number_of (&sim, 1), 13, 40);
  tutti_sim_run (&sim, 6 * SECOND);
  answer (&sim, 2, number_of (&sim, 1), 12, 40);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_cmpuint (sim.guest[i].heard->len, ==, 0);
  tutti_sim_clear (&sim);
}

/* Who asks without end makes others speak only now and then. */
static void
test_flood (void)
{
  TuttiSim sim;

  begin (&sim, 9);
  for (gint64 second = 1; second <= 200; second++)
    {
      g_assert_true (tutti_replica_compare (sim.guest[3].replica, second, NULL));
      tutti_sim_run (&sim, SECOND / 100);
    }
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.guest[0].asks, >=, 4);
  g_assert_cmpuint (sim.guest[0].asks, <=, 8);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compare/majority", test_majority);
  g_test_add_func ("/compare/first-track", test_first_track);
  g_test_add_data_func ("/compare/order", GUINT_TO_POINTER (1), law_order);
  g_test_add_func ("/compare/way", test_way);
  g_test_add_func ("/compare/unasked", test_unasked);
  g_test_add_func ("/compare/flood", test_flood);
  return g_test_run ();
}
