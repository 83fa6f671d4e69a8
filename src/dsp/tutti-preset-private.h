/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-drum.h"
#include "tutti-preset.h"

/* What a preset has that is not the start value. */
typedef struct
{
  uint8_t index;                /* TuttiPatchIndex; TUTTI_N_PATCH_PARAMS ends a list */
  int16_t value;
} TuttiPresetValue;

typedef struct
{
  TuttiPreset             preset;
  int                     level; /* 1/100 dB; found by measuring, so that those of a category are equally loud */
  const TuttiPresetValue *values;
} TuttiPresetEntry;

#define V(index, value) { TUTTI_PATCH_##index, value }
#define VALUES(...) (const TuttiPresetValue[]) { __VA_ARGS__, { TUTTI_N_PATCH_PARAMS, 0 } }

extern const TuttiPresetEntry tutti_synth_presets[];
extern const unsigned         tutti_n_synth_presets;
extern const TuttiPresetEntry tutti_drum_presets[];
extern const unsigned         tutti_n_drum_presets;
