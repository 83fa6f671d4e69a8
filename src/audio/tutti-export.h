/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "tutti-jam.h"
#include "tutti-sound-bank.h"

G_BEGIN_DECLS

/* The mix of a jam as a file, made by the same source that plays it, as fast as it goes. */

/* A WAV file counts its bytes in 32 bits. */
#define TUTTI_EXPORT_SECONDS_MAX (3 * 60 * 60)

/* What rings on after the last note when nobody says how long the file is to be. */
#define TUTTI_EXPORT_TAIL_S 2

typedef enum
{
  TUTTI_EXPORT_ERROR_FORMAT,     /* neither .wav nor .flac */
  TUTTI_EXPORT_ERROR_PLACE,      /* the file cannot be made there */
  TUTTI_EXPORT_ERROR_LENGTH,     /* nothing, or longer than TUTTI_EXPORT_SECONDS_MAX */
  TUTTI_EXPORT_ERROR_SPACE,      /* the disk has no room for it, or had none left while writing */
  TUTTI_EXPORT_ERROR_FAILED      /* while writing: an encoder is missing, the disk is gone */
} TuttiExportError;

#define TUTTI_EXPORT_ERROR (tutti_export_error_quark ())
GQuark tutti_export_error_quark (void);

/* @done: 0 … 1, never falling. */
typedef void (*TuttiExportProgress) (double done, gpointer user_data);

/* Writes @jam to @file as 24-bit WAV or FLAC, by its extension; an older file is replaced in one instant at the end, and nothing is
 * left behind otherwise. The jam is heard as after a press on stop and play, without count-in and metronome: every track's clip
 * (the queued one, if any) from its first step, whether or not the transport runs. @seconds: the length of the file; 0: the loop
 * range if it is on, else eight bars, and TUTTI_EXPORT_TAIL_S in which the rest dies away.
 * Waits for the sounds that @bank is getting; one that this machine does not have stays silent, as it is in the jam.
 * @progress: (nullable). Thread: the bank's, where @progress and @callback come. */
void     tutti_export_async  (const TuttiJam *jam, TuttiSoundBank *bank, GFile *file, double seconds,
                              TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data);
/* How many bytes the export of @jam takes at most, as a WAV file; 0 for a length that is refused. */
gint64   tutti_export_bytes  (const TuttiJam *jam, double seconds);

gboolean tutti_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
