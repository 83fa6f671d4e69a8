/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the door answers by itself: sockets, sounds, a summary, figures. The API beyond that is somebody else's. */
#include "tutti-listener-private.h"

#include "tutti-debug-routes.h"
#include "tutti-limits.h"
#include "tutti-origin.h"
#include "tutti-path.h"
#include "tutti-store.h"

#include <string.h>

#define STATUS_UPGRADE_REQUIRED 426
#define STATUS_URI_TOO_LONG 414
#define STATUS_TOO_FAST 429

/* ---- the upgrade ---- */

static gboolean
speaks_tutti (SoupServerMessage *message)
{
  const char *offered = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                                       "Sec-WebSocket-Protocol");

  return offered != NULL && (soup_header_contains (offered, TUTTI_LINK_PROTOCOL) ||
                             soup_header_contains (offered, TUTTI_LINK_PROTOCOL_PICTURED));
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

/* (nullable) A name in a path is an id, or nobody's. */
static const char *
jam_in (const TuttiPathValues *values)
{
  return values->text[0][0] != '\0' ? values->text[0] : NULL;
}

static void
on_upgraded (SoupServerMessage *message, TuttiListener *self)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  TuttiPathValues values;

  tutti_listener_hand_over (self, message,
                            tutti_path_match ("/api/v1/jams/{jam}/socket", path, &values) ? jam_in (&values) : NULL);
}

static void
answer_socket (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  g_autoptr(GError) error = NULL;
  char *protocols[] = { (char *) TUTTI_LINK_PROTOCOL_PICTURED, (char *) TUTTI_LINK_PROTOCOL, NULL };

  if (!soup_websocket_server_check_handshake (message, NULL, NULL, NULL, &error))
    tutti_answer_words (message, SOUP_STATUS_BAD_REQUEST, "this is a WebSocket\n");
  else if (!speaks_tutti (message))
    tutti_answer_words (message, STATUS_UPGRADE_REQUIRED, "the subprotocol here is " TUTTI_LINK_PROTOCOL "\n");
  /* Last: finding a jam may mean reading it from the disk. */
  else if (has_jam (self, message, jam_in (values)) &&
           soup_websocket_server_process_handshake (message, NULL, protocols, NULL, NULL))
    g_signal_connect_object (message, "wrote-informational", G_CALLBACK (on_upgraded), self, 0);
}

/* ---- texts ---- */

static gboolean
is_get (SoupServerMessage *message)
{
  return g_str_equal (soup_server_message_get_method (message), "GET");
}

static void
answer_nothing (SoupServerMessage *message)
{
  tutti_answer_words (message, SOUP_STATUS_NOT_FOUND, "nothing here\n");
}

static void
answer_status (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  char *text;

  if (self->status_text == NULL || !is_get (message))
    {
      answer_nothing (message);
      return;
    }
  if (!has_jam (self, message, jam_in (values)))
    return;
  text = self->status_text (self->status_text_data, jam_in (values));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

static gboolean
may_watch (TuttiListener *self, SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return self->watch.text != NULL && is_get (message) &&
         (self->watch_for_everyone ||
          (G_IS_INET_SOCKET_ADDRESS (remote) &&
           g_inet_address_get_is_loopback (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)))));
}

static void
answer_metrics (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  TuttiListenerFigures figures = tutti_listener_get_figures (self);
  char *text;

  if (!may_watch (self, message))
    {
      answer_nothing (message);
      return;
    }
  text = self->watch.text (self->watch_data, &figures);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/plain; version=0.0.4; charset=utf-8", SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
answer_health (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  const char *sick;

  if (!may_watch (self, message))
    {
      answer_nothing (message);
      return;
    }
  sick = self->watch.sick (self->watch_data);
  tutti_answer_words (message, sick != NULL ? SOUP_STATUS_SERVICE_UNAVAILABLE : SOUP_STATUS_OK, sick != NULL ? sick : "ok\n");
}

/* ---- sounds ---- */

static gboolean
is_hash (const char *text)
{
  return strlen (text) == TUTTI_HASH_HEX && strspn (text, "0123456789abcdef") == TUTTI_HASH_HEX;
}

static void
begin_sample (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  if (self->samples != NULL && is_hash (values->text[0]))
    tutti_sample_routes_begin (self->samples, message, values->text[0]);
  else
    answer_nothing (message);
}

static void
answer_sample (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values)
{
  tutti_sample_routes_answer (self->samples, message, values->text[0]);
}

/* ---- the table ---- */

typedef struct
{
  const char *pattern;
  /* Of what an address may ask for: a look is 1, what is brought costs twice that. 0: a socket counts as a connection does, and
   * figures are this machine's. */
  guint cost;
  /* When the headers are there (nullable: no body belongs here), and when the body is there too. */
  void (*begin)  (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values);
  void (*answer) (TuttiListener *self, SoupServerMessage *message, const TuttiPathValues *values);
  /* Where there is an API, it is what refuses any other method than GET, in its own words. */
  gboolean only_get;
} Route;

static const Route routes[] = {
  { "/socket", 0, NULL, answer_socket },
  { "/api/v1/jams/{jam}/socket", 0, NULL, answer_socket },
  { "/api/v1/status", 1, NULL, answer_status, TRUE },
  { "/api/v1/jams/{jam}/status", 1, NULL, answer_status, TRUE },
  { "/api/v1/samples/{sha256}", 1, begin_sample, answer_sample },
  { "/metrics", 0, NULL, answer_metrics },
  { "/healthz", 0, NULL, answer_health },
};

/* (nullable) */
static const Route *
find_route (TuttiListener *self, SoupServerMessage *message, const char *path, TuttiPathValues *values)
{
  gboolean elsewhere = self->api.begin != NULL && !is_get (message);

  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (!(routes[i].only_get && elsewhere) && tutti_path_match (routes[i].pattern, path, values))
      return &routes[i];
  return NULL;
}

static gboolean
is_for_api (TuttiListener *self, const char *path)
{
  return self->api.begin != NULL && g_str_has_prefix (path, "/api/");
}

/* ---- from libsoup ---- */

/* A body that is not wanted is thrown away as it comes, and not without end. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, TuttiListener *self)
{
  TuttiVisitor *visitor = tutti_listener_visitor_of (self, message);

  if (visitor != NULL && soup_server_message_get_status (message) != 0 &&
      tutti_counted_stream_get_in (tutti_visitor_get_stream (visitor))->bytes > TUTTI_REQUEST_BODY_BYTES_MAX)
    tutti_visitor_cut (visitor);
}

static gboolean
has_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED ||
         soup_message_headers_get_content_length (headers) > 0;
}

/* Else it is answered. */
static gboolean
may_ask (TuttiListener *self, SoupServerMessage *message, const Route *route)
{
  guint cost = g_str_equal (soup_server_message_get_method (message), "PUT") ? 2 * route->cost : route->cost;
  gint64 wait_us = G_USEC_PER_SEC;
  g_autofree char *seconds = NULL;

  if (cost == 0 || tutti_listener_ask (self, message, cost, &wait_us))
    return TRUE;
  seconds = g_strdup_printf ("%d", (int) ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC));
  tutti_answer_words (message, STATUS_TOO_FAST, "too many requests from this address\n");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Retry-After", seconds);
  return FALSE;
}

static void
begin (TuttiListener *self, SoupServerMessage *message, const char *path)
{
  TuttiPathValues values;
  const Route *route = find_route (self, message, path, &values);

  if (route != NULL && !may_ask (self, message, route))
    return;
  if (route != NULL && route->begin != NULL)
    route->begin (self, message, &values);
  else if (route == NULL && is_for_api (self, path))
    self->api.begin (self->api_data, message, path);
  else if (has_body (message))
    tutti_answer_words (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "no body belongs here\n");
}

static void
on_headers (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TuttiListener *self = data;
  TuttiVisitor *visitor = tutti_listener_visitor_of (self, message);

  if (visitor != NULL)
    tutti_visitor_note_request (visitor);
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  if (strlen (path) > TUTTI_REQUEST_PATH_BYTES_MAX)
    tutti_answer_words (message, STATUS_URI_TOO_LONG, "that address is too long\n");
  else if (tutti_origin_admit (message, (const char * const *) self->origins))
    begin (self, message, path);
  g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_chunk), self, 0);
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  TuttiListener *self = data;
  TuttiPathValues values;
  const Route *route = find_route (self, message, path, &values);

  if (route != NULL)
    route->answer (self, message, &values);
  else if (tutti_debug_routes_answer (message, path, self->watch.debug, self->watch_data))
    return;
  else if (is_for_api (self, path))
    self->api.answer (self->api_data, message, path);
  else
    answer_nothing (message);
}

void
tutti_listener_add_routes (TuttiListener *self)
{
  soup_server_add_early_handler (self->server, NULL, on_headers, self, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
}
