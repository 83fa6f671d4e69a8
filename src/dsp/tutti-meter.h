/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdatomic.h>

/* A peak meter: the audio thread feeds, any other reads. What is published once a grid block falls by about 20 dB in
 * 300 ms, so that a window that looks 60 times a second misses no peak. */
typedef struct
{
  float            peak[2];     /* of this block so far; audio thread alone */
  float            shown[2];
  _Atomic uint32_t published[2];        /* bits of a float */
} TuttiMeter;

void tutti_meter_reset (TuttiMeter *meter);
TUTTI_REALTIME void tutti_meter_feed (TuttiMeter *meter, const TuttiBlock *block, unsigned from, unsigned to);
/* side 0 left, 1 right; amplitude, 1 is full scale. Thread: any. */
float tutti_meter_read (const TuttiMeter *meter, unsigned side);
