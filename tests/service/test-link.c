/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links between our own two ends, over real sockets and TLS on loopback. */
#include "harness.h"

#include <string.h>

#include "tutti-limits.h"

enum { MANY = 10000, IN_FLIGHT = 200, ENOUGH = 8 << 20 /* bytes that wait behind a full socket */ };

/* Ten thousand messages there and back, none lost, none twice, in order; and every byte is accounted for. */
static void
test_echo (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  TuttiLinkFigures mine, theirs;
  guint64 payload = 0;
  guint sent = 0;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, tutti_identity_get_fingerprint (host.identity), 0);
  g_assert_no_error (guest.error);
  while (sent < MANY)
    {
      while (sent < MANY && sent - guest.n_messages < IN_FLIGHT)
        {
          g_autofree char *text = g_strdup_printf ("[%u,\"é%*s\"]", sent, (int) (sent * 7919 % 300), "");

          payload += strlen (text);
          g_assert_true (tutti_link_send (guest.link, text, -1));
          sent++;
        }
      WAIT_FOR (sent - guest.n_messages < IN_FLIGHT / 2 || sent == MANY);
    }
  WAIT_FOR (guest.n_messages == MANY);
  for (guint i = 0; i < MANY; i++)
    g_assert_cmpuint (g_ascii_strtoull ((char *) guest.texts->pdata[i] + 1, NULL, 10), ==, i);

  mine = tutti_link_get_figures (guest.link);
  theirs = tutti_link_get_figures (host.links->pdata[0]);
  g_assert_cmpuint (mine.messages_out, ==, MANY);
  g_assert_cmpuint (mine.messages_in, ==, MANY);
  g_assert_cmpuint (mine.payload_bytes_out, ==, payload);
  g_assert_cmpuint (mine.payload_bytes_in, ==, payload);
  g_assert_cmpuint (mine.wire_bytes_in, ==, theirs.wire_bytes_out);
  g_assert_cmpuint (mine.wire_bytes_out, ==, theirs.wire_bytes_in);
  g_assert_cmpuint (mine.queued_bytes, ==, 0);
  g_assert_cmpuint (theirs.queued_bytes, ==, 0);
  guest_clear (&guest);
  host_clear (&host);
}

/* Two of this version understand what is said of pictures. */
static void
test_pictured (void)
{
  g_autoptr(TuttiAddress) address = NULL;
  Host host;
  Guest guest;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  g_assert_true (tutti_link_is_pictured (guest.link));
  g_assert_true (tutti_link_is_pictured (host.links->pdata[0]));
  guest_clear (&guest);
  host_clear (&host);
}

/* A number and spaces, of any length up to many TLS records. (transfer full) */
static char *
numbered (GRand *rand, guint number)
{
  static const gint32 longest[] = { 1, 130, 2000, 40000 };

  return g_strdup_printf ("[%u%*s]", number, g_rand_int_range (rand, 0, longest[g_rand_int_range (rand, 0, 4)]), "");
}

/* Some together, some by themselves, pings in between, and at times more than the socket takes: nothing is lost, torn or out of order. */
static void
test_together (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (g_test_rand_int ());
  g_autoptr(GPtrArray) sent = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(TuttiAddress) address = NULL;
  Host host;
  Guest guest;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  TuttiLink *link = host.links->pdata[0];

  tutti_link_set_queue (link, 4 * ENOUGH, ENOUGH);
  for (guint round = 0; round < 40; round++)
    {
      gboolean corked = g_rand_boolean (rand);
      guint n = round == 0 ? 20000 : (guint) g_rand_int_range (rand, 0, 200);

      if (corked)
        tutti_link_cork (link);
      for (guint i = 0; i < n && tutti_link_get_figures (link).queued_bytes < ENOUGH; i++)
        {
          g_ptr_array_add (sent, numbered (rand, sent->len));
          g_assert_true (tutti_link_send (link, sent->pdata[sent->len - 1], -1));
          if (g_rand_int_range (rand, 0, 20) == 0)
            tutti_link_ping (link);
        }
      if (corked)
        tutti_link_uncork (link);
      if (g_rand_boolean (rand))
        WAIT_FOR (guest.n_messages == sent->len);
    }
  WAIT_FOR (guest.n_messages == sent->len);
  for (guint i = 0; i < sent->len; i++)
    g_assert_cmpstr (guest.texts->pdata[i], ==, sent->pdata[i]);
  g_assert_cmpuint (tutti_link_get_figures (link).queued_bytes, ==, 0);
  g_assert_cmpuint (tutti_link_get_figures (link).queued_bytes_peak, >=, ENOUGH);
  guest_clear (&guest);
  host_clear (&host);
}

/* Whoever is told the end is told all that was put together before it. */
static void
test_together_closed (void)
{
  g_autoptr(TuttiAddress) address = NULL;
  Host host;
  Guest guest;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  TuttiLink *link = host.links->pdata[0];

  tutti_link_cork (link);
  g_assert_true (tutti_link_send (link, "[1]", -1));
  g_assert_true (tutti_link_send (link, "[2]", -1));
  tutti_link_close (link, TUTTI_CLOSE_TOO_FAST, NULL);
  tutti_link_uncork (link);
  WAIT_FOR (guest.n_closed == 1);
  g_assert_cmpuint (guest.n_messages, ==, 2);
  g_assert_cmpuint (guest.code, ==, TUTTI_CLOSE_TOO_FAST);
  guest_clear (&guest);
  host_clear (&host);
}

static void
test_framing_bytes (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  TuttiLinkFigures before, after;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  before = tutti_link_get_figures (guest.link);
  tutti_link_send (guest.link, "0123456789", -1);
  WAIT_FOR (guest.n_messages == 1);
  after = tutti_link_get_figures (guest.link);
  g_assert_cmpuint (after.wire_bytes_out - before.wire_bytes_out, ==, 10 + 6);
  g_assert_cmpuint (after.wire_bytes_in - before.wire_bytes_in, ==, 10 + 2);
  guest_clear (&guest);
  host_clear (&host);
}

static void
test_largest (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  g_autofree char *text = g_strnfill (TUTTI_MESSAGE_BYTES_MAX, 'x');

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  g_assert_true (tutti_link_send (guest.link, text, -1));
  g_assert_true (tutti_link_send (guest.link, "", 0));
  WAIT_FOR (guest.n_messages == 2);
  g_assert_cmpuint (strlen (guest.texts->pdata[0]), ==, TUTTI_MESSAGE_BYTES_MAX);
  g_assert_cmpstr (guest.texts->pdata[1], ==, "");
  guest_clear (&guest);
  host_clear (&host);
}

static void
test_pin (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  g_autofree char *wrong = g_strnfill (64, 'a');

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, wrong, 0);
  g_assert_error (guest.error, TUTTI_LINK_ERROR, TUTTI_LINK_ERROR_WRONG_IDENTITY);
  g_assert_nonnull (strstr (guest.error->message, wrong));
  g_assert_nonnull (strstr (guest.error->message, tutti_identity_get_fingerprint (host.identity)));
  guest_clear (&guest);
  guest_connect (&guest, address, NULL, 0);
  g_assert_no_error (guest.error);
  g_assert_cmpstr (tutti_link_get_fingerprint (guest.link), ==, tutti_identity_get_fingerprint (host.identity));
  guest_clear (&guest);
  g_assert_cmpuint (host.n_links, ==, 1);
  host_clear (&host);
}

static void
test_ipv6 (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV6);
  g_autoptr(GSocket) probe = g_socket_new (G_SOCKET_FAMILY_IPV6, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr(GSocketAddress) any = g_inet_socket_address_new (loopback, 0);

  if (probe == NULL || !g_socket_bind (probe, any, FALSE, NULL))
    {
      g_test_skip ("this machine has no IPv6 loopback");
      return;
    }
  host_init (&host);
  host_start (&host);
  address = tutti_address_new ("::1", NULL, host_port (&host));
  guest_connect (&guest, address, NULL, 0);
  g_assert_no_error (guest.error);
  guest_clear (&guest);
  host_clear (&host);
}

static void
test_close_words (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  tutti_link_close (host.links->pdata[0], TUTTI_CLOSE_KICKED, "gut gespielt, aber zu laut");
  WAIT_FOR (guest.n_closed == 1 && host.n_closed == 1);
  g_assert_cmpuint (guest.code, ==, TUTTI_CLOSE_KICKED);
  g_assert_cmpstr (guest.words, ==, "gut gespielt, aber zu laut");
  g_assert_false (guest.retryable);
  g_assert_cmpuint (host.last_code, ==, TUTTI_CLOSE_KICKED);
  g_assert_false (tutti_link_send (guest.link, "x", 1));
  g_clear_object (&guest.link);
  guest_clear (&guest);

  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 2);
  tutti_link_close (guest.link, TUTTI_CLOSE_NORMAL, NULL);
  WAIT_FOR (guest.n_closed == 1 && host.n_closed == 2);
  g_assert_cmpuint (host.last_code, ==, TUTTI_CLOSE_NORMAL);
  guest_clear (&guest);
  host_clear (&host);
}

/* What was said before a close arrives before it. */
static void
test_close_after_queue (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  g_autofree char *text = g_strnfill (60000, 'q');

  host_init (&host);
  host.echo = FALSE;
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  for (int i = 0; i < 12; i++)
    g_assert_true (tutti_link_send (host.links->pdata[0], text, -1));
  tutti_link_close (host.links->pdata[0], TUTTI_CLOSE_SERVER_RESTARTING, NULL);
  WAIT_FOR (guest.n_closed == 1);
  g_assert_cmpuint (guest.n_messages, ==, 12);
  g_assert_cmpuint (guest.code, ==, TUTTI_CLOSE_SERVER_RESTARTING);
  g_assert_true (guest.retryable);
  guest_clear (&guest);
  host_clear (&host);
}

/* Let go of without a word: the other end sees a broken line, and nothing is left behind. */
static void
test_dropped (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  g_clear_object (&guest.link);
  WAIT_FOR (host.n_closed == 1);
  g_assert_cmpuint (host.last_code, ==, TUTTI_CLOSE_LOST);
  guest_clear (&guest);
  host_clear (&host);
}

static void
on_message_drop (TuttiLink *link, GBytes *text, Guest *guest)
{
  g_signal_handlers_disconnect_by_data (link, guest);
  g_clear_object (&guest->link);
}

/* The owner lets go inside a message handler. */
static void
test_dropped_inside (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  g_signal_connect (guest.link, "message", G_CALLBACK (on_message_drop), &guest);
  for (int i = 0; i < 20; i++)
    tutti_link_send (guest.link, "x", 1);
  WAIT_FOR (host.n_closed == 1 && guest.link == NULL);
  guest_clear (&guest);
  host_clear (&host);
}

/* A ping goes out at once, its answer gives the round trip, and neither counts as a message or as queued. */
static void
test_ping (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  TuttiLinkFigures figures;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  tutti_link_ping (guest.link);
  WAIT_FOR (tutti_link_get_figures (guest.link).round_trip_us >= 0);
  tutti_link_ping (host.links->pdata[0]);
  WAIT_FOR (tutti_link_get_figures (host.links->pdata[0]).round_trip_us >= 0);
  figures = tutti_link_get_figures (guest.link);
  g_assert_cmpuint (figures.messages_in + figures.messages_out, ==, 0);
  g_assert_cmpuint (figures.queued_bytes, ==, 0);
  g_assert_cmpuint (figures.wire_bytes_out, ==, 6 + 6);            /* the ping, and the pong for the host's */
  g_assert_cmpuint (figures.wire_bytes_in, ==, 2 + 2);
  guest_clear (&guest);
  host_clear (&host);
}

/* With nothing to say, pings keep the line alive: many times the deadline passes and nobody is called dead. */
static void
test_kept_alive (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;

  host_init (&host);
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  WAIT_FOR (host.n_links == 1);
  tutti_link_set_life (guest.link, 5, 20000);
  tutti_link_set_life (host.links->pdata[0], 0, 20000);
  WAIT_FOR (tutti_link_get_figures (guest.link).pings_out >= 20);
  g_assert_true (tutti_link_is_open (guest.link));
  g_assert_cmpuint (tutti_link_get_figures (host.links->pdata[0]).pings_in, >=, 19);
  guest_clear (&guest);
  host_clear (&host);
}

/* A snapshot in chunks: the sender waits for the queue to fall instead of filling it. */
static void
test_drained (void)
{
  Host host;
  Guest guest;
  g_autoptr(TuttiAddress) address = NULL;
  g_autofree char *chunk = g_strnfill (TUTTI_SNAPSHOT_CHUNK_BYTES, 'c');
  guint sent = 0;

  host_init (&host);
  host.echo = FALSE;
  host_start (&host);
  address = host_address (&host);
  guest_connect (&guest, address, NULL, 0);
  tutti_link_set_queue (guest.link, 8 * TUTTI_SNAPSHOT_CHUNK_BYTES, TUTTI_SNAPSHOT_CHUNK_BYTES);
  for (int round = 0; round < 30; round++)
    {
      guint before = guest.n_drained;

      while (tutti_link_get_figures (guest.link).queued_bytes <= TUTTI_SNAPSHOT_CHUNK_BYTES && sent < 2000)
        {
          g_assert_true (tutti_link_send (guest.link, chunk, -1));
          sent++;
        }
      WAIT_FOR (guest.n_drained > before || sent == 2000);
    }
  WAIT_FOR (host.n_messages == sent);
  g_assert_true (tutti_link_is_open (guest.link));
  g_assert_cmpuint (tutti_link_get_figures (guest.link).queued_bytes_peak, <=, 8 * TUTTI_SNAPSHOT_CHUNK_BYTES);
  guest_clear (&guest);
  host_clear (&host);
}

/* Host and guest in threads and contexts of their own. */
typedef struct
{
  guint16 port;                    /* atomic: 0 until the host listens */
  gint stop;
  guint n_messages;
} Shared;

static gpointer
host_thread (gpointer data)
{
  Shared *shared = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  Host host;

  g_main_context_push_thread_default (context);
  host_init (&host);
  host_start (&host);
  g_atomic_int_set (&shared->n_messages, host_port (&host));
  WAIT_FOR (g_atomic_int_get (&shared->stop));
  host_clear (&host);
  g_main_context_pop_thread_default (context);
  return NULL;
}

static gpointer
guest_thread (gpointer data)
{
  Shared *shared = data;
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, shared->port);
  Guest guest;

  g_main_context_push_thread_default (context);
  guest_connect (&guest, address, NULL, 0);
  g_assert_no_error (guest.error);
  for (guint i = 0; i < 300; i++)
    {
      g_assert_true (tutti_link_send (guest.link, "[1,2,3]", -1));
      WAIT_FOR (guest.n_messages == i + 1);
    }
  guest_clear (&guest);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  return NULL;
}

static void
test_threads (void)
{
  Shared shared = { 0 };
  GThread *host = g_thread_new ("host", host_thread, &shared);
  GThread *guests[3];

  WAIT_FOR (g_atomic_int_get (&shared.n_messages) != 0);
  shared.port = g_atomic_int_get (&shared.n_messages);
  for (gsize i = 0; i < G_N_ELEMENTS (guests); i++)
    guests[i] = g_thread_new ("guest", guest_thread, &shared);
  for (gsize i = 0; i < G_N_ELEMENTS (guests); i++)
    g_thread_join (guests[i]);
  g_atomic_int_set (&shared.stop, 1);
  g_thread_join (host);
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  g_test_add_func ("/link/echo", test_echo);
  g_test_add_func ("/link/pictured", test_pictured);
  g_test_add_func ("/link/together", test_together);
  g_test_add_func ("/link/together-closed", test_together_closed);
  g_test_add_func ("/link/framing-bytes", test_framing_bytes);
  g_test_add_func ("/link/largest", test_largest);
  g_test_add_func ("/link/pin", test_pin);
  g_test_add_func ("/link/ipv6", test_ipv6);
  g_test_add_func ("/link/close-words", test_close_words);
  g_test_add_func ("/link/close-after-queue", test_close_after_queue);
  g_test_add_func ("/link/dropped", test_dropped);
  g_test_add_func ("/link/dropped-inside", test_dropped_inside);
  g_test_add_func ("/link/ping", test_ping);
  g_test_add_func ("/link/kept-alive", test_kept_alive);
  g_test_add_func ("/link/drained", test_drained);
  g_test_add_func ("/link/threads", test_threads);
  return g_test_run ();
}
