/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-pattern-commands.h"

static TuttiOp *
replace_all (const TuttiClip *clip, TuttiSteps *steps)
{
  return tutti_op_new (TUTTI_OP_STEPS, clip->id, TUTTI_N (0), steps);
}

TuttiOp *
tutti_pattern_clear (const TuttiClip *clip)
{
  return replace_all (clip, tutti_steps_new (clip->length));
}

TuttiOp *
tutti_pattern_rotate (const TuttiClip *clip, int by)
{
  TuttiSteps *steps = tutti_steps_new (clip->length);

  for (int i = 0; i < clip->length; i++)
    steps->step[tutti_floor_mod (i + by, clip->length)] = clip->steps[i];
  return replace_all (clip, steps);
}

TuttiOp *
tutti_pattern_fill (const TuttiClip *clip, int every, int velocity)
{
  TuttiSteps *steps = tutti_steps_new (clip->length);

  for (int i = 0; i < clip->length; i++)
    {
      steps->step[i] = clip->steps[i];
      if (i % every == 0 && clip->steps[i].velocity == 0)
        steps->step[i].velocity = (guint8) velocity;
    }
  return replace_all (clip, steps);
}

TuttiOp *
tutti_pattern_euclid (const TuttiClip *clip, int hits, int rotation, int velocity)
{
  TuttiSteps *steps = tutti_steps_new (clip->length);

  for (int i = 0; i < clip->length; i++)
    {
      gint64 place = tutti_floor_mod (i - rotation, clip->length);
      gboolean on = place * hits % clip->length < hits;

      steps->step[i] = clip->steps[i];
      steps->step[i].velocity = on ? clip->steps[i].velocity : 0;
      if (on && clip->steps[i].velocity == 0)
        steps->step[i].velocity = (guint8) velocity;
      if (on)
        steps->step[i].tie = 0;
    }
  return replace_all (clip, steps);
}

TuttiOp *
tutti_pattern_paste (const TuttiClip *clip, const TuttiStep *source, guint n)
{
  TuttiSteps *steps = tutti_steps_new (clip->length);

  for (int i = 0; i < clip->length; i++)
    steps->step[i] = source[(guint) i % n];
  return replace_all (clip, steps);
}
