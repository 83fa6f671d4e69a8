/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole window with a session that has neither network nor sound, to be tried by hand and by scripts. Time runs. */
#include "tutti-application.h"
#include "tutti-session-fake.h"

static gboolean
on_time (gpointer user_data)
{
  tutti_session_fake_run (user_data);
  return G_SOURCE_CONTINUE;
}

static guint timer;

static TuttiSession *
begin (gpointer self, GError **error)
{
  TuttiSession *session = tutti_session_fake_new ();

  tutti_session_fake_fill (session);
  tutti_session_fake_add_member (session, 1, "Sam", TUTTI_PERSON_MINT, TRUE);
  timer = g_timeout_add (8, on_time, session);
  return session;
}

static TuttiSession *
host (gpointer self, const TuttiHostWish *hosting, GError **error)
{
  return begin (self, error);
}

static TuttiSession *
join (gpointer self, const char *id, GError **error)
{
  return begin (self, error);
}

static char *
words (gpointer self, TuttiSession *session)
{
  return g_strdup ("It ended.");
}

static gboolean
understands (const char *address)
{
  return strchr (address, ':') != NULL;
}

static void
watch (gpointer self, TuttiStartPage *page)
{
  static const TuttiNearby nearby = { "fuzzy", "fuzzy-penguin-42", "mias-laptop", 3, 16, 12400, FALSE, FALSE };

  tutti_start_page_set_nearby (page, &nearby, 1);
}

static void
share (gpointer self, TuttiSession *session, TuttiShared told, gpointer user_data)
{
  tutti_session_fake_set_state (session, TUTTI_SESSION_HOSTING);
  told ("Hosting fuzzy-penguin-42. Others on this network see it now.", user_data);
}

static char *
link_of (gpointer self, TuttiSession *session)
{
  return tutti_session_get_state (session) == TUTTI_SESSION_HOSTING ? g_strdup ("tutti://192.0.2.7:7464/demo") : NULL;
}

static void
close_session (gpointer self, TuttiSession *session)
{
  g_clear_handle_id (&timer, g_source_remove);
}

int
main (int argc, char **argv)
{
  const TuttiSessions sessions = { begin, host, join, join, words, understands, watch, share, link_of, close_session, NULL };
  g_autoptr(TuttiApplication) app = tutti_application_new (&sessions);

  return g_application_run (G_APPLICATION (app), argc, argv);
}
