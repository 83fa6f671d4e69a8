/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sample-transfer.h"

#include <libsoup/soup.h>
#include <string.h>

#include "tutti-identity.h"
#include "tutti-limits.h"
#include "tutti-no-authorities.h"

G_DEFINE_QUARK (tutti-transfer-error-quark, tutti_transfer_error)

enum { CHUNK_BYTES = 64 * 1024 };

/* One transfer under way; the task owns it. A session of its own: one connection, one pin. */
typedef struct
{
  SoupSession *session;
  SoupMessage *message;
  GInputStream *body;
  GByteArray *content;
  GChecksum *sum;
  char *sha256, *expected, *seen;
  TuttiTransferProgress progress;
  gpointer progress_data;
  guint64 done, total;
} Job;

static void
job_free (Job *self)
{
  g_clear_object (&self->body);
  g_clear_object (&self->message);
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
  g_clear_pointer (&self->content, g_byte_array_unref);
  g_checksum_free (self->sum);
  g_free (self->sha256);
  g_free (self->expected);
  g_free (self->seen);
  g_free (self);
}

static void
fail (GTask *task, TuttiTransferError code, const char *words)
{
  g_task_return_new_error (task, TUTTI_TRANSFER_ERROR, code, "%s", words);
}

static void
fail_by (GTask *task, const GError *error)
{
  Job *self = g_task_get_task_data (task);

  if (self->seen != NULL && self->expected != NULL && !g_str_equal (self->seen, self->expected))
    g_task_return_new_error (task, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_WRONG_IDENTITY,
                             "the host is not who was expected: its fingerprint is %s instead of %s", self->seen,
                             self->expected);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_error_copy (error));
  else
    fail (task, TUTTI_TRANSFER_ERROR_FAILED, error->message);
}

static gboolean
fail_by_status (GTask *task, guint status)
{
  switch (status)
    {
    case SOUP_STATUS_OK:
    case SOUP_STATUS_CREATED:
      return FALSE;
    case SOUP_STATUS_NOT_FOUND:
      fail (task, TUTTI_TRANSFER_ERROR_NOT_FOUND, "the host does not have this sound");
      break;
    case SOUP_STATUS_UNAUTHORIZED:
    case SOUP_STATUS_FORBIDDEN:
      fail (task, TUTTI_TRANSFER_ERROR_NOT_ALLOWED, "the host did not allow it");
      break;
    case SOUP_STATUS_CONFLICT:
      fail (task, TUTTI_TRANSFER_ERROR_NOT_WANTED, "the host does not miss this sound");
      break;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      fail (task, TUTTI_TRANSFER_ERROR_TOO_LARGE, "the sound is too large for the host");
      break;
    case 422:
      fail (task, TUTTI_TRANSFER_ERROR_CORRUPT, "the sound did not arrive whole");
      break;
    case 429:
    case SOUP_STATUS_SERVICE_UNAVAILABLE:
      fail (task, TUTTI_TRANSFER_ERROR_BUSY, "the host is busy");
      break;
    default:
      fail (task, TUTTI_TRANSFER_ERROR_FAILED, "the host answered with an error");
      break;
    }
  return TRUE;
}

static void
report (Job *self)
{
  if (self->progress != NULL)
    self->progress (self->done, self->total, self->progress_data);
}

static gboolean
on_accept_certificate (SoupMessage *message, GTlsCertificate *certificate, GTlsCertificateFlags errors, Job *self)
{
  g_free (self->seen);
  self->seen = tutti_certificate_fingerprint (certificate);
  return self->expected == NULL || g_str_equal (self->seen, self->expected);
}

/* Once more when the answer is here: a certificate that some authority vouches for would not have been asked about. */
static gboolean
is_from_expected (Job *self)
{
  GTlsCertificate *certificate = soup_message_get_tls_peer_certificate (self->message);

  if (self->expected == NULL)
    return TRUE;
  if (certificate == NULL)
    return FALSE;
  g_free (self->seen);
  self->seen = tutti_certificate_fingerprint (certificate);
  return g_str_equal (self->seen, self->expected);
}

static void
on_wrote (SoupMessage *message, guint size, Job *self)
{
  self->done += size;
  report (self);
}

/* No proxy (a jam is near), no decoding (a small body must not become a large one), no other authority than the pin. */
static SoupSession *
session_new (GSocketConnectable *where)
{
  SoupSession *session;

  tutti_no_authorities_install ();
  session = soup_session_new_with_options ("remote-connectable", where, "proxy-resolver", NULL,
                                           "timeout", TUTTI_HTTP_IDLE_TIMEOUT_MS / 1000, "user-agent", "Tutti", NULL);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

/* Returns: the task, or NULL when it already ended. */
static GTask *
begin (const TuttiTransfer *transfer, const char *method, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, data);
  g_autofree char *path = g_strdup_printf ("/api/v1/samples/%s", transfer->sha256);
  g_autoptr(GUri) uri = g_uri_build (SOUP_HTTP_URI_FLAGS, "https", NULL, transfer->address->host,
                                     transfer->address->port, path, NULL, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GSocketConnectable) where = tutti_address_to_connectable (transfer->address, &error);
  Job *self = g_new0 (Job, 1);

  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, self, (GDestroyNotify) job_free);
  self->sum = g_checksum_new (G_CHECKSUM_SHA256);
  self->sha256 = g_strdup (transfer->sha256);
  self->expected = g_strdup (transfer->fingerprint);
  self->progress = transfer->progress;
  self->progress_data = transfer->progress_data;
  if (where == NULL)
    {
      fail_by (task, error);
      return NULL;
    }
  self->session = session_new (where);
  self->message = soup_message_new_from_uri (method, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  g_signal_connect (self->message, "accept-certificate", G_CALLBACK (on_accept_certificate), self);
  if (transfer->token != NULL)
    {
      g_autofree char *bearer = g_strdup_printf ("Bearer %s", transfer->token);

      soup_message_headers_replace (soup_message_get_request_headers (self->message), "Authorization", bearer);
    }
  return g_steal_pointer (&task);
}

static void
finish_download (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  if (g_str_equal (g_checksum_get_string (self->sum), self->sha256))
    g_task_return_pointer (task, g_byte_array_free_to_bytes (g_steal_pointer (&self->content)),
                           (GDestroyNotify) g_bytes_unref);
  else
    fail (task, TUTTI_TRANSFER_ERROR_CORRUPT, "what the host sent is not this sound");
}

static void on_read (GObject *source, GAsyncResult *result, gpointer data);

static void
read_more (GTask *task)
{
  Job *self = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (self->body, CHUNK_BYTES, G_PRIORITY_DEFAULT, g_task_get_cancellable (task), on_read,
                                   task);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Job *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) chunk = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize size = chunk != NULL ? g_bytes_get_size (chunk) : 0;

  if (chunk == NULL)
    fail_by (task, error);
  else if (size == 0)
    finish_download (task);
  else if (self->content->len + size > TUTTI_SAMPLE_BYTES_MAX)
    fail (task, TUTTI_TRANSFER_ERROR_TOO_LARGE, "the host sends more than a sound may have");
  else
    {
      g_byte_array_append (self->content, g_bytes_get_data (chunk, NULL), size);
      g_checksum_update (self->sum, g_bytes_get_data (chunk, NULL), size);
      self->done += size;
      report (self);
      read_more (g_steal_pointer (&task));
    }
}

static gboolean
check_answer (GTask *task, const GError *error)
{
  Job *self = g_task_get_task_data (task);

  if (error != NULL || !is_from_expected (self))
    {
      g_autoptr(GError) stranger = g_error_new_literal (TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_WRONG_IDENTITY,
                                                        "the host showed no certificate");

      fail_by (task, error != NULL ? error : stranger);
      return FALSE;
    }
  return !fail_by_status (task, soup_message_get_status (self->message));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Job *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;
  goffset length;

  self->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (!check_answer (task, error))
    return;
  length = soup_message_headers_get_content_length (soup_message_get_response_headers (self->message));
  if (length > TUTTI_SAMPLE_BYTES_MAX)
    {
      fail (task, TUTTI_TRANSFER_ERROR_TOO_LARGE, "the host sends more than a sound may have");
      return;
    }
  self->total = MAX (length, 0);
  self->content = g_byte_array_new ();
  read_more (g_steal_pointer (&task));
}

void
tutti_sample_download_async (const TuttiTransfer *transfer, GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = begin (transfer, SOUP_METHOD_GET, cancellable, callback, user_data);
  Job *self = task != NULL ? g_task_get_task_data (task) : NULL;

  if (task != NULL)
    soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, cancellable, on_answer, task);
}

GBytes *
tutti_sample_download_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GTask) task = data;
  Job *self = g_task_get_task_data (task);
  g_autoptr(GError) error = NULL;

  self->body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (check_answer (task, error))
    g_task_return_boolean (task, TRUE);
}

void
tutti_sample_upload_async (const TuttiTransfer *transfer, GBytes *content, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = begin (transfer, SOUP_METHOD_PUT, cancellable, callback, user_data);
  Job *self = task != NULL ? g_task_get_task_data (task) : NULL;

  if (task == NULL)
    return;
  self->total = g_bytes_get_size (content);
  soup_message_set_request_body_from_bytes (self->message, "application/octet-stream", content);
  /* Asks before it sends 20 MiB: a refusal comes after the headers. */
  soup_message_headers_set_expectations (soup_message_get_request_headers (self->message), SOUP_EXPECTATION_CONTINUE);
  g_signal_connect (self->message, "wrote-body-data", G_CALLBACK (on_wrote), self);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT, cancellable, on_uploaded, task);
}

gboolean
tutti_sample_upload_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
