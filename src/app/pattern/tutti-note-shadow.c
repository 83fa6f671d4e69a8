/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-note-shadow.h"

void
tutti_note_shadow (const TuttiClip *clip, int root, TuttiStep steps[TUTTI_STEPS_MAX])
{
  for (guint i = 0; i < TUTTI_STEPS_MAX; i++)
    steps[i] = tutti_step_initial;
  for (guint i = 0; i < clip->n_notes && clip->notes[i].tick < tutti_clip_ticks (clip); i++)
    {
      const TuttiNote *note = &clip->notes[i];
      TuttiStep *step = &steps[note->tick / clip->ticks_per_step];
      int pitch = CLAMP (note->pitch - root, TUTTI_PITCH_MIN, TUTTI_PITCH_MAX);

      if (step->velocity > 0 && step->pitch >= pitch)
        continue;
      step->velocity = note->velocity;
      step->pitch = (gint8) pitch;
      step->length = (guint8) CLAMP ((note->length + clip->ticks_per_step - 1) / clip->ticks_per_step, 1, TUTTI_STEPS_MAX);
    }
}
