/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect-set.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

/* From a score's numbers to the kernels' own: one function a kind. */

/* 20 Hz and 20 kHz in cents above 8.1758 Hz. */
#define CUTOFF_FLOOR 1549
#define CUTOFF_SPAN 11959

#define SWING_OF_CHORUS 800    /* 1/100 ms at full depth */

typedef struct
{
  TuttiEffect   *effect;
  TuttiCell     *cell;         /* NULL for those without */
  const int16_t *p;
  int32_t        tempo_cbpm;
} Setting;

static float
per_mille (int16_t value)
{
  return (float) tutti_clamp (value, 0, 1000) * 0.001f;
}

/* 0 … 1000: 20 Hz … 20 kHz. */
static double
hertz (int16_t value)
{
  return 20.0 * tutti_exp2 (tutti_clamp (value, 0, 1000) * 0.00996578428466209);
}

static void
set_filter (const Setting *s)
{
  tutti_filter_set (&s->effect->filter, (TuttiFilterMode) tutti_clamp (s->p[0], 0, 2), CUTOFF_FLOOR + s->p[1] * CUTOFF_SPAN / 1000,
                    s->p[2]);
}

static void
set_drive (const Setting *s)
{
  tutti_drive_set (&s->effect->drive, s->p[0]);
  s->effect->blend_aim.level = per_mille (s->p[1]);
}

static void
set_crush (const Setting *s)
{
  tutti_crush_set (&s->effect->crush, 10 * s->p[0], s->p[1]);
  s->effect->blend_aim.mix = per_mille (s->p[2]);
}

static void
set_eq (const Setting *s)
{
  TuttiEq *eq = &s->effect->eq;

  tutti_eq_set (eq, TUTTI_EQ_LOW_CUT, hertz (s->p[3]), 1.0, s->p[3] > 0);
  tutti_eq_set (eq, TUTTI_EQ_LOW_SHELF, hertz (s->p[4]), 1.0, s->p[0]);
  tutti_eq_set (eq, TUTTI_EQ_BELL, hertz (s->p[5]), s->p[6] * 0.01, s->p[1]);
  tutti_eq_set (eq, TUTTI_EQ_HIGH_SHELF, hertz (s->p[7]), 1.0, s->p[2]);
}

static void
set_compressor (const Setting *s)
{
  TuttiCompressorValues values = { .threshold = s->p[0], .ratio = s->p[1], .attack = s->p[2], .release = s->p[3], .makeup = s->p[4],
                                   .knee = s->p[6] };

  tutti_compressor_set (&s->effect->compressor, &values);
  s->effect->blend_aim.mix = per_mille (s->p[5]);
}

static void
set_limiter (const Setting *s)
{
  tutti_peak_limiter_set (&s->cell->limiter, s->p[1], s->p[0], s->p[2]);
}

static void
set_chorus (const Setting *s)
{
  tutti_chorus_set (&s->cell->chorus, s->p[0], s->p[2], tutti_clamp (s->p[1], 0, 1000) * SWING_OF_CHORUS / 1000, 0, s->p[3]);
  s->effect->blend_aim.mix = per_mille (s->p[4]);
}

/* It swings as far as its delay is long. */
static void
set_flanger (const Setting *s)
{
  tutti_chorus_set (&s->cell->chorus, s->p[0], s->p[2], s->p[2] * tutti_clamp (s->p[1], 0, 1000) / 1000, s->p[3], s->p[4]);
  s->effect->blend_aim.mix = per_mille (s->p[5]);
}

static void
set_phaser (const Setting *s)
{
  tutti_phaser_set (&s->effect->phaser, s->p[0], s->p[2], s->p[1], s->p[3], s->p[4]);
  s->effect->blend_aim.mix = per_mille (s->p[5]);
}

static void
set_delay (const Setting *s)
{
  tutti_delay_set (&s->cell->delay, tutti_delay_frames (s->p[0], s->tempo_cbpm), s->p[1], s->p[2], s->p[3], s->p[4]);
}

static void
set_reverb (const Setting *s)
{
  TuttiReverbValues values = { .decay_ms = s->p[0], .damp = s->p[1], .before_ms = s->p[2], .swing = s->p[3], .width = s->p[4],
                               .mix = s->p[5] };

  tutti_reverb_set (&s->cell->reverb, &values);
}

static void
set_width (const Setting *s)
{
  tutti_width_set (&s->effect->width, s->p[0], s->p[1]);
}

static void
set_gate (const Setting *s)
{
  TuttiGateValues values = { .threshold = s->p[0], .attack = s->p[1], .hold = s->p[2], .release = s->p[3], .range = s->p[4] };

  tutti_gate_set (&s->effect->gate, &values);
}

static void
set_tremolo (const Setting *s)
{
  tutti_tremolo_set (&s->effect->tremolo, s->p[0], s->p[1], s->p[2], s->p[3]);
}

static void (*const setters[TUTTI_SCORE_N_EFFECTS]) (const Setting *setting) = {
  [TUTTI_SCORE_EFFECT_FILTER] = set_filter,   [TUTTI_SCORE_EFFECT_DRIVE] = set_drive,
  [TUTTI_SCORE_EFFECT_CRUSH] = set_crush,     [TUTTI_SCORE_EFFECT_EQ] = set_eq,
  [TUTTI_SCORE_EFFECT_COMPRESSOR] = set_compressor, [TUTTI_SCORE_EFFECT_LIMITER] = set_limiter,
  [TUTTI_SCORE_EFFECT_CHORUS] = set_chorus,   [TUTTI_SCORE_EFFECT_FLANGER] = set_flanger,
  [TUTTI_SCORE_EFFECT_PHASER] = set_phaser,   [TUTTI_SCORE_EFFECT_DELAY] = set_delay,
  [TUTTI_SCORE_EFFECT_REVERB] = set_reverb,   [TUTTI_SCORE_EFFECT_WIDTH] = set_width,
  [TUTTI_SCORE_EFFECT_GATE] = set_gate,       [TUTTI_SCORE_EFFECT_TREMOLO] = set_tremolo,
};

void
tutti_effect_set (TuttiEffect *effect, TuttiCells *cells, int32_t tempo_cbpm)
{
  Setting setting = { effect, effect->cell != TUTTI_CELL_NONE ? &cells->cell[effect->cell] : NULL, effect->want.params, tempo_cbpm };

  effect->blend_aim = (TuttiEffectBlend) { 1.0f, 1.0f };
  effect->stale = false;
  effect->tempo_cbpm = tempo_cbpm;
  if (setters[effect->kind] != NULL)
    setters[effect->kind] (&setting);
}

static void
reset_own (TuttiEffect *effect)
{
  switch (effect->kind)
    {
    case TUTTI_SCORE_EFFECT_FILTER: tutti_filter_reset (&effect->filter); break;
    case TUTTI_SCORE_EFFECT_DRIVE: tutti_drive_reset (&effect->drive); break;
    case TUTTI_SCORE_EFFECT_CRUSH: tutti_crush_reset (&effect->crush); break;
    case TUTTI_SCORE_EFFECT_EQ: tutti_eq_reset (&effect->eq); break;
    case TUTTI_SCORE_EFFECT_COMPRESSOR: tutti_compressor_reset (&effect->compressor); break;
    case TUTTI_SCORE_EFFECT_PHASER: tutti_phaser_reset (&effect->phaser); break;
    case TUTTI_SCORE_EFFECT_WIDTH: tutti_width_reset (&effect->width); break;
    case TUTTI_SCORE_EFFECT_GATE: tutti_gate_reset (&effect->gate); break;
    case TUTTI_SCORE_EFFECT_TREMOLO: tutti_tremolo_reset (&effect->tremolo); break;
    default: break;
    }
}

bool
tutti_effect_begin (TuttiEffect *effect, const TuttiEffectContext *context)
{
  if (tutti_cells_wanted (effect->want.kind))
    effect->cell = tutti_cells_lend (context->cells, effect->want.kind, context->owner);
  if (tutti_cells_wanted (effect->want.kind) && effect->cell == TUTTI_CELL_NONE)
    return false;
  effect->kind = effect->want.kind;
  reset_own (effect);
  tutti_effect_set (effect, context->cells, context->time.tempo_cbpm);
  effect->blend = effect->blend_aim;
  return true;
}
