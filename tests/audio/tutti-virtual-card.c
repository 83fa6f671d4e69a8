/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-virtual-card.h"

#include <string.h>
#include <sys/prctl.h>
#include <time.h>

#include "tutti-local-time.h"

#define RATE          48000
#define DEVICE_FRAMES 960
#define NOISE_FRAMES  9.6

struct _TuttiVirtualCard
{
  GstAudioSink parent_instance;

  double frame_ns;
  guint64 hold_at;
  guint hold_ms;

  GMutex lock;
  GRand *rand;
  guint64 written;
  GArray *runs;
  GArray *samples;             /* floats */
  guint underruns;
};

G_DEFINE_FINAL_TYPE (TuttiVirtualCard, tutti_virtual_card, GST_TYPE_AUDIO_SINK)

static GstStaticPadTemplate template =
  GST_STATIC_PAD_TEMPLATE ("sink", GST_PAD_SINK, GST_PAD_ALWAYS,
                           GST_STATIC_CAPS ("audio/x-raw, format=(string)F32LE, rate=(int)48000, channels=(int)2, "
                                            "layout=(string)interleaved"));

/* How many frames the card has played at `now`; the lock is held. */
static double
consumed (TuttiVirtualCard *self, gint64 now)
{
  const TuttiVirtualRun *run = self->runs->len > 0 ? &g_array_index (self->runs, TuttiVirtualRun, self->runs->len - 1) : NULL;

  return run != NULL ? (double) run->first + ((double) now - run->start_ns) / self->frame_ns : 0;
}

static void
sleep_until (gint64 when)
{
  struct timespec at = { when / 1000000000, when % 1000000000 };

  while (clock_nanosleep (CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) != 0)
    continue;
}

static void
begin_run (TuttiVirtualCard *self, gint64 now)
{
  TuttiVirtualRun run = { self->written, (double) now };

  g_array_append_val (self->runs, run);
}

static void
wait_for_room (TuttiVirtualCard *self, guint n)
{
  const TuttiVirtualRun *run = &g_array_index (self->runs, TuttiVirtualRun, self->runs->len - 1);
  double room_at = (double) self->written + n - DEVICE_FRAMES;
  gint64 when = (gint64) (run->start_ns + (room_at - (double) run->first) * self->frame_ns);

  g_mutex_unlock (&self->lock);
  if (when > tutti_monotonic_ns ())
    sleep_until (when);
  g_mutex_lock (&self->lock);
}

/* Samples are accounted after waiting for room, else the clock would be biased by a segment. */
static gint
card_write (GstAudioSink *sink, gpointer data, guint length)
{
  TuttiVirtualCard *self = TUTTI_VIRTUAL_CARD (sink);
  guint n = length / (2 * sizeof (float));
  gint64 now;

  prctl (PR_SET_TIMERSLACK, 1);
  g_mutex_lock (&self->lock);
  if (self->hold_at != 0 && self->written >= self->hold_at)
    {
      self->hold_at = 0;
      g_mutex_unlock (&self->lock);
      g_usleep (self->hold_ms * 1000);
      g_mutex_lock (&self->lock);
    }
  if (self->runs->len == 0)
    begin_run (self, tutti_monotonic_ns ());
  wait_for_room (self, n);
  now = tutti_monotonic_ns ();
  if (consumed (self, now) > (double) self->written && self->written > 0)
    {
      self->underruns++;
      begin_run (self, now);
    }
  g_array_append_vals (self->samples, data, 2 * n);
  self->written += n;
  g_mutex_unlock (&self->lock);
  return length;
}

static guint
card_delay (GstAudioSink *sink)
{
  TuttiVirtualCard *self = TUTTI_VIRTUAL_CARD (sink);
  double delay;

  g_mutex_lock (&self->lock);
  delay = (double) self->written - consumed (self, tutti_monotonic_ns ());
  delay = MAX (0, delay) + g_rand_double_range (self->rand, -NOISE_FRAMES, NOISE_FRAMES);
  g_mutex_unlock (&self->lock);
  return delay > 0 ? (guint) (delay + 0.5) : 0;
}

static gboolean
card_open (GstAudioSink *sink)
{
  return TRUE;
}

static gboolean
card_prepare (GstAudioSink *sink, GstAudioRingBufferSpec *spec)
{
  return TRUE;
}

static void
card_reset (GstAudioSink *sink)
{
}

static void
tutti_virtual_card_finalize (GObject *object)
{
  TuttiVirtualCard *self = TUTTI_VIRTUAL_CARD (object);

  g_mutex_clear (&self->lock);
  g_rand_free (self->rand);
  g_array_unref (self->runs);
  g_array_unref (self->samples);
  G_OBJECT_CLASS (tutti_virtual_card_parent_class)->finalize (object);
}

static void
tutti_virtual_card_class_init (TuttiVirtualCardClass *klass)
{
  GstAudioSinkClass *sink = GST_AUDIO_SINK_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = tutti_virtual_card_finalize;
  sink->open = card_open;
  sink->prepare = card_prepare;
  sink->unprepare = card_open;
  sink->close = card_open;
  sink->write = card_write;
  sink->delay = card_delay;
  sink->reset = card_reset;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &template);
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Virtual card", "Sink/Audio", "A card with a known clock",
                                         "The Tutti authors");
}

static void
tutti_virtual_card_init (TuttiVirtualCard *self)
{
  g_mutex_init (&self->lock);
  self->runs = g_array_new (FALSE, FALSE, sizeof (TuttiVirtualRun));
  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
}

GstElement *
tutti_virtual_card_new (double ppm, guint32 seed, guint64 hold_at, guint hold_ms)
{
  TuttiVirtualCard *self = g_object_new (TUTTI_TYPE_VIRTUAL_CARD, NULL);

  self->frame_ns = 1e9 / (RATE * (1 + ppm * 1e-6));
  self->rand = g_rand_new_with_seed (seed);
  self->hold_at = hold_at;
  self->hold_ms = hold_ms;
  return GST_ELEMENT (self);
}

TuttiRecording *
tutti_virtual_card_steal_recording (TuttiVirtualCard *self)
{
  TuttiRecording *recording = g_new0 (TuttiRecording, 1);

  g_mutex_lock (&self->lock);
  recording->frame_ns = self->frame_ns;
  recording->n_frames = self->samples->len / 2;
  recording->stereo = (float *) g_array_free (self->samples, FALSE);
  recording->runs = self->runs;
  self->samples = g_array_new (FALSE, FALSE, sizeof (float));
  self->runs = g_array_new (FALSE, FALSE, sizeof (TuttiVirtualRun));
  g_mutex_unlock (&self->lock);
  return recording;
}

TuttiRecording *
tutti_virtual_card_copy_recording (TuttiVirtualCard *self)
{
  TuttiRecording *recording = g_new0 (TuttiRecording, 1);

  g_mutex_lock (&self->lock);
  recording->frame_ns = self->frame_ns;
  recording->n_frames = self->samples->len / 2;
  recording->stereo = g_memdup2 (self->samples->data, self->samples->len * sizeof (float));
  recording->runs = g_array_copy (self->runs);
  g_mutex_unlock (&self->lock);
  return recording;
}

guint64
tutti_virtual_card_get_written (TuttiVirtualCard *self)
{
  guint64 written;

  g_mutex_lock (&self->lock);
  written = self->written;
  g_mutex_unlock (&self->lock);
  return written;
}

guint
tutti_virtual_card_get_underruns (TuttiVirtualCard *self)
{
  guint underruns;

  g_mutex_lock (&self->lock);
  underruns = self->underruns;
  g_mutex_unlock (&self->lock);
  return underruns;
}

double
tutti_recording_time_ns (const TuttiRecording *recording, double frame)
{
  const TuttiVirtualRun *run = &g_array_index (recording->runs, TuttiVirtualRun, 0);

  for (guint i = 1; i < recording->runs->len && (double) g_array_index (recording->runs, TuttiVirtualRun, i).first <= frame; i++)
    run = &g_array_index (recording->runs, TuttiVirtualRun, i);
  return run->start_ns + (frame - (double) run->first) * recording->frame_ns;
}

void
tutti_recording_free (TuttiRecording *recording)
{
  g_free (recording->stereo);
  g_array_unref (recording->runs);
  g_free (recording);
}
