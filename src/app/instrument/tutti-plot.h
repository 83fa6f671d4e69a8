/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-outline.h"
#include "tutti-panel-table.h"

#include <gtk/gtk.h>

/* A drawn part of an instrument: what its oscillators make, what its filter lets through, how loud it is over time. Handles on it
 * move the same numbers as the knobs below, which keyboards and screen readers use instead.
 *
 * Signals: "moved" (uint address, int value, uint other, int other value): a handle; the other is TUTTI_NO_NUMBER where it moves one
 * number alone; "chosen": it was clicked where no handle is. */
#define TUTTI_TYPE_PLOT (tutti_plot_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPlot, tutti_plot, TUTTI, PLOT, GtkWidget)

GtkWidget *tutti_plot_new (TuttiPlotKind kind);

/* @colour: TuttiColour. @outline: (nullable) of the sampler's sound; copied. */
void       tutti_plot_show (TuttiPlot *self, const TuttiNumbers *numbers, int colour, const TuttiOutline *outline);
