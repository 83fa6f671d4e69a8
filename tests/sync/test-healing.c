/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two hosts of one jam become one: what was decided about people on the side that yields, and what is believed of whom. */
#include "tutti-band.h"
#include "tutti-rights.h"
#include "tutti-sim.h"

#include <string.h>

#define SECOND G_USEC_PER_SEC
#define MATES 5

/* ---- a band that was in two halves ---- */

static const TuttiJam *
jam_at (TuttiBand *band, guint i)
{
  return tutti_replica_get_confirmed (band->mate[i].replica);
}

static int
role_at (TuttiBand *band, guint at, guint whose)
{
  return tutti_jam_person (jam_at (band, at), tutti_replica_get_me (band->mate[whose].replica))->role;
}

static void
give (TuttiBand *band, guint by, guint to, TuttiRole role)
{
  g_autoptr(GError) error = NULL;
  guint number = tutti_replica_get_me (band->mate[to].replica);

  tutti_replica_submit (band->mate[by].replica, tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number), TUTTI_N (role)), band->now, &error);
  g_assert_no_error (error);
  tutti_band_run (band, SECOND);
  g_assert_cmpint (role_at (band, by, to), ==, role);
}

/* Machine 0 hosts and is an admin, 2 is one too, 1 only listens; then 0 and 1 are alone, and their half will yield. */
static void
halve (TuttiBand *band, guint32 seed)
{
  tutti_band_init (band, MATES, seed);
  tutti_band_run (band, SECOND);
  give (band, 0, 2, TUTTI_ROLE_ADMIN);
  give (band, 0, 1, TUTTI_ROLE_VIEWER);
  tutti_band_part (band, 1 | 1 << 1);
  tutti_band_run (band, 8 * SECOND);
  g_assert_cmpuint (tutti_band_n_hosts (band), ==, 2);
}

static void
heal (TuttiBand *band)
{
  tutti_band_part (band, 0);
  tutti_band_run (band, 25 * SECOND);
  g_assert_cmpuint (tutti_band_n_hosts (band), ==, 1);
  g_assert_null (band->mate[0].host);
  for (guint i = 1; i < band->n; i++)
    g_assert_cmpuint (tutti_jam_hash (jam_at (band, i)), ==, tutti_jam_hash (jam_at (band, 0)));
}

/* The role is there afterwards, and so is what was done with it. */
static void
test_promoted (void)
{
  TuttiBand band;

  halve (&band, 1);
  give (&band, 0, 1, TUTTI_ROLE_CONTRIBUTOR);
  for (guint i = 0; i < 10; i++)
    {
      tutti_band_edit (&band, 1);
      tutti_band_run (&band, SECOND / 10);
    }
  tutti_band_run (&band, SECOND);
  heal (&band);
  g_assert_cmpint (role_at (&band, 3, 1), ==, TUTTI_ROLE_CONTRIBUTOR);
  for (guint field = 0; field < TUTTI_BAND_FIELDS; field++)
    g_assert_cmpuint (tutti_band_read (jam_at (&band, 3), 1, field), >=, band.mate[1].certain[field]);
  tutti_band_clear (&band);
}

/* Both sides decided about the same person: what was decided last stands, wherever that was. */
static void
test_later (gconstpointer here_last)
{
  gboolean here = GPOINTER_TO_INT (here_last) != 0;
  TuttiBand band;

  halve (&band, 2);
  if (!here)
    give (&band, 0, 1, TUTTI_ROLE_CONTRIBUTOR);
  give (&band, 2, 1, TUTTI_ROLE_BANNED);
  if (here)
    give (&band, 0, 1, TUTTI_ROLE_CONTRIBUTOR);
  tutti_band_part (&band, 0);
  tutti_band_run (&band, 25 * SECOND);
  g_assert_cmpint (role_at (&band, 3, 1), ==, here ? TUTTI_ROLE_CONTRIBUTOR : TUTTI_ROLE_BANNED);
  tutti_band_clear (&band);
}

/* Who is no admin any more where it is told decided nothing. */
static void
test_deposed (void)
{
  TuttiBand band;

  halve (&band, 3);
  give (&band, 0, 1, TUTTI_ROLE_CONTRIBUTOR);
  give (&band, 2, 0, TUTTI_ROLE_CONTRIBUTOR);
  heal (&band);
  g_assert_cmpint (role_at (&band, 3, 0), ==, TUTTI_ROLE_CONTRIBUTOR);
  g_assert_cmpint (role_at (&band, 3, 1), ==, TUTTI_ROLE_VIEWER);
  tutti_band_clear (&band);
}

/* ---- a guest that makes up a past ---- */

#define LIAR 900

/* Person 1 is the admin and has claimed a track, and Eve comes with a past that the host asks for. Her number. */
static guint
let_in (TuttiSim *sim, TuttiRole newcomers)
{
  static const char hello[] = "{\"hello\":{\"proto\":1,\"name\":\"Eve\",\"colour\":\"mint\",\"token\":\"\",\"creator\":0,"
                              "\"epoch\":0,\"seq\":0,\"owes\":1}}";
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_NEWCOMERS, TUTTI_N (newcomers));
  g_autoptr(TuttiOp) claim = tutti_op_new (TUTTI_OP_TRACK_CLAIM, tutti_id (1, 2), TUTTI_N (1));
  const GPtrArray *people;

  tutti_sim_init (sim, 4);
  tutti_sim_plug (sim, 0);
  tutti_sim_run (sim, SECOND);
  g_assert_true (tutti_host_apply (sim->host, op, sim->now, NULL));
  g_assert_true (tutti_host_apply (sim->host, claim, sim->now, NULL));
  tutti_host_opened (sim->host, LIAR, sim->now);
  tutti_host_received (sim->host, LIAR, hello, strlen (hello), sim->now);
  people = tutti_host_get_jam (sim->host)->people;
  return ((const TuttiPerson *) people->pdata[people->len - 1])->number;
}

/* As done by person @by in a visit that nobody knows. */
static void
tell (TuttiSim *sim, guint by, const char *op)
{
  g_autofree char *text = g_strdup_printf ("[%d,%" G_GINT64_FORMAT ",%u,0,%s,77,1]", 9, tutti_host_get_seq (sim->host), by, op);

  tutti_host_received (sim->host, LIAR, text, strlen (text), sim->now);
}

static const struct { const char *name, *op; guint by; } lies[] = {
  { "role", "[\"person.role\",%u,\"admin\"]", 1 },
  { "group", "[\"group\",[[\"person.role\",%u,\"admin\"]]]", 1 },
  { "newcomers", "[\"newcomers\",\"admin\"]", 1 },
  { "delete", "[\"track.delete\",\"%t\"]", 1 },
  { "claimed", "[\"track.mute\",\"%t\",1]", 1 },
  { "by-host", "[\"track.mute\",\"%t\",1]", 0 },
  { "leave", "[\"group\",[[\"person.leave\",1]]]", 0 },
};

/* An admin's number does not make it an admin's word, nor the host's number the host's. */
static void
test_forged (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  TuttiSim sim;
  guint eve = let_in (&sim, TUTTI_ROLE_CONTRIBUTOR);
  guint64 before = tutti_jam_hash (tutti_host_get_jam (sim.host));
  g_autoptr(GString) op = g_string_new (lies[row].op);
  g_autofree char *number = g_strdup_printf ("%u", eve);
  char track[TUTTI_ID_TEXT_SIZE];
  TuttiHostFigures figures;

  g_string_replace (op, "%u", number, 0);
  g_string_replace (op, "%t", tutti_id_print (tutti_id (1, 2), track), 0);
  tell (&sim, lies[row].by, op->str);
  tutti_host_get_figures (sim.host, &figures);
  g_assert_cmpuint (figures.bad_messages, ==, 0);
  g_assert_cmphex (tutti_jam_hash (tutti_host_get_jam (sim.host)), ==, before);
  tutti_sim_clear (&sim);
}

/* Who only listens does not edit in somebody else's name; who contributes may tell of others' edits, as they may edit. */
static void
test_viewer (gconstpointer may)
{
  gboolean contributes = GPOINTER_TO_INT (may) != 0;
  TuttiSim sim;

  let_in (&sim, contributes ? TUTTI_ROLE_CONTRIBUTOR : TUTTI_ROLE_VIEWER);
  tell (&sim, 1, "[\"swing\",555]");
  g_assert_cmpint (tutti_host_get_jam (sim.host)->transport.swing, ==, contributes ? 555 : 500);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/healing/promoted", test_promoted);
  g_test_add_data_func ("/healing/later/there", GINT_TO_POINTER (FALSE), test_later);
  g_test_add_data_func ("/healing/later/here", GINT_TO_POINTER (TRUE), test_later);
  g_test_add_func ("/healing/deposed", test_deposed);
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      g_autofree char *path = g_strconcat ("/healing/forged/", lies[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_forged);
    }
  g_test_add_data_func ("/healing/viewer", GINT_TO_POINTER (FALSE), test_viewer);
  g_test_add_data_func ("/healing/contributor", GINT_TO_POINTER (TRUE), test_viewer);
  return g_test_run ();
}
