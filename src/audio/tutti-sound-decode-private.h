/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound-decode.h"

G_BEGIN_DECLS

typedef enum
{
  TUTTI_SOUND_FORMAT_NONE,
  TUTTI_SOUND_FORMAT_WAV,
  TUTTI_SOUND_FORMAT_AIFF,
  TUTTI_SOUND_FORMAT_FLAC,
  TUTTI_SOUND_FORMAT_OGG,
  TUTTI_SOUND_FORMAT_MP3,
} TuttiSoundFormat;

/* By its first bytes. No decoder sees what is none of ours: libsndfile would try two dozen old formats,
 * GStreamer anything it has a plugin for. */
TuttiSoundFormat tutti_sound_sniff (const guint8 *bytes, gsize n_bytes);

/* The first way: libsndfile. */
TuttiSound *tutti_sound_decode_sndfile (GBytes *bytes, TuttiSoundProgress progress, gpointer progress_data,
                                        GCancellable *cancellable, GError **error);

/* The same for the frames as the file has them, as if their rate were 48 kHz. */
TuttiSound *tutti_sound_decode_as_it_is (GBytes *bytes, GCancellable *cancellable, GError **error);

/* The second way, for a libsndfile without MP3 or Ogg: a GStreamer pipeline over the bytes. */
TuttiSound *tutti_sound_decode_gst (GBytes *bytes, GCancellable *cancellable, GError **error);

/* Carries a worker's progress to the context that asked, a few times only; free it in the worker. */
typedef struct _TuttiSoundReporter TuttiSoundReporter;

TuttiSoundReporter *tutti_sound_reporter_new  (GTask *task, TuttiSoundProgress progress, gpointer progress_data);
void                tutti_sound_reporter_tell (double fraction, gpointer reporter);
void                tutti_sound_reporter_free (gpointer reporter);

G_END_DECLS
