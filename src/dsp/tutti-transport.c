/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-transport.h"

int64_t
tutti_segment_frame (const TuttiScoreSegment *segment, int64_t tick)
{
  return segment->frame - tutti_floor_div (-(tick - segment->tick) * TUTTI_PLACES_A_TICK, segment->tempo_cbpm);
}

int64_t
tutti_segment_first_tick (const TuttiScoreSegment *segment, int64_t frame)
{
  return segment->tick + tutti_floor_div ((frame - segment->frame - 1) * segment->tempo_cbpm, TUTTI_PLACES_A_TICK) + 1;
}

static unsigned
segment_index (const TuttiScoreTransport *transport, int64_t frame)
{
  unsigned i = transport->n_segments - 1;

  while (i > 0 && transport->segments[i].frame > frame)
    i--;
  return i;
}

const TuttiScoreSegment *
tutti_transport_segment (const TuttiScoreTransport *transport, int64_t frame)
{
  return &transport->segments[segment_index (transport, frame)];
}

int64_t
tutti_transport_tick (const TuttiScoreTransport *transport, int64_t frame)
{
  const TuttiScoreSegment *segment = tutti_transport_segment (transport, frame);

  if (!segment->playing || frame < segment->frame)
    return segment->tick;
  return segment->tick + tutti_floor_div ((frame - segment->frame) * segment->tempo_cbpm, TUTTI_PLACES_A_TICK);
}

bool
tutti_transport_loops (const TuttiScoreTransport *transport)
{
  return transport->loop_on && transport->loop_end > transport->loop_start;
}

int64_t
tutti_transport_pass (const TuttiScoreTransport *transport, int64_t tick)
{
  if (!tutti_transport_loops (transport) || tick < transport->loop_end)
    return 0;
  return (tick - transport->loop_start) / (transport->loop_end - transport->loop_start);
}

int64_t
tutti_transport_wrap (const TuttiScoreTransport *transport, int64_t tick)
{
  return tick - tutti_transport_pass (transport, tick) * (transport->loop_end - transport->loop_start);
}

TuttiLoopPass
tutti_transport_next_pass (const TuttiScoreTransport *transport, int64_t first, int64_t end)
{
  TuttiLoopPass pass = { first, end, 0, tutti_transport_pass (transport, first) };

  if (tutti_transport_loops (transport))
    {
      int64_t length = transport->loop_end - transport->loop_start;
      int64_t jump = transport->loop_end + pass.pass * length;

      pass.shift = pass.pass * length;
      pass.end = end < jump ? end : jump;
    }
  return pass;
}

bool
tutti_transport_next_span (const TuttiScoreTransport *transport, int64_t *frame, int64_t end, TuttiTickSpan *span)
{
  while (*frame < end)
    {
      unsigned i = segment_index (transport, *frame);
      const TuttiScoreSegment *segment = &transport->segments[i];
      bool last = i + 1u == transport->n_segments;
      int64_t from = *frame > segment->frame ? *frame : segment->frame;
      int64_t to = last || segment[1].frame > end ? end : segment[1].frame;

      *frame = to;
      if (!segment->playing || from >= to)
        continue;
      span->segment = segment;
      span->first = tutti_segment_first_tick (segment, from);
      span->end = tutti_segment_first_tick (segment, to);
      if (span->first < span->end)
        return true;
    }
  return false;
}
