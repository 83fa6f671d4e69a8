/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A row of the table that `./dev bench` prints: what, measured, goal, hit or miss. */
static inline void
bench_row (const char *what, double measured, double goal, const char *unit)
{
  g_print ("| %s | %.3g %s | ≤ %g %s | %s |\n", what, measured, unit, goal, unit, measured <= goal ? "hit" : "miss");
}

/* A figure without a goal. */
static inline void
bench_row_plain (const char *what, double measured, const char *unit)
{
  g_print ("| %s | %.4g %s | – | – |\n", what, measured, unit);
}

static inline int
bench_compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The value below which @part of all lie; sorts @values, of double. */
static inline double
bench_quantile (GArray *values, double part)
{
  g_array_sort (values, bench_compare);
  return g_array_index (values, double, MIN ((guint) (part * values->len), values->len - 1));
}
