/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pulse-box.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <gio/gio.h>
#include <glib/gstdio.h>

#include "tutti-local-time.h"

#define NEAR_FRAMES (2 * 48000)        /* chunks within two seconds decide about a sample's time */
#define NEAR_BURSTS 4096
#define RUN_FRAMES  12000
#define FRAME_BYTES (2 * sizeof (float))
#define BURST_GAP_NS G_GINT64_CONSTANT (1000000)

/* The start of a burst. */
typedef struct
{
  guint64 first;               /* its first sample */
  gint64 arrived_ns;
} Chunk;

struct _PulseBox
{
  char *folder;
  GPtrArray *daemons;          /* of GSubprocess, in order of their start */
  GSubprocess *recorder;       /* while recording */
  GThread *thread;
  GArray *samples;
  GArray *chunks;              /* of Chunk */
  gint64 last_ns;
};

static gboolean
wait_for_socket (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  for (guint i = 0; i < 1000; i++)
    {
      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return TRUE;
      g_usleep (10000);
    }
  return FALSE;
}

static gboolean
start_daemon (PulseBox *box, const char *const *words)
{
  GSubprocess *daemon = g_subprocess_newv (words, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

  if (daemon != NULL)
    g_ptr_array_add (box->daemons, daemon);
  return daemon != NULL;
}

/* Nothing of the machine's own is reachable from here: neither its sound servers nor its buses. */
static void
point_here (const PulseBox *box)
{
  static const char *const folders[] = { "HOME", "XDG_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "PULSE_RUNTIME_PATH",
                                         "PIPEWIRE_RUNTIME_DIR" };
  g_autofree char *bus = g_strdup_printf ("unix:path=%s/bus", box->folder);
  g_autofree char *no_bus = g_strdup_printf ("unix:path=%s/no-bus", box->folder);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    g_setenv (folders[i], box->folder, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", bus, TRUE);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", no_bus, TRUE);
  g_unsetenv ("DISPLAY");
}

/* A null sink that may take back what it has rendered holds it from its monitor until it is played, as far as it knows: up to a block
 * late, by how the blocks happen to lie. So no taking back. */
static gboolean
start_pulseaudio (PulseBox *box)
{
  g_autofree char *protocol = g_strdup_printf ("module-native-protocol-unix socket=%s/native auth-anonymous=1", box->folder);
  const char *words[] = { "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm", "-L", protocol,
                          "-L", "module-null-sink sink_name=out norewinds=1 rate=48000 channels=2 format=float32le", NULL };

  return start_daemon (box, words) && wait_for_socket (box->folder, "native");
}

/* As on a desktop, with the session manager, which does not live without a bus of its own. */
static gboolean
start_pipewire (PulseBox *box)
{
  const char *bus[] = { "dbus-daemon", "--session", "--nofork", "--address", g_getenv ("DBUS_SESSION_BUS_ADDRESS"), NULL };
  const char *pipewire[] = { "pipewire", NULL }, *manager[] = { "wireplumber", NULL }, *pulse[] = { "pipewire-pulse", NULL };
  const char *load[] = { "pactl", "load-module", "module-null-sink", "sink_name=out", "rate=48000", "channels=2", NULL };
  gboolean loaded = FALSE;

  if (!start_daemon (box, bus) || !wait_for_socket (box->folder, "bus") || !start_daemon (box, pipewire) ||
      !wait_for_socket (box->folder, "pipewire-0") || !start_daemon (box, manager) || !start_daemon (box, pulse) ||
      !wait_for_socket (box->folder, "native"))
    return FALSE;
  for (guint i = 0; i < 50 && !loaded; i++)
    {
      g_autoptr (GSubprocess) once = g_subprocess_newv (load, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);

      loaded = once != NULL && g_subprocess_wait_check (once, NULL, NULL);
    }
  return loaded;
}

PulseBox *
pulse_box_new (PulseBoxServer server)
{
  PulseBox *box = g_new0 (PulseBox, 1);
  g_autofree char *address = NULL;

  box->samples = g_array_new (FALSE, FALSE, sizeof (float));
  box->chunks = g_array_new (FALSE, FALSE, sizeof (Chunk));
  box->daemons = g_ptr_array_new_with_free_func (g_object_unref);
  box->folder = g_dir_make_tmp ("tutti-pulse-XXXXXX", NULL);
  address = g_strdup_printf ("unix:%s/native", box->folder);
  point_here (box);
  g_setenv ("PULSE_SERVER", address, TRUE);
  if (server == PULSE_BOX_PIPEWIRE ? start_pipewire (box) : start_pulseaudio (box))
    return box;
  pulse_box_free (box);
  return NULL;
}

/* Appends what has come and when. Thread: the recorder's. */
static void
note_chunk (PulseBox *box, const float *samples, gsize n, gint64 arrived_ns)
{
  Chunk chunk = { box->samples->len / 2, arrived_ns };
  gint64 last_ns = box->chunks->len > 0 ? box->last_ns : G_MININT64 / 2;

  box->last_ns = arrived_ns;
  if (arrived_ns - last_ns > BURST_GAP_NS)
    g_array_append_val (box->chunks, chunk);
  g_array_append_vals (box->samples, samples, n);
}

static gpointer
read_samples (gpointer data)
{
  PulseBox *box = data;
  GInputStream *in = g_subprocess_get_stdout_pipe (box->recorder);
  char bytes[65536];
  gsize have = 0;
  gssize got;

  while ((got = g_input_stream_read (in, bytes + have, sizeof bytes - have, NULL, NULL)) > 0)
    {
      gint64 now_ns = tutti_monotonic_ns ();
      gsize whole;

      have += (gsize) got;
      whole = have - have % FRAME_BYTES;
      note_chunk (box, (const float *) bytes, whole / sizeof (float), now_ns);
      memmove (bytes, bytes + whole, have - whole);
      have -= whole;
    }
  return NULL;
}

/* Not pulsesrc: it cuts what comes into segments of its own, whose phase against the server's blocks, up to a whole segment, then looks
 * like an offset between participants. */
void
pulse_box_record (PulseBox *box)
{
  box->recorder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, "parec", "--raw",
                                    "--device=out.monitor", "--format=float32le", "--rate=48000", "--channels=2", "--latency=4096",
                                    NULL);
  g_assert_nonnull (box->recorder);
  box->thread = g_thread_new ("recorder", read_samples, box);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The time of sample `at`. A server renders a block when its first sample is due, so a burst comes when its first sample plays, or later
 * if somebody was held up: a straight line through the bursts near it, lowered to the earliest tenth of them. */
static double
time_of (const PulseBox *box, double at)
{
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, slope, late[NEAR_BURSTS];
  gint64 base = g_array_index (box->chunks, Chunk, 0).arrived_ns;
  guint first = box->chunks->len, many = 0;

  for (guint i = 0; i < box->chunks->len && n < NEAR_BURSTS; i++)
    {
      const Chunk *chunk = &g_array_index (box->chunks, Chunk, i);
      double x = (double) chunk->first - at, y = (double) (chunk->arrived_ns - base);

      if (fabs (x) > NEAR_FRAMES)
        continue;
      first = MIN (first, i);
      n++;
      sx += x;
      sy += y;
      sxx += x * x;
      sxy += x * y;
    }
  if (n < 2)
    return (double) base;
  slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  for (; many < (guint) n; many++)
    {
      const Chunk *chunk = &g_array_index (box->chunks, Chunk, first + many);

      late[many] = (double) (chunk->arrived_ns - base) - slope * ((double) chunk->first - at);
    }
  qsort (late, many, sizeof late[0], compare_doubles);
  return (double) base + late[many / 10];
}

TuttiRecording *
pulse_box_finish (PulseBox *box)
{
  TuttiRecording *recording = g_new0 (TuttiRecording, 1);

  g_subprocess_force_exit (box->recorder);
  g_thread_join (g_steal_pointer (&box->thread));
  g_subprocess_wait (box->recorder, NULL, NULL);
  g_clear_object (&box->recorder);
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

  for (guint i = box->daemons->len; i > 0; i--)
    {
      g_subprocess_send_signal (box->daemons->pdata[i - 1], SIGTERM);
      g_subprocess_wait (box->daemons->pdata[i - 1], NULL, NULL);
    }
  g_ptr_array_unref (box->daemons);
  g_spawn_command_line_sync (remove_all, NULL, NULL, NULL, NULL);
  g_array_unref (box->samples);
  g_array_unref (box->chunks);
  g_free (box->folder);
  g_free (box);
}
