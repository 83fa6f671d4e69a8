/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulse-box.h"

#include <math.h>
#include <signal.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tutti-local-time.h"

#define NEAR_FRAMES (2 * 48000)        /* chunks within two seconds decide about a sample's time */
#define RUN_FRAMES  12000

typedef struct
{
  guint64 end;                 /* samples so far */
  gint64 arrived_ns;
} Chunk;

struct _PulseBox
{
  char *folder;
  GSubprocess *daemon;
  GstElement *pipeline;
  GMutex lock;
  GArray *samples;
  GArray *chunks;
};

static gboolean
wait_for_socket (const char *path)
{
  for (guint i = 0; i < 500; i++)
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

PulseBox *
pulse_box_new (void)
{
  PulseBox *box = g_new0 (PulseBox, 1);
  g_autofree char *socket = NULL, *protocol = NULL, *server = NULL;

  g_mutex_init (&box->lock);
  box->samples = g_array_new (FALSE, FALSE, sizeof (float));
  box->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  box->folder = g_dir_make_tmp ("tutti-pulse-XXXXXX", NULL);
  socket = g_build_filename (box->folder, "native", NULL);
  protocol = g_strdup_printf ("module-native-protocol-unix socket=%s auth-anonymous=1", socket);
  server = g_strdup_printf ("unix:%s", socket);
  g_setenv ("HOME", box->folder, TRUE);
  g_setenv ("XDG_RUNTIME_DIR", box->folder, TRUE);
  g_setenv ("XDG_CONFIG_HOME", box->folder, TRUE);
  g_setenv ("PULSE_RUNTIME_PATH", box->folder, TRUE);
  g_unsetenv ("DISPLAY");
  g_unsetenv ("DBUS_SESSION_BUS_ADDRESS");
  box->daemon = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "pulseaudio", "-n",
                                  "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm", "-L", protocol, "-L",
                                  "module-null-sink sink_name=out rate=48000 channels=2 format=float32le", NULL);
  g_setenv ("PULSE_SERVER", server, TRUE);
  if (box->daemon == NULL || !wait_for_socket (socket))
    {
      pulse_box_free (box);
      return NULL;
    }
  return box;
}

static GstPadProbeReturn
on_chunk (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  PulseBox *box = data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  Chunk chunk = { 0, tutti_monotonic_ns () };
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_PAD_PROBE_OK;
  g_mutex_lock (&box->lock);
  g_array_append_vals (box->samples, map.data, map.size / sizeof (float));
  chunk.end = box->samples->len / 2;
  g_array_append_val (box->chunks, chunk);
  g_mutex_unlock (&box->lock);
  gst_buffer_unmap (buffer, &map);
  return GST_PAD_PROBE_OK;
}

void
pulse_box_record (PulseBox *box)
{
  g_autoptr (GstElement) sink = NULL;
  g_autoptr (GstPad) pad = NULL;

  box->pipeline = gst_parse_launch ("pulsesrc device=out.monitor buffer-time=40000 latency-time=5000 provide-clock=false slave-method=none "
                                    "! audio/x-raw,format=F32LE,rate=48000,channels=2 ! fakesink name=end sync=false",
                                    NULL);
  sink = gst_bin_get_by_name (GST_BIN (box->pipeline), "end");
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_chunk, box, NULL);
  gst_element_set_state (box->pipeline, GST_STATE_PLAYING);
}

/* The time of sample `at`: a straight line through the arrivals near it. */
static double
time_of (const PulseBox *box, double at)
{
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  gint64 base = g_array_index (box->chunks, Chunk, 0).arrived_ns;

  for (guint i = 0; i < box->chunks->len; i++)
    {
      const Chunk *chunk = &g_array_index (box->chunks, Chunk, i);
      double x = (double) chunk->end - at, y = (double) (chunk->arrived_ns - base);

      if (fabs (x) > NEAR_FRAMES)
        continue;
      n++;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
  return n < 2 ? (double) base : (double) base + (sxx * sy - sx * sxy) / (n * sxx - sx * sx);
}

TuttiRecording *
pulse_box_finish (PulseBox *box)
{
  TuttiRecording *recording = g_new0 (TuttiRecording, 1);

  gst_element_set_state (box->pipeline, GST_STATE_NULL);
  gst_clear_object (&box->pipeline);
  recording->frame_ns = 1e9 / 48000;
  recording->n_frames = box->samples->len / 2;
  recording->stereo = g_memdup2 (box->samples->data, box->samples->len * sizeof (float));
  recording->runs = g_array_new (FALSE, FALSE, sizeof (TuttiVirtualRun));
  for (guint64 first = 0; first < MAX (recording->n_frames, 1); first += RUN_FRAMES)
    {
      TuttiVirtualRun run = { first, box->chunks->len > 0 ? time_of (box, (double) first) : 0 };

      g_array_append_val (recording->runs, run);
    }
  return recording;
}

void
pulse_box_free (PulseBox *box)
{
  g_autofree char *remove_all = g_strdup_printf ("rm -r %s", box->folder);

  if (box->daemon != NULL)
    {
      g_subprocess_send_signal (box->daemon, SIGTERM);
      g_subprocess_wait (box->daemon, NULL, NULL);
      g_object_unref (box->daemon);
    }
  g_spawn_command_line_sync (remove_all, NULL, NULL, NULL, NULL);
  g_array_unref (box->samples);
  g_array_unref (box->chunks);
  g_mutex_clear (&box->lock);
  g_free (box->folder);
  g_free (box);
}
