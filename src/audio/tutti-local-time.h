/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How this participant's local time follows from the kernel's monotonic clock: local = mono·(1 + rate) + offset. All zero outside
 * tests, which give a participant a foreign epoch or a fast crystal with it: preloading a fake clock stops other people's timers. */
typedef struct
{
  double rate;                 /* 1e-6 is one ppm */
  gint64 offset_ns;
} TuttiLocalTime;

/* CLOCK_MONOTONIC. Realtime-safe: yes (answered without entering the kernel). */
gint64 tutti_monotonic_ns (void);

/* CLOCK_BOOTTIME − CLOCK_MONOTONIC: it grows by the time the machine slept. */
gint64 tutti_slept_ns (void);

gint64 tutti_local_time_from_monotonic (const TuttiLocalTime *time, gint64 monotonic_ns);
gint64 tutti_local_time_to_monotonic   (const TuttiLocalTime *time, gint64 local_ns);

G_END_DECLS
