/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-grid-time.h"

#include "tutti-jam.h"

/* The geometry of the drawing: 16 cells of 56 in 980 pixels, gaps of 4, beats 12 apart. */
static void
test_drawing (void)
{
  TuttiGridTime time = tutti_grid_time_fit (980, 960, FALSE);

  g_assert_cmpint (time.columns, ==, 16);
  g_assert_cmpfloat_with_epsilon (time.cell, 56, 1e-9);
  g_assert_cmpfloat_with_epsilon (tutti_grid_time_x (&time, 960), 248, 1e-9);
  g_assert_cmpfloat_with_epsilon (tutti_grid_time_width (&time, 320, 320), 76, 1e-9);
}

/* Rows of any resolution meet at each beat, nothing overlaps, and each cell's middle finds its own moment again. */
static void
test_laws (void)
{
  const guint16 *resolutions = tutti_resolutions ();

  for (int width = 130; width < 2000; width += 37)
    for (int r = 0; resolutions[r] != 0; r++)
      {
        TuttiGridTime time = tutti_grid_time_fit (width, 960, width > 1500);
        double last = -TUTTI_GRID_GAP;

        g_assert_true (time.cell >= TUTTI_GRID_CELL_MIN || time.columns == 4);
        time.first_tick = tutti_grid_time_page (&time) * (width % 3);
        for (gint64 tick = time.first_tick; tick < time.first_tick + tutti_grid_time_page (&time); tick += resolutions[r])
          {
            double x = tutti_grid_time_x (&time, tick), w = tutti_grid_time_width (&time, tick, resolutions[r]);
            gint64 middle = tutti_grid_time_tick (&time, x + w / 2);

            g_assert_cmpfloat (x, >=, last + TUTTI_GRID_GAP - 1e-6);
            g_assert_cmpfloat (w, >, 0);
            if (tick + resolutions[r] <= time.first_tick + tutti_grid_time_page (&time))
              {
                g_assert_cmpfloat (x + w, <=, width + 1e-6);
                g_assert_cmpint (middle, >=, tick);
                g_assert_cmpint (middle, <, tick + resolutions[r]);
              }
            last = x + w;
          }
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grid-time/drawing", test_drawing);
  g_test_add_func ("/grid-time/laws", test_laws);
  return g_test_run ();
}
