/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-drum.h"
#include "tutti-sampler.h"
#include "tutti-synth.h"
#include "tutti-voice.h"

/* A voice of whatever instrument, so that pool and auditions need not know them. Plain memory. */

typedef struct
{
  uint8_t instrument;           /* TuttiInstrument */
  bool    shaped;               /* of the sampler: a TuttiSamplerVoice */
  bool    cut;                  /* it fades because it was taken away */
  int64_t start_frame;
  int64_t end_tick;             /* as TuttiVoice */
  union
  {
    TuttiVoice        sampler;  /* also the first part of @shaper */
    TuttiSamplerVoice shaper;
    TuttiSynthVoice   synth;
    TuttiDrumVoice    drum;
  };
} TuttiAnyVoice;

/* False when there is nothing to hear. */
TUTTI_REALTIME bool tutti_any_voice_start (TuttiAnyVoice *voice, const TuttiVoiceStart *start);

/* Goes on to another note if its instrument and what it is doing allow it. */
TUTTI_REALTIME bool tutti_any_voice_slide (TuttiAnyVoice *voice, const TuttiVoiceStart *start);

/* A note that ends; false when it has ended already, or rings out. */
TUTTI_REALTIME bool tutti_any_voice_held (const TuttiAnyVoice *voice);
TUTTI_REALTIME void tutti_any_voice_release (TuttiAnyVoice *voice, int64_t frame);
TUTTI_REALTIME void tutti_any_voice_cut (TuttiAnyVoice *voice, int64_t frame);

/* Its sound can only be had by computing it from its start. */
TUTTI_REALTIME bool tutti_any_voice_remembers (const TuttiAnyVoice *voice);

/* Somebody turned a knob of the track: numbers that were the track's own follow, locked ones stay. */
TUTTI_REALTIME void tutti_any_voice_turn (TuttiAnyVoice *voice, const int16_t *before, const int16_t *after);

/* It sounds the same on both sides. */
TUTTI_REALTIME bool tutti_any_voice_mono (const TuttiAnyVoice *voice);

/* A mono sound of the sampler's and nothing more: it stays so. */
static inline bool
tutti_any_voice_is_plain (const TuttiAnyVoice *voice)
{
  return voice->instrument == TUTTI_INSTRUMENT_SAMPLER && !voice->shaped && voice->sampler.sample->n_channels == 1;
}

/* As tutti_voice_run(). An unheard voice whose sound has to be computed to go on is, when @compute is set; else only its end is
 * watched for. */
TUTTI_REALTIME bool tutti_any_voice_run (TuttiAnyVoice *voice, int64_t frame, const TuttiLfoTime *time, TuttiBlock *bus,
                                         TuttiVoiceSides sides, bool compute);
