/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-typed.h"

#include <math.h>

gboolean
tutti_typed_number (const char *text, double *number, char **rest)
{
  g_autoptr(GString) plain = g_string_new (text);
  char *end;

  g_string_replace (plain, "−", "-", 0);
  g_string_replace (plain, ",", ".", 0);
  g_string_replace (plain, "⁄", "/", 0);
  *number = g_ascii_strtod (plain->str, &end);
  *rest = g_utf8_strdown (g_strstrip (end), -1);
  return end != plain->str && isfinite (*number);
}

double
tutti_typed_frequency (double number, const char *rest)
{
  double hertz = rest[0] == 'k' ? number * 1000 : number;

  return hertz <= 20 ? 0 : 1000 * log (hertz / 20) / log (1000);
}
