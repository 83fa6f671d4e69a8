/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Reads the text on the clipboard as notation into the clip of the focused track; what cannot be read is said in a toast. */
void tutti_step_text_paste (TuttiStepGrid *grid);
