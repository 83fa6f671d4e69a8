/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Loudness and second envelope over time. Times have a place of their own each, wide enough for the longest: short ones take most of
 * it, as on their knobs; so a handle never leaves the picture. */
#include "tutti-plot-private.h"

#include <math.h>

#define POINTS 320
#define LONGEST_MS 10000.0

typedef enum { ATTACK, HOLD, DECAY, SUSTAIN, RELEASE } Part;

/* Shares of the width at the longest times; the rest is what is held. */
static const double rooms[] = { [ATTACK] = 0.24, [HOLD] = 0.14, [DECAY] = 0.26, [RELEASE] = 0.24 };

/* Both envelopes' numbers lie in the same order. */
static guint16
address_of (TuttiPlotKind kind, Part part)
{
  return (guint16) (TUTTI_ADDRESS_PATCH + (kind == TUTTI_PLOT_AMP ? TUTTI_PATCH_PARAM_ATTACK : TUTTI_PATCH_PARAM_ENV_ATTACK) + part);
}

static double
width_of (const TuttiPlotView *view, TuttiPlotKind kind, Part part)
{
  return rooms[part] * cbrt (view->numbers->shown[address_of (kind, part)] / LONGEST_MS);
}

/* Ends of the parts, 0 … 1 of the width. */
typedef struct { double attack, hold, decay, held, release, sustain; } Shape;

static Shape
shape_of (const TuttiPlotView *view, TuttiPlotKind kind)
{
  Shape shape = { .sustain = view->numbers->shown[address_of (kind, SUSTAIN)] * 0.001 };

  shape.attack = width_of (view, kind, ATTACK);
  shape.hold = shape.attack + width_of (view, kind, HOLD);
  shape.decay = shape.hold + width_of (view, kind, DECAY);
  shape.held = 1 - rooms[RELEASE];
  shape.release = shape.held + width_of (view, kind, RELEASE);
  return shape;
}

static double
cube (double left)
{
  return left * left * left;
}

static double
value_at (const Shape *shape, double x)
{
  if (x < shape->attack)
    return x / shape->attack;
  if (x < shape->hold)
    return 1;
  if (x < shape->decay)
    return shape->sustain + (1 - shape->sustain) * cube ((shape->decay - x) / (shape->decay - shape->hold));
  if (x < shape->held)
    return shape->sustain;
  return x < shape->release ? shape->sustain * cube ((shape->release - x) / (shape->release - shape->held)) : 0;
}

#define TOP 0.9                /* of the height, where 1 is */

static void
draw_shape (const TuttiPlotView *view, cairo_t *cr, TuttiPlotKind kind)
{
  Shape shape = shape_of (view, kind);
  double end = floor (view->x + view->width * shape.held) + 0.5;
  float values[POINTS];

  /* Where the key is let go. */
  gdk_cairo_set_source_rgba (cr, &view->dim);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, end, view->y);
  cairo_line_to (cr, end, view->y + view->height);
  cairo_stroke (cr);
  for (guint i = 0; i < POINTS; i++)
    values[i] = (float) (TOP * value_at (&shape, (double) i / (POINTS - 1)));
  tutti_plot_curve (view, cr, values, POINTS, 0);
}

static guint
place_handles (const TuttiPlotView *view, TuttiPlotKind kind, TuttiPlotHandle *handles)
{
  Shape shape = shape_of (view, kind);
  double bottom = view->y + view->height, top = bottom - TOP * view->height, level = bottom - TOP * view->height * shape.sustain;

  handles[0] = (TuttiPlotHandle) { view->x + view->width * shape.attack, top, address_of (kind, ATTACK), TUTTI_NO_NUMBER, 0 };
  handles[1] = (TuttiPlotHandle) { view->x + view->width * shape.hold, top, address_of (kind, HOLD), TUTTI_NO_NUMBER, 0 };
  handles[2] = (TuttiPlotHandle) { view->x + view->width * shape.decay, level, address_of (kind, DECAY), address_of (kind, SUSTAIN), 0 };
  handles[3] = (TuttiPlotHandle) { view->x + view->width * shape.release, bottom, address_of (kind, RELEASE), TUTTI_NO_NUMBER, 0 };
  return 4;
}

static int
time_at (double share, Part part)
{
  return (int) round (LONGEST_MS * cube (CLAMP (share / rooms[part], 0, 1)));
}

static void
read_shape (const TuttiPlotView *view, TuttiPlotKind kind, const TuttiPlotHandle *handle, double x, double y, int *across, int *up)
{
  Shape shape = shape_of (view, kind);
  double share = (x - view->x) / view->width;
  Part part = (Part) (handle->across - address_of (kind, ATTACK));
  const double from[] = { [ATTACK] = 0, [HOLD] = shape.attack, [DECAY] = shape.hold, [RELEASE] = shape.held };

  *across = time_at (share - from[part], part);
  *up = (int) round (1000 * (view->y + view->height - y) / (TOP * view->height));
}

#define ENVELOPE(name, kind) \
  static void draw_##name (const TuttiPlotView *view, cairo_t *cr) { draw_shape (view, cr, kind); } \
  static guint place_##name (const TuttiPlotView *view, TuttiPlotHandle *handles) { return place_handles (view, kind, handles); } \
  static void \
  read_##name (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y, int *across, int *up) \
  { \
    read_shape (view, kind, handle, x, y, across, up); \
  } \
  static const TuttiPlotClassOf name = { draw_##name, place_##name, read_##name };

ENVELOPE (amp, TUTTI_PLOT_AMP)
ENVELOPE (env, TUTTI_PLOT_ENV)

const TuttiPlotClassOf *
tutti_plot_of_envelope (TuttiPlotKind kind)
{
  return kind == TUTTI_PLOT_AMP ? &amp : &env;
}
