/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* The beats above the grid, the range that repeats, and the one playhead flag. A click seeks to that beat. */
#define TUTTI_TYPE_RULER (tutti_ruler_get_type ())
G_DECLARE_FINAL_TYPE (TuttiRuler, tutti_ruler, TUTTI, RULER, GtkWidget)

/* @grid (borrowed) gives the time axis. */
GtkWidget *tutti_ruler_new (TuttiStepGrid *grid);

/* Labels and range as the document has them now. */
void       tutti_ruler_refresh (TuttiRuler *self);

/* Where the flag stands: a tick of the longest pattern, −1 for none. */
void       tutti_ruler_set_playhead (TuttiRuler *self, gint64 local_tick);
