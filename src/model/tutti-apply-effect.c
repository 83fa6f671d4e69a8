/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Effects, in the chain of a track or the master's. */
#include "tutti-apply.h"

/* The chain of the track that argument @arg names, or the master's when it is none; FALSE with the error set. */
static gboolean
chain_of (const TuttiApply *apply, guint arg, TuttiEffectChain *out)
{
  return tutti_jam_edit_chain (apply->jam, apply->op->arg[arg].id, out) || tutti_apply_missing (apply, "track");
}

static gboolean
room_in_chain (const TuttiApply *apply, const TuttiEffectChain *chain)
{
  return *chain->n < TUTTI_EFFECTS_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a chain holds at most %d effects", TUTTI_EFFECTS_MAX);
}

gboolean
tutti_apply_room_for_big (const TuttiApply *apply, guint more)
{
  return more == 0 || tutti_jam_count_big_effects (apply->jam) + more <= TUTTI_BIG_EFFECTS_MAX ||
         tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d delays, reverbs, choruses, flangers and limiters",
                           TUTTI_BIG_EFFECTS_MAX);
}

/* Of slots as bits. */
static guint32
slots_taken (const TuttiEffectChain *chain)
{
  guint32 slots = 0;

  for (guint i = 0; i < *chain->n; i++)
    slots |= 1u << chain->effects[i].slot;
  return slots;
}

static guint32
slots_locked_by (const TuttiClip *clip)
{
  guint32 slots = 0;

  for (guint i = 0; i < TUTTI_STEPS_MAX; i++)
    for (guint j = 0; j < clip->steps[i].n_locks; j++)
      {
        int slot = tutti_address_slot (clip->steps[i].locks[j].address);

        slots |= slot >= 0 ? 1u << slot : 0;
      }
  return slots;
}

static guint32
slots_locked_in_grave (const TuttiGrave *grave, TuttiId track)
{
  guint32 slots = 0;

  for (guint i = 0; grave->clips != NULL && i < grave->clips->len; i++)
    if (tutti_id_equal (grave->clip_tracks != NULL ? g_array_index (grave->clip_tracks, TuttiId, i) : grave->track, track))
      slots |= slots_locked_by (grave->clips->pdata[i]);
  return slots;
}

/* By steps of the track, also of clips that may come back: they outlive the effect they were meant for. */
static guint32
slots_locked (const TuttiJam *jam, TuttiId id)
{
  const TuttiTrack *track = tutti_jam_track (jam, id, NULL);
  guint32 slots = 0;

  for (guint i = 0; track != NULL && i < track->n_clips; i++)
    slots |= slots_locked_by (track->clips[i]);
  for (guint i = 0; i < jam->graves->len; i++)
    slots |= slots_locked_in_grave (jam->graves->pdata[i], id);
  return slots;
}

static guint32
slots_buried (const TuttiJam *jam, TuttiId track)
{
  guint32 slots = 0;

  for (guint i = 0; i < jam->graves->len; i++)
    {
      const TuttiGrave *grave = jam->graves->pdata[i];

      if (grave->kind == TUTTI_GRAVE_EFFECT && tutti_id_equal (grave->track, track))
        slots |= 1u << grave->effect.slot;
    }
  return slots;
}

/* The first that nobody has and, as far as there is one, that no step locks (a step would turn the wrong knob) and none has who may
 * come back. */
static guint8
free_slot (const TuttiJam *jam, const TuttiEffectChain *chain, TuttiId track)
{
  guint32 taken = slots_taken (chain), locked = slots_locked (jam, track), buried = slots_buried (jam, track);
  guint32 unwanted[] = { locked | buried, locked, buried, 0 };

  for (guint i = 0; ; i++)
    {
      int slot = g_bit_nth_lsf (~(gulong) (taken | unwanted[i]), -1);

      if (slot < TUTTI_EFFECT_SLOTS)
        return (guint8) slot;
    }
}

gboolean
tutti_apply_effect_add (const TuttiApply *apply)
{
  const TuttiArg *arg = apply->op->arg;
  TuttiEffect effect = { .id = arg[0].id, .kind = (guint8) arg[2].number, .on = 1 };
  TuttiEffectChain chain;

  if (!chain_of (apply, 1, &chain) || !tutti_apply_fresh_id (apply, 0) || !room_in_chain (apply, &chain) ||
      !tutti_apply_room_for_big (apply, tutti_effect_is_big (effect.kind)))
    return FALSE;
  for (guint i = 0; i < TUTTI_EFFECT_VALUES_MAX; i++)
    effect.values[i] = tutti_effect_value_spec (effect.kind, i)->initial;
  effect.slot = free_slot (apply->jam, &chain, arg[1].id);
  tutti_effect_chain_insert (&chain, &effect, (guint) arg[3].number);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_DELETE, arg[0].id));
}

/* The effect that the first argument names, with its chain; FALSE with the error set. */
static gboolean
find (const TuttiApply *apply, TuttiEffectChain *chain, guint *index)
{
  return tutti_jam_edit_effect (apply->jam, apply->op->arg[0].id, chain, index) != NULL || tutti_apply_missing (apply, "effect");
}

gboolean
tutti_apply_effect_delete (const TuttiApply *apply)
{
  TuttiGrave grave = { .kind = TUTTI_GRAVE_EFFECT, .id = apply->op->arg[0].id };
  TuttiEffectChain chain;

  if (!tutti_apply_room_for_grave (apply) || !find (apply, &chain, &grave.index))
    return FALSE;
  grave.effect = chain.effects[grave.index];
  grave.track = chain.track;
  tutti_effect_chain_remove (&chain, grave.index);
  tutti_jam_bury (apply->jam, g_memdup2 (&grave, sizeof grave));
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_RESTORE, grave.id));
}

gboolean
tutti_apply_effect_restore (const TuttiApply *apply)
{
  TuttiId id = apply->op->arg[0].id;
  const TuttiGrave *grave = tutti_jam_grave (apply->jam, id);
  TuttiEffectChain chain;

  if (grave == NULL || grave->kind != TUTTI_GRAVE_EFFECT)
    return tutti_apply_missing (apply, "deleted effect");
  if (!tutti_jam_edit_chain (apply->jam, grave->track, &chain))
    return tutti_apply_missing (apply, "track of that effect");
  if (!room_in_chain (apply, &chain) || !tutti_apply_room_for_big (apply, tutti_effect_is_big (grave->effect.kind)))
    return FALSE;
  TuttiEffect effect = grave->effect;

  if ((slots_taken (&chain) >> effect.slot & 1) != 0)
    effect.slot = free_slot (apply->jam, &chain, grave->track);
  tutti_effect_chain_insert (&chain, &effect, grave->index);
  tutti_jam_unbury (apply->jam, id);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_DELETE, id));
}

gboolean
tutti_apply_effect_move (const TuttiApply *apply)
{
  TuttiEffectChain chain;
  guint from;

  if (!find (apply, &chain, &from))
    return FALSE;
  TuttiEffect effect = chain.effects[from];

  tutti_effect_chain_remove (&chain, from);
  tutti_effect_chain_insert (&chain, &effect, (guint) apply->op->arg[1].number);
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_MOVE, effect.id, TUTTI_N (from)));
}

gboolean
tutti_apply_effect_value (const TuttiApply *apply)
{
  gint64 index = apply->op->arg[1].number, value = apply->op->arg[2].number;
  TuttiEffectChain chain;
  guint place;

  if (!find (apply, &chain, &place))
    return FALSE;
  TuttiEffect *effect = &chain.effects[place];
  const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, (guint) index);

  if (spec->name == NULL || value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "this effect has no such value");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_EFFECT_VALUE, effect->id, index, TUTTI_N (effect->values[index]));

  effect->values[index] = (gint16) value;
  return tutti_apply_inverse (apply, inverse);
}

/* Whether there is such a track is not asked: it may go, and come back. */
gboolean
tutti_apply_effect_key (const TuttiApply *apply)
{
  TuttiEffectChain chain;
  guint place;

  if (!find (apply, &chain, &place))
    return FALSE;
  TuttiEffect *effect = &chain.effects[place];

  if (!tutti_effect_takes_key (effect->kind))
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "no other track can steer this effect");
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_EFFECT_KEY, effect->id, effect->key);

  effect->key = apply->op->arg[1].id;
  return tutti_apply_inverse (apply, inverse);
}

/* Whoever has the slot takes the other's, so that any order of slots can be reached. */
gboolean
tutti_apply_effect_slot (const TuttiApply *apply)
{
  TuttiEffectChain chain;
  guint place;

  if (!find (apply, &chain, &place))
    return FALSE;
  guint8 from = chain.effects[place].slot, to = (guint8) apply->op->arg[1].number;

  for (guint i = 0; i < *chain.n; i++)
    if (chain.effects[i].slot == to)
      chain.effects[i].slot = from;
  chain.effects[place].slot = to;
  return tutti_apply_inverse (apply, tutti_op_new (TUTTI_OP_EFFECT_SLOT, apply->op->arg[0].id, TUTTI_N (from)));
}
