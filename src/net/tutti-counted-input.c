/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tutti-counted-private.h"
#include "tutti-socket-watch.h"

/* What one turn of the main loop may read from one connection. libsoup reads as long as there is something; a sender
 * that never pauses would keep everybody else waiting. */
enum { TURN_BYTES = 8 * 1024 };

struct _TuttiCountedInput
{
  GInputStream parent_instance;

  /* owned */
  GInputStream *base;
  TuttiSocketWatch *watch;

  /* borrowed */
  TuttiCountedStream *stream;      /* NULL once it is gone */

  TuttiFrameMeter meter;
  gsize turn_left;
  gboolean framed, ended;
};

static void counted_input_pollable (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiCountedInput, tutti_counted_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, counted_input_pollable))

static gssize
would_block (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "nothing can move now");
  return -1;
}

/* Counts @count bytes. FALSE: they break the rules, and nobody above shall see them. */
static gboolean
admit (TuttiCountedInput *self, const guint8 *bytes, gsize count)
{
  TuttiFrameVerdict before = self->meter.verdict;

  if (!self->framed)
    self->meter.bytes += count;
  else if (tutti_frame_meter_feed (&self->meter, bytes, count) != TUTTI_FRAME_OK)
    {
      if (before == TUTTI_FRAME_OK)
        tutti_counted_stream_tell_violated (self->stream, self->meter.verdict);
      return FALSE;
    }
  tutti_counted_stream_tell_moved (self->stream);
  return TRUE;
}

/* TLS gives at most one record a read, so one that did not fill the buffer emptied it; libsoup asks again all the same
 * and is answered without a look at the socket. Ends and errors come again as often as somebody reads. */
static gssize
read_base (TuttiCountedInput *self, void *buffer, gsize count, GError **error)
{
  GError *failure = NULL;
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->base), buffer, count, NULL, &failure);
  gboolean blocked = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);

  tutti_socket_watch_set_more (self->watch, !blocked && (n <= 0 || (gsize) n == count));
  if (failure != NULL)
    g_propagate_error (error, failure);
  return n;
}

/* After a violation the rest is read and thrown away: unread bytes would turn our close frame into a reset. */
static gssize
counted_read (GPollableInputStream *pollable, void *buffer, gsize count, GError **error)
{
  TuttiCountedInput *self = TUTTI_COUNTED_INPUT (pollable);
  gssize n;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the stream is gone");
      return -1;
    }
  if (self->ended)
    return 0;
  if (self->turn_left == 0 || tutti_socket_watch_get_held (self->watch) || !tutti_socket_watch_get_more (self->watch))
    return would_block (error);
  n = read_base (self, buffer, MIN (count, self->turn_left), error);
  if (n <= 0)
    return n;
  self->turn_left -= (gsize) n;
  if (admit (self, buffer, (gsize) n))
    return n;
  memset (buffer, 0, (gsize) n);
  return would_block (error);
}

static GSource *
counted_input_source (GPollableInputStream *pollable, GCancellable *cancellable)
{
  TuttiCountedInput *self = TUTTI_COUNTED_INPUT (pollable);

  self->turn_left = TURN_BYTES;
  return tutti_socket_watch_create_source (self->watch, G_OBJECT (self), cancellable);
}

static gboolean
counted_input_is_readable (GPollableInputStream *pollable)
{
  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (TUTTI_COUNTED_INPUT (pollable)->base));
}

static void
counted_input_pollable (GPollableInputStreamInterface *iface)
{
  iface->is_readable = counted_input_is_readable;
  iface->create_source = counted_input_source;
  iface->read_nonblocking = counted_read;
}

/* libsoup reads through the pollable interface, and read_async() waits by it too; a blocking read would hold up the
 * loop and does not exist here. */
static gssize
counted_input_read_fn (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  TuttiCountedInput *self = TUTTI_COUNTED_INPUT (stream);

  if (self->turn_left == 0)
    self->turn_left = TURN_BYTES;
  tutti_socket_watch_set_more (self->watch, TRUE);
  return counted_read (G_POLLABLE_INPUT_STREAM (stream), buffer, count, error);
}

static void
tutti_counted_input_finalize (GObject *object)
{
  TuttiCountedInput *self = TUTTI_COUNTED_INPUT (object);

  tutti_socket_watch_free (self->watch);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (tutti_counted_input_parent_class)->finalize (object);
}

static void
tutti_counted_input_class_init (TuttiCountedInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_counted_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = counted_input_read_fn;
}

static void
tutti_counted_input_init (TuttiCountedInput *self)
{
  self->turn_left = TURN_BYTES;
}

TuttiCountedInput *
tutti_counted_input_new (TuttiCountedStream *stream, GInputStream *base, GSocket *socket)
{
  TuttiCountedInput *self = g_object_new (TUTTI_TYPE_COUNTED_INPUT, NULL);

  self->stream = stream;
  self->base = g_object_ref (base);
  self->watch = tutti_socket_watch_new (socket);
  return self;
}

void
tutti_counted_input_begin_frames (TuttiCountedInput *self, gboolean masked, guint64 message_max, guint frames_max)
{
  self->framed = TRUE;
  tutti_frame_meter_init (&self->meter, message_max, frames_max, masked);
}

const TuttiFrameMeter *
tutti_counted_input_get_meter (TuttiCountedInput *self)
{
  return &self->meter;
}

void
tutti_counted_input_end (TuttiCountedInput *self)
{
  self->ended = TRUE;
  tutti_socket_watch_set_more (self->watch, TRUE);
}

void
tutti_counted_input_hold (TuttiCountedInput *self, gboolean held)
{
  tutti_socket_watch_set_held (self->watch, held);
}

void
tutti_counted_input_stop (TuttiCountedInput *self)
{
  tutti_socket_watch_stop (self->watch);
}

void
tutti_counted_input_orphan (TuttiCountedInput *self)
{
  tutti_socket_watch_stop (self->watch);
  self->stream = NULL;
}
