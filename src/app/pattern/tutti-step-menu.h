/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* The menu of the selected steps, at the focused one. Each entry does what the key beside it does. */
void tutti_step_menu_open (TuttiStepGrid *grid);
