/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sample-routes.h"

#include <string.h>

#include "tutti-limits.h"

#define UPLOAD_KEY "tutti-upload"
enum { STATUS_UNPROCESSABLE = 422 };

struct _TuttiSampleRoutes
{
  const TuttiSampleProvider *provider;     /* borrowed, as the three below: by contract of _new() */
  gpointer provider_data;
  TuttiSampleAuthorize authorize;
  gpointer authorize_data;
  const TuttiSampleQuota *quota;           /* (nullable) */
  gpointer quota_data;

  GCancellable *cancellable;               /* owned; cancelled when we go */
  gsize upload_bytes;                      /* in memory, of all uploads under way */
  guint references;                        /* ours and one for each request that may come back to us */
};

/* What one PUT has brought so far; belongs to its message. */
typedef struct
{
  TuttiSampleRoutes *routes;
  GByteArray *content;
  GChecksum *sum;
} Upload;

static TuttiSampleRoutes *
routes_ref (TuttiSampleRoutes *self)
{
  self->references++;
  return self;
}

static void
routes_unref (TuttiSampleRoutes *self)
{
  if (--self->references > 0)
    return;
  g_clear_object (&self->cancellable);
  g_free (self);
}

TuttiSampleRoutes *
tutti_sample_routes_new (const TuttiSampleProvider *provider, gpointer provider_data, TuttiSampleAuthorize authorize,
                         gpointer authorize_data)
{
  TuttiSampleRoutes *self = g_new0 (TuttiSampleRoutes, 1);

  self->provider = provider;
  self->provider_data = provider_data;
  self->authorize = authorize;
  self->authorize_data = authorize_data;
  self->cancellable = g_cancellable_new ();
  self->references = 1;
  return self;
}

void
tutti_sample_routes_free (TuttiSampleRoutes *self)
{
  self->provider = NULL;
  self->authorize = NULL;
  self->quota = NULL;
  g_cancellable_cancel (self->cancellable);
  routes_unref (self);
}

void
tutti_sample_routes_set_quota (TuttiSampleRoutes *self, const TuttiSampleQuota *quota, gpointer data)
{
  self->quota = quota;
  self->quota_data = data;
}

void
tutti_answer_words (SoupServerMessage *message, guint status, const char *words)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "text/plain; charset=utf-8", SOUP_MEMORY_COPY, words, strlen (words));
}

static void
upload_drop_content (Upload *self)
{
  if (self->content == NULL)
    return;
  self->routes->upload_bytes -= self->content->len;
  g_clear_pointer (&self->content, g_byte_array_unref);
}

static void
upload_free (Upload *self)
{
  upload_drop_content (self);
  g_checksum_free (self->sum);
  routes_unref (self->routes);
  g_free (self);
}

/* A declared length is a claim: what arrives is counted, whatever was declared. */
static void
on_chunk (SoupServerMessage *message, GBytes *chunk, Upload *self)
{
  gsize size = g_bytes_get_size (chunk);

  if (self->content == NULL)
    return;
  if (self->content->len + size > TUTTI_SAMPLE_BYTES_MAX)
    {
      upload_drop_content (self);
      tutti_answer_words (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a sound has at most 20 MiB\n");
    }
  else if (self->routes->upload_bytes + size > TUTTI_UPLOADS_BYTES_MAX)
    {
      upload_drop_content (self);
      tutti_answer_words (message, SOUP_STATUS_SERVICE_UNAVAILABLE, "too many uploads at once; try again\n");
    }
  else
    {
      g_byte_array_append (self->content, g_bytes_get_data (chunk, NULL), size);
      g_checksum_update (self->sum, g_bytes_get_data (chunk, NULL), size);
      self->routes->upload_bytes += size;
    }
}

/* NULL when the request carries no bearer token. */
static const char *
token_of (SoupServerMessage *message)
{
  const char *header = soup_message_headers_get_one (soup_server_message_get_request_headers (message),
                                                     "Authorization");

  if (header == NULL || !g_str_has_prefix (header, "Bearer ") || strlen (header) > TUTTI_TOKEN_BYTES_MAX)
    return NULL;
  return header + strlen ("Bearer ");
}

static gboolean
may (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256)
{
  gboolean put = g_str_equal (soup_server_message_get_method (message), "PUT");

  return self->authorize == NULL ||
         self->authorize (self->authorize_data, token_of (message), put ? "PUT" : "GET", sha256);
}

/* Else it is answered. */
static gboolean
is_within_quota (TuttiSampleRoutes *self, SoupServerMessage *message, gsize bytes)
{
  const char *words;
  guint status = self->quota != NULL ? self->quota->judge (self->quota_data, token_of (message), bytes, &words) : 0;

  if (status != 0)
    tutti_answer_words (message, status, words);
  return status == 0;
}

static void
begin_upload (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  Upload *upload;

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > TUTTI_SAMPLE_BYTES_MAX)
    {
      tutti_answer_words (message, SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE, "a sound has at most 20 MiB\n");
      return;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      !is_within_quota (self, message, (gsize) soup_message_headers_get_content_length (headers)))
    return;
  if (!self->provider->wanted (self->provider_data, sha256))
    {
      tutti_answer_words (message, SOUP_STATUS_CONFLICT, "this sound is not missing here\n");
      return;
    }
  upload = g_new0 (Upload, 1);
  upload->routes = routes_ref (self);
  upload->content = g_byte_array_new ();
  upload->sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_object_set_data_full (G_OBJECT (message), UPLOAD_KEY, upload, (GDestroyNotify) upload_free);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_chunk), upload);
}

void
tutti_sample_routes_begin (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256)
{
  const char *method = soup_server_message_get_method (message);

  if (!g_str_equal (method, "GET") && !g_str_equal (method, "HEAD") && !g_str_equal (method, "PUT"))
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message), "Allow", "GET, HEAD, PUT");
      tutti_answer_words (message, SOUP_STATUS_METHOD_NOT_ALLOWED, "GET, HEAD or PUT\n");
    }
  else if (!may (self, message, sha256))
    tutti_answer_words (message, SOUP_STATUS_FORBIDDEN, "this needs a participant's token\n");
  else if (g_str_equal (method, "PUT"))
    begin_upload (self, message, sha256);
}

/* A request that waits for the provider. */
typedef struct
{
  TuttiSampleRoutes *routes;
  SoupServerMessage *message;
  gsize bytes;                             /* of an upload */
} Waiting;

static Waiting *
wait_for_provider (TuttiSampleRoutes *self, SoupServerMessage *message)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->routes = routes_ref (self);
  waiting->message = g_object_ref (message);
  soup_server_message_pause (message);
  return waiting;
}

static void
waiting_end (Waiting *self)
{
  soup_server_message_unpause (self->message);
  g_object_unref (self->message);
  routes_unref (self->routes);
  g_free (self);
}

/* libsoup answers ranges itself from a whole body. One range is what a player asks for; a list of them could make a
 * response many times the size of the sound. */
static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *self = data;
  SoupMessageHeaders *request = soup_server_message_get_request_headers (self->message);
  const char *range = soup_message_headers_get_one (request, "Range");
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) content = NULL;

  if (self->routes->provider != NULL)
    content = self->routes->provider->lookup_finish (self->routes->provider_data, result, &error);
  if (content == NULL)
    {
      gboolean missing = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);

      tutti_answer_words (self->message, missing ? SOUP_STATUS_NOT_FOUND : SOUP_STATUS_INTERNAL_SERVER_ERROR,
                          missing ? "no such sound here\n" : "the sound could not be read\n");
      waiting_end (self);
      return;
    }
  if (range != NULL && strchr (range, ',') != NULL)
    soup_message_headers_remove (request, "Range");
  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Accept-Ranges", "bytes");
  soup_message_headers_set_content_type (soup_server_message_get_response_headers (self->message),
                                         "application/octet-stream", NULL);
  if (g_bytes_get_size (content) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), content);
  soup_server_message_set_status (self->message, SOUP_STATUS_OK, NULL);
  waiting_end (self);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  Waiting *self = data;
  g_autoptr(GError) error = NULL;

  if (self->routes->provider != NULL &&
      self->routes->provider->store_finish (self->routes->provider_data, result, &error))
    {
      if (self->routes->quota != NULL)
        self->routes->quota->note (self->routes->quota_data, token_of (self->message), self->bytes);
      tutti_answer_words (self->message, SOUP_STATUS_CREATED, "stored\n");
    }
  else
    {
      gboolean no_sound = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);

      g_info ("A sound was not kept: %s", error != NULL ? error->message : "nobody takes it any more");
      tutti_answer_words (self->message, no_sound ? STATUS_UNPROCESSABLE : SOUP_STATUS_INTERNAL_SERVER_ERROR,
                          no_sound ? "that is not a sound as it is shared: FLAC, 48 kHz, 24 bit, at most 60 s\n"
                                   : "the sound could not be kept\n");
    }
  waiting_end (self);
}

static void
end_upload (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256)
{
  Upload *upload = g_object_get_data (G_OBJECT (message), UPLOAD_KEY);
  g_autoptr(GBytes) content = NULL;
  Waiting *waiting;

  if (upload == NULL || upload->content == NULL)
    {
      tutti_answer_words (message, SOUP_STATUS_BAD_REQUEST, "there was no upload\n");
      return;
    }
  if (!g_str_equal (g_checksum_get_string (upload->sum), sha256))
    {
      upload_drop_content (upload);
      tutti_answer_words (message, STATUS_UNPROCESSABLE, "the content is not what its hash says\n");
      return;
    }
  if (!is_within_quota (self, message, upload->content->len))
    {
      upload_drop_content (upload);
      return;
    }
  self->upload_bytes -= upload->content->len;
  content = g_byte_array_free_to_bytes (g_steal_pointer (&upload->content));
  waiting = wait_for_provider (self, message);
  waiting->bytes = g_bytes_get_size (content);
  self->provider->store_async (self->provider_data, sha256, content, self->cancellable, on_stored, waiting);
}

void
tutti_sample_routes_answer (TuttiSampleRoutes *self, SoupServerMessage *message, const char *sha256)
{
  if (g_str_equal (soup_server_message_get_method (message), "PUT"))
    end_upload (self, message, sha256);
  else
    self->provider->lookup_async (self->provider_data, sha256, self->cancellable, on_found,
                                  wait_for_provider (self, message));
}
