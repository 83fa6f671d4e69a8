/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-files.h"
#include "tutti-sound-decode.h"
#include "tutti-sound-files.h"
#include "tutti-sound-flac.h"
#include "tutti-sound-import.h"

#include <math.h>
#include <sndfile.h>

/* Sounds and files made by the tests themselves. */

static inline char *
fixture_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("tutti-sound-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* A tone of @hz, channel c a quarter turn later each, amplitude 0.5. */
static inline float *
fixture_tone (int rate, int n_channels, gsize n_frames, double hz)
{
  float *frames = g_new (float, MAX (n_frames * (gsize) n_channels, 1));

  for (gsize i = 0; i < n_frames; i++)
    for (int c = 0; c < n_channels; c++)
      frames[i * (gsize) n_channels + (gsize) c] =
        (float) (0.5 * sin (2.0 * G_PI * hz * (double) i / rate + c * G_PI / 2.0));
  return frames;
}

static inline char *
fixture_write (const char *folder, const char *name, int format, int rate, int n_channels, const float *frames,
               gsize n_frames)
{
  char *path = g_build_filename (folder, name, NULL);
  SF_INFO info = { .samplerate = rate, .channels = n_channels, .format = format };
  SNDFILE *file = sf_open (path, SFM_WRITE, &info);

  if (file == NULL)
    g_error ("%s: %s", name, sf_strerror (NULL));
  /* In pieces: libsndfile 1.2's Vorbis and MP3 encoders want no minute at once. */
  for (gsize done = 0; done < n_frames; done += 4096)
    {
      sf_count_t n = (sf_count_t) MIN (n_frames - done, 4096);

      g_assert_cmpint (sf_writef_float (file, frames + done * (gsize) n_channels, n), ==, n);
    }
  sf_close (file);
  return path;
}

static inline GBytes *
fixture_bytes (const char *path)
{
  g_autoptr(GError) error = NULL;
  char *bytes;
  gsize n;

  g_file_get_contents (path, &bytes, &n, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, n);
}

static inline GBytes *
fixture_file (int format, int rate, int n_channels, const float *frames, gsize n_frames)
{
  g_autofree char *folder = fixture_folder ();
  g_autofree char *path = fixture_write (folder, "file", format, rate, n_channels, frames, n_frames);
  GBytes *bytes = fixture_bytes (path);

  tutti_remove_tree (folder);
  return bytes;
}

static inline TuttiSound *
fixture_decode (GBytes *bytes)
{
  g_autoptr(GError) error = NULL;
  TuttiSound *sound = tutti_sound_decode (bytes, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (sound);
  return sound;
}

/* Whatever was decoded keeps the promises of TuttiSound. */
static inline void
fixture_check (TuttiSound *sound)
{
  gsize n = tutti_sound_get_n_frames (sound) * tutti_sound_get_n_channels (sound);
  const float *frames = tutti_sound_get_frames (sound);

  g_assert_cmpuint (tutti_sound_get_n_channels (sound), >=, 1);
  g_assert_cmpuint (tutti_sound_get_n_channels (sound), <=, 2);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), >=, 1);
  g_assert_cmpuint (tutti_sound_get_n_frames (sound), <=, TUTTI_SOUND_FRAMES_MAX);
  for (gsize i = 0; i < n; i++)
    if (!(fabsf (frames[i]) <= 1.0f))
      g_error ("sample %" G_GSIZE_FORMAT " is %g", i, (double) frames[i]);
}
