/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Roles, the lead and claims between a real host and real replicas in simulated time. That nothing is kept which its author was
 * not allowed to do is checked by the simulation itself, at every append. */
#include "tutti-host-private.h"
#include "tutti-rights.h"
#include "tutti-sim.h"

#include <string.h>

static const TuttiJam *
jam_of (TuttiSim *sim)
{
  return tutti_host_get_jam (sim->host);
}

static guint
number_of (TuttiSim *sim, guint guest)
{
  return tutti_replica_get_me (sim->guest[guest].replica);
}

static TuttiRole
role_of (TuttiSim *sim, guint guest)
{
  const TuttiPerson *person = tutti_jam_person (jam_of (sim), number_of (sim, guest));

  return person != NULL ? person->role : TUTTI_ROLE_BANNED;
}

static gboolean
do_now (TuttiSim *sim, guint guest, TuttiOp *op, GError **error)
{
  gboolean done = tutti_replica_submit (sim->guest[guest].replica, op, sim->now, error);

  tutti_sim_run (sim, 200000);
  return done;
}

static void
must (TuttiSim *sim, guint guest, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  do_now (sim, guest, op, &error);
  g_assert_no_error (error);
}

static void
must_not (TuttiSim *sim, guint guest, TuttiOp *op, const char *words)
{
  g_autoptr(GError) error = NULL;
  guint64 before = tutti_jam_hash (jam_of (sim));

  g_assert_false (do_now (sim, guest, op, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_cmpuint (tutti_jam_hash (jam_of (sim)), ==, before);
}

static TuttiOp *
step (gint64 velocity)
{
  return tutti_op_new (TUTTI_OP_STEP, tutti_id (1, 3), TUTTI_N (0), velocity);
}

static TuttiOp *
role_op (TuttiSim *sim, guint guest, TuttiRole role)
{
  return tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number_of (sim, guest)), TUTTI_N (role));
}

static TuttiOp *
lead_op (TuttiSim *sim, guint guest)
{
  return tutti_op_new (TUTTI_OP_LEAD, TUTTI_N (number_of (sim, guest)));
}

/* One after the other, so that guest 0 is the first person. */
static void
begin (TuttiSim *sim, guint32 seed)
{
  tutti_sim_init (sim, seed);
  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      tutti_sim_plug (sim, i);
      tutti_sim_run (sim, G_USEC_PER_SEC);
    }
}

/* Everyone who may be here has the host's document. */
static void
assert_agree (TuttiSim *sim)
{
  guint64 hash = tutti_jam_hash (jam_of (sim));

  for (guint i = 0; i < TUTTI_SIM_GUESTS; i++)
    {
      TuttiReplica *replica = sim->guest[i].replica;

      /* A number that was given up may be somebody else's by now, so what the door said last counts as well. */
      if (role_of (sim, i) == TUTTI_ROLE_BANNED || (sim->guest[i].connection == 0 && sim->guest[i].closed == TUTTI_CLOSE_BANNED))
        continue;
      g_assert_cmpuint (tutti_replica_get_pending (replica), ==, 0);
      g_assert_cmpint (tutti_replica_get_seq (replica), ==, tutti_host_get_seq (sim->host));
      g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_confirmed (replica)), ==, hash);
      g_assert_cmpuint (tutti_jam_hash (tutti_replica_get_shown (replica)), ==, hash);
      g_assert_cmpuint (tutti_replica_get_repairs (replica), ==, 0);
    }
}

/* ---- laws ---- */

static void
something (TuttiSim *sim)
{
  guint guest = (guint) g_rand_int_range (sim->rand, 0, TUTTI_SIM_GUESTS);

  switch (g_rand_int_range (sim->rand, 0, 60))
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
      tutti_replica_undo (sim->guest[guest].replica, g_rand_boolean (sim->rand), sim->now, NULL);
      break;
    case 5:
      if (g_rand_int_range (sim->rand, 0, 5) == 0)
        tutti_sim_kill_host (sim);
      break;
    case 6:
      tutti_sim_leave (sim, guest);
      break;
    case 7:
      tutti_replica_kick (sim->guest[guest].replica, (guint) g_rand_int_range (sim->rand, 1, 7), NULL);
      break;
    case 8:
      tutti_replica_invite (sim->guest[guest].replica, TUTTI_ROLE_VIEWER, 1, 1, NULL);
      break;
    default:
      tutti_sim_edit (sim, guest);
      break;
    }
}

/* Roles come and go at random, and the host lets the banned back in now and then. */
static void
shuffle_roles (TuttiSim *sim)
{
  const GPtrArray *people = jam_of (sim)->people;
  const TuttiPerson *person = people->pdata[g_rand_int_range (sim->rand, 0, (gint32) people->len)];
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (person->number),
                                        TUTTI_N (g_rand_int_range (sim->rand, TUTTI_ROLE_BANNED, TUTTI_N_ROLES)));

  tutti_host_apply (sim->host, op, sim->now, NULL);
}

static void
law_agree (TuttiSim *sim, guint *refused)
{
  TuttiHostFigures figures;

  tutti_sim_settle (sim);
  sim->bans = TRUE;
  for (int i = 0; i < 500; i++)
    {
      something (sim);
      if (g_rand_int_range (sim->rand, 0, 25) == 0)
        shuffle_roles (sim);
      tutti_sim_run (sim, g_rand_int_range (sim->rand, 0, 12000));
    }
  tutti_sim_settle (sim);
  /* Who was banned and let in again by edits that were under way comes back now. */
  tutti_sim_settle (sim);
  assert_agree (sim);
  tutti_host_get_figures (sim->host, &figures);
  *refused += (guint) figures.refused;
}

static void
test_law (void)
{
  const char *only = g_getenv ("TUTTI_SEED");
  guint refused = 0;

  for (guint32 seed = 1; seed <= 40; seed++)
    {
      TuttiSim sim;

      g_test_message ("TUTTI_SEED=%u", only != NULL ? (guint32) atoi (only) : seed);
      tutti_sim_init (&sim, only != NULL ? (guint32) atoi (only) : seed);
      law_agree (&sim, &refused);
      tutti_sim_clear (&sim);
      if (only != NULL)
        return;
    }
  g_assert_cmpuint (refused, >, 50);
}

/* ---- who is what ---- */

static void
test_first (void)
{
  TuttiSim sim;

  begin (&sim, 1);
  g_assert_cmpint (role_of (&sim, 0), ==, TUTTI_ROLE_ADMIN);
  g_assert_cmpint (role_of (&sim, 1), ==, TUTTI_ROLE_CONTRIBUTOR);
  must_not (&sim, 1, role_op (&sim, 1, TUTTI_ROLE_ADMIN), "only an admin");
  must (&sim, 0, tutti_op_new (TUTTI_OP_NEWCOMERS, TUTTI_N (TUTTI_ROLE_VIEWER)));

  /* The only admin leaves for good, having done nothing but that; who has been here longest follows when somebody comes. */
  tutti_sim_leave (&sim, 0);
  ((TuttiSeat *) sim.host->seats->pdata[0])->vacant = TRUE;
  tutti_host_opened (sim.host, 900, sim.now);
  static const char hello[] = "{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\",\"creator\":0,"
                              "\"epoch\":0,\"seq\":0}}";

  tutti_host_received (sim.host, 900, hello, strlen (hello), sim.now);
  g_assert_cmpint (role_of (&sim, 1), ==, TUTTI_ROLE_ADMIN);
  g_assert_cmpint (tutti_jam_person (jam_of (&sim), 5)->role, ==, TUTTI_ROLE_VIEWER);
  tutti_sim_clear (&sim);
}

/* Whoever hosts from a window is an admin, the first or not, and stays one. */
static void
test_home (void)
{
  TuttiSim sim;

  tutti_sim_init (&sim, 2);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  tutti_host_is_home (sim.host, sim.next_connection + 1);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (role_of (&sim, 0), ==, TUTTI_ROLE_ADMIN);
  g_assert_cmpint (role_of (&sim, 1), ==, TUTTI_ROLE_ADMIN);
  do_now (&sim, 1, role_op (&sim, 0, TUTTI_ROLE_VIEWER), NULL);
  g_assert_cmpstr (sim.guest[1].words, ==, "who hosts the jam stays an admin");
  g_assert_cmpint (role_of (&sim, 0), ==, TUTTI_ROLE_ADMIN);
  g_assert_cmpint (tutti_jam_person (tutti_replica_get_shown (sim.guest[1].replica), number_of (&sim, 0))->role, ==,
                   TUTTI_ROLE_ADMIN);
  tutti_sim_clear (&sim);
}

/* Beyond what is held for such people; each costs a look at all who are there. */
#define TAKEN (TUTTI_PEOPLE_MAX / 2 + 40)

/* Somebody who takes seat after seat, and never says goodbye, does not fill the jam. */
static void
test_seats_without_end (void)
{
  TuttiSim sim;

  begin (&sim, 44);
  for (guint i = 0; i < TAKEN; i++)
    {
      g_autofree char *hello = g_strdup_printf ("{\"hello\":{\"proto\":%d,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\","
                                                "\"creator\":0,\"epoch\":0,\"seq\":0}}", TUTTI_PROTOCOL_VERSION);

      tutti_host_opened (sim.host, 1000 + i, sim.now);
      tutti_host_received (sim.host, 1000 + i, hello, strlen (hello), sim.now);
      tutti_host_closed (sim.host, 1000 + i, sim.now);
      tutti_sim_run (&sim, 100000);
    }
  g_assert_cmpuint (tutti_host_get_jam (sim.host)->people->len, <=, TUTTI_PEOPLE_MAX / 2 + 1);
  /* Those who are here, and one who comes, are not touched by it. */
  for (guint i = 0; i < 4; i++)
    g_assert_nonnull (tutti_jam_person (tutti_host_get_jam (sim.host), number_of (&sim, i)));
  tutti_sim_clear (&sim);
}

/* An heir is told what a host knows: nobody is one who only listens, or does from now on; who is let in later is one. */
static void
test_viewers_are_no_heirs (void)
{
  TuttiHeir door = { .port = 7464, .clock_port = 7464, .address = "192.0.2.7" };
  TuttiSim sim;

  memset (door.fingerprint, 'a', TUTTI_HASH_HEX);
  begin (&sim, 43);
  must (&sim, 0, role_op (&sim, 3, TUTTI_ROLE_VIEWER));
  tutti_replica_set_willing (sim.guest[3].replica, &door);
  tutti_replica_set_willing (sim.guest[1].replica, &door);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_heirs (sim.guest[0].replica)->n, ==, 1);
  g_assert_nonnull (tutti_heirs_find (tutti_replica_get_heirs (sim.guest[0].replica), number_of (&sim, 1)));
  must (&sim, 0, role_op (&sim, 1, TUTTI_ROLE_VIEWER));
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_heirs (sim.guest[0].replica)->n, ==, 0);
  /* Each said once that they would: it counts again as soon as they may. */
  must (&sim, 0, role_op (&sim, 3, TUTTI_ROLE_CONTRIBUTOR));
  must (&sim, 0, role_op (&sim, 1, TUTTI_ROLE_CONTRIBUTOR));
  tutti_sim_run (&sim, 2 * G_USEC_PER_SEC);
  g_assert_cmpuint (tutti_replica_get_heirs (sim.guest[0].replica)->n, ==, 2);
  g_assert_nonnull (tutti_heirs_find (tutti_replica_get_heirs (sim.guest[0].replica), number_of (&sim, 3)));
  tutti_sim_clear (&sim);
}

/* Guest 0 is the admin, 3 a viewer that asks; who cannot give it hears nothing. */
static void
test_wish_edit (void)
{
  TuttiSim sim;

  begin (&sim, 41);
  must (&sim, 0, role_op (&sim, 3, TUTTI_ROLE_VIEWER));
  g_assert_true (tutti_replica_wish (sim.guest[3].replica, TUTTI_WISH_EDIT, NULL));
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].wishes, ==, 1);
  g_assert_cmpuint (sim.guest[0].wished, ==, TUTTI_WISH_EDIT);
  g_assert_cmpuint (sim.guest[0].wished_by, ==, number_of (&sim, 3));
  g_assert_cmpuint (sim.guest[1].wishes + sim.guest[2].wishes + sim.guest[3].wishes, ==, 0);
  /* Again and again at once: the admin is left in peace. */
  for (int i = 0; i < 3; i++)
    tutti_replica_wish (sim.guest[3].replica, TUTTI_WISH_EDIT, NULL);
  tutti_sim_run (&sim, 5 * G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].wishes, ==, 1);
  g_assert_cmpstr (sim.guest[3].denied, ==, "you have just asked");
  tutti_sim_run (&sim, 10 * G_USEC_PER_SEC);
  tutti_replica_wish (sim.guest[3].replica, TUTTI_WISH_EDIT, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].wishes, ==, 2);
  /* Who may edit does not ask. */
  tutti_replica_wish (sim.guest[1].replica, TUTTI_WISH_EDIT, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[0].wishes, ==, 2);
  g_assert_nonnull (strstr (sim.guest[1].denied, "only viewers"));
  tutti_sim_clear (&sim);
}

/* The lead is asked of whoever has it, and of admins; not where it is there to be taken. */
static void
test_wish_lead (void)
{
  TuttiSim sim;

  begin (&sim, 42);
  tutti_replica_wish (sim.guest[2].replica, TUTTI_WISH_LEAD, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_nonnull (strstr (sim.guest[2].denied, "there to be taken"));
  must (&sim, 1, lead_op (&sim, 1));
  must (&sim, 0, role_op (&sim, 3, TUTTI_ROLE_VIEWER));
  tutti_replica_wish (sim.guest[3].replica, TUTTI_WISH_LEAD, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_nonnull (strstr (sim.guest[3].denied, "viewers do not lead"));
  tutti_replica_wish (sim.guest[2].replica, TUTTI_WISH_LEAD, NULL);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpuint (sim.guest[1].wished, ==, TUTTI_WISH_LEAD);
  g_assert_cmpuint (sim.guest[1].wished_by, ==, number_of (&sim, 2));
  /* What was asked for can be given. */
  must (&sim, 1, lead_op (&sim, 2));
  g_assert_cmpuint (jam_of (&sim)->leader, ==, number_of (&sim, 2));
  tutti_sim_clear (&sim);
}

/* Banned: out with a code of its own, not back with the token, until it is lifted. */
static void
test_ban (void)
{
  TuttiSim sim;

  begin (&sim, 3);
  must (&sim, 0, role_op (&sim, 2, TUTTI_ROLE_BANNED));
  g_assert_cmpint (sim.guest[2].closed, ==, TUTTI_CLOSE_BANNED);
  g_assert_false (tutti_close_is_retryable (TUTTI_CLOSE_BANNED));
  g_assert_cmpuint (sim.guest[2].connection, ==, 0);
  sim.guest[2].closed = 0;
  tutti_sim_plug (&sim, 2);
  tutti_sim_run (&sim, G_USEC_PER_SEC);
  g_assert_cmpint (sim.guest[2].closed, ==, TUTTI_CLOSE_BANNED);
  tutti_sim_kill_host (&sim);
  sim.guest[2].closed = 0;
  tutti_sim_settle (&sim);
  g_assert_cmpint (sim.guest[2].closed, ==, TUTTI_CLOSE_BANNED);
  must (&sim, 0, role_op (&sim, 2, TUTTI_ROLE_VIEWER));
  tutti_sim_settle (&sim);
  assert_agree (&sim);
  must_not (&sim, 2, step (90), "viewers");
  tutti_sim_clear (&sim);
}

/* What was made before the right was lost is judged by the rules at the host: away from it, and on the way to it. */
static void
test_offline (void)
{
  TuttiSim sim;

  begin (&sim, 4);
  tutti_sim_pull (&sim, 1);
  must (&sim, 1, step (90));
  must (&sim, 0, role_op (&sim, 1, TUTTI_ROLE_VIEWER));
  g_assert_cmpuint (tutti_replica_get_pending (sim.guest[1].replica), ==, 1);
  tutti_sim_settle (&sim);
  assert_agree (&sim);
  g_assert_cmpuint (sim.guest[1].refused, ==, 1);
  g_assert_cmpstr (sim.guest[1].words, ==, "viewers listen and look");
  g_assert_cmpint (tutti_jam_clip (jam_of (&sim), tutti_id (1, 3), NULL)->steps[0].velocity, ==, 0);

  /* At the same moment. */
  tutti_replica_submit (sim.guest[0].replica, role_op (&sim, 2, TUTTI_ROLE_VIEWER), sim.now, NULL);
  tutti_sim_run (&sim, 20000);
  tutti_replica_submit (sim.guest[2].replica, step (80), sim.now, NULL);
  tutti_sim_settle (&sim);
  assert_agree (&sim);
  tutti_sim_clear (&sim);
}

/* Undo asks for the right like any edit, and what cannot be taken back now is kept for when it can. */
static void
test_undo (void)
{
  g_autoptr(GError) error = NULL;
  TuttiSim sim;

  begin (&sim, 5);
  must (&sim, 1, step (90));
  must (&sim, 0, tutti_op_new (TUTTI_OP_TRACK_CLAIM, tutti_id (1, 2), TUTTI_N (number_of (&sim, 0))));
  g_assert_false (tutti_replica_undo (sim.guest[1].replica, FALSE, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_assert_nonnull (strstr (error->message, "claimed by Guest 0"));
  g_assert_true (tutti_replica_can_undo (sim.guest[1].replica, FALSE));
  must (&sim, 0, tutti_op_new (TUTTI_OP_TRACK_CLAIM, tutti_id (1, 2), TUTTI_N (0)));
  g_assert_true (tutti_replica_undo (sim.guest[1].replica, FALSE, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpint (tutti_jam_clip (jam_of (&sim), tutti_id (1, 3), NULL)->steps[0].velocity, ==, 0);
  /* A contributor takes back what they added themself. */
  must (&sim, 1, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_replica_new_id (sim.guest[1].replica), "Tom", "kit:tight-kick",
                               TUTTI_N (0)));
  must_not (&sim, 2, tutti_op_new (TUTTI_OP_TRACK_DELETE, jam_of (&sim)->tracks[1]->id), "only what they added");
  g_assert_true (tutti_replica_undo (sim.guest[1].replica, FALSE, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpuint (jam_of (&sim)->n_tracks, ==, 1);
  tutti_sim_clear (&sim);
}

/* Published: nobody edits, by the host as by the replica, not even what was undone or is taken back; it plays on. An admin takes
 * that back. */
static void
test_published (void)
{
  g_autoptr(GError) error = NULL;
  TuttiSim sim;

  begin (&sim, 8);
  must (&sim, 1, step (90));
  must_not (&sim, 1, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), "only an admin");
  must (&sim, 0, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)));
  for (guint i = 0; i < 3; i++)
    must_not (&sim, i, step (20 + i), "published");
  must_not (&sim, 0, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (9000)), "published");
  must_not (&sim, 0, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, "No"), "published");
  g_assert_false (tutti_replica_undo (sim.guest[1].replica, FALSE, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  must (&sim, 1, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  must (&sim, 2, tutti_op_new (TUTTI_OP_STOP));
  assert_agree (&sim);
  must (&sim, 0, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (0)));
  must (&sim, 1, step (30));
  must (&sim, 2, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, "Yes"));
  assert_agree (&sim);
  g_assert_cmpstr (jam_of (&sim)->description, ==, "Yes");
  tutti_sim_clear (&sim);
}

/* ---- the lead ---- */

static void
test_leader (void)
{
  TuttiSim sim;

  begin (&sim, 6);
  must (&sim, 0, tutti_op_new (TUTTI_OP_TRANSPORT_RULE, TUTTI_N (TUTTI_TRANSPORT_OF_LEADER)));
  must_not (&sim, 1, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), "nobody leads");
  must (&sim, 1, lead_op (&sim, 1));
  must (&sim, 1, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  must_not (&sim, 0, tutti_op_new (TUTTI_OP_STOP), "only Guest 1 may start and stop");
  must_not (&sim, 2, lead_op (&sim, 2), "Guest 1 leads");
  must (&sim, 1, lead_op (&sim, 2));
  must (&sim, 2, tutti_op_new (TUTTI_OP_STOP));
  must (&sim, 0, lead_op (&sim, 0));
  assert_agree (&sim);
  tutti_sim_clear (&sim);
}

/* The seq of the host's newest operation that is @kind and by nobody; 0 there is none. */
static const TuttiRecord *
last_of_host (TuttiSim *sim, TuttiOpKind kind)
{
  for (gint64 seq = tutti_host_get_seq (sim->host); seq >= tutti_host_log_get_oldest (sim->host->log); seq--)
    {
      const TuttiRecord *record = tutti_host_log_get (sim->host->log, seq);

      if (record->stamp.by == 0 && record->op->kind == kind)
        return record;
    }
  return NULL;
}

/* A broken connection is given time; a goodbye is not. */
static void
test_lost (void)
{
  TuttiSim sim;

  begin (&sim, 7);
  must (&sim, 1, lead_op (&sim, 1));
  must (&sim, 1, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  tutti_sim_pull (&sim, 1);
  tutti_sim_run (&sim, 8 * G_USEC_PER_SEC);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, number_of (&sim, 1));
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, 20 * G_USEC_PER_SEC);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, number_of (&sim, 1));
  tutti_sim_pull (&sim, 1);
  tutti_sim_run (&sim, 11 * G_USEC_PER_SEC);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, 0);
  g_assert_nonnull (last_of_host (&sim, TUTTI_OP_LEAD));
  /* By the rule as it is at first the music goes on. */
  tutti_sim_run (&sim, 10 * G_USEC_PER_SEC);
  g_assert_true (jam_of (&sim)->transport.playing);

  must (&sim, 2, lead_op (&sim, 2));
  tutti_sim_leave (&sim, 2);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, 0);
  tutti_sim_run (&sim, 50000);
  must (&sim, 3, lead_op (&sim, 3));
  tutti_sim_clear (&sim);
}

/* The host was started again, and its leader does not come. */
static void
test_lost_restart (void)
{
  TuttiSim sim;

  begin (&sim, 8);
  must (&sim, 1, lead_op (&sim, 1));
  tutti_sim_kill_host (&sim);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, 9 * G_USEC_PER_SEC);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, number_of (&sim, 1));
  tutti_sim_run (&sim, 3 * G_USEC_PER_SEC);
  g_assert_cmpuint (jam_of (&sim)->leader, ==, 0);
  tutti_sim_clear (&sim);
}

/* By the other rule it stops, at the end of the bar to the frame, unless somebody takes the lead before. */
static void
test_lost_stop (gconstpointer taken)
{
  TuttiSim sim;
  const gint64 bar = tutti_ticks_per_bar (4, 4);

  begin (&sim, 9);
  must (&sim, 0, tutti_op_new (TUTTI_OP_LEADER_LOST_RULE, TUTTI_N (TUTTI_LEADER_LOST_STOP)));
  must (&sim, 1, lead_op (&sim, 1));
  must (&sim, 1, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  tutti_sim_run (&sim, 3300000);
  TuttiAnchor anchor = jam_of (&sim)->transport.anchor;

  tutti_sim_leave (&sim, 1);
  gint64 lost_at = last_of_host (&sim, TUTTI_OP_LEAD)->stamp.at;

  g_assert_true (jam_of (&sim)->transport.playing);
  tutti_sim_run (&sim, 50000);
  if (GPOINTER_TO_INT (taken))
    must (&sim, 2, lead_op (&sim, 2));
  tutti_sim_run (&sim, 3 * G_USEC_PER_SEC);
  g_assert_cmpint (jam_of (&sim)->transport.playing, ==, GPOINTER_TO_INT (taken));
  if (!GPOINTER_TO_INT (taken))
    {
      gint64 stopped = last_of_host (&sim, TUTTI_OP_STOP)->stamp.at;
      gint64 due = tutti_anchor_frame_of (&anchor, tutti_tick_ceil (tutti_anchor_tick_at (&anchor, lost_at), bar));

      g_assert_cmpint (stopped, ==, due);
      g_assert_cmpint (stopped, >, lost_at);
      g_assert_cmpint (stopped - lost_at, <=, 2 * TUTTI_FRAMES_PER_SECOND);
    }
  tutti_sim_settle (&sim);
  assert_agree (&sim);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/roles/law", test_law);
  g_test_add_func ("/roles/first", test_first);
  g_test_add_func ("/roles/home", test_home);
  g_test_add_func ("/roles/seats-without-end", test_seats_without_end);
  g_test_add_func ("/roles/viewers-are-no-heirs", test_viewers_are_no_heirs);
  g_test_add_func ("/roles/wish-edit", test_wish_edit);
  g_test_add_func ("/roles/wish-lead", test_wish_lead);
  g_test_add_func ("/roles/ban", test_ban);
  g_test_add_func ("/roles/offline", test_offline);
  g_test_add_func ("/roles/undo", test_undo);
  g_test_add_func ("/roles/published", test_published);
  g_test_add_func ("/roles/leader", test_leader);
  g_test_add_func ("/roles/lost", test_lost);
  g_test_add_func ("/roles/lost-restart", test_lost_restart);
  g_test_add_data_func ("/roles/lost-stop", GINT_TO_POINTER (FALSE), test_lost_stop);
  g_test_add_data_func ("/roles/lost-stop-taken", GINT_TO_POINTER (TRUE), test_lost_stop);
  return g_test_run ();
}
