/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-param.h"
#include "tutti-patch-param.h"

/* Everything about a track's sound that a step may lock has an address: a number in memory and in the sound core's scores
 * (tutti-score-param.h), a name on the wire. Numbers may change from one version of Tutti to the next, names may not.
 *
 *   0 …                a parameter of every track (TuttiParam): "cutoff"
 *   32 …               a number of the instrument's patch (TuttiPatchParam): "vcf-cutoff"
 *   128 + 16·slot + i  value i of the effect in that slot: "fx3-0"
 *
 * An effect has its slot from when it is added to a track until it is deleted, wherever in the chain it is moved. */

#define TUTTI_ADDRESS_PATCH 32
#define TUTTI_ADDRESS_EFFECTS 128
#define TUTTI_ADDRESS_SLOT_VALUES 16
#define TUTTI_EFFECT_SLOTS 28
#define TUTTI_N_ADDRESSES (TUTTI_ADDRESS_EFFECTS + TUTTI_EFFECT_SLOTS * TUTTI_ADDRESS_SLOT_VALUES)

/* Name and range of what is at @address; lives for ever. NULL when there is nothing. A value of an effect has the range of all of
 * them here: what it means is known only beside the effect. */
const TuttiParamSpec *tutti_address_spec (guint address);

/* The address called @name, or -1. */
int                   tutti_address_find (const char *name);

static inline gboolean
tutti_address_is_patch (guint address)
{
  return address >= TUTTI_ADDRESS_PATCH && address < TUTTI_ADDRESS_PATCH + TUTTI_N_PATCH;
}

/* The slot whose effect @address belongs to, or -1. */
static inline int
tutti_address_slot (guint address)
{
  return address < TUTTI_ADDRESS_EFFECTS ? -1 : (int) ((address - TUTTI_ADDRESS_EFFECTS) / TUTTI_ADDRESS_SLOT_VALUES);
}

static inline guint
tutti_address_of_effect (guint slot, guint index)
{
  return TUTTI_ADDRESS_EFFECTS + slot * TUTTI_ADDRESS_SLOT_VALUES + index;
}
