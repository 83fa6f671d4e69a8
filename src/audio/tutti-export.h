/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tutti-export-format.h"
#include "tutti-jam.h"
#include "tutti-sound-bank.h"

G_BEGIN_DECLS

/* The mix of a jam as a file, made by the same source that plays it, as fast as it goes; or each of its tracks as one. */

/* A WAV file counts its bytes in 32 bits. */
#define TUTTI_EXPORT_SECONDS_MAX (3 * 60 * 60)

/* What rings on after the last note when nobody says how long the file is to be: at least and at most, as the releases of the tracks
 * and their reverbs and delays need it to fall by 60 dB. */
#define TUTTI_EXPORT_TAIL_S 2
#define TUTTI_EXPORT_TAIL_MAX_S 30

typedef enum
{
  TUTTI_EXPORT_ERROR_FORMAT,     /* the name ends as no format that there is, or as another */
  TUTTI_EXPORT_ERROR_PLACE,      /* the file cannot be made there */
  TUTTI_EXPORT_ERROR_TAKEN,      /* what is to be a folder of tracks is there already */
  TUTTI_EXPORT_ERROR_LENGTH,     /* nothing, or longer than TUTTI_EXPORT_SECONDS_MAX */
  TUTTI_EXPORT_ERROR_SILENT,     /* of each track, and none is heard */
  TUTTI_EXPORT_ERROR_SPACE,      /* the disk has no room for it, or had none left while writing */
  TUTTI_EXPORT_ERROR_FAILED      /* while writing: an encoder is missing, the disk is gone */
} TuttiExportError;

#define TUTTI_EXPORT_ERROR (tutti_export_error_quark ())
GQuark tutti_export_error_quark (void);

/* All zero: one file of 24-bit WAV, as long as it is when nobody says. */
typedef struct
{
  TuttiExportFormat format;
  double            seconds;     /* of a file; 0: what @ticks says, and what rings on */
  gint64            ticks;       /* of music; 0: the loop range if it is on, else eight bars */
  gboolean          each_track;  /* as a file of its own, all in a new folder */
} TuttiExportOptions;

/* @done: 0 … 1, never falling. */
typedef void (*TuttiExportProgress) (double done, gpointer user_data);

/* Writes @jam to @file, whose name ends as those of the format do; an older file is replaced in one instant at the end, and nothing
 * is left behind otherwise. The jam is heard as after a press on stop and play, without count-in and metronome: every track's clip
 * (the queued one, if any) from its first step, whether or not the transport runs.
 * Each track as a file: @file is a folder that is not there yet and is there with all in it at the end, or not at all. Tracks that
 * are not heard, or have no clip that plays, are left out; what the master has of effects does not work, so that all together are
 * the mix before it, as long as the limiter at the end of each has nothing to do.
 * Waits for the sounds that @bank is getting; one that this machine does not have stays silent, as it is in the jam.
 * @options is copied. @progress: (nullable). Thread: the bank's, where @progress and @callback come. */
void     tutti_export_async  (const TuttiJam *jam, TuttiSoundBank *bank, GFile *file, const TuttiExportOptions *options,
                              TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
gboolean tutti_export_finish (GAsyncResult *result, GError **error);

/* How long one file of the export of @jam is; 0 for a length that is refused. */
gint64   tutti_export_frames (const TuttiJam *jam, const TuttiExportOptions *options);

/* How many bytes the export of @jam takes at most; of a format whose size shows only while writing, what 24-bit WAV takes. */
gint64   tutti_export_bytes  (const TuttiJam *jam, const TuttiExportOptions *options);

/* How many files an export of each track makes. */
guint    tutti_export_count_tracks (const TuttiJam *jam);

/* How many bars pass until all clips that would be heard are where they began together, but at most @most; then it is that of the
 * longest. 1 when none plays. */
guint    tutti_export_round_bars (const TuttiJam *jam, guint most);

G_END_DECLS
