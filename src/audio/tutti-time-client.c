/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The datagrams are GStreamer's (gst/net/gstnettimepacket.h): the time of the one who asks, and the time of the one who answers, each
 * 64 bits, big endian; a question has the latter all ones, and an answer repeats the former. */
#include "tutti-time-client.h"

#include "tutti-local-time.h"

#define PACKET_BYTES     16
#define NOBODY           G_MAXUINT64
#define REMOTE_MAX_NS    (G_MAXINT64 / 2)          /* a machine that is on for more than a century says nonsense */

/* Twenty milliseconds are what a queue on the way needs to be another one. Later two questions go at once, ten times a second: the first
 * wakes the server, and its answer comes late by that; the second finds both ends awake, and its way there and back are alike. */
#define BURST            16
#define BURST_PAUSE_NS   (20 * G_GINT64_CONSTANT (1000000))
#define PAIR_PAUSE_NS    (2 * G_GINT64_CONSTANT (1000000))
#define PAUSE_NS         (100 * G_GINT64_CONSTANT (1000000))

/* An answer later than that many questions is none: it would say little, and it might be somebody's guess. */
#define OPEN_QUESTIONS   64

/* So long may a socket hear nothing: the machine may have another address by now, and a way that was shut may be open. */
#define DEAF_NS          (2 * G_GINT64_CONSTANT (1000000000))

struct _TuttiTimeClient
{
  GSocketAddress *server;          /* owned */
  TuttiTimeHeard  heard;
  gpointer        user;
  GThread        *thread;
  GCancellable   *stop;

  /* the thread's own */
  GSocket        *socket;          /* connected, so that nobody else is heard; NULL: there is no way just now */
  gint64          deaf_since_ns;
  guint64         n_asked;
  gint64          asked_ns[OPEN_QUESTIONS];     /* by number; 0: answered */
};

gint64
tutti_time_client_pause_ns (guint64 n)
{
  if (n < BURST)
    return BURST_PAUSE_NS;
  return n % 2 == 0 ? PAIR_PAUSE_NS : PAUSE_NS - PAIR_PAUSE_NS;
}

static void
open_socket (TuttiTimeClient *self)
{
  g_autoptr (GSocket) fresh = g_socket_new (g_socket_address_get_family (self->server), G_SOCKET_TYPE_DATAGRAM,
                                            G_SOCKET_PROTOCOL_UDP, NULL);

  g_clear_object (&self->socket);
  self->deaf_since_ns = tutti_monotonic_ns ();
  if (fresh == NULL || !g_socket_connect (fresh, self->server, NULL, NULL))
    return;
  g_socket_set_blocking (fresh, FALSE);
  self->socket = g_steal_pointer (&fresh);
}

/* What cannot be sent now is one question less. */
static void
ask (TuttiTimeClient *self)
{
  gint64 now_ns = tutti_monotonic_ns ();

  if (self->socket == NULL || now_ns - self->deaf_since_ns >= DEAF_NS)
    open_socket (self);
  if (self->socket == NULL)
    return;
  now_ns = tutti_monotonic_ns ();
  guint64 packet[2] = { GUINT64_TO_BE ((guint64) now_ns), NOBODY };

  self->asked_ns[self->n_asked % OPEN_QUESTIONS] = now_ns;
  g_socket_send (self->socket, (const char *) packet, sizeof packet, NULL, NULL);
}

/* Whether it was a question of ours that is still open: from now on it is not. */
static gboolean
close_question (TuttiTimeClient *self, gint64 asked_ns)
{
  for (guint i = 0; asked_ns != 0 && i < OPEN_QUESTIONS; i++)
    if (self->asked_ns[i] == asked_ns)
      {
        self->asked_ns[i] = 0;
        return TRUE;
      }
  return FALSE;
}

static void
take_answer (TuttiTimeClient *self)
{
  gint64 now_ns = tutti_monotonic_ns ();           /* before the work of receiving: the server stamps after it, and they cancel out */
  guint64 packet[3];               /* one more: a datagram that is longer is no answer */
  gssize n = g_socket_receive (self->socket, (char *) packet, sizeof packet, NULL, NULL);

  /* "Refused" and the like: the next question takes another socket. */
  if (n < 0)
    g_clear_object (&self->socket);
  if (n != PACKET_BYTES)
    return;
  guint64 asked_ns = GUINT64_FROM_BE (packet[0]), remote_ns = GUINT64_FROM_BE (packet[1]);

  if (remote_ns > REMOTE_MAX_NS || asked_ns > G_MAXINT64 || !close_question (self, (gint64) asked_ns))
    return;
  self->deaf_since_ns = now_ns;
  self->heard ((gint64) asked_ns + (now_ns - (gint64) asked_ns) / 2, (gint64) remote_ns, now_ns - (gint64) asked_ns, self->user);
}

/* FALSE when it is time to leave. */
static gboolean
listen_until (TuttiTimeClient *self, gint64 until_ns)
{
  gint64 left_ns;

  while ((left_ns = until_ns - tutti_monotonic_ns ()) > 0 && !g_cancellable_is_cancelled (self->stop))
    {
      if (self->socket == NULL)
        {
          GPollFD fd;

          g_cancellable_make_pollfd (self->stop, &fd);
          g_poll (&fd, 1, (int) (left_ns / 1000000) + 1);
          g_cancellable_release_fd (self->stop);
        }
      else if (g_socket_condition_timed_wait (self->socket, G_IO_IN, left_ns / 1000 + 1, self->stop, NULL))
        take_answer (self);
    }
  return !g_cancellable_is_cancelled (self->stop);
}

static gpointer
run (gpointer data)
{
  TuttiTimeClient *self = data;
  gint64 next_ns = tutti_monotonic_ns ();

  do
    {
      ask (self);
      next_ns = MAX (next_ns, tutti_monotonic_ns () - PAUSE_NS) + tutti_time_client_pause_ns (self->n_asked);
      self->n_asked++;
    }
  while (listen_until (self, next_ns));
  return NULL;
}

TuttiTimeClient *
tutti_time_client_new (GSocketAddress *server, TuttiTimeHeard heard, gpointer user)
{
  TuttiTimeClient *self = g_new0 (TuttiTimeClient, 1);

  self->server = g_object_ref (server);
  self->heard = heard;
  self->user = user;
  self->stop = g_cancellable_new ();
  self->thread = g_thread_new ("tutti-time", run, self);
  return self;
}

void
tutti_time_client_free (TuttiTimeClient *self)
{
  g_cancellable_cancel (self->stop);
  g_thread_join (self->thread);
  g_clear_object (&self->socket);
  g_object_unref (self->stop);
  g_object_unref (self->server);
  g_free (self);
}
