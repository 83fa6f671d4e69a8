/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The guard at a jam's door, in simulated time: passcode and back-off, invitations, kick and ban; and what each of them is made
 * of, alone. */
#include "tutti-host-guard.h"
#include "tutti-host-remote.h"
#include "tutti-rights.h"
#include "tutti-host-private.h"
#include "tutti-passcode.h"
#include "tutti-sim.h"

#include <string.h>

#define SECOND ((gint64) G_USEC_PER_SEC)

/* ---- the parts ---- */

/* PBKDF2-HMAC-SHA256 with one block, as RFC 7914 §11 and the vectors that go round for RFC 6070 have it. */
static const struct { const char *passcode, *salt; guint rounds; const char *hex; } vectors[] = {
  { "password", "salt", 1, "120fb6cffcf8b32c43e7225256c4f837a86548c92ccc35480805987cb70be17b" },
  { "password", "salt", 2, "ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43" },
  { "password", "salt", 4096, "c5e478d59288c841aa530db6845c4c8d962893a001ce4e11a4963873aa98134a" },
};

static void
test_derive (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      guint8 out[32];
      char hex[65];

      tutti_passcode_derive (vectors[i].passcode, (const guint8 *) vectors[i].salt, strlen (vectors[i].salt), vectors[i].rounds, out);
      for (guint j = 0; j < 32; j++)
        g_snprintf (hex + 2 * j, 3, "%02x", out[j]);
      g_assert_cmpstr (hex, ==, vectors[i].hex);
    }
}

static void
test_passcode (void)
{
  g_autofree char *kept = tutti_passcode_keep ("open, Sesame", "00112233445566778899aabbccddeeff");
  g_autofree char *other = tutti_passcode_keep ("open, Sesame", "00112233445566778899aabbccddeef0");

  g_assert_true (tutti_passcode_valid (kept));
  g_assert_false (tutti_passcode_valid ("open, Sesame"));
  g_assert_cmpstr (kept, !=, other);
  g_assert_null (strstr (kept, "Sesame"));
  g_assert_true (tutti_passcode_is (kept, "open, Sesame"));
  g_assert_false (tutti_passcode_is (kept, "open, sesame"));
  g_assert_false (tutti_passcode_is (kept, ""));
}

/* The waits grow by doubling up to their limit, and a try before its time is none. */
static void
test_tries (void)
{
  TuttiTries *tries = tutti_tries_new ();
  gint64 now = 5 * SECOND;

  for (guint i = 1; i <= TUTTI_TRIES_FREE; i++)
    {
      g_assert_cmpint (tutti_tries_get_wait (tries, "a", now), ==, 0);
      g_assert_cmpuint (tutti_tries_failed (tries, "a", now), ==, TUTTI_TRIES_FREE - i);
    }
  for (gint64 wait_s = 1; wait_s <= 512; wait_s *= 2)
    {
      gint64 expected = MIN (wait_s, TUTTI_TRIES_WAIT_MAX_S) * SECOND;

      g_assert_cmpint (tutti_tries_get_wait (tries, "a", now), ==, expected);
      g_assert_cmpint (tutti_tries_get_wait (tries, "b", now), ==, 0);
      g_assert_cmpint (tutti_tries_get_wait (tries, "a", now + expected - 1), ==, 1);
      now += expected;
      g_assert_cmpint (tutti_tries_get_wait (tries, "a", now), ==, 0);
      tutti_tries_failed (tries, "a", now);
    }
  now += TUTTI_TRIES_FORGET_S * SECOND;
  g_assert_cmpint (tutti_tries_get_wait (tries, "a", now), ==, 0);
  g_assert_cmpuint (tutti_tries_failed (tries, "a", now), ==, TUTTI_TRIES_FREE - 1);
  tutti_tries_passed (tries, "a");
  g_assert_cmpuint (tutti_tries_failed (tries, "a", now), ==, TUTTI_TRIES_FREE - 1);
  tutti_tries_free (tries);
}

/* A thousand addresses guess together: the jam itself slows them down, and memory stays bounded. In an hour of one try each as
 * soon as it may, so many get a look at the passcode. */
static void
test_tries_many (void)
{
  TuttiTries *tries = tutti_tries_new ();
  guint looked_at = 0, n = 0;

  for (gint64 now = SECOND; now < 3600 * SECOND; now += SECOND / 4)
    {
      g_autofree char *address = g_strdup_printf ("10.0.%u.%u", n / 256 % 256, n % 256);

      n++;
      if (tutti_tries_get_wait (tries, address, now) > 0)
        continue;
      looked_at++;
      tutti_tries_failed (tries, address, now);
      g_assert_cmpuint (tutti_tries_count (tries), <=, TUTTI_TRIES_ADDRESSES_MAX);
    }
  g_test_message ("%u of %u tries were looked at", looked_at, n);
  g_assert_cmpuint (looked_at, <, TUTTI_TRIES_FREE_ALL + 3600 / TUTTI_TRIES_WAIT_ALL_MAX_S + 10);
  tutti_tries_free (tries);
}

static void
test_invites (void)
{
  TuttiInvites *invites = tutti_invites_new ();

  tutti_invites_add (invites, "aa", TUTTI_ROLE_VIEWER, 2, 10 * SECOND);
  g_assert_cmpint (tutti_invites_look (invites, "aa", 0), ==, TUTTI_ROLE_VIEWER);
  g_assert_cmpint (tutti_invites_look (invites, "a", 0), ==, TUTTI_ROLE_BANNED);
  tutti_invites_use (invites, "aa");
  g_assert_cmpint (tutti_invites_look (invites, "aa", 0), ==, TUTTI_ROLE_VIEWER);
  tutti_invites_use (invites, "aa");
  g_assert_cmpint (tutti_invites_look (invites, "aa", 0), ==, TUTTI_ROLE_BANNED);
  tutti_invites_add (invites, "bb", TUTTI_ROLE_ADMIN, 1, 10 * SECOND);
  g_assert_cmpint (tutti_invites_look (invites, "bb", 10 * SECOND - 1), ==, TUTTI_ROLE_ADMIN);
  g_assert_cmpint (tutti_invites_look (invites, "bb", 10 * SECOND), ==, TUTTI_ROLE_BANNED);
  for (guint i = 0; i < 3 * TUTTI_INVITES_MAX; i++)
    {
      g_autofree char *code = g_strdup_printf ("c%u", i);

      tutti_invites_add (invites, code, TUTTI_ROLE_VIEWER, 1, (20 + i) * SECOND);
    }
  g_assert_cmpuint (tutti_invites_count (invites), ==, TUTTI_INVITES_MAX);
  g_assert_cmpint (tutti_invites_look (invites, "c191", 0), ==, TUTTI_ROLE_VIEWER);
  tutti_invites_free (invites);
}

/* ---- the door of a jam ---- */

/* Guest 0 is in, an admin. */
static void
begin (TuttiSim *sim, guint32 seed)
{
  tutti_sim_init (sim, seed);
  tutti_sim_plug (sim, 0);
  tutti_sim_run (sim, SECOND);
}

static TuttiClose
knock (TuttiSim *sim, guint guest, const char *passcode, const char *invite)
{
  sim->guest[guest].closed = 0;
  tutti_replica_set_keys (sim->guest[guest].replica, passcode, invite);
  tutti_sim_plug (sim, guest);
  tutti_sim_run (sim, 200000);
  return sim->guest[guest].closed;
}

static void
lock (TuttiSim *sim, const char *passcode)
{
  g_assert_true (tutti_replica_set_passcode (sim->guest[0].replica, passcode, NULL));
  tutti_sim_run (sim, 200000);
}

static TuttiRole
role_of (TuttiSim *sim, guint guest)
{
  return tutti_jam_person (tutti_host_get_jam (sim->host), tutti_replica_get_me (sim->guest[guest].replica))->role;
}

static void
test_locked (void)
{
  TuttiSim sim;

  begin (&sim, 1);
  lock (&sim, "open");
  g_assert_true (tutti_host_is_locked (sim.host));
  g_assert_true (tutti_replica_is_locked (sim.guest[0].replica));
  g_assert_null (strstr (sim.door, "open"));
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, TUTTI_CLOSE_PASSCODE_NEEDED);
  g_assert_cmpint (knock (&sim, 1, "shut", ""), ==, TUTTI_CLOSE_PASSCODE_WRONG);
  g_assert_cmpstr (sim.guest[1].closed_words, ==, "2 tries left");
  g_assert_cmpint (knock (&sim, 1, "open", ""), ==, 0);
  g_assert_cmpuint (sim.guest[1].lives, ==, 1);

  /* Who has a seat does not need it again, not even at a host that was started anew, where it is asked for as before. */
  tutti_sim_kill_host (&sim);
  g_assert_true (tutti_host_is_locked (sim.host));
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  g_assert_cmpint (knock (&sim, 2, "", ""), ==, TUTTI_CLOSE_PASSCODE_NEEDED);
  g_assert_cmpint (knock (&sim, 0, "", ""), ==, 0);
  lock (&sim, "");
  g_assert_false (tutti_replica_is_locked (sim.guest[1].replica));
  g_assert_cmpint (knock (&sim, 2, "", ""), ==, 0);
  tutti_sim_clear (&sim);
}

/* Guessing waits, also for the right one; another address does not. */
static void
test_guessing (void)
{
  TuttiSim sim;

  begin (&sim, 2);
  lock (&sim, "open");
  sim.guest[1].address = "10.0.0.9";
  sim.guest[2].address = "10.0.0.8";
  for (guint i = 0; i < TUTTI_TRIES_FREE; i++)
    g_assert_cmpint (knock (&sim, 1, "shut", ""), ==, TUTTI_CLOSE_PASSCODE_WRONG);
  g_assert_cmpint (knock (&sim, 1, "open", ""), ==, TUTTI_CLOSE_TOO_MANY_TRIES);
  g_assert_true (g_str_has_prefix (sim.guest[1].closed_words, "1 s"));
  g_assert_cmpint (knock (&sim, 2, "open", ""), ==, 0);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpint (knock (&sim, 1, "open", ""), ==, 0);
  tutti_sim_clear (&sim);
}

/* What was kept of the door and cannot be read keeps it shut, but for those who were in. */
static void
test_damaged (void)
{
  static const char * const damaged[] = { "", "{}", "{\"passcode\":\"abc\",\"bans\":[]}", "{\"passcode\":\"\",\"bans\":[[0,\"x\"]]}" };

  for (guint i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autoptr(GError) error = NULL;
      TuttiSim sim;

      begin (&sim, 3);
      tutti_sim_pull (&sim, 0);
      g_assert_false (tutti_host_resume_door (sim.host, damaged[i], &error));
      g_assert_nonnull (error);
      g_assert_cmpint (knock (&sim, 1, "", ""), ==, TUTTI_CLOSE_PASSCODE_NEEDED);
      g_assert_cmpint (knock (&sim, 0, "", ""), ==, 0);
      lock (&sim, "");
      g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
      tutti_sim_clear (&sim);
    }
}

static void
test_invited (void)
{
  TuttiSim sim;

  begin (&sim, 4);
  lock (&sim, "open");
  g_assert_true (tutti_replica_invite (sim.guest[0].replica, TUTTI_ROLE_VIEWER, 1, 5, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpuint (strlen (sim.guest[0].invite), ==, TUTTI_TOKEN_HEX);
  g_assert_cmpint (knock (&sim, 1, "", "00000000000000000000000000000000"), ==, TUTTI_CLOSE_INVITE_OVER);
  g_assert_cmpint (knock (&sim, 1, "", sim.guest[0].invite), ==, 0);
  g_assert_cmpint (role_of (&sim, 1), ==, TUTTI_ROLE_VIEWER);
  g_assert_cmpint (knock (&sim, 2, "", sim.guest[0].invite), ==, TUTTI_CLOSE_INVITE_OVER);

  /* Too late is over too; one for an admin raises who was here before, and lowers nobody. */
  g_assert_true (tutti_replica_invite (sim.guest[0].replica, TUTTI_ROLE_ADMIN, 2, 5, NULL));
  tutti_sim_run (&sim, 200000);
  g_autofree char *admin = g_strdup (sim.guest[0].invite);

  tutti_sim_pull (&sim, 1);
  g_assert_cmpint (knock (&sim, 1, "", admin), ==, 0);
  g_assert_cmpint (role_of (&sim, 1), ==, TUTTI_ROLE_ADMIN);
  tutti_sim_run (&sim, 301 * SECOND);
  g_assert_cmpint (knock (&sim, 2, "", admin), ==, TUTTI_CLOSE_INVITE_OVER);
  tutti_sim_clear (&sim);
}

/* A host that starts again knows its invitations, with what is left of them, and forgets none of the time that passed. */
static void
test_invited_kept (void)
{
  TuttiSim sim;

  begin (&sim, 14);
  lock (&sim, "open");
  g_assert_true (tutti_replica_invite (sim.guest[0].replica, TUTTI_ROLE_CONTRIBUTOR, 2, 5, NULL));
  tutti_sim_run (&sim, 200000);
  g_autofree char *code = g_strdup (sim.guest[0].invite);

  /* What is kept, and told to heirs, is of no use to whoever reads it. */
  g_assert_nonnull (strstr (sim.door, "\"invites\":[["));
  g_assert_null (strstr (sim.door, code));

  g_assert_cmpint (knock (&sim, 1, "", code), ==, 0);
  tutti_sim_kill_host (&sim);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpint (knock (&sim, 2, "", code), ==, 0);
  g_assert_cmpint (knock (&sim, 3, "", code), ==, TUTTI_CLOSE_INVITE_OVER);
  g_assert_true (tutti_replica_invite (sim.guest[0].replica, TUTTI_ROLE_CONTRIBUTOR, 2, 5, NULL));
  tutti_sim_run (&sim, 301 * SECOND);
  tutti_sim_kill_host (&sim);
  g_assert_cmpint (knock (&sim, 3, "", sim.guest[0].invite), ==, TUTTI_CLOSE_INVITE_OVER);
  tutti_sim_clear (&sim);
}

static void
check_told (const TuttiSimGuest *guest, guint removals, guint number, guint by, guint banned)
{
  g_assert_cmpuint (guest->removals, ==, removals);
  g_assert_cmpuint (guest->removed, ==, number);
  g_assert_cmpuint (guest->removal.by, ==, by);
  g_assert_cmpuint (guest->removal.banned, ==, banned);
}

/* Who was sent away did not leave, and everybody who knows the word hears who did it: the others hear that they are gone. Those who
 * are sent away hear the name. */
static void
test_removed (void)
{
  TuttiSim sim;

  begin (&sim, 15);
  tutti_sim_settle (&sim);
  guint admin = tutti_replica_get_me (sim.guest[0].replica), other = tutti_replica_get_me (sim.guest[1].replica);
  g_autoptr(TuttiOp) ban = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (other), TUTTI_N (TUTTI_ROLE_BANNED));

  tutti_host_set_pictured (sim.host, sim.guest[2].connection);
  g_assert_true (tutti_replica_kick (sim.guest[0].replica, other, NULL));
  tutti_sim_run (&sim, 200000);
  check_told (&sim.guest[2], 1, other, admin, 0);
  g_assert_cmpuint (sim.guest[3].removals, ==, 0);

  /* Whoever looks after the host is nobody in the jam. */
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  g_assert_true (tutti_host_kick (sim.host, 0, other, NULL));
  tutti_sim_run (&sim, 200000);
  check_told (&sim.guest[2], 2, other, 0, 0);
  g_assert_cmpstr (sim.guest[1].closed_words, ==, tutti_close_words (TUTTI_CLOSE_KICKED));

  /* A ban is an edit, and one that ends a visit. */
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  g_assert_true (tutti_replica_submit (sim.guest[0].replica, g_steal_pointer (&ban), sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  check_told (&sim.guest[2], 3, other, admin, 1);
  g_assert_cmpint (sim.guest[1].closed, ==, TUTTI_CLOSE_BANNED);
  g_assert_cmpstr (sim.guest[1].closed_words, ==, "Guest 0");
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, TUTTI_CLOSE_BANNED);
  g_assert_cmpstr (sim.guest[1].closed_words, ==, tutti_close_words (TUTTI_CLOSE_BANNED));

  /* Who goes by themselves was not sent. */
  tutti_sim_leave (&sim, 3);
  tutti_sim_run (&sim, 200000);
  g_assert_cmpuint (sim.guest[2].removals, ==, 3);
  tutti_sim_clear (&sim);
}

static const struct { TuttiClose code; const char *said, *told; } tellings[] = {
  { TUTTI_CLOSE_KICKED, "Ada", "removed from the jam by Ada" }, { TUTTI_CLOSE_KICKED, NULL, "removed from the jam" },
  { TUTTI_CLOSE_KICKED, "removed from the jam", "removed from the jam" }, { TUTTI_CLOSE_BANNED, "Ada", "banned from the jam by Ada" },
  { TUTTI_CLOSE_BANNED, NULL, "this jam does not accept you any more" }, { TUTTI_CLOSE_FULL, "no room", "no room" },
};

static void
test_tellings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (tellings); i++)
    {
      g_autofree char *told = tutti_close_tell (tellings[i].code, tellings[i].said);

      g_assert_cmpstr (told, ==, tellings[i].told);
    }
}

static void
test_kick (void)
{
  g_autoptr(GError) error = NULL;
  TuttiSim sim;

  begin (&sim, 5);
  tutti_sim_settle (&sim);
  guint admin = tutti_replica_get_me (sim.guest[0].replica), other = tutti_replica_get_me (sim.guest[1].replica);
  const char *lie = "{\"kick\":1}";

  g_assert_false (tutti_replica_kick (sim.guest[1].replica, admin, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  tutti_host_received (sim.host, sim.guest[1].connection, lie, strlen (lie), sim.now);
  tutti_sim_run (&sim, 200000);
  g_assert_cmpstr (sim.guest[1].denied, ==, "only an admin does that");
  g_assert_cmpuint (sim.guest[0].connection, !=, 0);

  g_assert_true (tutti_replica_kick (sim.guest[0].replica, admin, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpstr (sim.guest[0].denied, ==, "who wants to go leaves");
  g_assert_true (tutti_replica_kick (sim.guest[0].replica, other, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpint (sim.guest[1].closed, ==, TUTTI_CLOSE_KICKED);
  g_assert_cmpstr (sim.guest[1].closed_words, ==, "Guest 0");
  g_assert_false (tutti_close_is_retryable (TUTTI_CLOSE_KICKED));
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);

  /* Asking without end is answered without end, and costs nothing. */
  for (guint i = 0; i < 100; i++)
    tutti_host_received (sim.host, sim.guest[0].connection, lie, strlen (lie), sim.now);
  tutti_sim_run (&sim, 200000);
  g_assert_cmpstr (sim.guest[0].denied, ==, "slow down a little");
  tutti_sim_clear (&sim);
}

/* Who hosts is neither sent away nor banned from the own machine. */
static void
test_home (void)
{
  g_autoptr(GError) error = NULL;
  TuttiSim sim;

  tutti_sim_init (&sim, 6);
  tutti_host_is_home (sim.host, 1);
  tutti_sim_plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  tutti_sim_plug (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  guint home = tutti_replica_get_me (sim.guest[0].replica), other = tutti_replica_get_me (sim.guest[1].replica);

  g_assert_true (tutti_host_ban (sim.host, 0, other, FALSE, sim.now, NULL));
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (other), TUTTI_N (TUTTI_ROLE_ADMIN));

  g_assert_true (tutti_host_apply (sim.host, op, sim.now, NULL));
  g_assert_false (tutti_host_kick (sim.host, other, home, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  g_assert_false (tutti_host_ban (sim.host, other, home, TRUE, sim.now, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);

  /* While the host ran without its window somebody did it all the same. */
  g_autoptr(TuttiOp) ban = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (home), TUTTI_N (TUTTI_ROLE_BANNED));

  tutti_sim_pull (&sim, 0);
  g_assert_true (tutti_host_apply (sim.host, ban, sim.now, NULL));
  tutti_host_is_home (sim.host, sim.next_connection + 1);
  g_assert_cmpint (knock (&sim, 0, "", ""), ==, 0);
  g_assert_cmpint (role_of (&sim, 0), ==, TUTTI_ROLE_ADMIN);
  tutti_sim_clear (&sim);
}

static TuttiClose
knock_anew (TuttiSim *sim, guint connection, const char *address)
{
  static const char hello[] = "{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\",\"creator\":0,"
                              "\"epoch\":0,\"seq\":0}}";
  TuttiClose code;

  sim->guest[3].connection = connection;
  sim->guest[3].closed = 0;
  tutti_host_opened (sim->host, connection, sim->now);
  tutti_host_set_address (sim->host, connection, address);
  tutti_host_received (sim->host, connection, hello, strlen (hello), sim->now);
  code = sim->guest[3].closed;
  sim->guest[3].connection = 0;
  tutti_host_closed (sim->host, connection, sim->now);
  return code;
}

static gboolean
may_add (TuttiSim *sim, guint number)
{
  return tutti_jam_judge_permission (tutti_host_get_jam (sim->host), number, TUTTI_MAY_ADD).denial == TUTTI_DENIED_NOT;
}

/* What a token opens beside the jam itself follows its owner's role. */
static void
test_token (void)
{
  TuttiSim sim;

  begin (&sim, 8);
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  guint other = tutti_replica_get_me (sim.guest[1].replica);
  const char *token = sim.guest[1].token;
  static const struct { TuttiRole role; gboolean knows, may_add; } rows[] = {
    { TUTTI_ROLE_ADMIN, TRUE, TRUE }, { TUTTI_ROLE_CONTRIBUTOR, TRUE, TRUE }, { TUTTI_ROLE_VIEWER, TRUE, FALSE },
    { TUTTI_ROLE_BANNED, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (other), TUTTI_N (rows[i].role));

      tutti_host_apply (sim.host, op, sim.now, NULL);
      g_assert_cmpuint (tutti_host_person_of_token (sim.host, token), ==, rows[i].knows ? other : 0);
      g_assert_cmpint (tutti_host_seats (sim.host, other), ==, rows[i].knows);
      g_assert_cmpint (may_add (&sim, other), ==, rows[i].may_add);
    }
  g_assert_cmpuint (tutti_host_person_of_token (sim.host, ""), ==, 0);
  tutti_sim_clear (&sim);
}

/* Two ways in are not twice as many edits: what comes without a connection is taken from the connection's allowance. */
static void
test_submit (void)
{
  TuttiSim sim;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (9000));
  g_autoptr(GError) error = NULL;
  TuttiStamp stamp;
  guint n = 0;

  begin (&sim, 8);
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  guint other = tutti_replica_get_me (sim.guest[1].replica);

  while (n < 2 * TUTTI_EDITS_AT_ONCE && tutti_host_submit (sim.host, other, 9, op, sim.now, &stamp, &error))
    n++;
  g_assert_cmpuint (n, ==, TUTTI_EDITS_AT_ONCE);
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_BUSY);
  g_assert_cmpint (tutti_host_edit_wait_us (sim.host, other, sim.now), >, 0);
  g_assert_cmpuint (stamp.by, ==, other);
  g_assert_cmpint (stamp.seq, ==, tutti_host_get_seq (sim.host));
  tutti_sim_clear (&sim);
}

/* A ban holds for the token and for the address, across a restart of the host, until it is lifted; others of this machine stay. */
static void
test_ban (void)
{
  TuttiSim sim;

  begin (&sim, 7);
  sim.guest[1].address = "10.0.0.9";
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  guint other = tutti_replica_get_me (sim.guest[1].replica);

  g_assert_true (tutti_host_ban (sim.host, tutti_replica_get_me (sim.guest[0].replica), other, TRUE, sim.now, NULL));
  tutti_sim_run (&sim, 200000);
  g_assert_cmpint (sim.guest[1].closed, ==, TUTTI_CLOSE_BANNED);
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, TUTTI_CLOSE_BANNED);
  g_assert_cmpint (knock_anew (&sim, 901, "10.0.0.9"), ==, TUTTI_CLOSE_BANNED);
  g_assert_cmpint (knock_anew (&sim, 902, "10.0.0.8"), ==, 0);
  tutti_sim_kill_host (&sim);
  g_assert_cmpint (knock_anew (&sim, 903, "10.0.0.9"), ==, TUTTI_CLOSE_BANNED);
  g_assert_true (tutti_host_ban (sim.host, 0, other, FALSE, sim.now, NULL));
  g_assert_cmpint (knock_anew (&sim, 904, "10.0.0.9"), ==, 0);
  g_assert_cmpint (knock (&sim, 1, "", ""), ==, 0);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/guard/derive", test_derive);
  g_test_add_func ("/guard/passcode", test_passcode);
  g_test_add_func ("/guard/tries", test_tries);
  g_test_add_func ("/guard/tries-many", test_tries_many);
  g_test_add_func ("/guard/invites", test_invites);
  g_test_add_func ("/guard/locked", test_locked);
  g_test_add_func ("/guard/guessing", test_guessing);
  g_test_add_func ("/guard/damaged", test_damaged);
  g_test_add_func ("/guard/invited", test_invited);
  g_test_add_func ("/guard/invited-kept", test_invited_kept);
  g_test_add_func ("/guard/kick", test_kick);
  g_test_add_func ("/guard/removed", test_removed);
  g_test_add_func ("/guard/tellings", test_tellings);
  g_test_add_func ("/guard/home", test_home);
  g_test_add_func ("/guard/token", test_token);
  g_test_add_func ("/guard/submit", test_submit);
  g_test_add_func ("/guard/ban", test_ban);
  return g_test_run ();
}
