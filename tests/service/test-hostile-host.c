/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The host breaks the rules, or what answers is none: each has one defined answer at our guest, and memory stays bounded. */
#include "harness.h"

#include <string.h>

#include "raw-peer.h"
#include "tutti-limits.h"

/* Hosts that are none, or not nice. */
typedef struct
{
  RawHost raw;
  void (*script) (RawHost *host);
  gint done;                       /* atomic */
} BadHost;

static gpointer
bad_host_thread (gpointer data)
{
  BadHost *self = data;
  g_autoptr(GMainContext) context = raw_begin_thread ();

  self->script (&self->raw);
  raw_end_thread (context);
  g_atomic_int_set (&self->done, 1);
  return NULL;
}

static RawPeer *
accept_and_upgrade (RawHost *host, const char *protocol)
{
  RawPeer *peer = raw_host_accept (host);

  g_assert_nonnull (peer);
  g_assert_true (raw_host_upgrade (peer, protocol));
  return peer;
}

static void
host_endless_pieces (RawHost *host)
{
  RawPeer *peer = accept_and_upgrade (host, "tutti.1");
  guint8 piece[8192] = { 0 };

  raw_write_frame (peer, 0x01, piece, sizeof piece, FALSE);
  while (raw_write_frame (peer, 0x00, piece, sizeof piece, FALSE))
    ;
  raw_free (peer);
}

static void
host_oversized (RawHost *host)
{
  RawPeer *peer = accept_and_upgrade (host, "tutti.1");

  raw_write_frame (peer, 0x81, NULL, 1 << 30, FALSE);
  raw_read_close (peer);
  raw_free (peer);
}

static void
host_not_utf8 (RawHost *host)
{
  RawPeer *peer = accept_and_upgrade (host, "tutti.1");

  raw_write_frame (peer, 0x81, "\xff\xfe", 2, FALSE);
  raw_read_close (peer);
  raw_free (peer);
}

/* Agrees and then says nothing, not even to pings: frozen. */
static void
host_frozen (RawHost *host)
{
  RawPeer *peer = accept_and_upgrade (host, "tutti.1");

  raw_read_close (peer);
  raw_free (peer);
}

static void
host_vanishes (RawHost *host)
{
  raw_free (accept_and_upgrade (host, "tutti.1"));
}

static void
host_ugly_words (RawHost *host)
{
  RawPeer *peer = accept_and_upgrade (host, "tutti.1");

  raw_write_frame (peer, 0x88, "\x0f\xa4" "bad\x1b[2J\n", 9, FALSE);
  raw_read_close (peer);
  raw_free (peer);
}

static const struct { const char *name; void (*script) (RawHost *); guint code; } bad_hosts[] = {
  { "endless-pieces", host_endless_pieces, TUTTI_CLOSE_TOO_BIG },
  { "oversized", host_oversized, TUTTI_CLOSE_TOO_BIG },
  { "not-utf8", host_not_utf8, TUTTI_CLOSE_BAD_MESSAGE },
  { "frozen", host_frozen, TUTTI_CLOSE_IDLE },
  { "vanishes", host_vanishes, TUTTI_CLOSE_LOST },
  { "ugly-words", host_ugly_words, TUTTI_CLOSE_KICKED },
};

static void
test_host (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  BadHost host = { .script = bad_hosts[row].script };
  g_autoptr(TuttiAddress) address = NULL;
  GThread *thread;
  Guest guest;

  raw_host_init (&host.raw, tutti_identity_get_certificate (identity));
  address = tutti_address_new ("127.0.0.1", NULL, host.raw.port);
  thread = g_thread_new ("host", bad_host_thread, &host);
  guest_connect (&guest, address, NULL, 0);
  g_assert_no_error (guest.error);
  /* A host that does not know of pictures. */
  g_assert_false (tutti_link_is_pictured (guest.link));
  tutti_link_set_linger (guest.link, LINGER_MS);
  if (guest.n_closed == 0 && tutti_link_is_open (guest.link))
    tutti_link_set_life (guest.link, 50, 400);
  WAIT_FOR (guest.n_closed == 1);
  g_assert_cmpuint (guest.code, ==, bad_hosts[row].code);
  g_assert_cmpuint (guest.n_messages, ==, 0);
  g_assert_true (g_utf8_validate (guest.words, -1, NULL));
  g_assert_null (strpbrk (guest.words, "\x1b\n"));
  guest_clear (&guest);
  WAIT_FOR (g_atomic_int_get (&host.done));
  g_thread_join (thread);
  raw_host_clear (&host.raw);
}

/* What answers is not what was asked for. */
static void
host_other_version (RawHost *host)
{
  raw_free (accept_and_upgrade (host, "tutti.99"));
}

static void
host_web_server (RawHost *host)
{
  RawPeer *peer = raw_host_accept (host);

  g_free (raw_read_head (peer));
  raw_write_text (peer, "HTTP/1.1 200 OK\r\nServer: other\r\nContent-Length: 2\r\n\r\nhi");
  raw_free (peer);
}

static void
host_endless_head (RawHost *host)
{
  RawPeer *peer = raw_host_accept (host);

  g_free (raw_read_head (peer));
  while (raw_write_text (peer, "X: y\r\n"))
    ;
  raw_free (peer);
}

/* Says nothing; the request has come when TLS fitted into the guest's patience. */
static void
host_no_answer (RawHost *host)
{
  RawPeer *peer = raw_host_accept (host);
  g_autofree char *request = peer != NULL ? raw_read_all (peer) : NULL;

  host->heard = request != NULL && request[0] != '\0';
  g_clear_pointer (&peer, raw_free);
}

static void
host_wrong_proof (RawHost *host)
{
  RawPeer *peer = raw_host_accept (host);

  g_free (raw_read_head (peer));
  raw_write_text (peer, "HTTP/1.1 101 OK\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  "Sec-WebSocket-Accept: AAAA\r\nSec-WebSocket-Protocol: tutti.1\r\n\r\n");
  raw_free (peer);
}

static void
host_plain_http (RawHost *host)
{
  g_autoptr(GSocketConnection) tcp = g_socket_listener_accept (host->listener, NULL, NULL, NULL);
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  char byte;

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (tcp)), &byte, 1, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (tcp)), answer, strlen (answer), NULL, NULL,
                             NULL);
}

static void
host_silent_tcp (RawHost *host)
{
  g_autoptr(GSocketConnection) tcp = g_socket_listener_accept (host->listener, NULL, NULL, NULL);
  char bytes[4096];

  while (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (tcp)), bytes, sizeof bytes, NULL, NULL) > 0)
    ;
}

static const struct { const char *name; void (*script) (RawHost *); guint timeout_ms; int code; } no_hosts[] = {
  { "other-version", host_other_version, 0, TUTTI_LINK_ERROR_VERSION },
  { "web-server", host_web_server, 0, TUTTI_LINK_ERROR_NOT_TUTTI },
  { "endless-head", host_endless_head, 0, TUTTI_LINK_ERROR_NOT_TUTTI },
  { "wrong-proof", host_wrong_proof, 0, TUTTI_LINK_ERROR_NOT_TUTTI },
  { "plain-http", host_plain_http, 0, TUTTI_LINK_ERROR_NOT_TUTTI },
  { "silent-tcp", host_silent_tcp, 400, TUTTI_LINK_ERROR_TIMEOUT },
};

/* Whether the host's script says that it heard what it was to hear. */
static gboolean
meet_no_host (void (*script) (RawHost *), guint timeout_ms, int code)
{
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  BadHost host = { .script = script };
  g_autoptr(TuttiAddress) address = NULL;
  GThread *thread;
  Guest guest;

  raw_host_init (&host.raw, tutti_identity_get_certificate (identity));
  address = tutti_address_new ("127.0.0.1", NULL, host.raw.port);
  thread = g_thread_new ("host", bad_host_thread, &host);
  guest_connect (&guest, address, NULL, timeout_ms > 0 ? timeout_ms : 60000);
  g_assert_error (guest.error, TUTTI_LINK_ERROR, code);
  guest_clear (&guest);
  WAIT_FOR (g_atomic_int_get (&host.done));
  g_thread_join (thread);
  raw_host_clear (&host.raw);
  return host.raw.heard;
}

static void
test_no_host (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);

  meet_no_host (no_hosts[row].script, no_hosts[row].timeout_ms, no_hosts[row].code);
}

/* The guest's patience is doubled until TLS fits into it and the request comes. */
static void
test_no_answer (void)
{
  guint timeout_ms = SHORT_MS;

  while (!meet_no_host (host_no_answer, timeout_ms, TUTTI_LINK_ERROR_TIMEOUT))
    timeout_ms *= 2;
}

static void
test_nobody (void)
{
  g_autoptr(TuttiAddress) address = NULL;
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  RawHost raw;
  Guest guest;

  raw_host_init (&raw, tutti_identity_get_certificate (identity));
  address = tutti_address_new ("127.0.0.1", NULL, raw.port);
  raw_host_clear (&raw);                                           /* a port that surely is free now */
  guest_connect (&guest, address, NULL, 0);
  g_assert_error (guest.error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_REFUSED);
  guest_clear (&guest);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_null (tutti_link_connect_finish (result, data));
}

static void
test_cancelled (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(TuttiAddress) address = NULL;
  g_autoptr(GError) error = NULL;
  Host host;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  tutti_link_connect_async (address, NULL, 0, cancellable, on_cancelled, &error);
  g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (cancellable);
  WAIT_FOR (error != NULL);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  host_clear (&host);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  ADD_ROWS ("/hostile/host/", bad_hosts, test_host);
  ADD_ROWS ("/hostile/no-host/", no_hosts, test_no_host);
  g_test_add_func ("/hostile/no-host/no-answer", test_no_answer);
  g_test_add_func ("/hostile/no-host/nobody", test_nobody);
  g_test_add_func ("/hostile/no-host/cancelled", test_cancelled);
  return g_test_run ();
}
