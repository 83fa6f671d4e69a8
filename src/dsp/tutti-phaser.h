/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-effect-lfo.h"
#include <stdbool.h>

#define TUTTI_PHASER_STAGES 6

typedef struct
{
  float centre, depth;         /* octaves above 20 Hz; octaves either way */
  float feedback, spread;
} TuttiPhaserPoint;

/* First-order all-passes in a row whose corner swings, with feedback around them: mixed with the dry sound, notches that wander
 * (Smith, "Physical Audio Signal Processing", ch. on phasing). Only the turned sound comes out. Plain memory. */
typedef struct
{
  TuttiEffectLfo         lfo;
  TuttiPhaserPoint now, aim;
  float            state[2][TUTTI_PHASER_STAGES];
  float            back[2];    /* what the last frame gave back */
  bool             fresh;
} TuttiPhaser;

TUTTI_REALTIME void tutti_phaser_reset (TuttiPhaser *phaser);
/* Rate in mHz 0 … 20000, centre 0 … 1000 (20 Hz … 20 kHz), swing 0 … 1000 (four octaves either way), feedback −900 … 900 ‰, spread 0 …
 * 1000 (half a turn between the sides). Clamped. */
TUTTI_REALTIME void tutti_phaser_set (TuttiPhaser *phaser, int32_t millihertz, int32_t centre, int32_t swing, int32_t feedback,
                                      int32_t spread);
TUTTI_REALTIME void tutti_phaser_run (TuttiPhaser *phaser, TuttiBlock *block, int64_t frame);
TUTTI_REALTIME bool tutti_phaser_silent (const TuttiPhaser *phaser);
