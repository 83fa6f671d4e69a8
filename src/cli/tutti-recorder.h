/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Keeps the shared mix of a visit, as it was rendered, and writes it to a WAV file afterwards. */
typedef struct _TuttiRecorder TuttiRecorder;

/* Room for @seconds, taken now. */
TuttiRecorder *tutti_recorder_new  (double seconds);
void           tutti_recorder_free (TuttiRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiRecorder, tutti_recorder_free)

/* A TuttiPlaybackTap. Realtime-safe: yes. What does not fit any more is left out. */
void           tutti_recorder_tap  (gpointer recorder, gint64 first_frame, guint n_frames, const float *stereo);

/* Whether that file could be written; to be asked before a visit, not after hours of it. Makes nothing and leaves
 * what is there as it is. */
gboolean       tutti_recorder_may_save (const char *path, GError **error);

/* Writes 24-bit WAV. Nobody taps any more. */
gboolean       tutti_recorder_save (TuttiRecorder *recorder, const char *path, GError **error);

/* The session frame of the first sample in the file. */
gint64         tutti_recorder_get_first_frame (TuttiRecorder *recorder);
