/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the synthesiser's filter lets through, from 20 Hz to 20 kHz. */
#include "tutti-plot-private.h"

#include "tutti-vcf.h"

#include <complex.h>
#include <math.h>

#define POINTS 256
#define TOP_DB 24.0
#define BOTTOM_DB (-42.0)

/* @place, @cutoff: 0 … 1000 on the scale of the cut-off. */
static double
gain_db (const TuttiPlotView *view, double place, double cutoff)
{
  TuttiVcfType type = (TuttiVcfType) TUTTI_SHOWN (view, FILTER);
  double k = (double) tutti_vcf_point (type, 0, (float) TUTTI_SHOWN (view, RESONANCE) * 0.001f).k;
  double complex s = I * pow (1000, (place - cutoff) / 1000), pole = 1 + s, one = 1;

  if (type == TUTTI_VCF_NONE)
    return 0;
  if (type == TUTTI_VCF_LOW24)
    one = (1 + k / 2) / (pole * pole * pole * pole + MIN (k, 3.97));
  else
    one = (type == TUTTI_VCF_LOW12 ? 1 : type == TUTTI_VCF_BAND12 ? s : s * s) / (s * s + k * s + 1);
  return 20 * log10 (MAX (cabs (one), 1e-9));
}

static float
height_of (double db)
{
  return (float) CLAMP ((db - BOTTOM_DB) / (TOP_DB - BOTTOM_DB), 0, 1);
}

static void
trace (const TuttiPlotView *view, double cutoff, float *values)
{
  for (guint i = 0; i < POINTS; i++)
    values[i] = height_of (gain_db (view, 1000.0 * i / (POINTS - 1), cutoff));
}

static void
draw_decades (const TuttiPlotView *view, cairo_t *cr)
{
  static const double hertz[] = { 100, 1000, 10000 };

  gdk_cairo_set_source_rgba (cr, &view->dim);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < G_N_ELEMENTS (hertz); i++)
    {
      double x = floor (view->x + view->width * log (hertz[i] / 20) / log (1000)) + 0.5;

      cairo_move_to (cr, x, view->y);
      cairo_line_to (cr, x, view->y + view->height);
    }
  cairo_stroke (cr);
}

/* Where the second envelope takes it, thinner. */
static void
draw_moved (const TuttiPlotView *view, cairo_t *cr)
{
  float values[POINTS];

  if (TUTTI_SHOWN (view, FILTER_ENV) == 0 || TUTTI_SHOWN (view, FILTER) == TUTTI_VCF_NONE)
    return;
  trace (view, CLAMP (TUTTI_SHOWN (view, CUTOFF) + TUTTI_SHOWN (view, FILTER_ENV), 0, 1000), values);
  for (guint i = 0; i < POINTS; i++)
    cairo_line_to (cr, view->x + view->width * i / (POINTS - 1), view->y + view->height * (1 - (double) values[i]));
  gdk_cairo_set_source_rgba (cr, &view->line);
  cairo_set_line_width (cr, 1.25);
  cairo_set_dash (cr, (double[]) { 3, 4 }, 2, 0);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw (const TuttiPlotView *view, cairo_t *cr)
{
  float values[POINTS];

  draw_decades (view, cr);
  draw_moved (view, cr);
  trace (view, TUTTI_SHOWN (view, CUTOFF), values);
  tutti_plot_curve (view, cr, values, POINTS, 0);
}

static guint
place (const TuttiPlotView *view, TuttiPlotHandle *handles)
{
  double cutoff = TUTTI_SHOWN (view, CUTOFF);

  if (TUTTI_SHOWN (view, FILTER) == TUTTI_VCF_NONE)
    return 0;
  handles[0] = (TuttiPlotHandle) {
    view->x + view->width * cutoff / 1000, view->y + view->height * (1 - (double) height_of (gain_db (view, cutoff, cutoff))),
    TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_CUTOFF, TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_RESONANCE, 0 };
  return 1;
}

/* Up is more resonance: the whole height is all of it. */
static void
read_handle (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y, int *across, int *up)
{
  *across = (int) round (1000 * (x - view->x) / view->width);
  *up = TUTTI_SHOWN (view, RESONANCE) + (int) round (1000 * (handle->y - y) / view->height);
}

const TuttiPlotClassOf *
tutti_plot_of_filter (void)
{
  static const TuttiPlotClassOf filter = { draw, place, read_handle };

  return &filter;
}
