/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect.h"

/* The picture of an effect as numbers: places and heights from 0 (left, bottom) to 1. Responses and transfers come from the sound core
 * itself (tutti-curve.h), the others follow its formulae in time. Pure. */

#define TUTTI_CURVE_PLACES 140
#define TUTTI_CURVE_POINTS 3
#define TUTTI_CURVE_BARS 24

/* What can be taken hold of: where it lies, which values of the effect it moves (−1 none), and what they are at 0 and at 1. */
typedef struct
{
  float  x, y;
  int    x_value, y_value;
  double x_range[2], y_range[2];
} TuttiCurvePoint;

typedef struct
{
  float x, from, to, alpha;
} TuttiCurveBar;

typedef struct
{
  gboolean        made, filled;
  float           floor;       /* from where it is filled */
  guint           n_lines, n_points, n_bars;
  float           line[2][TUTTI_CURVE_PLACES];
  TuttiCurvePoint points[TUTTI_CURVE_POINTS];
  TuttiCurveBar   bars[TUTTI_CURVE_BARS];
} TuttiCurveShape;

/* @values: TUTTI_EFFECT_VALUES_MAX of them. */
void tutti_curve_shape_make (TuttiCurveShape *shape, TuttiEffectKind kind, const gint16 *values);
