/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-number-text.h"

#include <glib.h>
#include <math.h>
#include <string.h>

/* Reads what is typed: a true minus sign is as good as a hyphen, a comma as a point. @rest: what follows the number. */
static gboolean
read_double (const char *text, double *number, char **rest)
{
  g_autoptr(GString) plain = g_string_new (text);
  char *end;

  g_string_replace (plain, "−", "-", 0);
  g_string_replace (plain, ",", ".", 0);
  g_strstrip (plain->str);
  *number = g_ascii_strtod (plain->str, &end);
  if (end == plain->str || !isfinite (*number))
    return FALSE;
  *rest = g_ascii_strdown (g_strstrip (end), -1);
  return TRUE;
}

/* What is heard in hertz; a bare number above 20 000 is none. */
static double
from_hertz (double number, const char *rest)
{
  double hertz = g_str_has_prefix (rest, "k") ? number * 1000 : number;

  return 1000 * log (MAX (hertz, 20) / 20) / log (1000);
}

gboolean
tutti_number_from_text (guint address, const char *text, int *value)
{
  const TuttiParamSpec *spec = tutti_address_spec (address);
  g_autofree char *rest = NULL;
  double number;

  if (!read_double (text, &number, &rest))
    return FALSE;
  if (g_str_has_prefix (spec->unit, "1/1000 of 20 Hz"))
    number = from_hertz (number, rest);
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
