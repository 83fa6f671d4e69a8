/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-knob-scale.h"

#include "tutti-typed.h"

#include <math.h>
#include <string.h>

#define CURVED_STEPS 100.0
#define WHOLE_NOTE 3840.0      /* ticks */

/* From a 1/64 triplet to two bars, with dots and triplets. */
static const int lengths[] = { 20, 30, 40, 60, 80, 120, 160, 180, 240, 320, 360, 480, 640, 720, 960, 1280, 1440, 1920, 2560, 2880, 3840,
                               5760, 7680 };

typedef enum { STRAIGHT, WHOLE, CURVED, LENGTHS } Shape;

static Shape
shape_of (const TuttiParamSpec *spec)
{
  static const char * const curved[] = { "ms", "1/10 ms", "1/100 ms", "1/1000 Hz", "1/100 Hz", "1/100", NULL };

  if (g_str_equal (spec->unit, "1/960 quarter"))
    return LENGTHS;
  if (g_strv_contains (curved, spec->unit))
    return CURVED;
  return spec->max - spec->min <= 100 ? WHOLE : STRAIGHT;
}

static double
length_to_knob (int value)
{
  guint i = 0;

  while (i + 2 < G_N_ELEMENTS (lengths) && lengths[i + 1] <= value)
    i++;
  return i + CLAMP (log ((double) value / lengths[i]) / log ((double) lengths[i + 1] / lengths[i]), 0, 1);
}

double
tutti_knob_scale_to (const TuttiParamSpec *spec, int value)
{
  switch (shape_of (spec))
    {
    case LENGTHS:
      return length_to_knob (value);
    case CURVED:
      return CURVED_STEPS * cbrt ((double) (value - spec->min) / (spec->max - spec->min));
    case STRAIGHT: case WHOLE:
    default:
      return value;
    }
}

int
tutti_knob_scale_from (const TuttiParamSpec *spec, double knob)
{
  double share = CLAMP (knob / CURVED_STEPS, 0, 1);

  switch (shape_of (spec))
    {
    case LENGTHS:
      return lengths[CLAMP ((int) round (knob), 0, (int) G_N_ELEMENTS (lengths) - 1)];
    case CURVED:
      return spec->min + (int) round (share * share * share * (spec->max - spec->min));
    case STRAIGHT: case WHOLE:
    default:
      return (int) CLAMP (round (knob), spec->min, spec->max);
    }
}

TuttiKnobScale
tutti_knob_scale (const TuttiParamSpec *spec)
{
  Shape shape = shape_of (spec);
  TuttiKnobScale scale = { .low = tutti_knob_scale_to (spec, spec->min), .high = tutti_knob_scale_to (spec, spec->max),
                           .initial = tutti_knob_scale_to (spec, spec->initial) };

  scale.step = shape == WHOLE || shape == LENGTHS ? 1 : (scale.high - scale.low) / 100;
  /* From the middle, where both ways lead away from it; silence is no middle's other side. */
  scale.origin = spec->min < 0 && spec->max > 0 && spec->min != TUTTI_GAIN_MIN_CDB ? tutti_knob_scale_to (spec, 0) : scale.low;
  return scale;
}

/* ---- typing ---- */

static double
in_ticks (double number, const char *rest)
{
  double below = rest[0] == '/' ? g_ascii_strtod (rest + 1, NULL) : 0;

  if (below > 0)
    return WHOLE_NOTE * number / below;
  return number * (g_str_has_prefix (rest, "beat") ? WHOLE_NOTE / 4 : WHOLE_NOTE);
}

static double
in_unit (const char *unit, double number, const char *rest)
{
  static const struct { const char *unit; double times; } plain[] = {
    { "1/100 dB", 100 }, { "1/1000 Hz", 1000 }, { "1/100 Hz", 100 }, { "1/10000", 100 },
  };
  double ms = rest[0] == 's' ? number * 1000 : number;

  if (g_str_has_prefix (unit, "1/1000 of 20 Hz"))
    return tutti_typed_frequency (number, rest);
  if (g_str_equal (unit, "1/960 quarter"))
    return in_ticks (number, rest);
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (g_str_has_prefix (unit, plain[i].unit))
      return number * plain[i].times;
  if (g_str_equal (unit, "ms"))
    return ms;
  if (g_str_equal (unit, "1/10 ms"))
    return ms * 10;
  if (g_str_equal (unit, "1/100 ms") || g_str_equal (unit, "1/100"))
    return ms * 100;
  if (g_str_equal (unit, "cents"))
    return number * (g_str_has_prefix (rest, "st") ? 100 : 1);
  /* Shares are typed in percent; those to the left are below the middle. */
  if (g_str_has_prefix (unit, "1/1000"))
    return number * (rest[0] == 'l' ? -10 : 10);
  return number;
}

gboolean
tutti_knob_scale_parse (const TuttiParamSpec *spec, const char *text, int *value)
{
  g_autofree char *rest = NULL;
  double number;

  if (!tutti_typed_number (text, &number, &rest))
    return FALSE;
  *value = (int) CLAMP (round (in_unit (spec->unit, number, rest)), spec->min, spec->max);
  return TRUE;
}
