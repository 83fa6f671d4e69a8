/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include "tutti-sample.h"
#include <stdbool.h>

/* A voice's gain over one grid block: at frame i of the block it is left + left_step * i, likewise right, computed (not
 * accumulated), so that a split changes nothing. */
typedef struct
{
  float left;
  float right;
  float left_step;
  float right_step;
} TuttiGainRamp;

#define TUTTI_SINC_ONE ((int64_t) 1 << 32)
#define TUTTI_SINC_MAX_STEP (16 * TUTTI_SINC_ONE)

/* Fills the kernel's table from our own sine (a few milliseconds, the same bits everywhere). Call once before the first
 * tutti_sinc_add, from the thread that sets the engine up; further calls do nothing. Thread: any (it is guarded). */
void tutti_sinc_init (void);

/* Adds frames from <= i < to of a voice to the bus. position is the 32.32 place in the sound of frame "from", in [0,
 * n_frames << 32) or beyond (adds nothing); step is the pitch ratio (tutti_pitch_step), 1 … TUTTI_SINC_MAX_STEP. The next
 * call's position is position + (to - from) * step. A mono sound goes to both sides, a stereo one keeps its sides.
 *
 * What is added is a pure function of sound, step and position of each frame: 8 taps in the nearest of 4096 phases, over the
 * level that the step asks for; at step 1 from a whole position the sound itself. Realtime-safe. Returns false when the sound
 * has ended within or before the range. */
TUTTI_REALTIME bool tutti_sinc_add (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain,
                                    unsigned from, unsigned to, TuttiBlock *bus);

/* The same for the left side alone; the right is left as it is. Where all sounds are mono and all gains the same on both sides,
 * one copy at the end saves half of the additions. */
TUTTI_REALTIME bool tutti_sinc_add_left (const TuttiSample *sample, int64_t position, int64_t step, const TuttiGainRamp *gain,
                                         unsigned from, unsigned to, TuttiBlock *bus);

/* The level that a step reads; for tests and displays. */
TUTTI_REALTIME unsigned tutti_sinc_level (int64_t step);

/* The same of a whole block at one gain, within a mono sound: position + TUTTI_BLOCK * step must lie before its end. */
TUTTI_REALTIME void tutti_sinc_add_block (const TuttiSample *sample, int64_t position, int64_t step, float gain, TuttiBlock *bus);
