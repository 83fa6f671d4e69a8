/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-studio.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All of this person's jams: searched by name and description, sorted, and those that were deleted. Rows are made of what is seen.
 * What is done to them are the window's actions with the jam's id. */
#define TUTTI_TYPE_LIBRARY (tutti_library_get_type ())
G_DECLARE_FINAL_TYPE (TuttiLibrary, tutti_library, TUTTI, LIBRARY, GtkWidget)

GtkWidget *tutti_library_new        (TuttiStudio *studio);

/* Asks the store again (on its thread) and shows what it answers. */
void       tutti_library_refresh    (TuttiLibrary *self);
void       tutti_library_set_narrow (TuttiLibrary *self, gboolean narrow);

/* Puts the keyboard into the search; with what was typed there before, selected. */
void       tutti_library_search     (TuttiLibrary *self);

G_END_DECLS
