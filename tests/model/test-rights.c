/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who may do what: every row of the table for every role, and laws over random operations by random people. */
#include "tutti-jam-json.h"
#include "tutti-random-op.h"
#include "tutti-rights.h"

#include <string.h>

enum { VIEWER = 1, PLAYER, OTHER, ADMIN, BANNED, N_PEOPLE = BANNED };

static const TuttiRole roles[] = { 0, TUTTI_ROLE_VIEWER, TUTTI_ROLE_CONTRIBUTOR, TUTTI_ROLE_CONTRIBUTOR, TUTTI_ROLE_ADMIN,
                                   TUTTI_ROLE_BANNED };

static void
apply (TuttiJam *jam, guint by, const char *text)
{
  TuttiStamp stamp = { 1, by, 48000 };
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_text (text, -1, &error);

  g_assert_no_error (error);
  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
}

/* One of each role, and a second contributor. Track 1.1 is PLAYER's and free, 1.2 OTHER's and claimed by them, 1.3 PLAYER's own
 * claim; scene 1.10 is PLAYER's, 1.11 OTHER's; in the first, clips 1.21, 1.22, 1.23 lie on the three tracks. */
static TuttiJam *
furnish (void)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 1; i <= N_PEOPLE; i++)
    {
      g_autofree char *person = g_strdup_printf ("[\"person\",%u,\"Person %u\",\"mint\"]", i, i);
      g_autofree char *role = g_strdup_printf ("[\"person.role\",%u,\"%s\"]", i, tutti_role_names[roles[i]]);

      apply (jam, 0, person);
      apply (jam, 0, role);
    }
  apply (jam, PLAYER, "[\"track.add\",\"1.1\",\"Kick\",\"kit:tight-kick\",\"cherry\"]");
  apply (jam, OTHER, "[\"track.add\",\"1.2\",\"Snare\",\"kit:tight-kick\",\"cherry\"]");
  apply (jam, PLAYER, "[\"track.add\",\"1.3\",\"Hats\",\"kit:tight-kick\",\"cherry\"]");
  apply (jam, PLAYER, "[\"scene.add\",\"1.10\",\"\",0]");
  apply (jam, OTHER, "[\"scene.add\",\"1.11\",\"\",1]");
  apply (jam, PLAYER, "[\"scene.add\",\"1.12\",\"\",2]");
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *clip = g_strdup_printf ("[\"clip.add\",\"1.2%u\",\"1.%u\",\"1.10\",\"\"]", i, i);

      apply (jam, OTHER, clip);
    }
  apply (jam, OTHER, "[\"effect.add\",\"1.31\",\"1.2\",\"drive\",0]");
  apply (jam, OTHER, "[\"clip.add\",\"1.25\",\"1.2\",\"1.11\",\"\"]");
  apply (jam, OTHER, "[\"clip.delete\",\"1.25\"]");
  apply (jam, OTHER, "[\"track.claim\",\"1.2\",3]");
  apply (jam, PLAYER, "[\"track.claim\",\"1.3\",2]");
  return jam;
}

#define PUBLISH "[\"jam.published\",1]"

static const struct
{
  const char *name, *before, *text;
  guint       by;
  TuttiDenial denial;
} rows[] = {
  { "host-may-all", NULL, "[\"person.leave\",2]", 0, TUTTI_DENIED_NOT },
  { "nobody-is-the-host", NULL, "[\"purge\",\"1.25\"]", ADMIN, TUTTI_DENIED_HOST_ONLY },
  { "stranger", NULL, "[\"stop\"]", 77, TUTTI_DENIED_STRANGER },
  { "viewer-edits", NULL, "[\"step\",\"1.21\",0,100]", VIEWER, TUTTI_DENIED_VIEWER },
  { "viewer-plays", NULL, "[\"play\",-1]", VIEWER, TUTTI_DENIED_VIEWER },
  { "viewer-claims", NULL, "[\"track.claim\",\"1.1\",1]", VIEWER, TUTTI_DENIED_VIEWER },
  { "viewer-leads", NULL, "[\"lead\",1]", VIEWER, TUTTI_DENIED_VIEWER },
  { "banned-edits", NULL, "[\"step\",\"1.21\",0,100]", BANNED, TUTTI_DENIED_BANNED },
  { "player-edits", NULL, "[\"step\",\"1.21\",0,100]", PLAYER, TUTTI_DENIED_NOT },
  { "player-adds", NULL, "[\"track.add\",\"2.1\",\"Tom\",\"kit:tight-kick\",\"cherry\"]", PLAYER, TUTTI_DENIED_NOT },
  { "player-deletes-own", NULL, "[\"track.delete\",\"1.1\"]", PLAYER, TUTTI_DENIED_NOT },
  { "player-deletes-other", NULL, "[\"track.delete\",\"1.1\"]", OTHER, TUTTI_DENIED_OTHERS_THING },
  { "player-deletes-own-scene", NULL, "[\"scene.delete\",\"1.12\"]", PLAYER, TUTTI_DENIED_NOT },
  { "player-deletes-other-scene", NULL, "[\"scene.delete\",\"1.11\"]", PLAYER, TUTTI_DENIED_OTHERS_THING },
  { "scene-with-claimed-clip", NULL, "[\"scene.delete\",\"1.10\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "admin-deletes-all", NULL, "[\"scene.delete\",\"1.10\"]", ADMIN, TUTTI_DENIED_NOT },
  { "deleting-what-is-not", NULL, "[\"track.delete\",\"9.9\"]", PLAYER, TUTTI_DENIED_NOT },
  { "player-sets-rules", NULL, "[\"newcomers\",\"viewer\"]", PLAYER, TUTTI_DENIED_NOT_ADMIN },
  { "player-gives-roles", NULL, "[\"person.role\",2,\"admin\"]", PLAYER, TUTTI_DENIED_NOT_ADMIN },
  { "admin-gives-roles", NULL, "[\"person.role\",2,\"admin\"]", ADMIN, TUTTI_DENIED_NOT },
  { "claimed-step", NULL, "[\"step\",\"1.22\",0,100]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-steps", NULL, "[\"steps\",\"1.22\",0,[100]]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-mute", NULL, "[\"track.mute\",\"1.2\",1]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-effect", NULL, "[\"effect.on\",\"1.31\",0]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-clip-added", NULL, "[\"clip.add\",\"2.1\",\"1.2\",\"1.11\",\"\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-clip-restored", NULL, "[\"clip.restore\",\"1.25\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-clip-copied-in", NULL, "[\"clip.copy\",\"2.1\",\"1.21\",\"1.2\",\"1.11\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-clip-copied-out", NULL, "[\"clip.copy\",\"2.1\",\"1.22\",\"1.1\",\"1.11\"]", PLAYER, TUTTI_DENIED_NOT },
  { "claimed-clip-moved-in", NULL, "[\"clip.move\",\"1.21\",\"1.2\",\"1.11\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-clip-moved-out", NULL, "[\"clip.move\",\"1.22\",\"1.1\",\"1.11\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claimed-is-launched", NULL, "[\"launch\",\"1.2\",\"1.22\",\"bar\"]", PLAYER, TUTTI_DENIED_NOT },
  { "claimed-by-me", NULL, "[\"step\",\"1.22\",0,100]", OTHER, TUTTI_DENIED_NOT },
  { "claimed-and-admin", NULL, "[\"step\",\"1.22\",0,100]", ADMIN, TUTTI_DENIED_NOT },
  { "claimed-track-restored", "[\"track.delete\",\"1.2\"]", "[\"track.restore\",\"1.2\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "scene-restored-over-claim", "[\"scene.delete\",\"1.10\"]", "[\"scene.restore\",\"1.10\"]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "in-a-group", NULL, "[\"group\",[[\"step\",\"1.21\",0,1],[\"step\",\"1.22\",0,1]]]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claim-free", NULL, "[\"track.claim\",\"1.1\",2]", PLAYER, TUTTI_DENIED_NOT },
  { "claim-free-for-other", NULL, "[\"track.claim\",\"1.1\",3]", PLAYER, TUTTI_DENIED_FOR_OTHERS },
  { "claim-taken", NULL, "[\"track.claim\",\"1.2\",2]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claim-released-by-other", NULL, "[\"track.claim\",\"1.2\",0]", PLAYER, TUTTI_DENIED_CLAIMED },
  { "claim-released", NULL, "[\"track.claim\",\"1.3\",0]", PLAYER, TUTTI_DENIED_NOT },
  { "claim-given", NULL, "[\"track.claim\",\"1.3\",3]", PLAYER, TUTTI_DENIED_NOT },
  { "claim-broken-by-admin", NULL, "[\"track.claim\",\"1.2\",4]", ADMIN, TUTTI_DENIED_NOT },
  { "lead-free", NULL, "[\"lead\",2]", PLAYER, TUTTI_DENIED_NOT },
  { "lead-free-for-other", NULL, "[\"lead\",3]", PLAYER, TUTTI_DENIED_FOR_OTHERS },
  { "lead-taken", "[\"lead\",3]", "[\"lead\",2]", PLAYER, TUTTI_DENIED_OTHERS_LEAD },
  { "lead-passed-on", "[\"lead\",2]", "[\"lead\",3]", PLAYER, TUTTI_DENIED_NOT },
  { "lead-laid-down", "[\"lead\",2]", "[\"lead\",0]", PLAYER, TUTTI_DENIED_NOT },
  { "lead-moved-by-admin", "[\"lead\",2]", "[\"lead\",3]", ADMIN, TUTTI_DENIED_NOT },
  { "everyone-plays", "[\"lead\",3]", "[\"play\",-1]", PLAYER, TUTTI_DENIED_NOT },
  { "only-leader-plays", "[\"group\",[[\"lead\",3],[\"rule.transport\",\"leader\"]]]", "[\"play\",-1]", PLAYER,
    TUTTI_DENIED_NOT_LEADER },
  { "only-leader-plays-not-admin", "[\"group\",[[\"lead\",3],[\"rule.transport\",\"leader\"]]]", "[\"tempo\",12400]", ADMIN,
    TUTTI_DENIED_NOT_LEADER },
  { "leader-plays", "[\"group\",[[\"lead\",3],[\"rule.transport\",\"leader\"]]]", "[\"play\",-1]", OTHER, TUTTI_DENIED_NOT },
  { "leader-launches", "[\"group\",[[\"lead\",3],[\"rule.transport\",\"leader\"]]]", "[\"launch\",\"1.1\",\"0\",\"bar\"]", PLAYER,
    TUTTI_DENIED_NOT_LEADER },
  { "published-edit", PUBLISH, "[\"step\",\"1.21\",0,100]", PLAYER, TUTTI_DENIED_PUBLISHED },
  { "published-edit-by-admin", PUBLISH, "[\"step\",\"1.21\",0,100]", ADMIN, TUTTI_DENIED_PUBLISHED },
  { "published-edit-by-host", PUBLISH, "[\"step\",\"1.21\",0,100]", 0, TUTTI_DENIED_NOT },
  { "published-edit-by-viewer", PUBLISH, "[\"step\",\"1.21\",0,100]", VIEWER, TUTTI_DENIED_VIEWER },
  { "published-add", PUBLISH, "[\"track.add\",\"2.1\",\"Tom\",\"kit:tight-kick\",\"cherry\"]", ADMIN, TUTTI_DENIED_PUBLISHED },
  { "published-delete", PUBLISH, "[\"track.delete\",\"1.1\"]", PLAYER, TUTTI_DENIED_PUBLISHED },
  { "published-claim", PUBLISH, "[\"track.claim\",\"1.1\",2]", PLAYER, TUTTI_DENIED_PUBLISHED },
  { "published-name", PUBLISH, "[\"jam.name\",\"Other\"]", ADMIN, TUTTI_DENIED_PUBLISHED },
  { "published-tempo", PUBLISH, "[\"tempo\",12400]", ADMIN, TUTTI_DENIED_PUBLISHED },
  { "published-in-a-group", PUBLISH, "[\"group\",[[\"stop\"],[\"step\",\"1.21\",0,1]]]", PLAYER, TUTTI_DENIED_PUBLISHED },
  { "published-is-played", PUBLISH, "[\"play\",-1]", PLAYER, TUTTI_DENIED_NOT },
  { "published-is-launched", PUBLISH, "[\"launch\",\"1.2\",\"1.22\",\"bar\"]", PLAYER, TUTTI_DENIED_NOT },
  { "published-is-led", PUBLISH, "[\"lead\",2]", PLAYER, TUTTI_DENIED_NOT },
  { "published-plays-by-rule", "[\"group\",[[\"jam.published\",1],[\"lead\",3],[\"rule.transport\",\"leader\"]]]", "[\"play\",-1]",
    PLAYER, TUTTI_DENIED_NOT_LEADER },
  { "published-is-ruled", PUBLISH, "[\"person.role\",2,\"admin\"]", ADMIN, TUTTI_DENIED_NOT },
  { "published-is-taken-back", PUBLISH, "[\"jam.published\",0]", ADMIN, TUTTI_DENIED_NOT },
  { "published-is-not-taken-back", PUBLISH, "[\"jam.published\",0]", PLAYER, TUTTI_DENIED_NOT_ADMIN },
  { "player-publishes", NULL, "[\"jam.published\",1]", PLAYER, TUTTI_DENIED_NOT_ADMIN },
  { "admin-publishes", NULL, "[\"jam.published\",1]", ADMIN, TUTTI_DENIED_NOT },
  { "published-in-the-same-group", NULL, "[\"group\",[[\"jam.published\",1],[\"step\",\"1.21\",0,1]]]", ADMIN, TUTTI_DENIED_NOT },
  { "nobody-leads", "[\"rule.transport\",\"leader\"]", "[\"stop\"]", PLAYER, TUTTI_DENIED_NOBODY_LEADS },
  { "no-lead-then-play-at-once", "[\"rule.transport\",\"leader\"]", "[\"group\",[[\"lead\",2],[\"stop\"]]]", PLAYER,
    TUTTI_DENIED_NOBODY_LEADS },
};

static void
test_row (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiJam) jam = furnish ();
  g_autoptr(TuttiOp) op = tutti_op_from_text (rows[row].text, -1, NULL);
  g_autoptr(GError) error = NULL;

  if (rows[row].before != NULL)
    apply (jam, 0, rows[row].before);
  g_assert_nonnull (op);
  g_assert_cmpint (tutti_jam_judge (jam, rows[row].by, op).denial, ==, rows[row].denial);
  g_assert_cmpint (tutti_jam_may (jam, rows[row].by, op, &error), ==, rows[row].denial == TUTTI_DENIED_NOT);
  if (error == NULL)
    return;
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_assert_cmpuint (strlen (error->message), >, 0);
}

/* ---- what follows from roles in the document ---- */

static void
test_people (void)
{
  g_autoptr(TuttiJam) jam = furnish ();
  g_autoptr(TuttiOp) demote = tutti_op_from_text ("[\"person.role\",4,\"viewer\"]", -1, NULL);
  g_autoptr(GError) error = NULL;
  TuttiStamp stamp = { 1, 0, 48000 };

  /* The last admin stays one. */
  g_assert_false (tutti_jam_apply (jam, demote, &stamp, NULL, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT);

  /* Who no longer contributes holds nothing; who is introduced again keeps the role. */
  apply (jam, 0, "[\"lead\",3]");
  apply (jam, 0, "[\"person.role\",3,\"viewer\"]");
  apply (jam, 0, "[\"person\",3,\"New Name\",\"mint\"]");
  g_assert_cmpuint (jam->leader, ==, 0);
  g_assert_cmpuint (tutti_jam_track (jam, tutti_id (1, 2), NULL)->claimed, ==, 0);
  g_assert_cmpuint (tutti_jam_person (jam, 3)->role, ==, TUTTI_ROLE_VIEWER);

  /* Gone is gone, for what is brought back too. */
  apply (jam, 0, "[\"track.delete\",\"1.3\"]");
  apply (jam, 0, "[\"person.leave\",2]");
  apply (jam, 0, "[\"track.restore\",\"1.3\"]");
  g_assert_cmpuint (tutti_jam_track (jam, tutti_id (1, 3), NULL)->claimed, ==, 0);

  apply (jam, 0, "[\"newcomers\",\"viewer\"]");
  apply (jam, 0, "[\"person\",9,\"Late\",\"mint\"]");
  g_assert_cmpuint (tutti_jam_person (jam, 9)->role, ==, TUTTI_ROLE_VIEWER);
}

/* A document from before there were roles: everybody contributes, nobody leads, and it is written as it was read. */
static void
test_old_document (void)
{
  static const char old[] =
    "{\"n\":\"Jam\",\"seed\":1,\"mix\":{},\"tr\":{\"bpm\":12000,\"ls\":0,\"le\":15360},\"sc\":[[\"1.2\",\"Verse\"]],"
    "\"tk\":[{\"i\":\"1.1\",\"n\":\"Kick\",\"s\":\"kit:tight-kick\",\"c\":\"cherry\",\"p\":{},\"cl\":[]}],"
    "\"pp\":[[1,\"Mia\",\"mint\"]],\"sd\":[],\"gr\":[]}";
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiJam) jam = tutti_jam_from_text (old, -1, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (tutti_jam_person (jam, 1)->role, ==, TUTTI_ROLE_CONTRIBUTOR);
  g_assert_cmpuint (jam->newcomers, ==, TUTTI_ROLE_CONTRIBUTOR);
  g_assert_cmpuint (jam->leader, ==, 0);
  g_autofree char *text = tutti_jam_to_text (jam);

  g_assert_cmpstr (text, ==, old);
}

/* ---- laws ---- */

/* Whatever was there and is claimed by others is untouched by what a contributor was allowed to do, and only the host, the leader
 * or nobody in particular moved the transport: told by the documents alone, not by the names in the table. */
static char *
claimed_text (const TuttiJam *jam, const TuttiTrack *track)
{
  g_autoptr(TuttiJam) alone = tutti_jam_copy (jam);
  TuttiStamp stamp = { 0 };

  for (guint i = alone->n_tracks; i-- > 0; )
    if (!tutti_id_equal (alone->tracks[i]->id, track->id))
      {
        g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_TRACK_DELETE, alone->tracks[i]->id);
        g_autoptr(TuttiOp) purge = tutti_op_new (TUTTI_OP_PURGE, alone->tracks[i]->id);

        g_assert_true (tutti_jam_apply (alone, op, &stamp, NULL, NULL));
        g_assert_true (tutti_jam_apply (alone, purge, &stamp, NULL, NULL));
      }
  g_autofree char *text = tutti_jam_to_text (alone);
  char *from = strstr (text, "\"tk\":"), *to = strstr (from, "\"pp\":");
  char *launch = strstr (from, ",\"pl\":"), *queued = strstr (from, ",\"q\":");

  /* What plays follows the transport. */
  if (launch == NULL || (queued != NULL && queued < launch))
    launch = queued;
  return g_strndup (from, (gsize) ((launch != NULL && launch < to ? launch : to - strlen ("}],")) - from));
}

static void
assert_claims_hold (const TuttiJam *before, const TuttiJam *after, guint by)
{
  for (guint i = 0; i < before->n_tracks; i++)
    {
      const TuttiTrack *old = before->tracks[i], *fresh = tutti_jam_track (after, old->id, NULL);

      if (old->claimed == 0 || old->claimed == by)
        continue;
      g_assert_nonnull (fresh);
      g_autofree char *one = claimed_text (before, old), *two = claimed_text (after, fresh);

      g_assert_cmpstr (one, ==, two);
    }
}

/* The part of the canonical form that is written music: up to the transport, and the scenes and tracks without what plays and who has
 * claimed them: a claim ends with its owner's role. */
static char *
music_text (const TuttiJam *jam)
{
  g_autoptr(TuttiJam) still = tutti_jam_copy (jam);
  TuttiStamp stamp = { 0 };

  for (guint i = 0; i < still->n_tracks; i++)
    {
      g_autoptr(TuttiOp) silent = tutti_op_new (TUTTI_OP_LAUNCH, still->tracks[i]->id, tutti_id (0, 0), TUTTI_N (TUTTI_QUANTUM_NOW));

      g_assert_true (tutti_jam_apply (still, silent, &stamp, NULL, NULL));
    }
  still->transport.anchor = (TuttiAnchor) { .tempo_cbpm = still->transport.anchor.tempo_cbpm };
  still->transport.playing = FALSE;
  still->transport.start_tick = 0;
  still->newcomers = still->leader = still->transport_rule = still->leader_lost_rule = 0;
  still->published = TRUE;
  g_autofree char *text = tutti_jam_to_text (still);
  g_autoptr(GRegex) launches = g_regex_new (",\"(pl|q)\":\\[[^]]*\\]|,\"cm\":[0-9]+", 0, 0, NULL);
  g_autofree char *silent = g_regex_replace (launches, text, -1, 0, "", 0, NULL);

  return g_strndup (silent, (gsize) (strstr (silent, "\"pp\":") - silent));
}

static void
assert_music_stands (const TuttiJam *before, const TuttiJam *after)
{
  g_autofree char *one = music_text (before), *two = music_text (after);

  g_assert_cmpstr (one, ==, two);
}

static void
assert_allowed_change (const TuttiJam *before, const TuttiJam *after, guint by)
{
  const TuttiPerson *person = tutti_jam_person (before, by);

  g_assert_nonnull (person);
  if (person->role < TUTTI_ROLE_CONTRIBUTOR)
    g_assert_cmpuint (tutti_jam_hash (before), ==, tutti_jam_hash (after));
  if (before->transport_rule == TUTTI_TRANSPORT_OF_LEADER && before->leader != by)
    {
      g_assert_cmpint (before->transport.playing, ==, after->transport.playing);
      g_assert_cmpint (before->transport.anchor.tempo_cbpm, ==, after->transport.anchor.tempo_cbpm);
      g_assert_cmpint (before->transport.anchor.tick, ==, after->transport.anchor.tick);
    }
  if (before->published)
    assert_music_stands (before, after);
  if (person->role == TUTTI_ROLE_ADMIN)
    return;
  g_assert_cmpuint (before->published, ==, after->published);
  assert_claims_hold (before, after, by);
  g_assert_cmpuint (before->newcomers, ==, after->newcomers);
  g_assert_cmpuint (before->transport_rule, ==, after->transport_rule);
  g_assert_true (before->leader == after->leader || before->leader == 0 || before->leader == by);
  g_assert_true (before->leader == after->leader || before->leader == by || after->leader == by || after->leader == 0);
  g_assert_cmpuint (before->people->len, ==, after->people->len);
  for (guint i = 0; i < before->people->len; i++)
    g_assert_cmpuint (((TuttiPerson *) before->people->pdata[i])->role, ==, ((TuttiPerson *) after->people->pdata[i])->role);
}

static TuttiJam *
random_band (GRand *rand, guint32 *counter)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 1; i <= N_PEOPLE; i++)
    {
      g_autofree char *person = g_strdup_printf ("[\"person\",%u,\"Person %u\",\"mint\"]", i, i);
      g_autofree char *role = g_strdup_printf ("[\"person.role\",%u,\"%s\"]", i, tutti_role_names[roles[i]]);

      apply (jam, 0, person);
      apply (jam, 0, role);
    }
  for (guint i = 0; i < 120; i++)
    {
      TuttiStamp stamp = { i + 1, (guint) g_rand_int_range (rand, 1, N_PEOPLE + 1), 48000 + 100 * (gint64) i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, counter);

      if (op->kind != TUTTI_OP_PERSON_LEAVE && op->kind != TUTTI_OP_PERSON_ROLE)
        tutti_jam_apply (jam, op, &stamp, NULL, NULL);
    }
  return jam;
}

static void
law_rights (GRand *rand, guint *n_allowed, guint *n_denied)
{
  guint32 counter = 0;
  g_autoptr(TuttiJam) jam = random_band (rand, &counter);

  for (guint i = 0; i < 150; i++)
    {
      TuttiStamp stamp = { 1000 + i, (guint) g_rand_int_range (rand, 1, N_PEOPLE + 1), 100000 + i };
      g_autoptr(TuttiJam) before = tutti_jam_copy (jam);
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);
      g_autofree char *text = tutti_op_to_text (op);

      g_test_message ("by %u: %s", stamp.by, text);
      g_assert_true (tutti_jam_may (jam, 0, op, NULL));
      if (!tutti_op_check (op, NULL))
        continue;
      if (!tutti_jam_may (jam, stamp.by, op, NULL))
        (*n_denied)++;
      else if (tutti_jam_apply (jam, op, &stamp, NULL, NULL))
        {
          (*n_allowed)++;
          assert_allowed_change (before, jam, stamp.by);
        }
    }
}

static void
test_law (void)
{
  const char *only = g_getenv ("TUTTI_SEED");
  guint n_allowed = 0, n_denied = 0;

  for (guint seed = 1; seed <= 80; seed++)
    {
      guint32 chosen = only != NULL ? (guint32) atoi (only) : seed;
      g_autoptr(GRand) rand = g_rand_new_with_seed (chosen);

      g_test_message ("TUTTI_SEED=%u", chosen);
      law_rights (rand, &n_allowed, &n_denied);
      if (only != NULL)
        return;
    }
  /* Both happened often, else the law says nothing. */
  g_assert_cmpuint (n_allowed, >, 1000);
  g_assert_cmpuint (n_denied, >, 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/rights/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/rights/people", test_people);
  g_test_add_func ("/rights/old-document", test_old_document);
  g_test_add_func ("/rights/law", test_law);
  return g_test_run ();
}
