/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/audio/gstaudiosink.h>

G_BEGIN_DECLS

/* A sound card of which everything is known: consumes 48 000·(1 + ppm) frames a second from a known instant, has a device buffer of
 * 20 ms, tells its delay with ±0.2 ms of noise, stands still in an underrun, and keeps what it played with the true time of each
 * sample. Ground truth without a sound server. */
#define TUTTI_TYPE_VIRTUAL_CARD (tutti_virtual_card_get_type ())
G_DECLARE_FINAL_TYPE (TuttiVirtualCard, tutti_virtual_card, TUTTI, VIRTUAL_CARD, GstAudioSink)

/* From sample `first` on the card played without a break, beginning at `start_ns` of the monotonic clock. */
typedef struct
{
  guint64 first;
  double start_ns;
} TuttiVirtualRun;

typedef struct
{
  float *stereo;               /* owned */
  guint64 n_frames;
  double frame_ns;             /* true duration of a sample */
  GArray *runs;                /* of TuttiVirtualRun; owned */
} TuttiRecording;

/* Before the pipeline plays. `hold_at` frames (0 = never) are followed by `hold_ms` in which the card gets nothing. (transfer floating) */
GstElement *tutti_virtual_card_new (double ppm, guint32 seed, guint64 hold_at, guint hold_ms);

/* How many frames were written so far. Thread: any. */
guint64 tutti_virtual_card_get_written (TuttiVirtualCard *card);

/* What was played so far; it goes on. (transfer full) */
TuttiRecording *tutti_virtual_card_copy_recording (TuttiVirtualCard *card);

/* Takes what was played so far, after the pipeline's end. (transfer full) */
TuttiRecording *tutti_virtual_card_steal_recording (TuttiVirtualCard *card);

/* How often the card ran dry. */
guint tutti_virtual_card_get_underruns (TuttiVirtualCard *card);

/* The true monotonic time at which (fractional) sample `frame` was played. */
double tutti_recording_time_ns (const TuttiRecording *recording, double frame);
void   tutti_recording_free (TuttiRecording *recording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiRecording, tutti_recording_free)

G_END_DECLS
