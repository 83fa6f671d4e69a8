/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-draw.h"
#include "tutti-palette.h"
#include "tutti-plot.h"

#define TUTTI_PLOT_HANDLES 7

/* A point to take hold of. */
typedef struct
{
  double  x, y;                /* pixels */
  guint16 across, up;          /* the numbers that it moves; TUTTI_NO_NUMBER: none */
  int     flag;                /* 0 a dot, else the letter of a flag over the whole height */
} TuttiPlotHandle;

/* What is drawn: the inner box, and everything that it depends on. */
typedef struct
{
  double              x, y, width, height;     /* pixels */
  const TuttiNumbers *numbers;
  const TuttiNumbers *steady;                  /* as they were before the stroke of the pointer that is going on */
  const TuttiOutline *outline;                 /* (nullable) */
  GdkRGBA             line, fill, fg, dim;
} TuttiPlotView;

/* One way of drawing; those without handles have no @place and @read. */
typedef struct
{
  void  (*draw)  (const TuttiPlotView *view, cairo_t *cr);
  guint (*place) (const TuttiPlotView *view, TuttiPlotHandle *handles);
  /* What the numbers of @handle become at (@x, @y); @view has the numbers as they were when it was taken hold of. */
  void  (*read)  (const TuttiPlotView *view, const TuttiPlotHandle *handle, double x, double y, int *across, int *up);
} TuttiPlotClassOf;

/* @param: its TuttiPatchParam name without the prefix. */
#define TUTTI_SHOWN(view, param) ((view)->numbers->shown[TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_##param])

const TuttiPlotClassOf *tutti_plot_of_wave     (TuttiPlotKind kind);
const TuttiPlotClassOf *tutti_plot_of_filter   (void);
const TuttiPlotClassOf *tutti_plot_of_envelope (TuttiPlotKind kind);
const TuttiPlotClassOf *tutti_plot_of_lfo      (TuttiPlotKind kind);
const TuttiPlotClassOf *tutti_plot_of_drum     (void);
const TuttiPlotClassOf *tutti_plot_of_sound    (void);

/* Draws @values (0 bottom … 1 top) of @n evenly spaced points as a line, filled down to @floor (the same measure). */
void tutti_plot_curve (const TuttiPlotView *view, cairo_t *cr, const float *values, guint n, float floor);
