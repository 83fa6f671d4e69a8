/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-shared-clock.h"

#include <math.h>

#include "tutti-cell.h"

#define RATE_DENOMINATOR G_GUINT64_CONSTANT (1000000000)

struct _TuttiSharedClock
{
  GstSystemClock parent_instance;

  TuttiLocalTime local;        /* set once, before anybody else sees the object */
  TuttiCell line;
};

G_DEFINE_FINAL_TYPE (TuttiSharedClock, tutti_shared_clock, GST_TYPE_SYSTEM_CLOCK)

static GstClockTime
get_internal_time (GstClock *clock)
{
  TuttiSharedClock *self = TUTTI_SHARED_CLOCK (clock);

  return tutti_local_time_from_monotonic (&self->local, tutti_monotonic_ns ());
}

static void
tutti_shared_clock_class_init (TuttiSharedClockClass *klass)
{
  GST_CLOCK_CLASS (klass)->get_internal_time = get_internal_time;
}

static void
tutti_shared_clock_init (TuttiSharedClock *self)
{
  TuttiClockLine identity = { 0 };

  tutti_cell_write (&self->line, &identity, sizeof identity);
}

TuttiSharedClock *
tutti_shared_clock_new (const TuttiLocalTime *local)
{
  TuttiSharedClock *self = g_object_new (TUTTI_TYPE_SHARED_CLOCK, "clock-type", GST_CLOCK_TYPE_MONOTONIC, NULL);

  if (local != NULL)
    self->local = *local;
  return gst_object_ref_sink (self);
}

/* GStreamer takes the rate as a fraction; a denominator of 10^9 leaves a nanosecond a second, and each observation sets it anew. */
void
tutti_shared_clock_set_line (TuttiSharedClock *self, const TuttiClockLine *line)
{
  TuttiClockLine identity = { 0 };

  if (line == NULL)
    line = &identity;
  tutti_cell_write (&self->line, line, sizeof *line);
  gst_clock_set_calibration (GST_CLOCK (self), line->local_ns, line->host_ns,
                             RATE_DENOMINATOR + (gint64) llrint (line->rate * 1e9), RATE_DENOMINATOR);
}

gboolean
tutti_shared_clock_read (TuttiSharedClock *self, TuttiClockLine *line)
{
  return tutti_cell_read (&self->line, line, sizeof *line);
}

const TuttiLocalTime *
tutti_shared_clock_get_local (TuttiSharedClock *self)
{
  return &self->local;
}

/* A reader outside the audio thread may wait the nanoseconds that a write takes. */
static TuttiClockLine
read_surely (TuttiSharedClock *self)
{
  TuttiClockLine line;

  while (!tutti_shared_clock_read (self, &line))
    g_thread_yield ();
  return line;
}

gint64
tutti_shared_clock_host_ns (TuttiSharedClock *self, gint64 monotonic_ns)
{
  TuttiClockLine line = read_surely (self);

  return tutti_clock_line_to_host (&line, tutti_local_time_from_monotonic (&self->local, monotonic_ns));
}

gint64
tutti_shared_clock_monotonic_ns (TuttiSharedClock *self, gint64 host_ns)
{
  TuttiClockLine line = read_surely (self);

  return tutti_local_time_to_monotonic (&self->local, tutti_clock_line_to_local (&line, host_ns));
}
