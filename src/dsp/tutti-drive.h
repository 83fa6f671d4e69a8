/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* What comes out is what went in so many frames before, half a millisecond: the two filters' length. */
#define TUTTI_DRIVE_DELAY 23
#define TUTTI_DRIVE_TAPS 12    /* on either side of the middle, of the filter between the rates */

typedef struct
{
  float gain, makeup, wet;
} TuttiDrivePoint;

/* Soft distortion: gain into x / sqrt (1 + x²), loudness roughly kept. Worked at twice the rate, up and down through half-band filters
 * of 47 taps (-80 dB), and between its samples by the curve's antiderivative (Parker, Zavalishin, Le Bivic, "Reducing the aliasing of
 * nonlinear waveshaping using continuous-time convolution", DAFx 2016), which for this curve is sqrt (1 + x²): the mean of the
 * curve from a to b is (a + b) / (sqrt (1 + a²) + sqrt (1 + b²)), without a difference in it to lose digits by. Plain memory. */
typedef struct
{
  TuttiDrivePoint from, to;     /* at the ends of the running block */
  TuttiDrivePoint aim;          /* as set last */
  float past[2][2 * TUTTI_DRIVE_TAPS];       /* what came in last, at its gain */
  float dry[2][TUTTI_DRIVE_DELAY];           /* what came in last */
  float bent[2][2][2 * TUTTI_DRIVE_TAPS];    /* what came out of the curve last: on the frames, between them */
  float last[2];                /* what went into the curve last */
  bool  quiet;                  /* all of that is 0 */
} TuttiDrive;

/* Clean, but late, until set. */
TUTTI_REALTIME void tutti_drive_reset (TuttiDrive *drive);
/* amount 0 (clean, exactly) … 1000 (36 dB into the curve). */
TUTTI_REALTIME void tutti_drive_set (TuttiDrive *drive, int32_t amount);
TUTTI_REALTIME void tutti_drive_run (TuttiDrive *drive, TuttiBlock *block);
/* Nothing is on its way through. */
TUTTI_REALTIME bool tutti_drive_silent (const TuttiDrive *drive);
