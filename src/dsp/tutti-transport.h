/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-score.h"

/* Frames to ticks and back, in whole numbers only: position is always computed from an anchor and never accumulated. */

/* Between two ticks lie so many places; a frame moves on by the tempo in 1/100 BPM of them: 48000 · 60 · 100 / 960. */
#define TUTTI_PLACES_A_TICK INT64_C (300000)

/* A run of ticks whose frames lie in one tempo segment. */
typedef struct
{
  const TuttiScoreSegment *segment;
  int64_t                  first; /* ticks [first, end) */
  int64_t                  end;
} TuttiTickSpan;

/* A run of unwrapped ticks within one pass of the loop; song position = tick − shift. */
typedef struct
{
  int64_t first;
  int64_t end;
  int64_t shift;
  int64_t pass;                /* how often the loop has jumped back before it */
} TuttiLoopPass;

/* Rounds towards −∞; @by > 0. */
static inline int64_t
tutti_floor_div (int64_t value, int64_t by)
{
  int64_t quotient = value / by;
  return quotient - (value % by < 0);
}

static inline int64_t
tutti_floor_mod (int64_t value, int64_t by)
{
  int64_t rest = value % by;
  return rest < 0 ? rest + by : rest;
}

/* Where @frame lies as the segment runs, in places; it runs on where the transport stands. Realtime-safe. */
static inline int64_t
tutti_segment_place (const TuttiScoreSegment *segment, int64_t frame)
{
  return segment->tick * TUTTI_PLACES_A_TICK + (frame - segment->frame) * segment->tempo_cbpm;
}

/* The frame at which @tick begins to be reached by a segment. Realtime-safe. */
int64_t tutti_segment_frame (const TuttiScoreSegment *segment, int64_t tick);

/* The first tick that begins at or after @frame. Realtime-safe. */
int64_t tutti_segment_first_tick (const TuttiScoreSegment *segment, int64_t frame);

/* The segment in force at @frame (the first one before all of them). Realtime-safe. */
const TuttiScoreSegment *tutti_transport_segment (const TuttiScoreTransport *transport, int64_t frame);

/* The tick at @frame, whether it moves or not. Realtime-safe. */
int64_t tutti_transport_tick (const TuttiScoreTransport *transport, int64_t frame);

bool tutti_transport_loops (const TuttiScoreTransport *transport);

/* The song position of unwrapped @tick. Realtime-safe. */
int64_t tutti_transport_wrap (const TuttiScoreTransport *transport, int64_t tick);

/* How often the loop has jumped back before @tick. Realtime-safe. */
int64_t tutti_transport_pass (const TuttiScoreTransport *transport, int64_t tick);

/* The first stretch of [@first, @end) that lies in one pass of the loop. Realtime-safe. */
TuttiLoopPass tutti_transport_next_pass (const TuttiScoreTransport *transport, int64_t first, int64_t end);

/* Ticks that begin in frames [*@frame, @end), one tempo segment at a time: returns false when there are none left, else moves
 * *@frame to where the next call goes on. Realtime-safe. */
bool tutti_transport_next_span (const TuttiScoreTransport *transport, int64_t *frame, int64_t end, TuttiTickSpan *span);
