/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"

/* Soft distortion without memory: gain into a tanh-like curve, loudness roughly kept. */
typedef struct
{
  float gain, makeup, wet;
} TuttiDrivePoint;

typedef struct
{
  TuttiDrivePoint from, to;     /* at the ends of the running grid block */
  TuttiDrivePoint aim;          /* as set last */
} TuttiDrive;

/* Clean: tutti_drive_apply changes nothing until set. */
void tutti_drive_reset (TuttiDrive *drive);
/* amount 0 (clean, exactly) … 1000 (36 dB into the curve). */
TUTTI_REALTIME void tutti_drive_set (TuttiDrive *drive, int32_t amount);
TUTTI_REALTIME void tutti_drive_apply (TuttiDrive *drive, TuttiBlock *block, unsigned from, unsigned to);
