/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say and where they are, with whole sessions over sockets: the same for who hosts, who visits and who comes later. */
#include "tutti-somebody.h"

#include <string.h>

enum { HOST, HEIR, GUEST, N_PEOPLE };

typedef struct
{
  Somebody who[N_PEOPLE];
  char    *jam;
  guint16  port;
} Band;

static void
band_init (Band *band)
{
  static const char * const names[] = { "Azure Ant", "Beryl Bee", "Coral Cat" };

  for (int i = 0; i < N_PEOPLE; i++)
    somebody_init (&band->who[i], names[i], i);
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
    somebody_clear (&band->who[i]);
  g_free (band->jam);
}

static void
say (Somebody *who, const char *text)
{
  g_autoptr(GError) error = NULL;

  tutti_session_chat (who->session, text, &error);
  g_assert_no_error (error);
}

/* All lines as one knows them. (transfer full) */
static char *
heard (Somebody *who)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < tutti_session_get_n_lines (who->session); i++)
    {
      const TuttiLine *line = tutti_session_get_line (who->session, i);

      g_string_append_printf (all, "%u: %s\n", line->by, line->text);
    }
  return g_string_free (all, FALSE);
}

static gboolean
heard_is (Somebody *who, const char *expected)
{
  g_autofree char *all = heard (who);

  return g_str_equal (all, expected);
}

static const TuttiHere *
here_of (Somebody *at, Somebody *who)
{
  GListModel *people = tutti_session_get_people (at->session);
  static const TuttiHere nothing;

  for (guint i = 0; i < g_list_model_get_n_items (people); i++)
    {
      g_autoptr(TuttiMember) member = g_list_model_get_item (people, i);

      if (tutti_member_get_number (member) == tutti_session_get_me (who->session))
        return tutti_member_get_here (member);
    }
  return &nothing;
}

/* Solo, as host and as guest; by who comes later; after a restart from the disk. */
static void
test_chat (void)
{
  static const char said[] = "1: nobody hears <b>this</b>\n1: hello\n2: hi & bar 14\n";
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *guest = &band.who[GUEST];

  say (host, "nobody hears <b>this</b>");
  WAIT_FOR (tutti_session_get_n_lines (host->session) == 1);
  join (guest, band.port);
  WAIT_FOR (heard_is (guest, "1: nobody hears <b>this</b>\n"));
  say (host, "hello");
  WAIT_FOR (tutti_session_get_n_lines (guest->session) == 2);
  say (guest, "hi & bar 14");
  WAIT_FOR (heard_is (host, said) && heard_is (guest, said));
  leave (guest);
  leave (host);
  open_jam (host, band.jam);
  WAIT_FOR (heard_is (host, said));
  band_clear (&band);
}

/* Whoever goes on hosting has what was said, keeps it, and goes on counting. */
static void
test_handed (void)
{
  static const char said[] = "1: one\n1: two\n3: three\n2: four\n";
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *heir = &band.who[HEIR], *guest = &band.who[GUEST];

  tutti_studio_set_heir (heir->studio, TRUE);
  say (host, "one");
  join (heir, band.port);
  say (host, "two");
  WAIT_FOR (tutti_session_get_n_lines (heir->session) == 2);
  join (guest, band.port);
  WAIT_FOR (tutti_session_get_n_lines (guest->session) == 2);
  WAIT_FOR (tutti_session_has_heirs (host->session));
  leave (host);
  WAIT_FOR (state (heir) == TUTTI_SESSION_HOSTING && state (guest) == TUTTI_SESSION_JOINED &&
            tutti_session_get_host (guest->session) == tutti_session_get_me (heir->session) && present (heir) == 2);
  say (guest, "three");
  WAIT_FOR (tutti_session_get_n_lines (heir->session) == 3);
  say (heir, "four");
  WAIT_FOR (heard_is (heir, said) && heard_is (guest, said));
  leave (guest);
  leave (heir);
  open_jam (heir, band.jam);
  WAIT_FOR (heard_is (heir, said));
  band_clear (&band);
}

static void
test_here (void)
{
  Band band;

  band_init (&band);
  Somebody *host = &band.who[HOST], *guest = &band.who[GUEST];
  TuttiId track = tutti_session_get_jam (host->session)->tracks[0]->id;

  tutti_session_set_here (host->session, &(TuttiHere) { .place = TUTTI_PLACE_MIXER, .on = track, .hold = TUTTI_HOLD_GAIN });
  join (guest, band.port);
  WAIT_FOR (here_of (guest, host)->hold == TUTTI_HOLD_GAIN);
  g_assert_cmpuint (here_of (guest, host)->doing, ==, TUTTI_DOING_EDITING);
  tutti_session_set_here (guest->session, &(TuttiHere) { .on = track, .step = 3 });
  WAIT_FOR (here_of (host, guest)->step == 3);
  paint (guest, 2, 77);
  WAIT_FOR (here_of (host, guest)->doing == TUTTI_DOING_EDITING);
  leave (guest);
  WAIT_FOR (present (host) == 1);
  band_clear (&band);
}

/* Nobody waits for what nobody takes. */
static void
test_ended (void)
{
  Band band;
  g_autoptr(GError) error = NULL;

  band_init (&band);
  tutti_session_leave (band.who[HOST].session);
  g_assert_false (tutti_session_chat (band.who[HOST].session, "anyone?", &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING);
  g_assert_cmpuint (tutti_session_get_n_lines (band.who[HOST].session), ==, 0);
  tutti_session_set_here (band.who[HOST].session, NULL);
  band_clear (&band);
}

int
main (int argc, char **argv)
{
  gst_init (NULL, NULL);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/session-talk/chat", test_chat);
  g_test_add_func ("/session-talk/handed", test_handed);
  g_test_add_func ("/session-talk/here", test_here);
  g_test_add_func ("/session-talk/ended", test_ended);
  return g_test_run ();
}
