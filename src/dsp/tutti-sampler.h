/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-ahdsr.h"
#include "tutti-lfo.h"
#include "tutti-patch.h"
#include "tutti-vcf.h"
#include "tutti-voice.h"

/* A voice of a sample with more than its place and loudness: a loop, backwards, a filter, an envelope and LFOs that move it. A hit
 * that asks for none of these is a plain TuttiVoice.
 *
 * Places count in the direction of playing: backwards, place 0 is the last frame of the sound. At the end of a loop the sound goes
 * over in a straight line into what lies before the loop's start, and goes on after the seam from what lies behind its end, as far as
 * the sound has either: both are read through the interpolator as they are, so its quality is that of the sound itself, and two
 * sides that are alike give the same again. A loop of the whole sound has neither: a long one falls silent over its last
 * millisecond, one too short to be heard as a beat jumps, as a period does. Plain memory; borrows the sample. */

/* The shortest loop, frames; shorter ones do not loop. */
#define TUTTI_SAMPLER_LOOP_MIN 32

/* What it is set to at one moment. */
typedef struct
{
  int64_t       step;           /* 32.32 */
  float         level;
  float         drive;
  TuttiVcfPoint vcf;
} TuttiSamplerPoint;

/* Where it loops, as the hit found it; frames in the direction of playing. */
typedef struct
{
  bool    on;
  bool    held;                 /* only until the note ends */
  int64_t start;
  int64_t end;
  int64_t before;               /* frames of cross-fade before the seam … */
  int64_t after;                /* … and behind it */
} TuttiSamplerLoopPlace;

typedef struct
{
  TuttiVoice            plain;  /* place, step, loudness; its place is ours */
  TuttiSamplerPoint     now;
  TuttiSamplerLoopPlace loop;
  bool                  around; /* came to the loop's start from its end */
  bool                  over;   /* the sound is; its filter falls silent */
  bool                  backwards;
  TuttiVcf              vcf;
  TuttiAhdsr            env;
  int32_t               root_cents;
  uint32_t              seed;
  float                 open;   /* what the velocity leaves of the filter's envelope */
  float                 left;   /* by panning */
  float                 right;
  int16_t               patch[TUTTI_N_PATCH_PARAMS];
} TuttiSamplerVoice;

/* Whether a hit with @patch needs one of these. */
TUTTI_REALTIME bool tutti_sampler_shapes (const int16_t *patch);

/* False when there is nothing to hear. */
TUTTI_REALTIME bool tutti_sampler_start (TuttiSamplerVoice *voice, const TuttiVoiceStart *start);

TUTTI_REALTIME void tutti_sampler_release (TuttiSamplerVoice *voice, int64_t frame);

/* As tutti_synth_turn(). Loop and direction stay as the hit found them. */
TUTTI_REALTIME void tutti_sampler_turn (TuttiSamplerVoice *voice, const int16_t *before, const int16_t *after);

/* Its sound has to be computed from its start. */
static inline bool
tutti_sampler_remembers (const TuttiSamplerVoice *voice)
{
  return voice->patch[TUTTI_PATCH_FILTER] < TUTTI_VCF_NONE;
}

/* Adds the block that begins at @frame to @bus, both sides when @both is set (NULL: only goes on, computing when @compute is set).
 * False when it has ended. */
TUTTI_REALTIME bool tutti_sampler_run (TuttiSamplerVoice *voice, int64_t frame, const TuttiLfoTime *time, TuttiBlock *bus, bool both,
                                       bool compute);
