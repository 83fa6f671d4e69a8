/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdio.h>

#include <glib.h>

/* Three digits that count, and never 1e+04. */
static inline void
bench_print_measured (const char *what, double measured, const char *unit)
{
  if (ABS (measured) >= 1000)
    printf ("| %s | %.0f %s |", what, measured, unit);
  else
    printf ("| %s | %.3g %s |", what, measured, unit);
}

/* A row of the table that `./dev bench` prints: what, measured, goal, hit or miss. */
static inline void
bench_row (const char *what, double measured, double goal, const char *unit)
{
  bench_print_measured (what, measured, unit);
  printf (" ≤ %g %s | %s |\n", goal, unit, measured <= goal ? "hit" : "miss");
  fflush (stdout);
}

/* The same for what should be large. */
static inline void
bench_row_at_least (const char *what, double measured, double goal, const char *unit)
{
  bench_print_measured (what, measured, unit);
  printf (" ≥ %g %s | %s |\n", goal, unit, measured >= goal ? "hit" : "miss");
}

/* A figure without a goal. */
static inline void
bench_row_plain (const char *what, double measured, const char *unit)
{
  bench_print_measured (what, measured, unit);
  printf (" – | – |\n");
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
