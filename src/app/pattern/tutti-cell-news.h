/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

/* Marks the grid's cells with what the session tells about edits: waiting, late, overridden, refused, changed by whom. Once. */
void     tutti_cell_news_attach (TuttiStepGrid *grid);

/* A press at @x, @y of the grid; TRUE when it was on the badge of an overridden edit: mine is put back then. */
gboolean tutti_cell_news_press  (TuttiStepGrid *grid, double x, double y);
