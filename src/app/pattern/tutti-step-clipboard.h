/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Copies, cuts, pastes and duplicates the selected steps of @grid, or selects all: what @key (C, X, V, D, A) means with Ctrl. FALSE
 * when it means nothing here. What was copied belongs to @grid. */
gboolean tutti_step_clipboard_key (TuttiStepGrid *grid, guint key);
