/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define TUTTI_SCORE_EFFECTS_MAX 8 /* in a chain */
#define TUTTI_SCORE_EFFECT_PARAMS 12
#define TUTTI_SCORE_BIG_EFFECTS_MAX 32 /* of those that remember much, in a score; more than that are not heard */

/* The order of the document's kinds, after none, and of their values. Numbers out of range are clamped. */
typedef enum
{
  TUTTI_SCORE_EFFECT_NONE,
  TUTTI_SCORE_EFFECT_FILTER,     /* type 0 low, 1 band, 2 high; cutoff 0…1000; resonance 0…1000 */
  TUTTI_SCORE_EFFECT_DRIVE,      /* amount 0…1000; level of what comes out ‰ */
  TUTTI_SCORE_EFFECT_CRUSH,      /* bits 1…16; hold 1…64 frames; share beside the dry sound ‰ */
  TUTTI_SCORE_EFFECT_EQ,         /* gains 1/100 dB of low, mid, high; 0…1000 of 20 Hz … 20 kHz: low cut (0 off), low, mid;
                                    quality of mid 1/100; high */
  TUTTI_SCORE_EFFECT_COMPRESSOR, /* threshold 1/100 dB; ratio 1/100; attack 1/10 ms; release ms; make-up 1/100 dB; share ‰; knee 1/100 dB */
  TUTTI_SCORE_EFFECT_LIMITER,    /* ceiling 1/100 dB; gain before it; release ms */
  TUTTI_SCORE_EFFECT_CHORUS,     /* rate mHz; depth ‰; delay 1/100 ms; spread ‰; share ‰ */
  TUTTI_SCORE_EFFECT_FLANGER,    /* rate mHz; depth ‰; delay 1/100 ms; feedback ‰; spread ‰; share ‰ */
  TUTTI_SCORE_EFFECT_PHASER,     /* rate mHz; depth ‰; centre 0…1000 of 20 Hz … 20 kHz; feedback ‰; spread ‰; share ‰ */
  TUTTI_SCORE_EFFECT_DELAY,      /* time in ticks; feedback ‰; damping ‰; ping-pong ‰; share ‰ */
  TUTTI_SCORE_EFFECT_REVERB,     /* decay ms; damping ‰; ms before it; swing ‰; width ‰; share ‰ */
  TUTTI_SCORE_EFFECT_WIDTH,      /* width ‰; balance −1000 … 1000 */
  TUTTI_SCORE_EFFECT_GATE,       /* threshold 1/100 dB; attack 1/10 ms; hold ms; release ms; range 1/100 dB */
  TUTTI_SCORE_EFFECT_TREMOLO,    /* ticks a turn; depth ‰; shape ‰; spread ‰ */
  TUTTI_SCORE_N_EFFECTS
} TuttiScoreEffectKind;

typedef struct
{
  uint64_t id;                 /* stable, unique: what an effect remembers follows it through the chain */
  uint64_t key;                /* the track whose voices, before its effects, steer a compressor or gate; 0: what comes in */
  uint8_t  kind;               /* TuttiScoreEffectKind */
  bool     on;
  uint8_t  slot;               /* by which steps address it */
  int16_t  params[TUTTI_SCORE_EFFECT_PARAMS];
} TuttiScoreEffect;
