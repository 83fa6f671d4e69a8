/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "tutti-patch.h"

typedef enum
{
  TUTTI_PRESET_BASS,
  TUTTI_PRESET_ACID,
  TUTTI_PRESET_LEAD,
  TUTTI_PRESET_KEYS,
  TUTTI_PRESET_PAD,
  TUTTI_PRESET_PLUCK,
  TUTTI_PRESET_BELL,
  TUTTI_PRESET_BRASS,
  TUTTI_PRESET_STRINGS,
  TUTTI_PRESET_ORGAN,
  TUTTI_PRESET_EFFECT,
  TUTTI_PRESET_DRUM,
  TUTTI_N_PRESET_CATEGORIES
} TuttiPresetCategory;

/* A sound of the synthesiser or the drum synthesiser: a patch with a name. */
typedef struct
{
  const char         *id;       /* "warm-bass": goes into documents behind "synth:" or "drum:", never changes */
  const char         *name;     /* "Warm Bass": to be translated by the window */
  TuttiPresetCategory category;
  TuttiInstrument     instrument;
  unsigned            model;    /* of a drum: TuttiDrumModel */
  int                 root_note; /* MIDI note at pitch 0 */
  bool                pitched;  /* false: root_note means nothing to a listener */
  unsigned            choke_group; /* sounds of one group above 0 silence each other */
} TuttiPreset;

unsigned           tutti_preset_count (void);
/* i < tutti_preset_count (); the order is stable. Static memory. */
const TuttiPreset *tutti_preset_get (unsigned i);
/* The index of the one with that id among those of @instrument, or -1. */
int                tutti_preset_find (TuttiInstrument instrument, const char *id);
/* All its numbers. */
void               tutti_preset_patch (unsigned i, int16_t patch[TUTTI_N_PATCH_PARAMS]);
