/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The Pattern view: tools, ruler, grid. Signal "add-track"; the grid's own signals come from tutti_pattern_page_get_grid(). */
#define TUTTI_TYPE_PATTERN_PAGE (tutti_pattern_page_get_type ())
G_DECLARE_FINAL_TYPE (TuttiPatternPage, tutti_pattern_page, TUTTI, PATTERN_PAGE, GtkWidget)

GtkWidget     *tutti_pattern_page_new (TuttiSession *session);
GtkWidget     *tutti_pattern_page_get_scene_button (TuttiPatternPage *self);
TuttiStepGrid *tutti_pattern_page_get_grid (TuttiPatternPage *self);
void           tutti_pattern_page_refresh (TuttiPatternPage *self, const TuttiTarget *what);
/* Whether the playhead is one that moves on this machine alone. */
void           tutti_pattern_page_set_hearing (TuttiPatternPage *self, gboolean hearing);

void           tutti_pattern_page_beat (TuttiPatternPage *self, gint64 tick, gboolean playing, gint64 now_us);
