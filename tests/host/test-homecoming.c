/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A box that was away: others went on with its jam, and it gets it back, over real sockets on loopback and with real stores. */
#include "tutti-box.h"
#include "tutti-somebody.h"

enum { HEIR, GUEST, N_PEOPLE };

typedef struct
{
  char           *folder;
  TuttiHostConfig config;
  TuttiBox       *box;
  Somebody        who[N_PEOPLE];
} Place;

static void
open_box (Place *place)
{
  g_autoptr(GError) error = NULL;

  place->box = tutti_box_open (&place->config, &error);
  g_assert_no_error (error);
  /* Where it was, as a box has it. */
  place->config.port = tutti_box_get_port (place->box);
}

/* As when its machine is switched off: nobody listens there any more, and nobody says that it will be back. */
static void
lose_box (Place *place)
{
  tutti_hosting_close (tutti_box_get_hosting (place->box), TUTTI_CLOSE_GOING_AWAY);
  g_clear_pointer (&place->box, tutti_box_close);
}

static gboolean
knows_ways (Place *place)
{
  TuttiStore *store = tutti_studio_get_store (tutti_box_get_studio (place->box));
  g_autoptr(GArray) ways = tutti_room_read_ways (store, tutti_box_get_jam (place->box));

  return ways->len > 0;
}

static void
set_up (Place *place, gconstpointer data)
{
  static const char * const names[] = { "Beryl Bee", "Coral Cat" };
  g_autoptr(GError) error = NULL;

  memset (place, 0, sizeof *place);
  place->folder = g_dir_make_tmp ("tutti-home-XXXXXX", &error);
  g_assert_no_error (error);
  tutti_host_config_init (&place->config);
  place->config.data = g_build_filename (place->folder, "data", NULL);
  place->config.port = 0;
  place->config.announce = FALSE;
  place->config.demo = "beat";
  open_box (place);
  for (int i = 0; i < N_PEOPLE; i++)
    somebody_init (&place->who[i], names[i], i);
  tutti_studio_set_heir (place->who[HEIR].studio, TRUE);
  for (guint i = 0; i < N_PEOPLE; i++)
    join (&place->who[i], (guint16) place->config.port);
  for (guint i = 0; i < N_PEOPLE; i++)
    paint (&place->who[i], i, 40 + (int) i);
  WAIT_FOR (same (&place->who[HEIR], &place->who[GUEST]));
  WAIT_FOR (tutti_session_has_heirs (place->who[GUEST].session) && knows_ways (place));
}

static void
tear_down (Place *place, gconstpointer data)
{
  for (int i = N_PEOPLE; i-- > 0; )
    leave (&place->who[i]);
  for (int i = 0; i < N_PEOPLE; i++)
    somebody_clear (&place->who[i]);
  g_clear_pointer (&place->box, tutti_box_close);
  tutti_host_config_clear (&place->config);
  tutti_remove_tree (place->folder);
  g_free (place->folder);
}

typedef struct
{
  const char *jam;
  gint64      seq;
  guint       people;
} Seen;

static void
see (TuttiHouse *house, gpointer data)
{
  Seen *seen = data;
  TuttiRoom *room = tutti_house_find (house, seen->jam);
  TuttiRoomStatus status = { 0 };

  if (room != NULL)
    tutti_room_get_status (room, &status);
  seen->seq = status.seq;
  seen->people = status.people;
}

static Seen
look (Place *place)
{
  Seen seen = { tutti_box_get_jam (place->box), 0, 0 };

  tutti_hosting_call (tutti_box_get_hosting (place->box), see, &seen);
  return seen;
}

static gboolean
is_home (Place *place)
{
  return state (&place->who[HEIR]) == TUTTI_SESSION_JOINED && state (&place->who[GUEST]) == TUTTI_SESSION_JOINED &&
         look (place).people == 2;
}

static void
test_comes_back (Place *place, gconstpointer data)
{
  Somebody *heir = &place->who[HEIR], *guest = &place->who[GUEST];

  lose_box (place);
  WAIT_FOR (state (heir) == TUTTI_SESSION_HOSTING && state (guest) == TUTTI_SESSION_JOINED);
  paint (heir, 5, 77);
  paint (guest, 6, 78);
  WAIT_FOR (same (heir, guest));
  open_box (place);
  WAIT_FOR (is_home (place));
  paint (guest, 7, 79);
  WAIT_FOR (same (heir, guest) && look (place).seq == tutti_session_get_seq (heir->session));
  /* All of it is there, nothing was refused, and the next one gets in there too. */
  for (guint i = 0; i < N_PEOPLE; i++)
    g_assert_cmpint (velocity (guest, i), ==, 40 + (int) i);
  g_assert_cmpint (velocity (guest, 5), ==, 77);
  g_assert_cmpint (velocity (heir, 6), ==, 78);
  g_assert_cmpint (velocity (heir, 7), ==, 79);
  g_assert_cmpuint (heir->refused + guest->refused, ==, 0);
}

/* Nobody waits for it: what happened meanwhile is in its store once it is home, and a restart finds it there. */
static void
test_keeps (Place *place, gconstpointer data)
{
  Somebody *heir = &place->who[HEIR], *guest = &place->who[GUEST];

  lose_box (place);
  WAIT_FOR (state (heir) == TUTTI_SESSION_HOSTING && state (guest) == TUTTI_SESSION_JOINED);
  paint (guest, 6, 78);
  WAIT_FOR (same (heir, guest));
  open_box (place);
  WAIT_FOR (is_home (place));
  leave (heir);
  leave (guest);
  lose_box (place);
  open_box (place);
  join (guest, (guint16) place->config.port);
  g_assert_cmpint (velocity (guest, 6), ==, 78);
}

/* It comes as a newcomer, and those only listen in this jam: the jam is its all the same. */
static void
test_viewer (Place *place, gconstpointer data)
{
  Somebody *heir = &place->who[HEIR], *guest = &place->who[GUEST];
  g_autoptr(GError) error = NULL;

  tutti_session_submit (heir->session, tutti_op_new (TUTTI_OP_NEWCOMERS, TUTTI_N (TUTTI_ROLE_VIEWER)), &error);
  g_assert_no_error (error);
  WAIT_FOR (tutti_session_get_jam (guest->session)->newcomers == TUTTI_ROLE_VIEWER && same (heir, guest));
  lose_box (place);
  WAIT_FOR (state (heir) == TUTTI_SESSION_HOSTING && state (guest) == TUTTI_SESSION_JOINED);
  open_box (place);
  WAIT_FOR (is_home (place));
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/homecoming/comes-back", Place, NULL, set_up, test_comes_back, tear_down);
  g_test_add ("/homecoming/viewer", Place, NULL, set_up, test_viewer, tear_down);
  g_test_add ("/homecoming/keeps", Place, NULL, set_up, test_keeps, tear_down);
  return g_test_run ();
}
