/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-peer.h"

#include <string.h>

GMainContext *
raw_begin_thread (void)
{
  GMainContext *context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  return context;
}

void
raw_end_thread (GMainContext *context)
{
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

static gboolean
accept_any (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

static RawPeer *
peer_new (GSocketConnection *tcp, GIOStream *tls)
{
  RawPeer *self = g_new0 (RawPeer, 1);
  g_autoptr(GError) error = NULL;

  self->tcp = tcp;
  self->tls = tls;
  /* An enemy's own kernel may go on offering bytes to a line that we cut long ago; the enemy gives up by itself. */
  g_socket_set_timeout (g_socket_connection_get_socket (tcp), 10);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (tls), FALSE);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_any), NULL);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error))
    return self;
  g_printerr ("no TLS: %s\n", error->message);
  raw_free (self);
  return NULL;
}

/* "database" given as none while it is made: else GIO reads all authorities of the system for each connection. */
static GIOStream *
new_tls (GType type, GSocketConnection *tcp, GTlsCertificate *certificate)
{
  return g_initable_new (type, NULL, NULL, "base-io-stream", tcp, "certificate", certificate, "database", NULL, NULL);
}

RawPeer *
raw_connect (guint16 port)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  GSocketConnection *tcp;

  g_socket_client_set_enable_proxy (client, FALSE);
  tcp = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  return tcp != NULL ? peer_new (tcp, new_tls (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()), tcp, NULL))
                     : NULL;
}

void
raw_free (RawPeer *self)
{
  if (self == NULL)
    return;
  g_io_stream_close (G_IO_STREAM (self->tcp), NULL, NULL);
  g_object_unref (self->tls);
  g_object_unref (self->tcp);
  g_free (self);
}

gboolean
raw_write (RawPeer *self, const void *bytes, gsize length)
{
  return g_output_stream_write_all (g_io_stream_get_output_stream (self->tls), bytes, length, NULL, NULL, NULL);
}

gboolean
raw_write_text (RawPeer *self, const char *text)
{
  return raw_write (self, text, strlen (text));
}

static gboolean
read_bytes (RawPeer *self, void *bytes, gsize length)
{
  gsize n = 0;

  return g_input_stream_read_all (g_io_stream_get_input_stream (self->tls), bytes, length, &n, NULL, NULL) &&
         n == length;
}

char *
raw_read_head (RawPeer *self)
{
  g_autoptr(GString) head = g_string_new (NULL);
  char byte;

  while (!g_str_has_suffix (head->str, "\r\n\r\n") && read_bytes (self, &byte, 1))
    g_string_append_c (head, byte);
  return g_string_free (g_steal_pointer (&head), FALSE);
}

char *
raw_read_all (RawPeer *self)
{
  g_autoptr(GString) all = g_string_new (NULL);
  char bytes[4096];
  gssize n;

  while ((n = g_input_stream_read (g_io_stream_get_input_stream (self->tls), bytes, sizeof bytes, NULL, NULL)) > 0)
    g_string_append_len (all, bytes, n);
  return g_string_free (g_steal_pointer (&all), FALSE);
}

char *
raw_upgrade (RawPeer *self, const char *protocol, const char *more_headers)
{
  g_autofree char *request = g_strdup_printf (
    "GET /socket HTTP/1.1\r\nHost: here:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Protocol: %s\r\n%s\r\n", protocol, more_headers);

  raw_write_text (self, request);
  return raw_read_head (self);
}

gboolean
raw_write_frame (RawPeer *self, guint8 first, const void *payload, gsize length, gboolean masked)
{
  guint8 header[14] = { first };
  gsize n = 2;

  header[1] = length > 65535 ? 127 : length > 125 ? 126 : length;
  if (header[1] == 126)
    {
      header[2] = length >> 8;
      header[3] = length & 0xff;
      n = 4;
    }
  else if (header[1] == 127)
    {
      for (int i = 0; i < 8; i++)
        header[2 + i] = (guint64) length >> (56 - 8 * i);
      n = 10;
    }
  if (masked)
    {
      header[1] |= 0x80;
      n += 4;
    }
  return raw_write (self, header, n) && (payload == NULL || raw_write (self, payload, length));
}

char *
raw_read_frame (RawPeer *self, guint *opcode, gsize *length)
{
  guint8 header[2], size[8];
  gsize n, n_size;
  g_autofree char *payload = NULL;

  if (!read_bytes (self, header, 2))
    return NULL;
  n = header[1] & 0x7f;
  n_size = n == 126 ? 2 : n == 127 ? 8 : 0;
  if (n_size > 0 && !read_bytes (self, size, n_size))
    return NULL;
  if (n_size > 0)
    n = 0;
  for (gsize i = 0; i < n_size; i++)
    n = n << 8 | size[i];
  payload = g_malloc0 (n + 2);
  if (!read_bytes (self, payload, n))
    return NULL;
  *opcode = header[0] & 0x0f;
  *length = n;
  return g_steal_pointer (&payload);
}

guint
raw_read_close (RawPeer *self)
{
  for (;;)
    {
      guint opcode;
      gsize length;
      g_autofree char *payload = raw_read_frame (self, &opcode, &length);

      if (payload == NULL)
        return 0;
      if (opcode == 8)
        return (guint8) payload[0] << 8 | (guint8) payload[1];
    }
}

void
raw_host_init (RawHost *self, GTlsCertificate *certificate)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;

  self->listener = g_socket_listener_new ();
  self->certificate = certificate;
  g_assert_true (g_socket_listener_add_address (self->listener, any, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL,
                                                &bound, NULL));
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

void
raw_host_clear (RawHost *self)
{
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
}

RawPeer *
raw_host_accept (RawHost *self)
{
  GSocketConnection *tcp = g_socket_listener_accept (self->listener, NULL, NULL, NULL);

  return peer_new (tcp, new_tls (g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), tcp,
                                  self->certificate));
}

gboolean
raw_host_upgrade (RawPeer *peer, const char *protocol)
{
  g_autofree char *request = raw_read_head (peer);
  const char *key = strstr (request, "Sec-WebSocket-Key: ");
  g_autofree char *value = key != NULL ? g_strndup (key + 19, strcspn (key + 19, "\r")) : g_strdup ("");
  g_autofree char *proof = g_strconcat (value, "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize size = sizeof digest;
  g_autofree char *accept = NULL, *answer = NULL;

  g_checksum_update (sum, (guchar *) proof, -1);
  g_checksum_get_digest (sum, digest, &size);
  accept = g_base64_encode (digest, size);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: %s\r\nSec-WebSocket-Protocol: %s\r\n\r\n", accept, protocol);
  return raw_write_text (peer, answer);
}
