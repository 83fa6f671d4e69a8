/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-number-text.h"

#include "tutti-typed.h"

#include <math.h>

gboolean
tutti_number_from_text (guint address, const char *text, int *value)
{
  const TuttiParamSpec *spec = tutti_address_spec (address);
  g_autofree char *rest = NULL;
  double number;

  if (!tutti_typed_number (text, &number, &rest))
    return FALSE;
  if (g_str_has_prefix (spec->unit, "1/1000 of 20 Hz"))
    number = tutti_typed_frequency (number, rest);
  else if (g_str_equal (spec->unit, "ms"))
    number *= g_str_has_prefix (rest, "s") ? 1000 : 1;
  else if (g_str_equal (spec->unit, "cents"))
    number *= g_str_has_prefix (rest, "st") ? 100 : 1;
  else if (g_str_equal (spec->unit, "1/100 dB") || g_str_equal (spec->unit, "1/100 Hz"))
    number *= 100;
  else if (g_str_has_prefix (spec->unit, "1/10000"))
    number *= 100;
  else if (g_str_has_prefix (spec->unit, "1/1000"))
    number *= 10;
  *value = (int) CLAMP (round (number), spec->min, spec->max);
  return TRUE;
}
