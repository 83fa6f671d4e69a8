/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hears what a machine's null sink plays: FILE. Says "sound" when there is some, "second" after each one recorded from there
 * on and, told to stop by SIGTERM, writes what it heard: the number of chunks, each chunk's last sample and arrival
 * (nanoseconds of this machine's monotonic clock), all int64, and then the sum of both sides as floats. */
#include <gst/gst.h>
#include <glib-unix.h>
#include <math.h>
#include <stdio.h>

#define AUDIBLE 1e-3f
#define RATE 48000

typedef struct
{
  GMutex    lock;
  GArray   *samples;               /* float */
  GArray   *chunks;                /* of two gint64 */
  gboolean  heard;
  guint     since;                 /* frames since the last "second" */
  GMainLoop *loop;
} Ear;

static GstPadProbeReturn
on_chunk (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Ear *ear = data;
  gint64 chunk[2] = { 0, g_get_monotonic_time () * 1000 };
  GstMapInfo map;

  if (!gst_buffer_map (GST_PAD_PROBE_INFO_BUFFER (info), &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  const float *stereo = (const float *) map.data;

  g_mutex_lock (&ear->lock);
  for (gsize i = 0; i < map.size / sizeof (float) / 2; i++)
    {
      float sum = stereo[2 * i] + stereo[2 * i + 1];

      g_array_append_val (ear->samples, sum);
      if (!ear->heard && fabsf (sum) > AUDIBLE)
        {
          ear->heard = TRUE;
          g_print ("sound\n");
        }
      if (ear->heard && ++ear->since == RATE)
        {
          ear->since = 0;
          g_print ("second\n");
        }
    }
  chunk[0] = ear->samples->len;
  g_array_append_vals (ear->chunks, chunk, 2);
  g_mutex_unlock (&ear->lock);
  gst_buffer_unmap (GST_PAD_PROBE_INFO_BUFFER (info), &map);
  return GST_PAD_PROBE_OK;
}

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
save (const Ear *ear, const char *path)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();

  gint64 n = ear->chunks->len / 2;

  g_byte_array_append (bytes, (const guint8 *) &n, sizeof n);
  g_byte_array_append (bytes, (const guint8 *) ear->chunks->data, ear->chunks->len * sizeof (gint64));
  g_byte_array_append (bytes, (const guint8 *) ear->samples->data, ear->samples->len * sizeof (float));
  return g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL);
}

int
main (int argc, char **argv)
{
  Ear ear = { .samples = g_array_new (FALSE, FALSE, sizeof (float)),
              .chunks = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  g_autoptr(GError) error = NULL;

  setvbuf (stdout, NULL, _IOLBF, 0);
  gst_init (&argc, &argv);
  ear.loop = g_main_loop_new (NULL, FALSE);
  g_unix_signal_add (SIGTERM, on_signal, ear.loop);
  GstElement *pipeline = gst_parse_launch ("pulsesrc device=tutti.monitor buffer-time=40000 latency-time=5000 provide-clock=false "
                                           "slave-method=none ! audio/x-raw,format=F32LE,rate=48000,channels=2 ! "
                                           "fakesink name=end sync=false", &error);

  if (pipeline == NULL)
    g_error ("%s", error->message);
  g_autoptr(GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "end");
  g_autoptr(GstPad) pad = gst_element_get_static_pad (sink, "sink");

  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_chunk, &ear, NULL);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  g_main_loop_run (ear.loop);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_main_loop_unref (ear.loop);
  gboolean saved = save (&ear, argv[1]);

  g_array_unref (ear.samples);
  g_array_unref (ear.chunks);
  return saved ? 0 : 1;
}
