/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-origin.h"

#include "tutti-sample-routes.h"

#include <string.h>

/* How long a browser may remember the answer to a preflight, in seconds. */
#define PREFLIGHT_AGE "600"

gboolean
tutti_origin_is_valid (const char *text)
{
  g_autoptr(GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  g_autofree char *again = NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")))
    return FALSE;
  again = g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri), g_uri_get_port (uri), "", NULL, NULL);
  return g_str_equal (again, text);
}

/* The page came from this host itself. */
static gboolean
is_own (SoupMessageHeaders *headers, const char *origin)
{
  const char *host = soup_message_headers_get_one (headers, "Host");
  g_autofree char *own = g_strconcat ("https://", host != NULL ? host : "", NULL);

  return host != NULL && g_ascii_strcasecmp (origin, own) == 0;
}

static gboolean
is_preflight (SoupServerMessage *message)
{
  return g_str_equal (soup_server_message_get_method (message), "OPTIONS") &&
         soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Access-Control-Request-Method") != NULL;
}

static void
answer_preflight (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
  soup_message_headers_replace (headers, "Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, If-None-Match, Range");
  soup_message_headers_replace (headers, "Access-Control-Max-Age", PREFLIGHT_AGE);
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);
}

gboolean
tutti_origin_admit (SoupServerMessage *message, const char * const *allowed)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");

  /* What is answered depends on it, whether or not one came: no cache may give one's answer to another. */
  soup_message_headers_replace (response, "Vary", "Origin");
  if (origin == NULL || is_own (headers, origin))
    return TRUE;
  if (allowed == NULL || !g_strv_contains (allowed, origin))
    {
      tutti_answer_words (message, SOUP_STATUS_FORBIDDEN, "this page may not speak for you\n");
      return FALSE;
    }
  soup_message_headers_replace (response, "Access-Control-Allow-Origin", origin);
  soup_message_headers_replace (response, "Access-Control-Expose-Headers", "ETag, Location, Retry-After");
  if (!is_preflight (message))
    return TRUE;
  answer_preflight (message);
  return FALSE;
}
