/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The instrument of the selected track: pictures of its sound above the numbers that make it, in pages (tutti-panel-table.h). With a
 * step selected that holds a number of its own, that one is shown and turned. */
#define TUTTI_TYPE_INSTRUMENT_PANEL (tutti_instrument_panel_get_type ())
G_DECLARE_FINAL_TYPE (TuttiInstrumentPanel, tutti_instrument_panel, TUTTI, INSTRUMENT_PANEL, GtkWidget)

#define TUTTI_INSTRUMENT_PANEL_WIDTH 536

/* @grid: borrowed, outlives it; whose focus and selection count. */
GtkWidget *tutti_instrument_panel_new     (TuttiStepGrid *grid);
void       tutti_instrument_panel_refresh (TuttiInstrumentPanel *self);

/* Turns to that page of the instrument, counted from 0. */
void       tutti_instrument_panel_set_page (TuttiInstrumentPanel *self, guint page);

/* The button that says whether knobs change only the selected steps. (transfer none) */
GtkWidget *tutti_instrument_panel_get_lock (TuttiInstrumentPanel *self);
