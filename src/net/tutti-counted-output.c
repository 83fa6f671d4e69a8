/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "tutti-counted-private.h"

struct _TuttiCountedOutput
{
  GOutputStream parent_instance;

  /* owned */
  GOutputStream *base;
  GSource *own_source;             /* NULL unless some of our own waits */

  /* borrowed */
  TuttiCountedStream *stream;      /* NULL once it is gone */

  TuttiFrameMeter meter;
  gboolean framed, masked, stopped;

  /* What is ours, frames or a ping, and could not be written yet. TLS demands that a write which would have blocked is repeated with
   * the same bytes; so while one is repeated nothing else may go out, ours or theirs. */
  GByteArray *own;                 /* (nullable) */
  gsize own_at;
  gboolean ping_wanted, blocked;
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

static gboolean
owes (TuttiCountedOutput *self)
{
  return self->own != NULL;
}

/* Writes on at our own. FALSE when it would block (or failed, which the next write meets too). */
static gboolean
finish_own (TuttiCountedOutput *self, GError **error)
{
  while (owes (self) && self->own_at < self->own->len)
    {
      gssize n = write_base (self, self->own->data + self->own_at, self->own->len - self->own_at, error);

      if (n < 0)
        return FALSE;
      self->own_at += n;
      count_out (self, self->own->data + self->own_at - n, n);
    }
  self->own_at = 0;
  g_clear_pointer (&self->own, g_byte_array_unref);
  return TRUE;
}

static void begin_ping (TuttiCountedOutput *self);

static gboolean
on_own_writable (GObject *pollable, gpointer data)
{
  TuttiCountedOutput *self = data;
  g_autoptr(GError) error = NULL;

  if (!finish_own (self, &error) && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  g_clear_pointer (&self->own_source, g_source_unref);
  if (error == NULL)
    begin_ping (self);
  return G_SOURCE_REMOVE;
}

/* Now as far as it goes, and the rest by itself. */
static void
write_own (TuttiCountedOutput *self, const guint8 *bytes, gsize count)
{
  g_autoptr(GError) error = NULL;
  gssize n = 0;

  for (; !owes (self) && count > 0 && (n = write_base (self, bytes, count, &error)) > 0; bytes += n, count -= n)
    count_out (self, bytes, n);
  if (count == 0)
    return;
  if (!owes (self))
    self->own = g_byte_array_new ();
  g_byte_array_append (self->own, bytes, count);
  if (self->own_source != NULL || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return;
  self->own_source = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (self->base), NULL);
  g_source_set_callback (self->own_source, G_SOURCE_FUNC (on_own_writable), self, NULL);
  g_source_attach (self->own_source, g_main_context_get_thread_default ());
}

/* TRUE between two frames of theirs, with none that is to be repeated. */
gboolean
tutti_counted_output_is_free (TuttiCountedOutput *self)
{
  return !self->stopped && self->stream != NULL && !self->blocked && (owes (self) || tutti_frame_meter_at_boundary (&self->meter));
}

/* Where the gap is now: FIN and opcode 9, no payload; a client masks even nothing. */
static void
begin_ping (TuttiCountedOutput *self)
{
  const guint8 ping[6] = { 0x89, self->masked ? 0x80 : 0 };
  gsize size = self->masked ? 6 : 2;

  if (!self->ping_wanted || owes (self) || !tutti_counted_output_is_free (self))
    return;
  self->ping_wanted = FALSE;
  self->ping_bytes += size;
  write_own (self, ping, size);
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
  if (!finish_own (self, error))
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
tutti_counted_output_write_frames (TuttiCountedOutput *self, const guint8 *frames, gsize count)
{
  if (!tutti_counted_output_is_free (self))
    return FALSE;
  write_own (self, frames, count);
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
  g_clear_pointer (&self->own, g_byte_array_unref);
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
  return self->blocked || owes (self);
}

void
tutti_counted_output_stop (TuttiCountedOutput *self)
{
  self->stopped = TRUE;
  if (self->own_source != NULL)
    g_source_destroy (self->own_source);
  g_clear_pointer (&self->own_source, g_source_unref);
}

void
tutti_counted_output_orphan (TuttiCountedOutput *self)
{
  tutti_counted_output_stop (self);
  self->stream = NULL;
}
