/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-grid-time.h"
#include "tutti-session.h"
#include "tutti-step-edit.h"
#include "tutti-step-row.h"

#include <gtk/gtk.h>

/* The grid of one scene: heads on the left, rows of cells on the right, people's marks above them. It shows the document
 * of its session and turns strokes and keys into operations (tutti-step-input.c).
 *
 * Signals: "view-changed": page, width or pattern length are others now; "selection-changed": focus or selection moved;
 * "edit-step": details of the focused step are wanted; "track-menu" (head widget, x, y); "add-track". */
#define TUTTI_TYPE_STEP_GRID (tutti_step_grid_get_type ())
G_DECLARE_FINAL_TYPE (TuttiStepGrid, tutti_step_grid, TUTTI, STEP_GRID, GtkWidget)

#define TUTTI_GRID_HEAD 240        /* width of heads; 58 when compact */
#define TUTTI_GRID_HEAD_COMPACT 58

GtkWidget *tutti_step_grid_new (TuttiSession *session);

TuttiSession *tutti_step_grid_get_session (TuttiStepGrid *self);

/* Shows the document anew where @what changed; NULL: everything. */
void       tutti_step_grid_refresh (TuttiStepGrid *self, const TuttiTarget *what);

void       tutti_step_grid_set_scene (TuttiStepGrid *self, TuttiId scene);
TuttiId    tutti_step_grid_get_scene (TuttiStepGrid *self);

void       tutti_step_grid_set_page (TuttiStepGrid *self, int page);
int        tutti_step_grid_get_page (TuttiStepGrid *self);
int        tutti_step_grid_get_n_pages (TuttiStepGrid *self);

/* The time axis in use, and where its left edge lies in this widget. */
const TuttiGridTime *tutti_step_grid_get_time (TuttiStepGrid *self);
int        tutti_step_grid_get_left (TuttiStepGrid *self);
gboolean   tutti_step_grid_is_compact (TuttiStepGrid *self);

/* Length of the longest pattern of the scene, ticks. */
gint64     tutti_step_grid_get_length (TuttiStepGrid *self);

/* Lights what sounds at unwrapped @tick (when @playing), feeds the levels. Once per frame of the window. */
void       tutti_step_grid_beat (TuttiStepGrid *self, gint64 tick, gboolean playing, gint64 now_us);

/* The place in the longest pattern that sounds at @tick, −1 when this scene is not heard. */
gint64     tutti_step_grid_local_tick (TuttiStepGrid *self, gint64 tick);

/* The focused step, and every selected step (the focused one when none is). (transfer full) (element-type TuttiStepRef) */
gboolean   tutti_step_grid_get_focus (TuttiStepGrid *self, TuttiStepRef *ref);
GArray    *tutti_step_grid_dup_selection (TuttiStepGrid *self);
/* Those of them that are of @track, and that a clip has. (transfer full) (element-type TuttiStepRef) */
GArray    *tutti_step_grid_dup_selection_of (TuttiStepGrid *self, TuttiId track);
guint      tutti_step_grid_count_selected (TuttiStepGrid *self);
gboolean   tutti_step_grid_has_selection (TuttiStepGrid *self);   /* beside the focused step */
void       tutti_step_grid_unselect_all (TuttiStepGrid *self);
void       tutti_step_grid_set_selecting (TuttiStepGrid *self, gboolean selecting);

/* Moves the focus to step @step of the @row-th track, turning the page when needed; grabs it when @grab. */
void       tutti_step_grid_focus_step (TuttiStepGrid *self, int row, int step, gboolean grab);
/* Turns to the page with that step; the focus stays where it is. */
void       tutti_step_grid_show_step (TuttiStepGrid *self, int row, int step);
/* Moves the focus to the head of the @row-th track; FALSE when there is none. */
gboolean   tutti_step_grid_focus_head (TuttiStepGrid *self, int row);
TuttiId    tutti_step_grid_get_track (TuttiStepGrid *self);

/* The place of a step's block in this widget. */
gboolean   tutti_step_grid_place (TuttiStepGrid *self, TuttiId track, int step, graphene_rect_t *place);

/* Shows the pattern that @op would write as if it were there; NULL: as it is. */
void       tutti_step_grid_preview (TuttiStepGrid *self, const TuttiOp *op);

/* For the grid's own files. */
int           tutti_step_grid_get_n_rows (TuttiStepGrid *self);
TuttiStepRow *tutti_step_grid_get_row (TuttiStepGrid *self, int row);
int           tutti_step_grid_row_at (TuttiStepGrid *self, double y);
gboolean      tutti_step_grid_ref_at (TuttiStepGrid *self, double x, double y, TuttiStepRef *ref, int *row);
TuttiStepRef  tutti_step_grid_ref (TuttiStepGrid *self, int row, int step);
void          tutti_step_grid_get_focus_place (TuttiStepGrid *self, int *row, int *step);
gboolean      tutti_step_grid_is_selecting (TuttiStepGrid *self);
/* Held by a stroke of the pointer: what is under it must not change page or scene by itself. */
void          tutti_step_grid_set_held (TuttiStepGrid *self, gboolean held);
gboolean      tutti_step_grid_is_held (TuttiStepGrid *self);
GtkWidget    *tutti_step_grid_get_presence (TuttiStepGrid *self);

/* What is told about its steps, and showing it where it changed. */
TuttiCellMarks *tutti_step_grid_get_marks (TuttiStepGrid *self);
void          tutti_step_grid_show_marks (TuttiStepGrid *self);

/* Adds pointer and keyboard to @grid; once. */
void          tutti_step_input_attach (TuttiStepGrid *grid);
