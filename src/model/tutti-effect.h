/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"
#include "tutti-id.h"
#include "tutti-limits.h"

/* An effect in a track's chain or the master's. The order of the kinds and of their values is that of the sound core
 * (tutti-score-effect.h). On the wire a kind goes by its name; a value goes by its index, so values are only ever added at the end. */
typedef enum
{
  TUTTI_EFFECT_FILTER, TUTTI_EFFECT_DRIVE, TUTTI_EFFECT_CRUSH, TUTTI_EFFECT_EQ, TUTTI_EFFECT_COMPRESSOR, TUTTI_EFFECT_LIMITER,
  TUTTI_EFFECT_CHORUS, TUTTI_EFFECT_FLANGER, TUTTI_EFFECT_PHASER, TUTTI_EFFECT_DELAY, TUTTI_EFFECT_REVERB, TUTTI_EFFECT_WIDTH,
  TUTTI_EFFECT_GATE, TUTTI_EFFECT_TREMOLO,
  TUTTI_N_EFFECTS
} TuttiEffectKind;

typedef struct
{
  TuttiId id;
  guint8  kind;                /* TuttiEffectKind */
  guint8  on;
  guint8  slot;                /* 0…27, no other effect of the chain has it: by it steps address the values (tutti-address.h) */
  TuttiId key;                 /* the track that steers it, none: what comes in. The track need not be there: then nothing does */
  gint16  values[TUTTI_EFFECT_VALUES_MAX];
} TuttiEffect;

/* On the wire, in the order of TuttiEffectKind; ended by NULL. */
extern const char * const tutti_effect_names[];

typedef struct
{
  const char *name;            /* NULL: the kind has no such value */
  const char *unit;            /* for the published schema and whoever shows it */
  gint16      min, max, initial;
} TuttiEffectValueSpec;

/* The @index-th value of effects of @kind; lives for ever. */
const TuttiEffectValueSpec *tutti_effect_value_spec (TuttiEffectKind kind, guint index);

/* How many values effects of @kind have. */
guint                       tutti_effect_count_values (TuttiEffectKind kind);

/* Whether effects of @kind remember much, so that a jam may have only TUTTI_BIG_EFFECTS_MAX of them. */
gboolean                    tutti_effect_is_big (TuttiEffectKind kind);

/* Whether another track can steer effects of @kind. */
gboolean                    tutti_effect_takes_key (TuttiEffectKind kind);
