/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The floor that Tutti's own figure is compared with: a bare libsoup WebSocket relay over TLS on loopback, one sender
 * and nine receivers, each message sent on to everybody as it is. No counting, no ordering, no limits, no state. Latency
 * is from send to the slowest receiver, as in the figure "edit to state". Host and guests have a thread each, as
 * Tutti's have processes. Prints one line of JSON. */
#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include "tutti-identity.h"

enum { RECEIVERS = 9, RATE = 20, WARM_UP = 20 };

static GTlsCertificate *certificate;
static guint messages = 400;
static gint port;                  /* atomic: 0 until the relay listens */
static gint stop;                  /* atomic */

/* The relay */

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* So that a loop looks at its atomic condition. */
static void
keep_awake (GMainContext *context)
{
  GSource *source = g_timeout_source_new (50);

  g_source_set_callback (source, wake, NULL, NULL);
  g_source_attach (source, context);
  g_source_unref (source);
}

static void
relay (SoupWebsocketConnection *from, SoupWebsocketDataType type, GBytes *text, GPtrArray *everyone)
{
  for (guint i = 0; i < everyone->len; i++)
    soup_websocket_connection_send_message (everyone->pdata[i], type, text);
}

static void
on_guest (SoupServer *server, SoupServerMessage *message, const char *path, SoupWebsocketConnection *guest, gpointer data)
{
  g_ptr_array_add (data, g_object_ref (guest));
  g_signal_connect (guest, "message", G_CALLBACK (relay), data);
}

static gpointer
relay_thread (gpointer data)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GPtrArray) everyone = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(SoupServer) server = NULL;
  GSList *uris;

  g_main_context_push_thread_default (context);
  server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_remove_websocket_extension (server, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_server_add_websocket_handler (server, "/", NULL, NULL, on_guest, everyone, NULL);
  if (!soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_HTTPS | SOUP_SERVER_LISTEN_IPV4_ONLY, NULL))
    exit (EXIT_FAILURE);
  uris = soup_server_get_uris (server);
  g_atomic_int_set (&port, g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  keep_awake (context);
  while (!g_atomic_int_get (&stop))
    g_main_context_iteration (context, TRUE);
  g_main_context_pop_thread_default (context);
  return NULL;
}

/* The guests */

typedef struct
{
  GPtrArray *links;
  GArray *latencies_us;
  GArray *sent_us;                 /* by the number that the message carries */
  GArray *arrived;
  guint complete, sent, connected;
  GMainLoop *loop;
} Guests;

static gboolean
send_one (gpointer data)
{
  Guests *self = data;
  g_autofree char *text = g_strdup_printf ("[%4u,\"step\",\"k3f.1a\",100]", self->sent);
  gint64 now_us = g_get_monotonic_time ();
  guint none = 0;

  if (self->sent == messages + WARM_UP)
    return G_SOURCE_REMOVE;
  self->sent++;
  g_array_append_val (self->sent_us, now_us);
  g_array_append_val (self->arrived, none);
  soup_websocket_connection_send_text (self->links->pdata[0], text);
  return G_SOURCE_CONTINUE;
}

static void
on_text (SoupWebsocketConnection *link, SoupWebsocketDataType type, GBytes *text, Guests *self)
{
  guint number = strtoul ((const char *) g_bytes_get_data (text, NULL) + 1, NULL, 10);
  gint64 latency_us = g_get_monotonic_time () - g_array_index (self->sent_us, gint64, number);

  if (++g_array_index (self->arrived, guint, number) < RECEIVERS + 1)
    return;
  if (number >= WARM_UP)
    g_array_append_val (self->latencies_us, latency_us);
  if (++self->complete == messages + WARM_UP)
    g_main_loop_quit (self->loop);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Guests *self = data;
  g_autoptr(GError) error = NULL;
  SoupWebsocketConnection *link = soup_session_websocket_connect_finish (SOUP_SESSION (source), result, &error);

  if (link == NULL)
    g_error ("%s", error->message);
  g_ptr_array_add (self->links, link);
  g_signal_connect (link, "message", G_CALLBACK (on_text), self);
  if (++self->connected == RECEIVERS + 1)
    g_timeout_add (1000 / RATE, send_one, self);
}

static gboolean
accept_any (SoupMessage *message, GTlsCertificate *theirs, GTlsCertificateFlags errors, gpointer data)
{
  return TRUE;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
print_result (GArray *latencies_us)
{
  guint n = latencies_us->len;

  g_array_sort (latencies_us, compare);
  g_print ("{\"bench\":\"relay-floor\",\"receivers\":%d,\"rate\":%d,\"messages\":%u,\"median_us\":%" G_GINT64_FORMAT
           ",\"p99_us\":%" G_GINT64_FORMAT ",\"max_us\":%" G_GINT64_FORMAT "}\n", RECEIVERS, RATE, n,
           g_array_index (latencies_us, gint64, n / 2), g_array_index (latencies_us, gint64, n * 99 / 100),
           g_array_index (latencies_us, gint64, n - 1));
}

int
main (int argc, char **argv)
{
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(SoupSession) session = NULL;
  g_autofree char *address = NULL;
  Guests guests = { .loop = loop };
  GThread *thread;

  if (argc > 1)
    messages = CLAMP (atoi (argv[1]), 1, 9000);
  certificate = tutti_identity_get_certificate (identity);
  guests.links = g_ptr_array_new_with_free_func (g_object_unref);
  guests.latencies_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  guests.sent_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  guests.arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  thread = g_thread_new ("relay", relay_thread, NULL);
  while (g_atomic_int_get (&port) == 0)
    g_thread_yield ();
  session = soup_session_new_with_options ("proxy-resolver", NULL, "max-conns-per-host", RECEIVERS + 1, NULL);
  address = g_strdup_printf ("wss://127.0.0.1:%d/", g_atomic_int_get (&port));
  for (int i = 0; i <= RECEIVERS; i++)
    {
      g_autoptr(SoupMessage) message = soup_message_new (SOUP_METHOD_GET, address);

      g_signal_connect (message, "accept-certificate", G_CALLBACK (accept_any), NULL);
      soup_message_disable_feature (message, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
      soup_session_websocket_connect_async (session, message, NULL, NULL, G_PRIORITY_DEFAULT, NULL, on_connected, &guests);
    }
  g_main_loop_run (loop);
  print_result (guests.latencies_us);
  g_atomic_int_set (&stop, 1);
  g_thread_join (thread);
  g_ptr_array_unref (guests.links);
  g_array_unref (guests.latencies_us);
  g_array_unref (guests.sent_us);
  g_array_unref (guests.arrived);
  return EXIT_SUCCESS;
}
