/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

#include <gtk/gtk.h>

/* Asks how many hits, and from where, over the pattern @clip, which @grid (kept by reference) shows as it would be meanwhile; opens at
 * @anchor, closes by itself. */
void tutti_euclid_popover_open (GtkWidget *anchor, TuttiStepGrid *grid, TuttiId clip);
