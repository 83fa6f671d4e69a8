/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What requests are answered with. */
#include "tutti-rest-private.h"

#include "tutti-json-write.h"
#include "tutti-store.h"

#include <string.h>

static const struct { guint status; const char *name, *title; } problems[] = {
  { 400, "bad-request", "That is no such request" },
  { 401, "no-access", "This needs an access token" },
  { 403, "not-allowed", "That is not allowed" },
  { 404, "not-found", "There is nothing by that name" },
  { 405, "other-method", "That cannot be done with it" },
  { 409, "conflict", "That does not go with what is there" },
  { 412, "changed", "It was changed meanwhile" },
  { 413, "too-large", "That is too much" },
  { 415, "other-type", "That is not JSON" },
  { 422, "invalid", "The host does not take that" },
  { 428, "match-needed", "Say which state is meant" },
  { 429, "too-fast", "Slow down a little" },
  { 500, "failed", "The host failed" },
  { 503, "not-now", "Not now" },
  { 507, "no-room", "There is no room for it" },
};

/* ---- entity tags ---- */

/* SHA-256 cut to 128 bits: of the text as it is sent, so that equal states have equal tags, also after a restart. */
static char *
tag_of (const char *json)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, json, -1);

  return g_strdup_printf ("\"%.32s\"", hash);
}

/* Whether the list of tags in @header has @tag, or is "*". @weak: W/ in front of one makes no difference. */
static gboolean
names_tag (const char *header, const char *tag, gboolean weak)
{
  g_auto(GStrv) each = g_strsplit (header, ",", 64);

  for (guint i = 0; each[i] != NULL; i++)
    {
      const char *text = g_strstrip (each[i]);

      if (weak && g_str_has_prefix (text, "W/"))
        text += 2;
      if (g_str_equal (text, "*") || g_str_equal (text, tag))
        return TRUE;
    }
  return FALSE;
}

static const char *
header_of (TuttiCall *call, const char *name)
{
  return soup_message_headers_get_list (soup_server_message_get_request_headers (call->message), name);
}

static void
set_header (TuttiCall *call, const char *name, const char *value)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), name, value);
}

/* ---- what went well ---- */

static void
set_bytes (TuttiCall *call, guint status, const char *type, gpointer data, gsize length)
{
  soup_server_message_set_status (call->message, status, NULL);
  soup_server_message_set_response (call->message, type, SOUP_MEMORY_TAKE, data, length);
  set_header (call, "Cache-Control", "no-store");
  call->rest->figures.answered[MIN (status / 100, 5)]++;
}

static void
set_body (TuttiCall *call, guint status, const char *type, char *text)
{
  set_bytes (call, status, type, text, strlen (text));
}

void
tutti_call_done (TuttiCall *call)
{
  soup_server_message_set_status (call->message, SOUP_STATUS_NO_CONTENT, NULL);
  call->rest->figures.answered[2]++;
}

/* Only who looks can know it already; what changed something is always told. */
static gboolean
is_known (TuttiCall *call, const char *tag)
{
  const char *method = soup_server_message_get_method (call->message), *known = header_of (call, "If-None-Match");

  return (g_str_equal (method, "GET") || g_str_equal (method, "HEAD")) && known != NULL && names_tag (known, tag, TRUE);
}

/* What may be kept by whoever asked, and asked after again, says so; a token may not. Takes @data. */
static void
give (TuttiCall *call, guint status, const char *tag, const char *type, gpointer data, gsize length)
{
  if (status == SOUP_STATUS_OK && is_known (call, tag))
    {
      g_free (data);
      soup_server_message_set_status (call->message, SOUP_STATUS_NOT_MODIFIED, NULL);
      call->rest->figures.answered[3]++;
    }
  else
    set_bytes (call, status, type, data, length);
  set_header (call, "ETag", tag);
  set_header (call, "Cache-Control", "private, no-cache");
}

void
tutti_call_give_text (TuttiCall *call, guint status, const char *json)
{
  g_autofree char *tag = tag_of (json);

  give (call, status, tag, "application/json", g_strdup (json), strlen (json));
}

void
tutti_call_give_picture (TuttiCall *call, const char *text, GByteArray *png)
{
  g_autofree char *tag = tag_of (text);
  gsize length = png->len;

  give (call, SOUP_STATUS_OK, tag, "image/png", g_byte_array_free (png, FALSE), length);
}

void
tutti_call_give (TuttiCall *call, guint status, GString *json)
{
  tutti_call_give_text (call, status, json->str);
  g_string_free (json, TRUE);
}

void
tutti_call_give_resource (TuttiCall *call, guint status, const TuttiResource *resource)
{
  GString *json = g_string_new (NULL);

  tutti_resource_write (json, resource);
  tutti_call_give (call, status, json);
}

/* ---- what did not ---- */

/* @present: (nullable) JSON of the present state. */
static char *
write_problem (guint status, const char *detail, const char *present)
{
  GString *out = g_string_new (NULL);
  gsize i = 0;

  while (i + 1 < G_N_ELEMENTS (problems) && problems[i].status != status)
    i++;
  g_autofree char *type = g_strconcat ("urn:tutti:problem:", problems[i].name, NULL);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "type", type);
  tutti_json_put_member_text (out, "title", problems[i].title);
  tutti_json_put_member_int (out, "status", status);
  tutti_json_put_member_text (out, "detail", detail);
  if (present != NULL)
    {
      tutti_json_key (out, "present");
      tutti_json_put_raw (out, present);
    }
  tutti_json_close (out, '}');
  return g_string_free (out, FALSE);
}

void
tutti_call_refuse (TuttiCall *call, guint status, const char *detail)
{
  set_body (call, status, "application/problem+json", write_problem (status, detail, NULL));
  if (status == SOUP_STATUS_UNAUTHORIZED)
    set_header (call, "WWW-Authenticate", "Bearer realm=\"tutti\"");
}

void
tutti_call_refuse_for (TuttiCall *call, guint status, const char *detail, gint64 wait_us)
{
  g_autofree char *seconds =
    g_strdup_printf ("%d", (int) CLAMP ((wait_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1, 3600));

  tutti_call_refuse (call, status, detail);
  set_header (call, "Retry-After", seconds);
  call->rest->figures.too_fast += status == TUTTI_STATUS_TOO_FAST;
}

static guint
status_of_model (int code)
{
  static const guint statuses[] = {
    [TUTTI_MODEL_ERROR_INVALID] = TUTTI_STATUS_UNPROCESSABLE, [TUTTI_MODEL_ERROR_MISSING] = SOUP_STATUS_NOT_FOUND,
    [TUTTI_MODEL_ERROR_EXISTS] = SOUP_STATUS_CONFLICT, [TUTTI_MODEL_ERROR_LIMIT] = SOUP_STATUS_CONFLICT,
    [TUTTI_MODEL_ERROR_BUSY] = TUTTI_STATUS_TOO_FAST, [TUTTI_MODEL_ERROR_NOT_ALLOWED] = SOUP_STATUS_FORBIDDEN,
  };

  return code >= 0 && code < (int) G_N_ELEMENTS (statuses) ? statuses[code] : TUTTI_STATUS_UNPROCESSABLE;
}

static guint
status_of_store (int code)
{
  switch (code)
    {
    case TUTTI_STORE_ERROR_NOT_FOUND:
      return SOUP_STATUS_NOT_FOUND;
    case TUTTI_STORE_ERROR_CONFLICT:
      return SOUP_STATUS_CONFLICT;
    case TUTTI_STORE_ERROR_INVALID:
      return TUTTI_STATUS_UNPROCESSABLE;
    case TUTTI_STORE_ERROR_FULL:
      return TUTTI_STATUS_NO_ROOM;
    default:
      return SOUP_STATUS_SERVICE_UNAVAILABLE;
    }
}

void
tutti_call_refuse_error (TuttiCall *call, const GError *error)
{
  guint status = TUTTI_STATUS_UNPROCESSABLE;

  if (error->domain == TUTTI_MODEL_ERROR)
    status = status_of_model (error->code);
  else if (error->domain == TUTTI_STORE_ERROR)
    status = status_of_store (error->code);
  else if (error->domain == TUTTI_HOUSE_ERROR)
    status = SOUP_STATUS_SERVICE_UNAVAILABLE;
  else if (error->domain == TUTTI_ACCESS_ERROR)
    status = SOUP_STATUS_UNAUTHORIZED;
  if (status == TUTTI_STATUS_TOO_FAST)
    tutti_call_refuse_for (call, status, error->message,
                           call->room != NULL ? tutti_room_edit_wait_us (call->room, call->claims.person) : 0);
  else if (status == SOUP_STATUS_SERVICE_UNAVAILABLE)
    tutti_call_refuse_for (call, status, error->message, G_USEC_PER_SEC);
  else
    tutti_call_refuse (call, status, error->message);
}

gboolean
tutti_call_fits (TuttiCall *call, const char *json)
{
  const char *match = header_of (call, "If-Match");
  g_autofree char *tag = tag_of (json);

  if (match == NULL && (call->route->flags & TUTTI_REST_MUST_MATCH) == 0)
    return TRUE;
  if (match == NULL)
    {
      tutti_call_refuse (call, TUTTI_STATUS_MATCH_NEEDED, "say with If-Match which state of it is meant");
      return FALSE;
    }
  if (names_tag (match, tag, FALSE))
    return TRUE;
  set_body (call, SOUP_STATUS_PRECONDITION_FAILED, "application/problem+json",
            write_problem (SOUP_STATUS_PRECONDITION_FAILED, "somebody changed it since; this is how it is now", json));
  set_header (call, "ETag", tag);
  return FALSE;
}
