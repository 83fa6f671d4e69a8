/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gio/gio.h>
#include <gst/gst.h>

#include "tutti-net-time.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_settled (TuttiNetTime *time, guint observations)
{
  guint ticking = g_timeout_add (5, wake, NULL);
  TuttiNetTimeState state;

  do
    {
      g_main_context_iteration (NULL, TRUE);
      tutti_net_time_get_state (time, &state);
    }
  while (!state.fit.settled || state.fit.n_observations < observations);
  g_assert_cmpint (state.newest_reply_ns, >, 0);
  g_source_remove (ticking);
}

/* Both clocks read at one instant agree within a bound that only a wrong epoch or sign could pass. */
static void
check_same_time (TuttiNetTime *a, TuttiNetTime *b)
{
  gint64 now = tutti_monotonic_ns ();
  gint64 apart = tutti_shared_clock_host_ns (tutti_net_time_get_clock (a), now) -
                 tutti_shared_clock_host_ns (tutti_net_time_get_clock (b), now);

  g_test_message ("apart by %" G_GINT64_FORMAT " ns", apart);
  g_assert_cmpint (ABS (apart), <, SECOND);
}

static void
test_follow (gconstpointer address)
{
  TuttiLocalTime foreign = { -150e-6, 12345 * SECOND };
  g_autoptr (TuttiNetTime) host = tutti_net_time_new (NULL);
  g_autoptr (TuttiNetTime) guest = tutti_net_time_new (&foreign);
  g_autoptr (GError) error = NULL;
  guint16 port = tutti_net_time_serve (host, 0, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (port, !=, 0);
  g_assert_true (tutti_net_time_follow (guest, address, port, &error));
  g_assert_no_error (error);
  wait_settled (guest, 8);
  check_same_time (host, guest);
}

/* A guest serves the host's time from the start; its successor is followed without leaving that time. (That the measurements go on
 * without beginning anew is a law of the fit, in virtual time: here a busy machine may be reason enough to begin anew.) */
static void
test_succession (void)
{
  TuttiLocalTime early = { 50e-6, 500 * SECOND }, late = { -50e-6, 90000 * SECOND };
  g_autoptr (TuttiNetTime) host = tutti_net_time_new (NULL);
  g_autoptr (TuttiNetTime) successor = tutti_net_time_new (&early);
  g_autoptr (TuttiNetTime) guest = tutti_net_time_new (&late);
  TuttiNetTimeState state;
  guint16 port = tutti_net_time_serve (host, 0, NULL), next = tutti_net_time_serve (successor, 0, NULL);

  tutti_net_time_follow (successor, "127.0.0.1", port, NULL);
  tutti_net_time_follow (guest, "::1", port, NULL);
  wait_settled (successor, 8);
  wait_settled (guest, 8);
  tutti_net_time_stop_serving (host);
  tutti_net_time_hold (successor);
  tutti_net_time_get_state (guest, &state);
  g_assert_true (tutti_net_time_follow (guest, "127.0.0.1", next, NULL));
  wait_settled (guest, state.fit.n_observations + 8);
  check_same_time (host, guest);
  check_same_time (successor, guest);
}

/* A port at which nobody answers, and then one at which somebody does: found out from what is known at any moment. */
static void
test_silent (void)
{
  TuttiLocalTime foreign = { 0, 77 * SECOND };
  g_autoptr (TuttiNetTime) host = tutti_net_time_new (NULL);
  g_autoptr (TuttiNetTime) guest = tutti_net_time_new (&foreign);
  TuttiNetTimeState state;
  g_autoptr (GSocket) deaf = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_UDP, NULL);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);

  g_assert_true (g_socket_bind (deaf, any, FALSE, NULL));
  g_autoptr (GSocketAddress) bound = g_socket_get_local_address (deaf, NULL);
  guint16 port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));

  tutti_net_time_get_state (guest, &state);
  g_assert_false (tutti_net_time_is_silent (&state, G_MAXINT64));
  g_assert_true (tutti_net_time_follow (guest, "127.0.0.1", port, NULL));
  tutti_net_time_get_state (guest, &state);
  g_assert_false (tutti_net_time_is_silent (&state, state.asked_ns + TUTTI_NET_TIME_SILENT_NS - 1));
  g_assert_true (tutti_net_time_is_silent (&state, state.asked_ns + TUTTI_NET_TIME_SILENT_NS));
  g_assert_true (tutti_net_time_follow (guest, "127.0.0.1", tutti_net_time_serve (host, 0, NULL), NULL));
  wait_settled (guest, 8);
  tutti_net_time_get_state (guest, &state);
  g_assert_false (tutti_net_time_is_silent (&state, G_MAXINT64));
  /* Measuring anew is no silence: it answered before. */
  tutti_net_time_restart (guest);
  tutti_net_time_get_state (guest, &state);
  g_assert_false (tutti_net_time_is_silent (&state, G_MAXINT64));
}

static void
test_alone (void)
{
  TuttiLocalTime foreign = { 0, 77 * SECOND };
  g_autoptr (TuttiNetTime) time = tutti_net_time_new (&foreign);
  TuttiNetTimeState state;
  gint64 now = tutti_monotonic_ns ();

  tutti_net_time_get_state (time, &state);
  g_assert_true (state.fit.settled);
  g_assert_false (state.following);
  g_assert_cmpint (tutti_shared_clock_host_ns (tutti_net_time_get_clock (time), now), ==, now + 77 * SECOND);
  g_assert_cmpint (tutti_shared_clock_monotonic_ns (tutti_net_time_get_clock (time), now + 77 * SECOND), ==, now);
}

static void
test_refusals (void)
{
  static const char *const bad[] = { "", "somewhere", "300.1.2.3", "127.0.0.1:7", "fe80::1%", "::g" };
  g_autoptr (TuttiNetTime) a = tutti_net_time_new (NULL);
  g_autoptr (TuttiNetTime) b = tutti_net_time_new (NULL);
  guint16 port = tutti_net_time_serve (a, 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (tutti_net_time_follow (b, bad[i], 7464, &error));
      g_assert_error (error, TUTTI_NET_TIME_ERROR, TUTTI_NET_TIME_ERROR_ADDRESS);
    }
  g_autoptr (GError) taken = NULL;
  g_assert_cmpuint (tutti_net_time_serve (b, port, &taken), ==, 0);
  g_assert_error (taken, TUTTI_NET_TIME_ERROR, TUTTI_NET_TIME_ERROR_PORT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_data_func ("/net-time/follow/ipv4", "127.0.0.1", test_follow);
  g_test_add_data_func ("/net-time/follow/ipv6", "::1", test_follow);
  g_test_add_func ("/net-time/succession", test_succession);
  g_test_add_func ("/net-time/silent", test_silent);
  g_test_add_func ("/net-time/alone", test_alone);
  g_test_add_func ("/net-time/refusals", test_refusals);
  return g_test_run ();
}
