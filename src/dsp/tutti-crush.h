/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"

/* Bit-crusher: fewer bits and a held, lower rate. The hold is counted from session frame 0, so it needs no memory beyond
 * the held pair. */
typedef struct
{
  float    held[2];
  float    levels, aim_levels;  /* steps from 0 to full scale; 0: as fine as it comes */
  uint32_t every, aim_every;    /* frames a value is held; 1: all pass */
} TuttiCrush;

void tutti_crush_reset (TuttiCrush *crush);
/* bits in 1/10 bit, 10 … 160 (160: untouched); every 1 … 64 frames (1: untouched). Clamped. */
TUTTI_REALTIME void tutti_crush_set (TuttiCrush *crush, int32_t decibits, int32_t every);
/* block_frame is the session frame of the block's frame 0, not negative: from it the hold takes its phase. */
TUTTI_REALTIME void tutti_crush_apply (TuttiCrush *crush, TuttiBlock *block, int64_t block_frame, unsigned from,
                                       unsigned to);
