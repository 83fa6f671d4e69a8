/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who says what nobody may say, guest or host. */
#include "tutti-host-private.h"
#include "sim-test.h"

#include <string.h>

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
  sim_test_assert_one (&sim);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
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
