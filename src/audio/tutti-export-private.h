/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-export.h"
#include "tutti-op.h"

G_BEGIN_DECLS

/* How long a file is; the music stops where it ends before the file. */
typedef struct
{
  gint64 music_end, end;       /* frames */
} TuttiExportSpan;

/* An edit of a copy of the jam, which cannot be refused. @op is taken. */
void      tutti_export_apply (TuttiJam *jam, TuttiOp *op, gint64 at);

/* @jam as it is to be heard, playing from frame 0. (transfer full) */
TuttiJam *tutti_export_play_from_start (const TuttiJam *jam);

/* @jam with nothing to be heard but the track at @index, in front of the effects of the master. (transfer full) */
TuttiJam *tutti_export_only (const TuttiJam *jam, guint index);

/* Whether anything of the track at @index would come out. @played is of tutti_export_play_from_start(). */
gboolean  tutti_export_sounds (const TuttiJam *played, guint index);

/* Frames from where the music ends until what rings on has fallen by 60 dB, within what TUTTI_EXPORT_TAIL_S says; @master: also in the
 * master's effects. By the longest of each chain that stand one after the other, of all tracks that play a clip, also of those that are
 * not heard, so that the files of all tracks are as long. A sound that brings a release of its own is taken for one that does not. */
gint64    tutti_export_tail (const TuttiJam *played, gboolean master);

/* @played: likewise. */
gboolean  tutti_export_span (const TuttiJam *played, const TuttiExportOptions *options, TuttiExportSpan *span, GError **error);
gint64    tutti_export_span_bytes (const TuttiExportSpan *span, const TuttiExportFormatInfo *format);

/* Whether the disk of @there has room for @bytes of what is to be @path; one that does not say how much it has is tried. */
gboolean  tutti_export_has_room (const char *there, const char *path, gint64 bytes, GError **error);

/* The two ways of tutti_export_async(). */
void      tutti_export_file_async   (const TuttiJam *jam, TuttiSoundBank *bank, GFile *file, const TuttiExportOptions *options,
                                     TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);
void      tutti_export_tracks_async (const TuttiJam *jam, TuttiSoundBank *bank, GFile *folder, const TuttiExportOptions *options,
                                     TuttiExportProgress progress, gpointer progress_data, GCancellable *cancellable,
                                     GAsyncReadyCallback callback, gpointer user_data);

G_END_DECLS
