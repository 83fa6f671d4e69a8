/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-curve.h"

#include "tutti-effect.h"
#include "tutti-effect-set.h"
#include "tutti-math.h"

#include <string.h>

#define DB_PER_OCTAVE_OF_SIZE 6.02059991327962390

typedef struct
{
  double re, im;
} Complex;

static Complex
times (Complex a, Complex b)
{
  return (Complex) { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re };
}

static double
square (Complex a)
{
  return a.re * a.re + a.im * a.im;
}

static double
decibels (double size)
{
  return size > 1e-10 ? DB_PER_OCTAVE_OF_SIZE * tutti_log2 (size) : TUTTI_CURVE_SILENT;
}

/* An effect as it is set before its first block. Those that need a cell have none here. */
static void
set_up (TuttiEffect *effect, TuttiScoreEffectKind kind, const int16_t *params)
{
  TuttiEffectContext context = { .time = { .tempo_cbpm = 12000 } };

  memset (effect, 0, sizeof *effect);
  effect->cell = TUTTI_CELL_NONE;
  effect->want.kind = (uint8_t) kind;
  effect->want.on = true;
  memcpy (effect->want.params, params, sizeof effect->want.params);
  tutti_effect_begin (effect, &context);
}

/* ---- responses ---- */

/* Of the recursion in tutti-eq.h as a system of two states: c0 + C (z − A)⁻¹ B, A = (a, −p; p, 1 − q), B = (p, q), C = (c1, c2). */
static double
band_power (const TuttiEqPoint *e, unsigned band, Complex z)
{
  double a = e->a[band], p = e->p[band], q = e->q[band], c0 = e->c0[band], c1 = e->c1[band], c2 = e->c2[band];
  Complex first = { z.re - a, z.im }, second = { z.re - 1.0 + q, z.im };
  Complex below = times (first, second), above;

  below.re += p * p;
  /* The adjoint of z − A, between C and B. */
  above.re = c1 * (second.re * p - p * q) + c2 * (p * p + first.re * q);
  above.im = c1 * second.im * p + c2 * first.im * q;
  above.re += c0 * below.re;
  above.im += c0 * below.im;
  return square (above) / square (below);
}

static double
eq_size (const TuttiEq *eq, double hz)
{
  double turns = hz / TUTTI_RATE, power = 1.0;
  Complex z = { tutti_cos_turns (turns), tutti_sin_turns (turns) };

  for (unsigned band = 0; band < TUTTI_EQ_BANDS; band++)
    power *= band_power (&eq->aim, band, z);
  return __builtin_sqrt (power);
}

/* The trapezoidal form is the analogue filter, its frequencies bent by a tangent. */
static double
filter_size (const TuttiFilter *filter, double hz)
{
  const TuttiFilterPoint *f = &filter->aim;
  double w = tutti_tan_pi (hz / TUTTI_RATE) / f->g;
  Complex below = { 1.0 - w * w, f->k * w }, above = { f->low - f->high * w * w, f->band * f->k * w };

  return __builtin_sqrt (square (above) / square (below));
}

void
tutti_curve_response (TuttiScoreEffectKind kind, const int16_t *params, const double *hz, double *out, unsigned n)
{
  TuttiEffect effect;

  set_up (&effect, kind, params);
  for (unsigned i = 0; i < n; i++)
    out[i] = kind == TUTTI_SCORE_EFFECT_EQ ? decibels (eq_size (&effect.eq, hz[i]))
             : kind == TUTTI_SCORE_EFFECT_FILTER ? decibels (filter_size (&effect.filter, hz[i])) : 0.0;
}

/* ---- transfers ---- */

static double
blended (const TuttiEffect *effect, double dry, double wet)
{
  return (dry + (wet - dry) * effect->blend_aim.mix) * effect->blend_aim.level;
}

/* The knee of tutti-dynamics.c, in octaves. */
static double
compressed (const TuttiCompressor *c, double size)
{
  double over = tutti_log2 (size) - c->threshold, half = 0.5 * c->knee;
  double bend = over + half < c->knee ? over + half : c->knee, past = over - half > 0.0 ? over - half : 0.0;

  bend = bend > 0.0 ? bend : 0.0;
  return size * tutti_exp2 (-c->slope * (bend * bend / (2.0 * c->knee) + past)) * c->aim_makeup;
}

static double
driven (const TuttiDrivePoint *d, double size)
{
  double x = size * d->gain, bent = x / __builtin_sqrt (1.0 + x * x) * d->makeup;

  return size + (bent - size) * d->wet;
}

static double
crushed (const TuttiCrush *crush, double size)
{
  return crush->aim_levels == 0.0f ? size : (double) (int64_t) (size * crush->aim_levels + 0.5) / crush->aim_levels;
}

static double
size_after (const TuttiEffect *effect, double size)
{
  const int16_t *p = effect->want.params;
  double gained;

  switch (effect->want.kind)
    {
    case TUTTI_SCORE_EFFECT_COMPRESSOR:
      return blended (effect, size, compressed (&effect->compressor, size));
    case TUTTI_SCORE_EFFECT_GATE:
      return size >= effect->gate.open_above ? size : size * effect->gate.floor;
    case TUTTI_SCORE_EFFECT_LIMITER:
      gained = size * tutti_gain (p[1]);
      return gained < tutti_gain (p[0]) ? gained : tutti_gain (p[0]);
    case TUTTI_SCORE_EFFECT_DRIVE:
      return blended (effect, size, driven (&effect->drive.aim, size));
    case TUTTI_SCORE_EFFECT_CRUSH:
      return blended (effect, size, crushed (&effect->crush, size));
    default:
      return size;
    }
}

void
tutti_curve_transfer (TuttiScoreEffectKind kind, const int16_t *params, const double *in, double *out, unsigned n)
{
  TuttiEffect effect;

  set_up (&effect, kind == TUTTI_SCORE_EFFECT_LIMITER ? TUTTI_SCORE_EFFECT_NONE : kind, params);
  effect.want.kind = (uint8_t) kind;
  for (unsigned i = 0; i < n; i++)
    out[i] = decibels (size_after (&effect, tutti_exp2 (in[i] / DB_PER_OCTAVE_OF_SIZE)));
}
