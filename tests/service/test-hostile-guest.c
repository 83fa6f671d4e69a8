/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A guest breaks the rules: each has one defined answer, memory stays bounded, and the next well-behaved guest is served as if
 * nothing had been. */
#include "harness.h"

#include <string.h>

#include "raw-peer.h"
#include "tutti-limits.h"

/* A script runs against our host in a thread of its own. */
typedef struct
{
  guint16 port;
  void (*script) (RawPeer *peer, gpointer result);
  guint result;                    /* close code that the script read, or what it says */
  gboolean may_be_cut;             /* on a slow machine before TLS is done: then the script is not run */
  char *text;
  gint told, done;                 /* atomic: to the thread, and from it */
} Enemy;

static gpointer
enemy_thread (gpointer data)
{
  Enemy *self = data;
  g_autoptr(GMainContext) context = raw_begin_thread ();
  RawPeer *peer = raw_connect (self->port);

  g_assert_true (peer != NULL || self->may_be_cut);
  if (peer != NULL)
    {
      self->script (peer, self);
      raw_free (peer);
    }
  raw_end_thread (context);
  g_atomic_int_set (&self->done, 1);
  return NULL;
}

static void
run_enemy (Host *host, Enemy *enemy)
{
  GThread *thread;

  enemy->port = host_port (host);
  thread = g_thread_new ("enemy", enemy_thread, enemy);
  WAIT_FOR (g_atomic_int_get (&enemy->done));
  g_thread_join (thread);
}

/* The host still works. */
static void
check_served (Host *host)
{
  g_autoptr(TuttiAddress) address = host_address (host);
  Guest guest;

  guest_connect (&guest, address, NULL, 0);
  g_assert_no_error (guest.error);
  tutti_link_send (guest.link, "still here", -1);
  WAIT_FOR (guest.n_messages == 1);
  guest_clear (&guest);
}

static void
upgrade (RawPeer *peer)
{
  g_autofree char *head = raw_upgrade (peer, "tutti.1", "");

  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101"));
  g_assert_null (strstr (head, "deflate"));
  /* Who knows only of the first is answered with it. */
  g_assert_nonnull (strstr (head, "Sec-WebSocket-Protocol: tutti.1\r\n"));
}

static void
script_oversized (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  raw_write_frame (peer, 0x81, NULL, 1 << 20, TRUE);       /* announced only: refused before the first byte */
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_endless_pieces (RawPeer *peer, gpointer data)
{
  guint8 piece[8192] = { 0 };

  upgrade (peer);
  raw_write_frame (peer, 0x01, piece, sizeof piece, TRUE);
  for (int i = 0; i < 20; i++)
    raw_write_frame (peer, 0x00, piece, sizeof piece, TRUE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_empty_pieces (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  raw_write_frame (peer, 0x01, NULL, 0, TRUE);
  for (int i = 0; i < TUTTI_MESSAGE_FRAMES_MAX; i++)
    raw_write_frame (peer, 0x00, NULL, 0, TRUE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_not_utf8 (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  raw_write_frame (peer, 0x81, "\xc3\x28", 2, TRUE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_binary (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  raw_write_frame (peer, 0x82, "ab", 2, TRUE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_unmasked (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  raw_write_frame (peer, 0x81, "ab", 2, FALSE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
script_compressed (RawPeer *peer, gpointer data)
{
  g_autofree char *head = raw_upgrade (peer, "tutti.1", "Sec-WebSocket-Extensions: permessage-deflate\r\n");

  g_assert_true (g_str_has_prefix (head, "HTTP/1.1 101"));
  g_assert_null (strstr (head, "deflate"));
  raw_write_frame (peer, 0xc1, "ab", 2, TRUE);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static const struct { const char *name; void (*script) (RawPeer *, gpointer); guint code; } rows[] = {
  { "oversized", script_oversized, TUTTI_CLOSE_TOO_BIG },
  { "endless-pieces", script_endless_pieces, TUTTI_CLOSE_TOO_BIG },
  { "empty-pieces", script_empty_pieces, TUTTI_CLOSE_TOO_BIG },
  { "not-utf8", script_not_utf8, TUTTI_CLOSE_BAD_MESSAGE },
  { "binary", script_binary, TUTTI_CLOSE_BAD_MESSAGE },
  { "unmasked", script_unmasked, TUTTI_CLOSE_BAD_MESSAGE },
  { "compressed", script_compressed, TUTTI_CLOSE_BAD_MESSAGE },
};

static void
test_guest (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  Enemy enemy = { .script = rows[row].script };
  Host host;

  host_init (&host);
  host_start (&host);
  run_enemy (&host, &enemy);
  WAIT_FOR (host.n_closed == 1);
  g_assert_cmpuint (enemy.result, ==, rows[row].code);
  g_assert_cmpuint (host.last_code, ==, rows[row].code);
  g_assert_cmpuint (host.n_messages, ==, 0);
  check_served (&host);
  host_clear (&host);
}

/* What a page or a stranger gets from the door. */
static void
script_request (RawPeer *peer, gpointer data)
{
  Enemy *self = data;

  raw_write_text (peer, self->text);
  g_free (self->text);
  self->text = raw_read_all (peer);
}

#define SOCKET(more) "GET /socket HTTP/1.1\r\nHost: here:1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n" more "\r\n"

static const struct { const char *name, *request; const char *status; } doors[] = {
  { "other-subprotocol", SOCKET ("Sec-WebSocket-Protocol: tutti.99\r\n"), "426" },
  { "no-subprotocol", SOCKET (""), "426" },
  { "foreign-origin", SOCKET ("Sec-WebSocket-Protocol: tutti.1\r\nOrigin: https://evil.example\r\n"), "403" },
  { "null-origin", SOCKET ("Sec-WebSocket-Protocol: tutti.1\r\nOrigin: null\r\n"), "403" },
  { "no-upgrade", "GET /socket HTTP/1.1\r\nHost: here:1\r\n\r\n", "400" },
  { "nothing-here", "GET / HTTP/1.1\r\nHost: here:1\r\n\r\n", "404" },
  { "no-status", "GET /api/v1/status HTTP/1.1\r\nHost: here:1\r\n\r\n", "404" },
  { "no-samples", "GET /api/v1/samples/" "00000000000000000000000000000000" "00000000000000000000000000000000"
    " HTTP/1.1\r\nHost: here:1\r\n\r\n", "404" },
  { "body", "POST / HTTP/1.1\r\nHost: here:1\r\nContent-Length: 3\r\n\r\nabc", "413" },
  { "not-http", "hello\r\n\r\n", "400" },
};

static void
test_door (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  Enemy enemy = { .script = script_request, .text = g_strdup (doors[row].request) };
  Host host;

  host_init (&host);
  host_start (&host);
  run_enemy (&host, &enemy);
  g_test_message ("%s", enemy.text);
  g_assert_true (strlen (enemy.text) > 12 && strncmp (enemy.text + 9, doors[row].status, 3) == 0);
  g_assert_cmpuint (host.n_links, ==, 0);
  g_free (enemy.text);
  check_served (&host);
  host_clear (&host);
}

/* A body without end, which nobody asked for. */
static void
script_endless_body (RawPeer *peer, gpointer data)
{
  char block[8192] = "";

  raw_write_text (peer, "POST / HTTP/1.1\r\nHost: here:1\r\nContent-Length: 100000000000\r\n\r\n");
  for (guint i = 0; i < 100000; i++)
    if (!raw_write (peer, block, sizeof block))
      {
        ((Enemy *) data)->result = 1;
        return;
      }
}

static void
test_endless_body (void)
{
  Enemy enemy = { .script = script_endless_body };
  Host host;

  host_init (&host);
  host_start (&host);
  run_enemy (&host, &enemy);
  g_assert_cmpuint (enemy.result, ==, 1);
  WAIT_FOR (tutti_listener_get_figures (host.listener).open == 0);
  check_served (&host);
  host_clear (&host);
}

/* Reads nothing. It is dropped with the reason, and no more than the limit ever waited for it. */
static void
script_no_reader (RawPeer *peer, gpointer data)
{
  Enemy *self = data;

  upgrade (peer);
  while (g_atomic_int_get (&self->told) == 0)
    g_thread_yield ();
  self->result = raw_read_close (peer);
}

static void
test_slow_reader (void)
{
  Enemy enemy = { .script = script_no_reader };
  g_autofree char *text = g_strnfill (30000, 's');
  g_autoptr(TuttiLink) link = NULL;
  GThread *thread;
  Host host;

  host_init (&host);
  host_start (&host);
  enemy.port = host_port (&host);
  thread = g_thread_new ("enemy", enemy_thread, &enemy);
  WAIT_FOR (host.n_links == 1);
  link = g_object_ref (host.links->pdata[0]);
  while (tutti_link_send (link, text, -1))
    g_main_context_iteration (NULL, FALSE);
  WAIT_FOR (host.n_closed == 1);
  g_assert_cmpuint (host.last_code, ==, TUTTI_CLOSE_SLOW);
  g_assert_true (tutti_close_is_retryable (host.last_code));
  g_assert_cmpuint (tutti_link_get_figures (link).queued_bytes_peak, <=, TUTTI_QUEUE_BYTES_MAX + 64);
  g_clear_object (&link);
  g_atomic_int_set (&enemy.told, 1);
  WAIT_FOR (g_atomic_int_get (&enemy.done));
  g_thread_join (thread);
  check_served (&host);
  host_clear (&host);
}

/* Pings without end from somebody who reads no answer: libsoup would queue every one. */
static void
script_ping_flood (RawPeer *peer, gpointer data)
{
  guint8 payload[125] = { 0 };

  upgrade (peer);
  while (raw_write_frame (peer, 0x89, payload, sizeof payload, TRUE))
    ;
}

static void
on_flood_link (TuttiListener *listener, TuttiLink *link, const char *jam, gpointer data)
{
  tutti_link_set_queue (link, 100000, 50000);
  tutti_link_set_linger (link, LINGER_MS);
}

static void
test_ping_flood (void)
{
  Enemy enemy = { .script = script_ping_flood };
  Host host;

  host_init (&host);
  g_signal_connect (host.listener, "link", G_CALLBACK (on_flood_link), NULL);
  host_start (&host);
  run_enemy (&host, &enemy);
  WAIT_FOR (host.n_closed == 1);
  g_assert_cmpuint (host.last_code, ==, TUTTI_CLOSE_SLOW);
  check_served (&host);
  host_clear (&host);
}

/* Three ways to stand in the door: no TLS, half a request, no hello. */
static void
script_half_request (RawPeer *peer, gpointer data)
{
  raw_write_text (peer, "GET / HTTP/1.1\r\nHost:");
  ((Enemy *) data)->text = raw_read_all (peer);
}

static void
script_no_hello (RawPeer *peer, gpointer data)
{
  upgrade (peer);
  ((Enemy *) data)->result = raw_read_close (peer);
}

static void
set_times (Host *host, guint handshake_ms, guint hello_ms)
{
  TuttiListenerLimits limits = tutti_listener_get_limits (host->listener);

  limits.handshake_ms = handshake_ms;
  limits.hello_ms = hello_ms;
  tutti_listener_set_limits (host->listener, &limits);
}

static void
test_no_tls (void)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) tcp = NULL;
  Host host;

  host_init (&host);
  set_times (&host, SHORT_MS, TUTTI_HELLO_TIMEOUT_MS);
  host_start (&host);
  g_socket_client_set_enable_proxy (client, FALSE);
  tcp = g_socket_client_connect_to_host (client, "127.0.0.1", host_port (&host), NULL, NULL);
  WAIT_FOR (tutti_listener_get_figures (host.listener).timed_out == 1);
  WAIT_FOR (tutti_listener_get_figures (host.listener).open == 0);
  set_times (&host, TUTTI_HANDSHAKE_TIMEOUT_MS, TUTTI_HELLO_TIMEOUT_MS);
  check_served (&host);
  host_clear (&host);
}

static void
test_plain_http_guest (void)
{
  static const char request[] = "GET / HTTP/1.1\r\nHost: here\r\n\r\n";
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) tcp = NULL;
  Host host;

  host_init (&host);
  host_start (&host);
  g_socket_client_set_enable_proxy (client, FALSE);
  tcp = g_socket_client_connect_to_host (client, "127.0.0.1", host_port (&host), NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (tcp)), request, strlen (request), NULL, NULL,
                             NULL);
  WAIT_FOR (tutti_listener_get_figures (host.listener).accepted == 1);
  WAIT_FOR (tutti_listener_get_figures (host.listener).open == 0);
  check_served (&host);
  host_clear (&host);
}

/* The time is doubled until TLS fits into it. */
static void
test_half_request (void)
{
  Enemy enemy = { .script = script_half_request, .may_be_cut = TRUE };
  guint cut = 0;
  Host host;

  host_init (&host);
  host_start (&host);
  for (guint handshake_ms = SHORT_MS; enemy.text == NULL; handshake_ms *= 2)
    {
      enemy.done = 0;
      set_times (&host, handshake_ms, TUTTI_HELLO_TIMEOUT_MS);
      run_enemy (&host, &enemy);
      cut++;
      WAIT_FOR (tutti_listener_get_figures (host.listener).timed_out == cut);
    }
  g_free (enemy.text);
  set_times (&host, TUTTI_HANDSHAKE_TIMEOUT_MS, TUTTI_HELLO_TIMEOUT_MS);
  check_served (&host);
  host_clear (&host);
}

static void
test_no_hello (void)
{
  Enemy enemy = { .script = script_no_hello };
  Host host;

  host_init (&host);
  set_times (&host, TUTTI_HANDSHAKE_TIMEOUT_MS, SHORT_MS);
  host.welcome = FALSE;
  host_start (&host);
  run_enemy (&host, &enemy);
  WAIT_FOR (host.n_closed == 1);
  g_assert_cmpuint (enemy.result, ==, TUTTI_CLOSE_NO_HELLO);
  WAIT_FOR (tutti_listener_get_figures (host.listener).unwelcomed == 0);
  host.welcome = TRUE;
  check_served (&host);
  host_clear (&host);
}

/* One address has so many connections, and strangers altogether. */
static void
test_too_many (void)
{
  TuttiListenerLimits limits;
  g_autoptr(TuttiAddress) address = NULL;
  Guest guests[4];
  Host host;

  host_init (&host);
  limits = tutti_listener_get_limits (host.listener);
  limits.connections_per_address = 3;
  tutti_listener_set_limits (host.listener, &limits);
  host_start (&host);
  address = host_address (&host);
  for (int i = 0; i < 4; i++)
    guest_connect (&guests[i], address, NULL, 0);
  g_assert_no_error (guests[2].error);
  g_assert_error (guests[3].error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_HUNG_UP);
  g_assert_cmpuint (tutti_listener_get_figures (host.listener).refused, ==, 1);
  for (int i = 0; i < 4; i++)
    guest_clear (&guests[i]);
  WAIT_FOR (tutti_listener_get_figures (host.listener).open == 0);
  check_served (&host);                                            /* and when they left there is room again */
  host_clear (&host);
}

static void
test_too_many_strangers (void)
{
  TuttiListenerLimits limits;
  g_autoptr(TuttiAddress) address = NULL;
  Guest guests[3];
  Host host;

  host_init (&host);
  host.welcome = FALSE;
  limits = tutti_listener_get_limits (host.listener);
  limits.unwelcomed = 2;
  tutti_listener_set_limits (host.listener, &limits);
  host_start (&host);
  address = host_address (&host);
  for (int i = 0; i < 3; i++)
    guest_connect (&guests[i], address, NULL, 0);
  g_assert_no_error (guests[1].error);
  g_assert_error (guests[2].error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_HUNG_UP);
  guest_clear (&guests[2]);
  WAIT_FOR (host.links->len == 2);
  tutti_listener_welcome (host.listener, host.links->pdata[0]);
  guest_connect (&guests[2], address, NULL, 0);
  g_assert_no_error (guests[2].error);
  for (int i = 0; i < 3; i++)
    guest_clear (&guests[i]);
  host_clear (&host);
}

/* The port asked for is taken: the next one, and it says so. */
static void
test_port_taken (void)
{
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  g_autoptr(TuttiListener) first = tutti_listener_new (identity);
  g_autoptr(TuttiListener) second = tutti_listener_new (identity);
  g_autoptr(GError) error = NULL;
  gboolean moved = FALSE;
  guint16 port;

  g_assert_true (tutti_listener_start (first, 0, TUTTI_LISTEN_LOOPBACK, &error));
  port = tutti_listener_get_port (first, &moved);
  g_assert_false (moved);
  g_assert_true (tutti_listener_start (second, port, TUTTI_LISTEN_LOOPBACK, &error));
  g_assert_cmpuint (tutti_listener_get_port (second, &moved), !=, port);
  g_assert_true (moved);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  ADD_ROWS ("/hostile/guest/", rows, test_guest);
  ADD_ROWS ("/hostile/door/", doors, test_door);
  g_test_add_func ("/hostile/endless-body", test_endless_body);
  g_test_add_func ("/hostile/slow-reader", test_slow_reader);
  g_test_add_func ("/hostile/ping-flood", test_ping_flood);
  g_test_add_func ("/hostile/no-tls", test_no_tls);
  g_test_add_func ("/hostile/plain-http-guest", test_plain_http_guest);
  g_test_add_func ("/hostile/half-request", test_half_request);
  g_test_add_func ("/hostile/no-hello", test_no_hello);
  g_test_add_func ("/hostile/too-many", test_too_many);
  g_test_add_func ("/hostile/too-many-strangers", test_too_many_strangers);
  g_test_add_func ("/hostile/port-taken", test_port_taken);
  return g_test_run ();
}
