/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-listener.h"

#include <string.h>

#include "tutti-bucket.h"
#include "tutti-limits.h"
#include "tutti-ports.h"
#include "tutti-store.h"
#include "tutti-visitor.h"

#define VISITOR_KEY "tutti-visitor"
#define STATUS_UPGRADE_REQUIRED 426

struct _TuttiListener
{
  GObject parent_instance;

  /* owned */
  TuttiIdentity *identity;
  GSocketService *service;
  SoupServer *server;
  TuttiSampleRoutes *samples;
  GHashTable *visitors;            /* TuttiVisitor: a set */
  GHashTable *neighbours;          /* address text → Neighbour */
  GHashTable *strangers;           /* TuttiLink not yet welcomed → the source of its clock */

  /* borrowed: by contract of the setters */
  TuttiJamFind find_jam;
  gpointer find_jam_data;
  TuttiStatusText status_text;
  gpointer status_text_data;
  TuttiListenerWatch watch;
  gpointer watch_data;
  gboolean watch_for_everyone;

  TuttiListenerLimits limits;
  TuttiListenerFigures figures;
  guint16 port;
  gboolean moved;
};

/* What one address has open, and how fast it comes. */
typedef struct
{
  guint open;
  TuttiBucket rate;
} Neighbour;

G_DEFINE_FINAL_TYPE (TuttiListener, tutti_listener, G_TYPE_OBJECT)

enum { LINK, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Coming and going */

static Neighbour *
neighbour_of (TuttiListener *self, const char *peer)
{
  Neighbour *neighbour = g_hash_table_lookup (self->neighbours, peer);

  if (neighbour == NULL)
    {
      neighbour = g_new0 (Neighbour, 1);
      tutti_bucket_init (&neighbour->rate, self->limits.connect_rate, self->limits.connect_burst,
                         g_get_monotonic_time ());
      g_hash_table_insert (self->neighbours, g_strdup (peer), neighbour);
    }
  return neighbour;
}

static gboolean
is_stale (gpointer peer, gpointer value, gpointer now_us)
{
  Neighbour *neighbour = value;

  return neighbour->open == 0 && tutti_bucket_wait_us (&neighbour->rate, 1, *(gint64 *) now_us) == 0;
}

/* An address that has nothing open is remembered for its rate only, and not by the thousand. */
static void
forget_neighbours (TuttiListener *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (g_hash_table_size (self->neighbours) > self->limits.connections)
    g_hash_table_foreach_remove (self->neighbours, is_stale, &now_us);
}

static guint
count_unwelcomed (TuttiListener *self)
{
  return self->figures.unwelcomed;
}

static gboolean
admits (TuttiListener *self, Neighbour *neighbour)
{
  return g_hash_table_size (self->visitors) < self->limits.connections &&
         g_hash_table_size (self->neighbours) <= 2 * self->limits.connections &&
         neighbour->open < self->limits.connections_per_address &&
         count_unwelcomed (self) < self->limits.unwelcomed &&
         tutti_bucket_take (&neighbour->rate, 1, g_get_monotonic_time ());
}

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
  Neighbour *neighbour = g_hash_table_lookup (self->neighbours, tutti_visitor_get_peer (visitor));

  no_longer_stranger (self, visitor);
  g_hash_table_remove (self->visitors, visitor);
  neighbour->open--;
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

/* IPv6 is one address for each /64, which is what one household or one attacker has; link-local ones differ behind it. */
static char *
peer_text (GSocketAddress *address)
{
  GInetAddress *inet = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address));
  const guint8 *bytes = g_inet_address_to_bytes (inet);
  gboolean v6 = g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV6;
  g_autofree char *whole = g_inet_address_to_string (inet);

  if (!v6 || g_inet_address_get_is_link_local (inet) || g_inet_address_get_is_loopback (inet))
    return g_steal_pointer (&whole);
  if (memcmp (bytes, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) == 0)      /* IPv4 on a socket for both */
    return g_strdup_printf ("%u.%u.%u.%u", bytes[12], bytes[13], bytes[14], bytes[15]);
  return g_strdup_printf ("%02x%02x:%02x%02x:%02x%02x:%02x%02x::/64", bytes[0], bytes[1], bytes[2], bytes[3], bytes[4],
                          bytes[5], bytes[6], bytes[7]);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *tcp, GObject *source, TuttiListener *self)
{
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (tcp, NULL);
  g_autoptr(GSocketAddress) local = g_socket_connection_get_local_address (tcp, NULL);
  TuttiVisitorTimes times = { self->limits.handshake_ms, self->limits.http_idle_ms, self->limits.http_total_ms };
  g_autofree char *peer = NULL;
  Neighbour *neighbour;

  if (remote == NULL || local == NULL)
    return TRUE;                   /* gone again */
  peer = peer_text (remote);
  forget_neighbours (self);
  neighbour = neighbour_of (self, peer);
  if (!admits (self, neighbour))
    {
      self->figures.refused++;
      return TRUE;                 /* dropped before it costs a handshake */
    }
  self->figures.accepted++;
  self->figures.unwelcomed++;
  neighbour->open++;
  g_hash_table_insert (self->visitors,
                       tutti_visitor_new (tcp, tutti_identity_get_certificate (self->identity), peer, &times,
                                          &visitor_watch, self),
                       GINT_TO_POINTER (FALSE));
  return TRUE;
}

/* The upgrade */

static TuttiVisitor *
visitor_of (TuttiListener *self, SoupServerMessage *message)
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

/* (nullable) The jam in /api/v1/jams/<id>@after. */
static char *
jam_of (const char *path, const char *after)
{
  static const char before[] = "/api/v1/jams/";
  gsize length = strlen (path);
  char *jam;

  if (!g_str_has_prefix (path, before) || !g_str_has_suffix (path, after) ||
      length <= strlen (before) + strlen (after))
    return NULL;
  jam = g_strndup (path + strlen (before), length - strlen (before) - strlen (after));
  if (!tutti_address_is_jam_id (jam))
    g_clear_pointer (&jam, g_free);
  return jam;
}

/* "101" is written: the stream is ours. What libsoup wrapped around it goes; nothing can be in its buffer, since a
 * guest speaks only after the answer (one that does not breaks the frames and is closed for it). */
static void
on_upgraded (SoupServerMessage *message, TuttiListener *self)
{
  TuttiVisitor *visitor = visitor_of (self, message);
  g_autofree char *jam = jam_of (g_uri_get_path (soup_server_message_get_uri (message)), "/socket");
  g_autoptr(TuttiCountedStream) stream = NULL;
  g_autoptr(GIOStream) wrapped = NULL;
  g_autoptr(TuttiLink) link = NULL;

  if (visitor == NULL)
    return;
  stream = g_object_ref (tutti_visitor_get_stream (visitor));
  tutti_visitor_note_upgrade (visitor);
  wrapped = soup_server_message_steal_connection (message);
  link = tutti_link_new (stream, TRUE, soup_server_message_get_uri (message), tutti_visitor_get_remote (visitor), NULL);
  watch_stranger (self, link, visitor);
  g_signal_emit (self, signals[LINK], 0, link, jam);
}

/* Programs send no Origin; a page does, and only one that came from this host may. */
static gboolean
is_own_origin (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *own = g_strconcat ("https://", host != NULL ? host : "", NULL);

  return origin == NULL || (host != NULL && g_ascii_strcasecmp (origin, own) == 0);
}

static gboolean
speaks_tutti (SoupServerMessage *message)
{
  const char *offered = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                                       "Sec-WebSocket-Protocol");

  return offered != NULL && soup_header_contains (offered, TUTTI_LINK_PROTOCOL);
}

/* Else it is answered why not. */
static gboolean
has_jam (TuttiListener *self, SoupServerMessage *message, const char *jam)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (self->find_jam == NULL || self->find_jam (self->find_jam_data, jam, &error))
    return TRUE;
  if (g_error_matches (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND))
    {
      tutti_answer_words (message, SOUP_STATUS_NOT_FOUND, "no such jam here\n");
      return FALSE;
    }
  words = g_strconcat (error->message, "\n", NULL);
  tutti_answer_words (message, SOUP_STATUS_SERVICE_UNAVAILABLE, words);
  return FALSE;
}

static void
answer_socket (TuttiListener *self, SoupServerMessage *message, const char *jam)
{
  g_autoptr(GError) error = NULL;
  char *protocols[] = { (char *) TUTTI_LINK_PROTOCOL, NULL };

  if (!is_own_origin (message))
    tutti_answer_words (message, SOUP_STATUS_FORBIDDEN, "this page may not speak for you\n");
  else if (!soup_websocket_server_check_handshake (message, NULL, NULL, NULL, &error))
    tutti_answer_words (message, SOUP_STATUS_BAD_REQUEST, "this is a WebSocket\n");
  else if (!speaks_tutti (message))
    tutti_answer_words (message, STATUS_UPGRADE_REQUIRED, "the subprotocol here is " TUTTI_LINK_PROTOCOL "\n");
  /* Last: finding a jam may mean reading it from the disk. */
  else if (has_jam (self, message, jam) && soup_websocket_server_process_handshake (message, NULL, protocols, NULL, NULL))
    g_signal_connect_object (message, "wrote-informational", G_CALLBACK (on_upgraded), self, 0);
}

/* Requests */

static void
answer_status (TuttiListener *self, SoupServerMessage *message, const char *jam)
{
  char *text;

  if (self->status_text == NULL || !g_str_equal (soup_server_message_get_method (message), "GET"))
    {
      tutti_answer_words (message, SOUP_STATUS_NOT_FOUND, "nothing here\n");
      return;
    }
  if (!has_jam (self, message, jam))
    return;
  text = self->status_text (self->status_text_data, jam);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

static gboolean
may_watch (TuttiListener *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return self->watch.text != NULL && g_str_equal (soup_server_message_get_method (message), "GET") &&
         (self->watch_for_everyone ||
          (G_IS_INET_SOCKET_ADDRESS (remote) &&
           g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)))));
}

static void
answer_metrics (TuttiListener *self, SoupServerMessage *message)
{
  TuttiListenerFigures figures = tutti_listener_get_figures (self);
  char *text = self->watch.text (self->watch_data, &figures);

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain; version=0.0.4; charset=utf-8", SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
answer_health (TuttiListener *self, SoupServerMessage *message)
{
  const char *sick = self->watch.sick (self->watch_data);

  tutti_answer_words (message, sick != NULL ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_OK, sick != NULL ? sick : "ok\n");
}

/* (nullable) The hash in the path of a sound. */
static const char *
sample_of (TuttiListener *self, const char *path)
{
  static const char before[] = "/api/v1/samples/";
  const char *hash = path + strlen (before);

  if (self->samples == NULL || !g_str_has_prefix (path, before) || strlen (hash) != 64 ||
      strspn (hash, "0123456789abcdef") != 64)
    return NULL;
  return hash;
}

/* A body that is not wanted is thrown away as it comes, and not without end. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, TuttiListener *self)
{
  TuttiVisitor *visitor = visitor_of (self, message);

  if (visitor != NULL && soup_server_message_get_status (message) != 0 &&
      tutti_counted_stream_get_in (tutti_visitor_get_stream (visitor))->bytes > TUTTI_REQUEST_BODY_BYTES_MAX)
    tutti_visitor_cut (visitor);
}

static void
on_headers (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TuttiListener *self = data;
  TuttiVisitor *visitor = visitor_of (self, message);
  const char *sample = sample_of (self, path);

  if (visitor != NULL)
    tutti_visitor_note_request (visitor);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (sample != NULL)
    tutti_sample_routes_begin (self->samples, message, sample);
  else if (soup_message_headers_get_encoding (soup_server_message_get_request_headers (message)) ==
             SOUP_ENCODING_CHUNKED ||
           soup_message_headers_get_content_length (soup_server_message_get_request_headers (message)) > 0)
    tutti_answer_words (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "no body belongs here\n");
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_chunk), self, 0);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TuttiListener *self = data;
  g_autofree char *jam = jam_of (path, "/socket"), *asked = jam_of (path, "/status");
  const char *sample = sample_of (self, path);

  if (tutti_debug_routes_answer (message, path, self->watch.debug, self->watch_data))
    return;
  if (jam != NULL || g_str_equal (path, "/socket"))
    answer_socket (self, message, jam);
  else if (asked != NULL || g_str_equal (path, "/api/v1/status"))
    answer_status (self, message, asked);
  else if (sample != NULL)
    tutti_sample_routes_answer (self->samples, message, sample);
  else if (g_str_equal (path, "/metrics") && may_watch (self, message))
    answer_metrics (self, message);
  else if (g_str_equal (path, "/healthz") && may_watch (self, message))
    answer_health (self, message);
  else
    tutti_answer_words (message, SOUP_STATUS_NOT_FOUND, "nothing here\n");
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
  g_clear_pointer (&self->neighbours, g_hash_table_unref);
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
  self->neighbours = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->strangers = g_hash_table_new_full (NULL, NULL, NULL, destroy_source);
  self->limits = (TuttiListenerLimits) {
    .connections = TUTTI_CONNECTIONS_MAX, .connections_per_address = TUTTI_CONNECTIONS_PER_ADDRESS_MAX,
    .unwelcomed = TUTTI_UNWELCOMED_MAX, .handshake_ms = TUTTI_HANDSHAKE_TIMEOUT_MS,
    .hello_ms = TUTTI_HELLO_TIMEOUT_MS, .http_idle_ms = TUTTI_HTTP_IDLE_TIMEOUT_MS,
    .http_total_ms = TUTTI_HTTP_TOTAL_TIMEOUT_MS, .connect_rate = TUTTI_CONNECT_RATE_MAX,
    .connect_burst = TUTTI_CONNECT_BURST_MAX,
  };
  self->server = soup_server_new ("server-header", "Tutti", NULL);
  soup_server_remove_websocket_extension (self->server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
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
tutti_listener_set_limits (TuttiListener *self, const TuttiListenerLimits *limits)
{
  self->limits = *limits;
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

SoupServer *
tutti_listener_get_server (TuttiListener *self)
{
  return self->server;
}
