/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-share-effect.h"

#include <math.h>

/* From what the personal one says to what the shared one does. */
typedef double (*Convert) (double value, int tempo_cbpm);

static double
decibels (double value, int tempo_cbpm)
{
  return value * 100;
}

static double
share (double value, int tempo_cbpm)
{
  return value * 1000;
}

/* Half as much: the personal reverb adds to what comes in, the shared one takes its place. */
static double
half_share (double value, int tempo_cbpm)
{
  return value * 500;
}

static double
decay_of_size (double value, int tempo_cbpm)
{
  return 500 + 3500 * value;
}

static double
length (double nanoseconds, int tempo_cbpm)
{
  return nanoseconds / 6e10 * tempo_cbpm / 100.0 * TUTTI_TICKS_PER_QUARTER;
}

static double
level (double amplitude, int tempo_cbpm)
{
  return amplitude > 0 ? 2000 * log10 (amplitude) : -6000;
}

/* What is left of a rise above the threshold, against how many times as much goes in as comes out. */
static double
ratio (double slope, int tempo_cbpm)
{
  return 100 / MAX (slope, 0.05);
}

static double
wider (double value, int tempo_cbpm)
{
  return 1000 + 1000 * value;
}

typedef struct
{
  guint   index;               /* of the shared effect's values */
  Convert convert;
} Value;

/* By the personal kind's params, in their order (tutti-personal.c). */
static const struct { const char *element; TuttiEffectKind kind; guint n; Value values[4]; } alike[] = {
  { "equalizer-3bands", TUTTI_EFFECT_EQ, 3, { { 0, decibels }, { 1, decibels }, { 2, decibels } } },
  { "freeverb", TUTTI_EFFECT_REVERB, 4, { { 0, decay_of_size }, { 1, share }, { 4, share }, { 5, half_share } } },
  { "audioecho", TUTTI_EFFECT_DELAY, 3, { { 0, length }, { 4, share }, { 1, share } } },
  { "audiodynamic", TUTTI_EFFECT_COMPRESSOR, 2, { { 0, level }, { 1, ratio } } },
  { "stereo", TUTTI_EFFECT_WIDTH, 1, { { 0, wider } } },
  { "audiopanorama", TUTTI_EFFECT_WIDTH, 1, { { 1, share } } },
};

TuttiOp *
tutti_share_effect_op (const TuttiPersonalEffect *effect, TuttiId id, int tempo_cbpm)
{
  for (guint i = 0; i < G_N_ELEMENTS (alike); i++)
    if (g_str_equal (alike[i].element, effect->element))
      {
        TuttiOp *group = tutti_op_group_new ();

        tutti_op_group_add (group, tutti_op_new (TUTTI_OP_EFFECT_ADD, id, tutti_id (0, 0), TUTTI_N (alike[i].kind),
                                                 TUTTI_N (TUTTI_EFFECTS_MAX - 1)));
        for (guint j = 0; j < alike[i].n; j++)
          {
            const Value *value = &alike[i].values[j];
            const TuttiEffectValueSpec *spec = tutti_effect_value_spec (alike[i].kind, value->index);
            double wanted = round (value->convert (effect->values[j], tempo_cbpm));

            tutti_op_group_add (group, tutti_op_new (TUTTI_OP_EFFECT_VALUE, id, TUTTI_N (value->index),
                                                     TUTTI_N (CLAMP (wanted, spec->min, spec->max))));
          }
        if (!effect->on)
          tutti_op_group_add (group, tutti_op_new (TUTTI_OP_EFFECT_ON, id, TUTTI_N (0)));
        return group;
      }
  return NULL;
}
