/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

G_BEGIN_DECLS

/* What a new jam can begin with: the demo beat of tutti-demo.h, or one of the demo jams, documents of data/demos that are part of the
 * program. They go by short names, "beat" first. Thread: any. */

guint       tutti_demos_count    (void);
const char *tutti_demos_get_name (guint index);

/* For people; the jams' own titles, which are names and not translated. */
const char *tutti_demos_get_title (guint index);

/* The place of @name, or −1. */
int         tutti_demos_find     (const char *name);

/* In @argv a "--demo" without a name becomes "--demo=beat", as it was before there was more than one. */
void        tutti_demos_complete_argv (int argc, char **argv);

/* All names, ", " between them. (transfer full) */
char       *tutti_demos_list     (void);

/* The document behind place @index, 1 …; the demo beat is none. NULL with the error set when it cannot be read, which is a fault of the
 * program. (transfer full) */
TuttiJam   *tutti_demos_read     (guint index, GError **error);

/* The operations that make it from nothing, its first scene launched; NULL for @name: four empty tracks. Ids of the demo jams are
 * those of their documents, the others @creator's, counted on from *@counter. (transfer full) (element-type TuttiOp) */
GPtrArray  *tutti_demos_ops      (const char *name, guint32 creator, guint32 *counter, GError **error);

G_END_DECLS
