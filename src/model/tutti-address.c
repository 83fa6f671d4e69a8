/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-address.h"

#define EFFECT_ADDRESSES (TUTTI_N_ADDRESSES - TUTTI_ADDRESS_EFFECTS)

static gpointer
make_effect_specs (gpointer nothing)
{
  TuttiParamSpec *specs = g_new0 (TuttiParamSpec, EFFECT_ADDRESSES);

  for (guint i = 0; i < EFFECT_ADDRESSES; i++)
    specs[i] = (TuttiParamSpec) {
      .name = g_strdup_printf ("fx%u-%u", i / TUTTI_ADDRESS_SLOT_VALUES, i % TUTTI_ADDRESS_SLOT_VALUES),
      .unit = "as the effect's value",
      .min = TUTTI_GAIN_MIN_CDB,
      .max = 10000,
    };
  return specs;
}

const TuttiParamSpec *
tutti_address_spec (guint address)
{
  static GOnce made = G_ONCE_INIT;

  if (address < TUTTI_N_PARAMS)
    return tutti_param_spec ((TuttiParam) address);
  if (address < TUTTI_ADDRESS_EFFECTS || address >= TUTTI_N_ADDRESSES)
    return NULL;
  return (const TuttiParamSpec *) g_once (&made, make_effect_specs, NULL) + (address - TUTTI_ADDRESS_EFFECTS);
}

int
tutti_address_find (const char *name)
{
  for (guint address = 0; address < TUTTI_N_ADDRESSES; address++)
    {
      const TuttiParamSpec *spec = tutti_address_spec (address);

      if (spec != NULL && g_str_equal (spec->name, name))
        return (int) address;
    }
  return -1;
}
