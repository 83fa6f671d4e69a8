/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tutti-counted-private.h"

struct _TuttiCountedOutput
{
  GOutputStream parent_instance;

  /* owned */
  GOutputStream *base;
  GSource *ping_source;

  /* borrowed */
  TuttiCountedStream *stream;      /* NULL once it is gone */

  TuttiFrameMeter meter;
  gboolean framed, masked, stopped;

  /* A ping that waits, or is half written. TLS demands that a write which would have blocked is repeated with the
   * same bytes; so while one is repeated nothing else may go out, ours or theirs. */
  gboolean ping_wanted, blocked;
  guint8 ping[6];
  gsize ping_size, ping_at;
  guint64 ping_bytes;
};

static void counted_output_pollable (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TuttiCountedOutput, tutti_counted_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM, counted_output_pollable))

static void
count_out (TuttiCountedOutput *self, const guint8 *bytes, gsize count)
{
  if (self->framed)
    tutti_frame_meter_feed (&self->meter, bytes, count);
  else
    self->meter.bytes += count;
  tutti_counted_stream_tell_moved (self->stream);
}

static gssize
write_base (TuttiCountedOutput *self, const void *buffer, gsize count, GError **error)
{
  return g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (self->base), buffer, count, NULL, error);
}

/* Writes on at a ping already begun. FALSE when it would block (or failed, which the next write meets too). */
static gboolean
finish_ping (TuttiCountedOutput *self, GError **error)
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
  TuttiCountedOutput *self = data;
  g_autoptr(GError) error = NULL;

  if (!finish_ping (self, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->ping_source, g_source_unref);
  return G_SOURCE_REMOVE;
}

static void
watch_for_ping (TuttiCountedOutput *self)
{
  if (self->ping_source != NULL)
    return;
  self->ping_source = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (self->base), NULL);
  g_source_set_callback (self->ping_source, G_SOURCE_FUNC (on_ping_writable), self, NULL);
  g_source_attach (self->ping_source, g_main_context_get_thread_default ());
}

/* Where the gap is now: FIN and opcode 9, no payload; a client masks even nothing. */
static void
begin_ping (TuttiCountedOutput *self)
{
  g_autoptr(GError) error = NULL;

  if (!self->ping_wanted || self->blocked || self->ping_size > 0 || self->stopped ||
      !tutti_frame_meter_at_boundary (&self->meter))
    return;
  self->ping_wanted = FALSE;
  memset (self->ping, 0, sizeof self->ping);
  self->ping[0] = 0x89;
  self->ping[1] = self->masked ? 0x80 : 0;
  self->ping_size = self->masked ? 6 : 2;
  if (!finish_ping (self, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    watch_for_ping (self);
}

static gssize
counted_output_write_fn (GOutputStream *stream, const void *buffer, gsize count, GCancellable *cancellable,
                         GError **error)
{
  TuttiCountedOutput *self = TUTTI_COUNTED_OUTPUT (stream);
  gssize n;

  if (self->stream == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the stream is gone");
      return -1;
    }
  if (!finish_ping (self, error))
    return -1;
  n = write_base (self, buffer, count, error);
  self->blocked = n < 0;
  if (n > 0)
    {
      count_out (self, buffer, n);
      begin_ping (self);
    }
  return n;
}

gboolean
tutti_counted_output_write_whole (TuttiCountedOutput *self, const guint8 *bytes, gsize count)
{
  gssize n;

  if (self->stream == NULL || self->stopped || self->blocked || self->ping_size > 0 || !tutti_frame_meter_at_boundary (&self->meter))
    return FALSE;
  n = write_base (self, bytes, count, NULL);
  /* Whoever writes next repeats these very bytes, as TLS demands: it is the same frame, by the longer way. */
  self->blocked = n < 0;
  if (n <= 0)
    return FALSE;
  count_out (self, bytes, (gsize) n);
  /* TLS takes a record whole or not at all; without it there is no way to go on in the middle. */
  if ((gsize) n < count)
    tutti_counted_stream_abort (self->stream);
  begin_ping (self);
  return TRUE;
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
  TuttiCountedOutput *self = TUTTI_COUNTED_OUTPUT (object);

  tutti_counted_output_stop (self);
  g_clear_object (&self->base);
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

TuttiCountedOutput *
tutti_counted_output_new (TuttiCountedStream *stream, GOutputStream *base)
{
  TuttiCountedOutput *self = g_object_new (TUTTI_TYPE_COUNTED_OUTPUT, NULL);

  self->stream = stream;
  self->base = g_object_ref (base);
  return self;
}

void
tutti_counted_output_begin_frames (TuttiCountedOutput *self, gboolean masked)
{
  self->framed = TRUE;
  self->masked = masked;
  tutti_frame_meter_init (&self->meter, G_MAXINT64, G_MAXUINT, masked);
}

const TuttiFrameMeter *
tutti_counted_output_get_meter (TuttiCountedOutput *self)
{
  return &self->meter;
}

guint64
tutti_counted_output_get_ping_bytes (TuttiCountedOutput *self)
{
  return self->ping_bytes;
}

void
tutti_counted_output_ping (TuttiCountedOutput *self)
{
  self->ping_wanted = TRUE;
  begin_ping (self);
}

gboolean
tutti_counted_output_is_blocked (TuttiCountedOutput *self)
{
  return self->blocked;
}

void
tutti_counted_output_stop (TuttiCountedOutput *self)
{
  self->stopped = TRUE;
  if (self->ping_source != NULL)
    g_source_destroy (self->ping_source);
  g_clear_pointer (&self->ping_source, g_source_unref);
}

void
tutti_counted_output_orphan (TuttiCountedOutput *self)
{
  tutti_counted_output_stop (self);
  self->stream = NULL;
}
