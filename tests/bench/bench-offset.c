/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Audible offset between participants in different processes. The bench starts itself once a participant; each plays the measuring
 * synth on a virtual card and tells the true time of each beat it played. A beat's offset is the guest's time minus the host's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include <gio/gio.h>
#include <gst/gst.h>

#include "bench-row.h"
#include "pulse-box.h"
#include "tutti-net-time.h"
#include "tutti-output.h"
#include "tutti-test-synth.h"
#include "udp-proxy.h"

#define MAX_BEATS   8192
#define SETTLED_S   15                 /* not counted: what a participant needs to be in time is a figure of its own */
#define BEAT_NS     (TUTTI_TEST_BEAT * 1e9 / 48000)

static int option_seconds = 60;
static double option_ppm, option_clock_ppm;
static gint64 option_epoch_s, option_origin;
static int option_follow;
static char *option_role, *option_out;
static gboolean option_pulse, option_pipewire;
static GOptionEntry options[] = {
  { "seconds", 's', 0, G_OPTION_ARG_INT, &option_seconds, "How long to play", "S" },
  { "pulse", 'p', 0, G_OPTION_ARG_NONE, &option_pulse, "Through a private PulseAudio each instead of the virtual card", NULL },
  { "pipewire", 0, 0, G_OPTION_ARG_NONE, &option_pipewire, "Through a private PipeWire each instead of the virtual card", NULL },
  { "role", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &option_role, "", NULL },
  { "out", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &option_out, "", NULL },
  { "ppm", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &option_ppm, "", NULL },
  { "clock-ppm", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &option_clock_ppm, "", NULL },
  { "epoch", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT64, &option_epoch_s, "", NULL },
  { "origin", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT64, &option_origin, "", NULL },
  { "follow", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &option_follow, "", NULL },
  { NULL },
};

/* ---- a participant ---- */

typedef struct
{
  GMainLoop *loop;
  TuttiNetTime *time;
  TuttiOutput *output;
  GstElement *card;            /* the only one: the output makes it once */
  PulseBox *box;               /* or this */
  gint64 started_ns;
  double first_in_time_s;
} Participant;

static GstElement *
make_card (gpointer data)
{
  Participant *participant = data;
  GstElement *card = tutti_virtual_card_new (option_ppm, (guint32) option_ppm + 1000, 0, 0);

  gst_object_replace ((GstObject **) &participant->card, GST_OBJECT (card));
  return card;
}

static gboolean
on_quit (gpointer data)
{
  Participant *participant = data;

  g_main_loop_quit (participant->loop);
  return G_SOURCE_REMOVE;
}

/* A guest plays as soon as its fit is settled: eight observations. */
static gboolean
on_poll (gpointer data)
{
  Participant *participant = data;
  TuttiNetTimeState state;

  tutti_net_time_get_state (participant->time, &state);
  if (!state.fit.settled)
    return G_SOURCE_CONTINUE;
  tutti_output_start (participant->output);
  return G_SOURCE_REMOVE;
}

static TuttiRecording *
take_recording (Participant *participant)
{
  return participant->box != NULL ? pulse_box_finish (participant->box)
                                  : tutti_virtual_card_steal_recording (TUTTI_VIRTUAL_CARD (participant->card));
}

static void
tell_findings (Participant *participant, TuttiTestSynth *synth, TuttiRecording *recording, const TuttiOutputStats *stats)
{
  guint underruns = participant->card != NULL ? tutti_virtual_card_get_underruns (TUTTI_VIRTUAL_CARD (participant->card)) : 0;
  guint64 settled = 0;
  TuttiTestFindings *findings;
  FILE *out = fopen (option_out, "w");

  g_assert_nonnull (out);
  while (settled < recording->n_frames && recording->stereo[2 * settled] == 0)
    settled++;
  /* In its first second a participant may still cross-fade into place. */
  findings = tutti_test_findings_new (recording, settled + 48000);
  fprintf (out, "N %u %.2f %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %.3f %.2f %.1f %u\n", findings->glitches, findings->sideband_dbc,
           underruns, stats->underflows, stats->jumps,
           ((double) tutti_recording_time_ns (recording, (double) settled) - (double) participant->started_ns) / 1e9,
           stats->card_ppm, stats->card_noise_us, synth->gaps);
  for (guint i = 0; i < findings->beat_frames->len; i++)
    {
      double time_ns = tutti_recording_time_ns (recording, g_array_index (findings->beat_frames, double, i)) - (double) option_origin;

      fprintf (out, "B %ld %.0f\n", lrint (time_ns / BEAT_NS), time_ns);
    }
  for (guint i = 0; i < TUTTI_TEST_SECONDS; i++)
    if (tutti_test_synth_fingerprint (synth, i) != 0)
      fprintf (out, "F %u %" G_GUINT64_FORMAT "\n", i, tutti_test_synth_fingerprint (synth, i));
  fclose (out);
  tutti_test_findings_free (findings);
}

static int
be_participant (void)
{
  TuttiLocalTime local = { option_clock_ppm * 1e-6, option_epoch_s * G_GINT64_CONSTANT (1000000000) };
  TuttiRenderer renderer;
  TuttiTestSynth *synth = tutti_test_synth_new (&renderer);
  Participant participant = { .loop = g_main_loop_new (NULL, FALSE), .started_ns = tutti_monotonic_ns () };
  g_autoptr (TuttiRecording) recording = NULL;
  TuttiOutputStats stats;
  g_autoptr (GError) error = NULL;
  guint16 port;

  participant.time = tutti_net_time_new (&local);
  port = tutti_net_time_serve (participant.time, 0, &error);
  g_assert_no_error (error);
  g_print ("%u\n", port);
  fflush (stdout);
  if (option_follow != 0)
    tutti_net_time_follow (participant.time, "127.0.0.1", option_follow, &error);
  g_assert_no_error (error);
  if (option_pulse || option_pipewire)
    {
      participant.box = pulse_box_new (option_pipewire ? PULSE_BOX_PIPEWIRE : PULSE_BOX_PULSEAUDIO);
      g_assert_nonnull (participant.box);
      pulse_box_record (participant.box);
      g_usleep (3 * G_USEC_PER_SEC);           /* a null sink that nobody uses runs in blocks of two seconds at first */
    }
  participant.output = tutti_output_new (&renderer, tutti_net_time_get_clock (participant.time), option_origin,
                                         participant.box != NULL ? NULL : make_card, &participant);
  g_timeout_add (10, on_poll, &participant);
  g_timeout_add (1000 * option_seconds, on_quit, &participant);
  g_main_loop_run (participant.loop);
  tutti_output_get_stats (participant.output, &stats);
  recording = take_recording (&participant);   /* before the stream ends: a null sink without one runs at another rate */
  tutti_output_stop (participant.output);
  tell_findings (&participant, synth, recording, &stats);
  g_object_unref (participant.output);
  g_object_unref (participant.time);
  gst_clear_object (&participant.card);
  g_clear_pointer (&participant.box, pulse_box_free);
  g_main_loop_unref (participant.loop);
  tutti_test_synth_free (synth);
  return 0;
}

/* ---- the bench ---- */

typedef struct
{
  const char *name;
  double delay_ms, jitter_ms, loss;
  double card_ppm, clock_ppm;
  gint64 epoch_s;
  guint32 seed;
  double bound_us;
  GSubprocess *process;
  UdpProxy *proxy;
  char *out;

  guint glitches, underruns, n_beats, doubled, gaps;
  guint64 underflows, jumps;
  double sideband, first_s, measured_ppm, noise_us;
  double beats[MAX_BEATS];
  guint64 fingerprints[TUTTI_TEST_SECONDS];
  double p99, median;          /* µs */
  guint different;             /* seconds whose fingerprint is not the host's */
} Peer;

static Peer peers[] = {
  { "host", 0, 0, 0, 30, 0, 0, 0, 0 },
  { "clean, card +100", 0, 0, 0, 100, 0, 5000, 0, 100 },
  { "clean, card -100, clock +200", 0, 0, 0, -100, 200, 77, 0, 100 },
  { "2±1 ms, card +100, clock -50", 2, 1, 0, 100, -50, 100000, 11, 200 },
  { "10±5 ms 1 %, card -100, seed 1", 10, 5, 0.01, -100, 50, 0, 1, 0 },
  { "10±5 ms 1 %, card +100, seed 2", 10, 5, 0.01, 100, 0, 9000, 2, 0 },
  { "10±5 ms 1 %, card -60, seed 3", 10, 5, 0.01, -60, 200, 3, 3, 0 },
};

static GSubprocess *
start_peer (const char *self, Peer *peer, gint64 origin, guint16 follow, guint16 *port)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ppm = g_strdup_printf ("--ppm=%g", peer->card_ppm);
  g_autofree char *clock_ppm = g_strdup_printf ("--clock-ppm=%g", peer->clock_ppm);
  g_autofree char *epoch = g_strdup_printf ("--epoch=%" G_GINT64_FORMAT, peer->epoch_s);
  g_autofree char *start = g_strdup_printf ("--origin=%" G_GINT64_FORMAT, origin);
  g_autofree char *server = g_strdup_printf ("--follow=%u", follow);
  g_autofree char *seconds = g_strdup_printf ("--seconds=%d", option_seconds);
  g_autofree char *out = g_strdup_printf ("--out=%s", peer->out);
  g_autofree char *line = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, self, "--role=peer", ppm, clock_ppm, epoch, start,
                                           server, seconds, out, option_pulse ? "--pulse" : option_pipewire ? "--pipewire" : NULL, NULL);
  g_autoptr (GDataInputStream) told = NULL;

  g_assert_no_error (error);
  told = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  line = g_data_input_stream_read_line (told, NULL, NULL, NULL);
  *port = line != NULL ? (guint16) g_ascii_strtoull (line, NULL, 10) : 0;
  return process;
}

static void
read_findings (Peer *peer)
{
  FILE *in = fopen (peer->out, "r");
  char kind;

  while (in != NULL && fscanf (in, " %c", &kind) == 1)
    {
      long beat = -1;
      double time_ns = 0;
      guint second = 0;
      guint64 print = 0;

      if (kind == 'N' && fscanf (in, "%u %lf %u %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %lf %lf %lf %u",
                                 &peer->glitches, &peer->sideband,
                                 &peer->underruns, &peer->underflows, &peer->jumps, &peer->first_s, &peer->measured_ppm, &peer->noise_us,
                                 &peer->gaps) != 9)
        break;
      if (kind == 'B' && fscanf (in, "%ld %lf", &beat, &time_ns) == 2 && beat >= 0 && beat < MAX_BEATS)
        {
          peer->doubled += peer->beats[beat] != 0;
          peer->beats[beat] = time_ns;
          peer->n_beats++;
        }
      if (kind == 'F' && fscanf (in, "%u %" G_GUINT64_FORMAT, &second, &print) == 2 && second < TUTTI_TEST_SECONDS)
        peer->fingerprints[second] = print;
    }
  if (in != NULL)
    fclose (in);
}

static int
compare_doubles (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* How late the host itself plays by the kernel's clock: what its sound server does not tell. Median of its settled beats. */
static double
absolute_us (const Peer *host)
{
  double late[MAX_BEATS];
  guint n = 0, beats = 0;

  for (guint i = 0; i < MAX_BEATS; i++)
    if (host->beats[i] != 0 && ++beats > SETTLED_S * 4)
      late[n++] = (host->beats[i] - i * BEAT_NS) / 1e3;
  qsort (late, n, sizeof late[0], compare_doubles);
  return n > 0 ? late[n / 2] : 0;
}

static void
compare (const Peer *host, Peer *peer)
{
  double offsets[MAX_BEATS], sizes[MAX_BEATS];
  guint n = 0, missing = 0, same = 0, different = 0;
  gint64 first_beat = -1;

  for (guint i = 0; i < MAX_BEATS; i++)
    {
      if (peer->beats[i] != 0 && first_beat < 0)
        first_beat = i;
      if (first_beat < 0 || i < first_beat + SETTLED_S * 4 || i + 8 > MAX_BEATS || host->beats[i + 4] == 0)
        continue;
      missing += peer->beats[i] == 0 && peer->beats[i + 4] != 0;
      if (peer->beats[i] == 0 || host->beats[i] == 0)
        continue;
      offsets[n] = (peer->beats[i] - host->beats[i]) / 1e3;
      sizes[n] = fabs (offsets[n]);
      n++;
    }
  for (guint i = 0; i < TUTTI_TEST_SECONDS; i++)
    if (host->fingerprints[i] != 0 && peer->fingerprints[i] != 0)
      {
        same += host->fingerprints[i] == peer->fingerprints[i];
        different += host->fingerprints[i] != peer->fingerprints[i];
      }
  qsort (offsets, n, sizeof offsets[0], compare_doubles);
  qsort (sizes, n, sizeof sizes[0], compare_doubles);
  if (n == 0)
    {
      printf ("%-32s no beats\n", peer->name);
      peer->p99 = peer->median = INFINITY;
      return;
    }
  peer->p99 = sizes[(guint) ((n - 1) * 0.99)];
  peer->median = offsets[n / 2];
  peer->different = different;
  printf ("%-32s %4u %7.1f %7.1f %7.1f %8.1f %8.1f %5u %4u %4u %5u %4u/%-4u %7.1f %5.2f %5lu %5lu %7.1f\n", peer->name, n, offsets[n / 2],
           offsets[(guint) ((n - 1) * 0.01)], offsets[(guint) ((n - 1) * 0.99)], peer->p99, sizes[n - 1], peer->glitches, missing,
           peer->doubled, peer->gaps, same, same + different, peer->sideband, peer->first_s,
           (gulong) (peer->underruns + peer->underflows), (gulong) peer->jumps, peer->noise_us);
}

/* A sound daemon each is heavy: one of each link is enough to see whether it works. */
static gboolean
takes_part (const Peer *peer)
{
  return !(option_pulse || option_pipewire) || (peer->seed <= 1 || peer->seed == 11);
}

/* The quiet figure of a link is that of its worst participant. */
static double
worst_of (double delay_ms)
{
  double worst = 0;

  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    if (takes_part (&peers[i]) && peers[i].delay_ms == delay_ms)
      worst = MAX (worst, peers[i].p99);
  return worst;
}

static double
median_of_bad_links (void)
{
  double p99[G_N_ELEMENTS (peers)];
  guint n = 0;

  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    if (peers[i].delay_ms == 10)
      p99[n++] = peers[i].p99;
  qsort (p99, n, sizeof p99[0], compare_doubles);
  return p99[n / 2];
}

static void
print_card_rows (void)
{
  guint glitches = peers[0].glitches, underruns = peers[0].underruns, wrong = 0;
  double sideband = -INFINITY;

  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    {
      glitches += peers[i].glitches;
      underruns += peers[i].underruns;
      wrong += peers[i].different;
      if (peers[i].delay_ms == 0)
        sideband = MAX (sideband, peers[i].sideband);
    }
  bench_row ("Audio offset, clean LAN, p99", worst_of (0), 100, "µs");
  bench_row ("Audio offset, 2±1 ms, p99", worst_of (2), 200, "µs");
  bench_row ("Audio offset, 10±5 ms with 1 % loss, p99, median of three seeds", median_of_bad_links (), 1000, "µs");
  bench_row ("Dropped or doubled samples, 7 participants", glitches, 0, "");
  bench_row_plain ("- of them in underruns of a machine that was held up, at most", 2 * underruns, "");
  bench_row ("Output stage sidebands, clean LAN", sideband, -100, "dBc");
  bench_row ("Seconds whose fingerprints differ, 6 guests", wrong, 0, "");
}

static void
print_server_row (const char *server, const char *what, double measured, double goal)
{
  g_autofree char *name = g_strdup_printf ("Audio offset through %s, %s", server, what);

  bench_row (name, measured, goal, "ms");
}

/* Goals: what a prototype reached on a quiet machine. */
static void
print_server_rows (void)
{
  const char *server = option_pipewire ? "PipeWire" : "PulseAudio";
  double goal = option_pipewire ? 3 : 0.53, constant = 0;

  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    if (takes_part (&peers[i]))
      constant = MAX (constant, fabs (peers[i].median));
  print_server_row (server, "clean LAN, p99", worst_of (0) / 1e3, goal);
  print_server_row (server, "2±1 ms, p99", worst_of (2) / 1e3, goal);
  print_server_row (server, "10±5 ms with 1 % loss, p99", worst_of (10) / 1e3, goal + 1);
  print_server_row (server, "largest constant (median)", constant / 1e3, 1);
}

static int
run_bench (const char *self)
{
  g_autofree char *folder = g_dir_make_tmp ("tutti-offset-XXXXXX", NULL);
  gint64 origin = tutti_monotonic_ns () / 1000000000 * 1000000000;
  guint16 host_port = 0, ignored;

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      if (!takes_part (&peers[i]))
        continue;
      peers[i].out = g_strdup_printf ("%s/%u", folder, i);
      if (i > 0 && (peers[i].delay_ms > 0 || peers[i].loss > 0))
        peers[i].proxy = udp_proxy_new (host_port, peers[i].delay_ms, peers[i].jitter_ms, peers[i].loss, peers[i].seed);
      peers[i].process = start_peer (self, &peers[i], origin, i == 0 ? 0 : peers[i].proxy ? udp_proxy_get_port (peers[i].proxy) : host_port,
                                     i == 0 ? &host_port : &ignored);
    }
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      if (!takes_part (&peers[i]))
        continue;
      g_subprocess_wait (peers[i].process, NULL, NULL);
      g_clear_pointer (&peers[i].proxy, udp_proxy_free);
      read_findings (&peers[i]);
      remove (peers[i].out);
    }
  remove (folder);
  printf ("%-32s %4s %7s %7s %7s %8s %8s %5s %4s %4s %5s %9s %7s %5s %5s %5s %7s\n", "offset to the host, µs", "n", "median", "p1", "p99",
           "|p99|", "|max|", "glit", "miss", "dbl", "gaps", "same bits", "side dB", "1st s", "under", "jumps", "card µs");
  printf ("%-32s absolute median %.0f µs, glitches %u, sidebands %.1f dBc, underruns %u, jumps %lu\n", "host", absolute_us (&peers[0]),
          peers[0].glitches, peers[0].sideband, peers[0].underruns, (gulong) peers[0].jumps);
  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    if (takes_part (&peers[i]))
      compare (&peers[0], &peers[i]);
  if (option_pulse || option_pipewire)
    print_server_rows ();
  else
    print_card_rows ();
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- audible offset between participants");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  gst_init (NULL, NULL);
  return option_role != NULL ? be_participant () : run_bench (argv[0]);
}
