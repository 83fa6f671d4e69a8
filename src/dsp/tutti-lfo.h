/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include <stdint.h>

/* Slow waves. Their phase is a function of frames or ticks, so that nobody who joins has to have heard them. */

typedef enum
{
  TUTTI_LFO_SINE,
  TUTTI_LFO_TRIANGLE,
  TUTTI_LFO_SAW,                     /* falls */
  TUTTI_LFO_SQUARE,
  TUTTI_LFO_RANDOM,                  /* another value each turn */
  TUTTI_N_LFO_SHAPES
} TuttiLfoShape;

/* Lengths of a turn that follow the tempo, 1 … 15; 0 is none of them. */
#define TUTTI_LFO_SYNCS 16

/* Ticks of a turn: 1/32, 1/16T, 1/16, 1/8T, 1/16., 1/8, 1/4T, 1/8., 1/4, 1/4., 1/2, 1, 2, 4, 8 bars of four quarters. */
extern const int32_t tutti_lfo_ticks[TUTTI_LFO_SYNCS];

/* How time runs where a voice is. */
typedef struct
{
  int64_t segment_frame;        /* at this frame … */
  int64_t segment_tick;         /* … this tick begins */
  int32_t tempo_cbpm;           /* > 0 */
} TuttiLfoTime;

/* The place of an LFO, whole turns and 32 bits of the next one. */
TUTTI_REALTIME int64_t tutti_lfo_place (int rate_chz, int sync, int free, int64_t start, int64_t frame, const TuttiLfoTime *time);

/* −1 … 1. @seed makes the random ones differ. */
TUTTI_REALTIME float tutti_lfo_value (int shape, int64_t place, uint32_t seed);
