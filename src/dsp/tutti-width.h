/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

typedef struct
{
  float side;                  /* how much is added to what the sides differ by: −1 is mono, 0 as it is, 1 twice as wide */
  float left, right;
} TuttiWidthPoint;

/* How far left and right lie apart, and the balance between them. Without memory but for what glides. */
typedef struct
{
  TuttiWidthPoint now, aim;
  bool            fresh;
} TuttiWidth;

TUTTI_REALTIME void tutti_width_reset (TuttiWidth *width);
/* width 0 (mono) … 1000 (as it is, to the bit) … 2000, balance −1000 (left alone) … 0 … 1000; clamped. */
TUTTI_REALTIME void tutti_width_set (TuttiWidth *width, int32_t width_permille, int32_t balance);
TUTTI_REALTIME void tutti_width_run (TuttiWidth *width, TuttiBlock *block);
