/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sim.h"

/* What tests of the simulation ask of it, and edit in it: steps of its first track's clip. */

/* Nobody waits for anything, and every copy is the host's, without having been replaced. */
static inline void
sim_test_assert_one (TuttiSim *sim)
{
  guint64 hash = tutti_jam_hash (tutti_host_get_jam (sim->host));

  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      TuttiReplica *replica = sim->guest[i].replica;

      g_assert_cmpuint (tutti_replica_get_pending (replica), ==, 0);
      g_assert_cmpint (tutti_replica_get_seq (replica), ==, tutti_host_get_seq (sim->host));
      g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (replica)), ==, hash);
      g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_shown (replica)), ==, hash);
      g_assert_cmpuint (tutti_replica_get_repairs (replica), ==, 0);
    }
}

static inline TuttiOp *
sim_test_step (gint64 index, gint64 velocity)
{
  return tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), index, velocity);
}

/* Of step @index as it shows there. */
static inline int
sim_test_velocity (TuttiReplica *replica, guint index)
{
  return tutti_jam_clip (tutti_replica_get_shown (replica), tutti_id (1, 3), NULL)->steps[index].velocity;
}

static inline int
sim_test_velocity_at_host (TuttiSim *sim, guint index)
{
  return tutti_jam_clip (tutti_host_get_jam (sim->host), tutti_id (1, 3), NULL)->steps[index].velocity;
}
