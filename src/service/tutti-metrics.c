/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-metrics.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

/* Upper bounds in microseconds: an edit among eight takes some 50, a slow disk a thousand times that. */
static const gint64 bounds_us[TUTTI_HISTOGRAM_BUCKETS] = {
  10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000, 50000, 250000,
};

void
tutti_metrics_note_time (TuttiHistogram *histogram, gint64 us)
{
  guint i = 0;

  while (i < TUTTI_HISTOGRAM_BUCKETS && us > bounds_us[i])
    i++;
  histogram->counts[i]++;
  histogram->sum_us += (guint64) MAX (us, 0);
}

void
tutti_metrics_note_close (TuttiMetrics *self, TuttiClose code)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->closed) && tutti_close_nth (i) != 0; i++)
    if (tutti_close_nth (i) == code)
      self->closed[i]++;
}

void
tutti_metrics_add_host (TuttiMetrics *self, const TuttiHostFigures *figures)
{
  self->stamped += figures->stamped;
  self->refused += figures->refused;
  self->bad_messages += figures->bad_messages;
  self->repairs += figures->repairs;
  self->late += figures->late;
}

void
tutti_metrics_add_link (TuttiMetrics *self, const TuttiLinkFigures *figures)
{
  self->bytes_in += figures->wire_bytes_in;
  self->bytes_out += figures->wire_bytes_out;
  self->messages_in += figures->messages_in;
  self->messages_out += figures->messages_out;
}

/* ---- as text ---- */

static void
put_head (GString *out, const char *name, const char *kind, const char *help)
{
  g_string_append_printf (out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, kind);
}

static void
put_counter (GString *out, const char *name, guint64 value, const char *help)
{
  put_head (out, name, "counter", help);
  g_string_append_printf (out, "%s %" G_GUINT64_FORMAT "\n", name, value);
}

static void
put_gauge (GString *out, const char *name, guint64 value, const char *help)
{
  put_head (out, name, "gauge", help);
  g_string_append_printf (out, "%s %" G_GUINT64_FORMAT "\n", name, value);
}

/* Seconds from microseconds, whatever the locale writes between them. */
static void
put_seconds (GString *out, guint64 us)
{
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ".%06" G_GUINT64_FORMAT, us / G_USEC_PER_SEC, us % G_USEC_PER_SEC);
}

static void
put_histogram (GString *out, const char *name, const TuttiHistogram *histogram, const char *help)
{
  guint64 count = 0;

  put_head (out, name, "histogram", help);
  for (guint i = 0; i < TUTTI_HISTOGRAM_BUCKETS; i++)
    {
      count += histogram->counts[i];
      g_string_append_printf (out, "%s_bucket{le=\"", name);
      put_seconds (out, (guint64) bounds_us[i]);
      g_string_append_printf (out, "\"} %" G_GUINT64_FORMAT "\n", count);
    }
  count += histogram->counts[TUTTI_HISTOGRAM_BUCKETS];
  g_string_append_printf (out, "%s_bucket{le=\"+Inf\"} %" G_GUINT64_FORMAT "\n%s_sum ", name, count, name);
  put_seconds (out, histogram->sum_us);
  g_string_append_printf (out, "\n%s_count %" G_GUINT64_FORMAT "\n", name, count);
}

static void
put_closed (GString *out, const TuttiMetrics *self)
{
  put_head (out, "tutti_links_closed_total", "counter", "Links of guests that ended, by reason");
  for (guint i = 0; i < G_N_ELEMENTS (self->closed) && tutti_close_nth (i) != 0; i++)
    g_string_append_printf (out, "tutti_links_closed_total{reason=\"%s\"} %" G_GUINT64_FORMAT "\n",
                            tutti_close_name (tutti_close_nth (i)), self->closed[i]);
}

static void
put_listener (GString *out, const TuttiListenerFigures *listener)
{
  put_gauge (out, "tutti_connections_open", listener->open, "TCP connections now");
  put_gauge (out, "tutti_connections_unwelcomed", listener->unwelcomed, "Of them, those that nobody let in yet");
  put_counter (out, "tutti_connections_accepted_total", listener->accepted, "TCP connections that were taken");
  put_counter (out, "tutti_connections_refused_total", listener->refused, "TCP connections beyond a limit, dropped");
  put_counter (out, "tutti_connections_timed_out_total", listener->timed_out, "TCP connections cut because nothing came");
}

static void
put_requests (GString *out, const TuttiMetrics *self)
{
  put_head (out, "tutti_requests_total", "counter", "Requests of the API, by class of status");
  for (guint i = 2; i < G_N_ELEMENTS (self->requests); i++)
    g_string_append_printf (out, "tutti_requests_total{status=\"%uxx\"} %" G_GUINT64_FORMAT "\n", i, self->requests[i]);
  put_counter (out, "tutti_requests_too_fast_total", self->requests_too_fast, "Of them, those that were told to wait");
  put_counter (out, "tutti_uploads_refused_total", self->uploads_refused, "Sounds refused because a share was used up");
  put_counter (out, "tutti_upload_bytes_total", self->upload_bytes, "Bytes of sounds that were brought and kept");
}

/* The names that every Prometheus exporter gives these. */
static void
put_process (GString *out)
{
  guint64 pages = 0, resident = 0, cpu_us = (guint64) clock () * G_USEC_PER_SEC / CLOCKS_PER_SEC;
  g_autofree char *statm = NULL;

  if (g_file_get_contents ("/proc/self/statm", &statm, NULL, NULL) &&
      sscanf (statm, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &pages, &resident) == 2)
    put_gauge (out, "process_resident_memory_bytes", resident * (guint64) sysconf (_SC_PAGESIZE), "Resident memory");
  put_head (out, "process_cpu_seconds_total", "counter", "Time of all threads on a processor");
  g_string_append (out, "process_cpu_seconds_total ");
  put_seconds (out, cpu_us);
  g_string_append_c (out, '\n');
}

char *
tutti_metrics_to_text (const TuttiMetrics *self, const TuttiListenerFigures *listener)
{
  GString *out = g_string_new (NULL);

  put_gauge (out, "tutti_jams_open", self->rooms, "Jams that are in memory now");
  put_gauge (out, "tutti_participants", self->people, "People present now, in all jams");
  put_counter (out, "tutti_jams_opened_total", self->rooms_opened, "Times that a jam was read from the store");
  put_counter (out, "tutti_jams_refused_total", self->rooms_refused, "Times that a jam could not be opened");
  put_counter (out, "tutti_operations_total", self->stamped, "Edits that were ordered and kept");
  put_counter (out, "tutti_operations_refused_total", self->refused, "Edits that were refused, with a reason");
  put_counter (out, "tutti_operations_late_total", self->late, "Edits that reached a guest after their frame had been rendered");
  put_counter (out, "tutti_messages_bad_total", self->bad_messages, "Messages that were not understood");
  put_counter (out, "tutti_repairs_total", self->repairs, "Copies that a guest asked to have replaced");
  put_counter (out, "tutti_messages_received_total", self->messages_in, "Messages from guests on the network");
  put_counter (out, "tutti_messages_sent_total", self->messages_out, "Messages to guests on the network");
  put_counter (out, "tutti_received_bytes_total", self->bytes_in, "WebSocket frames from guests, with their headers");
  put_counter (out, "tutti_sent_bytes_total", self->bytes_out, "WebSocket frames to guests, with their headers");
  put_closed (out, self);
  put_requests (out, self);
  put_histogram (out, "tutti_message_seconds", &self->messages, "A message of a guest dealt with, all answers written");
  put_histogram (out, "tutti_store_append_seconds", &self->appends, "An edit written to the store");
  put_counter (out, "tutti_store_errors_total", self->append_errors, "Edits that could not be written to the store");
  if (listener != NULL)
    put_listener (out, listener);
  put_process (out);
  return g_string_free (out, FALSE);
}
