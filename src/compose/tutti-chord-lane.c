/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-chord-lane.h"

void
tutti_chord_span (const TuttiChordLane *lane, gint32 tick, gint32 end, gint32 *from, gint32 *to)
{
  const TuttiChordMark *after = tutti_chord_after (lane, tick);

  *from = 0;
  for (guint i = 0; i < lane->n && lane->mark[i].tick <= tick; i++)
    *from = lane->mark[i].tick;
  *to = after != NULL ? MIN (after->tick, end) : end;
}

/* An end where no chord was is nothing. */
static void
tidy (TuttiChordLane *lane)
{
  gboolean meant = FALSE;

  for (guint i = 0; i < lane->n; i++)
    {
      gboolean chord = lane->mark[i].quality != TUTTI_HARMONY_NONE;

      if (!chord && !meant)
        tutti_chord_put (lane, lane->mark[i--].tick, 0, TUTTI_HARMONY_AS_BEFORE);
      meant = chord;
    }
}

gboolean
tutti_chord_fill (TuttiChordLane *lane, gint32 from, gint32 to, guint root, TuttiHarmony quality)
{
  const TuttiChordMark *goes_on = tutti_chord_meant (lane, to), *inside;
  guint then_root = goes_on != NULL ? goes_on->root : 0;
  TuttiHarmony then = goes_on != NULL ? (TuttiHarmony) goes_on->quality : TUTTI_HARMONY_NONE;
  TuttiChordLane work = *lane;

  while ((inside = tutti_chord_after (&work, from - 1)) != NULL && inside->tick < to)
    tutti_chord_put (&work, inside->tick, 0, TUTTI_HARMONY_AS_BEFORE);
  if (!tutti_chord_put (&work, from, root, quality) ||
      (to < TUTTI_CLIP_TICKS_MAX && tutti_chord_at (&work, to) == NULL && !tutti_chord_put (&work, to, then_root, then)))
    return FALSE;
  tidy (&work);
  *lane = work;
  return TRUE;
}

gboolean
tutti_chord_move (TuttiChordLane *lane, gint32 tick, gint32 from, gint32 to, gint32 end)
{
  const TuttiChordMark *meant = tutti_chord_meant (lane, tick);
  TuttiChordLane work = *lane;
  gint32 old_from, old_to;

  if (meant == NULL || from >= to)
    return FALSE;
  tutti_chord_span (lane, tick, end, &old_from, &old_to);
  if (!tutti_chord_fill (&work, old_from, old_to, 0, TUTTI_HARMONY_NONE) ||
      !tutti_chord_fill (&work, MAX (from, 0), MIN (to, end), meant->root, (TuttiHarmony) meant->quality))
    return FALSE;
  *lane = work;
  return TRUE;
}

/* ---- a hand ---- */

static gint32
snapped (gint32 tick, gint32 step, gint32 end)
{
  return CLAMP ((tick + step / 2) / step * step, 0, end);
}

void
tutti_chord_drag (TuttiChordHand hand, gint32 taken, gint32 now, gint32 step, gint32 end, gint32 *from, gint32 *to)
{
  gint32 tick = snapped (now, step, end), by = snapped (MAX (*from + now - taken, 0), step, end) - *from;

  if (hand == TUTTI_CHORD_HAND_BEGINNING)
    *from = MAX (MIN (tick, *to - step), 0);
  else if (hand == TUTTI_CHORD_HAND_END)
    *to = MIN (MAX (now >= end - 1 ? end : tick, *from + step), end);
  else if (hand == TUTTI_CHORD_HAND_NEW)
    {
      /* From the last half step on there is room before it only. */
      *from = MAX (MIN (MIN (snapped (taken, step, end), tick), end - step), 0);
      *to = MIN (MAX (MAX (snapped (taken, step, end), tick), *from + step), end);
    }
  else if (hand == TUTTI_CHORD_HAND_MOVE)
    {
      by = MIN (by, end - *to);
      *from += by;
      *to += by;
    }
}
