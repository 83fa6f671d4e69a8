/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* Compressor and noise gate. Both look at the peak of four frames of what they are steered by (the sound itself or a side-chain),
 * sixteen times a block, and draw their gain in straight lines between these points. Plain memory. */

#define TUTTI_DYNAMICS_POINT 4 /* frames */
#define TUTTI_DYNAMICS_POINTS (TUTTI_BLOCK / TUTTI_DYNAMICS_POINT)

/* A feed-forward compressor: the reduction is worked out in the logarithm, with a quadratic knee, and smoothed there by a pole for
 * the way down and one for the way back (Giannoulis, Massberg, Reiss, "Digital Dynamic Range Compressor Design", 2012). */
typedef struct
{
  float reduction;             /* octaves of amplitude (6.02 dB), 0 … */
  float most;                  /* the largest of the last block */
  float gain;                  /* at the end of the last block */
  float makeup, aim_makeup;
  float threshold, knee;       /* octaves */
  float slope;                 /* 1 − 1 / ratio */
  float attack, release;       /* share of the way that a point goes */
  bool  fresh;
} TuttiCompressor;

typedef struct
{
  int32_t threshold;           /* 1/100 dB, −6000 … 0 */
  int32_t ratio;               /* 1/100: 100 … 2000; 2000 is as good as no end */
  int32_t attack;              /* 1/10 ms to 63 % of the way, 1 … 2000 */
  int32_t release;             /* ms to 63 % of the way, 5 … 3000 */
  int32_t knee;                /* 1/100 dB from where it begins to where it is whole, 0 … 2400 */
  int32_t makeup;              /* 1/100 dB, −1200 … 2400 */
} TuttiCompressorValues;

TUTTI_REALTIME void tutti_compressor_reset (TuttiCompressor *compressor);
/* Clamped. */
TUTTI_REALTIME void tutti_compressor_set (TuttiCompressor *compressor, const TuttiCompressorValues *values);
/* @key: what steers it, may be @block itself. */
TUTTI_REALTIME void tutti_compressor_run (TuttiCompressor *compressor, TuttiBlock *block, const TuttiBlock *key);
/* The least gain of the last block, without the make-up. */
TUTTI_REALTIME float tutti_compressor_least (const TuttiCompressor *compressor);
/* At rest: it need not run while all is silent. */
TUTTI_REALTIME bool tutti_compressor_rests (const TuttiCompressor *compressor);

/* Lets through what is loud enough, with 3 dB between opening and closing. */
typedef struct
{
  float    gain;               /* at the end of the last block */
  float    least;              /* in it */
  float    floor, open_above, close_below;
  float    attack, release;    /* share of the way that a point goes */
  uint32_t hold;               /* points */
  uint32_t held;               /* points left */
  bool     open;
  bool     fresh;
} TuttiGate;

typedef struct
{
  int32_t threshold;           /* 1/100 dB, −8000 … 0 */
  int32_t attack;              /* 1/10 ms, 1 … 1000 */
  int32_t hold;                /* ms, 0 … 1000 */
  int32_t release;             /* ms, 5 … 3000 */
  int32_t range;               /* 1/100 dB of what is shut out, −9000 (nothing is left) … 0 */
} TuttiGateValues;

TUTTI_REALTIME void tutti_gate_reset (TuttiGate *gate);
TUTTI_REALTIME void tutti_gate_set (TuttiGate *gate, const TuttiGateValues *values);
TUTTI_REALTIME void tutti_gate_run (TuttiGate *gate, TuttiBlock *block, const TuttiBlock *key);
TUTTI_REALTIME bool tutti_gate_rests (const TuttiGate *gate);
