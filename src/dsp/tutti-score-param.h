/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdint.h>

/* The numbers of a track that a step may lock. The order is shared with the document, so that a builder copies them by index. */
typedef enum
{
  TUTTI_SCORE_PARAM_GAIN,            /* 1/100 dB, −9000 (silent) … 600 */
  TUTTI_SCORE_PARAM_PAN,             /* −1000 (left) … 1000 (right) */
  TUTTI_SCORE_PARAM_TUNE,            /* cents, −1200 … 1200 */
  TUTTI_SCORE_PARAM_START,           /* ‰ of the sample, 0 … 1000 */
  TUTTI_SCORE_PARAM_END,             /* ‰ of the sample, 0 … 1000 */
  TUTTI_SCORE_PARAM_ATTACK,          /* ms, 0 … 5000 */
  TUTTI_SCORE_PARAM_DECAY,           /* ms, 0 … 10000 */
  TUTTI_SCORE_PARAM_SUSTAIN,         /* ‰, 0 … 1000 */
  TUTTI_SCORE_PARAM_RELEASE,         /* ms, 0 … 10000 */
  TUTTI_SCORE_PARAM_CUTOFF,          /* 0 … 1000: 20 Hz … 20 kHz exponential; 1000 = open */
  TUTTI_SCORE_PARAM_RESONANCE,       /* 0 … 1000 */
  TUTTI_SCORE_PARAM_FILTER_TYPE,     /* 0 low, 1 band, 2 high */
  TUTTI_SCORE_PARAM_DRIVE,           /* 0 … 1000 */
  TUTTI_SCORE_PARAM_DELAY_SEND,      /* 1/100 dB, −9000 (off) … 600 */
  TUTTI_SCORE_PARAM_REVERB_SEND,     /* 1/100 dB, −9000 (off) … 600 */
  TUTTI_SCORE_N_PARAMS
} TuttiScoreParam;

/* What a step may lock has an address: a TuttiScoreParam, or from here on value i of the effect in a slot, at
 * TUTTI_SCORE_ADDRESS_EFFECTS + 16 · slot + i. Shared with the document, so that a builder copies them. */
#define TUTTI_SCORE_ADDRESS_EFFECTS 128
#define TUTTI_SCORE_ADDRESSES 576

/* Gains and sends at or below this are silent. */
#define TUTTI_LEVEL_OFF (-9000)

/* Range and start value of one parameter. */
typedef struct
{
  int16_t min;
  int16_t max;
  int16_t initial;
} TuttiParamRange;

/* Indexed by TuttiScoreParam. */
extern const TuttiParamRange tutti_param_ranges[TUTTI_SCORE_N_PARAMS];
