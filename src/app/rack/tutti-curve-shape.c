/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-curve-shape.h"

#include "tutti-curve.h"

#include <math.h>
#include <string.h>

#define N TUTTI_CURVE_PLACES
#define EQ_DB 20.0             /* up and down */
#define FILTER_BOTTOM_DB (-36.0)
#define FILTER_TOP_DB 24.0
#define LEVEL_DB 60.0          /* below full scale */
#define SHOWN_MS 4000.0        /* of a reverberation */
#define SHOWN_TICKS 3840.0     /* of echoes and swings: a bar of four */

static const double whole[2] = { 0, 1000 };

static float
share (double x, double low, double high)
{
  return (float) CLAMP ((x - low) / (high - low), -0.1, 1.1);
}

static double
place (int i)
{
  return (double) i / (N - 1);
}

static void
add_point (TuttiCurveShape *s, double x, double y, int x_value, const double x_range[2], int y_value, const double y_range[2])
{
  TuttiCurvePoint *point = &s->points[s->n_points++];

  *point = (TuttiCurvePoint) { .x = (float) x, .y = (float) y, .x_value = x_value, .y_value = y_value };
  if (x_range != NULL)
    memcpy (point->x_range, x_range, sizeof point->x_range);
  if (y_range != NULL)
    memcpy (point->y_range, y_range, sizeof point->y_range);
}

/* ---- by pitch ---- */

static void
respond (TuttiCurveShape *s, TuttiEffectKind kind, const gint16 *v, double bottom, double top)
{
  double hz[N], db[N];

  for (int i = 0; i < N; i++)
    hz[i] = 20 * pow (1000, place (i));
  tutti_curve_response ((TuttiScoreEffectKind) (kind + 1), v, hz, db, N);
  for (int i = 0; i < N; i++)
    s->line[0][i] = share (db[i], bottom, top);
  s->n_lines = 1;
  s->filled = TRUE;
}

/* The numbers of the values are those of the specs in tutti-effect.c. */
static void
make_eq (TuttiCurveShape *s, const gint16 *v)
{
  static const struct { int gain, frequency; } bands[] = { { 0, 4 }, { 1, 5 }, { 2, 7 } };
  static const double gains[2] = { -100 * EQ_DB, 100 * EQ_DB };

  respond (s, TUTTI_EFFECT_EQ, v, -EQ_DB, EQ_DB);
  for (guint i = 0; i < G_N_ELEMENTS (bands); i++)
    add_point (s, v[bands[i].frequency] / 1000.0, share (v[bands[i].gain] / 100.0, -EQ_DB, EQ_DB), bands[i].frequency, whole,
               bands[i].gain, gains);
}

static void
make_filter (TuttiCurveShape *s, const gint16 *v)
{
  /* So that the point lies near the bend at any resonance. */
  static const double resonance[2] = { -1222, 1000 };

  respond (s, TUTTI_EFFECT_FILTER, v, FILTER_BOTTOM_DB, FILTER_TOP_DB);
  add_point (s, v[1] / 1000.0, share (v[2], resonance[0], resonance[1]), 1, whole, 2, resonance);
}

/* ---- by level ---- */

static float
level_after (TuttiEffectKind kind, const gint16 *v, double in_db)
{
  double out;

  tutti_curve_transfer ((TuttiScoreEffectKind) (kind + 1), v, &in_db, &out, 1);
  return share (out, -LEVEL_DB, 0);
}

static void
transfer_levels (TuttiCurveShape *s, TuttiEffectKind kind, const gint16 *v)
{
  double in[N], out[N];

  for (int i = 0; i < N; i++)
    in[i] = LEVEL_DB * (place (i) - 1);
  tutti_curve_transfer ((TuttiScoreEffectKind) (kind + 1), v, in, out, N);
  for (int i = 0; i < N; i++)
    s->line[0][i] = share (out[i], -LEVEL_DB, 0);
  s->n_lines = 1;
  s->filled = TRUE;
}

static void
make_compressor (TuttiCurveShape *s, const gint16 *v)
{
  static const double thresholds[2] = { -100 * LEVEL_DB, 0 };

  transfer_levels (s, TUTTI_EFFECT_COMPRESSOR, v);
  add_point (s, share (v[0] / 100.0, -LEVEL_DB, 0), level_after (TUTTI_EFFECT_COMPRESSOR, v, v[0] / 100.0), 0, thresholds, -1, NULL);
}

static void
make_gate (TuttiCurveShape *s, const gint16 *v)
{
  static const double thresholds[2] = { -100 * LEVEL_DB, 0 };

  transfer_levels (s, TUTTI_EFFECT_GATE, v);
  add_point (s, share (v[0] / 100.0, -LEVEL_DB, 0), share (v[0] / 100.0, -LEVEL_DB, 0), 0, thresholds, -1, NULL);
}

static void
make_limiter (TuttiCurveShape *s, const gint16 *v)
{
  static const double ceilings[2] = { -100 * LEVEL_DB, 0 };

  transfer_levels (s, TUTTI_EFFECT_LIMITER, v);
  add_point (s, share ((v[0] - v[1]) / 100.0, -LEVEL_DB, 0), share (v[0] / 100.0, -LEVEL_DB, 0), -1, NULL, 0, ceilings);
}

/* Of a value from −1 to 1, what becomes of it. */
static void
transfer_values (TuttiCurveShape *s, TuttiEffectKind kind, const gint16 *v)
{
  for (int i = 0; i < N; i++)
    {
      double x = 2 * place (i) - 1, in = 20 * log10 (MAX (fabs (x), 1e-6)), out;

      tutti_curve_transfer ((TuttiScoreEffectKind) (kind + 1), v, &in, &out, 1);
      s->line[0][i] = share (copysign (pow (10, out / 20), x), -1.15, 1.15);
    }
  s->n_lines = 1;
  s->filled = TRUE;
  s->floor = 0.5f;
}

static void
make_drive (TuttiCurveShape *s, const gint16 *v)
{
  transfer_values (s, TUTTI_EFFECT_DRIVE, v);
}

static void
make_crush (TuttiCurveShape *s, const gint16 *v)
{
  transfer_values (s, TUTTI_EFFECT_CRUSH, v);
}

/* ---- in time ---- */

/* Two sides that swing, the second later by @spread of a turn. */
static void
swing (TuttiCurveShape *s, double turns, double depth, double spread)
{
  for (int side = 0; side < 2; side++)
    for (int i = 0; i < N; i++)
      s->line[side][i] = (float) (0.5 + 0.42 * depth * sin (2 * G_PI * (turns * place (i) + side * spread)));
  s->n_lines = spread != 0 ? 2 : 1;
}

/* So many turns of something that goes around @millihertz / 1000 times a second: two seconds of it. */
static double
turns_of (gint16 millihertz)
{
  return CLAMP (millihertz / 500.0, 0.25, 16);
}

static void
make_chorus (TuttiCurveShape *s, const gint16 *v)
{
  swing (s, turns_of (v[0]), v[1] / 1000.0, v[3] / 1000.0);
}

static void
make_flanger (TuttiCurveShape *s, const gint16 *v)
{
  swing (s, turns_of (v[0]), v[1] / 1000.0, v[4] / 1000.0);
}

static void
make_phaser (TuttiCurveShape *s, const gint16 *v)
{
  swing (s, turns_of (v[0]), v[1] / 1000.0, v[4] / 1000.0);
}

/* Of a sine and what it becomes when it is driven into a square. */
static void
make_tremolo (TuttiCurveShape *s, const gint16 *v)
{
  double depth = v[1] / 1000.0, sharp = 1 + 30 * pow (v[2] / 1000.0, 3);

  for (int i = 0; i < N; i++)
    {
      double swung = tanh (sharp * sin (2 * G_PI * place (i) * SHOWN_TICKS / v[0])) / tanh (sharp);

      s->line[0][i] = (float) (0.9 - 0.8 * depth * (0.5 - 0.5 * swung));
    }
  s->n_lines = 1;
  s->filled = TRUE;
}

/* What is played, and its echoes: up on the left side, down on the right. */
static void
make_delay (TuttiCurveShape *s, const gint16 *v)
{
  double size = v[4] / 1000.0, across = v[3] / 1000.0;

  s->bars[s->n_bars++] = (TuttiCurveBar) { 0.03f, 0.08f, 0.92f, 0.45f };
  for (int i = 1; i < TUTTI_CURVE_BARS; i++)
    {
      double x = 0.03 + i * v[0] / SHOWN_TICKS, far = 0.42 * sqrt (MIN (size, 1)), near = far * (1 - across);

      if (x > 0.98 || size < 0.004)
        break;
      s->bars[s->n_bars++] = (TuttiCurveBar) { (float) x, (float) (0.5 - (i % 2 ? near : far)), (float) (0.5 + (i % 2 ? far : near)), 1 };
      size *= v[1] / 1000.0;
    }
}

/* A cloud that dies away as slowly as its knob says, from where it begins. */
static void
make_reverb (TuttiCurveShape *s, const gint16 *v)
{
  double loud = 0.16 + 0.3 * sqrt (v[5] / 1000.0), begin = v[2] / SHOWN_MS;

  s->bars[s->n_bars++] = (TuttiCurveBar) { 0.03f, 0.08f, 0.92f, 0.45f };
  for (int i = 1; i < TUTTI_CURVE_BARS; i++)
    {
      double late = (i - 1.0) / (TUTTI_CURVE_BARS - 2), x = 0.08 + begin + 0.9 * late, left = pow (10, -1.1 * late * SHOWN_MS / v[0]);
      double half = loud * left * (i % 3 == 1 ? 1 : i % 3 == 2 ? 0.72 : 0.86);

      if (x > 0.98)
        break;
      s->bars[s->n_bars++] = (TuttiCurveBar) { (float) x, (float) (0.5 - half), (float) (0.5 + half), (float) (0.35 + 0.65 * left) };
    }
}

/* How far the sides lie apart, as bars from the middle. */
static void
make_width (TuttiCurveShape *s, const gint16 *v)
{
  double wide = v[0] / 2000.0, middle = 0.5 + 0.4 * v[1] / 1000.0;

  for (int i = -4; i <= 4; i++)
    {
      double x = middle + 0.11 * wide * i, half = 0.4 - 0.06 * abs (i);

      s->bars[s->n_bars++] = (TuttiCurveBar) { (float) CLAMP (x, 0.02, 0.98), (float) (0.5 - half), (float) (0.5 + half),
                                               1 - 0.15f * (float) abs (i) };
    }
}

void
tutti_curve_shape_make (TuttiCurveShape *shape, TuttiEffectKind kind, const gint16 *values)
{
  static void (*const makers[TUTTI_N_EFFECTS]) (TuttiCurveShape *shape, const gint16 *values) = {
    [TUTTI_EFFECT_FILTER] = make_filter,   [TUTTI_EFFECT_DRIVE] = make_drive,
    [TUTTI_EFFECT_CRUSH] = make_crush,     [TUTTI_EFFECT_EQ] = make_eq,
    [TUTTI_EFFECT_COMPRESSOR] = make_compressor, [TUTTI_EFFECT_LIMITER] = make_limiter,
    [TUTTI_EFFECT_CHORUS] = make_chorus,   [TUTTI_EFFECT_FLANGER] = make_flanger,
    [TUTTI_EFFECT_PHASER] = make_phaser,   [TUTTI_EFFECT_DELAY] = make_delay,
    [TUTTI_EFFECT_REVERB] = make_reverb,   [TUTTI_EFFECT_WIDTH] = make_width,
    [TUTTI_EFFECT_GATE] = make_gate,       [TUTTI_EFFECT_TREMOLO] = make_tremolo,
  };

  *shape = (TuttiCurveShape) { .made = TRUE };
  makers[kind] (shape, values);
}
