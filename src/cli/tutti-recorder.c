/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-recorder.h"

#include "tutti-ring.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sndfile.h>
#include <unistd.h>

#define RATE 48000

/* 43 seconds for a disk that stands still. */
#define RING_FRAMES (1u << 21)
#define PIECE_FRAMES 4096
#define MOMENT_US (50 * 1000)

typedef struct
{
  float left, right;
} Frame;

struct _TuttiRecorder
{
  char      *path;
  TuttiRing  ring;
  Frame     *slots;                /* the ring's */
  GThread   *thread;               /* NULL: it was joined */
  GMutex     lock;
  GCond      wake;
  gboolean   ending;               /* under the lock */
  gint       stopped;              /* atomic */
  /* whoever taps */
  guint64    owed, lost;           /* frames of silence still to be given, and ever */
  /* the thread's, until it was joined */
  SNDFILE   *file;
  GError    *error;
  gint64     room, until_header;   /* frames */
  gint64     seconds;              /* at most; never changed */
};

/* ---- the file ---- */

static void
stop (TuttiRecorder *self)
{
  g_atomic_int_set (&self->stopped, TRUE);
}

static void
fail (TuttiRecorder *self)
{
  if (self->error == NULL)
    g_set_error (&self->error, G_IO_ERROR, G_IO_ERROR_FAILED, "“%s” cannot be written: %s", self->path, sf_strerror (self->file));
  stop (self);
}

static gboolean
open_file (TuttiRecorder *self)
{
  SF_INFO info = { .samplerate = RATE, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_24 };

  if (self->file == NULL && self->error == NULL)
    self->file = sf_open (self->path, SFM_WRITE, &info);
  if (self->file == NULL)
    fail (self);
  return self->file != NULL;
}

/* Killed at any moment, it leaves a file that is right but for the last second. */
static void
keep_header (TuttiRecorder *self, gint64 n)
{
  self->until_header -= n;
  if (self->until_header > 0)
    return;
  sf_command (self->file, SFC_UPDATE_HEADER_NOW, NULL, 0);
  self->until_header = RATE;
}

static void
write_piece (TuttiRecorder *self, const Frame *piece, gint64 n)
{
  gint64 fits = MIN (n, self->room);

  if (g_atomic_int_get (&self->stopped) || !open_file (self))
    return;
  if (sf_writef_float (self->file, &piece->left, fits) != fits)
    {
      fail (self);
      return;
    }
  self->room -= fits;
  keep_header (self, fits);
  if (self->room == 0)
    stop (self);
}

/* ---- its thread ---- */

static gboolean
write_some (TuttiRecorder *self)
{
  Frame piece[PIECE_FRAMES];
  guint n = 0;

  while (n < PIECE_FRAMES && tutti_ring_pop (&self->ring, &piece[n]))
    n++;
  if (n > 0)
    write_piece (self, piece, n);
  return n > 0;
}

/* Whoever taps may wake nobody. Returns: whether to go on. */
static gboolean
wait_a_moment (TuttiRecorder *self)
{
  gboolean ending;

  g_mutex_lock (&self->lock);
  if (!self->ending)
    g_cond_wait_until (&self->wake, &self->lock, g_get_monotonic_time () + MOMENT_US);
  ending = self->ending;
  g_mutex_unlock (&self->lock);
  return !ending;
}

static gpointer
write_all (gpointer data)
{
  TuttiRecorder *self = data;

  do
    while (write_some (self))
      ;
  while (wait_a_moment (self));
  /* Nobody taps any more: this is the rest. */
  while (write_some (self))
    ;
  return NULL;
}

static void
join (TuttiRecorder *self)
{
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->ending = TRUE;
  g_cond_signal (&self->wake);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

/* ---- a recorder ---- */

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

TuttiRecorder *
tutti_recorder_new (const char *path, guint seconds)
{
  /* What the ring asks of its place is more than malloc gives. */
  TuttiRecorder *self = g_aligned_alloc0 (1, sizeof *self, alignof (TuttiRecorder));

  self->path = g_strdup (path);
  self->seconds = MIN (seconds, TUTTI_RECORDER_SECONDS_MAX);
  self->room = self->seconds * RATE;
  self->until_header = RATE;
  self->slots = g_new0 (Frame, RING_FRAMES);
  tutti_ring_init (&self->ring, self->slots, sizeof (Frame), RING_FRAMES);
  g_mutex_init (&self->lock);
  g_cond_init (&self->wake);
  self->thread = g_thread_new ("tutti-recorder", write_all, self);
  return self;
}

static void
close_file (TuttiRecorder *self)
{
  SNDFILE *file = g_steal_pointer (&self->file);

  if (file != NULL && sf_close (file) != 0)
    fail (self);
}

void
tutti_recorder_free (TuttiRecorder *self)
{
  join (self);
  close_file (self);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->wake);
  g_free (self->slots);
  g_free (self->path);
  g_aligned_free (self);
}

/* Two for one: the owed are made up for before the ring is full again. */
static void
pay (TuttiRecorder *self)
{
  static const Frame silence;

  for (guint i = 0; i < 2 && self->owed > 0 && tutti_ring_push (&self->ring, &silence); i++)
    self->owed--;
}

void
tutti_recorder_tap (gpointer data, gint64 first_frame, guint n_frames, const float *stereo)
{
  TuttiRecorder *self = data;

  for (guint i = 0; i < n_frames; i++)
    {
      Frame frame = { stereo[2 * i], stereo[2 * i + 1] };

      pay (self);
      if (self->owed == 0 && tutti_ring_push (&self->ring, &frame))
        continue;
      self->owed++;
      self->lost++;
    }
}

char *
tutti_recorder_why_stopped (TuttiRecorder *self)
{
  if (!g_atomic_int_get (&self->stopped))
    return NULL;
  /* The thread set it before, and not again. */
  return self->error != NULL ? g_strdup (self->error->message)
                             : g_strdup_printf ("“%s” has all that fits, %" G_GINT64_FORMAT " s", self->path, self->seconds);
}

gboolean
tutti_recorder_finish (TuttiRecorder *self, guint64 *lost, GError **error)
{
  gboolean ok;

  join (self);
  open_file (self);
  close_file (self);
  *lost = self->lost;
  ok = self->error == NULL;
  if (!ok)
    g_propagate_error (error, g_steal_pointer (&self->error));
  return ok;
}
