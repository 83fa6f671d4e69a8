/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-upgrade.h"

#include <libsoup/soup.h>
#include <string.h>

#include "tutti-link.h"

/* RFC 6455 §1.3: proof that the other end understood the request. */
#define ACCEPT_GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

struct _TuttiUpgrade
{
  char *request;
  char *accept;                /* the answer's Sec-WebSocket-Accept */
  gboolean pictured;           /* what the answer chose */
};

static char *
accept_for (const char *key)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;

  g_checksum_update (sum, (const guchar *) key, -1);
  g_checksum_update (sum, (const guchar *) ACCEPT_GUID, -1);
  g_checksum_get_digest (sum, digest, &size);
  return g_base64_encode (digest, size);
}

TuttiUpgrade *
tutti_upgrade_new (const TuttiAddress *address)
{
  TuttiUpgrade *self = g_new0 (TuttiUpgrade, 1);
  g_autoptr(GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, address->host, address->port, "/", NULL, NULL);
  g_autoptr(SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  gboolean v6 = strchr (address->host, ':') != NULL;
  g_autoptr(GString) request = g_string_new ("GET ");
  SoupMessageHeadersIter iter;
  const char *name, *value;

  if (address->jam != NULL)
    g_string_append_printf (request, "/api/v1/jams/%s/socket HTTP/1.1\r\n", address->jam);
  else
    g_string_append (request, "/socket HTTP/1.1\r\n");
  g_string_append_printf (request, "Host: %s%s%s:%u\r\nUser-Agent: Tutti\r\n", v6 ? "[" : "", address->host,
                          v6 ? "]" : "", address->port);

  /* Key, version and subprotocols; no extensions offered. */
  soup_websocket_client_prepare_handshake (message, NULL, (char *[]) { (char *) TUTTI_LINK_PROTOCOL_PICTURED,
                                                                       (char *) TUTTI_LINK_PROTOCOL, NULL }, NULL);
  soup_message_headers_iter_init (&iter, headers);
  while (soup_message_headers_iter_next (&iter, &name, &value))
    g_string_append_printf (request, "%s: %s\r\n", name, value);
  g_string_append (request, "\r\n");
  self->accept = accept_for (soup_message_headers_get_one (headers, "Sec-WebSocket-Key"));
  self->request = g_string_free (g_steal_pointer (&request), FALSE);
  return self;
}

void
tutti_upgrade_free (TuttiUpgrade *self)
{
  g_free (self->request);
  g_free (self->accept);
  g_free (self);
}

const char *
tutti_upgrade_get_request (TuttiUpgrade *self)
{
  return self->request;
}

static gboolean
refuse (GError **error, TuttiLinkError code, const char *words)
{
  g_set_error_literal (error, TUTTI_LINK_ERROR, code, words);
  return FALSE;
}

static gboolean
refuse_status (SoupMessageHeaders *headers, guint status, GError **error)
{
  const char *server = soup_message_headers_get_one (headers, "Server");

  if (server == NULL || !g_str_has_prefix (server, "Tutti"))
    return refuse (error, TUTTI_LINK_ERROR_NOT_TUTTI, "a web server answers, but it is not Tutti");
  switch (status)
    {
    case SOUP_STATUS_NOT_FOUND:
      return refuse (error, TUTTI_LINK_ERROR_NO_SUCH_JAM, "there is no such jam");
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      return refuse (error, TUTTI_LINK_ERROR_NOT_ALLOWED, "not allowed in");
    case 429:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      return refuse (error, TUTTI_LINK_ERROR_BUSY, "the host has too many connections");
    case 426:
      return refuse (error, TUTTI_LINK_ERROR_VERSION, "the host speaks another version of Tutti");
    default:
      return refuse (error, TUTTI_LINK_ERROR_FAILED, "the host did not take the connection");
    }
}

/* libsoup's verify_handshake() reads a SoupMessage whose status only its own session can set; hence the same checks
 * again, in fewer words. */
static gboolean
check_headers (TuttiUpgrade *self, SoupMessageHeaders *headers, GError **error)
{
  const char *upgrade = soup_message_headers_get_one (headers, "Upgrade");
  const char *accept = soup_message_headers_get_one (headers, "Sec-WebSocket-Accept");
  const char *protocol = soup_message_headers_get_one (headers, "Sec-WebSocket-Protocol");

  if (upgrade == NULL || g_ascii_strcasecmp (upgrade, "websocket") != 0 ||
      !soup_message_headers_header_contains (headers, "Connection", "Upgrade") ||
      g_strcmp0 (accept, self->accept) != 0)
    return refuse (error, TUTTI_LINK_ERROR_NOT_TUTTI, "what answers is not Tutti");
  self->pictured = g_strcmp0 (protocol, TUTTI_LINK_PROTOCOL_PICTURED) == 0;
  if (!self->pictured && g_strcmp0 (protocol, TUTTI_LINK_PROTOCOL) != 0)
    return refuse (error, TUTTI_LINK_ERROR_VERSION, "the host speaks another version of Tutti");
  if (soup_message_headers_get_list (headers, "Sec-WebSocket-Extensions") != NULL)
    return refuse (error, TUTTI_LINK_ERROR_NOT_TUTTI, "the host uses an extension that nobody asked for");
  return TRUE;
}

gboolean
tutti_upgrade_check (TuttiUpgrade *self, const char *answer, gsize length, GError **error)
{
  g_autoptr(SoupMessageHeaders) headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_RESPONSE);
  /* libsoup looks for numbers in it as in a text with an end. */
  g_autofree char *text = g_strndup (answer, length);
  guint status = 0;

  if (memchr (answer, '\0', length) != NULL ||
      !soup_headers_parse_response (text, (int) length, headers, NULL, &status, NULL))
    return refuse (error, TUTTI_LINK_ERROR_NOT_TUTTI, "what answers is not Tutti");
  if (status != SOUP_STATUS_SWITCHING_PROTOCOLS)
    return refuse_status (headers, status, error);
  return check_headers (self, headers, error);
}

gboolean
tutti_upgrade_is_pictured (TuttiUpgrade *self)
{
  return self->pictured;
}
