/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-time-relay.h"

#define MAX_DATAGRAM 64                /* a clock packet is 16 bytes; anything longer is not one */

struct _TuttiTimeRelay
{
  GThread *thread;
  GCancellable *stop;
  GSocket *near;               /* bound to loopback, for the client */
  GSocket *far;                /* connected to the server, so that nobody else is heard */
  GSocketAddress *client;      /* whoever asked last; relay thread only */
};

/* Waiting for either side: a GMainContext of the thread's own, so that cancelling wakes it too. */
static gboolean
on_near (GSocket *socket, GIOCondition condition, gpointer data)
{
  TuttiTimeRelay *relay = data;
  g_autoptr (GSocketAddress) from = NULL;
  char bytes[MAX_DATAGRAM];
  gssize n = g_socket_receive_from (socket, &from, bytes, sizeof bytes, NULL, NULL);

  if (n > 0)
    {
      g_set_object (&relay->client, from);
      g_socket_send (relay->far, bytes, n, NULL, NULL);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
on_far (GSocket *socket, GIOCondition condition, gpointer data)
{
  TuttiTimeRelay *relay = data;
  char bytes[MAX_DATAGRAM];
  gssize n = g_socket_receive (socket, bytes, sizeof bytes, NULL, NULL);

  if (n > 0 && relay->client != NULL)
    g_socket_send_to (relay->near, relay->client, bytes, n, NULL, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_stop (GCancellable *stop, gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static void
attach (GSource *source, GSourceFunc callback, gpointer data, GMainContext *context)
{
  g_source_set_callback (source, callback, data, NULL);
  g_source_attach (source, context);
  g_source_unref (source);
}

static gpointer
relay_run (gpointer data)
{
  TuttiTimeRelay *relay = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);

  attach (g_socket_create_source (relay->near, G_IO_IN, NULL), G_SOURCE_FUNC (on_near), relay, context);
  attach (g_socket_create_source (relay->far, G_IO_IN, NULL), G_SOURCE_FUNC (on_far), relay, context);
  attach (g_cancellable_source_new (relay->stop), G_SOURCE_FUNC (on_stop), loop, context);
  g_main_loop_run (loop);
  return NULL;
}

static GSocket *
near_socket (guint16 *port, GError **error)
{
  g_autoptr (GSocket) near = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (near == NULL || !g_socket_bind (near, any, FALSE, error) || (bound = g_socket_get_local_address (near, error)) == NULL)
    return NULL;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_socket_set_blocking (near, FALSE);
  return g_steal_pointer (&near);
}

static GSocket *
far_socket (GSocketAddress *server, GError **error)
{
  g_autoptr (GSocket) far =
    g_socket_new (g_socket_address_get_family (server), G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, error);

  if (far == NULL || !g_socket_connect (far, server, NULL, error))
    return NULL;
  g_socket_set_blocking (far, FALSE);
  return g_steal_pointer (&far);
}

TuttiTimeRelay *
tutti_time_relay_new (GSocketAddress *server, guint16 *port, GError **error)
{
  g_autoptr (GSocket) near = near_socket (port, error);
  g_autoptr (GSocket) far = near != NULL ? far_socket (server, error) : NULL;
  TuttiTimeRelay *relay;

  if (near == NULL || far == NULL)
    return NULL;
  relay = g_new0 (TuttiTimeRelay, 1);
  relay->near = g_steal_pointer (&near);
  relay->far = g_steal_pointer (&far);
  relay->stop = g_cancellable_new ();
  relay->thread = g_thread_new ("tutti-time-relay", relay_run, relay);
  return relay;
}

void
tutti_time_relay_free (TuttiTimeRelay *relay)
{
  g_cancellable_cancel (relay->stop);
  g_thread_join (relay->thread);
  g_clear_object (&relay->client);
  g_object_unref (relay->near);
  g_object_unref (relay->far);
  g_object_unref (relay->stop);
  g_free (relay);
}
