/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The kinds of file that an export makes. */
typedef enum
{
  TUTTI_EXPORT_WAV_24,
  TUTTI_EXPORT_WAV_16,
  TUTTI_EXPORT_WAV_FLOAT,
  TUTTI_EXPORT_FLAC,
  TUTTI_EXPORT_OGG,
  TUTTI_N_EXPORT_FORMATS
} TuttiExportFormat;

/* What GStreamer is to do for one. */
typedef struct
{
  const char *name;            /* in a command line: "wav-24" */
  const char *ending;          /* ".wav" */
  const char *samples;         /* the raw format that the encoder gets */
  const char *encoder, *muxer; /* elements; @muxer may be NULL */
  int         frame_bytes;     /* of a file, 0: shows only while it is written */
} TuttiExportFormatInfo;

const TuttiExportFormatInfo *tutti_export_format_info (TuttiExportFormat format);

/* Whether this machine has what it takes. gst_init() was called. */
gboolean tutti_export_format_is_there (TuttiExportFormat format);

/* By its name in a command line; FALSE: there is none called so. @format: (out). */
gboolean tutti_export_format_parse (const char *name, TuttiExportFormat *format);

/* Whether @name ends as files of @format do, in whatever case. */
gboolean tutti_export_format_fits (const TuttiExportFormatInfo *format, const char *name);

/* The first format whose files end like @name; FALSE: none does. @format: (out). */
gboolean tutti_export_format_of_file (const char *name, TuttiExportFormat *format);

/* @name without an ending that says that it is a sound file, of whatever kind. (transfer full) */
char    *tutti_export_format_dup_stem (const char *name);

/* @name as that of a file of @format: the ending of another kind of sound is replaced, whatever else is behind a dot is a part of
 * the name. (transfer full) */
char    *tutti_export_format_dup_name (TuttiExportFormat format, const char *name);

G_END_DECLS
