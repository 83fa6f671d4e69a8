/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-cell.h"
#include "tutti-cell-marks.h"
#include "tutti-grid-time.h"
#include "tutti-jam.h"

/* The cells of one track on one page. Lays them out by musical time; cells are kept and re-labelled, never rebuilt. */
#define TUTTI_TYPE_STEP_ROW (tutti_step_row_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStepRow, tutti_step_row, TUTTI, STEP_ROW, GtkWidget)

#define TUTTI_ROW_NEW_LENGTH 16    /* steps of a clip that does not exist until its first step is set */
#define TUTTI_ROW_NEW_TICKS 240

typedef struct
{
  const TuttiJam   *jam;
  const TuttiTrack *track;
  const TuttiClip  *clip;      /* NULL: nothing there yet */
  TuttiGridTime     time;
  TuttiCellMarks   *marks;
  gint64            end_tick;  /* of the longest row: dots show where others go on */
} TuttiRowView;

GtkWidget *tutti_step_row_new (void);

/* Shows @view; what it points to is not kept. */
void       tutti_step_row_show (TuttiStepRow *self, const TuttiRowView *view);

/* Lights step @step (−1: none) as sounding now. */
void       tutti_step_row_set_playing (TuttiStepRow *self, int step);

TuttiId    tutti_step_row_get_track (TuttiStepRow *self);
TuttiId    tutti_step_row_get_clip (TuttiStepRow *self);        /* none while there is no clip */
int        tutti_step_row_get_length (TuttiStepRow *self);
int        tutti_step_row_get_ticks_per_step (TuttiStepRow *self);

/* The first step on this page and the number of cells on it. */
int        tutti_step_row_get_first (TuttiStepRow *self);
int        tutti_step_row_get_n_cells (TuttiStepRow *self);

/* The cell of step @step; NULL when it is not on this page. (transfer none) */
TuttiCell *tutti_step_row_get_cell (TuttiStepRow *self, int step);

/* The step at @x of this widget, −1 when there is none. A continued cell answers for itself. */
int        tutti_step_row_step_at (TuttiStepRow *self, double x);

/* The step to whose block @step belongs, @step itself when it stands alone. */
int        tutti_step_row_head_of (TuttiStepRow *self, int step);

/* The place of @step's block in this widget; FALSE when it is not on this page. */
gboolean   tutti_step_row_place (TuttiStepRow *self, int step, graphene_rect_t *place);

/* Whether @x lies on the handle at the end of the row. */
gboolean   tutti_step_row_on_handle (TuttiStepRow *self, double x);

/* The selection of this row. */
void       tutti_step_row_select (TuttiStepRow *self, int step, gboolean selected);
gboolean   tutti_step_row_is_selected (TuttiStepRow *self, int step);
guint      tutti_step_row_count_selected (TuttiStepRow *self);   /* within its length */
void       tutti_step_row_unselect_all (TuttiStepRow *self);
