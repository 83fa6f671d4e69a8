/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-visitor.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

typedef enum
{
  PHASE_TLS,
  PHASE_WAITING,               /* for the request's headers; the same clock as TLS */
  PHASE_REQUEST,
  PHASE_LINK,
} Phase;

struct _TuttiVisitor
{
  /* owned */
  GSocketConnection *tcp;      /* until TLS is done */
  GSocketAddress *local, *remote;
  GTlsConnection *tls;         /* until TLS is done */
  GCancellable *cancellable;
  GSource *clock;
  char *peer;

  /* borrowed */
  TuttiCountedStream *stream;  /* kept by libsoup, then by the link; our weak reference tells when it goes */
  const TuttiVisitorWatch *watch;
  gpointer watch_data;

  TuttiVisitorTimes times;
  Phase phase;
  gint64 begun_us, moved_us;
};

static void
visitor_free (TuttiVisitor *self)
{
  g_source_destroy (self->clock);
  g_source_unref (self->clock);
  g_clear_object (&self->tcp);
  g_clear_object (&self->tls);
  g_clear_object (&self->local);
  g_clear_object (&self->remote);
  g_clear_object (&self->cancellable);
  g_free (self->peer);
  g_free (self);
}

static void
leave (TuttiVisitor *self)
{
  self->watch->gone (self->watch_data, self);
  visitor_free (self);
}

static void
on_stream_gone (gpointer data, GObject *stream)
{
  TuttiVisitor *self = data;

  self->stream = NULL;
  leave (self);
}

static gint64
deadline_us (TuttiVisitor *self)
{
  gint64 idle_us = self->moved_us + (gint64) self->times.idle_ms * G_TIME_SPAN_MILLISECOND;
  gint64 total_us = self->begun_us + (gint64) self->times.total_ms * G_TIME_SPAN_MILLISECOND;

  if (self->phase < PHASE_REQUEST)
    return self->begun_us + (gint64) self->times.handshake_ms * G_TIME_SPAN_MILLISECOND;
  return self->phase == PHASE_REQUEST ? MIN (idle_us, total_us) : G_MAXINT64;
}

static void
arm_clock (TuttiVisitor *self)
{
  gint64 next_us = deadline_us (self);

  g_source_set_ready_time (self->clock, next_us == G_MAXINT64 ? -1 : next_us);
}

void
tutti_visitor_cut (TuttiVisitor *self)
{
  if (self->stream != NULL)
    tutti_counted_stream_abort (self->stream);
  else
    g_cancellable_cancel (self->cancellable);
}

static gboolean
clock_dispatch (GSource *source, GSourceFunc callback, gpointer data)
{
  TuttiVisitor *self = data;

  if (g_get_monotonic_time () < deadline_us (self))
    {
      arm_clock (self);
      return G_SOURCE_CONTINUE;
    }
  g_source_set_ready_time (source, -1);
  self->watch->late (self->watch_data, self);
  tutti_visitor_cut (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
never_called (gpointer data)
{
  return G_SOURCE_REMOVE;
}

static void
start_clock (TuttiVisitor *self)
{
  static GSourceFuncs functions = { .dispatch = clock_dispatch };

  self->clock = g_source_new (&functions, sizeof (GSource));
  g_source_set_callback (self->clock, never_called, self, NULL);
  g_source_attach (self->clock, g_main_context_get_thread_default ());
  arm_clock (self);
}

static void
on_moved (gpointer data)
{
  TuttiVisitor *self = data;

  self->moved_us = g_get_monotonic_time ();
}

static void
on_violated (gpointer data, TuttiFrameVerdict verdict)
{
}

static const TuttiCountedWatch stream_watch = { .moved = on_moved, .violated = on_violated };

/* Holds itself for the time of the handshake: forgotten meanwhile, it is freed here. */
static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  TuttiVisitor *self = data;
  g_autoptr(GTlsConnection) tls = g_steal_pointer (&self->tls);
  g_autoptr(GSocketConnection) tcp = g_steal_pointer (&self->tcp);
  g_autoptr(TuttiCountedStream) stream = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_tls_connection_handshake_finish (tls, result, &error) || self->watch == NULL)
    {
      g_debug ("no TLS with %s: %s", self->peer, error != NULL ? error->message : "not wanted any more");
      if (self->watch != NULL)
        self->watch->gone (self->watch_data, self);
      visitor_free (self);
      return;
    }
  stream = tutti_counted_stream_new (G_IO_STREAM (tls), g_socket_connection_get_socket (tcp));
  self->stream = stream;
  self->phase = PHASE_WAITING;
  g_object_weak_ref (G_OBJECT (stream), on_stream_gone, self);
  tutti_counted_stream_set_watch (stream, &stream_watch, self);
  self->watch->ready (self->watch_data, self);
}

TuttiVisitor *
tutti_visitor_new (GSocketConnection *tcp, GTlsCertificate *certificate, const char *peer,
                   const TuttiVisitorTimes *times, const TuttiVisitorWatch *watch, gpointer data)
{
  TuttiVisitor *self = g_new0 (TuttiVisitor, 1);

  g_socket_set_option (g_socket_connection_get_socket (tcp), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  self->tcp = g_object_ref (tcp);
  self->local = g_socket_connection_get_local_address (tcp, NULL);
  self->remote = g_socket_connection_get_remote_address (tcp, NULL);
  /* "database" given as none while it is made: else GIO reads all authorities of the system for each connection. */
  self->tls = g_initable_new (g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), NULL, NULL,
                              "base-io-stream", tcp, "certificate", certificate, "database", NULL,
                              "require-close-notify", FALSE, NULL);
  self->cancellable = g_cancellable_new ();
  self->peer = g_strdup (peer);
  self->times = *times;
  self->watch = watch;
  self->watch_data = data;
  self->begun_us = self->moved_us = g_get_monotonic_time ();
  start_clock (self);
  g_tls_connection_handshake_async (self->tls, G_PRIORITY_DEFAULT, self->cancellable, on_handshake, self);
  return self;
}

void
tutti_visitor_forget (TuttiVisitor *self)
{
  self->watch = NULL;
  if (self->phase == PHASE_TLS)
    {
      g_source_set_ready_time (self->clock, -1);
      g_cancellable_cancel (self->cancellable);
      return;
    }
  g_object_weak_unref (G_OBJECT (self->stream), on_stream_gone, self);
  if (self->phase != PHASE_LINK)
    {
      tutti_counted_stream_set_watch (self->stream, NULL, NULL);
      tutti_counted_stream_abort (self->stream);
    }
  visitor_free (self);
}

void
tutti_visitor_note_request (TuttiVisitor *self)
{
  self->phase = PHASE_REQUEST;
  arm_clock (self);
}

void
tutti_visitor_note_upgrade (TuttiVisitor *self)
{
  self->phase = PHASE_LINK;
  arm_clock (self);
}

TuttiCountedStream *
tutti_visitor_get_stream (TuttiVisitor *self)
{
  return self->stream;
}

GSocketAddress *
tutti_visitor_get_local (TuttiVisitor *self)
{
  return self->local;
}

GSocketAddress *
tutti_visitor_get_remote (TuttiVisitor *self)
{
  return self->remote;
}

const char *
tutti_visitor_get_peer (TuttiVisitor *self)
{
  return self->peer;
}
