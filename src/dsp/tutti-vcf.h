/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-block.h"
#include "tutti-wave.h"
#ifdef __SSE__
#include <xmmintrin.h>
#endif

/* The filter of a synthesiser's voice: without delay in its loop (Zavalishin, "The Art of VA Filter Design"), so its cut-off is where
 * it says. The steep one is a ladder of four poles whose input is bent softly: at full resonance it whistles, and never grows. */

typedef enum
{
  TUTTI_VCF_LOW24,
  TUTTI_VCF_LOW12,
  TUTTI_VCF_BAND12,
  TUTTI_VCF_HIGH12,
  TUTTI_VCF_NONE,
  TUTTI_N_VCF_TYPES
} TuttiVcfType;

/* Lanes are voices or sides. */
typedef struct
{
  TuttiLanes s[4];
} TuttiVcf;

/* What it is set to at one moment; k is the resonance in the filter's own measure. */
typedef struct
{
  float g;
  float k;
} TuttiVcfPoint;

/* Fills in its table; as tutti_wave_init(). */
void tutti_vcf_init (void);

/* @cutoff 0 … 1000 (clamped): 20 Hz … 20 kHz; @resonance 0 … 1. */
TUTTI_REALTIME TuttiVcfPoint tutti_vcf_point (TuttiVcfType type, float cutoff, float resonance);

/* Filters @n frames in place while it goes from @from to @to. */
TUTTI_REALTIME void tutti_vcf_run (TuttiVcf *self, TuttiVcfType type, TuttiVcfPoint from, TuttiVcfPoint to, TuttiLanes *frames,
                                   unsigned n);

/* The smaller and the larger; what is no number becomes @b. */
#ifdef __SSE__
TUTTI_INLINE TuttiLanes
tutti_least4 (TuttiLanes a, TuttiLanes b)
{
  return _mm_min_ps (a, b);
}

TUTTI_INLINE TuttiLanes
tutti_most4 (TuttiLanes a, TuttiLanes b)
{
  return _mm_max_ps (a, b);
}
#else
/* By masks, because C has no choice between vectors. */
TUTTI_INLINE TuttiLanes
tutti_pick4 (TuttiInts first, TuttiLanes a, TuttiLanes b)
{
  return (TuttiLanes) ((first & (TuttiInts) a) | (~first & (TuttiInts) b));
}

TUTTI_INLINE TuttiLanes
tutti_least4 (TuttiLanes a, TuttiLanes b)
{
  return tutti_pick4 (a < b, a, b);
}

TUTTI_INLINE TuttiLanes
tutti_most4 (TuttiLanes a, TuttiLanes b)
{
  return tutti_pick4 (a > b, a, b);
}
#endif

/* A soft clip of slope 1 at 0 that reaches ±1 at ±1.5. */
TUTTI_INLINE TuttiLanes
tutti_bend4 (TuttiLanes x)
{
  const TuttiLanes top = { 1.5f, 1.5f, 1.5f, 1.5f };

  x = tutti_most4 (tutti_least4 (x, top), -top);
  return x - (4.0f / 27.0f) * x * (x * x);
}
