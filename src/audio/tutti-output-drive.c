/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the output's own thread does: makes a stream, keeps it going, makes another when it failed. */
#include "tutti-output-private.h"

#define MS              G_GINT64_CONSTANT (1000000)
#define TICK_US         10000
#define RETRY_FIRST_NS  (200 * MS)
#define RETRY_MOST_NS   (2000 * MS)
#define SLEPT_NS        (50 * MS)
#define SILENT_LEAD_NS  (TUTTI_OUTPUT_BUFFER_MS * MS)

static GstElement *
make_pulse_sink (const char *device)
{
  GstElement *sink = gst_element_factory_make ("pulsesink", NULL);

  if (sink != NULL)
    g_object_set (sink, "device", device, "client-name", "Tutti", NULL);
  return sink;
}

static GstElement *
make_sink (TuttiOutput *self)
{
  g_autofree char *device = NULL;
  GstElement *sink;

  g_mutex_lock (&self->lock);
  device = g_strdup (self->device_wanted);
  g_mutex_unlock (&self->lock);
  sink = self->make_sink != NULL ? self->make_sink (self->sink_data) : make_pulse_sink (device);
  if (sink != NULL && GST_IS_AUDIO_BASE_SINK (sink))
    g_object_set (sink, "buffer-time", (gint64) TUTTI_OUTPUT_BUFFER_MS * 1000, "latency-time", (gint64) 10000, NULL);
  return sink;
}

static void
fail (TuttiOutput *self, gint64 now_ns, const GError *problem)
{
  g_clear_pointer (&self->stream, tutti_stream_free);
  self->pause_ns = MIN (self->pause_ns * 2, RETRY_MOST_NS);
  self->retry_ns = now_ns + self->pause_ns;
  tutti_output_become (self, self->has_played ? TUTTI_OUTPUT_LOST : TUTTI_OUTPUT_NO_SERVER, problem);
}

static void
try_to_start (TuttiOutput *self, gint64 now_ns)
{
  GstElement *sink = make_sink (self);

  if (sink != NULL)
    {
      self->stream = tutti_stream_new (self->src, self->personal, sink, self->clock);
      return;
    }
  g_autoptr (GError) problem = g_error_new_literal (GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN,
                                                    "GStreamer has no sink for this sound system");
  fail (self, now_ns, problem);
}

static void
note_card (TuttiOutput *self)
{
  TuttiStreamCard card = { 0 };

  if (self->stream != NULL)
    tutti_stream_get_card (self->stream, &card);
  g_mutex_lock (&self->lock);
  self->card = card;
  g_mutex_unlock (&self->lock);
}

static void
drive_stream (TuttiOutput *self, gint64 now_ns)
{
  g_autoptr (GError) problem = NULL;

  switch (tutti_stream_tick (self->stream, now_ns, &problem))
    {
    case TUTTI_STREAM_STARTING:
      break;
    case TUTTI_STREAM_PLAYING:
      self->has_played = TRUE;
      self->pause_ns = RETRY_FIRST_NS / 2;
      tutti_output_become (self, TUTTI_OUTPUT_PLAYING, NULL);
      break;
    case TUTTI_STREAM_FAILED:
      fail (self, now_ns, problem);
      break;
    }
}

/* A suspended machine's clocks say nothing any more: silence at once, and whoever keeps the network time hears of it. */
static void
look_for_sleep (TuttiOutput *self)
{
  gint64 slept_ns = tutti_slept_ns ();

  if (ABS (slept_ns - self->slept_ns) > SLEPT_NS)
    {
      if (self->stream != NULL)
        tutti_stream_mute_until_read (self->stream);
      g_mutex_lock (&self->lock);
      self->slept = TRUE;
      tutti_output_tell_soon (self);
      g_mutex_unlock (&self->lock);
    }
  self->slept_ns = slept_ns;
}

static void
tick (TuttiOutput *self, gboolean restart)
{
  gint64 now_ns = tutti_monotonic_ns ();

  look_for_sleep (self);
  if (restart)
    {
      g_clear_pointer (&self->stream, tutti_stream_free);
      self->retry_ns = 0;
    }
  if (self->stream == NULL && now_ns >= self->retry_ns)
    try_to_start (self, now_ns);
  if (self->stream != NULL)
    drive_stream (self, now_ns);
  if (self->stream == NULL)
    tutti_src_advance (self->src, SILENT_LEAD_NS);
  note_card (self);
}

/* Waits for the next tick; FALSE when it is time to leave. */
static gboolean
wait_tick (TuttiOutput *self, gint64 until_us, gboolean *restart)
{
  gboolean go_on;

  g_mutex_lock (&self->lock);
  while (!self->stop && !self->restart && g_cond_wait_until (&self->wake, &self->lock, until_us))
    continue;
  go_on = !self->stop;
  *restart = self->restart;
  self->restart = FALSE;
  g_mutex_unlock (&self->lock);
  return go_on;
}

gpointer
tutti_output_run (gpointer data)
{
  TuttiOutput *self = data;
  gboolean restart = FALSE;

  self->retry_ns = 0;
  self->pause_ns = RETRY_FIRST_NS / 2;
  self->slept_ns = tutti_slept_ns ();
  do
    tick (self, restart);
  while (wait_tick (self, g_get_monotonic_time () + TICK_US, &restart));
  g_clear_pointer (&self->stream, tutti_stream_free);
  note_card (self);
  return NULL;
}
