/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-scale.h"

#include "tutti-effect-words.h"

#include <string.h>

static TuttiParamSpec
spec_of (TuttiEffectKind kind, guint index)
{
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (kind, index);

  return (TuttiParamSpec) { spec->name, spec->unit, spec->min, spec->max, spec->initial };
}

double
tutti_effect_scale_to_knob (TuttiEffectKind kind, guint index, int value)
{
  TuttiParamSpec spec = spec_of (kind, index);

  return tutti_knob_scale_to (&spec, value);
}

int
tutti_effect_scale_from_knob (TuttiEffectKind kind, guint index, double knob)
{
  TuttiParamSpec spec = spec_of (kind, index);

  return tutti_knob_scale_from (&spec, knob);
}

TuttiKnobScale
tutti_effect_scale (TuttiEffectKind kind, guint index)
{
  TuttiParamSpec spec = spec_of (kind, index);
  TuttiKnobScale scale = tutti_knob_scale (&spec);

  /* What is wide or narrow by itself is so from the middle. */
  if (g_str_equal (spec.name, "width"))
    scale.origin = spec.initial;
  return scale;
}

/* ---- typing ---- */

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
  TuttiParamSpec spec = spec_of (kind, index);
  g_autofree char *plain = g_strstrip (g_strdup (text));

  return is_word (kind, index, plain, value) || tutti_knob_scale_parse (&spec, plain, value);
}
