/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-ahdsr.h"
#include "tutti-lfo.h"
#include "tutti-patch.h"
#include "tutti-vcf.h"

/* What moves the sound of a voice at one moment: a function of its patch, its second envelope and time, shared by the synthesiser and
 * the sampler. */

/* ‰ of the cut-off's scale in an octave. */
#define TUTTI_VCF_OCTAVE 100.34333f
#define TUTTI_VCF_MIDDLE_CENTS 6000

/* Whose moment it is. */
typedef struct
{
  const int16_t    *patch;      /* by TuttiPatchIndex */
  const TuttiAhdsr *env;        /* the second envelope */
  int64_t           start;      /* frame in which it began */
  uint32_t          seed;       /* of what is random */
  double            key;        /* cents above MIDI note 0 */
} TuttiModulated;

typedef struct
{
  float  one, two;              /* of the LFOs, −1 … 1 */
  float  env;                   /* of the second envelope */
  double key;                   /* cents */
} TuttiModulation;

static inline TuttiModulation
tutti_modulation_at (const TuttiModulated *of, int64_t frame, const TuttiLfoTime *time)
{
  const int16_t *p = of->patch;
  int64_t fade = p[TUTTI_PATCH_LFO1_FADE] * (TUTTI_RATE / 1000), age = frame - of->start;
  TuttiModulation s = { 0.0f, 0.0f, tutti_ahdsr_at (of->env, frame), of->key };

  if ((p[TUTTI_PATCH_LFO1_PITCH] | p[TUTTI_PATCH_LFO1_CUTOFF] | p[TUTTI_PATCH_LFO1_WIDTH] | p[TUTTI_PATCH_LFO1_AMP]) != 0)
    s.one = tutti_lfo_value (p[TUTTI_PATCH_LFO1_SHAPE],
                             tutti_lfo_place (p[TUTTI_PATCH_LFO1_RATE], p[TUTTI_PATCH_LFO1_SYNC], p[TUTTI_PATCH_LFO1_FREE], of->start,
                                              frame, time), of->seed);
  if (age < fade)
    s.one *= (float) age / (float) fade;
  if ((p[TUTTI_PATCH_LFO2_PITCH] | p[TUTTI_PATCH_LFO2_CUTOFF] | p[TUTTI_PATCH_LFO2_WIDTH]) != 0)
    s.two = tutti_lfo_value (p[TUTTI_PATCH_LFO2_SHAPE],
                             tutti_lfo_place (p[TUTTI_PATCH_LFO2_RATE], p[TUTTI_PATCH_LFO2_SYNC], p[TUTTI_PATCH_LFO2_FREE], of->start,
                                              frame, time), ~of->seed);
  return s;
}

/* Where the filter stands. @open: what the velocity leaves of the envelope; @accent: 0 … 1. */
static inline TuttiVcfPoint
tutti_modulation_vcf (const int16_t *p, const TuttiModulation *s, float open, float accent)
{
  float cutoff = p[TUTTI_PATCH_CUTOFF] + (float) p[TUTTI_PATCH_FILTER_ENV] * s->env * open +
                 (float) p[TUTTI_PATCH_KEY_TRACK] * 0.001f * (float) (s->key - TUTTI_VCF_MIDDLE_CENTS) * (TUTTI_VCF_OCTAVE / 1200.0f) +
                 (float) p[TUTTI_PATCH_LFO1_CUTOFF] * s->one + (float) p[TUTTI_PATCH_LFO2_CUTOFF] * s->two +
                 accent * (50.0f + 250.0f * s->env);

  if (p[TUTTI_PATCH_FILTER] >= TUTTI_VCF_NONE)
    return (TuttiVcfPoint) { 0.0f, 0.0f };
  return tutti_vcf_point (p[TUTTI_PATCH_FILTER], cutoff, (float) p[TUTTI_PATCH_RESONANCE] * 0.001f + 0.2f * accent * s->env);
}
