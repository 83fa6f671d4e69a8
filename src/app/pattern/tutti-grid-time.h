/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Place is time: where a moment stands in the grid. Pure arithmetic, shared by rows, ruler and presence.
 *
 * A page shows a whole number of sixteenths (`columns`). Beats stand apart by a wider gap, so a row of any resolution
 * lines up with the others at each beat. */

#define TUTTI_GRID_GAP 4.0
#define TUTTI_GRID_BEAT_GAP 12.0
#define TUTTI_GRID_CELL_MIN 28.0
#define TUTTI_GRID_COLUMN_TICKS 240

typedef struct
{
  int    columns;              /* sixteenths on the page: 32, 16, 8 or 4 */
  int    beat_columns;         /* of them in one beat */
  gint64 first_tick;           /* of the page */
  double cell;                 /* width of a sixteenth */
} TuttiGridTime;

/* The largest number of columns whose cells are at least TUTTI_GRID_CELL_MIN wide in @width pixels; 32 only when
 * @wide. @ticks_per_beat as in the time signature. */
TuttiGridTime tutti_grid_time_fit (double width, gint64 ticks_per_beat, gboolean wide);

/* Whether both place every moment alike. */
gboolean tutti_grid_time_equal (const TuttiGridTime *a, const TuttiGridTime *b);

/* Ticks on one page. */
gint64 tutti_grid_time_page (const TuttiGridTime *time);

/* The left edge of what begins at @tick, counted from the left edge of the page. */
double tutti_grid_time_x (const TuttiGridTime *time, gint64 tick);

/* The width of what lasts from @tick for @length ticks, without the gap that follows it. */
double tutti_grid_time_width (const TuttiGridTime *time, gint64 tick, gint64 length);

/* The moment at @x, between first_tick and the end of the page. */
gint64 tutti_grid_time_tick (const TuttiGridTime *time, double x);
