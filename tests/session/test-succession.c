/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The band plays on, with whole sessions: the host leaves, or is gone, and somebody else goes on with the same jam. */
#include "tutti-session-private.h"
#include "tutti-somebody.h"

enum { HOST, HEIR, GUEST, N_PEOPLE };

typedef struct
{
  Somebody who[N_PEOPLE];
  char    *jam;
} Band;

static void
band_init (Band *band)
{
  static const char * const names[] = { "Azure Ant", "Beryl Bee", "Coral Cat" };

  for (int i = 0; i < N_PEOPLE; i++)
    somebody_init (&band->who[i], names[i], i);
  tutti_studio_set_heir (band->who[HEIR].studio, TRUE);
  band->jam = new_jam (&band->who[HOST]);
  open_jam (&band->who[HOST], band->jam);
  guint16 port = let_in (&band->who[HOST], 0, 8);

  join (&band->who[HEIR], port);
  join (&band->who[GUEST], port);
  for (int i = 0; i < N_PEOPLE; i++)
    paint (&band->who[i], (guint) i, 40 + i);
  WAIT_FOR (same (&band->who[HOST], &band->who[HEIR]) && same (&band->who[HOST], &band->who[GUEST]));
  WAIT_FOR (tutti_session_is_heir (band->who[HEIR].session) && tutti_session_has_heirs (band->who[GUEST].session));
}

static void
band_clear (Band *band)
{
  for (int i = N_PEOPLE; i-- > 0; )
    leave (&band->who[i]);
  for (int i = 0; i < N_PEOPLE; i++)
    somebody_clear (&band->who[i]);
  g_free (band->jam);
}

/* Both are the two of the same jam, and know each other. */
static void
assert_goes_on (Band *band, Somebody *host, Somebody *guest)
{
  WAIT_FOR (state (host) == TUTTI_SESSION_HOSTING && state (guest) == TUTTI_SESSION_JOINED);
  WAIT_FOR (present (host) == 2 && present (guest) == 2);
  g_assert_cmpstr (tutti_session_get_jam_id (host->session), ==, band->jam);
  g_assert_cmpstr (tutti_session_get_jam_id (guest->session), ==, band->jam);
  paint (guest, 9, 99);
  paint (host, 10, 98);
  WAIT_FOR (same (host, guest));
  g_assert_cmpint (velocity (host, 9), ==, 99);
  g_assert_cmpint (velocity (guest, 10), ==, 98);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_assert_cmpint (velocity (host, i), ==, 40 + (int) i);
  g_assert_cmpuint (host->refused + guest->refused, ==, 0);
}

/* Nobody is missing: who is left hears that it was planned. */
static void
test_handed (void)
{
  Band band;

  band_init (&band);
  leave (&band.who[HOST]);
  assert_goes_on (&band, &band.who[HEIR], &band.who[GUEST]);
  g_assert_cmpint (tutti_session_get_away_reason (band.who[HEIR].session), ==, TUTTI_CLOSE_HANDED_OVER);
  g_assert_cmpint (tutti_session_get_away_reason (band.who[GUEST].session), ==, TUTTI_CLOSE_HANDED_OVER);
  band_clear (&band);
}

/* The door closes and nobody answers there any more: as when the host's program is gone. */
static void
test_gone (void)
{
  Band band;

  band_init (&band);
  guint me = tutti_session_get_me (band.who[GUEST].session);

  tutti_session_unhost (band.who[HOST].session);
  paint (&band.who[GUEST], 5, 77);
  assert_goes_on (&band, &band.who[HEIR], &band.who[GUEST]);
  g_assert_cmpint (velocity (&band.who[HEIR], 5), ==, 77);
  g_assert_cmpint (tutti_session_get_away_reason (band.who[HEIR].session), !=, TUTTI_CLOSE_HANDED_OVER);
  g_assert_cmpint (tutti_session_get_away_reason (band.who[GUEST].session), !=, TUTTI_CLOSE_HANDED_OVER);
  /* Known by the same token, also to who took over. */
  g_assert_cmpuint (tutti_session_get_me (band.who[GUEST].session), ==, me);
  band_clear (&band);
}

/* What was taken over is kept there: it opens again, with everything. */
static void
test_kept (void)
{
  Band band;

  band_init (&band);
  Somebody *heir = &band.who[HEIR];

  leave (&band.who[HOST]);
  assert_goes_on (&band, heir, &band.who[GUEST]);
  guint64 hash = tutti_session_get_hash (heir->session);

  leave (&band.who[GUEST]);
  WAIT_FOR (present (heir) == 1);
  leave (heir);
  open_jam (heir, band.jam);
  g_assert_cmpint (velocity (heir, 9), ==, 99);
  g_assert_cmpuint (hash, !=, 0);
  band_clear (&band);
}

/* Nobody is willing: whoever is left waits for the host, as ever. */
static void
test_nobody_willing (void)
{
  Band band;

  band_init (&band);
  leave (&band.who[HEIR]);
  WAIT_FOR (present (&band.who[HOST]) == 2);
  leave (&band.who[HOST]);
  WAIT_FOR (state (&band.who[GUEST]) == TUTTI_SESSION_AWAY);
  paint (&band.who[GUEST], 5, 77);
  g_assert_cmpint (velocity (&band.who[GUEST], 5), ==, 77);
  band_clear (&band);
}

static gboolean
sounds (const Somebody *who)
{
  return tutti_output_get_state (tutti_session_get_output (who->session)) != TUTTI_OUTPUT_STOPPED;
}

/* The host is lost before it told the time: what this machine's own clock says is no place in the jam, for nobody. */
static void
test_no_time (void)
{
  TuttiNetTimeState known = { .fit.settled = TRUE }, time;
  Somebody host, heir;

  somebody_init (&host, "Azure Ant", 0);
  somebody_init (&heir, "Beryl Bee", 1);
  tutti_studio_set_heir (heir.studio, TRUE);
  g_autofree char *jam = new_jam (&host);
  open_jam (&host, jam);
  join (&heir, let_in (&host, 0, 8));
  tutti_session_unhost (host.session);
  WAIT_FOR (state (&heir) != TUTTI_SESSION_JOINED && !tutti_sound_bank_is_busy (tutti_studio_get_bank (heir.studio)));
  tutti_net_time_get_state (heir.session->time, &time);
  tutti_session_start_in_time (heir.session, &time);
  /* Far fewer answers than it takes, unless this process stood still just now. */
  if (!time.fit.settled)
    {
      g_assert_false (sounds (&heir));
      g_assert_false (tutti_session_is_heir (heir.session));
      g_assert_cmpint (state (&heir), ==, TUTTI_SESSION_AWAY);
    }
  tutti_session_start_in_time (heir.session, &known);
  WAIT_FOR (sounds (&heir));
  somebody_clear (&heir);
  somebody_clear (&host);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/succession/handed", test_handed);
  g_test_add_func ("/succession/gone", test_gone);
  g_test_add_func ("/succession/kept", test_kept);
  g_test_add_func ("/succession/nobody-willing", test_nobody_willing);
  g_test_add_func ("/succession/no-time", test_no_time);
  return g_test_run ();
}
