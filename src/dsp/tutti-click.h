/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "tutti-block.h"
#include "tutti-realtime.h"

/* The metronome's two sounds: a decaying tone, higher on the first beat of a bar. */

#define TUTTI_CLICK_FRAMES 1536
#define TUTTI_CLICKS_SOUNDING 4

typedef struct
{
  float sound[2][TUTTI_CLICK_FRAMES]; /* beat, first of the bar */
} TuttiClickSounds;

/* The latest clicks. Plain memory; what sounds follows from their frames alone. */
typedef struct
{
  int64_t  frame[TUTTI_CLICKS_SOUNDING];
  bool     accent[TUTTI_CLICKS_SOUNDING];
  unsigned next;
} TuttiClicks;

void tutti_click_sounds_init (TuttiClickSounds *sounds);

TUTTI_REALTIME void tutti_clicks_reset (TuttiClicks *clicks);
TUTTI_REALTIME void tutti_clicks_add (TuttiClicks *clicks, int64_t frame, bool accent);

/* Adds to the block that begins at @frame what sounds of the clicks. */
TUTTI_REALTIME void tutti_clicks_run (const TuttiClicks *clicks, const TuttiClickSounds *sounds, int64_t frame, TuttiBlock *block);
