/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Desk › Step: everything about the selected steps. Values that differ among them show as "mixed"; a change is one
 * operation on all of them. */
#define TUTTI_TYPE_DESK_STEP (tutti_desk_step_get_type ())
G_DECLARE_FINAL_TYPE (TuttiDeskStep, tutti_desk_step, TUTTI, DESK_STEP, GtkWidget)

GtkWidget *tutti_desk_step_new (TuttiStepGrid *grid);
void       tutti_desk_step_refresh (TuttiDeskStep *self);
