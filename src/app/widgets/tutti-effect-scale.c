/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-scale.h"

#include "tutti-effect-words.h"
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
shape_of (const TuttiEffectValueSpec *spec)
{
  static const char * const curved[] = { "ms", "1/10 ms", "1/100 ms", "1/1000 Hz", "1/100", NULL };

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
tutti_effect_scale_to_knob (TuttiEffectKind kind, guint index, int value)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);

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
tutti_effect_scale_from_knob (TuttiEffectKind kind, guint index, double knob)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
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

TuttiEffectScale
tutti_effect_scale (TuttiEffectKind kind, guint index)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
  Shape shape = shape_of (spec);
  TuttiEffectScale scale = { .low = tutti_effect_scale_to_knob (kind, index, spec->min),
                             .high = tutti_effect_scale_to_knob (kind, index, spec->max),
                             .initial = tutti_effect_scale_to_knob (kind, index, spec->initial) };

  scale.step = shape == WHOLE || shape == LENGTHS ? 1 : (scale.high - scale.low) / 100;
  scale.origin = spec->min < 0 && spec->max > 0 ? tutti_effect_scale_to_knob (kind, index, 0) : scale.low;
  /* What is wide or narrow by itself is so from the middle. */
  if (g_str_equal (spec->name, "width"))
    scale.origin = spec->initial;
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
in_unit (const TuttiEffectValueSpec *spec, double number, const char *rest)
{
  double ms = rest[0] == 's' ? number * 1000 : number;

  if (g_str_has_prefix (spec->unit, "1/100 dB"))
    return number * 100;
  if (g_str_has_prefix (spec->unit, "1/1000 of 20 Hz"))
    return tutti_typed_frequency (number, rest);
  if (g_str_equal (spec->unit, "1/960 quarter"))
    return in_ticks (number, rest);
  if (g_str_equal (spec->unit, "1/1000 Hz"))
    return number * 1000;
  if (g_str_equal (spec->unit, "ms"))
    return ms;
  if (g_str_equal (spec->unit, "1/10 ms"))
    return ms * 10;
  if (g_str_equal (spec->unit, "1/100 ms") || g_str_equal (spec->unit, "1/100"))
    return ms * 100;
  if (g_str_has_prefix (spec->unit, "1/1000"))
    return number * (rest[0] == 'l' ? -10 : 10);
  return number;
}

/* "Off", "Low pass", "Centre": a value that has words of its own. */
static gboolean
is_word (TuttiEffectKind kind, guint index, const char *text, int *value)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
  int named[] = { spec->min, 0, 1, spec->max };
  g_autofree char *wanted = g_utf8_casefold (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      g_autofree char *words = tutti_words_effect_value (kind, index, CLAMP (named[i], spec->min, spec->max));
      g_autofree char *folded = g_utf8_casefold (words, -1);

      if (!g_str_equal (folded, wanted))
        continue;
      *value = CLAMP (named[i], spec->min, spec->max);
      return TRUE;
    }
  return FALSE;
}

gboolean
tutti_effect_scale_parse (TuttiEffectKind kind, guint index, const char *text, int *value)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);
  g_autofree char *plain = g_strstrip (g_strdup (text)), *rest = NULL;
  double number;

  if (is_word (kind, index, plain, value))
    return TRUE;
  if (!tutti_typed_number (plain, &number, &rest))
    return FALSE;
  *value = (int) CLAMP (round (in_unit (spec, number, rest)), spec->min, spec->max);
  return TRUE;
}
