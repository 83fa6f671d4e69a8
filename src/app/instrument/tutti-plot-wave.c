/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two turns of the oscillators, made by the oscillators themselves; and of the slow ones. */
#include "tutti-plot-private.h"

#include "tutti-lfo.h"
#include "tutti-osc.h"

#include <math.h>
#include <string.h>

#define POINTS 512
#define TURNS 2
#define STEP ((uint32_t) (4294967296.0 * TURNS / POINTS))

typedef struct
{
  TuttiWave wave;
  float     width;
  double    ratio;             /* of the pitch to A's */
} Oscillator;

static Oscillator
osc_a (const TuttiPlotView *view)
{
  return (Oscillator) { (TuttiWave) TUTTI_SHOWN (view, A_WAVE), (float) TUTTI_SHOWN (view, A_WIDTH) * 0.001f, 1 };
}

static Oscillator
osc_b (const TuttiPlotView *view)
{
  double cents = 100.0 * TUTTI_SHOWN (view, B_TUNE) + TUTTI_SHOWN (view, B_FINE);

  return (Oscillator) { (TuttiWave) TUTTI_SHOWN (view, B_WAVE), (float) TUTTI_SHOWN (view, B_WIDTH) * 0.001f, exp2 (cents / 1200) };
}

/* @shift: (nullable) what moves the phase, @depth turns of it. */
static void
run (Oscillator osc, const float *shift, float depth, float *out)
{
  uint32_t step = (uint32_t) MIN (STEP * osc.ratio, 1.4e9);
  TuttiLanes lanes[TUTTI_OSC_GROUPS], moved[TUTTI_OSC_GROUPS];

  for (guint at = 0; at < POINTS; at += TUTTI_BLOCK)
    {
      if (shift != NULL)
        memcpy (moved, shift + at, sizeof moved);
      tutti_osc_run (osc.wave, (TuttiOscPath) { at * step, step, 0 }, (TuttiOscLine) { osc.width, 0 }, shift != NULL ? moved : NULL,
                     (TuttiOscLine) { depth, 0 }, TUTTI_OSC_GROUPS, lanes);
      memcpy (out + at, lanes, sizeof lanes);
    }
}

/* With the second envelope at its height, where a sound that it moves is richest. */
static float
fm_turns (const TuttiPlotView *view)
{
  float fm = CLAMP ((float) (TUTTI_SHOWN (view, FM) + MAX (TUTTI_SHOWN (view, FM_ENV), 0)) * 0.001f, 0, 1);

  return 2 * fm * fm;
}

static void
mix (const TuttiPlotView *view, float *out)
{
  static const Oscillator half = { TUTTI_WAVE_SINE, 0, 0.5 };
  float a[POINTS], b[POINTS], sub[POINTS], noise[TUTTI_BLOCK], fm = fm_turns (view);
  uint32_t random[4] = { 1, 0x9e3779b9u, 0x3c6ef372u, 0xdaa66d2bu };
  TuttiLanes lanes[TUTTI_OSC_GROUPS];

  run (osc_b (view), NULL, 0, b);
  run (osc_a (view), fm > 0 ? b : NULL, fm, a);
  run (half, NULL, 0, sub);
  for (guint i = 0; i < POINTS; i++)
    {
      if (i % TUTTI_BLOCK == 0)
        {
          tutti_osc_noise (random, TUTTI_OSC_GROUPS, lanes);
          memcpy (noise, lanes, sizeof noise);
        }
      out[i] = (a[i] * TUTTI_SHOWN (view, A_LEVEL) + b[i] * TUTTI_SHOWN (view, B_LEVEL) + a[i] * b[i] * TUTTI_SHOWN (view, RING) +
                sub[i] * TUTTI_SHOWN (view, SUB) + noise[i % TUTTI_BLOCK] * TUTTI_SHOWN (view, NOISE)) * 0.001f;
    }
}

/* As large as the box; what is soft stays smaller. */
static void
draw_wave (const TuttiPlotView *view, cairo_t *cr, float *values, float level)
{
  float most = 0;

  for (guint i = 0; i < POINTS; i++)
    most = MAX (most, fabsf (values[i]));
  for (guint i = 0; i < POINTS; i++)
    values[i] = 0.5f + values[i] / MAX (most, 1e-6f) * 0.42f * MIN (level, 1);
  tutti_plot_curve (view, cr, values, POINTS, 0.5f);
}

static void
draw_sum (const TuttiPlotView *view, cairo_t *cr)
{
  float values[POINTS], most = 0;

  mix (view, values);
  for (guint i = 0; i < POINTS; i++)
    most = MAX (most, fabsf (values[i]));
  draw_wave (view, cr, values, 0.35f + most);
}

static void
draw_a (const TuttiPlotView *view, cairo_t *cr)
{
  float values[POINTS], b[POINTS], fm = fm_turns (view);

  run (osc_b (view), NULL, 0, b);
  run (osc_a (view), fm > 0 ? b : NULL, fm, values);
  draw_wave (view, cr, values, 0.15f + (float) TUTTI_SHOWN (view, A_LEVEL) * 0.00085f);
}

static void
draw_b (const TuttiPlotView *view, cairo_t *cr)
{
  float values[POINTS];

  run (osc_b (view), NULL, 0, values);
  draw_wave (view, cr, values, 0.15f + (float) TUTTI_SHOWN (view, B_LEVEL) * 0.00085f);
}

const TuttiPlotClassOf *
tutti_plot_of_wave (TuttiPlotKind kind)
{
  static const TuttiPlotClassOf sum = { draw_sum }, a = { draw_a }, b = { draw_b };

  return kind == TUTTI_PLOT_WAVE_A ? &a : kind == TUTTI_PLOT_WAVE_B ? &b : &sum;
}

/* ---- slow waves ---- */

#define LFO_TURNS 4

static void
draw_lfo (const TuttiPlotView *view, cairo_t *cr, int shape, int fade_ms, double turn_ms)
{
  float values[POINTS];

  for (guint i = 0; i < POINTS; i++)
    {
      double turns = (double) i * LFO_TURNS / POINTS, faded = fade_ms > 0 ? MIN (turns * turn_ms / fade_ms, 1) : 1;

      values[i] = 0.5f + 0.4f * (float) faded * tutti_lfo_value (shape, (int64_t) (turns * 4294967296.0), 7);
    }
  tutti_plot_curve (view, cr, values, POINTS, 0.5f);
}

/* Where the tempo says how long a turn is, 120 a minute stands for it. */
static double
turn_ms (int rate_chz, int sync)
{
  return sync > 0 ? tutti_lfo_ticks[MIN (sync, TUTTI_LFO_SYNCS - 1)] * 500.0 / TUTTI_TICKS_PER_QUARTER : 100000.0 / MAX (rate_chz, 1);
}

static void
draw_lfo1 (const TuttiPlotView *view, cairo_t *cr)
{
  draw_lfo (view, cr, TUTTI_SHOWN (view, LFO1_SHAPE), TUTTI_SHOWN (view, LFO1_FADE),
            turn_ms (TUTTI_SHOWN (view, LFO1_RATE), TUTTI_SHOWN (view, LFO1_SYNC)));
}

static void
draw_lfo2 (const TuttiPlotView *view, cairo_t *cr)
{
  draw_lfo (view, cr, TUTTI_SHOWN (view, LFO2_SHAPE), 0, 0);
}

const TuttiPlotClassOf *
tutti_plot_of_lfo (TuttiPlotKind kind)
{
  static const TuttiPlotClassOf one = { draw_lfo1 }, two = { draw_lfo2 };

  return kind == TUTTI_PLOT_LFO1 ? &one : &two;
}
