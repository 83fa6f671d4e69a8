/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Adds the keyboard to @grid; once. */
void     tutti_step_keys_attach (TuttiStepGrid *grid);

/* Does to the selected steps of @grid (the focused one when none is) what @key means with @state; FALSE when it means nothing. */
gboolean tutti_step_keys_press  (TuttiStepGrid *grid, guint key, GdkModifierType state);
