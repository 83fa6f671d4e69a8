/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes out of two machines' sound servers: the same music at the same time, and again after a server died. */
#include "tutti-e2e.h"
#include "tutti-heard.h"

#include <glib/gstdio.h>
#include <signal.h>

#define B_AGE_S 3600               /* b was switched on that much before the others */

/* Both play for a while; the later half of it is compared. */
static gboolean
play_in_time (const TuttiE2eHost *host, const char *folder)
{
  g_autofree char *b_path = g_build_filename (folder, "b", NULL), *c_path = g_build_filename (folder, "c", NULL);
  TuttiLabProcess *b_ear = tutti_heard_start ("b", b_path), *c_ear = tutti_heard_start ("c", c_path);
  TuttiLabProcess *b = tutti_e2e_join ("b", host, 11, TUTTI_E2E_WORDS ("--play"));
  TuttiLabProcess *c = tutti_e2e_join ("c", host, 11, TUTTI_E2E_WORDS ("--play"));
  TuttiHeard b_heard, c_heard;

  tutti_lab_expect (b_ear, "^sound");
  tutti_lab_expect (c_ear, "^sound");
  g_autoptr(JsonObject) b_left = tutti_e2e_left (b);
  gint64 b_left_ns = tutti_heard_now_ns ();
  g_autoptr(JsonObject) c_left = tutti_e2e_left (c);

  tutti_heard_finish (b_ear, b_path, B_AGE_S * TUTTI_HEARD_SECOND_NS, &b_heard);
  tutti_heard_finish (c_ear, c_path, 0, &c_heard);
  gboolean together = tutti_heard_together (&b_heard, &c_heard, b_left_ns - 13 * TUTTI_HEARD_SECOND_NS / 2,
                                            b_left_ns - TUTTI_HEARD_SECOND_NS / 2);
  guint n_same = tutti_e2e_same_sound (b_left, c_left);

  tutti_heard_clear (&b_heard);
  tutti_heard_clear (&c_heard);
  return together && n_same >= 3;
}

/* On a machine that is busy with much else the sound servers lose some now and then: what was lost cannot be compared. */
static void
check_in_time (const TuttiE2eHost *host, const char *folder)
{
  gint64 deadline = g_get_monotonic_time () + TUTTI_LAB_DEADLINE_S * G_USEC_PER_SEC;

  while (!play_in_time (host, folder))
    g_assert_cmpint (g_get_monotonic_time (), <, deadline);
}

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("tutti-e2e-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static TuttiE2eHost *
start_music (void)
{
  TuttiE2eHost *host;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --pulse --clock-offset %d", B_AGE_S));
  g_free (tutti_lab ("add c --pulse"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"play\",-1]")));
  return host;
}

static void
test_same_music (void)
{
  g_autofree char *folder = make_folder ();
  g_autoptr(TuttiE2eHost) host = start_music ();

  check_in_time (host, folder);
  g_rmdir (folder);
  tutti_lab_sweep ();
}

static void
test_server_dies (void)
{
  g_autofree char *folder = make_folder (), *path = g_build_filename (folder, "c", NULL);
  g_autoptr(TuttiE2eHost) host = start_music ();
  TuttiLabProcess *ear = tutti_heard_start ("c", path);
  TuttiLabProcess *c = tutti_e2e_join ("c", host, 0, TUTTI_E2E_WORDS ("--play"));

  tutti_lab_expect (ear, "^sound");
  tutti_lab_signal (ear, SIGKILL);
  tutti_lab_finish (ear);
  g_free (tutti_lab ("kill c pulse"));
  /* Takes part all the same. */
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",11000]")));
  g_free (tutti_lab ("start c pulse"));
  ear = tutti_heard_start ("c", path);
  tutti_lab_expect (ear, "^sound");
  g_autoptr(JsonObject) status = tutti_e2e_status ("a", host);

  tutti_lab_signal (c, SIGTERM);
  g_autoptr(JsonObject) left = tutti_e2e_left (c);

  tutti_e2e_same (left, status);
  tutti_lab_signal (ear, SIGTERM);
  tutti_lab_finish (ear);
  g_unlink (path);
  g_rmdir (folder);
  tutti_lab_sweep ();
}

/* Nobody has a sound server: joins all the same. */
static void
test_no_server (void)
{
  g_autoptr(TuttiE2eHost) host = NULL;

  g_free (tutti_lab ("add a"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));
  TuttiLabProcess *join = tutti_e2e_join ("a", host, 2, TUTTI_E2E_WORDS ("--play"));
  g_autoptr(JsonObject) left = tutti_e2e_left (join);

  g_assert_cmpstr (json_object_get_string_member (left, "jam"), ==, host->jam);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sound/same-music", test_same_music);
  g_test_add_func ("/sound/server-dies", test_server_dies);
  g_test_add_func ("/sound/no-server", test_no_server);
  return g_test_run ();
}
