/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-score.h"

/* A sound as it is drawn: its least and greatest value in each of a fixed number of columns. A plain value. */

#define TUTTI_OUTLINE_COLUMNS 512

typedef struct
{
  double ms;                   /* how long it is; 0: it is not here */
  float  low[TUTTI_OUTLINE_COLUMNS], high[TUTTI_OUTLINE_COLUMNS];
} TuttiOutline;

/* Of @sound (nullable): both sides together. Takes some milliseconds a minute of sound. */
void tutti_outline_read (TuttiOutline *self, const TuttiScoreSound *sound);
