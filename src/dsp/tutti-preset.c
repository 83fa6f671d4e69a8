/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-preset.h"

#include "tutti-preset-private.h"
#include <string.h>

unsigned
tutti_preset_count (void)
{
  return tutti_n_synth_presets + tutti_n_drum_presets;
}

static const TuttiPresetEntry *
entry_of (unsigned i)
{
  if (i < tutti_n_synth_presets)
    return &tutti_synth_presets[i];
  i -= tutti_n_synth_presets;
  return i < tutti_n_drum_presets ? &tutti_drum_presets[i] : NULL;
}

const TuttiPreset *
tutti_preset_get (unsigned i)
{
  const TuttiPresetEntry *entry = entry_of (i);

  return entry != NULL ? &entry->preset : NULL;
}

int
tutti_preset_find (TuttiInstrument instrument, const char *id)
{
  for (unsigned i = 0; i < tutti_preset_count (); i++)
    if (entry_of (i)->preset.instrument == instrument && strcmp (entry_of (i)->preset.id, id) == 0)
      return (int) i;
  return -1;
}

void
tutti_preset_patch (unsigned i, int16_t patch[TUTTI_N_PATCH_PARAMS])
{
  const TuttiPresetEntry *entry = entry_of (i);

  for (unsigned p = 0; p < TUTTI_N_PATCH_PARAMS; p++)
    patch[p] = tutti_patch_ranges[p].initial;
  if (entry == NULL)
    return;
  for (const TuttiPresetValue *value = entry->values; value->index < TUTTI_N_PATCH_PARAMS; value++)
    patch[value->index] = value->value;
  patch[TUTTI_PATCH_LEVEL] = (int16_t) entry->level;
}
