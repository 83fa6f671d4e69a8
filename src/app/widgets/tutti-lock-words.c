/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-lock-words.h"

#include "tutti-effect-words.h"
#include "tutti-words.h"

#include <glib/gi18n.h>

const TuttiEffect *
tutti_lock_effect (const TuttiTrack *track, guint address, guint *index)
{
  guint place = address - TUTTI_ADDRESS_EFFECTS;

  if (track == NULL || address < TUTTI_ADDRESS_EFFECTS || address >= TUTTI_N_ADDRESSES)
    return NULL;
  *index = place % TUTTI_ADDRESS_SLOT_VALUES;
  for (guint i = 0; i < track->n_effects; i++)
    if (track->effects[i].slot == place / TUTTI_ADDRESS_SLOT_VALUES && *index < tutti_effect_count_values (track->effects[i].kind))
      return &track->effects[i];
  return NULL;
}

char *
tutti_words_lock_name (const TuttiTrack *track, guint address)
{
  guint index;
  const TuttiEffect *effect = tutti_lock_effect (track, address, &index);

  if (effect == NULL)
    return tutti_words_address (address);
  /* Translators: an effect and one of its values, "Reverb · Decay" */
  return g_strdup_printf (_("%s · %s"), tutti_words_effect (effect->kind), tutti_words_effect_value_name (effect->kind, index));
}

char *
tutti_words_lock_value (const TuttiTrack *track, guint address, int value)
{
  guint index;
  const TuttiEffect *effect = tutti_lock_effect (track, address, &index);

  if (effect == NULL)
    return tutti_words_address_value (address, value);
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, index);

  return tutti_words_effect_value (effect->kind, index, CLAMP (value, spec->min, spec->max));
}
