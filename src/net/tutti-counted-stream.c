/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-counted-private.h"

struct _TuttiCountedStream
{
  GIOStream parent_instance;

  /* owned */
  GIOStream *base;
  GSocket *socket;
  TuttiCountedInput *input;
  TuttiCountedOutput *output;

  /* borrowed: by contract of set_watch */
  const TuttiCountedWatch *watch;
  gpointer watch_data;

  gboolean framed, closed;
};

G_DEFINE_FINAL_TYPE (TuttiCountedStream, tutti_counted_stream, G_TYPE_IO_STREAM)

static GInputStream *
counted_get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (TUTTI_COUNTED_STREAM (stream)->input);
}

static GOutputStream *
counted_get_output (GIOStream *stream)
{
  return G_OUTPUT_STREAM (TUTTI_COUNTED_STREAM (stream)->output);
}

/* TRUE the first time. */
static gboolean
begin_close (TuttiCountedStream *self)
{
  if (self->closed)
    return FALSE;
  self->closed = TRUE;
  tutti_counted_input_stop (self->input);
  tutti_counted_output_stop (self->output);
  /* A farewell of TLS waits until it can be written, in libsoup's server even with the loop standing still. To an end
   * that reads no more there is no farewell. */
  if (tutti_counted_output_is_blocked (self->output) ||
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
    tutti_counted_input_orphan (self->input);
  if (self->output != NULL)
    tutti_counted_output_orphan (self->output);
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
}

TuttiCountedStream *
tutti_counted_stream_new (GIOStream *base, GSocket *socket)
{
  TuttiCountedStream *self = g_object_new (TUTTI_TYPE_COUNTED_STREAM, NULL);

  g_return_val_if_fail (G_IS_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (base)), NULL);

  self->base = g_object_ref (base);
  self->socket = g_object_ref (socket);
  self->input = tutti_counted_input_new (self, g_io_stream_get_input_stream (base), socket);
  self->output = tutti_counted_output_new (self, g_io_stream_get_output_stream (base));
  return self;
}

void
tutti_counted_stream_begin_frames (TuttiCountedStream *self, gboolean server, guint64 message_max, guint frames_max)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self) && !self->framed);

  self->framed = TRUE;
  tutti_counted_input_begin_frames (self->input, server, message_max, frames_max);
  tutti_counted_output_begin_frames (self->output, !server);
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
  return tutti_counted_input_get_meter (self->input);
}

const TuttiFrameMeter *
tutti_counted_stream_get_out (TuttiCountedStream *self)
{
  return tutti_counted_output_get_meter (self->output);
}

guint64
tutti_counted_stream_get_ping_bytes (TuttiCountedStream *self)
{
  return tutti_counted_output_get_ping_bytes (self->output);
}

void
tutti_counted_stream_ping (TuttiCountedStream *self)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self) && self->framed);

  tutti_counted_output_ping (self->output);
}

void
tutti_counted_stream_hold (TuttiCountedStream *self, gboolean held)
{
  tutti_counted_input_hold (self->input, held);
}

gboolean
tutti_counted_stream_is_free (TuttiCountedStream *self)
{
  return !self->closed && tutti_counted_output_is_free (self->output);
}

gboolean
tutti_counted_stream_write_frames (TuttiCountedStream *self, const guint8 *frames, gsize count)
{
  return !self->closed && tutti_counted_output_write_frames (self->output, frames, count);
}

void
tutti_counted_stream_abort (TuttiCountedStream *self)
{
  g_return_if_fail (TUTTI_IS_COUNTED_STREAM (self));

  /* The kernel goes on taking what the other end writes; a writer without end would never let us see the end. */
  tutti_counted_input_end (self->input);
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
}

void
tutti_counted_stream_tell_moved (TuttiCountedStream *self)
{
  if (self->watch != NULL)
    self->watch->moved (self->watch_data);
}

void
tutti_counted_stream_tell_violated (TuttiCountedStream *self, TuttiFrameVerdict verdict)
{
  if (self->watch != NULL)
    self->watch->violated (self->watch_data, verdict);
}
