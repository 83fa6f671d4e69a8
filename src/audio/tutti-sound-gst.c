/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second way to decode. Only bytes that tutti_sound_sniff () knows come here. */
#include "tutti-sound-decode-private.h"
#include "tutti-sound-shape-private.h"

#include <gst/app/gstappsink.h>
#include <gst/audio/audio.h>

#define STEP (100 * GST_MSECOND)
enum { STEPS_WITHOUT_SOUND = 100 };      /* ten seconds of nothing: the pipeline hangs */

static void
on_pad_added (GstElement *decoder, GstPad *pad, gpointer data)
{
  g_autoptr(GstPad) sink = gst_element_get_static_pad (GST_ELEMENT (data), "sink");

  if (!gst_pad_is_linked (sink))
    gst_pad_link (pad, sink);
}

/* giostreamsrc reads memory and can seek; @sink: (out) (transfer none). */
static GstElement *
build (GBytes *bytes, GstElement **sink, GError **error)
{
  GstElement *pipeline = gst_pipeline_new (NULL);
  GstElement *source = gst_element_factory_make ("giostreamsrc", NULL);
  GstElement *decoder = gst_element_factory_make ("decodebin", NULL);
  GstElement *convert = gst_element_factory_make ("audioconvert", NULL);
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr(GstCaps) audio = gst_caps_from_string ("audio/x-raw");
  g_autoptr(GstCaps) floats = gst_caps_from_string ("audio/x-raw, format=" GST_AUDIO_NE (F32) ", layout=interleaved");

  *sink = gst_element_factory_make ("appsink", NULL);
  if (source == NULL || decoder == NULL || convert == NULL || *sink == NULL)
    {
      gst_clear_object (&source);
      gst_clear_object (&decoder);
      gst_clear_object (&convert);
      gst_clear_object (sink);
      gst_object_unref (pipeline);
      g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_UNSUPPORTED,
                   "This file needs GStreamer's base plugins, which are not installed");
      return NULL;
    }
  g_object_set (source, "stream", stream, NULL);
  g_object_set (*sink, "sync", FALSE, "max-buffers", 16, "caps", floats, NULL);
  gst_bin_add_many (GST_BIN (pipeline), source, decoder, convert, *sink, NULL);
  gst_element_link (source, decoder);
  gst_element_link (convert, *sink);
  g_signal_connect_object (decoder, "pad-added", G_CALLBACK (on_pad_added), convert, 0);
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
    g_set_error (error, TUTTI_SOUND_ERROR, TUTTI_SOUND_ERROR_DAMAGED, "The file cannot be decoded");
  return FALSE;
}

TuttiSound *
tutti_sound_decode_gst (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr(TuttiSoundShape) shape = NULL;
  g_autoptr(GError) local = NULL;
  TuttiSound *sound = NULL;
  GstElement *pipeline, *sink;

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
