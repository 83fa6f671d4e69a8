/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-grid-time.h"

#include "tutti-time.h"

static double
beat_width (const TuttiGridTime *time)
{
  return time->beat_columns * (time->cell + TUTTI_GRID_GAP);
}

/* From one beat's left edge to the next one's. */
static double
beat_pitch (const TuttiGridTime *time)
{
  return beat_width (time) - TUTTI_GRID_GAP + TUTTI_GRID_BEAT_GAP;
}

static gint64
beat_ticks (const TuttiGridTime *time)
{
  return (gint64) time->beat_columns * TUTTI_GRID_COLUMN_TICKS;
}

static double
cell_for (double width, int columns, int beat_columns)
{
  int beats = (columns + beat_columns - 1) / beat_columns;
  double gaps = (beats - 1) * TUTTI_GRID_BEAT_GAP + (columns - beats) * TUTTI_GRID_GAP;

  return (width - gaps) / columns;
}

gboolean
tutti_grid_time_equal (const TuttiGridTime *a, const TuttiGridTime *b)
{
  return a->columns == b->columns && a->beat_columns == b->beat_columns && a->first_tick == b->first_tick &&
         G_APPROX_VALUE (a->cell, b->cell, 1e-9);
}

TuttiGridTime
tutti_grid_time_fit (double width, gint64 ticks_per_beat, gboolean wide)
{
  TuttiGridTime time = { .columns = wide ? 32 : 16 };

  /* Beats shorter than an eighth would leave no cells together. */
  time.beat_columns = (int) CLAMP (ticks_per_beat / TUTTI_GRID_COLUMN_TICKS, 2, 8);
  while (time.columns > 4 && cell_for (width, time.columns, time.beat_columns) < TUTTI_GRID_CELL_MIN)
    time.columns /= 2;
  time.cell = MAX (cell_for (width, time.columns, time.beat_columns), 8.0);
  return time;
}

gint64
tutti_grid_time_page (const TuttiGridTime *time)
{
  return (gint64) time->columns * TUTTI_GRID_COLUMN_TICKS;
}

double
tutti_grid_time_x (const TuttiGridTime *time, gint64 tick)
{
  gint64 from = tick - time->first_tick, ticks = beat_ticks (time);
  gint64 beat = tutti_floor_div (from, ticks), rest = tutti_floor_mod (from, ticks);

  return beat * beat_pitch (time) + rest * beat_width (time) / ticks;
}

double
tutti_grid_time_width (const TuttiGridTime *time, gint64 tick, gint64 length)
{
  gint64 end = tick + length - time->first_tick, ticks = beat_ticks (time);
  double right = tutti_grid_time_x (time, tick + length);

  /* What ends on a beat ends before the wider gap. */
  if (tutti_floor_mod (end, ticks) == 0)
    right = (tutti_floor_div (end, ticks) - 1) * beat_pitch (time) + beat_width (time);
  return right - TUTTI_GRID_GAP - tutti_grid_time_x (time, tick);
}

gint64
tutti_grid_time_tick (const TuttiGridTime *time, double x)
{
  gint64 ticks = beat_ticks (time), page = tutti_grid_time_page (time);
  gint64 beat = (gint64) (MAX (x, 0) / beat_pitch (time));
  double rest = (MAX (x, 0) - beat * beat_pitch (time)) / beat_width (time);
  gint64 tick = beat * ticks + (gint64) (CLAMP (rest, 0, 1) * ticks);

  return time->first_tick + CLAMP (MIN (tick, (beat + 1) * ticks - 1), 0, page - 1);
}
