/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-grid-time.h"

#include <gtk/gtk.h>

/* Places the children of a row by musical time: child i begins at (first + i) · ticks_per_step. */
#define TUTTI_TYPE_TIME_LAYOUT (tutti_time_layout_get_type ())
G_DECLARE_FINAL_TYPE (TuttiTimeLayout, tutti_time_layout, TUTTI, TIME_LAYOUT, GtkLayoutManager)

void tutti_time_layout_set (TuttiTimeLayout *self, const TuttiGridTime *time, int first, int ticks_per_step);

/* What child @i gets in a row @height high. */
void tutti_time_layout_place (TuttiTimeLayout *self, int i, int height, graphene_rect_t *place);

/* Height of the cells in a row of @height: rows keep a seventh apart. */
int  tutti_time_layout_cell_height (int height);
