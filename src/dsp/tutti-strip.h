/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-chain.h"
#include "tutti-score.h"

/* A track behind its voices: filter, drive, effects, fader, place, sends. Plain memory. */

/* A strip that is gone is silent after so many blocks: 4 ms. */
#define TUTTI_STRIP_FADE_BLOCKS 3

/* What a strip is told at each grid point. */
typedef struct
{
  const TuttiScoreTrack *track; /* NULL: gone, fade out */
  const int16_t         *params; /* by TuttiScoreParam, locks applied */
  const TuttiScoreEffect *effects; /* as many as the track has, locks applied */
  bool                   audible;
} TuttiStripAim;

/* A gain that is a straight line over each block and nears its target by a quarter of the way a block: 5 ms, no zipper. */
typedef struct
{
  float now;                   /* at the beginning of the next block */
  float target;
} TuttiStripGain;

typedef struct
{
  bool           fresh;        /* take every target at once */
  bool           sounding;     /* the last block was run */
  uint8_t        fade_left;    /* blocks until a strip that is gone is silent */
  int16_t        gain, pan, delay, reverb; /* what the targets were made from */
  bool           audible;
  TuttiStripGain left, right, delay_send, reverb_send;
  TuttiEffect    filter, drive;
  TuttiChain     chain;
} TuttiStrip;

/* Where a strip's sound goes. */
typedef struct
{
  TuttiBlock mix;
  TuttiBlock delay;
  TuttiBlock reverb;
  bool       delay_fed;
  bool       reverb_fed;
} TuttiStripBuses;

/* The same; what does not run is left out. */
TUTTI_REALTIME void tutti_strip_copy (TuttiStrip *to, const TuttiStrip *from);

/* Cells that it had must have been dropped. */
TUTTI_REALTIME void tutti_strip_reset (TuttiStrip *strip);
TUTTI_REALTIME void tutti_strip_aim (TuttiStrip *strip, const TuttiStripAim *aim);

/* With silence in, silence comes out. */
TUTTI_REALTIME bool tutti_strip_silent (const TuttiStrip *strip, const TuttiCells *cells);

/* Lets a silent block pass without computing it. */
TUTTI_REALTIME void tutti_strip_sleep (TuttiStrip *strip);

/* So many at most run side by side. */
#define TUTTI_STRIPS_TOGETHER 4

/* Nothing stands between its voices and its fader. */
static inline bool
tutti_strip_is_bare (const TuttiStrip *strip)
{
  return tutti_effect_idle (&strip->filter) && tutti_effect_idle (&strip->drive) && (strip->chain.busy | strip->chain.dip) == 0;
}

/* Sends the @n @blocks through what stands before their faders. Their filters run side by side, four in the time of one. */
TUTTI_REALTIME void tutti_strips_run (TuttiStrip *const *strips, TuttiBlock *blocks, const TuttiEffectContext *contexts, unsigned n);

/* The fader: @block becomes what is heard of the track and is added to @buses. Of a @mono one only the left side is read. */
TUTTI_REALTIME void tutti_strip_send (TuttiStrip *strip, TuttiBlock *block, bool mono, TuttiStripBuses *buses);

/* Amplitude of 1/100 dB; 0 at TUTTI_LEVEL_OFF. */
TUTTI_REALTIME float tutti_strip_level (int centibel);

/* One step of a gain towards its target. */
static inline float
tutti_strip_gain_next (const TuttiStripGain *gain)
{
  float gap = gain->target - gain->now;

  return gap < 1e-4f && gap > -1e-4f ? gain->target : gain->now + gap * 0.25f;
}

/* to += from · (a line from @begin to @end over the block) */
TUTTI_REALTIME void tutti_block_add (TuttiBlock *to, const TuttiBlock *from, float begin, float end);
