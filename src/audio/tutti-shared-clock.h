/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

#include "tutti-clock-fit.h"
#include "tutti-local-time.h"

G_BEGIN_DECLS

#define TUTTI_TYPE_SHARED_CLOCK (tutti_shared_clock_get_type ())
G_DECLARE_FINAL_TYPE (TuttiSharedClock, tutti_shared_clock, TUTTI, SHARED_CLOCK, GstSystemClock)

/* The jam's time as a GstClock: local time, calibrated by the fit; identity until a line is set (alone, or hosting). One object for
 * the life of the pipeline, across hosts: a playing pipeline takes no other clock. Positions are never computed from it, because
 * a GstClock stands still after a step backwards; they come from tutti_shared_clock_read ().
 * `local` may be NULL (the plain monotonic clock). (transfer full) */
TuttiSharedClock *tutti_shared_clock_new (const TuttiLocalTime *local);

/* Calibrates by `line`; NULL is identity. Thread: one caller at a time. */
void tutti_shared_clock_set_line (TuttiSharedClock *self, const TuttiClockLine *line);

/* The newest line local → host. FALSE, `line` untouched, only if the writer was caught at work. Thread: any. Realtime-safe: yes. */
gboolean tutti_shared_clock_read (TuttiSharedClock *self, TuttiClockLine *line);

/* Thread: any. Realtime-safe: yes. */
const TuttiLocalTime *tutti_shared_clock_get_local (TuttiSharedClock *self);

/* What the host's clock reads when this machine's monotonic clock reads `monotonic_ns`. Thread: any but the audio thread (it may wait
 * the nanoseconds of a write). */
gint64 tutti_shared_clock_host_ns (TuttiSharedClock *self, gint64 monotonic_ns);

/* The way back, likewise. */
gint64 tutti_shared_clock_monotonic_ns (TuttiSharedClock *self, gint64 host_ns);

G_END_DECLS
