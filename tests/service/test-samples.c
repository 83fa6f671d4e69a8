/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds by hash: both of our ends, and an end that lies, truncates or floods. */
#include "harness.h"

#include <string.h>

#include "raw-peer.h"
#include "tutti-limits.h"
#include "tutti-sample-transfer.h"

/* A store in memory that answers from the main loop, as a real one would. */
typedef struct
{
  GHashTable *contents;            /* hash → GBytes */
  guint n_stored;
} Shelf;

static void
shelf_lookup_async (gpointer data, const char *sha256, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Shelf *shelf = data;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GBytes *content = g_hash_table_lookup (shelf->contents, sha256);

  if (content != NULL)
    g_task_return_pointer (task, g_bytes_ref (content), (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "none");
}

static GBytes *
shelf_lookup_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
shelf_wanted (gpointer data, const char *sha256)
{
  return !g_hash_table_contains (((Shelf *) data)->contents, sha256);
}

static void
shelf_store_async (gpointer data, const char *sha256, GBytes *content, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  Shelf *shelf = data;
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  shelf->n_stored++;
  g_hash_table_insert (shelf->contents, g_strdup (sha256), g_bytes_ref (content));
  g_task_return_boolean (task, TRUE);
}

static gboolean
shelf_store_finish (gpointer data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static const TuttiSampleProvider provider = {
  .lookup_async = shelf_lookup_async, .lookup_finish = shelf_lookup_finish, .wanted = shelf_wanted,
  .store_async = shelf_store_async, .store_finish = shelf_store_finish,
};

static gboolean
knows_token (gpointer data, const char *token, const char *method, const char *sha256)
{
  return g_strcmp0 (token, "let-me-in") == 0;
}

typedef struct
{
  Host host;
  Shelf shelf;
  TuttiAddress *address;
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  host_init (&place->host);
  place->shelf.contents = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  tutti_listener_set_samples (place->host.listener, &provider, &place->shelf, knows_token, NULL);
  host_start (&place->host);
  place->address = host_address (&place->host);
}

static void
tear_down (Place *place, gconstpointer data)
{
  host_clear (&place->host);
  tutti_address_free (place->address);
  g_hash_table_unref (place->shelf.contents);
}

static GBytes *
make_content (gsize size)
{
  guint8 *bytes = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (bytes, size);
}

typedef struct
{
  GBytes *content;
  GError *error;
  gboolean ok, done;
  guint64 progress, total;
} Answer;

static void
on_progress (guint64 done, guint64 total, gpointer data)
{
  Answer *answer = data;

  g_assert_cmpuint (done, >=, answer->progress);
  answer->progress = done;
  answer->total = total;
}

static void
on_downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->content = tutti_sample_download_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
on_uploaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Answer *answer = data;

  answer->ok = tutti_sample_upload_finish (result, &answer->error);
  answer->done = TRUE;
}

static Answer
download (Place *place, const char *fingerprint, const char *token, const char *sha256)
{
  Answer answer = { 0 };
  TuttiTransfer transfer = { place->address, fingerprint, token, sha256, on_progress, &answer };

  tutti_sample_download_async (&transfer, NULL, on_downloaded, &answer);
  WAIT_FOR (answer.done);
  return answer;
}

static Answer
upload (Place *place, const char *fingerprint, const char *token, const char *sha256, GBytes *content)
{
  Answer answer = { 0 };
  TuttiTransfer transfer = { place->address, fingerprint, token, sha256, on_progress, &answer };

  tutti_sample_upload_async (&transfer, content, NULL, on_uploaded, &answer);
  WAIT_FOR (answer.done);
  return answer;
}

/* There and back, the largest allowed. */
static void
test_round_trip (Place *place, gconstpointer data)
{
  const char *fingerprint = tutti_identity_get_fingerprint (place->host.identity);
  const gsize sizes[] = { 0, 1, 70000, TUTTI_SAMPLE_BYTES_MAX };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr(GBytes) content = make_content (sizes[i]);
      g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
      Answer up = upload (place, fingerprint, "let-me-in", sha256, content), down;

      g_assert_no_error (up.error);
      g_assert_true (up.ok);
      g_assert_cmpuint (up.progress, ==, sizes[i]);
      down = download (place, fingerprint, "let-me-in", sha256);
      g_assert_no_error (down.error);
      g_assert_true (g_bytes_equal (content, down.content));
      g_assert_cmpuint (down.progress, ==, sizes[i]);
      g_bytes_unref (down.content);
    }
}

static void
test_refusals (Place *place, gconstpointer data)
{
  g_autoptr(GBytes) content = make_content (1000);
  g_autoptr(GBytes) other = make_content (1001);
  g_autoptr(GBytes) huge = make_content (TUTTI_SAMPLE_BYTES_MAX + 1);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  g_autofree char *wrong = g_strnfill (64, 'a');
  Answer answer = upload (place, NULL, "nonsense", sha256, content);

  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_NOT_ALLOWED);
  g_clear_error (&answer.error);
  answer = upload (place, NULL, NULL, sha256, content);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_NOT_ALLOWED);
  g_clear_error (&answer.error);
  answer = upload (place, wrong, "let-me-in", sha256, content);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_WRONG_IDENTITY);
  g_assert_nonnull (strstr (answer.error->message, wrong));
  g_clear_error (&answer.error);
  answer = upload (place, NULL, "let-me-in", sha256, other);                  /* lies about what it is */
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_CORRUPT);
  g_clear_error (&answer.error);
  answer = upload (place, NULL, "let-me-in", sha256, huge);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_TOO_LARGE);
  g_clear_error (&answer.error);
  g_assert_cmpuint (place->shelf.n_stored, ==, 0);
  answer = download (place, NULL, "let-me-in", sha256);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_NOT_FOUND);
  g_clear_error (&answer.error);
  answer = upload (place, NULL, "let-me-in", sha256, content);
  g_assert_no_error (answer.error);
  answer = upload (place, NULL, "let-me-in", sha256, content);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_NOT_WANTED);
  g_clear_error (&answer.error);
  g_assert_cmpuint (place->shelf.n_stored, ==, 1);
}

/* A host whose shelf holds something else under that name: nothing is delivered. */
static void
test_lying_host (Place *place, gconstpointer data)
{
  g_autofree char *sha256 = g_strnfill (64, 'b');
  Answer answer;

  g_hash_table_insert (place->shelf.contents, g_strdup (sha256), make_content (5000));
  answer = download (place, NULL, "let-me-in", sha256);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_CORRUPT);
  g_clear_error (&answer.error);
  g_hash_table_insert (place->shelf.contents, g_strdup (sha256), make_content (TUTTI_SAMPLE_BYTES_MAX + 1));
  answer = download (place, NULL, "let-me-in", sha256);
  g_assert_error (answer.error, TUTTI_TRANSFER_ERROR, TUTTI_TRANSFER_ERROR_TOO_LARGE);
  g_clear_error (&answer.error);
}

/* Requests as text: what comes back begins with this. */
typedef struct
{
  guint16 port;
  char *request;
  gsize flood;                     /* bytes to send behind it */
  char *answer;
  gint done;                       /* atomic */
} Raw;

static gpointer
raw_thread (gpointer data)
{
  Raw *self = data;
  g_autoptr(GMainContext) context = raw_begin_thread ();
  RawPeer *peer = raw_connect (self->port);
  char block[8192] = "";

  g_assert_nonnull (peer);
  raw_write_text (peer, self->request);
  for (gsize sent = 0; sent < self->flood; sent += sizeof block)
    if (!raw_write (peer, block, sizeof block))
      break;
  self->answer = self->flood == 0 || self->flood > TUTTI_SAMPLE_BYTES_MAX ? raw_read_all (peer) : g_strdup ("");
  raw_free (peer);
  raw_end_thread (context);
  g_atomic_int_set (&self->done, 1);
  return NULL;
}

static char *
run_raw (Place *place, const char *method, const char *sha256, const char *headers, gsize flood)
{
  Raw raw = { .port = host_port (&place->host), .flood = flood };
  GThread *thread;

  raw.request = g_strdup_printf ("%s /api/v1/samples/%s HTTP/1.1\r\nHost: here:1\r\nAuthorization: Bearer let-me-in\r\n"
                                 "%s\r\n", method, sha256, headers);
  thread = g_thread_new ("raw", raw_thread, &raw);
  WAIT_FOR (g_atomic_int_get (&raw.done));
  g_thread_join (thread);
  g_free (raw.request);
  return raw.answer;
}

static void
test_ranges (Place *place, gconstpointer data)
{
  const char *text = "0123456789";
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  const struct { const char *method, *range, *status, *tail; } rows[] = {
    { "GET", "", "200", "0123456789" },
    { "HEAD", "", "200", "\r\n\r\n" },
    { "GET", "Range: bytes=2-4\r\n", "206", "\r\n\r\n234" },
    { "GET", "Range: bytes=7-\r\n", "206", "\r\n\r\n789" },
    { "GET", "Range: bytes=-1\r\n", "206", "\r\n\r\n9" },
    { "GET", "Range: bytes=0-1,0-1,0-1\r\n", "200", "0123456789" },      /* a list is answered whole */
    { "GET", "Range: bytes=20-\r\n", "416", "" },
    { "GET", "Range: nonsense\r\n", "200", "0123456789" },
    { "POST", "Content-Length: 0\r\n", "405", "" },
    { "DELETE", "", "405", "" },
  };

  g_hash_table_insert (place->shelf.contents, g_strdup (sha256), g_bytes_new_static (text, strlen (text)));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *answer = run_raw (place, rows[i].method, sha256, rows[i].range, 0);

      g_test_message ("%s %s: %s", rows[i].method, rows[i].range, answer);
      g_assert_cmpuint (strlen (answer), >, 12);
      g_assert_true (strncmp (answer + 9, rows[i].status, 3) == 0);
      g_assert_true (g_str_has_suffix (answer, rows[i].tail));
    }
}

static void
test_bad_uploads (Place *place, gconstpointer data)
{
  g_autofree char *sha256 = g_strnfill (64, 'c');
  g_autofree char *truncated = run_raw (place, "PUT", sha256, "Content-Length: 100000\r\n", 16384);
  g_autofree char *declared = run_raw (place, "PUT", sha256, "Content-Length: 99999999999\r\nExpect: 100-continue\r\n", 0);
  g_autofree char *chunked = run_raw (place, "PUT", sha256, "Transfer-Encoding: chunked\r\n\r\n1ffffff\r\n",
                                      TUTTI_SAMPLE_BYTES_MAX + (1 << 20));

  g_test_message ("%s, %s", declared, chunked);
  g_assert_cmpstr (truncated, ==, "");
  g_assert_nonnull (strstr (declared, " 413 "));
  g_assert_cmpuint (place->shelf.n_stored, ==, 0);
  WAIT_FOR (tutti_listener_get_figures (place->host.listener).open == 0);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  g_test_add ("/samples/round-trip", Place, NULL, set_up, test_round_trip, tear_down);
  g_test_add ("/samples/refusals", Place, NULL, set_up, test_refusals, tear_down);
  g_test_add ("/samples/lying-host", Place, NULL, set_up, test_lying_host, tear_down);
  g_test_add ("/samples/ranges", Place, NULL, set_up, test_ranges, tear_down);
  g_test_add ("/samples/bad-uploads", Place, NULL, set_up, test_bad_uploads, tear_down);
  return g_test_run ();
}
