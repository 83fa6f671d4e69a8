/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* What the selected track plays: its name opens the list of sounds, arrows go to the one before and after, and one button takes back
 * what was turned away from the preset. */
#define TUTTI_TYPE_PRESET_BAR (tutti_preset_bar_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPresetBar, tutti_preset_bar, TUTTI, PRESET_BAR, GtkWidget)

/* @grid: borrowed, outlives it. */
GtkWidget *tutti_preset_bar_new     (TuttiStepGrid *grid);
void       tutti_preset_bar_refresh (TuttiPresetBar *self);

/* The sound beside @sound in its list, @by (one or minus one) further on and round; @sound itself when it is alone. (transfer none),
 * or written to @buffer of @size bytes. */
const char *tutti_preset_beside (const TuttiJam *jam, const char *sound, int by, char *buffer, gsize size);
