/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-synth.h"

/* A hit of the drum synthesiser: a body of tones whose pitch falls, metal (six squares), noise through a filter, and a click, each
 * with a decay of its own. Plain memory. */

typedef enum
{
  TUTTI_DRUM_KICK,
  TUTTI_DRUM_SNARE,
  TUTTI_DRUM_CLAP,
  TUTTI_DRUM_HAT,
  TUTTI_DRUM_TOM,
  TUTTI_DRUM_CYMBAL,
  TUTTI_DRUM_RIM,
  TUTTI_DRUM_COWBELL,
  TUTTI_DRUM_SHAKER,
  TUTTI_N_DRUMS
} TuttiDrumModel;

#define TUTTI_DRUM_TONES 6

typedef struct
{
  TuttiVcf      vcf;            /* of the noise and the metal */
  TuttiAhdsr    body;
  TuttiAhdsr    noise;
  TuttiAhdsr    fade;           /* held until the hit is taken away */
  int64_t       start_frame;
  float         velocity;
  uint8_t       model;
  uint32_t      phase[TUTTI_DRUM_TONES];
  uint32_t      random[4];
  int32_t       cents;          /* the key's distance from where the drum was made */
  int16_t       patch[TUTTI_N_PATCH_PARAMS];
} TuttiDrumVoice;

TUTTI_REALTIME void tutti_drum_start (TuttiDrumVoice *voice, TuttiDrumModel model, const TuttiSynthNote *note);
TUTTI_REALTIME void tutti_drum_cut (TuttiDrumVoice *voice, int64_t frame, int32_t frames);
TUTTI_REALTIME bool tutti_drum_over (const TuttiDrumVoice *voice, int64_t frame);

/* As tutti_synth_run(); drums sound the same on both sides. */
TUTTI_REALTIME void tutti_drum_run (TuttiDrumVoice *voice, int64_t frame, unsigned first, TuttiBlock *bus, bool both);
