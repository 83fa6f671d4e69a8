/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one who asks for the time, before servers that answer well, badly, late and not at all. */
#include "tutti-time-client.h"

#include "tutti-local-time.h"

typedef struct
{
  gint64 local_ns, remote_ns, rtt_ns;
} Heard;

typedef struct
{
  GSocket *socket;                 /* the server's */
  GSocketAddress *client;          /* who asked last */
  GAsyncQueue *heard;              /* of Heard */
  TuttiTimeClient *asking;
} Bench;

static GSocket *
loopback_socket (guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  GSocket *fresh = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, &error);

  g_assert_no_error (error);
  g_assert_true (g_socket_bind (fresh, address, FALSE, &error));
  g_assert_no_error (error);
  return fresh;
}

/* Thread: the client's. */
static void
on_heard (gint64 local_ns, gint64 remote_ns, gint64 rtt_ns, gpointer user)
{
  Heard one = { local_ns, remote_ns, rtt_ns };

  g_async_queue_push (user, g_memdup2 (&one, sizeof one));
}

static void
bench_init (Bench *bench)
{
  *bench = (Bench) { .socket = loopback_socket (0), .heard = g_async_queue_new_full (g_free) };
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (bench->socket, NULL);

  bench->asking = tutti_time_client_new (address, on_heard, bench->heard);
}

static void
bench_clear (Bench *bench)
{
  tutti_time_client_free (bench->asking);
  g_async_queue_unref (bench->heard);
  g_clear_object (&bench->client);
  g_object_unref (bench->socket);
}

/* The next question: the time that it carries. */
static gint64
question (Bench *bench)
{
  guint64 packet[3];

  g_clear_object (&bench->client);
  g_assert_cmpint (g_socket_receive_from (bench->socket, &bench->client, (char *) packet, sizeof packet, NULL, NULL), ==, 16);
  g_assert_cmpuint (packet[1], ==, G_MAXUINT64);
  return (gint64) GUINT64_FROM_BE (packet[0]);
}

static void
say (Bench *bench, GSocket *from, gint64 asked_ns, guint64 remote_ns, gsize bytes)
{
  guint64 packet[3] = { GUINT64_TO_BE ((guint64) asked_ns), GUINT64_TO_BE (remote_ns), 0 };

  g_assert_cmpint (g_socket_send_to (from, bench->client, (const char *) packet, bytes, NULL, NULL), ==, bytes);
}

static void
answer (Bench *bench, gint64 asked_ns, guint64 remote_ns)
{
  say (bench, bench->socket, asked_ns, remote_ns, 16);
}

static void
expect (Bench *bench, gint64 remote_ns)
{
  g_autofree Heard *one = g_async_queue_pop (bench->heard);

  g_assert_cmpint (one->remote_ns, ==, remote_ns);
}

static void
test_half_way (void)
{
  Bench bench;

  bench_init (&bench);
  gint64 asked_ns = question (&bench);

  g_assert_cmpint (asked_ns, <=, tutti_monotonic_ns ());
  answer (&bench, asked_ns, 42);
  g_autofree Heard *one = g_async_queue_pop (bench.heard);

  g_assert_cmpint (one->remote_ns, ==, 42);
  g_assert_cmpint (one->rtt_ns, >=, 0);
  g_assert_cmpint (one->local_ns, ==, asked_ns + one->rtt_ns / 2);
  g_assert_cmpint (asked_ns + one->rtt_ns, <=, tutti_monotonic_ns ());
  bench_clear (&bench);
}

/* Datagrams from one socket to another keep their order here, so what was said before the good answer was not believed. */
static void
test_nonsense (void)
{
  Bench bench;

  bench_init (&bench);
  gint64 first = question (&bench);

  say (&bench, bench.socket, first, 1, 0);
  say (&bench, bench.socket, first, 2, 8);
  say (&bench, bench.socket, first, 3, 24);
  answer (&bench, first + 1, 4);
  answer (&bench, 0, 5);
  answer (&bench, -1, 6);
  answer (&bench, first, G_MAXUINT64);
  answer (&bench, first, G_MAXINT64);
  answer (&bench, first, 42);
  answer (&bench, first, 43);
  gint64 second = question (&bench);

  answer (&bench, second, 7);
  expect (&bench, 42);
  expect (&bench, 7);
  bench_clear (&bench);
}

/* Answers may overtake each other, and some never come. */
static void
test_any_order (void)
{
  gint64 asked[4];
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < G_N_ELEMENTS (asked); i++)
    asked[i] = question (&bench);
  answer (&bench, asked[3], 3);
  answer (&bench, asked[0], 0);
  answer (&bench, asked[2], 2);
  expect (&bench, 3);
  expect (&bench, 0);
  expect (&bench, 2);
  bench_clear (&bench);
}

/* Nobody but the server is heard, and nobody can come to the same port. */
static void
test_stranger (void)
{
  Bench bench;

  bench_init (&bench);
  g_autoptr (GSocket) stranger = loopback_socket (0);
  g_autoptr (GSocket) guest = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  gint64 asked_ns = question (&bench);

  g_assert_false (g_socket_bind (guest, bench.client, TRUE, NULL));
  say (&bench, stranger, asked_ns, 666, 16);
  answer (&bench, asked_ns, 42);
  expect (&bench, 42);
  bench_clear (&bench);
}

/* Nobody is there for a while: each question is refused, and the next is asked all the same. */
static void
test_comes_back (void)
{
  Bench bench;

  bench_init (&bench);
  answer (&bench, question (&bench), 42);
  expect (&bench, 42);
  g_autoptr (GSocketAddress) place = g_socket_get_local_address (bench.socket, NULL);

  question (&bench);
  g_object_unref (bench.socket);
  /* Asked and refused at once; the one from before goes on meanwhile. */
  tutti_time_client_free (tutti_time_client_new (place, on_heard, bench.heard));
  bench.socket = loopback_socket (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (place)));
  answer (&bench, question (&bench), 43);
  expect (&bench, 43);
  bench_clear (&bench);
}

/* To who can never be reached nothing is sent, and it can be given up. */
static void
test_no_way (void)
{
  g_autoptr (GSocketAddress) nowhere = g_inet_socket_address_new_from_string ("fe80::1", 7464);
  g_autoptr (GAsyncQueue) heard = g_async_queue_new_full (g_free);

  tutti_time_client_free (tutti_time_client_new (nowhere, on_heard, heard));
  g_assert_cmpint (g_async_queue_length (heard), ==, 0);
}

static void
test_pauses (void)
{
  gint64 eight_ns = 0;

  for (guint64 n = 0; n < 8; n++)
    eight_ns += tutti_time_client_pause_ns (n);
  g_assert_cmpint (eight_ns, <=, 300 * 1000 * 1000);
  /* Two questions, ten times a second. */
  g_assert_cmpint (tutti_time_client_pause_ns (1000), <, tutti_time_client_pause_ns (1001) / 10);
  g_assert_cmpint (tutti_time_client_pause_ns (1000) + tutti_time_client_pause_ns (1001), ==, 100 * 1000 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-client/half-way", test_half_way);
  g_test_add_func ("/time-client/nonsense", test_nonsense);
  g_test_add_func ("/time-client/any-order", test_any_order);
  g_test_add_func ("/time-client/stranger", test_stranger);
  g_test_add_func ("/time-client/comes-back", test_comes_back);
  g_test_add_func ("/time-client/no-way", test_no_way);
  g_test_add_func ("/time-client/pauses", test_pauses);
  return g_test_run ();
}
