/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

G_BEGIN_DECLS

/* A kept jam in a list. Lives as long as the list. */
#define TUTTI_TYPE_LIBRARY_ITEM (tutti_library_item_get_type ())
G_DECLARE_FINAL_TYPE (TuttiLibraryItem, tutti_library_item, TUTTI, LIBRARY_ITEM, GObject)

typedef enum { TUTTI_LIBRARY_BY_OPENED, TUTTI_LIBRARY_BY_NAME, TUTTI_LIBRARY_BY_CREATED, TUTTI_N_LIBRARY_ORDERS } TuttiLibraryOrder;

TuttiLibraryItem    *tutti_library_item_new     (const TuttiStoreJam *jam);
const TuttiStoreJam *tutti_library_item_get_jam (TuttiLibraryItem *self);

/* Whether name or description hold @folded (nullable: all do), a text whose case and accents tutti_library_fold() took away. */
gboolean             tutti_library_item_matches (TuttiLibraryItem *self, const char *folded);

/* As g_list sorters: what was used or made last first, names as a dictionary has them. */
int                  tutti_library_item_compare (TuttiLibraryItem *one, TuttiLibraryItem *other, TuttiLibraryOrder order);

/* (transfer full) */
char                *tutti_library_fold         (const char *text);

G_END_DECLS
