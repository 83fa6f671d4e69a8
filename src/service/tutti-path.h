/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Paths of requests as tables write them: "/api/v1/jams/{jam}/tracks/{track}". Thread: any. */

#define TUTTI_PATH_VALUES_MAX 3
#define TUTTI_PATH_VALUE_BYTES_MAX 64

/* What stood in the braces, in order; empty texts behind the last. */
typedef struct
{
  char text[TUTTI_PATH_VALUES_MAX][TUTTI_PATH_VALUE_BYTES_MAX + 1];
} TuttiPathValues;

/* Whether @path is one of @pattern. A value is a name of letters, digits, ".", "_" and "-": ids and hashes, and nothing that means
 * something to a file system but "." and "..", which are no ids. @out: written only then. */
gboolean tutti_path_match (const char *pattern, const char *path, TuttiPathValues *out);

G_END_DECLS
