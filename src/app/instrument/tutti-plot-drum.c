/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A hit of the drum synthesiser: how loud its body and its noise are over time, and how its pitch falls. */
#include "tutti-plot-private.h"

#include <math.h>

#define POINTS 320
#define CENTS_TOP 4800.0

static double
cube (double left)
{
  return left > 0 ? left * left * left : 0;
}

/* Long enough for the longer of both; the shorter a hit, the closer one looks. A stroke does not change it. */
static double
span_ms (const TuttiPlotView *view)
{
  const gint16 *steady = view->steady->shown + TUTTI_ADDRESS_PATCH;
  double longest = MAX (steady[TUTTI_PATCH_PARAM_DRUM_DECAY], steady[TUTTI_PATCH_PARAM_DRUM_NOISE_DECAY]), span = 62.5;

  while (span < 1.25 * longest)
    span *= 2;
  return span;
}

static void
draw_noise (const TuttiPlotView *view, cairo_t *cr)
{
  double level = TUTTI_SHOWN (view, NOISE) * 0.001, decay = TUTTI_SHOWN (view, DRUM_NOISE_DECAY), span = span_ms (view);
  guint32 random = 1;

  gdk_cairo_set_source_rgba (cr, &view->dim);
  for (double x = 0; x < view->width && level > 0; x += 3)
    {
      double loud = level * cube (1 - x / view->width * span / decay), height;

      random = random * 1664525u + 1013904223u;
      height = loud * view->height * (0.35 + 0.6 * (random >> 8) / 16777216.0);
      cairo_rectangle (cr, view->x + x, view->y + view->height - height, 2, height);
    }
  cairo_fill (cr);
}

static void
draw_pitch (const TuttiPlotView *view, cairo_t *cr)
{
  double bend = TUTTI_SHOWN (view, DRUM_BEND), time = MAX (TUTTI_SHOWN (view, DRUM_BEND_TIME), 1), span = span_ms (view);

  for (guint i = 0; i < POINTS; i++)
    {
      double share = (double) i / (POINTS - 1), cents = bend * cube (1 - share * span / time);

      cairo_line_to (cr, view->x + view->width * share, view->y + view->height * (0.82 - 0.74 * cents / CENTS_TOP -
                                                                                  0.08 * TUTTI_SHOWN (view, DRUM_PITCH) / 2400.0));
    }
  gdk_cairo_set_source_rgba (cr, &view->fg);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw (const TuttiPlotView *view, cairo_t *cr)
{
  double tone = 0.15 + 0.8 * TUTTI_SHOWN (view, DRUM_TONE) * 0.001, span = span_ms (view);
  float values[POINTS];

  for (guint i = 0; i < POINTS; i++)
    values[i] = (float) (tone * cube (1 - (double) i / (POINTS - 1) * span / TUTTI_SHOWN (view, DRUM_DECAY)));
  draw_noise (view, cr);
  tutti_plot_curve (view, cr, values, POINTS, 0);
  draw_pitch (view, cr);
}

static guint
place (const TuttiPlotView *view, TuttiPlotHandle *handles)
{
  double span = span_ms (view), bottom = view->y + view->height;
  double base = view->height * (0.82 - 0.08 * TUTTI_SHOWN (view, DRUM_PITCH) / 2400.0);

  handles[0] = (TuttiPlotHandle) { view->x + view->width * TUTTI_SHOWN (view, DRUM_DECAY) / span, bottom,
                                   TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_DRUM_DECAY, TUTTI_NO_NUMBER, 0 };
  handles[1] = (TuttiPlotHandle) { view->x + view->width * MIN (TUTTI_SHOWN (view, DRUM_BEND_TIME) / span, 1), view->y + base,
                                   TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_DRUM_BEND_TIME, TUTTI_NO_NUMBER, 0 };
  handles[2] = (TuttiPlotHandle) { view->x, view->y + base - 0.74 * view->height * TUTTI_SHOWN (view, DRUM_BEND) / CENTS_TOP,
                                   TUTTI_NO_NUMBER, TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_DRUM_BEND, 0 };
  return 3;
}

static void
read_handle (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y, int *across, int *up)
{
  double span = span_ms (view), base = view->y + view->height * (0.82 - 0.08 * TUTTI_SHOWN (view, DRUM_PITCH) / 2400.0);

  *across = (int) round ((x - view->x) / view->width * span);
  *up = (int) round ((base - y) / (0.74 * view->height) * CENTS_TOP);
}

const TuttiPlotClassOf *
tutti_plot_of_drum (void)
{
  static const TuttiPlotClassOf drum = { draw, place, read_handle };

  return &drum;
}
