/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-step-grid.h"

#include "tutti-cell-marks.h"

/* The grid of steps, shared by its files alone. */

struct _TuttiStepGrid
{
  GtkWidget      parent_instance;
  TuttiSession  *session;      /* owned */
  TuttiId        scene;
  GPtrArray     *heads;        /* borrowed children, one a track */
  GPtrArray     *rows;         /* borrowed children, one a track */
  GtkWidget     *add;
  GtkWidget     *presence;
  TuttiCellMarks *marks;       /* owned */
  TuttiGridTime  time;
  gint64         length;       /* of the longest pattern, ticks */
  int            page;
  int            focus_row, focus_step;
  gboolean       compact, selecting, held;
  gboolean       stale;        /* steps changed while nobody saw it */
  int            fitted_width;
  TuttiJam      *tried;        /* (nullable) owned: the document with what is only previewed */
  const TuttiClip *preview;    /* (nullable) lent by it */
};

/* The widget (tutti-step-grid.c). */

/* Has heads and rows for @n tracks. */
void     tutti_step_grid_set_n_rows (TuttiStepGrid *self, guint n);

/* Works out what of the time axis shows in @width pixels, and stays on a page that there is. */
void     tutti_step_grid_fit (TuttiStepGrid *self, int width);

/* What it shows (tutti-step-grid-show.c). */

/* Heads and rows of all tracks, as the document has them now. */
void     tutti_step_grid_show_all (TuttiStepGrid *self);

/* The heads alone: another one has the focus. */
void     tutti_step_grid_show_heads (TuttiStepGrid *self);

/* The focus (tutti-step-grid-focus.c): two Tab stops, the head of the focused track and its focused step. Of GtkWidgetClass. */
gboolean tutti_step_grid_focus (GtkWidget *widget, GtkDirectionType direction);
