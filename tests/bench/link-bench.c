/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A relay like bare-relay on our own links and listener (counted, bounded, pinned), without the jam above them; then what
 * one connection costs in memory at the host. Prints one line of JSON. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-row.h"
#include "tutti-listener.h"

enum { RECEIVERS = 9, RATE = 20, WARM_UP = 20, CROWD = 100 };

static guint messages = 400;

/* Resident memory of this process, in bytes. */
static gint64
resident (void)
{
  g_autofree char *text = NULL;
  gint64 pages = 0;

  if (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL))
    sscanf (text, "%*d %" G_GINT64_FORMAT, &pages);
  return pages * sysconf (_SC_PAGESIZE);
}

/* The host, in a process of its own: relays, and writes what a crowd costs to @report. */

typedef struct
{
  GPtrArray *links;
  TuttiListener *listener;
  gint64 before;
  int report;
} Relay;

static void
relay (TuttiLink *from, GBytes *text, Relay *self)
{
  for (guint i = 0; i < self->links->len; i++)
    tutti_link_send_bytes (self->links->pdata[i], text);
}

static void
on_link (TuttiListener *listener, TuttiLink *link, const char *jam, Relay *self)
{
  g_ptr_array_add (self->links, g_object_ref (link));
  g_signal_connect (link, "message", G_CALLBACK (relay), self);
  tutti_listener_welcome (listener, link);
  if (self->links->len == RECEIVERS + 1)
    self->before = resident ();
  if (self->links->len == CROWD)
    dprintf (self->report, "%d\n", (int) ((resident () - self->before) / (CROWD - RECEIVERS - 1)));
}

static void
run_relay (int report)
{
  g_autoptr(TuttiIdentity) identity = tutti_identity_make (NULL);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Relay self = { .links = g_ptr_array_new_with_free_func (g_object_unref), .report = report };

  self.listener = tutti_listener_new (identity);
  g_signal_connect (self.listener, "link", G_CALLBACK (on_link), &self);
  if (!tutti_listener_start (self.listener, 0, TUTTI_LISTEN_LOOPBACK, NULL))
    _exit (EXIT_FAILURE);
  dprintf (report, "%d\n", tutti_listener_get_port (self.listener, NULL));
  g_main_loop_run (loop);
}

typedef struct
{
  GPtrArray *links;
  GArray *latencies_us;
  GArray *sent_us;                 /* by the number that the message carries */
  GArray *arrived;
  guint complete, sent;
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
  tutti_link_send (self->links->pdata[0], text, -1);
  return G_SOURCE_CONTINUE;
}

static void
on_text (TuttiLink *link, GBytes *text, Guests *self)
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
  TuttiLink *link = tutti_link_connect_finish (result, &error);

  if (link == NULL)
    g_error ("%s", error->message);
  g_ptr_array_add (self->links, link);
  g_signal_connect (link, "message", G_CALLBACK (on_text), self);
}

static void
connect_until (Guests *self, const TuttiAddress *address, guint n)
{
  for (guint i = self->links->len; i < n; i++)
    tutti_link_connect_async (address, NULL, 60000, NULL, on_connected, self);
  while (self->links->len < n)
    g_main_context_iteration (NULL, TRUE);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  gint64 first = *(const gint64 *) a, second = *(const gint64 *) b;

  return (first > second) - (first < second);
}

static void
measure (FILE *report)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(TuttiAddress) address = NULL;
  Guests guests = { .loop = loop };
  TuttiLinkFigures figures;
  int port = 0, bytes_each = 0;
  guint n;

  guests.links = g_ptr_array_new_with_free_func (g_object_unref);
  guests.latencies_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  guests.sent_us = g_array_new (FALSE, FALSE, sizeof (gint64));
  guests.arrived = g_array_new (FALSE, FALSE, sizeof (guint));
  if (fscanf (report, "%d", &port) != 1)
    g_error ("the relay did not start");
  address = tutti_address_new ("127.0.0.1", NULL, port);
  connect_until (&guests, address, RECEIVERS + 1);
  g_timeout_add (1000 / RATE, send_one, &guests);
  g_main_loop_run (loop);
  figures = tutti_link_get_figures (guests.links->pdata[1]);
  connect_until (&guests, address, CROWD);
  if (fscanf (report, "%d", &bytes_each) != 1)
    g_error ("the relay is gone");
  n = guests.latencies_us->len;
  g_array_sort (guests.latencies_us, compare);
  g_print ("{\"bench\":\"link\",\"receivers\":%d,\"rate\":%d,\"messages\":%u,\"median_us\":%" G_GINT64_FORMAT
           ",\"p99_us\":%" G_GINT64_FORMAT ",\"payload_bytes\":%.1f,\"wire_bytes\":%.1f,\"host_bytes_a_connection\":%d}\n",
           RECEIVERS, RATE, n, g_array_index (guests.latencies_us, gint64, n / 2),
           g_array_index (guests.latencies_us, gint64, n * 99 / 100),
           (double) figures.payload_bytes_in / figures.messages_in, (double) figures.wire_bytes_in / figures.messages_in,
           bytes_each);
  bench_row_plain ("Relay on our own links, 9 receivers, median", (double) g_array_index (guests.latencies_us, gint64, n / 2), "µs");
  bench_row_plain ("Relay on our own links, 9 receivers, p99", (double) g_array_index (guests.latencies_us, gint64, n * 99 / 100), "µs");
  bench_row_plain ("Memory of a connection at the host", bytes_each / 1024.0, "KiB");
  g_ptr_array_unref (guests.links);
  g_array_unref (guests.latencies_us);
  g_array_unref (guests.sent_us);
  g_array_unref (guests.arrived);
}

int
main (int argc, char **argv)
{
  int ends[2];
  pid_t host;

  if (argc > 1)
    messages = CLAMP (atoi (argv[1]), 1, 9000);
  if (pipe (ends) != 0 || (host = fork ()) < 0)
    return EXIT_FAILURE;
  if (host == 0)
    {
      run_relay (ends[1]);
      return EXIT_SUCCESS;
    }
  measure (fdopen (ends[0], "r"));
  kill (host, SIGTERM);
  waitpid (host, NULL, 0);
  return EXIT_SUCCESS;
}
