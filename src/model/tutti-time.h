/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-limits.h"

#include <glib.h>

/* Musical time and the jam's shared frame counter, in whole numbers only, so that every machine counts alike.
 *
 * A *frame* is 1/48000 s of the host's clock; a *tick* is 1/960 of a quarter note. Ticks are unwrapped: they go on
 * counting when a loop range repeats. One frame lasts tempo_cbpm/300000 ticks exactly. */
#define TUTTI_FRAMES_PER_SECOND 48000
#define TUTTI_TICKS_PER_QUARTER 960
#define TUTTI_TICKS_PER_WHOLE (4 * TUTTI_TICKS_PER_QUARTER)

/* Musical time ends here, thousands of years from anything heard: what a damaged document or a lying stamp would carry past it
 * stays, so that times are always exact in JSON (2^53) and in the arithmetic. */
#define TUTTI_TICK_FAR (G_GINT64_CONSTANT (1) << 52)
#define TUTTI_FRAME_FAR (G_GINT64_CONSTANT (1) << 52)

/* Where the music is: tick @tick sounds at frame @frame, and time runs on from there at @tempo_cbpm (1/100 BPM). */
typedef struct
{
  gint64 frame;
  gint64 tick;
  gint32 tempo_cbpm;
} TuttiAnchor;

/* The last tick that has begun at @frame; never past TUTTI_TICK_FAR either way. */
gint64      tutti_anchor_tick_at (const TuttiAnchor *anchor, gint64 frame);

/* The first frame at which @tick has begun; the exact inverse: tick_at (frame_of (t)) >= t, and one frame earlier < t. */
gint64      tutti_anchor_frame_of (const TuttiAnchor *anchor, gint64 tick);

/* The anchor that goes on from @anchor at a new tempo, from the first whole tick at or after @frame: a whole tick, so that
 * dragging the tempo never loses parts of ticks. */
TuttiAnchor tutti_anchor_with_tempo (const TuttiAnchor *anchor, gint64 frame, gint32 tempo_cbpm);

/* Ticks of one beat and of one bar of @beats/@unit time. */
gint64      tutti_ticks_per_beat (int unit);
gint64      tutti_ticks_per_bar (int beats, int unit);

/* The smallest multiple of @quantum at or after @tick; @tick itself when @quantum is 0. */
gint64      tutti_tick_ceil (gint64 tick, gint64 quantum);

/* The place in the song of unwrapped @tick when [@start, @end) repeats: ticks before @end are themselves. */
gint64      tutti_tick_wrap (gint64 tick, gint64 start, gint64 end);

/* Floored division and remainder (C's round towards zero, which is wrong before the start). */
static inline gint64
tutti_floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b < 0);
}

static inline gint64
tutti_floor_mod (gint64 a, gint64 b)
{
  gint64 rest = a % b;

  return rest < 0 ? rest + b : rest;
}
