/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sound.h"

G_BEGIN_DECLS

/* From 0 to 1. From a synchronous call: in its thread. From an asynchronous one: in the caller's main context,
 * never after its callback. */
typedef void (*TuttiSoundProgress) (double fraction, gpointer user_data);

/* Decodes WAV, AIFF, FLAC, OGG or MP3 to floats at 48 kHz, one or two channels. Everything is bounded before it
 * is believed: bytes, seconds, rate, channels. What a damaged file still holds is kept and noted
 * (tutti_sound_get_notes()); what is not audio is refused in words.
 *
 * Thread: any; takes up to some 100 ms a minute of sound. Returns: (transfer full). */
TuttiSound *tutti_sound_decode             (GBytes *bytes, TuttiSoundProgress progress, gpointer progress_data,
                                            GCancellable *cancellable, GError **error);

/* A whole file, refused unread when it is no regular file or above @max bytes. Returns: (transfer full). */
GBytes     *tutti_sound_read_file          (GFile *file, gsize max, GCancellable *cancellable, GError **error);

void        tutti_sound_decode_file_async  (GFile *file, TuttiSoundProgress progress, gpointer progress_data,
                                            GCancellable *cancellable, GAsyncReadyCallback callback,
                                            gpointer user_data);
/* Returns: (transfer full). */
TuttiSound *tutti_sound_decode_file_finish (GAsyncResult *result, GError **error);

G_END_DECLS
