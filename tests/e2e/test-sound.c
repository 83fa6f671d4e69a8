/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes out of two machines' sound servers: the same music at the same time, and again after a server died. */
#include "tutti-e2e.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#define EVERY 4                    /* samples taken as one: 12 kHz tell 0.08 ms, and music from noise */
#define RATE (48000 / EVERY)
#define WINDOW (2 * RATE)
#define LAG_MAX (RATE / 10)
#define B_AGE_S 3600               /* b was switched on that much before the others */

typedef struct
{
  gint64 first_ns;
  float *samples;                  /* owned, RATE a second */
  gsize  n;
} Heard;

static TuttiLabProcess *
listen_to (const char *machine, const char *path)
{
  return tutti_lab_spawn (machine, TUTTI_E2E_EAR, path, NULL);
}

static void
finish_listening (TuttiLabProcess *ear, const char *path, Heard *out)
{
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  const float *samples;
  gsize length;

  tutti_lab_signal (ear, SIGTERM);
  g_assert_cmpint (tutti_lab_finish (ear), ==, 0);
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (length, >, sizeof out->first_ns);
  memcpy (&out->first_ns, bytes, sizeof out->first_ns);
  samples = (const float *) (bytes + sizeof out->first_ns);
  out->n = (length - sizeof out->first_ns) / sizeof (float) / EVERY;
  out->samples = g_new0 (float, out->n);
  for (gsize i = 0; i < EVERY * out->n; i++)
    out->samples[i / EVERY] += samples[i] / EVERY;
  g_unlink (path);
}

/* How alike @one and @other are, −1 … 1. */
static double
compare (const float *one, const float *other)
{
  double both = 0, first = 1e-9, second = 1e-9;

  for (guint i = 0; i < WINDOW; i++)
    {
      both += (double) one[i] * other[i];
      first += (double) one[i] * one[i];
      second += (double) other[i] * other[i];
    }
  return both / sqrt (first * second);
}

/* How much later @other plays what @one plays from @from_ns on, in milliseconds; demands that it is the same music. */
static double
find_offset (const Heard *one, const Heard *other, gint64 from_ns)
{
  gssize here = (from_ns - one->first_ns) * RATE / 1000000000, there = (from_ns - other->first_ns) * RATE / 1000000000;
  double part_ms = (double) ((from_ns - one->first_ns) * RATE % 1000000000 - (from_ns - other->first_ns) * RATE % 1000000000) /
                   1e6 / RATE;
  double best = -1, lag = 0;

  g_assert_cmpint (here, >=, 0);
  g_assert_cmpint (there, >=, LAG_MAX);
  g_assert_cmpint (here + WINDOW, <=, one->n);
  g_assert_cmpint (there + LAG_MAX + WINDOW, <=, other->n);
  for (int i = -LAG_MAX; i <= LAG_MAX; i++)
    {
      double alike = compare (one->samples + here, other->samples + there + i);

      if (alike > best)
        {
          best = alike;
          lag = i * 1000.0 / RATE;
        }
    }
  g_test_message ("alike %.3f at %.2f ms", best, lag + part_ms);
  g_assert_cmpfloat (best, >, 0.8);
  return lag + part_ms;
}

/* Both play for a while; a later half of it is compared. */
static void
check_in_time (const TuttiE2eHost *host, const char *folder)
{
  g_autofree char *b_path = g_build_filename (folder, "b", NULL), *c_path = g_build_filename (folder, "c", NULL);
  TuttiLabProcess *b_ear = listen_to ("b", b_path), *c_ear = listen_to ("c", c_path);
  TuttiLabProcess *b = tutti_e2e_join ("b", host, 11, TUTTI_E2E_WORDS ("--play"));
  TuttiLabProcess *c = tutti_e2e_join ("c", host, 11, TUTTI_E2E_WORDS ("--play"));
  Heard b_heard, c_heard;

  tutti_lab_expect (b_ear, "^sound");
  tutti_lab_expect (c_ear, "^sound");
  g_autoptr(JsonObject) b_left = tutti_e2e_left (b);
  gint64 b_left_ns = g_get_monotonic_time () * 1000;
  g_autoptr(JsonObject) c_left = tutti_e2e_left (c);

  finish_listening (b_ear, b_path, &b_heard);
  finish_listening (c_ear, c_path, &c_heard);
  b_heard.first_ns -= B_AGE_S * G_GINT64_CONSTANT (1000000000);
  g_assert_cmpfloat (fabs (find_offset (&b_heard, &c_heard, b_left_ns - 4 * G_GINT64_CONSTANT (1000000000))), <, 15.0);
  g_assert_cmpuint (tutti_e2e_same_sound (b_left, c_left), >=, 3);
  g_free (b_heard.samples);
  g_free (c_heard.samples);
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
  TuttiLabProcess *ear = listen_to ("c", path);
  TuttiLabProcess *c = tutti_e2e_join ("c", host, 0, TUTTI_E2E_WORDS ("--play"));

  tutti_lab_expect (ear, "^sound");
  tutti_lab_signal (ear, SIGKILL);
  tutti_lab_finish (ear);
  g_free (tutti_lab ("kill c pulse"));
  /* Takes part all the same. */
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"tempo\",11000]")));
  g_free (tutti_lab ("start c pulse"));
  ear = listen_to ("c", path);
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
