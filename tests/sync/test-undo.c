/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A person's undo outlives whatever happens to the way to the host, and never takes back what somebody else did. */
#include "tutti-sim.h"

#define STEPS 5
#define OVERWRITTEN 2                /* of them, by somebody else, while the guest is away */
#define THEIRS 30

static TuttiOp *
step (gint64 index, gint64 velocity)
{
  return tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), index, velocity);
}

static int
velocity (TuttiSim *sim, guint index)
{
  return tutti_jam_clip (tutti_host_get_jam (sim->host), tutti_id (1, 3), NULL)->steps[index].velocity;
}

static void
overwrite (TuttiSim *sim)
{
  g_assert_true (tutti_replica_submit (sim->guest[1].replica, step (OVERWRITTEN, THEIRS), sim->now, NULL));
  tutti_sim_run (sim, 100000);
}

static void
nothing_happens (TuttiSim *sim)
{
  overwrite (sim);
}

static void
cable_out (TuttiSim *sim)
{
  tutti_sim_pull (sim, 0);
  overwrite (sim);
}

static void
host_restarts (TuttiSim *sim)
{
  tutti_sim_pull (sim, 0);
  overwrite (sim);
  tutti_sim_kill_host (sim);
}

/* More than the host keeps, and longer ago than newcomers render: the way back is a document, and nobody tells what went before. */
static void
long_away (TuttiSim *sim)
{
  tutti_sim_pull (sim, 0);
  overwrite (sim);
  for (int i = 0; i < 1600; i++)
    {
      g_assert_true (tutti_replica_submit (sim->guest[1].replica, step (15, 1 + i % 100), sim->now, NULL));
      tutti_sim_run (sim, 7000);
    }
  tutti_sim_run (sim, 70 * G_USEC_PER_SEC);
}

/* The copy comes apart from the host's, and is replaced. */
static void
copy_repaired (TuttiSim *sim)
{
  g_autoptr(TuttiOp) wrong = step (9, 77);
  TuttiStamp stamp = { 0 };

  overwrite (sim);
  tutti_jam_apply ((TuttiJam *) tutti_replica_get_confirmed (sim->guest[0].replica), wrong, &stamp, NULL, NULL);
  tutti_replica_submit (sim->guest[3].replica, step (14, 100), sim->now, NULL);
  tutti_sim_run (sim, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (sim->guest[0].repaired, ==, 1);
}

typedef struct
{
  const char *name;
  void      (*happens) (TuttiSim *sim);
  gboolean    by_document;
} Case;

static const Case cases[] = {
  { "nothing", nothing_happens, FALSE },
  { "cable", cable_out, FALSE },
  { "host-restarts", host_restarts, FALSE },
  { "long-away", long_away, TRUE },
  { "repaired", copy_repaired, FALSE },
};

/* All of it back, newest first, but for what is theirs now; then all of it again. */
static void
undo_and_redo (TuttiSim *sim)
{
  TuttiReplica *me = sim->guest[0].replica;

  for (int i = STEPS; i-- > 0; )
    {
      g_autoptr(GError) error = NULL;
      gboolean done = tutti_replica_undo (me, FALSE, sim->now, &error);

      g_assert_true (done == (i != OVERWRITTEN));
      g_assert_true (done || g_error_matches (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS));
      tutti_sim_run (sim, 100000);
      g_assert_cmpint (velocity (sim, (guint) i), ==, i != OVERWRITTEN ? 0 : THEIRS);
    }
  for (int i = 0; i < STEPS; i++)
    if (i != OVERWRITTEN)
      g_assert_true (tutti_replica_undo (me, TRUE, sim->now, NULL));
  tutti_sim_run (sim, 200000);
  for (guint i = 0; i < STEPS; i++)
    g_assert_cmpint (velocity (sim, i), ==, i != OVERWRITTEN ? 100 + (int) i : THEIRS);
}

static void
test_case (gconstpointer data)
{
  const Case *what = data;
  TuttiSim sim;

  tutti_sim_init (&sim, 3);
  tutti_sim_settle (&sim);
  for (guint i = 0; i < STEPS; i++)
    g_assert_true (tutti_replica_submit (sim.guest[0].replica, step (i, 100 + i), sim.now, NULL));
  tutti_sim_settle (&sim);
  guint copies = sim.guest[0].copies;

  what->happens (&sim);
  tutti_sim_settle (&sim);
  if (what->by_document)
    g_assert_cmpuint (sim.guest[0].copies, >, copies);
  undo_and_redo (&sim);
  tutti_sim_clear (&sim);
}

/* What was added and deleted comes and goes over another copy, too; what somebody else deleted meanwhile does not come back. */
static void
test_things (void)
{
  TuttiSim sim;
  TuttiReplica *me;

  tutti_sim_init (&sim, 4);
  tutti_sim_settle (&sim);
  me = sim.guest[0].replica;
  TuttiId mine = tutti_replica_new_id (me), lost = tutti_replica_new_id (me);

  g_assert_true (tutti_replica_submit (me, tutti_op_new (TUTTI_OP_TRACK_ADD, mine, "Mine", "kit:tight-kick", TUTTI_N (1)), sim.now, NULL));
  g_assert_true (tutti_replica_submit (me, tutti_op_new (TUTTI_OP_TRACK_ADD, lost, "Lost", "kit:tight-kick", TUTTI_N (2)), sim.now, NULL));
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 0);
  g_autoptr(TuttiOp) gone = tutti_op_new (TUTTI_OP_TRACK_DELETE, lost);

  g_assert_true (tutti_host_apply (sim.host, gone, sim.now, NULL));
  long_away (&sim);
  tutti_sim_settle (&sim);
  g_assert_false (tutti_replica_undo (me, FALSE, sim.now, NULL));
  g_assert_true (tutti_replica_undo (me, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_null (tutti_jam_track (tutti_host_get_jam (sim.host), mine, NULL));
  g_assert_true (tutti_replica_undo (me, TRUE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_nonnull (tutti_jam_track (tutti_host_get_jam (sim.host), mine, NULL));
  g_assert_null (tutti_jam_track (tutti_host_get_jam (sim.host), lost, NULL));
  tutti_sim_clear (&sim);
}

/* What was done away, and not yet sent, is as much one's own after another copy came. */
static void
test_pending (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 5);
  tutti_sim_settle (&sim);
  tutti_sim_pull (&sim, 0);
  g_assert_true (tutti_replica_submit (sim.guest[0].replica, step (0, 88), sim.now, NULL));
  long_away (&sim);
  tutti_sim_settle (&sim);
  g_assert_cmpint (velocity (&sim, 0), ==, 88);
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (velocity (&sim, 0), ==, 0);
  tutti_sim_clear (&sim);
}

static void
turn (TuttiSim *sim, int guest, TuttiId track, int from, int to)
{
  for (int value = from; value != to; value += to > from ? 10 : -10)
    {
      g_assert_true (tutti_replica_submit (sim->guest[guest].replica,
                                           tutti_op_new (TUTTI_OP_PARAM, track, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (value)), sim->now,
                                           NULL));
      tutti_sim_run (sim, 16000);
    }
}

/* One movement of a knob is one thing to undo; after a rest, or when somebody else had a hand in it, it is another. */
static void
test_turned (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 6);
  tutti_sim_settle (&sim);
  TuttiReplica *me = sim.guest[0].replica;
  TuttiId track = tutti_host_get_jam (sim.host)->tracks[0]->id;
  gint16 initial = tutti_host_get_jam (sim.host)->tracks[0]->params[TUTTI_PARAM_GAIN];

#define gain() tutti_host_get_jam (sim.host)->tracks[0]->params[TUTTI_PARAM_GAIN]
  turn (&sim, 0, track, -500, -1000);
  tutti_sim_run (&sim, 2 * TUTTI_UNDO_REST_US);
  turn (&sim, 0, track, -2000, -1500);
  tutti_sim_settle (&sim);
  g_assert_cmpint (gain (), ==, -1510);
  g_assert_true (tutti_replica_undo (me, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (gain (), ==, -990);
  g_assert_true (tutti_replica_undo (me, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (gain (), ==, initial);
  g_assert_false (tutti_replica_can_undo (me, FALSE));
  g_assert_true (tutti_replica_undo (me, TRUE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (gain (), ==, -990);
  turn (&sim, 0, track, -2000, -1900);
  turn (&sim, 1, track, -3000, -2990);
  tutti_sim_run (&sim, 100000);
  turn (&sim, 0, track, -1900, -1800);
  tutti_sim_settle (&sim);
  g_assert_true (tutti_replica_undo (me, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (gain (), ==, -3000);
  g_assert_false (tutti_replica_undo (me, FALSE, sim.now, NULL));
#undef gain
  tutti_sim_clear (&sim);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/undo/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/undo/things", test_things);
  g_test_add_func ("/undo/pending", test_pending);
  g_test_add_func ("/undo/turned", test_turned);
  return g_test_run ();
}
