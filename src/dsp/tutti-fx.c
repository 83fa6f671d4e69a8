/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-fx.h"

#include <string.h>

#include "tutti-math.h"

#define DELAY_DAMP 250         /* each repeat a little duller, as of tape */
#define REVERB_SWING 350       /* enough that no mode rings, too little to be heard as a chorus */

/* Zeroes that are there already are not written again: pages of a reverb that nobody uses stay untouched. */
static void
clean_reverb (TuttiFx *fx)
{
  if (fx->reverb_dirty)
    tutti_reverb_reset (&fx->reverb);
  fx->reverb_dirty = false;
}

void
tutti_fx_reset (TuttiFx *fx, int64_t frame)
{
  clean_reverb (fx);
  memset (fx, 0, offsetof (TuttiFx, limiter));
  fx->on = true;
  fx->fresh = true;
  fx->start_frame = frame;
  tutti_limiter_reset (&fx->limiter);
  tutti_reverb_begin (&fx->reverb);
  tutti_delay_reset (&fx->delay);
  tutti_chain_reset (&fx->chain);
  fx->cells.used = 0;
}

TuttiEffectContext
tutti_fx_context (TuttiFx *fx, const TuttiEffectTime *time, const TuttiKeys *keys, unsigned owner)
{
  bool sounding = owner == TUTTI_FX_MASTER ? fx->sounding : fx->strips[owner].sounding;

  return (TuttiEffectContext) { *time, keys, &fx->cells, (uint8_t) owner, sounding };
}

void
tutti_fx_reset_strip (TuttiFx *fx, unsigned index)
{
  tutti_cells_drop (&fx->cells, (uint8_t) index);
  tutti_strip_reset (&fx->strips[index]);
}

static void
aim_delay (TuttiFx *fx, const TuttiScoreDelay *want, int32_t tempo_cbpm)
{
  const TuttiScoreDelay *is = &fx->delay_made_from;

  if (!fx->fresh && is->ticks == want->ticks && is->feedback == want->feedback && is->level == want->level &&
      fx->tempo_made_from == tempo_cbpm)
    return;
  fx->delay_made_from = *want;
  fx->tempo_made_from = tempo_cbpm;
  fx->delay_return.target = tutti_strip_level (want->level);
  tutti_delay_set (&fx->delay, tutti_delay_frames (want->ticks, tempo_cbpm), want->feedback, DELAY_DAMP, 0, 1000);
}

static void
aim_reverb (TuttiFx *fx, const TuttiScoreReverb *want)
{
  const TuttiScoreReverb *is = &fx->reverb_made_from;
  TuttiReverbValues values = { .damp = want->damping, .swing = REVERB_SWING, .width = 1000, .mix = 1000 };

  if (!fx->fresh && is->size == want->size && is->damping == want->damping && is->level == want->level)
    return;
  fx->reverb_made_from = *want;
  fx->reverb_return.target = tutti_strip_level (want->level);
  /* 0.2 s to 8 s: 2 to the 5.32 is 40 */
  values.decay_ms = (int32_t) (200.0 * tutti_exp2 (want->size * 0.00532192809));
  tutti_reverb_set (&fx->reverb, &values);
}

void
tutti_fx_aim (TuttiFx *fx, const TuttiScore *score, int32_t tempo_cbpm)
{
  aim_delay (fx, &score->delay, tempo_cbpm);
  aim_reverb (fx, &score->reverb);
  if (fx->fresh || fx->master_made_from != score->master_gain)
    fx->master.target = tutti_strip_level (score->master_gain);
  fx->master_made_from = score->master_gain;
  tutti_chain_aim (&fx->chain, score->master_effects, score->n_master_effects, fx->fresh);
  if (fx->fresh)
    {
      fx->master.now = fx->master.target;
      fx->delay_return.now = fx->delay_return.target;
      fx->reverb_return.now = fx->reverb_return.target;
    }
  fx->fresh = false;
}

static void
add_return (TuttiStripGain *gain, TuttiBlock *mix, const TuttiBlock *wet)
{
  float after = tutti_strip_gain_next (gain);

  tutti_block_add (mix, wet, gain->now, after);
  gain->now = after;
}

TUTTI_CLONES static void
scale (float *block, float begin, float step)
{
  for (int i = 0; i < TUTTI_BLOCK; i++)
    block[i] *= begin + step * (float) i;
}

static void
run_master (TuttiFx *fx, TuttiBlock *mix)
{
  float after = tutti_strip_gain_next (&fx->master);
  float step = (after - fx->master.now) * (1.0f / TUTTI_BLOCK);

  if (fx->master.now != 1.0f || after != 1.0f)
    {
      scale (mix->left, fx->master.now, step);
      scale (mix->right, fx->master.now, step);
    }
  fx->master.now = after;
  tutti_limiter_apply (&fx->limiter, mix, 0, TUTTI_BLOCK);
}

void
tutti_fx_finish (TuttiFx *fx, TuttiStripBuses *buses, const TuttiEffectTime *time, const TuttiKeys *keys)
{
  TuttiEffectContext context = tutti_fx_context (fx, time, keys, TUTTI_FX_MASTER);

  if (!buses->delay_fed && !tutti_delay_silent (&fx->delay))
    {
      memset (&buses->delay, 0, sizeof buses->delay);
      buses->delay_fed = true;
    }
  if (buses->delay_fed)
    {
      tutti_delay_run (&fx->delay, &buses->delay);
      add_return (&fx->delay_return, &buses->mix, &buses->delay);
    }
  if (!buses->reverb_fed && !tutti_reverb_silent (&fx->reverb))
    {
      memset (&buses->reverb, 0, sizeof buses->reverb);
      buses->reverb_fed = true;
    }
  if (buses->reverb_fed)
    {
      fx->reverb_dirty = true;
      tutti_reverb_run (&fx->reverb, &buses->reverb, time->frame);
      add_return (&fx->reverb_return, &buses->mix, &buses->reverb);
    }
  tutti_chain_run (&fx->chain, &buses->mix, &context);
  fx->sounding = true;
  run_master (fx, &buses->mix);
}

static void
copy_reverb (TuttiFx *to, const TuttiFx *from)
{
  if (!tutti_reverb_silent (&from->reverb))
    {
      memcpy (&to->reverb, &from->reverb, sizeof to->reverb);
      to->reverb_dirty = true;
      return;
    }
  clean_reverb (to);
  memcpy (&to->reverb, &from->reverb, offsetof (TuttiReverb, line));
}

void
tutti_fx_copy (TuttiFx *to, const TuttiFx *from, const bool used[TUTTI_FX_STRIPS])
{
  bool dirty = to->reverb_dirty;

  memcpy (to, from, offsetof (TuttiFx, chain));
  to->reverb_dirty = dirty;
  if (!from->on)
    return;
  for (unsigned i = 0; i < TUTTI_FX_STRIPS; i++)
    if (used[i])
      tutti_strip_copy (&to->strips[i], &from->strips[i]);
  tutti_chain_copy (&to->chain, &from->chain);
  copy_reverb (to, from);
  tutti_delay_copy (&to->delay, &from->delay);
  tutti_cells_copy (&to->cells, &from->cells);
}
