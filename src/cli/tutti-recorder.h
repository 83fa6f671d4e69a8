/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Writes the shared mix of a visit to a WAV file while it is rendered, in a thread of its own. */
typedef struct _TuttiRecorder TuttiRecorder;

/* No WAV file holds more: its lengths are 32 bits. */
#define TUTTI_RECORDER_SECONDS_MAX (4 * 3600)

/* Whether that file could be written; to be asked before a visit, not after hours of it. Makes nothing and leaves
 * what is there as it is. */
gboolean       tutti_recorder_may_save (const char *path, GError **error);

/* For the file @path, which is made when the first sound comes; after @seconds the rest is left out. */
TuttiRecorder *tutti_recorder_new  (const char *path, guint seconds);

/* Nobody taps any more. What came is in the file. */
void           tutti_recorder_free (TuttiRecorder *recorder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiRecorder, tutti_recorder_free)

/* A TuttiPlaybackTap. Realtime-safe: yes. What the disk is too slow for becomes silence of the same length. */
void           tutti_recorder_tap  (gpointer recorder, gint64 first_frame, guint n_frames, const float *stereo);

/* Why it writes no more, in words: the file is as long as it may be, or cannot be written. NULL while it does. (transfer full) */
char          *tutti_recorder_why_stopped (TuttiRecorder *recorder);

/* Ends the file, an empty one if nothing came. Nobody taps any more. @lost: (out) frames that became silence. */
gboolean       tutti_recorder_finish (TuttiRecorder *recorder, guint64 *lost, GError **error);
