/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-counted-stream.h"

#include <string.h>

/* What one turn of the main loop may read from one connection. libsoup reads as long as there is something; a sender
 * that never pauses would keep everybody else waiting. */
enum { TURN_BYTES = 64 * 1024 };

struct _TuttiCountedStream
{
  GIOStream parent_instance;

  /* owned */
  GIOStream *base;
  GSocket *socket;
  GInputStream *input;
  GOutputStream *output;
  GSource *ping_source;

  /* borrowed: by contract of set_watch */
  const TuttiCountedWatch *watch;
  gpointer watch_data;

  TuttiFrameMeter in, out;
  gsize turn_left;
  gboolean framed, server, closed;

  /* A ping that waits, or is half written. TLS demands that a write which would have blocked is repeated with the
   * same bytes; so while one is repeated nothing else may go out, ours or theirs. */
  gboolean ping_wanted, output_blocked;
  guint8 ping[6];
  gsize ping_size, ping_at;
  guint64 ping_bytes;
};

G_DEFINE_FINAL_TYPE (TuttiCountedStream, tutti_counted_stream, G_TYPE_IO_STREAM)

/* The two halves: thin, everything is in the stream that owns them. */
#define TUTTI_TYPE_COUNTED_INPUT (tutti_counted_input_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCountedInput, tutti_counted_input, TUTTI, COUNTED_INPUT, GInputStream)
#define TUTTI_TYPE_COUNTED_OUTPUT (tutti_counted_output_get_type ())
G_DECLARE_FINAL_TYPE (TuttiCountedOutput, tutti_counted_output, TUTTI, COUNTED_OUTPUT, GOutputStream)

struct _TuttiCountedInput
{
  GInputStream parent_instance;
  GInputStream *base;              /* owned */
  TuttiCountedStream *stream;      /* borrowed: it clears this when it goes */
};

struct _TuttiCountedOutput
{
  GOutputStream parent_instance;
  GOutputStream *base;             /* owned */
  TuttiCountedStream *stream;      /* borrowed: it clears this when it goes */
};

static void counted_input_pollable (GPollableInputStreamInterface *iface);
static void counted_output_pollable (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiCountedInput, tutti_counted_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, counted_input_pollable))
G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiCountedOutput, tutti_counted_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, counted_output_pollable))

static gssize
would_block (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "nothing can move now");
  return -1;
}

static gssize
gone (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the stream is gone");
  return -1;
}

static void
notice_moved (TuttiCountedStream *self)
{
  if (self->watch != NULL)
    self->watch->moved (self->watch_data);
}

/* Input */

/* Counts @count bytes. FALSE: they break the rules, and nobody above shall see them. */
static gboolean
admit (TuttiCountedStream *self, const guint8 *bytes, gsize count)
{
  TuttiFrameVerdict before = self->in.verdict;

  if (!self->framed)
    self->in.bytes += count;
  else if (tutti_frame_meter_feed (&self->in, bytes, count) != TUTTI_FRAME_OK)
    {
      if (before == TUTTI_FRAME_OK && self->watch != NULL)
        self->watch->violated (self->watch_data, self->in.verdict);
      return FALSE;
    }
  notice_moved (self);
  return TRUE;
}

/* After a violation the rest is read and thrown away: unread bytes would turn our close frame into a reset. */
static gssize
counted_read (GPollableInputStream *pollable, void *buffer, gsize count, GError **error)
{
  TuttiCountedInput *half = TUTTI_COUNTED_INPUT (pollable);
  TuttiCountedStream *self = half->stream;
  gssize n;

  if (self == NULL)
    return gone (error);
  if (self->turn_left == 0)
    return would_block (error);
  n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (half->base), buffer,
                                                MIN (count, self->turn_left), NULL, error);
  if (n <= 0)
    return n;
  self->turn_left -= n;
  if (admit (self, buffer, n))
    return n;
  memset (buffer, 0, n);
  return would_block (error);
}

static GSource *
counted_input_source (GPollableInputStream *pollable, GCancellable *cancellable)
{
  TuttiCountedInput *half = TUTTI_COUNTED_INPUT (pollable);
  g_autoptr(GSource) base = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (half->base), cancellable);

  if (half->stream != NULL)
    half->stream->turn_left = TURN_BYTES;
  return g_pollable_source_new_full (pollable, base, NULL);
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
  TuttiCountedStream *self = TUTTI_COUNTED_INPUT (stream)->stream;

  if (self != NULL && self->turn_left == 0)
    self->turn_left = TURN_BYTES;
  return counted_read (G_POLLABLE_INPUT_STREAM (stream), buffer, count, error);
}

static void
tutti_counted_input_finalize (GObject *object)
{
  g_clear_object (&TUTTI_COUNTED_INPUT (object)->base);
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
}

/* Output */

static void
count_out (TuttiCountedStream *self, const guint8 *bytes, gsize count)
{
  if (self->framed)
    tutti_frame_meter_feed (&self->out, bytes, count);
  else
    self->out.bytes += count;
  notice_moved (self);
}

static gssize
write_base (TuttiCountedStream *self, const void *buffer, gsize count, GError **error)
{
  GOutputStream *base = g_io_stream_get_output_stream (self->base);

  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (base), buffer, count, NULL, error);
}

/* Writes on at a ping already begun. FALSE when it would block (or failed, which the next write meets too). */
static gboolean
finish_ping (TuttiCountedStream *self, GError **error)
{
  while (self->ping_at < self->ping_size)
    {
      gssize n = write_base (self, self->ping + self->ping_at, self->ping_size - self->ping_at, error);

      if (n < 0)
        return FALSE;
      self->ping_bytes += n;
      self->ping_at += n;
      count_out (self, self->ping + self->ping_at - n, n);
    }
  self->ping_at = self->ping_size = 0;
  return TRUE;
}

static gboolean
on_ping_writable (GObject *pollable, gpointer data)
{
  TuttiCountedStream *self = data;
  g_autoptr(GError) error = NULL;

  if (!finish_ping (self, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->ping_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
watch_for_ping (TuttiCountedStream *self)
{
  GOutputStream *base = g_io_stream_get_output_stream (self->base);

  if (self->ping_source != NULL)
    return;
  self->ping_source = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (base), NULL);
  g_source_set_callback (self->ping_source, G_SOURCE_FUNC (on_ping_writable), self, NULL);
  g_source_attach (self->ping_source, g_main_context_get_thread_default ());
}

/* Where the gap is now: FIN and opcode 9, no payload; a client masks even nothing. */
static void
begin_ping (TuttiCountedStream *self)
{
  g_autoptr(GError) error = NULL;

  if (!self->ping_wanted || self->output_blocked || self->ping_size > 0 || self->closed ||
      !tutti_frame_meter_at_boundary (&self->out))
    return;
  self->ping_wanted = FALSE;
  memset (self->ping, 0, sizeof self->ping);
  self->ping[0] = 0x89;
  self->ping[1] = self->server ? 0 : 0x80;
  self->ping_size = self->server ? 2 : 6;
  if (!finish_ping (self, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    watch_for_ping (self);
}

static gssize
counted_output_write_fn (GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable,
                         GError **error)
{
  TuttiCountedStream *self = TUTTI_COUNTED_OUTPUT (stream)->stream;
  gssize n;

  if (self == NULL)
    return gone (error);
  if (!finish_ping (self, error))
    return -1;
  n = write_base (self, buffer, count, error);
  self->output_blocked = n < 0;
  if (n > 0)
    {
      count_out (self, buffer, n);
      begin_ping (self);
    }
  return n;
}

static gssize
counted_write (GPollableOutputStream *pollable, const void *buffer, gsize count, GError **error)
{
  return counted_output_write_fn (G_OUTPUT_STREAM (pollable), buffer, count, NULL, error);
}

static GSource *
counted_output_source (GPollableOutputStream *pollable, GCancellable *cancellable)
{
  TuttiCountedOutput *half = TUTTI_COUNTED_OUTPUT (pollable);
  g_autoptr(GSource) base = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (half->base), cancellable);

  return g_pollable_source_new_full (pollable, base, NULL);
}

static gboolean
counted_output_is_writable (GPollableOutputStream *pollable)
{
  return g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (TUTTI_COUNTED_OUTPUT (pollable)->base));
}

static void
counted_output_pollable (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = counted_output_is_writable;
  iface->create_source = counted_output_source;
  iface->write_nonblocking = counted_write;
}

static void
tutti_counted_output_finalize (GObject *object)
{
  g_clear_object (&TUTTI_COUNTED_OUTPUT (object)->base);
  G_OBJECT_CLASS (tutti_counted_output_parent_class)->finalize (object);
}

static void
tutti_counted_output_class_init (TuttiCountedOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tutti_counted_output_finalize;
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = counted_output_write_fn;
}

static void
tutti_counted_output_init (TuttiCountedOutput *self)
{
}

/* The stream */

static GInputStream *
counted_get_input (GIOStream *stream)
{
  return TUTTI_COUNTED_STREAM (stream)->input;
}

static GOutputStream *
counted_get_output (GIOStream *stream)
{
  return TUTTI_COUNTED_STREAM (stream)->output;
}

/* TRUE the first time. */
static gboolean
begin_close (TuttiCountedStream *self)
{
  if (self->closed)
    return FALSE;
  self->closed = TRUE;
  if (self->ping_source != NULL)
    g_source_destroy (self->ping_source);
  g_clear_pointer (&self->ping_source, g_source_unref);
  /* A farewell of TLS waits until it can be written, in libsoup's server even with the loop standing still. To an end
   * that reads no more there is no farewell. */
  if (self->output_blocked ||
      !g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (self->output)))
    tutti_counted_stream_abort (self);
  if (self->watch != NULL && self->watch->closed != NULL)
    self->watch->closed (self->watch_data);
  return TRUE;
}

/* Whoever closes synchronously (libsoup's server does) does not wait either: the rest goes on behind. */
static gboolean
counted_close_fn (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  TuttiCountedStream *self = TUTTI_COUNTED_STREAM (stream);

  if (begin_close (self))
    g_io_stream_close_async (self->base, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  return TRUE;
}

static void
on_base_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  GError *error = NULL;

  if (g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
counted_close_async (GIOStream *stream, int priority, GCancellable *cancellable, GAsyncReadyCallback callback,
                     gpointer data)
{
  TuttiCountedStream *self = TUTTI_COUNTED_STREAM (stream);
  g_autoptr(GTask) task = g_task_new (stream, cancellable, callback, data);

  g_task_set_source_tag (task, counted_close_async);
  if (begin_close (self))
    g_io_stream_close_async (self->base, priority, cancellable, on_base_closed, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
counted_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
tutti_counted_stream_dispose (GObject *object)
{
  TuttiCountedStream *self = TUTTI_COUNTED_STREAM (object);

  /* The parent's dispose closes; that needs the base. */
  G_OBJECT_CLASS (tutti_counted_stream_parent_class)->dispose (object);
  self->watch = NULL;
  if (self->input != NULL)
    TUTTI_COUNTED_INPUT (self->input)->stream = NULL;
  if (self->output != NULL)
    TUTTI_COUNTED_OUTPUT (self->output)->stream = NULL;
  g_clear_object (&self->input);
  g_clear_object (&self->output);
}

static void
tutti_counted_stream_finalize (GObject *object)
{
  TuttiCountedStream *self = TUTTI_COUNTED_STREAM (object);

  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  G_OBJECT_CLASS (tutti_counted_stream_parent_class)->finalize (object);
}

static void
tutti_counted_stream_class_init (TuttiCountedStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = tutti_counted_stream_dispose;
  G_OBJECT_CLASS (klass)->finalize = tutti_counted_stream_finalize;
  stream_class->get_input_stream = counted_get_input;
  stream_class->get_output_stream = counted_get_output;
  stream_class->close_fn = counted_close_fn;
  stream_class->close_async = counted_close_async;
  stream_class->close_finish = counted_close_finish;
}

static void
tutti_counted_stream_init (TuttiCountedStream *self)
{
  self->turn_left = TURN_BYTES;
}

TuttiCountedStream *
tutti_counted_stream_new (GIOStream *base, GSocket *socket)
{
  TuttiCountedStream *self = g_object_new (TUTTI_TYPE_COUNTED_STREAM, NULL);
  TuttiCountedInput *input = g_object_new (TUTTI_TYPE_COUNTED_INPUT, NULL);
  TuttiCountedOutput *output = g_object_new (TUTTI_TYPE_COUNTED_OUTPUT, NULL);

  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (base)), NULL);

  self->base = g_object_ref (base);
  self->socket = g_object_ref (socket);
  input->base = g_object_ref (g_io_stream_get_input_stream (base));
  input->stream = self;
  self->input = G_INPUT_STREAM (input);
  output->base = g_object_ref (g_io_stream_get_output_stream (base));
  output->stream = self;
  self->output = G_OUTPUT_STREAM (output);
  return self;
}

void
tutti_counted_stream_begin_frames (TuttiCountedStream *self, gboolean server, guint64 message_max, guint frames_max)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self) && !self->framed);

  self->framed = TRUE;
  self->server = server;
  tutti_frame_meter_init (&self->in, message_max, frames_max, server);
  tutti_frame_meter_init (&self->out, G_MAXINT64, G_MAXUINT, !server);
}

void
tutti_counted_stream_set_watch (TuttiCountedStream *self, const TuttiCountedWatch *watch, gpointer data)
{
  self->watch = watch;
  self->watch_data = data;
}

const TuttiFrameMeter *
tutti_counted_stream_get_in (TuttiCountedStream *self)
{
  return &self->in;
}

const TuttiFrameMeter *
tutti_counted_stream_get_out (TuttiCountedStream *self)
{
  return &self->out;
}

guint64
tutti_counted_stream_get_ping_bytes (TuttiCountedStream *self)
{
  return self->ping_bytes;
}

void
tutti_counted_stream_ping (TuttiCountedStream *self)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self) && self->framed);

  self->ping_wanted = TRUE;
  begin_ping (self);
}

void
tutti_counted_stream_abort (TuttiCountedStream *self)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self));

  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}
