/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-realtime.h"
#include <stdbool.h>

/* Attack, hold, decay, sustain, release: a pure function of frames. Falls are cubic: they sound like exponentials but end. */
typedef struct
{
  int64_t start;
  int64_t released;             /* INT64_MAX while held */
  int32_t attack;               /* frames, as all but the levels */
  int32_t hold;
  int32_t decay;
  int32_t release;
  float   sustain;              /* 0 … 1 */
  float   release_level;        /* where the release began */
} TuttiAhdsr;

/* Times in ms and a level in ‰, as a patch has them; begins at @frame. */
TUTTI_REALTIME void tutti_ahdsr_start (TuttiAhdsr *self, const int16_t times[5], int64_t frame);

/* Ends at @frame, which may lie ahead, what is held until then; false when it had ended before. */
TUTTI_REALTIME bool tutti_ahdsr_release (TuttiAhdsr *self, int64_t frame);

/* Holds on: what was to end at @frame or later does not; what was falling rises again from where it is. */
TUTTI_REALTIME void tutti_ahdsr_resume (TuttiAhdsr *self, int64_t frame);

/* Falls to 0 within @frames from @frame on, whatever was before; what falls already, from the beginning of @frame's block. */
TUTTI_REALTIME void tutti_ahdsr_cut (TuttiAhdsr *self, int64_t frame, int32_t frames);

TUTTI_REALTIME float tutti_ahdsr_at (const TuttiAhdsr *self, int64_t frame);

/* The values of @n frames from @frame on. */
TUTTI_REALTIME void tutti_ahdsr_fill (const TuttiAhdsr *self, int64_t frame, unsigned n, float *out);

/* It is 0 from @frame on. */
TUTTI_REALTIME bool tutti_ahdsr_over (const TuttiAhdsr *self, int64_t frame);
