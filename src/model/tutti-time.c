/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-time.h"

/* Frames in which a song position advances by tempo_cbpm ticks: 48000 · 60 · 100 / 960. */
#define FRAMES_PER_TEMPO 300000

static gint64
floor_muldiv (gint64 value, gint64 numerator, gint64 denominator)
{
  __int128 product = (__int128) value * numerator;
  __int128 quotient = product / denominator;

  return (gint64) (quotient - (product % denominator < 0));
}

gint64
tutti_anchor_tick_at (const TuttiAnchor *anchor, gint64 frame)
{
  gint64 tick = anchor->tick + floor_muldiv (frame - anchor->frame, anchor->tempo_cbpm, FRAMES_PER_TEMPO);

  return CLAMP (tick, -TUTTI_TICK_FAR, TUTTI_TICK_FAR);
}

gint64
tutti_anchor_frame_of (const TuttiAnchor *anchor, gint64 tick)
{
  return anchor->frame - floor_muldiv (anchor->tick - tick, FRAMES_PER_TEMPO, anchor->tempo_cbpm);
}

TuttiAnchor
tutti_anchor_with_tempo (const TuttiAnchor *anchor, gint64 frame, gint32 tempo_cbpm)
{
  gint64 tick = tutti_anchor_tick_at (anchor, frame);

  if (ABS (tick) == TUTTI_TICK_FAR)
    return (TuttiAnchor) { frame, tick, tempo_cbpm };
  if (tutti_anchor_frame_of (anchor, tick) < frame)
    tick++;
  return (TuttiAnchor) { tutti_anchor_frame_of (anchor, tick), tick, tempo_cbpm };
}

gint64
tutti_ticks_per_beat (int unit)
{
  return TUTTI_TICKS_PER_WHOLE / unit;
}

gint64
tutti_ticks_per_bar (int beats, int unit)
{
  return beats * tutti_ticks_per_beat (unit);
}

gint64
tutti_tick_ceil (gint64 tick, gint64 quantum)
{
  return quantum <= 0 ? tick : -tutti_floor_div (-tick, quantum) * quantum;
}

gint64
tutti_tick_wrap (gint64 tick, gint64 start, gint64 end)
{
  return tick < end || end <= start ? tick : start + (tick - start) % (end - start);
}
