/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-recorder.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sndfile.h>
#include <string.h>
#include <unistd.h>

#define RATE 48000

struct _TuttiRecorder
{
  float *frames;                   /* owned, interleaved stereo */
  gsize  room, n;                  /* frames */
  gint64 first_frame;
};

TuttiRecorder *
tutti_recorder_new (double seconds)
{
  TuttiRecorder *recorder = g_new0 (TuttiRecorder, 1);

  recorder->room = (gsize) (seconds * RATE);
  recorder->frames = g_new0 (float, 2 * recorder->room);
  return recorder;
}

void
tutti_recorder_free (TuttiRecorder *recorder)
{
  g_free (recorder->frames);
  g_free (recorder);
}

void
tutti_recorder_tap (gpointer data, gint64 first_frame, guint n_frames, const float *stereo)
{
  TuttiRecorder *recorder = data;
  gsize n = MIN (n_frames, recorder->room - recorder->n);

  if (recorder->n == 0)
    recorder->first_frame = first_frame;
  memcpy (recorder->frames + 2 * recorder->n, stereo, 2 * n * sizeof *stereo);
  recorder->n += n;
}

gboolean
tutti_recorder_may_save (const char *path, GError **error)
{
  /* Asked, not tried: opening would wait for the other end of a pipe, and what it made would have to go again. */
  g_autofree char *folder = g_path_get_dirname (path);
  gboolean there = g_access (path, F_OK) == 0;
  int why = 0;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    why = EISDIR;
  else if (g_access (there ? path : folder, there ? W_OK : W_OK | X_OK) != 0)
    why = errno;
  if (why != 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” cannot be written: %s", path, g_strerror (why));
  return why == 0;
}

gboolean
tutti_recorder_save (TuttiRecorder *recorder, const char *path, GError **error)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_24 };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);
  gboolean ok = file != NULL && sf_writef_float (file, recorder->frames, (sf_count_t) recorder->n) == (sf_count_t) recorder->n;

  if (!ok)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” cannot be written: %s", path, sf_strerror (file));
  if (file != NULL)
    sf_close (file);
  return ok;
}

gint64
tutti_recorder_get_first_frame (TuttiRecorder *recorder)
{
  return recorder->first_frame;
}
