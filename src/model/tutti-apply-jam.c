/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The jam as a whole: key, mix settings, sounds, people, and what was deleted. */
#include "tutti-apply.h"

#include <string.h>

gboolean
tutti_apply_jam_key (const TuttiApply *apply)
{
  TuttiJam *jam = apply->jam;
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (jam->key), TUTTI_N (jam->scale));

  jam->key = (guint8) apply->op->arg[0].number;
  jam->scale = (guint8) apply->op->arg[1].number;
  return tutti_apply_inverse (apply, inverse);
}

gboolean
tutti_apply_mix (const TuttiApply *apply)
{
  gint64 setting = apply->op->arg[0].number, value = apply->op->arg[1].number;
  const TuttiParamSpec *spec = tutti_mix_setting_spec (setting);

  if (value < spec->min || value > spec->max)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_INVALID, "“%s” must be from %d to %d", spec->name, spec->min,
                             spec->max);
  TuttiOp *inverse = tutti_op_new (TUTTI_OP_MIX, setting, TUTTI_N (apply->jam->mix[setting]));

  apply->jam->mix[setting] = (gint16) value;
  return tutti_apply_inverse (apply, inverse);
}

/* Adding what is there already changes nothing, so that two people may drop the same file. */
gboolean
tutti_apply_sound_add (const TuttiApply *apply)
{
  TuttiSoundEntry sound = { .n_frames = (guint32) apply->op->arg[2].number, .n_channels = (guint8) apply->op->arg[3].number };

  if (tutti_jam_sound (apply->jam, apply->op->arg[0].text) != NULL)
    return TRUE;
  if (apply->jam->sounds->len >= TUTTI_SOUNDS_MAX)
    return tutti_apply_fail (apply, TUTTI_MODEL_ERROR_LIMIT, "a jam holds at most %d sounds", TUTTI_SOUNDS_MAX);
  strcpy (sound.hash, apply->op->arg[0].text);
  strcpy (sound.name, apply->op->arg[1].text);
  tutti_jam_put_sound (apply->jam, &sound);
  return TRUE;
}

gboolean
tutti_apply_sound_delete (const TuttiApply *apply)
{
  if (tutti_jam_sound (apply->jam, apply->op->arg[0].text) == NULL)
    return tutti_apply_missing (apply, "sound");
  tutti_jam_remove_sound (apply->jam, apply->op->arg[0].text);
  return TRUE;
}

gboolean
tutti_apply_purge (const TuttiApply *apply)
{
  if (tutti_jam_grave (apply->jam, apply->op->arg[0].id) == NULL)
    return tutti_apply_missing (apply, "deleted thing");
  tutti_jam_unbury (apply->jam, apply->op->arg[0].id);
  return TRUE;
}

/* It stands in the history, and nowhere else. */
gboolean
tutti_apply_moment (const TuttiApply *apply)
{
  return TRUE;
}
