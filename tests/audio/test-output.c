/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include <gst/gst.h>

#include "tutti-net-time.h"
#include "tutti-output.h"
#include "tutti-src.h"
#include "tutti-test-synth.h"

#define SECOND G_GINT64_CONSTANT (1000000000)

typedef struct
{
  TuttiNetTime *time;
  TuttiOutput *output;
  TuttiTestSynth *synth;
  GstElement *card;            /* the newest */
  double ppm;
  guint made;
  guint fail_first;            /* sinks that cannot be opened before one can */
  guint hold_ms;               /* after a second of sound the card gets nothing for so long */
} Peer;

static GstElement *
make_card (gpointer data)
{
  Peer *peer = data;
  GstElement *card;

  if (peer->made++ < peer->fail_first)
    return NULL;
  card = tutti_virtual_card_new (peer->ppm, peer->made, peer->hold_ms > 0 ? 48000 : 0, peer->hold_ms);
  gst_object_replace ((GstObject **) &peer->card, GST_OBJECT (card));
  return card;
}

static void
peer_init (Peer *peer, const TuttiLocalTime *local, gint64 origin_ns)
{
  TuttiRenderer renderer;

  peer->time = tutti_net_time_new (local);
  peer->synth = tutti_test_synth_new (&renderer);
  peer->output = tutti_output_new (&renderer, tutti_net_time_get_clock (peer->time), origin_ns, make_card, peer);
}

static void
peer_clear (Peer *peer)
{
  g_object_unref (peer->output);
  g_object_unref (peer->time);
  gst_clear_object (&peer->card);
  tutti_test_synth_free (peer->synth);
}

static gboolean
wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main context until `ready` says so; a hang is the test's time-out, not a guess of ours. */
static void
wait_until (gboolean (*ready) (gpointer data), gpointer data)
{
  guint ticking = g_timeout_add (10, wake, NULL);

  while (!ready (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticking);
}

static gboolean
is_settled (gpointer data)
{
  Peer *peer = data;
  TuttiNetTimeState state;

  tutti_net_time_get_state (peer->time, &state);
  return state.fit.settled;
}

static gboolean
is_in_time (gpointer data)
{
  Peer *peer = data;
  TuttiOutputStats stats;

  tutti_output_get_stats (peer->output, &stats);
  return stats.in_time;
}

typedef struct
{
  Peer *peer;
  guint wanted;
  guint64 from, looked_at;     /* frames of the card */
} Beats;

/* As many beats as wanted were played after `from`. Looked for twice a second of sound; a machine that is held up takes longer. */
static gboolean
has_beats (gpointer data)
{
  Beats *beats = data;
  TuttiVirtualCard *card = TUTTI_VIRTUAL_CARD (beats->peer->card);
  guint after = 0;

  if (tutti_virtual_card_get_written (card) < beats->looked_at + 24000)
    return FALSE;
  g_autoptr (TuttiRecording) recording = tutti_virtual_card_copy_recording (card);
  TuttiTestFindings *findings = tutti_test_findings_new (recording, 0);
  for (guint i = 0; i < findings->beat_frames->len; i++)
    after += g_array_index (findings->beat_frames, double, i) > (double) beats->from;
  tutti_test_findings_free (findings);
  beats->looked_at = recording->n_frames;
  return after >= beats->wanted;
}

/* Every beat that was played is the next one; a machine held up for longer than the card's buffer (counted) may leave some out. */
static void
check_recording (Peer *peer, gint64 origin_ns, const char *who)
{
  g_autoptr (TuttiRecording) recording = tutti_virtual_card_steal_recording (TUTTI_VIRTUAL_CARD (peer->card));
  guint underruns = tutti_virtual_card_get_underruns (TUTTI_VIRTUAL_CARD (peer->card));
  TuttiTestFindings *findings;
  TuttiOutputStats stats;
  guint64 from = 0;
  glong last = -1;

  tutti_output_get_stats (peer->output, &stats);
  while (from < recording->n_frames && recording->stereo[2 * from] == 0)
    from++;
  findings = tutti_test_findings_new (recording, from + 200);
  g_test_message ("%s: %u beats, %u glitches, %u underruns, %u jumps", who, findings->beat_frames->len, findings->glitches, underruns,
                  (guint) stats.jumps);
  g_assert_cmpuint (findings->beat_frames->len, >, 8);
  for (guint i = 0; i < findings->beat_frames->len; i++)
    {
      double played_ns = tutti_recording_time_ns (recording, g_array_index (findings->beat_frames, double, i));
      glong beat = lrint ((played_ns - (double) origin_ns) / 250e6);

      if (last >= 0 && underruns == 0 && stats.jumps == 0)
        g_assert_cmpint (beat, ==, last + 1);
      last = beat;
    }
  if (underruns == 0 && stats.jumps == 0)
    g_assert_cmpuint (findings->glitches, ==, 0);
  tutti_test_findings_free (findings);
}

/* Host and guest, cards ±100 ppm, a foreign epoch and a fast crystal: the same bits in every whole second, each beat once, each frame
 * rendered once. How far they are apart is the bench's business. */
static void
test_host_and_guest (void)
{
  gint64 origin_ns = tutti_monotonic_ns () / SECOND * SECOND;
  TuttiLocalTime foreign = { 200e-6, 100000 * SECOND };
  Peer host = { .ppm = 100 }, guest = { .ppm = -100 };
  g_autoptr (GError) error = NULL;
  guint same = 0;
  guint16 port;

  peer_init (&host, NULL, origin_ns);
  peer_init (&guest, &foreign, origin_ns);
  port = tutti_net_time_serve (host.time, 0, &error);
  g_assert_no_error (error);
  tutti_output_start (host.output);
  g_assert_true (tutti_net_time_follow (guest.time, "127.0.0.1", port, &error));
  wait_until (is_settled, &guest);
  tutti_output_start (guest.output);
  wait_until (is_in_time, &guest);
  wait_until (has_beats, &(Beats) { .peer = &guest, .wanted = 12 });
  wait_until (has_beats, &(Beats) { .peer = &host, .wanted = 12 });
  tutti_output_stop (guest.output);
  tutti_output_stop (host.output);

  for (gint64 second = 0; second < TUTTI_TEST_SECONDS; second++)
    if (tutti_test_synth_fingerprint (guest.synth, second) != 0 && tutti_test_synth_fingerprint (host.synth, second) != 0)
      {
        g_assert_cmphex (tutti_test_synth_fingerprint (guest.synth, second), ==, tutti_test_synth_fingerprint (host.synth, second));
        same++;
      }
  g_assert_cmpuint (same, >=, 2);
  g_assert_cmpuint (host.synth->gaps + guest.synth->gaps, ==, 0);
  g_assert_cmpuint (host.synth->restarts, ==, 1);
  g_assert_cmpuint (guest.synth->restarts, ==, 1);
  check_recording (&host, origin_ns, "host");
  check_recording (&guest, origin_ns, "guest");
  peer_clear (&guest);
  peer_clear (&host);
}

static gboolean
has_run_dry (gpointer data)
{
  Peer *peer = data;

  return peer->card != NULL && tutti_virtual_card_get_underruns (TUTTI_VIRTUAL_CARD (peer->card)) > 0;
}

/* The card gets nothing for 0.3 s: what was missed is rendered all the same, each frame once, and the beats go on. */
static void
test_underrun (void)
{
  gint64 origin_ns = tutti_monotonic_ns () / SECOND * SECOND;
  Peer peer = { .ppm = 80, .hold_ms = 300 };
  Beats beats = { .peer = &peer, .wanted = 4 };

  peer_init (&peer, NULL, origin_ns);
  tutti_output_start (peer.output);
  wait_until (has_run_dry, &peer);
  wait_until (is_in_time, &peer);
  beats.from = tutti_virtual_card_get_written (TUTTI_VIRTUAL_CARD (peer.card));
  wait_until (has_beats, &beats);
  tutti_output_stop (peer.output);
  g_assert_cmpuint (peer.synth->gaps, ==, 0);
  g_assert_cmpuint (peer.synth->restarts, ==, 1);
  peer_clear (&peer);
}

static gboolean
has_rendered (gpointer data)
{
  Peer *peer = data;
  TuttiOutputStats stats;

  tutti_output_get_stats (peer->output, &stats);
  return stats.rendered_frames > 0 && stats.state == TUTTI_OUTPUT_NO_SERVER;
}

static gboolean
is_playing (gpointer data)
{
  Peer *peer = data;

  return tutti_output_get_state (peer->output) == TUTTI_OUTPUT_PLAYING;
}

static gboolean
is_lost (gpointer data)
{
  Peer *peer = data;

  return tutti_output_get_state (peer->output) == TUTTI_OUTPUT_LOST;
}

static void
count_notify (GObject *object, GParamSpec *pspec, gpointer data)
{
  guint *count = data;

  (*count)++;
}

/* No server, then one, then it dies, then it is back: said each time, the mix goes on without a gap. */
static void
test_server_comes_and_goes (void)
{
  Peer peer = { .fail_first = 2 };
  g_autofree char *problem = NULL;
  guint notified = 0;

  peer_init (&peer, NULL, tutti_monotonic_ns () - 10 * SECOND);
  g_signal_connect (peer.output, "notify::state", G_CALLBACK (count_notify), &notified);
  tutti_output_start (peer.output);
  wait_until (has_rendered, &peer);
  problem = tutti_output_dup_problem (peer.output);
  g_assert_nonnull (problem);
  wait_until (is_in_time, &peer);

  GST_ELEMENT_ERROR (peer.card, RESOURCE, WRITE, ("the server died"), (NULL));
  wait_until (is_lost, &peer);
  wait_until (is_playing, &peer);
  wait_until (is_in_time, &peer);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (notified, >=, 3);
  tutti_output_stop (peer.output);
  g_assert_cmpuint (peer.synth->gaps, ==, 0);
  g_assert_cmpuint (peer.synth->restarts, ==, 1);
  g_assert_cmpint (tutti_output_get_state (peer.output), ==, TUTTI_OUTPUT_STOPPED);
  peer_clear (&peer);
}

/* The same element, exporting into nothing until its end. */
static void
run_export (GstElement *src)
{
  GstElement *pipeline = gst_object_ref_sink (gst_pipeline_new (NULL)), *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = NULL;

  g_object_set (sink, "sync", FALSE, NULL);
  gst_bin_add_many (GST_BIN (pipeline), src, sink, NULL);
  g_assert_true (gst_element_link (src, sink));
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  g_assert_cmpint (GST_MESSAGE_TYPE (message), ==, GST_MESSAGE_EOS);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
}

/* Exactly the frames asked for, the bits of the mix, then the end. */
static void
test_export (void)
{
  TuttiRenderer renderer;
  TuttiTestSynth *synth = tutti_test_synth_new (&renderer), *again;
  GstElement *src = tutti_src_new (&renderer);
  float *straight = g_new (float, 2 * 48000);

  tutti_src_set_export (TUTTI_SRC (src), 1000, 1000 + 3 * 48000 + 17);
  run_export (src);
  g_assert_cmpint (synth->first_frame, ==, 1000);
  g_assert_cmpint (synth->next_frame, ==, 1000 + 3 * 48000 + 17);
  g_assert_cmpuint (synth->gaps, ==, 0);

  again = tutti_test_synth_new (&renderer);
  renderer.restart (again, 48000);
  renderer.render (again, 48000, 48000, straight);
  g_assert_cmphex (tutti_test_synth_fingerprint (again, 1), ==, tutti_test_synth_fingerprint (synth, 1));
  g_assert_cmphex (tutti_test_synth_fingerprint (synth, 1), !=, 0);
  tutti_test_synth_free (synth);
  tutti_test_synth_free (again);
  g_free (straight);
}

/* However early it is cut, there is a stream. */
static void
test_export_cut (void)
{
  TuttiRenderer renderer;
  TuttiTestSynth *synth = tutti_test_synth_new (&renderer);
  GstElement *src = tutti_src_new (&renderer);

  tutti_src_set_export (TUTTI_SRC (src), 1000, 1000 + 60 * 48000);
  tutti_src_cut_export (TUTTI_SRC (src));
  run_export (src);
  g_assert_cmpint (synth->first_frame, ==, 1000);
  g_assert_cmpint (synth->next_frame, ==, 1000 + 48000 / 5);
  tutti_test_synth_free (synth);
}

static void
test_properties (void)
{
  Peer peer = { 0 };
  guint notified = 0;

  peer_init (&peer, NULL, 0);
  g_signal_connect (peer.output, "notify::trim-ms", G_CALLBACK (count_notify), &notified);
  tutti_output_set_trim_ms (peer.output, 12.5);
  tutti_output_set_trim_ms (peer.output, 12.5);
  tutti_output_set_trim_ms (peer.output, 1e9);
  g_assert_cmpfloat (tutti_output_get_trim_ms (peer.output), ==, TUTTI_OUTPUT_TRIM_MAX_MS);
  g_assert_cmpuint (notified, ==, 2);
  tutti_output_set_volume (peer.output, 3);
  g_assert_cmpfloat (tutti_output_get_volume (peer.output), ==, 1);
  tutti_output_set_mute (peer.output, TRUE);
  g_assert_true (tutti_output_get_mute (peer.output));
  peer_clear (&peer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/output/host-and-guest", test_host_and_guest);
  g_test_add_func ("/output/underrun", test_underrun);
  g_test_add_func ("/output/server-comes-and-goes", test_server_comes_and_goes);
  g_test_add_func ("/output/export", test_export);
  g_test_add_func ("/output/export-cut", test_export_cut);
  g_test_add_func ("/output/properties", test_properties);
  return g_test_run ();
}
