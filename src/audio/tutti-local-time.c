/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-local-time.h"

#include <math.h>
#include <time.h>

static gint64
read_clock (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return now.tv_sec * G_GINT64_CONSTANT (1000000000) + now.tv_nsec;
}

gint64
tutti_monotonic_ns (void)
{
  return read_clock (CLOCK_MONOTONIC);
}

gint64
tutti_slept_ns (void)
{
  return read_clock (CLOCK_BOOTTIME) - read_clock (CLOCK_MONOTONIC);
}

/* Only the small product goes through a double, so nanoseconds survive any uptime. */
gint64
tutti_local_time_from_monotonic (const TuttiLocalTime *time, gint64 monotonic_ns)
{
  return monotonic_ns + llrint ((double) monotonic_ns * time->rate) + time->offset_ns;
}

gint64
tutti_local_time_to_monotonic (const TuttiLocalTime *time, gint64 local_ns)
{
  gint64 scaled = local_ns - time->offset_ns;

  return scaled - llrint ((double) scaled * (time->rate / (1.0 + time->rate)));
}
