/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-numbers.h"

#include "tutti-sound-bank.h"

#include <string.h>

static void
read_patch (TuttiNumbers *self, const TuttiTrack *track)
{
  int16_t preset[TUTTI_N_PATCH_PARAMS];

  if (self->preset >= 0)
    tutti_preset_patch ((unsigned) self->preset, preset);
  else
    tutti_patch_fill_sampler (preset);
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    {
      guint address = TUTTI_ADDRESS_PATCH + i;

      self->initial[address] = preset[i];
      self->own[address] = tutti_track_has_patch (track, (TuttiPatchParam) i) ? track->patch[i] : self->initial[address];
    }
}

void
tutti_numbers_read (TuttiNumbers *self, const TuttiTrack *track, const TuttiStep *step)
{
  memset (self, 0, sizeof *self);
  self->preset = tutti_preset_of_sound (track->sound);
  self->instrument = self->preset >= 0 ? tutti_preset_get ((unsigned) self->preset)->instrument : TUTTI_INSTRUMENT_SAMPLER;
  for (guint i = 0; i < TUTTI_N_PARAMS; i++)
    {
      self->initial[i] = tutti_param_spec ((TuttiParam) i)->initial;
      self->own[i] = track->params[i];
    }
  read_patch (self, track);
  memcpy (self->shown, self->own, sizeof self->shown);
  for (guint i = 0; step != NULL && i < step->n_locks; i++)
    if (step->locks[i].address < TUTTI_N_NUMBERS)
      {
        self->shown[step->locks[i].address] = step->locks[i].value;
        self->locked[step->locks[i].address] = TRUE;
      }
}

gboolean
tutti_numbers_changed (const TuttiNumbers *self, guint address)
{
  return self->own[address] != self->initial[address];
}

TuttiOp *
tutti_numbers_set (TuttiId track, guint address, int value)
{
  if (!tutti_address_is_patch (address))
    return tutti_op_new (TUTTI_OP_PARAM, track, TUTTI_N (address), TUTTI_N (value));
  return tutti_op_new (TUTTI_OP_PATCH, track, TUTTI_N (address - TUTTI_ADDRESS_PATCH), TUTTI_N (value));
}

TuttiOp *
tutti_numbers_reset (const TuttiNumbers *self, TuttiId track, guint address)
{
  if (!tutti_address_is_patch (address))
    return tutti_numbers_set (track, address, self->initial[address]);
  return tutti_op_new (TUTTI_OP_PATCH_CLEAR, track, TUTTI_N (address - TUTTI_ADDRESS_PATCH));
}
