/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A request from its headers to its handler: which route, who, how often, how much. */
#include "tutti-rest-private.h"

#include "tutti-json-read.h"
#include "tutti-store.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define ACCESS_KEY "access"

/* ---- keys ---- */

static void
fill_random (guint8 *bytes, gsize n)
{
  if (getentropy (bytes, n) != 0)
    g_error ("The system has no random numbers: %s", g_strerror (errno));
}

gint64
tutti_rest_now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

void
tutti_rest_keep_access (TuttiRest *self)
{
  g_autofree char *text = tutti_access_to_text (self->access);
  g_autoptr(GError) error = NULL;

  if (!tutti_store_set_setting (tutti_house_get_store (self->house), ACCESS_KEY, text, &error))
    g_warning ("The key of access tokens cannot be kept, they end with this host: %s", error->message);
}

/* What cannot be read is replaced: whoever has a seat gets a new token for it. */
static void
resume_access (TuttiRest *self)
{
  g_autofree char *text = tutti_store_dup_setting (tutti_house_get_store (self->house), ACCESS_KEY, NULL);
  g_autoptr(GError) error = NULL;

  if (text != NULL && !tutti_access_resume (self->access, text, &error))
    g_warning ("Access tokens of before are not good any more: %s", error->message);
  if (tutti_access_turn (self->access, tutti_rest_now_s ()) || text == NULL || error != NULL)
    tutti_rest_keep_access (self);
}

static void
on_kicked (gpointer user, const char *jam, guint person)
{
  TuttiRest *self = user;

  tutti_access_revoke (self->access, jam, person, tutti_rest_now_s ());
  tutti_rest_keep_access (self);
}

/* ---- beginning and end ---- */

TuttiRest *
tutti_rest_new (TuttiHouse *house)
{
  TuttiRest *self = g_new0 (TuttiRest, 1);

  self->house = house;
  self->access = tutti_access_new (fill_random, tutti_rest_now_s ());
  self->quota = tutti_quota_new ();
  resume_access (self);
  tutti_rest_resume_quota (self);
  tutti_house_set_kicked (house, on_kicked, self);
  return self;
}

void
tutti_rest_free (TuttiRest *self)
{
  tutti_rest_attach (self, NULL);
  tutti_house_set_kicked (self->house, NULL, NULL);
  tutti_access_free (self->access);
  tutti_quota_free (self->quota);
  g_free (self);
}

void
tutti_rest_add_metrics (TuttiRest *self, TuttiMetrics *sum)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->figures.answered); i++)
    sum->requests[i] += self->figures.answered[i];
  sum->requests_too_fast += self->figures.too_fast;
  sum->uploads_refused += self->figures.uploads_refused;
  sum->upload_bytes += self->figures.upload_bytes;
}

/* ---- who ---- */

const char *
tutti_rest_bearer (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (header == NULL || !g_str_has_prefix (header, "Bearer ") || strlen (header) > TUTTI_TOKEN_BYTES_MAX + strlen ("Bearer "))
    return NULL;
  return header + strlen ("Bearer ");
}

/* A seat's token names no jam, so only open ones are looked through: whoever has one is usually in it. */
static TuttiRoom *
room_of_seat (TuttiRest *self, const char *token, guint *person)
{
  g_autoptr(GPtrArray) rooms = tutti_house_get_rooms (self->house);

  for (guint i = 0; i < rooms->len; i++)
    if ((*person = tutti_room_person_of_token (rooms->pdata[i], token)) != 0)
      return rooms->pdata[i];
  return NULL;
}

static TuttiRoom *
room_of_access (TuttiRest *self, const char *token, guint *person)
{
  TuttiAccessClaims claims;
  TuttiRoom *room;

  if (!tutti_access_check (self->access, token, tutti_rest_now_s (), &claims, NULL))
    return NULL;
  room = tutti_house_visit (self->house, claims.jam, NULL);
  *person = claims.person;
  return room != NULL && tutti_room_seats (room, claims.person) ? room : NULL;
}

guint
tutti_rest_person_of_token (TuttiRest *self, const char *token, gboolean adding, char *jam)
{
  TuttiRoomStatus status;
  guint person;
  TuttiRoom *room = room_of_access (self, token, &person);

  if (room == NULL)
    room = room_of_seat (self, token, &person);
  if (room == NULL || (adding && !tutti_room_person_may (room, person, TUTTI_MAY_ADD)))
    return 0;
  tutti_room_get_status (room, &status);
  g_strlcpy (jam, status.jam, TUTTI_JAM_ID_MAX + 1);
  return person;
}

static gboolean
is_about_a_jam (const TuttiRestRoute *route)
{
  return g_str_has_prefix (route->pattern, "/api/v1/jams/{jam}");
}

/* Else it is answered. Asked again when the body is there: somebody may have been sent away meanwhile. */
static gboolean
check_token (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;

  if (!tutti_access_check (call->rest->access, tutti_rest_bearer (call->message), tutti_rest_now_s (), &call->claims, &error))
    {
      tutti_call_refuse_error (call, error);
      return FALSE;
    }
  if (is_about_a_jam (call->route) && !g_str_equal (call->claims.jam, call->values.text[0]))
    {
      tutti_call_refuse (call, SOUP_STATUS_FORBIDDEN, "this access token is for another jam");
      return FALSE;
    }
  return TRUE;
}

/* A seat that is gone, or banned, has no access whatever its token says. */
static gboolean
enter (TuttiCall *call)
{
  g_autoptr(GError) error = NULL;

  if ((call->route->flags & TUTTI_REST_TOKEN) == 0)
    return TRUE;
  if (!check_token (call))
    return FALSE;
  call->room = tutti_house_visit (call->rest->house, call->claims.jam, &error);
  if (call->room == NULL)
    {
      tutti_call_refuse_error (call, error);
      return FALSE;
    }
  if (!tutti_room_seats (call->room, call->claims.person))
    {
      tutti_call_refuse (call, SOUP_STATUS_UNAUTHORIZED, "this seat is not yours any more");
      return FALSE;
    }
  tutti_listener_note_known (call->rest->listener, call->message);
  return TRUE;
}

/* ---- which route ---- */

static const TuttiRestRoute *
find_route (const char *method, const char *path, TuttiPathValues *values)
{
  const char *wanted = g_str_equal (method, "HEAD") ? "GET" : method;

  for (const TuttiRestRoute *each = tutti_rest_routes; each->method != NULL; each++)
    if (each->handle != NULL && g_str_equal (each->method, wanted) && tutti_path_match (each->pattern, path, values))
      return each;
  return NULL;
}

/* The methods that @path has; empty when there is no such path. (transfer full) */
static char *
methods_of (const char *path)
{
  GString *methods = g_string_new (NULL);
  TuttiPathValues values;

  for (const TuttiRestRoute *each = tutti_rest_routes; each->method != NULL; each++)
    if (tutti_path_match (each->pattern, path, &values))
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", each->method);
  return g_string_free (methods, FALSE);
}

static void
refuse_path (TuttiCall *call, const char *path)
{
  g_autofree char *methods = methods_of (path);

  if (methods[0] == '\0')
    {
      tutti_call_refuse (call, SOUP_STATUS_NOT_FOUND, "no such address; see /api/v1/openapi.json");
      return;
    }
  tutti_call_refuse (call, SOUP_STATUS_METHOD_NOT_ALLOWED, methods);
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Allow", methods);
}

/* ---- the body ---- */

/* What was declared is a claim: what arrives is counted. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, TuttiRest *self)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  TuttiCall call = { .rest = self, .message = message };

  if (soup_server_message_get_status (message) != 0 || body->length <= TUTTI_MESSAGE_BYTES_MAX)
    return;
  soup_message_body_set_accumulate (body, FALSE);
  soup_message_body_truncate (body);
  tutti_call_refuse (&call, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a request has at most 64 KiB");
}

static gboolean
is_json (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && (g_ascii_strcasecmp (type, "application/json") == 0 ||
                          g_ascii_strcasecmp (type, "application/merge-patch+json") == 0);
}

static void
expect_body (TuttiCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (call->message);
  gboolean wanted = (call->route->flags & TUTTI_REST_BODY) != 0;
  gboolean chunked = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CHUNKED;
  goffset length = soup_message_headers_get_content_length (headers);

  if (!wanted && (chunked || length > 0))
    tutti_call_refuse (call, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "no body belongs here");
  else if (wanted && !is_json (headers))
    tutti_call_refuse (call, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE, "the body has to be application/json");
  else if (wanted && !chunked && length > TUTTI_MESSAGE_BYTES_MAX)
    tutti_call_refuse (call, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a request has at most 64 KiB");
  else if (wanted)
    {
      soup_message_body_set_accumulate (soup_server_message_get_request_body (call->message), TRUE);
      g_signal_connect (call->message, "got-chunk", G_CALLBACK (on_chunk), call->rest);
    }
}

static gboolean
read_body (TuttiCall *call)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize length;
  const char *text;

  if ((call->route->flags & TUTTI_REST_BODY) == 0)
    return TRUE;
  bytes = soup_message_body_flatten (soup_server_message_get_request_body (call->message));
  text = g_bytes_get_data (bytes, &length);
  call->body = tutti_json_parse (text != NULL ? text : "", length, TUTTI_JSON_DEFAULT, &error);
  if (call->body == NULL)
    tutti_call_refuse (call, SOUP_STATUS_BAD_REQUEST, error->message);
  return call->body != NULL;
}

/* ---- from the listener ---- */

static void
begin (gpointer data, SoupServerMessage *message, const char *path)
{
  TuttiRest *self = data;
  TuttiCall call = { .rest = self, .message = message };
  gint64 wait_us = G_USEC_PER_SEC;

  call.route = find_route (soup_server_message_get_method (message), path, &call.values);
  if (!tutti_listener_ask (self->listener, message, call.route != NULL ? call.route->cost : 1, &wait_us))
    tutti_call_refuse_for (&call, TUTTI_STATUS_TOO_FAST, "too many requests from this address", wait_us);
  else if (call.route == NULL)
    refuse_path (&call, path);
  else if ((call.route->flags & TUTTI_REST_TOKEN) == 0 || check_token (&call))
    expect_body (&call);
}

static void
answer (gpointer data, SoupServerMessage *message, const char *path)
{
  TuttiRest *self = data;
  TuttiCall call = { .rest = self, .message = message };

  call.route = find_route (soup_server_message_get_method (message), path, &call.values);
  if (tutti_access_turn (self->access, tutti_rest_now_s ()))
    tutti_rest_keep_access (self);
  if (enter (&call) && read_body (&call))
    call.route->handle (&call);
  g_clear_pointer (&call.body, json_node_unref);
}

void
tutti_rest_attach (TuttiRest *self, TuttiListener *listener)
{
  static const TuttiListenerApi api = { begin, answer }, none = { NULL, NULL };

  if (self->listener != NULL)
    tutti_listener_set_api (self->listener, &none, NULL);
  self->listener = listener;
  if (listener != NULL)
    tutti_listener_set_api (listener, &api, self);
}

/* ---- what handlers share ---- */

const TuttiJam *
tutti_call_jam (TuttiCall *call)
{
  return tutti_room_get_jam (call->room);
}

gboolean
tutti_call_submit (TuttiCall *call, const TuttiOp *op, TuttiStamp *stamp)
{
  TuttiStamp own;
  g_autoptr(GError) error = NULL;

  if (tutti_room_submit (call->room, call->claims.person, call->claims.creator, op, stamp != NULL ? stamp : &own, &error))
    return TRUE;
  tutti_call_refuse_error (call, error);
  return FALSE;
}

gboolean
tutti_call_object (TuttiCall *call, JsonObject **out)
{
  g_autoptr(GError) error = NULL;

  if (tutti_json_check_object (call->body, "the body", out, &error))
    return TRUE;
  tutti_call_refuse (call, SOUP_STATUS_BAD_REQUEST, error->message);
  return FALSE;
}

char *
tutti_call_address (TuttiCall *call)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (call->message);

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_strdup ("");
  return g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
}
