/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* What is done to a pattern by chance, by degrees or by rule: its settings, and the pattern as it would be, in the grid and for
 * whoever sits here alone, until it is used or let go. */
typedef enum { TUTTI_PATTERN_RANDOM, TUTTI_PATTERN_HUMAN, TUTTI_PATTERN_HIGHER, TUTTI_PATTERN_EUCLID } TuttiPatternTool;

/* For the clip @id, at @anchor. */
void tutti_pattern_popover_open (GtkWidget *anchor, TuttiStepGrid *grid, TuttiId id, TuttiPatternTool tool);
