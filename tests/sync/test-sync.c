/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Host and replicas in simulated time: whatever happens between them, in the end they are one. */
#include "tutti-host-private.h"
#include "tutti-sim.h"

#include <string.h>

static void
assert_one (TuttiSim *sim)
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
  assert_one (sim);
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
  assert_one (sim);
  g_assert_cmpint (tutti_host_get_seq (sim->host), >, 100);
}

static void
test_faults (void)
{
  for_seeds (40, law_faults);
}

static TuttiOp *
step (gint64 index, gint64 velocity)
{
  return tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), index, velocity);
}

static int
velocity (TuttiReplica *replica, guint index)
{
  return tutti_jam_clip (tutti_replica_get_shown (replica), tutti_id (1, 3), NULL)->steps[index].velocity;
}

/* Two people paint the same step at the same moment: the later in host order stands everywhere, and both are told. */
static void
test_crossing (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 1);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[1].replica, step (0, 50), sim.now, NULL);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 100);
  g_assert_cmpint (velocity (sim.guest[1].replica, 0), ==, 50);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].crossed, ==, 1);
  g_assert_cmpuint (sim.guest[1].crossed, ==, 1);
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
      tutti_replica_submit (sim.guest[1].replica, step (0, 50), sim.now, NULL);
      tutti_sim_run (&sim, 6000);
      tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
      while (tutti_replica_get_pending (sim.guest[0].replica) > 0)
        {
          gint64 before = tutti_replica_get_seq (sim.guest[0].replica);

          g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 100);
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
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[0].replica, step (1, 100), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_replica_submit (sim.guest[1].replica, step (1, 30), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  g_assert_false (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_EXISTS);
  g_assert_true (strstr (error->message, "Guest 1") != NULL);
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (velocity (sim.guest[1].replica, 0), ==, 0);
  g_assert_cmpint (velocity (sim.guest[1].replica, 1), ==, 30);
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, TRUE, sim.now, NULL));
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (velocity (sim.guest[1].replica, 0), ==, 100);
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
    tutti_replica_submit (sim.guest[0].replica, step (i, 90), sim.now, NULL);
  for (int i = 1; i < 16; i += 2)
    tutti_replica_submit (sim.guest[1].replica, step (i, 70), sim.now, NULL);
  tutti_sim_run (&sim, 30 * G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[0].replica), ==, 8);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpint (velocity (sim.guest[2].replica, i), ==, i % 2 == 0 ? 90 : 70);
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
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 100);
  tutti_sim_run (&sim, 100000);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 0);
  g_assert_cmpuint (sim.guest[0].refused, ==, 1);
  g_assert_false (tutti_replica_can_undo (sim.guest[0].replica, FALSE));
  tutti_sim_clear (&sim);
}

/* A copy that came apart heals by the hash within two seconds, and says so. */
static void
test_repair (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 7);
  tutti_sim_settle (&sim);
  g_autoptr(TuttiOp) op = step (7, 77);
  TuttiStamp stamp = { 0 };

  tutti_jam_apply ((TuttiJam *) tutti_replica_get_confirmed (sim.guest[2].replica), op, &stamp, NULL, NULL);
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
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
      g_assert_true (tutti_replica_submit (sim->guest[guest].replica, step (15, 1 + i % 100), sim->now, NULL));
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

  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 1);
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[0].replica), ==, 1);
  if (by_document)
    bury (&sim, 1);
  seq = tutti_host_get_seq (sim.host);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 100);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  /* Nobody told what happened before a document; but there it is as it was left. */
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 0);
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
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  sim.disk_full = FALSE;
  if (by_document)
    bury (&sim, 1);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].refused, ==, 1);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, 0);
  g_assert_false (tutti_replica_can_undo (sim.guest[0].replica, FALSE));
  tutti_sim_clear (&sim);
}

static int
velocity_at_host (TuttiSim *sim, guint index)
{
  return tutti_jam_clip (tutti_host_get_jam (sim->host), tutti_id (1, 3), NULL)->steps[index].velocity;
}

/* A host that began again goes on counting the edits of a visit where it was. */
static void
test_host_restarts (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 13);
  tutti_sim_settle (&sim);
  for (int i = 0; i < 8; i++)
    tutti_replica_submit (sim.guest[0].replica, step (i, 90), sim.now, NULL);
  lose_answers (&sim, 0);
  gint64 seq = tutti_host_get_seq (sim.host);

  tutti_replica_submit (sim.guest[0].replica, step (8, 90), sim.now, NULL);
  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 1);
  for (guint i = 0; i < 9; i++)
    g_assert_cmpint (velocity (sim.guest[1].replica, i), ==, 90);

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
  tutti_replica_submit (sim.guest[0].replica, step (0, 90), sim.now, NULL);
  lose_answers (&sim, 0);
  tutti_sim_keep_visits (&sim);
  for (int i = 0; i < 1500; i++)
    {
      g_autoptr(TuttiOp) op = step (i % 16, 1 + i % 100);

      g_assert_true (tutti_host_apply (sim.host, op, sim.now, NULL));
    }
  tutti_sim_keep_visits (&sim);
  gint64 seq = tutti_host_get_seq (sim.host);
  int stands = velocity_at_host (&sim, 0);

  tutti_sim_kill_host (&sim);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq);
  g_assert_cmpint (velocity (sim.guest[0].replica, 0), ==, stands);
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
  tutti_replica_submit (sim.guest[0].replica, step (3, 33), sim.now, NULL);
  tutti_host_closed (sim.host, 900, sim.now);
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpint (velocity (sim.guest[1].replica, 3), ==, 33);
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
      tutti_replica_submit (sim.guest[0].replica, step (i % 16, 1 + i), sim.now, NULL);
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
  g_autoptr(TuttiOp) op = step (7, 77);

  /* Guest 1 wrote here before guest 0 did: coming again with the document, that takes no right away. */
  tutti_replica_submit (sim.guest[1].replica, step (0, 11), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_replica_submit (sim.guest[0].replica, step (0, 99), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_jam_apply ((TuttiJam *) tutti_replica_get_confirmed (sim.guest[0].replica), op, &stamp, NULL, NULL);
  gint64 seq = tutti_host_get_seq (sim.host);

  for (int i = 0; i < 200; i++)
    {
      g_assert_true (tutti_replica_submit (sim.guest[0].replica, step (1 + i % 6, 1 + i % 100), sim.now, NULL));
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
  g_assert_cmpint (velocity (sim.guest[2].replica, 0), ==, 11);
  g_assert_cmpint (velocity (sim.guest[2].replica, 1), ==, 0);
  tutti_sim_clear (&sim);
}

/* Undo goes on after the cable was out, but not over what others did meanwhile. */
static void
test_undo_reconnect (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 16);
  tutti_sim_settle (&sim);
  tutti_replica_submit (sim.guest[0].replica, step (0, 100), sim.now, NULL);
  tutti_replica_submit (sim.guest[0].replica, step (1, 100), sim.now, NULL);
  lose_answers (&sim, 0);
  tutti_replica_submit (sim.guest[1].replica, step (1, 30), sim.now, NULL);
  tutti_sim_run (&sim, 100000);
  tutti_sim_settle (&sim);
  g_assert_false (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  g_assert_true (tutti_replica_undo (sim.guest[0].replica, FALSE, sim.now, NULL));
  tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpint (velocity (sim.guest[1].replica, 0), ==, 0);
  g_assert_cmpint (velocity (sim.guest[1].replica, 1), ==, 30);
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

/* A step edit is small at every receiver (PRODUCT 5.3): large numbers, long ids. */
static void
test_sizes (void)
{
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_STEP, tutti_id (0x12345678, 1234), TUTTI_N (127), TUTTI_N (127));
  TuttiMessage stamped = { .kind = TUTTI_MESSAGE_STAMPED, .stamp = { 12345678, 100, G_GINT64_CONSTANT (123456789012) }, .op = op };
  g_autofree char *text = tutti_message_write (&stamped);

  g_assert_cmpuint (strlen (text), <=, 64);
}

static const struct { const char *name, *text; TuttiClose closes; } rude[] = {
  { "not-json", "hello", TUTTI_CLOSE_BAD_MESSAGE },
  { "two-things", "{\"in\":1,\"out\":2}", TUTTI_CLOSE_BAD_MESSAGE },
  { "an-edit-before-hello", "[1,0,[\"stop\"]]", TUTTI_CLOSE_BAD_MESSAGE },
  { "other-version", "{\"hello\":{\"proto\":2,\"news\":[]}}", TUTTI_CLOSE_PROTOCOL_VERSION },
  { "nameless", "{\"hello\":{\"proto\":1,\"name\":\"\",\"colour\":\"mint\",\"token\":\"\",\"creator\":0,\"epoch\":0,\"seq\":0}}",
    TUTTI_CLOSE_BAD_MESSAGE },
  { "deep", "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]", TUTTI_CLOSE_BAD_MESSAGE },
};

static void
test_rude (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiSim sim;

  tutti_sim_init (&sim, 8);
  sim.guest[0].connection = 77;
  tutti_host_opened (sim.host, 77, sim.now);
  tutti_host_received (sim.host, 77, rude[row].text, strlen (rude[row].text), sim.now);
  g_assert_true (sim.guest[0].closing);
  g_assert_cmpint (sim.guest[0].closed, ==, rude[row].closes);
  tutti_sim_clear (&sim);
}

/* One who sends without end is told to slow down; the others' document does not notice. */
static void
test_flood (void)
{
  TuttiHostFigures figures;
  TuttiSim sim;

  tutti_sim_init (&sim, 9);
  tutti_sim_settle (&sim);
  for (int i = 1; i <= 2000; i++)
    {
      g_autofree char *edit = g_strdup_printf ("[%d,0,[\"step\",\"1.3\",%d,%d]]", i, i % 16, 1 + i % 100);

      tutti_host_received (sim.host, sim.guest[0].connection, edit, strlen (edit), sim.now);
    }
  tutti_host_get_figures (sim.host, &figures);
  g_assert_cmpuint (figures.refused, ==, 2000 - TUTTI_EDITS_AT_ONCE);
  tutti_sim_clear (&sim);
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
    g_assert_true (tutti_replica_submit (sim.guest[0].replica, step (i % 16, 1 + i % 100), sim.now, NULL));
  for (int i = 0; i < 4; i++)
    tutti_sim_settle (&sim);
  assert_one (&sim);
  g_assert_cmpuint (sim.guest[0].refused, ==, 0);
  g_assert_cmpint (tutti_host_get_seq (sim.host), ==, seq + 2000);
  tutti_sim_clear (&sim);
}

/* Someone who never says hello does not stay; nor does one who never acknowledges. */
static void
test_silence (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 10);
  tutti_host_opened (sim.host, 500, sim.now);
  sim.guest[3].connection = 500;
  tutti_sim_run (&sim, 6 * G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[3].closed, ==, TUTTI_CLOSE_NO_HELLO);
  tutti_sim_clear (&sim);
}

/* What no host says, to a guest who is inside: the guest leaves with the reason, and its copy is as it was. */
static const struct { const char *name, *text, *words; } lies[] = {
  { "not-json", "welcome!", "byte" },
  { "guest-speaks", "{\"need\":\"snapshot\"}", "only a guest" },
  { "unknown", "{\"reboot\":1}", "unknown kind" },
  { "half-a-stamp", "[9999,1,0]", "must be a list" },
  { "gap", "[9999,0,0,[\"stop\"]]", "left something out" },
  { "backwards", "[1,0,0,[\"stop\"]]", "left something out" },
  { "not-asked", "[99,1,0,77]", "not asked" },
  { "live-elsewhere", "{\"live\":12345}", "left something out" },
  { "doc-out-of-turn", "{\"doc\":\"{}\"}", "out of turn" },
  { "welcome-of-nobody", "{\"welcome\":{\"me\":0,\"token\":\"\",\"creator\":1,\"number\":0,"
    "\"jam\":\"sim\",\"epoch\":1,\"seq\":3,\"base\":3,\"base-epoch\":0,"
    "\"document\":1,\"origin\":\"0\",\"clock\":0,\"lead\":0,\"max\":1,\"host\":0}}", "nobody" },
  { "welcome-elsewhere", "{\"welcome\":{\"me\":1,\"token\":\"\",\"creator\":1,\"number\":0,\"jam\":\"other\",\"epoch\":1,\"seq\":3,"
    "\"base\":3,\"base-epoch\":0,\"document\":1,\"origin\":\"0\",\"clock\":0,\"lead\":0,\"max\":1,\"host\":0}}", "another jam" },
  { "base-after-end", "{\"welcome\":{\"me\":1,\"token\":\"\",\"creator\":1,\"number\":0,\"jam\":\"sim\",\"epoch\":1,\"seq\":3,"
    "\"base\":4,\"base-epoch\":0,\"document\":1,\"origin\":\"0\",\"clock\":0,\"lead\":0,\"max\":1,\"host\":0}}", "base" },
};

static void
test_lying_host (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiSim sim;

  tutti_sim_init (&sim, 21);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  TuttiReplica *replica = sim.guest[0].replica;
  guint64 before = tutti_jam_hash (tutti_replica_get_confirmed (replica));
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_replica_received (replica, lies[row].text, strlen (lies[row].text), sim.now, &error));
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, lies[row].words));
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (replica)), ==, before);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_shown (replica)), ==, before);
  tutti_sim_clear (&sim);
}

/* An operation that cannot be: the copy stays as it is, and another one is asked for. */
static void
test_cannot_follow (void)
{
  static const char text[] = "[6,0,0,[\"track.mute\",\"zz.1\",1]]";
  TuttiSim sim;

  tutti_sim_init (&sim, 24);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  TuttiReplica *replica = sim.guest[0].replica;
  guint64 before = tutti_jam_hash (tutti_replica_get_confirmed (replica));

  g_assert_true (tutti_replica_received (replica, text, strlen (text), sim.now, NULL));
  g_assert_cmpuint (tutti_replica_get_repairs (replica), ==, 1);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (replica)), ==, before);
  tutti_sim_clear (&sim);
}

/* A document of lies takes the place of nothing. */
static void
test_lying_document (void)
{
  static const char * const texts[] = {
    "{\"welcome\":{\"me\":1,\"token\":\"\",\"creator\":1,\"number\":0,\"jam\":\"sim\",\"epoch\":1,\"seq\":3,\"base\":3,\"base-epoch\":0,"
    "\"document\":1,\"origin\":\"0\",\"clock\":0,\"lead\":0,\"max\":1,\"host\":0}}",
    "{\"doc\":\"{\\\"n\\\":\\\"half a docu\"}",
  };
  static const char live[] = "{\"live\":3}";
  g_autoptr(GError) error = NULL;
  TuttiSim sim;

  tutti_sim_init (&sim, 22);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  TuttiReplica *replica = sim.guest[0].replica;
  guint64 before = tutti_jam_hash (tutti_replica_get_confirmed (replica));

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (tutti_replica_received (replica, texts[i], strlen (texts[i]), sim.now, NULL));
  g_assert_false (tutti_replica_received (replica, live, strlen (live), sim.now, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (replica)), ==, before);
  tutti_sim_clear (&sim);
}

/* Somebody who comes in again and again, each time with a visit that nobody knows: the host's memory stays bounded, and the visits
 * of those inside are kept. */
static void
test_many_visits (void)
{
  static const char token[] = "00112233445566778899aabbccddeeff";
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, token, -1);
  TuttiSim sim;

  tutti_sim_init (&sim, 23);
  tutti_sim_settle (&sim);
  tutti_host_remember (sim.host, 99, hash);
  for (guint i = 0; i < TUTTI_VISITS_MAX + 500; i++)
    {
      g_autofree char *hello = g_strdup_printf ("{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"%s\","
                                                "\"creator\":%u,\"epoch\":0,\"seq\":0}}", token, 4000000000u + i);

      tutti_host_opened (sim.host, 1000 + i, sim.now);
      tutti_host_received (sim.host, 1000 + i, hello, strlen (hello), sim.now);
      tutti_host_closed (sim.host, 1000 + i, sim.now);
    }
  g_assert_cmpuint (g_hash_table_size (sim.host->visits), ==, TUTTI_VISITS_MAX);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    g_assert_true (g_hash_table_contains (sim.host->visits,
                                          GUINT_TO_POINTER (tutti_replica_new_id (sim.guest[i].replica).creator)));
  tutti_sim_settle (&sim);
  assert_one (&sim);
  tutti_sim_clear (&sim);
}

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
  tutti_replica_submit (sim.guest[1].replica, step (1, 90), sim.now, NULL);
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
  assert_one (&sim);
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
      g_assert_cmpint (velocity_at_host (&sim, 0), ==, (int) (1 + i));
      g_assert_cmpuint (people (&sim), ==, 1);
      tutti_host_left (sim.host, 1000 + i, sim.now);
    }
  tutti_sim_settle (&sim);
  assert_one (&sim);
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
  tutti_replica_submit (sim.guest[1].replica, step (0, 77), sim.now, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (tutti_replica_get_seq (sim.guest[0].replica), ==, seq + 1);
  static const char edit[] = "[1,0,[\"step\",\"1.3\",0,99]]";

  tutti_host_received (sim.host, sim.guest[0].connection, edit, strlen (edit), sim.now);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[0].closed, ==, TUTTI_CLOSE_NOT_ALLOWED);
  g_assert_cmpint (velocity_at_host (&sim, 0), ==, 77);
  tutti_sim_clear (&sim);
}

/* Reports of one participant, told with an edit of another each second so that there is something to acknowledge. */
static void
report (TuttiSim *sim, guint liars, int seconds, gint64 round_trip_us, gint64 *late)
{
  for (int i = 0; i < seconds; i++)
    {
      tutti_replica_submit (sim->guest[3].replica, step (i % 16, 1 + i % 100), sim->now, NULL);
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
  tutti_replica_submit (sim.guest[3].replica, step (0, 7), sim.now, NULL);
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
      tutti_replica_submit (sim.guest[0].replica, step (i % 16, 1 + i), sim.now, NULL);
      tutti_replica_report (sim.guest[0].replica, 0, late += 1000);
      tutti_sim_run (&sim, G_USEC_PER_SEC);
    }
  g_assert_cmpint (tutti_host_get_lead (sim.host), >, LEAST + 3 * ALONE_MAX);
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
  g_test_add_func ("/sync/converge", test_converge);
  g_test_add_func ("/sync/faults", test_faults);
  g_test_add_func ("/sync/crossing", test_crossing);
  g_test_add_func ("/sync/no-flicker", test_no_flicker);
  g_test_add_func ("/sync/undo", test_undo);
  g_test_add_func ("/sync/offline", test_offline);
  g_test_add_func ("/sync/offline-many", test_offline_many);
  g_test_add_func ("/sync/full", test_full);
  g_test_add_func ("/sync/disk-full", test_disk_full);
  g_test_add_func ("/sync/repair", test_repair);
  g_test_add_data_func ("/sync/answer-lost/difference", GINT_TO_POINTER (FALSE), test_answer_lost);
  g_test_add_data_func ("/sync/answer-lost/document", GINT_TO_POINTER (TRUE), test_answer_lost);
  g_test_add_data_func ("/sync/refusal-lost/difference", GINT_TO_POINTER (FALSE), test_refusal_lost);
  g_test_add_data_func ("/sync/refusal-lost/document", GINT_TO_POINTER (TRUE), test_refusal_lost);
  g_test_add_func ("/sync/host-restarts", test_host_restarts);
  g_test_add_func ("/sync/host-restarts-late", test_host_restarts_late);
  g_test_add_func ("/sync/goodbye", test_goodbye);
  g_test_add_func ("/sync/passing", test_passing);
  g_test_add_func ("/sync/watching", test_watching);
  g_test_add_func ("/sync/lead/alone", test_lead_alone);
  g_test_add_func ("/sync/lead/lone", test_lead_lone);
  g_test_add_func ("/sync/number-once", test_number_once);
  g_test_add_func ("/sync/lead/two", test_lead_two);
  g_test_add_func ("/sync/lead/implausible", test_lead_implausible);
  g_test_add_func ("/sync/creator-taken", test_creator_taken);
  g_test_add_func ("/sync/repair-keeps-heirs", test_repair_keeps_heirs);
  g_test_add_func ("/sync/repair-keeps-past", test_repair_keeps_past);
  g_test_add_func ("/sync/repair-pending", test_repair_pending);
  g_test_add_func ("/sync/undo-reconnect", test_undo_reconnect);
  g_test_add_func ("/sync/needy", test_needy);
  g_test_add_func ("/sync/sizes", test_sizes);
  g_test_add_func ("/sync/flood", test_flood);
  g_test_add_func ("/sync/silence", test_silence);
  g_test_add_func ("/sync/many-visits", test_many_visits);
  g_test_add_func ("/sync/cannot-follow", test_cannot_follow);
  g_test_add_func ("/sync/lying-document", test_lying_document);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/lying-host/%s", lies[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_lying_host);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rude); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sync/rude/%s", rude[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_rude);
    }
  return g_test_run ();
}
