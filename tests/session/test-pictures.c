/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of people with whole sessions over sockets: the same for who hosts, who visits, who comes later and who goes on. */
#include "tutti-picture.h"
#include "tutti-somebody.h"

enum { HOST, HEIR, GUEST, N_PEOPLE };

typedef struct
{
  Somebody who[N_PEOPLE];
  char    *picture[N_PEOPLE];
  char    *jam;
  guint16  port;
} Band;

/* (transfer full) */
static char *
picture_of (int shade)
{
  guint8 rgb[TUTTI_PICTURE_RGB_BYTES];

  for (guint i = 0; i < sizeof rgb; i++)
    rgb[i] = (guint8) (i * (guint) (shade + 1));
  return tutti_picture_from_rgb (rgb);
}

static void
band_init (Band *band)
{
  static const char * const names[] = { "Azure Ant", "Beryl Bee", "Coral Cat" };

  for (int i = 0; i < N_PEOPLE; i++)
    {
      somebody_init (&band->who[i], names[i], i);
      band->picture[i] = picture_of (i);
      tutti_studio_set_picture (band->who[i].studio, band->picture[i]);
    }
  band->jam = new_jam (&band->who[HOST]);
  open_jam (&band->who[HOST], band->jam);
  band->port = let_in (&band->who[HOST], 0, 8);
}

static void
band_clear (Band *band)
{
  for (int i = N_PEOPLE; i-- > 0; )
    leave (&band->who[i]);
  for (int i = 0; i < N_PEOPLE; i++)
    {
      somebody_clear (&band->who[i]);
      g_free (band->picture[i]);
    }
  g_free (band->jam);
}

static gboolean
sees (Somebody *by, guint number, const char *picture)
{
  return g_str_equal (tutti_session_get_picture (by->session, number), picture);
}

/* Each sees the other; who comes back finds them again, and a picture that changed meanwhile. */
static void
test_seen (void)
{
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *guest = &band.who[GUEST];

  join (guest, band.port);
  WAIT_FOR (sees (host, 2, band.picture[GUEST]) && sees (guest, 1, band.picture[HOST]));
  leave (guest);
  tutti_studio_set_picture (host->studio, band.picture[HEIR]);
  WAIT_FOR (sees (host, 1, band.picture[HEIR]));
  join (guest, band.port);
  WAIT_FOR (sees (host, 2, band.picture[GUEST]) && sees (guest, 1, band.picture[HEIR]));
  tutti_studio_set_picture (guest->studio, "");
  WAIT_FOR (sees (host, 2, ""));
  band_clear (&band);
}

/* After a restart those who are away are seen as before, from the disk. */
static void
test_kept (void)
{
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *guest = &band.who[GUEST];

  join (guest, band.port);
  paint (guest, 3, 90);
  WAIT_FOR (sees (host, 2, band.picture[GUEST]) && same (host, guest));
  leave (guest);
  leave (host);
  open_jam (host, band.jam);
  WAIT_FOR (sees (host, 2, band.picture[GUEST]));
  band_clear (&band);
}

/* Whoever goes on hosting shows those who are here, and who left. */
static void
test_handed (void)
{
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *heir = &band.who[HEIR], *guest = &band.who[GUEST];

  tutti_studio_set_heir (heir->studio, TRUE);
  join (heir, band.port);
  paint (host, 3, 90);
  WAIT_FOR (sees (heir, 1, band.picture[HOST]) && same (host, heir) && tutti_session_has_heirs (host->session));
  leave (host);
  WAIT_FOR (state (heir) == TUTTI_SESSION_HOSTING);
  g_assert_true (sees (heir, 1, band.picture[HOST]));
  join (guest, tutti_session_get_port (heir->session));
  WAIT_FOR (sees (guest, 1, band.picture[HOST]) && sees (guest, 2, band.picture[HEIR]));
  WAIT_FOR (sees (heir, tutti_session_get_me (guest->session), band.picture[GUEST]));
  band_clear (&band);
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/session-pictures/seen", test_seen);
  g_test_add_func ("/session-pictures/kept", test_kept);
  g_test_add_func ("/session-pictures/handed", test_handed);
  return g_test_run ();
}
