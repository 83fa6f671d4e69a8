/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-realtime.h"
#include <stddef.h>

/* A gain that glides to its target, so that moving a fader never clicks. Plain memory; any split gives the same bits, and
 * the gap ends at exactly 0, so two machines that missed different beginnings agree in the end. */
typedef struct
{
  float target;
  float gap;                    /* what is still missing */
  float keep;                   /* share of the gap that survives one frame */
} TuttiGlide;

/* At rest on gain; "frames" is the time constant, 1 or more (240 is 5 ms). */
static inline void
tutti_glide_init (TuttiGlide *glide, float gain, unsigned frames)
{
  *glide = (TuttiGlide) { .target = gain, .gap = 0.0f, .keep = 1.0f - 1.0f / (float) (frames ? frames : 1) };
}

static inline void
tutti_glide_aim (TuttiGlide *glide, float gain)
{
  glide->gap += glide->target - gain;
  glide->target = gain;
}

/* The value of this frame; moves on by one. */
TUTTI_REALTIME static inline float
tutti_glide_next (TuttiGlide *glide)
{
  float value = glide->target + glide->gap;
  float size = glide->gap < 0.0f ? -glide->gap : glide->gap;

  glide->gap = size < 1e-6f ? 0.0f : glide->gap * glide->keep;
  return value;
}

TUTTI_REALTIME static inline void
tutti_glide_apply (TuttiGlide *glide, float *frames, size_t n_frames)
{
  for (size_t i = 0; i < n_frames; i++)
    frames[i] *= tutti_glide_next (glide);
}
