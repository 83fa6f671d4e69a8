/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum { TUTTI_LIBRARY_ROW_NARROW = 1 << 0, TUTTI_LIBRARY_ROW_DELETED = 1 << 1 } TuttiLibraryRowKind;

/* One of this person's jams with all that is known about it; a deleted one can be restored. Reads who was in it from the disk, so rows
 * are made of those that are seen. */
GtkWidget *tutti_library_row_new (TuttiStudio *studio, const TuttiStoreJam *jam, TuttiLibraryRowKind kind);

G_END_DECLS
