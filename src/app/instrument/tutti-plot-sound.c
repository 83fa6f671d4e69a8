/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sampler's sound with the part of it that is played between two flags, and its envelope in the sound's own time. */
#include "tutti-plot-private.h"

#include <glib/gi18n.h>
#include <math.h>

#define SHOWN(view, param) ((view)->numbers->shown[TUTTI_PARAM_##param])
#define TOP 0.94               /* of the height, where the envelope is 1 */
#define CURVE_POINTS 96
#define LOOP_SCALE 10000.0

static double
x_of_share (const TuttiPlotView *view, int permille)
{
  return view->x + view->width * permille / 1000.0;
}

static double
pixels (const TuttiPlotView *view, double ms)
{
  return view->outline->ms > 0 ? ms * view->width / view->outline->ms : 0;
}

/* Corners of the envelope, pixels; past the right edge they wait there. */
typedef struct { double start, peak, decay, end, release, top, level, bottom; } Corners;

static Corners
corners_of (const TuttiPlotView *view)
{
  double right = view->x + view->width;
  Corners c = { .start = x_of_share (view, SHOWN (view, START)), .end = x_of_share (view, MAX (SHOWN (view, START), SHOWN (view, END))),
                .bottom = view->y + view->height };

  c.top = c.bottom - TOP * view->height;
  c.level = c.bottom - TOP * view->height * SHOWN (view, SUSTAIN) * 0.001;
  c.peak = MIN (c.start + pixels (view, SHOWN (view, ATTACK)), right);
  c.decay = MIN (c.peak + pixels (view, SHOWN (view, DECAY)), right);
  c.end = MAX (c.end, c.start + 2);
  c.release = MIN (c.end + pixels (view, SHOWN (view, RELEASE)), right + 4);
  return c;
}

static void
draw_outline (const TuttiPlotView *view, cairo_t *cr, const GdkRGBA *colour)
{
  double middle = view->y + view->height / 2, column = view->width / TUTTI_OUTLINE_COLUMNS;

  gdk_cairo_set_source_rgba (cr, colour);
  for (guint i = 0; i < TUTTI_OUTLINE_COLUMNS; i++)
    {
      double high = view->outline->high[i] * view->height * 0.46, low = view->outline->low[i] * view->height * 0.46;

      cairo_rectangle (cr, view->x + i * column, middle - high, column, MAX (high - low, 1));
    }
  cairo_fill (cr);
}

static void
draw_wave (const TuttiPlotView *view, cairo_t *cr, const Corners *c)
{
  GdkRGBA tint = tutti_rgba_fade (&view->line, 0.08f), wave = tutti_rgba_fade (&view->line, 0.78f);

  draw_outline (view, cr, &view->dim);
  cairo_save (cr);
  cairo_rectangle (cr, c->start, view->y, c->end - c->start, view->height);
  cairo_clip (cr);
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_paint (cr);
  draw_outline (view, cr, &wave);
  cairo_restore (cr);
}

static double
x_of_loop (const TuttiPlotView *view, int place)
{
  return view->x + view->width * place / LOOP_SCALE;
}

/* What is repeated: a bar at the bottom, and over its end what goes over into its start. */
static void
draw_loop (const TuttiPlotView *view, cairo_t *cr)
{
  double from = x_of_loop (view, TUTTI_SHOWN (view, LOOP_START)), to = x_of_loop (view, TUTTI_SHOWN (view, LOOP_END));
  double fade = MIN (pixels (view, TUTTI_SHOWN (view, LOOP_FADE)), to - from);
  GdkRGBA tint = tutti_rgba_fade (&view->line, 0.14f);

  if (TUTTI_SHOWN (view, LOOP) == 0 || to <= from)
    return;
  gdk_cairo_set_source_rgba (cr, &tint);
  cairo_rectangle (cr, from, view->y, to - from, view->height);
  cairo_move_to (cr, to, view->y);
  cairo_line_to (cr, to, view->y + view->height);
  cairo_line_to (cr, to - fade, view->y + view->height);
  cairo_close_path (cr);
  cairo_fill (cr);
  gdk_cairo_set_source_rgba (cr, &view->line);
  cairo_rectangle (cr, from, view->y + view->height - 3, to - from, 3);
  cairo_fill (cr);
}

static void
fall (cairo_t *cr, double from, double to, double high, double low)
{
  for (guint i = 1; i <= CURVE_POINTS; i++)
    {
      double left = 1 - (double) i / CURVE_POINTS;

      cairo_line_to (cr, from + (to - from) * i / CURVE_POINTS, low + (high - low) * left * left * left);
    }
}

static void
draw_envelope (const TuttiPlotView *view, cairo_t *cr, const Corners *c)
{
  double reached = MIN (c->decay, c->end);

  cairo_save (cr);
  cairo_rectangle (cr, view->x - 4, view->y, view->width + 8, view->height);
  cairo_clip (cr);
  cairo_move_to (cr, c->start, c->bottom);
  cairo_line_to (cr, c->peak, c->top);
  fall (cr, c->peak, c->decay, c->top, c->level);
  cairo_line_to (cr, MAX (reached, c->end), c->level);
  fall (cr, MAX (reached, c->end), MAX (c->release, c->end), c->level, c->bottom);
  gdk_cairo_set_source_rgba (cr, &view->fg);
  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw (const TuttiPlotView *view, cairo_t *cr)
{
  Corners c;

  if (view->outline == NULL || view->outline->ms <= 0)
    return;
  c = corners_of (view);
  draw_wave (view, cr, &c);
  draw_loop (view, cr);
  draw_envelope (view, cr, &c);
}

/* On its bar at the bottom. */
static TuttiPlotHandle
loop_handle (const TuttiPlotView *view, TuttiPatchParam param)
{
  guint16 address = (guint16) (TUTTI_ADDRESS_PATCH + param);

  return (TuttiPlotHandle) { x_of_loop (view, view->numbers->shown[address]), view->y + view->height - 1.5, address, TUTTI_NO_NUMBER, 0 };
}

static guint
place (const TuttiPlotView *view, TuttiPlotHandle *handles)
{
  Corners c;

  if (view->outline == NULL || view->outline->ms <= 0)
    return 0;
  c = corners_of (view);
  handles[0] = (TuttiPlotHandle) { c.peak, c.top, TUTTI_PARAM_ATTACK, TUTTI_NO_NUMBER, 0 };
  handles[1] = (TuttiPlotHandle) { c.decay, c.level, TUTTI_PARAM_DECAY, TUTTI_PARAM_SUSTAIN, 0 };
  handles[2] = (TuttiPlotHandle) { MIN (c.release, view->x + view->width), c.bottom - 1, TUTTI_PARAM_RELEASE, TUTTI_NO_NUMBER, 0 };
  /* Translators: the first letter of "Start", on a flag */
  handles[3] = (TuttiPlotHandle) { c.start, view->y, TUTTI_PARAM_START, TUTTI_NO_NUMBER, (int) g_utf8_get_char (_("S")) };
  /* Translators: the first letter of "End", on a flag */
  handles[4] = (TuttiPlotHandle) { c.end, view->y, TUTTI_PARAM_END, TUTTI_NO_NUMBER, (int) g_utf8_get_char (_("E")) };
  if (TUTTI_SHOWN (view, LOOP) == 0)
    return 5;
  handles[5] = loop_handle (view, TUTTI_PATCH_PARAM_LOOP_START);
  handles[6] = loop_handle (view, TUTTI_PATCH_PARAM_LOOP_END);
  return 7;
}

static void
read_handle (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y, int *across, int *up)
{
  Corners c = corners_of (view);
  double from = handle->across == TUTTI_PARAM_ATTACK ? c.start : handle->across == TUTTI_PARAM_DECAY ? c.peak : c.end;
  double share = 1000 * (x - view->x) / view->width;

  if (tutti_address_is_patch (handle->across))
    {
      *across = (int) round (LOOP_SCALE * (x - view->x) / view->width);
      return;
    }
  *across = (int) round (handle->flag != 0 ? share : MAX (x - from, 0) * view->outline->ms / view->width);
  *up = (int) round (1000 * (c.bottom - y) / (TOP * view->height));
}

const TuttiPlotClassOf *
tutti_plot_of_sound (void)
{
  static const TuttiPlotClassOf sound = { draw, place, read_handle };

  return &sound;
}
