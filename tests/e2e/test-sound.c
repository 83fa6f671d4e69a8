/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes out of two machines' sound servers: the same music at the same time, and again after a server died. */
#include "tutti-e2e.h"

#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#define EVERY 4                    /* samples taken as one: 12 kHz tell 0.08 ms, and music from noise */
#define RATE (48000 / EVERY)
#define WINDOW RATE
#define LAG_MAX (RATE / 10)
#define B_AGE_S 3600               /* b was switched on that much before the others */
#define SECOND_NS G_GINT64_CONSTANT (1000000000)

typedef struct
{
  gint64 end, arrived_ns;          /* in samples of the sound server */
} Chunk;

typedef struct
{
  Chunk  *chunks;                  /* owned */
  gsize   n_chunks;
  float  *samples;                 /* owned, RATE a second */
  gssize  n;
} Heard;

static TuttiLabProcess *
listen_to (const char *machine, const char *path)
{
  return tutti_lab_spawn (machine, TUTTI_E2E_EAR, path, NULL);
}

/* @ahead_ns: of the machine's clock before ours. */
static void
finish_listening (TuttiLabProcess *ear, const char *path, gint64 ahead_ns, Heard *out)
{
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  const float *samples;
  gsize length;
  gint64 n;

  tutti_lab_signal (ear, SIGTERM);
  g_assert_cmpint (tutti_lab_finish (ear), ==, 0);
  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  memcpy (&n, bytes, sizeof n);
  out->n_chunks = (gsize) n;
  out->chunks = g_memdup2 (bytes + sizeof n, out->n_chunks * sizeof (Chunk));
  for (gsize i = 0; i < out->n_chunks; i++)
    out->chunks[i].arrived_ns -= ahead_ns;
  samples = (const float *) (bytes + sizeof n + out->n_chunks * sizeof (Chunk));
  out->n = out->chunks[n - 1].end / EVERY;
  out->samples = g_new0 (float, out->n);
  for (gssize i = 0; i < EVERY * out->n; i++)
    out->samples[i / EVERY] += samples[i] / EVERY;
  g_unlink (path);
}

static void
clear_heard (Heard *heard)
{
  g_free (heard->chunks);
  g_free (heard->samples);
}

/* When the recording would have begun, told from the chunks that arrived in [@from_ns, @from_ns + @length_ns). They come late by
 * what the machine is busy with, never early: the earliest tells. */
static gint64
find_begin (const Heard *heard, gint64 from_ns, gint64 length_ns)
{
  gint64 begin_ns = G_MAXINT64;

  for (gsize i = 0; i < heard->n_chunks; i++)
    if (heard->chunks[i].arrived_ns >= from_ns && heard->chunks[i].arrived_ns < from_ns + length_ns)
      begin_ns = MIN (begin_ns, heard->chunks[i].arrived_ns - heard->chunks[i].end * 1000000 / 48);
  return begin_ns;
}

/* Where in the recording @from_ns lies; −1 where it has a gap, because a busy machine lost some. */
static gssize
find_place (const Heard *heard, gint64 from_ns)
{
  gint64 first_ns = find_begin (heard, from_ns, SECOND_NS / 2);
  gint64 then_ns = find_begin (heard, from_ns + SECOND_NS / 2, SECOND_NS / 2);
  gssize place = (from_ns - MIN (first_ns, then_ns)) * RATE / SECOND_NS;

  if (first_ns == G_MAXINT64 || ABS (first_ns - then_ns) > 4000000 || place < LAG_MAX ||
      place + WINDOW + LAG_MAX > heard->n)
    return -1;
  return place;
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

/* How much later @other plays what @one plays from @from_ns on, in milliseconds; FALSE where that cannot be told. */
static gboolean
find_offset (const Heard *one, const Heard *other, gint64 from_ns, double *offset_ms)
{
  gssize here = find_place (one, from_ns), there = find_place (other, from_ns);
  double best = -1;

  if (here < 0 || there < 0)
    return FALSE;
  for (int i = -LAG_MAX; i <= LAG_MAX; i++)
    {
      double alike = compare (one->samples + here, other->samples + there + i);

      if (alike > best)
        {
          best = alike;
          *offset_ms = i * 1000.0 / RATE;
        }
    }
  g_test_message ("alike %.3f at %.2f ms", best, *offset_ms);
  return best > 0.8;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  return *(const double *) a < *(const double *) b ? -1 : 1;
}

/* Second by second, until @until_ns: the median is what someone between the two would hear. */
static void
check_heard (const Heard *one, const Heard *other, gint64 until_ns)
{
  g_autoptr(GArray) offsets = g_array_new (FALSE, FALSE, sizeof (double));
  double offset_ms;

  for (gint64 from_ns = until_ns - 6 * SECOND_NS; from_ns <= until_ns - SECOND_NS; from_ns += SECOND_NS / 2)
    if (find_offset (one, other, from_ns, &offset_ms))
      g_array_append_val (offsets, offset_ms);
  g_assert_cmpuint (offsets->len, >=, 5);
  g_array_sort (offsets, compare_doubles);
  g_assert_cmpfloat (fabs (g_array_index (offsets, double, offsets->len / 2)), <, 15.0);
}

/* Both play for a while; the later half of it is compared. */
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

  finish_listening (b_ear, b_path, B_AGE_S * SECOND_NS, &b_heard);
  finish_listening (c_ear, c_path, 0, &c_heard);
  check_heard (&b_heard, &c_heard, b_left_ns - SECOND_NS / 2);
  g_assert_cmpuint (tutti_e2e_same_sound (b_left, c_left), >=, 3);
  clear_heard (&b_heard);
  clear_heard (&c_heard);
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
