/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of people: the form in which they travel, and how they come to everyone, in simulated time. */
#include "tutti-host-private.h"
#include "tutti-replica-private.h"
#include "tutti-sim.h"

#include <stdlib.h>
#include <string.h>

#define SECOND G_USEC_PER_SEC

/* One colour. (transfer full) */
static char *
plain (guint8 red, guint8 green, guint8 blue)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  for (guint i = 0; i < sizeof rgb; i += 3)
    {
      rgb[i] = red;
      rgb[i + 1] = green;
      rgb[i + 2] = blue;
    }
  return tutti_picture_from_rgb (rgb);
}

/* ---- the form ---- */

static void
test_valid (void)
{
  g_autofree char *picture = plain (10, 200, 30), *longer = g_strconcat (picture, "AAAA", NULL);

  g_assert_cmpuint (strlen (picture), ==, TUTTI_PICTURE_CHARS);
  g_assert_true (tutti_picture_is_valid (picture));
  g_assert_true (tutti_picture_is_valid (""));
  g_assert_false (tutti_picture_is_valid (longer));
  g_assert_false (tutti_picture_is_valid (picture + 4));
  for (const char *bad = "=-_ \n\x01\xc3<"; *bad != '\0'; bad++)
    {
      g_autofree char *text = g_strdup (picture);

      text[TUTTI_PICTURE_CHARS - 1] = *bad;
      g_assert_false (tutti_picture_is_valid (text));
    }
}

/* Grey stays what it is; other plain colours come back to within what their roundings cost. */
static void
test_colours (void)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  for (guint i = 0; i < 512; i++)
    {
      guint8 colour[3] = { (guint8) (i % 8 * 255 / 7), (guint8) (i / 8 % 8 * 255 / 7), (guint8) (i / 64 * 255 / 7) };
      g_autofree char *picture = plain (colour[0], colour[1], colour[2]);
      gboolean grey = colour[0] == colour[1] && colour[1] == colour[2];

      tutti_picture_to_rgb (picture, rgb);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpint (abs (rgb[k] - colour[k]), <=, grey ? 0 : 2);
          g_assert_cmpint (rgb[TUTTI_PICTURE_RGB_BYTES - 3 + k], ==, rgb[k]);
        }
    }
}

/* Whatever a stranger says in this form is a picture. */
static void
test_any (void)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  for (guint round = 0; round < 20; round++)
    {
      char text[TUTTI_PICTURE_CHARS + 1] = { 0 };

      for (guint i = 0; i < TUTTI_PICTURE_CHARS; i++)
        text[i] = letters[g_rand_int_range (rand, 0, 64)];
      g_assert_true (tutti_picture_is_valid (text));
      tutti_picture_to_rgb (text, rgb);
    }
}

/* Rows and columns stay where they are. */
static void
test_places (void)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES] = { 0 }, back[TUTTI_PICTURE_RGB_BYTES];
  guint bright = 3 * (20 * TUTTI_PICTURE_SIDE + 50);

  memset (rgb + bright, 255, 3);
  g_autofree char *picture = tutti_picture_from_rgb (rgb);

  tutti_picture_to_rgb (picture, back);
  g_assert_cmpint (back[bright], ==, 255);
  g_assert_cmpint (back[bright + 3], ==, 0);
  g_assert_cmpint (back[bright + 3 * TUTTI_PICTURE_SIDE], ==, 0);
}

/* ---- between host and guests ---- */

static void
plug (TuttiSim *sim, guint guest)
{
  tutti_sim_plug (sim, guest);
  tutti_host_set_pictured (sim->host, sim->guest[guest].connection);
  tutti_replica_set_pictured (sim->guest[guest].replica, TRUE);
  tutti_sim_run (sim, SECOND);
}

static guint
number_of (TuttiSim *sim, guint guest)
{
  return tutti_replica_get_me (sim->guest[guest].replica);
}

static const char *
seen (TuttiSim *sim, guint by, guint whose)
{
  return tutti_replica_get_picture (sim->guest[by].replica, number_of (sim, whose));
}

static void
show (TuttiSim *sim, guint guest, const char *picture)
{
  tutti_replica_set_picture (sim->guest[guest].replica, picture);
  tutti_sim_run (sim, 2 * SECOND);
}

/* Those who are here, those who come later, who comes back, and who takes theirs away. */
static void
test_shown (void)
{
  g_autofree char *red = plain (255, 0, 0), *green = plain (0, 255, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 1);
  plug (&sim, 0);
  plug (&sim, 1);
  show (&sim, 0, red);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  g_assert_cmpstr (seen (&sim, 0, 0), ==, red);
  plug (&sim, 2);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpstr (seen (&sim, 2, 0), ==, red);
  tutti_sim_pull (&sim, 0);
  show (&sim, 0, green);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  plug (&sim, 0);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, green);
  show (&sim, 0, "");
  g_assert_cmpstr (seen (&sim, 1, 0), ==, "");
  g_assert_cmpstr (seen (&sim, 2, 0), ==, "");
  tutti_sim_run (&sim, 20 * SECOND);
  show (&sim, 0, green);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, green);
  tutti_sim_clear (&sim);
}

/* Coming back costs none of it again: neither mine, which the host has, nor theirs, which are here. */
static void
test_once (void)
{
  g_autofree char *red = plain (255, 0, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 2);
  plug (&sim, 0);
  plug (&sim, 1);
  show (&sim, 0, red);
  tutti_sim_pull (&sim, 0);
  tutti_sim_pull (&sim, 1);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  guint64 before = sim.picture_chars;

  plug (&sim, 0);
  plug (&sim, 1);
  tutti_sim_run (&sim, 2 * SECOND);
  g_assert_cmpuint (before, >=, 2 * TUTTI_PICTURE_CHARS);
  g_assert_cmpuint (sim.picture_chars, ==, before);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  tutti_sim_clear (&sim);
}

/* Who never said that they know of pictures hears nothing of them. */
static void
test_unknowing (void)
{
  g_autofree char *red = plain (255, 0, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 3);
  plug (&sim, 0);
  tutti_sim_plug (&sim, 1);
  tutti_replica_set_picture (sim.guest[1].replica, red);
  tutti_sim_run (&sim, 2 * SECOND);
  g_assert_cmpuint (sim.picture_chars, ==, 0);
  show (&sim, 0, red);
  g_assert_cmpuint (sim.picture_chars, ==, TUTTI_PICTURE_CHARS);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, "");
  tutti_sim_clear (&sim);
}

static void
give (TuttiSim *sim, guint to, TuttiRole role)
{
  TuttiOp *op = tutti_op_new (TUTTI_OP_PERSON_ROLE, TUTTI_N (number_of (sim, to)), TUTTI_N (role));

  tutti_replica_submit (sim->guest[0].replica, op, sim->now, NULL);
  tutti_sim_run (sim, 2 * SECOND);
}

/* Whoever is banned is not looked at any more, and who was let in as a viewer is. */
static void
test_roles (void)
{
  g_autofree char *red = plain (255, 0, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 4);
  plug (&sim, 0);
  plug (&sim, 1);
  plug (&sim, 2);
  give (&sim, 1, TUTTI_ROLE_VIEWER);
  show (&sim, 1, red);
  g_assert_cmpstr (seen (&sim, 2, 1), ==, red);
  give (&sim, 1, TUTTI_ROLE_BANNED);
  g_assert_cmpstr (seen (&sim, 2, 1), ==, "");
  tutti_sim_clear (&sim);
}

/* One after the other, however often somebody changes theirs; what is too much is said to be, and the connection stays. */
static void
test_flood (void)
{
  TuttiSim sim;
  TuttiHostFigures figures;

  tutti_sim_init (&sim, 5);
  plug (&sim, 0);
  plug (&sim, 1);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *picture = plain ((guint8) (2 * i), 0, 0);

      tutti_replica_set_picture (sim.guest[0].replica, picture);
      tutti_sim_run (&sim, SECOND / 50);
    }
  tutti_host_get_figures (sim.host, &figures);
  g_assert_cmpuint (figures.refused, >=, 90);
  g_assert_cmpstr (sim.guest[0].denied, !=, "");
  g_assert_cmpuint (sim.guest[0].connection, !=, 0);
  tutti_sim_run (&sim, SECOND);
  g_assert_cmpuint (sim.shown, <=, 8);
  tutti_sim_run (&sim, 60 * SECOND);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, seen (&sim, 0, 0));
  tutti_sim_clear (&sim);
}

/* Back to what the host still says it has, while another one is on its way to it. */
static void
test_back (void)
{
  g_autofree char *red = plain (255, 0, 0), *green = plain (0, 255, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 8);
  plug (&sim, 0);
  plug (&sim, 1);
  show (&sim, 0, red);
  tutti_replica_set_picture (sim.guest[0].replica, green);
  show (&sim, 0, red);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  tutti_sim_clear (&sim);
}

/* Nothing is kept of whoever has none any more, and it is not waited for either. */
static void
test_forgotten (void)
{
  g_autofree char *red = plain (255, 0, 0);
  TuttiSim sim;

  tutti_sim_init (&sim, 9);
  plug (&sim, 0);
  plug (&sim, 1);
  show (&sim, 0, red);
  g_assert_cmpuint (g_hash_table_size (sim.guest[1].replica->looks), ==, 1);
  show (&sim, 0, "");
  g_assert_cmpuint (g_hash_table_size (sim.guest[1].replica->looks), ==, 0);
  g_assert_cmpuint (sim.guest[1].replica->looking, ==, 0);
  show (&sim, 0, red);
  g_assert_cmpstr (seen (&sim, 1, 0), ==, red);
  tutti_sim_clear (&sim);
}

/* What is none is no message. */
static void
test_bad (void)
{
  static const char text[] = "{\"picture\":\"iVBORw0KGgo\"}";
  TuttiSim sim;

  tutti_sim_init (&sim, 6);
  plug (&sim, 0);
  tutti_host_received (sim.host, sim.guest[0].connection, text, strlen (text), sim.now);
  g_assert_true (sim.guest[0].closing);
  g_assert_cmpint (sim.guest[0].closed, ==, TUTTI_CLOSE_BAD_MESSAGE);
  tutti_sim_clear (&sim);
}

/* ---- an heir ---- */

static void
keep (gpointer user, guint number, const char *text)
{
  tutti_pictures_set (user, number, text);
}

/* What somebody took away since this machine hosted the jam goes from its store, and what they have is kept there. */
static void
test_inherited (void)
{
  g_autofree char *red = plain (255, 0, 0), *green = plain (0, 255, 0);
  TuttiPictures *store = tutti_pictures_new (), *estate = tutti_pictures_new ();
  TuttiSim sim;

  tutti_sim_init (&sim, 7);
  plug (&sim, 0);
  plug (&sim, 1);
  for (guint i = 0; i < 2; i++)
    tutti_pictures_set (store, number_of (&sim, i), red);
  tutti_pictures_set (estate, number_of (&sim, 1), green);
  sim.host->hooks.user = store;
  sim.host->hooks.keep_picture = keep;
  tutti_host_inherit_pictures (sim.host, estate);
  sim.host->hooks.user = &sim;
  sim.host->hooks.keep_picture = NULL;
  g_assert_cmpstr (tutti_pictures_get (store, number_of (&sim, 0)), ==, "");
  g_assert_cmpstr (tutti_pictures_get (store, number_of (&sim, 1)), ==, green);
  tutti_pictures_free (store);
  tutti_pictures_free (estate);
  tutti_sim_clear (&sim);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/pictures/valid", test_valid);
  g_test_add_func ("/pictures/colours", test_colours);
  g_test_add_func ("/pictures/any", test_any);
  g_test_add_func ("/pictures/places", test_places);
  g_test_add_func ("/pictures/shown", test_shown);
  g_test_add_func ("/pictures/once", test_once);
  g_test_add_func ("/pictures/unknowing", test_unknowing);
  g_test_add_func ("/pictures/roles", test_roles);
  g_test_add_func ("/pictures/flood", test_flood);
  g_test_add_func ("/pictures/back", test_back);
  g_test_add_func ("/pictures/forgotten", test_forgotten);
  g_test_add_func ("/pictures/bad", test_bad);
  g_test_add_func ("/pictures/inherited", test_inherited);
  return g_test_run ();
}
