/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second way to decode. Only bytes that tutti_sound_sniff () knows come here. */
#include "tutti-sound-decode-private.h"
#include "tutti-sound-shape-private.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>
#include <string.h>

#define STEP (100 * GST_MSECOND)
enum { STEPS_WITHOUT_SOUND = 100 };      /* ten seconds of nothing: the pipeline hangs */

/* Named elements and no decodebin: that would try whatever is installed, and waits for ever on some cut files. */
static const char *
chain_for (const guint8 *bytes, gsize n_bytes)
{
  switch (tutti_sound_sniff (bytes, n_bytes))
    {
    case TUTTI_SOUND_FORMAT_OGG:
      /* The first packet lies behind a page header with one segment (RFC 3533). */
      if (n_bytes > 36 && memcmp (bytes + 28, "OpusHead", 8) == 0)
        return "oggdemux ! opusdec";
      return "oggdemux ! vorbisdec";
    case TUTTI_SOUND_FORMAT_MP3:
      return memcmp (bytes, "ID3", 3) == 0 ? "id3demux ! mpegaudioparse ! mpg123audiodec"
                                           : "mpegaudioparse ! mpg123audiodec";
    default:
      return NULL;
    }
}

/* giostreamsrc reads memory and can seek; @sink: (out) (transfer full). */
static GstElement *
build (GBytes *bytes, GstElement **sink, GError **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(GstElement) source = NULL;
  g_autofree char *line = NULL;
  GstElement *pipeline = NULL;
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (bytes, &n_bytes);
  const char *chain = chain_for (data, n_bytes);

  if (chain != NULL)
    {
      line = g_strdup_printf ("giostreamsrc name=source ! %s ! audioconvert ! audio/x-raw, format=" GST_AUDIO_NE (F32)
                              ", layout=interleaved ! appsink name=sink sync=false max-buffers=16", chain);
      pipeline = gst_parse_launch_full (line, NULL, GST_PARSE_FLAG_FATAL_ERRORS, NULL);
    }
  if (pipeline == NULL)
    {
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_UNSUPPORTED,
                   "Reading this file needs a GStreamer plugin that is not installed");
      return NULL;
    }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  *sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  g_object_set (source, "stream", stream, NULL);
  return pipeline;
}

static gboolean
push_sample (GstSample *sample, TuttiSoundShape **shape, GError **error)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstAudioInfo info;
  GstMapInfo map;
  gboolean ok;

  if (!gst_audio_info_from_caps (&info, gst_sample_get_caps (sample)))
    return TRUE;
  if (*shape == NULL)
    *shape = tutti_sound_shape_new (info.rate, info.channels, NULL, error);
  if (*shape == NULL || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return *shape != NULL;
  ok = tutti_sound_shape_push (*shape, (const float *) (gconstpointer) map.data, map.size / (gsize) info.bpf, error);
  gst_buffer_unmap (buffer, &map);
  return ok;
}

/* TRUE at the end of the stream; FALSE with @error. */
static gboolean
pull_all (GstElement *pipeline, GstAppSink *sink, TuttiSoundShape **shape, GCancellable *cancellable, GError **error)
{
  g_autoptr(GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr(GstCaps) first = NULL;
  int patience = STEPS_WITHOUT_SOUND;

  while (patience > 0 && !g_cancellable_set_error_if_cancelled (cancellable, error))
    {
      g_autoptr(GstSample) sample = gst_app_sink_try_pull_sample (sink, STEP);
      g_autoptr(GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

      patience--;
      if (sample != NULL)
        {
          /* A stream that changes its form on the way would be misread by the shape. */
          if (first == NULL)
            first = gst_caps_ref (gst_sample_get_caps (sample));
          if (!gst_caps_is_equal (first, gst_sample_get_caps (sample)) || !push_sample (sample, shape, error))
            break;
          patience = STEPS_WITHOUT_SOUND;
        }
      else if (message != NULL)
        break;
      else if (gst_app_sink_is_eos (sink))
        return TRUE;
    }
  if (error != NULL && *error == NULL)
    g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED,
                 "The file is damaged, or packed in a way that cannot be read");
  return FALSE;
}

TuttiSound *
tutti_sound_decode_gst (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr(TuttiSoundShape) shape = NULL;
  g_autoptr(GError) local = NULL;
  TuttiSound *sound = NULL;
  g_autoptr(GstElement) sink = NULL;
  GstElement *pipeline;

  gst_init (NULL, NULL);
  pipeline = build (bytes, &sink, error);
  if (pipeline == NULL)
    return NULL;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (pull_all (pipeline, GST_APP_SINK (sink), &shape, cancellable, &local) && shape != NULL)
    sound = tutti_sound_shape_finish (shape, TUTTI_SOUND_NOTE_NONE, &local);
  else if (local == NULL)
    g_set_error (&local, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_EMPTY, "There is no sound in the file");
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  if (sound == NULL)
    g_propagate_error (error, g_steal_pointer (&local));
  return sound;
}
