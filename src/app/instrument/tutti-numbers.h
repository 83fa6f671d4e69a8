/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"
#include "tutti-op.h"
#include "tutti-preset.h"

/* The numbers of a track's instrument as its panel shows them: parameters of the track and numbers of the patch, by their address
 * (tutti-address.h), with the locks of one step. A plain value. */

#define TUTTI_N_NUMBERS TUTTI_ADDRESS_EFFECTS

typedef struct
{
  TuttiInstrument instrument;
  int             preset;      /* of the synthesisers (tutti_preset_get()), −1: none */
  gint16          shown[TUTTI_N_NUMBERS];    /* as the step has it */
  gint16          own[TUTTI_N_NUMBERS];      /* as the track has it */
  gint16          initial[TUTTI_N_NUMBERS];  /* as the preset has it, or a new track */
  gboolean        locked[TUTTI_N_NUMBERS];   /* the step holds it */
} TuttiNumbers;

/* @step: (nullable). */
void     tutti_numbers_read (TuttiNumbers *self, const TuttiTrack *track, const TuttiStep *step);

/* Whether the track has another number than its preset. */
gboolean tutti_numbers_changed (const TuttiNumbers *self, guint address);

/* What gives @track the number, or the preset's (a new track's) again. (transfer full) */
TuttiOp *tutti_numbers_set (TuttiId track, guint address, int value);
TuttiOp *tutti_numbers_reset (const TuttiNumbers *self, TuttiId track, guint address);
