/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-trail.h"

#include <math.h>

#define BEYOND_FOR_US (2 * G_USEC_PER_SEC)
#define WAIT_US (15 * G_USEC_PER_SEC)
#define DOUBLINGS_MAX 4

/* A count that fell began anew: with another link, another output. */
static guint32
more (guint64 now, guint64 before)
{
  return (guint32) MIN (now >= before ? now - before : now, G_MAXUINT32);
}

gboolean
tutti_trail_note (TuttiTrail *trail, const TuttiTrailSample *measured, const TuttiTrailCounts *counted)
{
  TuttiTrailSample *sample = &trail->sample[trail->next];

  if (trail->n > 0 && tutti_trail_get (trail, trail->n - 1)->second >= measured->second)
    return FALSE;
  if (trail->n == 0 || counted->drop_outs < trail->counted.drop_outs)
    trail->begun = measured->second;
  *sample = *measured;
  sample->starting = measured->second - trail->begun < TUTTI_TRAIL_STARTING_S;
  sample->edits = more (counted->edits, trail->counted.edits);
  sample->late = more (counted->late, trail->counted.late);
  sample->bytes_in = more (counted->bytes_in, trail->counted.bytes_in);
  sample->bytes_out = more (counted->bytes_out, trail->counted.bytes_out);
  sample->drop_outs = more (counted->drop_outs, trail->counted.drop_outs);
  trail->counted = *counted;
  trail->next = (trail->next + 1) % TUTTI_TRAIL_S;
  trail->n = MIN (trail->n + 1, TUTTI_TRAIL_S);
  return TRUE;
}

guint
tutti_trail_get_n (const TuttiTrail *trail)
{
  return trail->n;
}

const TuttiTrailSample *
tutti_trail_get (const TuttiTrail *trail, guint i)
{
  return &trail->sample[(trail->next + TUTTI_TRAIL_S - trail->n + i) % TUTTI_TRAIL_S];
}

guint
tutti_trail_count_drop_outs (const TuttiTrail *trail, gint64 now, guint seconds)
{
  guint n = 0;

  for (guint i = 0; i < trail->n; i++)
    {
      const TuttiTrailSample *sample = tutti_trail_get (trail, i);

      if (!sample->starting && now - sample->second < seconds)
        n += sample->drop_outs;
    }
  return n;
}

void
tutti_trail_sum_up (const TuttiTrail *trail, double band_us, TuttiTrailSummary *out)
{
  *out = (TuttiTrailSummary) { 0 };
  for (guint i = 0; i < trail->n; i++)
    {
      const TuttiTrailSample *sample = tutti_trail_get (trail, i);

      if (!sample->in_jam)
        continue;
      out->least_us = out->n == 0 ? sample->offset_us : MIN (out->least_us, sample->offset_us);
      out->most_us = out->n == 0 ? sample->offset_us : MAX (out->most_us, sample->offset_us);
      out->outside += fabs (sample->offset_us) > band_us;
      out->late += sample->late;
      out->edits += sample->edits;
      out->drop_outs += sample->drop_outs;
      out->round_trip_most_ms = MAX (out->round_trip_most_ms, sample->round_trip_ms);
      out->n++;
    }
}

gboolean
tutti_sync_again_look (TuttiSyncAgain *self, double round_trip_ms, gint64 now_us)
{
  if (round_trip_ms < TUTTI_SYNC_CALM_MS)
    *self = (TuttiSyncAgain) { 0 };
  /* In between it goes on as it was, whichever that is. */
  if (round_trip_ms <= TUTTI_SYNC_AGAIN_MS)
    {
      self->above_us = 0;
      return FALSE;
    }
  if (self->above_us == 0)
    self->above_us = now_us;
  gint64 wait_us = self->times > 0 ? (gint64) WAIT_US << MIN (self->times - 1, DOUBLINGS_MAX) : 0;

  if (now_us - self->above_us < BEYOND_FOR_US || (self->times > 0 && now_us - self->again_us < wait_us))
    return FALSE;
  self->again_us = now_us;
  self->times++;
  return TRUE;
}
