/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-stream.h"

#include <gst/audio/gstaudiobasesink.h>

#define MS               G_GINT64_CONSTANT (1000000)
#define READING_MAX_NS   (MS / 10)     /* a pair that took longer to read says nothing */
#define HELD_UP_NS       (150 * MS)    /* between two ticks: this process stood still */
#define START_WITHIN_NS  (5000 * MS)
#define SKIP_LEAD_NS     (-20 * MS)
#define SKIP_TO_NS       (35 * MS)
#define SKIP_EVERY_NS    (500 * MS)
#define SKIP_READINGS    3

struct _TuttiStream
{
  TuttiSrc *src;               /* owned reference; also a child of the pipeline */
  GstElement *personal;        /* owned reference; likewise */
  GstElement *pipeline;        /* owned */
  GstAudioBaseSink *sink;      /* owned; NULL if the sink is of another kind, then there is nothing to map */
  TuttiSharedClock *clock;     /* owned */
  GstBus *bus;                 /* owned */
  TuttiCardMap *map;           /* owned */

  gboolean playing;
  gint64 started_ns;
  gint64 last_tick_ns;
  guint64 underflows;
  guint good_readings;         /* in a row since the lead was last seen good */
  gint64 skipped_ns;
};

/* A sound server's stream clock needs other rules than a card's own. Known by its latency being the server's: pulsesink alone. */
static TuttiCardKind
kind_of (GstElement *sink)
{
  GstElementFactory *factory = gst_element_get_factory (sink);
  const char *name = factory != NULL ? GST_OBJECT_NAME (factory) : "";

  return g_str_equal (name, "pulsesink") ? TUTTI_CARD_SERVER : TUTTI_CARD_STOPS;
}

TuttiStream *
tutti_stream_new (TuttiSrc *src, GstElement *personal, GstElement *sink, TuttiSharedClock *clock)
{
  TuttiStream *stream = g_new0 (TuttiStream, 1);

  stream->src = gst_object_ref (src);
  stream->personal = gst_object_ref (personal);
  stream->clock = gst_object_ref (clock);
  stream->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  stream->bus = gst_element_get_bus (stream->pipeline);
  stream->map = tutti_card_map_new (kind_of (sink));
  if (GST_IS_AUDIO_BASE_SINK (sink))
    {
      stream->sink = gst_object_ref (GST_AUDIO_BASE_SINK (sink));
      gst_audio_base_sink_set_slave_method (stream->sink, GST_AUDIO_BASE_SINK_SLAVE_NONE);
    }
  tutti_src_set_card_line (src, NULL);
  tutti_src_set_sink (src, stream->sink);
  gst_bin_add_many (GST_BIN (stream->pipeline), GST_ELEMENT (src), personal, sink, NULL);
  gst_element_link_many (GST_ELEMENT (src), personal, sink, NULL);
  gst_pipeline_use_clock (GST_PIPELINE (stream->pipeline), GST_CLOCK (clock));
  /* Base time is ours, once: GStreamer would set it anew after each pause, and the samples' places with it. */
  gst_element_set_start_time (stream->pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_state (stream->pipeline, GST_STATE_PAUSED);
  return stream;
}

void
tutti_stream_free (TuttiStream *stream)
{
  tutti_src_set_card_line (stream->src, NULL);
  gst_element_set_state (stream->pipeline, GST_STATE_NULL);
  gst_bin_remove_many (GST_BIN (stream->pipeline), GST_ELEMENT (stream->src), stream->personal, NULL);
  tutti_src_set_sink (stream->src, NULL);
  gst_object_unref (stream->bus);
  gst_object_unref (stream->pipeline);
  gst_clear_object (&stream->sink);
  gst_object_unref (stream->src);
  gst_object_unref (stream->personal);
  gst_object_unref (stream->clock);
  tutti_card_map_free (stream->map);
  g_free (stream);
}

/* FALSE once the stream is of no use any more. */
static gboolean
read_bus (TuttiStream *stream, GError **problem)
{
  const GstMessageType bad = GST_MESSAGE_ERROR | GST_MESSAGE_EOS;
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (stream->bus, bad);

  if (message == NULL)
    return TRUE;
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    gst_message_parse_error (message, problem, NULL);
  else
    g_set_error_literal (problem, GST_STREAM_ERROR, GST_STREAM_ERROR_FAILED, "the stream ended");
  return FALSE;
}

/* The first buffer waits in PAUSED; only with the device open does the time of sample 0 mean something. */
static TuttiStreamState
go_on_starting (TuttiStream *stream, gint64 now_ns, GError **problem)
{
  GstState state;
  GstStateChangeReturn answer = gst_element_get_state (stream->pipeline, &state, NULL, 0);

  if (stream->started_ns == 0)
    stream->started_ns = now_ns;
  if (answer == GST_STATE_CHANGE_FAILURE || now_ns - stream->started_ns > START_WITHIN_NS)
    {
      if (*problem == NULL)
        g_set_error_literal (problem, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_OPEN_WRITE, "the device does not start");
      return TUTTI_STREAM_FAILED;
    }
  if (answer == GST_STATE_CHANGE_SUCCESS && state == GST_STATE_PAUSED)
    {
      GstClockTime base = gst_clock_get_time (GST_CLOCK (stream->clock));

      gst_element_set_base_time (stream->pipeline, base);
      tutti_src_set_base_time (stream->src, base);
      gst_element_set_state (stream->pipeline, GST_STATE_PLAYING);
    }
  stream->playing = answer == GST_STATE_CHANGE_SUCCESS && state == GST_STATE_PLAYING;
  return stream->playing ? TUTTI_STREAM_PLAYING : TUTTI_STREAM_STARTING;
}

static gboolean
read_pair (TuttiStream *stream, gint64 *card_ns, gint64 *monotonic_ns)
{
  gint64 before = tutti_monotonic_ns (), after;
  GstClockTime internal = gst_clock_get_internal_time (stream->sink->provided_clock);

  after = tutti_monotonic_ns ();
  *card_ns = internal;
  *monotonic_ns = before + (after - before) / 2;
  return GST_CLOCK_TIME_IS_VALID (internal) && internal > 0 && after - before <= READING_MAX_NS;
}

/* A stream that fell behind its card catches up only by skipping, and only once the card's clock is known again. */
static void
consider_skipping (TuttiStream *stream, const TuttiSrcState *state, gint64 now_ns)
{
  if (!state->playing || state->lead_ns >= SKIP_LEAD_NS)
    stream->good_readings = 0;
  else if (stream->good_readings >= SKIP_READINGS && now_ns - stream->skipped_ns >= SKIP_EVERY_NS)
    {
      tutti_src_skip_to_lead (stream->src, SKIP_TO_NS);
      stream->skipped_ns = now_ns;
      stream->good_readings = 0;
    }
}

static void
read_card (TuttiStream *stream, gint64 now_ns)
{
  gint64 card_ns, monotonic_ns;
  TuttiSrcState state;
  TuttiCardLine line;

  tutti_src_peek_state (stream->src, &state);
  if ((stream->last_tick_ns != 0 && now_ns - stream->last_tick_ns > HELD_UP_NS) || state.underflows != stream->underflows)
    tutti_card_map_disturbed (stream->map, now_ns);
  stream->underflows = state.underflows;
  stream->last_tick_ns = now_ns;
  if (!read_pair (stream, &card_ns, &monotonic_ns))
    return;
  if (tutti_card_map_add (stream->map, card_ns, monotonic_ns) == TUTTI_CARD_IGNORED)
    stream->good_readings = 0;
  else
    stream->good_readings++;
  if (tutti_card_map_get_line (stream->map, &line))
    tutti_src_set_card_line (stream->src, &line);
  consider_skipping (stream, &state, now_ns);
}

TuttiStreamState
tutti_stream_tick (TuttiStream *stream, gint64 now_ns, GError **problem)
{
  if (!read_bus (stream, problem))
    return TUTTI_STREAM_FAILED;
  if (!stream->playing)
    return go_on_starting (stream, now_ns, problem);
  if (stream->sink != NULL)
    read_card (stream, now_ns);
  return TUTTI_STREAM_PLAYING;
}

void
tutti_stream_mute_until_read (TuttiStream *stream)
{
  tutti_src_set_card_line (stream->src, NULL);
  tutti_card_map_drop (stream->map);
}

void
tutti_stream_get_card (TuttiStream *stream, TuttiStreamCard *card)
{
  TuttiCardLine line = { 0 };

  *card = (TuttiStreamCard) { .mapped = tutti_card_map_get_line (stream->map, &line) };
  card->slope = line.slope;
  card->resets = line.resets;
  card->noise_ns = tutti_card_map_get_noise_ns (stream->map);
  card->coarse = tutti_card_map_is_coarse (stream->map);
}
