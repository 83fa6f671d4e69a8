/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host's door: connections come and go, and become links. What is asked for over them is in tutti-listener-routes.c. */
#include "tutti-listener-private.h"

#include "tutti-limits.h"
#include "tutti-ports.h"

#define VISITOR_KEY "tutti-visitor"

G_DEFINE_FINAL_TYPE (TuttiListener, tutti_listener, G_TYPE_OBJECT)

enum { LINK, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Coming and going */

/* A visitor is unwelcomed from accept until its participant is let in, or it goes. */
static void
no_longer_stranger (TuttiListener *self, TuttiVisitor *visitor)
{
  if (g_hash_table_lookup (self->visitors, visitor) == GINT_TO_POINTER (TRUE))
    return;
  g_hash_table_insert (self->visitors, visitor, GINT_TO_POINTER (TRUE));
  self->figures.unwelcomed--;
}

static void
on_visitor_gone (gpointer data, TuttiVisitor *visitor)
{
  TuttiListener *self = data;

  no_longer_stranger (self, visitor);
  g_hash_table_remove (self->visitors, visitor);
  tutti_doorkeeper_leave (self->doorkeeper, tutti_visitor_get_peer (visitor));
}

static void
on_visitor_late (gpointer data, TuttiVisitor *visitor)
{
  TuttiListener *self = data;

  self->figures.timed_out++;
}

static void
on_visitor_ready (gpointer data, TuttiVisitor *visitor)
{
  TuttiListener *self = data;
  GSocketAddress *remote = tutti_visitor_get_remote (visitor);
  g_autoptr(GError) error = NULL;

  /* libsoup gives each request the very object; that is how a request finds its visitor. */
  g_object_set_data (G_OBJECT (remote), VISITOR_KEY, visitor);
  if (!soup_server_accept_iostream (self->server, G_IO_STREAM (tutti_visitor_get_stream (visitor)),
                                    tutti_visitor_get_local (visitor), remote, &error))
    g_debug ("a connection was not accepted: %s", error->message);
}

static const TuttiVisitorWatch visitor_watch = {
  .ready = on_visitor_ready, .late = on_visitor_late, .gone = on_visitor_gone,
};

static gboolean
on_incoming (GSocketService *service, GSocketConnection *tcp, GObject *source, TuttiListener *self)
{
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (tcp, NULL);
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (tcp, NULL);
  TuttiVisitorTimes times = { self->limits.handshake_ms, self->limits.http_idle_ms, self->limits.http_total_ms };
  g_autofree char *peer = NULL;

  if (remote == NULL || local == NULL)
    return TRUE;                   /* gone again */
  peer = tutti_doorkeeper_peer (remote);
  if (self->figures.unwelcomed >= self->limits.unwelcomed || !tutti_doorkeeper_enter (self->doorkeeper, peer))
    {
      self->figures.refused++;
      return TRUE;                 /* dropped before it costs a handshake */
    }
  self->figures.accepted++;
  self->figures.unwelcomed++;
  g_hash_table_insert (self->visitors,
                       tutti_visitor_new (tcp, tutti_identity_get_certificate (self->identity), peer, &times,
                                          &visitor_watch, self),
                       GINT_TO_POINTER (FALSE));
  return TRUE;
}

/* The upgrade */

TuttiVisitor *
tutti_listener_visitor_of (TuttiListener *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  TuttiVisitor *visitor = remote != NULL ? g_object_get_data (G_OBJECT (remote), VISITOR_KEY) : NULL;

  return visitor != NULL && g_hash_table_contains (self->visitors, visitor) ? visitor : NULL;
}

static gboolean
on_hello_missing (gpointer data)
{
  TuttiLink *link = data;

  tutti_link_close (link, TUTTI_CLOSE_NO_HELLO, NULL);
  return G_SOURCE_REMOVE;
}

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
on_stranger_gone (gpointer data, GObject *link)
{
  TuttiListener *self = data;

  g_hash_table_remove (self->strangers, link);
}

static void
watch_stranger (TuttiListener *self, TuttiLink *link, TuttiVisitor *visitor)
{
  GSource *clock = g_timeout_source_new (self->limits.hello_ms);

  g_object_set_data (G_OBJECT (link), VISITOR_KEY, visitor);
  g_object_weak_ref (G_OBJECT (link), on_stranger_gone, self);
  g_source_set_callback (clock, on_hello_missing, link, NULL);
  g_source_attach (clock, g_main_context_get_thread_default ());
  g_hash_table_insert (self->strangers, link, clock);
}

/* "101" is written: the stream is ours. What libsoup wrapped around it goes; nothing can be in its buffer, since a
 * guest speaks only after the answer (one that does not breaks the frames and is closed for it). */
void
tutti_listener_hand_over (TuttiListener *self, SoupServerMessage *message, const char *jam)
{
  TuttiVisitor *visitor = tutti_listener_visitor_of (self, message);
  g_autoptr(TuttiCountedStream) stream = NULL;
  g_autoptr(GIOStream) wrapped = NULL;
  g_autoptr(TuttiLink) link = NULL;

  if (visitor == NULL)
    return;
  stream = g_object_ref (tutti_visitor_get_stream (visitor));
  tutti_visitor_note_upgrade (visitor);
  wrapped = soup_server_message_steal_connection (message);
  link = tutti_link_new (stream, TRUE, soup_server_message_get_uri (message), tutti_visitor_get_remote (visitor), NULL);
  tutti_link_set_pictured (link, g_strcmp0 (soup_message_headers_get_one (soup_server_message_get_response_headers (message),
                                                                          "Sec-WebSocket-Protocol"),
                                            TUTTI_LINK_PROTOCOL_PICTURED) == 0);
  watch_stranger (self, link, visitor);
  g_signal_emit (self, signals[LINK], 0, link, jam);
}

/* Requests */

gboolean
tutti_listener_ask (TuttiListener *self, SoupServerMessage *message, guint cost, gint64 *wait_us)
{
  TuttiVisitor *visitor = tutti_listener_visitor_of (self, message);

  return visitor != NULL && tutti_doorkeeper_ask (self->doorkeeper, tutti_visitor_get_peer (visitor), cost, wait_us);
}

void
tutti_listener_note_known (TuttiListener *self, SoupServerMessage *message)
{
  TuttiVisitor *visitor = tutti_listener_visitor_of (self, message);

  if (visitor != NULL)
    no_longer_stranger (self, visitor);
}

/* The object */

static void
tutti_listener_dispose (GObject *object)
{
  TuttiListener *self = TUTTI_LISTENER (object);
  GHashTableIter iter;
  gpointer key;

  tutti_listener_stop (self);
  g_hash_table_iter_init (&iter, self->strangers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_object_weak_unref (G_OBJECT (key), on_stranger_gone, self);
  g_hash_table_remove_all (self->strangers);
  g_hash_table_iter_init (&iter, self->visitors);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    tutti_visitor_forget (key);
  g_hash_table_remove_all (self->visitors);
  g_clear_pointer (&self->samples, tutti_sample_routes_free);
  if (self->server != NULL)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  G_OBJECT_CLASS (tutti_listener_parent_class)->dispose (object);
}

static void
tutti_listener_finalize (GObject *object)
{
  TuttiListener *self = TUTTI_LISTENER (object);

  g_clear_object (&self->identity);
  g_clear_pointer (&self->visitors, g_hash_table_unref);
  g_clear_pointer (&self->doorkeeper, tutti_doorkeeper_free);
  g_clear_pointer (&self->origins, g_strfreev);
  g_clear_pointer (&self->strangers, g_hash_table_unref);
  G_OBJECT_CLASS (tutti_listener_parent_class)->finalize (object);
}

static void
tutti_listener_class_init (TuttiListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tutti_listener_dispose;
  G_OBJECT_CLASS (klass)->finalize = tutti_listener_finalize;
  signals[LINK] = g_signal_new ("link", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                2, TUTTI_TYPE_LINK, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
tutti_listener_init (TuttiListener *self)
{
  self->visitors = g_hash_table_new (NULL, NULL);
  self->doorkeeper = tutti_doorkeeper_new ();
  self->strangers = g_hash_table_new_full (NULL, NULL, NULL, destroy_source);
  TuttiListenerLimits limits = {
    .connections = TUTTI_CONNECTIONS_MAX, .connections_per_address = TUTTI_CONNECTIONS_PER_ADDRESS_MAX,
    .unwelcomed = TUTTI_UNWELCOMED_MAX, .handshake_ms = TUTTI_HANDSHAKE_TIMEOUT_MS,
    .hello_ms = TUTTI_HELLO_TIMEOUT_MS, .http_idle_ms = TUTTI_HTTP_IDLE_TIMEOUT_MS,
    .http_total_ms = TUTTI_HTTP_TOTAL_TIMEOUT_MS, .connect_rate = TUTTI_CONNECT_RATE_MAX,
    .connect_burst = TUTTI_CONNECT_BURST_MAX,
  };

  tutti_listener_set_limits (self, &limits);
  self->server = soup_server_new ("server-header", "Tutti", NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  tutti_listener_add_routes (self);
}

TuttiListener *
tutti_listener_new (TuttiIdentity *identity)
{
  TuttiListener *self = g_object_new (TUTTI_TYPE_LISTENER, NULL);

  self->identity = g_object_ref (identity);
  return self;
}

gboolean
tutti_listener_start (TuttiListener *self, guint16 port, guint flags, GError **error)
{
  /* Asleep while its sockets come: each new one makes an awake service begin anew, and what it had just accepted it
   * would drop. */
  g_autoptr(GSocketService) service = g_object_new (G_TYPE_SOCKET_SERVICE, "active", FALSE, NULL);

  g_return_val_if_fail (TUTTI_IS_LISTENER (self) && self->service == NULL, FALSE);

  self->port = tutti_ports_bind (G_SOCKET_LISTENER (service), port, (flags & TUTTI_LISTEN_LOOPBACK) != 0, error);
  if (self->port == 0)
    return FALSE;
  self->moved = port != 0 && port != self->port;
  self->service = g_steal_pointer (&service);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming), self, 0);
  g_socket_service_start (self->service);
  return TRUE;
}

void
tutti_listener_stop (TuttiListener *self)
{
  g_return_if_fail (TUTTI_IS_LISTENER (self));

  if (self->service == NULL)
    return;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
}

guint16
tutti_listener_get_port (TuttiListener *self, gboolean *moved)
{
  g_return_val_if_fail (TUTTI_IS_LISTENER (self), 0);

  if (moved != NULL)
    *moved = self->moved;
  return self->port;
}

void
tutti_listener_welcome (TuttiListener *self, TuttiLink *link)
{
  TuttiVisitor *visitor;

  g_return_if_fail (TUTTI_IS_LISTENER (self) && TUTTI_IS_LINK (link));

  if (!g_hash_table_contains (self->strangers, link))
    return;
  g_object_weak_unref (G_OBJECT (link), on_stranger_gone, self);
  g_hash_table_remove (self->strangers, link);
  visitor = g_object_get_data (G_OBJECT (link), VISITOR_KEY);
  if (g_hash_table_contains (self->visitors, visitor))
    no_longer_stranger (self, visitor);
}

void
tutti_listener_set_jams (TuttiListener *self, TuttiJamFind find, gpointer data)
{
  self->find_jam = find;
  self->find_jam_data = data;
}

void
tutti_listener_set_status (TuttiListener *self, TuttiStatusText text, gpointer data)
{
  self->status_text = text;
  self->status_text_data = data;
}

void
tutti_listener_set_watch (TuttiListener *self, const TuttiListenerWatch *watch, gpointer data, gboolean everyone)
{
  self->watch = *watch;
  self->watch_data = data;
  self->watch_for_everyone = everyone;
}

void
tutti_listener_set_samples (TuttiListener *self, const TuttiSampleProvider *provider, gpointer provider_data,
                            TuttiSampleAuthorize authorize, gpointer authorize_data)
{
  g_clear_pointer (&self->samples, tutti_sample_routes_free);
  if (provider != NULL)
    self->samples = tutti_sample_routes_new (provider, provider_data, authorize, authorize_data);
}

void
tutti_listener_set_quota (TuttiListener *self, const TuttiSampleQuota *quota, gpointer data)
{
  tutti_sample_routes_set_quota (self->samples, quota, data);
}

void
tutti_listener_set_api (TuttiListener *self, const TuttiListenerApi *api, gpointer data)
{
  self->api = *api;
  self->api_data = data;
}

void
tutti_listener_set_origins (TuttiListener *self, const char * const *origins)
{
  g_strfreev (self->origins);
  self->origins = g_strdupv ((char **) origins);
}

void
tutti_listener_set_limits (TuttiListener *self, const TuttiListenerLimits *limits)
{
  TuttiDoorkeeperLimits doorkeeper = { limits->connections, limits->connections_per_address, limits->connect_rate,
                                       limits->connect_burst };

  self->limits = *limits;
  tutti_doorkeeper_set_limits (self->doorkeeper, &doorkeeper);
}

TuttiListenerLimits
tutti_listener_get_limits (TuttiListener *self)
{
  return self->limits;
}

TuttiListenerFigures
tutti_listener_get_figures (TuttiListener *self)
{
  TuttiListenerFigures figures = self->figures;

  figures.open = g_hash_table_size (self->visitors);
  return figures;
}
