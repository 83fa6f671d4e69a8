/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is tapped is in the file, to the frame, whatever its length; and it is said where that ends. */
#include "tutti-recorder.h"

#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>

#define RATE 48000
#define BLOCK 480

typedef struct
{
  char *folder, *path;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  place->folder = g_dir_make_tmp ("tutti-recorder-XXXXXX", &error);
  g_assert_no_error (error);
  place->path = g_build_filename (place->folder, "mix.wav", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_unlink (place->path);
  g_assert_cmpint (g_rmdir (place->folder), ==, 0);
  g_free (place->folder);
  g_free (place->path);
}

/* Exact in 24 bits. */
static float
sample (gint64 frame, guint channel)
{
  return (float) ((frame * 2 + channel) % 30011) / 65536.0f;
}

static void
tap (TuttiRecorder *recorder, gint64 from, gint64 n)
{
  float block[2 * BLOCK];

  for (gint64 frame = from; frame < from + n; frame += BLOCK)
    {
      guint length = (guint) MIN (BLOCK, from + n - frame);

      for (guint i = 0; i < 2 * length; i++)
        block[i] = sample (frame + i / 2, i % 2);
      tutti_recorder_tap (recorder, frame, length, block);
    }
}

static void
check_file (const char *path, gint64 n)
{
  SF_INFO info = { 0 };
  SNDFILE *file = sf_open (path, SFM_READ, &info);
  float frame[2];

  g_assert_nonnull (file);
  g_assert_cmpint (info.format, ==, SF_FORMAT_WAV | SF_FORMAT_PCM_24);
  g_assert_cmpint (info.samplerate, ==, RATE);
  g_assert_cmpint (info.frames, ==, n);
  for (gint64 i = 0; i < n; i++)
    {
      g_assert_cmpint (sf_readf_float (file, frame, 1), ==, 1);
      if (frame[0] != sample (i, 0) || frame[1] != sample (i, 1))
        g_error ("frame %" G_GINT64_FORMAT " is another", i);
    }
  sf_close (file);
}

static void
wait_until_stopped (TuttiRecorder *recorder)
{
  gint64 deadline = g_get_monotonic_time () + 60 * G_USEC_PER_SEC;
  g_autofree char *why = NULL;

  while ((why = tutti_recorder_why_stopped (recorder)) == NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_thread_yield ();
    }
  g_assert_cmpuint (strlen (why), >, 10);
}

static void
test_all (Place *place, gconstpointer data)
{
  TuttiRecorder *recorder = tutti_recorder_new (place->path, 100);
  g_autoptr(GError) error = NULL;
  guint64 lost = 1;

  /* The ends of its ring, in cache lines of their own. */
  g_assert_cmpuint ((guintptr) recorder % 64, ==, 0);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  tap (recorder, 0, 3 * RATE + 17);
  tap (recorder, 3 * RATE + 17, 5);
  g_assert_null (tutti_recorder_why_stopped (recorder));
  g_assert_true (tutti_recorder_finish (recorder, &lost, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (lost, ==, 0);
  tutti_recorder_free (recorder);
  check_file (place->path, 3 * RATE + 22);
}

/* It stops there and says so, and what is in the file stays right. */
static void
test_full (Place *place, gconstpointer data)
{
  TuttiRecorder *recorder = tutti_recorder_new (place->path, 1);
  guint64 lost;

  tap (recorder, 0, RATE + 1000);
  wait_until_stopped (recorder);
  tap (recorder, RATE + 1000, 1000);
  g_assert_true (tutti_recorder_finish (recorder, &lost, NULL));
  tutti_recorder_free (recorder);
  check_file (place->path, RATE);
}

/* Given up after a failed visit: what came is there; and nothing is made where nothing came. */
static void
test_given_up (Place *place, gconstpointer data)
{
  TuttiRecorder *recorder = tutti_recorder_new (place->path, 10);

  tutti_recorder_free (recorder);
  g_assert_false (g_file_test (place->path, G_FILE_TEST_EXISTS));
  recorder = tutti_recorder_new (place->path, 10);
  tap (recorder, 0, 5000);
  tutti_recorder_free (recorder);
  check_file (place->path, 5000);
}

static void
test_empty (Place *place, gconstpointer data)
{
  TuttiRecorder *recorder = tutti_recorder_new (place->path, 10);
  guint64 lost;

  g_assert_true (tutti_recorder_finish (recorder, &lost, NULL));
  tutti_recorder_free (recorder);
  check_file (place->path, 0);
}

static void
test_cannot (Place *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "nowhere", "mix.wav", NULL);
  TuttiRecorder *recorder = tutti_recorder_new (path, 10);
  g_autoptr(GError) error = NULL;
  guint64 lost;

  tap (recorder, 0, 1000);
  wait_until_stopped (recorder);
  g_assert_false (tutti_recorder_finish (recorder, &lost, &error));
  g_assert_nonnull (strstr (error->message, "cannot be written"));
  tutti_recorder_free (recorder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/recorder/all", Place, NULL, set_up, test_all, tear_down);
  g_test_add ("/recorder/full", Place, NULL, set_up, test_full, tear_down);
  g_test_add ("/recorder/given-up", Place, NULL, set_up, test_given_up, tear_down);
  g_test_add ("/recorder/empty", Place, NULL, set_up, test_empty, tear_down);
  g_test_add ("/recorder/cannot", Place, NULL, set_up, test_cannot, tear_down);
  return g_test_run ();
}
