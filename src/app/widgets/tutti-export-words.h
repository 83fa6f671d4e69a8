/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-export.h"

/* What @options makes of the jam called @name, as the name of a file or, of each track, of a folder: without what a file cannot be
 * called, with the ending of its kind in place of that of another. (transfer full) */
char       *tutti_export_words_dup_name (const char *name, const TuttiExportOptions *options);

const char *tutti_export_words_of_format (TuttiExportFormat format);

/* "17 seconds", "2:05 minutes". (transfer full) */
char       *tutti_export_words_of_length (gint64 frames);

/* Why an export of at most @bytes did not come about. (transfer full) */
char       *tutti_export_words_of_failure (const GError *error, gint64 bytes);
