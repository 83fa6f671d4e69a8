/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One of this person's jams as a card with its pattern in small, or as a row. @with: who else was in it, in words. */
GtkWidget *tutti_jam_card_new (const TuttiStoreJam *jam, const char *with);
GtkWidget *tutti_jam_row_new  (const TuttiStoreJam *jam);

G_END_DECLS
