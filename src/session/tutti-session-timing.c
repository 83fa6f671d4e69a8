/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How well this session is in time with the others: the figures, and the one word for them. */
#include "tutti-session-private.h"

#include <string.h>

void
tutti_session_note_heard (TuttiSession *self, gboolean late)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;
  TuttiRecentEdits *recent = &self->recent[second % TUTTI_RECENT_S];

  if (recent->second != second)
    *recent = (TuttiRecentEdits) { .second = second };
  recent->edits++;
  recent->late += (guint) late;
  self->edits++;
  self->late += late;
}

/* More than one edit in a hundred of the last half minute came late. */
static gboolean
hears_late (TuttiSession *self)
{
  gint64 now = g_get_monotonic_time () / G_USEC_PER_SEC;
  guint edits = 0, late = 0;

  for (guint i = 0; i < TUTTI_RECENT_S; i++)
    if (now - self->recent[i].second < TUTTI_RECENT_S)
      {
        edits += self->recent[i].edits;
        late += self->recent[i].late;
      }
  return late * 100 > edits;
}

static TuttiQuality
judge (TuttiSession *self, const TuttiTiming *timing, const TuttiNetTimeState *time)
{
  if (self->state == TUTTI_SESSION_AWAY)
    return TUTTI_QUALITY_AWAY;
  if (time->following && !time->fit.settled)
    return TUTTI_QUALITY_SETTLING;
  if (ABS (timing->offset_us) > 5000.0)
    return TUTTI_QUALITY_OUT_OF_TIME;
  if (hears_late (self))
    return TUTTI_QUALITY_LATE_EDITS;
  if (timing->round_trip_ms > 40.0 || timing->jitter_ms > 5.0)
    return TUTTI_QUALITY_SLOW_LINK;
  return TUTTI_QUALITY_IN_TIME;
}

static void
read_link (TuttiSession *self, TuttiTiming *timing)
{
  TuttiLink *link = self->wire != NULL ? tutti_wire_get_link (self->wire) : NULL;

  if (link == NULL)
    return;
  TuttiLinkFigures figures = tutti_link_get_figures (link);

  timing->bytes_in = figures.payload_bytes_in;
  timing->bytes_out = figures.payload_bytes_out;
  timing->messages_in = figures.messages_in;
  timing->messages_out = figures.messages_out;
}

void
tutti_session_get_timing (TuttiSession *self, TuttiTiming *timing)
{
  TuttiNetTimeState time;
  TuttiOutputStats output;

  memset (timing, 0, sizeof *timing);
  if (self->replica == NULL)
    return;
  tutti_net_time_get_state (self->time, &time);
  tutti_output_get_stats (tutti_playback_get_output (self->playback), &output);
  timing->round_trip_ms = time.following ? time.fit.rtt_us / 1000.0 : 0.0;
  timing->jitter_ms = time.following ? (time.fit.rtt_us - time.fit.rtt_min_us) / 2000.0 : 0.0;
  timing->clock_error_us = time.following ? time.fit.error_us : 0.0;
  timing->offset_us = output.in_time ? output.position_error_us : 0.0;
  timing->lead_ms = (double) tutti_replica_get_lead (self->replica) * 1000.0 / TUTTI_FRAMES_PER_SECOND;
  timing->edit_latency_us = tutti_replica_get_latency_ms (self->replica) * 1000.0;
  timing->edits = self->edits;
  timing->late = self->late;
  timing->repairs = tutti_replica_get_repairs (self->replica);
  timing->pending = tutti_replica_get_pending (self->replica);
  timing->drop_outs = (guint) output.underflows;
  timing->drop_outs_lately = tutti_trail_count_drop_outs (&self->trail, g_get_monotonic_time () / G_USEC_PER_SEC, TUTTI_LATELY_S);
  timing->syncs = self->sync_again_times;
  timing->silent_clock = tutti_net_time_is_silent (&time, tutti_monotonic_ns ()) ? self->clock_port : 0;
  read_link (self, timing);
  timing->quality = judge (self, timing, &time);
}

/* Where nobody else decides, there is nothing to be out of time with. */
static void
take_sample (TuttiSession *self, gint64 second)
{
  TuttiTrailSample sample = { .second = second, .in_jam = self->state != TUTTI_SESSION_AWAY && self->state != TUTTI_SESSION_JOINING };
  TuttiTrailCounts counts;
  TuttiTiming timing;

  tutti_session_get_timing (self, &timing);
  if (self->replica != NULL)
    tutti_replica_report_quality (self->replica, timing.quality);
  sample.round_trip_ms = (float) timing.round_trip_ms;
  sample.jitter_ms = (float) timing.jitter_ms;
  sample.clock_error_us = (float) timing.clock_error_us;
  sample.offset_us = (float) timing.offset_us;
  sample.lead_ms = (float) timing.lead_ms;
  counts = (TuttiTrailCounts) { timing.edits, timing.late, timing.bytes_in, timing.bytes_out, timing.drop_outs };
  tutti_trail_note (&self->trail, &sample, &counts);
  if (sample.in_jam && tutti_sync_again_look (&self->sync_again, timing.round_trip_ms, g_get_monotonic_time ()))
    {
      g_info ("The round trip is %.0f ms: measuring the time anew", timing.round_trip_ms);
      tutti_session_resync (self);
    }
}

void
tutti_session_keep_trail (TuttiSession *self)
{
  gint64 second = g_get_monotonic_time () / G_USEC_PER_SEC;
  guint n = tutti_trail_get_n (&self->trail);

  if (n == 0 || tutti_trail_get (&self->trail, n - 1)->second < second)
    take_sample (self, second);
}

const TuttiTrail *
tutti_session_get_trail (TuttiSession *self)
{
  return &self->trail;
}

void
tutti_session_resync (TuttiSession *self)
{
  if (self->time == NULL)
    return;
  self->sync_again_times++;
  tutti_net_time_restart (self->time);
}
