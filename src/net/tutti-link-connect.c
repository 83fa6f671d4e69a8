/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guest's way in: TCP, TLS with the pin checked, HTTP upgrade, link. libsoup's client keeps its connection to
 * itself, so the upgrade is made here; then bytes can be counted below, against a hostile host too. */
#include "tutti-link.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#include "tutti-identity.h"
#include "tutti-limits.h"
#include "tutti-upgrade.h"

/* One attempt; the task owns it. */
typedef struct
{
  TuttiAddress *address;
  char *where;                     /* for messages */
  char *expected, *seen;           /* fingerprints */
  GCancellable *cancellable;       /* ours: the caller's and the deadline both end in it */
  GCancellable *theirs;
  gulong theirs_id;
  GSource *deadline;
  gboolean late;
  GSocketConnection *tcp;
  GTlsConnection *tls;
  TuttiCountedStream *stream;
  TuttiUpgrade *upgrade;
  GString *answer;
} Attempt;

static void
attempt_free (Attempt *self)
{
  g_cancellable_disconnect (self->theirs, self->theirs_id);
  g_clear_object (&self->theirs);
  if (self->deadline != NULL)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  tutti_address_free (self->address);
  g_free (self->where);
  g_free (self->expected);
  g_free (self->seen);
  g_clear_object (&self->cancellable);
  /* Whatever was opened and not handed on: cut, no farewell. */
  if (self->tcp != NULL && self->stream != NULL)
    tutti_counted_stream_abort (self->stream);
  g_clear_object (&self->stream);
  g_clear_object (&self->tls);
  g_clear_object (&self->tcp);
  g_clear_pointer (&self->upgrade, tutti_upgrade_free);
  g_string_free (self->answer, TRUE);
  g_free (self);
}

static void G_GNUC_PRINTF (3, 4)
fail (GTask *task, TuttiLinkError code, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_task_return_new_error (task, TUTTI_LINK_ERROR, code, "%s", words);
}

static gboolean
says (const GError *error, int code)
{
  return g_error_matches (error, G_IO_ERROR, code);
}

/* Hung up before it said anything, which GIO words like an answer that is not TLS. */
static gboolean
has_hung_up (Attempt *self, const GError *error)
{
  char byte;

  if (says (error, G_IO_ERROR_CONNECTION_CLOSED) || says (error, G_IO_ERROR_BROKEN_PIPE) ||
      g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    return TRUE;
  return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_NOT_TLS) && self->tcp != NULL &&
         recv (g_socket_get_fd (g_socket_connection_get_socket (self->tcp)), &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* What the system says, in our codes. */
static void
fail_by (GTask *task, const GError *error)
{
  Attempt *self = g_task_get_task_data (task);

  if (self->late || says (error, G_IO_ERROR_TIMED_OUT))
    fail (task, TUTTI_LINK_ERROR_TIMEOUT, "%s did not answer in time", self->where);
  else if (says (error, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else if (says (error, G_IO_ERROR_CONNECTION_REFUSED))
    fail (task, TUTTI_LINK_ERROR_REFUSED, "nobody listens at %s", self->where);
  else if (says (error, G_IO_ERROR_HOST_UNREACHABLE) || says (error, G_IO_ERROR_NETWORK_UNREACHABLE))
    fail (task, TUTTI_LINK_ERROR_UNREACHABLE, "there is no way to %s from here", self->where);
  else if (error->domain == G_RESOLVER_ERROR || says (error, G_IO_ERROR_HOST_NOT_FOUND) ||
           error->domain == TUTTI_ADDRESS_ERROR)
    fail (task, TUTTI_LINK_ERROR_ADDRESS, "%s was not found: %s", self->where, error->message);
  else if (has_hung_up (self, error))
    fail (task, TUTTI_LINK_ERROR_HUNG_UP, "%s hung up: too many connections, or not Tutti", self->where);
  else if (error->domain == G_TLS_ERROR)
    fail (task, TUTTI_LINK_ERROR_NOT_TUTTI, "what answers at %s is not Tutti: %s", self->where, error->message);
  else
    fail (task, TUTTI_LINK_ERROR_FAILED, "%s could not be reached: %s", self->where, error->message);
}

static gboolean
is_expected (Attempt *self)
{
  return self->expected == NULL || g_strcmp0 (self->expected, self->seen) == 0;
}

static void
fail_identity (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);

  fail (task, TUTTI_LINK_ERROR_WRONG_IDENTITY, "%s is not who was expected: its fingerprint is %s instead of %s",
        self->where, self->seen != NULL ? self->seen : "missing", self->expected);
}

/* The fourth step: the answer to the upgrade, one byte at a time, because what follows its last byte already belongs
 * to the WebSocket. */
static void
deliver_link (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GUri) uri = NULL;
  g_autoptr(GSocketAddress) remote = g_socket_connection_get_remote_address (self->tcp, NULL);
  TuttiLink *link;

  if (!tutti_upgrade_check (self->upgrade, self->answer->str, self->answer->len, &error))
    {
      fail (task, error->code, "%s: %s", self->where, error->message);
      return;
    }
  uri = g_uri_build (SOUP_HTTP_URI_FLAGS, "wss", NULL, self->address->host, self->address->port, "/", NULL, NULL);
  link = tutti_link_new (self->stream, FALSE, uri, remote, self->seen);
  tutti_link_set_pictured (link, tutti_upgrade_is_pictured (self->upgrade));
  g_clear_object (&self->stream);
  g_task_return_pointer (task, link, g_object_unref);
}

static gboolean read_answer (GObject *pollable, gpointer data);

static void
wait_for_answer (GTask *task)
{
  Attempt *self = g_task_get_task_data (task);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (self->stream));
  g_autoptr(GSource) source = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (input),
                                                                    self->cancellable);

  g_task_attach_source (task, source, G_SOURCE_FUNC (read_answer));
}

static gboolean
is_answer_complete (Attempt *self)
{
  return g_str_has_suffix (self->answer->str, "\r\n\r\n");
}

static gboolean
read_answer (GObject *pollable, gpointer data)
{
  GTask *task = data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gssize n = 0;
  char byte;

  while (!is_answer_complete (self) && self->answer->len < TUTTI_HTTP_HEADERS_BYTES_MAX &&
         (n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (pollable), &byte, 1,
                                                        self->cancellable, &error)) == 1)
    g_string_append_c (self->answer, byte);

  if (is_answer_complete (self))
    deliver_link (task);
  else if (says (error, G_IO_ERROR_WOULD_BLOCK))
    {
      wait_for_answer (task);
      return G_SOURCE_REMOVE;
    }
  else if (error != NULL)
    fail_by (task, error);
  else
    fail (task, TUTTI_LINK_ERROR_NOT_TUTTI, "what answers at %s is not Tutti", self->where);
  g_object_unref (task);
  return G_SOURCE_REMOVE;
}

/* The third step: the request is out. */
static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  g_autoptr(GError) error = NULL;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    fail_by (task, error);
  else
    wait_for_answer (g_steal_pointer (&task));       /* read_answer() lets it go */
}

/* The second step: who is it? The handshake's own check is only a shortcut (it is not even asked when a certificate is
 * valid by the system's authorities); this one decides. */
static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  gboolean ok = g_tls_connection_handshake_finish (self->tls, result, &error);
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (self->tls);
  const char *request;

  if (ok && certificate != NULL && self->seen == NULL)
    self->seen = tutti_certificate_fingerprint (certificate);
  if ((ok || self->seen != NULL) && !is_expected (self))
    {
      fail_identity (task);
      return;
    }
  if (!ok)
    {
      fail_by (task, error);
      return;
    }
  self->stream = tutti_counted_stream_new (G_IO_STREAM (self->tls), g_socket_connection_get_socket (self->tcp));
  request = tutti_upgrade_get_request (self->upgrade);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (self->stream)), request,
                                   strlen (request), G_PRIORITY_DEFAULT, self->cancellable, on_written,
                                   g_object_ref (task));
}

static gboolean
on_accept_certificate (GTlsConnection *tls, GTlsCertificate *certificate, GTlsCertificateFlags errors, GTask *task)
{
  Attempt *self = g_task_get_task_data (task);

  g_free (self->seen);
  self->seen = tutti_certificate_fingerprint (certificate);
  return is_expected (self);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Attempt *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->tcp = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, &error);
  if (self->tcp == NULL)
    {
      fail_by (task, error);
      return;
    }
  g_socket_set_option (g_socket_connection_get_socket (self->tcp), IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  /* "database" given as none while it is made: nobody is trusted but the pin, and GIO does not read all authorities of
   * the system for nothing. */
  self->tls = g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                              self->cancellable, &error, "base-io-stream", self->tcp, "server-identity", NULL,
                              "database", NULL, "require-close-notify", FALSE, NULL);
  if (self->tls == NULL)
    {
      fail_by (task, error);
      return;
    }
  g_tls_connection_set_advertised_protocols (self->tls, (const char *const[]) { "http/1.1", NULL });
  g_signal_connect_object (self->tls, "accept-certificate", G_CALLBACK (on_accept_certificate), task, 0);
  g_tls_connection_handshake_async (self->tls, G_PRIORITY_DEFAULT, self->cancellable, on_handshake,
                                    g_steal_pointer (&task));
}

static gboolean
on_deadline (gpointer data)
{
  Attempt *self = data;

  self->late = TRUE;
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled (GCancellable *theirs, GCancellable *ours)
{
  g_cancellable_cancel (ours);
}

static Attempt *
attempt_new (const TuttiAddress *address, const char *fingerprint, guint timeout_ms, GCancellable *cancellable)
{
  Attempt *self = g_new0 (Attempt, 1);

  self->address = tutti_address_copy (address);
  self->where = tutti_address_to_text (address);
  self->expected = g_strdup (fingerprint);
  self->answer = g_string_new (NULL);
  self->upgrade = tutti_upgrade_new (address);
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->theirs = g_object_ref (cancellable);
      self->theirs_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                               g_object_ref (self->cancellable), g_object_unref);
    }
  self->deadline = g_timeout_source_new (timeout_ms > 0 ? timeout_ms : TUTTI_CONNECT_TIMEOUT_MS);
  g_source_set_callback (self->deadline, on_deadline, self, NULL);
  g_source_attach (self->deadline, g_main_context_get_thread_default ());
  return self;
}

void
tutti_link_connect_async (const TuttiAddress *address, const char *fingerprint, guint timeout_ms,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnectable) connectable = NULL;
  g_autoptr(GError) error = NULL;
  Attempt *self = attempt_new (address, fingerprint, timeout_ms, cancellable);

  g_task_set_source_tag (task, tutti_link_connect_async);
  g_task_set_task_data (task, self, (GDestroyNotify) attempt_free);
  connectable = tutti_address_to_connectable (address, &error);
  if (connectable == NULL)
    {
      fail_by (task, error);
      return;
    }
  /* A jam is near: what a proxy would reach is not it. */
  g_socket_client_set_enable_proxy (client, FALSE);
  g_socket_client_connect_async (client, connectable, self->cancellable, on_connected, g_steal_pointer (&task));
}

TuttiLink *
tutti_link_connect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
