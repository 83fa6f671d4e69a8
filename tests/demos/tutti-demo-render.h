/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include "tutti-loudness.h"

/* A demo jam as somebody plays it who launches its scenes one after the other. */

#define TUTTI_DEMO_BARS 8          /* of each scene */

typedef struct
{
  double integrated[TUTTI_SCENES_MAX];   /* LUFS of each scene alone */
  double all;                      /* LUFS from the beginning to the end */
  double true_peak;                /* dB of full scale */
  double seconds;
  double dc;                       /* the larger mean of the two sides */
  double silence_s;                /* the longest below −80 dB */
  double render_s;                 /* it took */
} TuttiDemoHeard;

/* Renders all scenes of @jam; @alone: only this track, −1 all. */
void tutti_demo_render (const TuttiJam *jam, int alone, TuttiDemoHeard *out);
