/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-ahdsr.h"
#include "tutti-lfo.h"
#include "tutti-patch.h"
#include "tutti-vcf.h"

/* A voice of the synthesiser: two oscillators with a sub, noise, ring and phase modulation, up to seven of them side by side; a drive,
 * a filter, two envelopes, two LFOs. Control values are worked out once a block and go there in straight lines.
 *
 * Unlike a sampler's it cannot be put to an age: its filter and phases have to be run from where it began. Plain memory. */

#define TUTTI_SYNTH_UNISON 7

/* What a note asks for. */
typedef struct
{
  const int16_t *patch;         /* by TuttiPatchIndex, with the locks of the step; copied */
  int64_t        frame;
  int32_t        cents;         /* above MIDI note 0 */
  int32_t        cents_from;    /* where a glide comes from */
  int32_t        glide;         /* frames; 0 none */
  float          level;         /* 0 … 1.42 */
  bool           accent;
  uint32_t       seed;          /* of what is random in it */
} TuttiSynthNote;

/* Control values at one moment. */
typedef struct
{
  uint32_t      step_a;         /* of the phase, a frame */
  uint32_t      step_b;
  float         a, b, sub, noise, ring;
  float         fm;             /* turns */
  float         width_a, width_b; /* turns */
  float         drive;
  float         level;
  TuttiVcfPoint vcf;
} TuttiSynthPoint;

typedef struct
{
  TuttiVcf        vcf;
  TuttiAhdsr      amp;
  TuttiAhdsr      env;
  TuttiSynthPoint now;
  int64_t         glide_start;
  int32_t         glide;
  int32_t         cents_from;
  int32_t         cents;
  float           velocity;     /* what it does to the loudness */
  float           open;         /* what it does to the filter's envelope */
  bool            accent;
  bool            stereo;
  uint8_t         n;            /* oscillators side by side */
  uint32_t        seed;
  uint32_t        noise[4];
  uint32_t        phase_a[TUTTI_SYNTH_UNISON];
  uint32_t        phase_b[TUTTI_SYNTH_UNISON];
  uint32_t        phase_sub;
  float           left[TUTTI_SYNTH_UNISON];
  float           right[TUTTI_SYNTH_UNISON];
  float           ratio[TUTTI_SYNTH_UNISON]; /* of the pitch, less 1 */
  int16_t         patch[TUTTI_N_PATCH_PARAMS];
} TuttiSynthVoice;

/* Fills in the tables; once, as tutti_wave_init(). */
void tutti_synth_init (void);

TUTTI_REALTIME void tutti_synth_start (TuttiSynthVoice *voice, const TuttiSynthNote *note, const TuttiLfoTime *time);

/* Goes on to another note without beginning anew: what the note before held stays held. */
TUTTI_REALTIME void tutti_synth_slide (TuttiSynthVoice *voice, const TuttiSynthNote *note);

TUTTI_REALTIME void tutti_synth_release (TuttiSynthVoice *voice, int64_t frame);

/* Somebody turned a knob of the track: values that were the track's own follow, locked ones stay. */
TUTTI_REALTIME void tutti_synth_turn (TuttiSynthVoice *voice, const int16_t *before, const int16_t *after);

/* Adds frames [@frame, @frame + @n) of the session, which begin at @first of the block, to @bus; the right side only when the voice
 * is stereo or @both is set. */
TUTTI_REALTIME void tutti_synth_run (TuttiSynthVoice *voice, int64_t frame, unsigned first, const TuttiLfoTime *time, TuttiBlock *bus,
                                     bool both);
