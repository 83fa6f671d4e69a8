/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-here.h"

gboolean
tutti_here_equal (const TuttiHere *a, const TuttiHere *b)
{
  return a->doing == b->doing && a->place == b->place && a->hold == b->hold && a->step == b->step && tutti_id_equal (a->on, b->on) &&
         tutti_id_equal (a->note, b->note);
}

void
tutti_here_sift (TuttiHere *here, const TuttiJam *jam)
{
  const TuttiClip *clip;

  if (!tutti_id_is_none (here->on) && tutti_jam_track (jam, here->on, NULL) == NULL && tutti_jam_clip (jam, here->on, NULL) == NULL)
    here->on = (TuttiId) { 0, 0 };
  if (tutti_id_is_none (here->on))
    here->step = 0;
  clip = tutti_jam_clip (jam, here->on, NULL);
  if (clip == NULL || tutti_clip_note (clip, here->note, NULL) == NULL)
    here->note = (TuttiId) { 0, 0 };
}

gboolean
tutti_here_pace_take (TuttiHerePace *pace, gint64 interval_us, gint64 now_us)
{
  if (tutti_here_equal (&pace->newest, &pace->sent) || (pace->sent_us != 0 && now_us - pace->sent_us < interval_us))
    return FALSE;
  pace->sent = pace->newest;
  pace->sent_us = now_us;
  return TRUE;
}

TuttiHere
tutti_myself_look (const TuttiMyself *myself, gint64 now_us)
{
  TuttiHere here = myself->place;

  if (myself->input_us == 0)
    return (TuttiHere) { 0 };
  if (now_us - myself->input_us >= TUTTI_IDLE_AFTER_US)
    here.doing = TUTTI_DOING_IDLE;
  else if (here.hold != TUTTI_HOLD_NOTHING || (myself->edited_us != 0 && now_us - myself->edited_us < TUTTI_EDITING_US))
    here.doing = TUTTI_DOING_EDITING;
  else
    here.doing = TUTTI_DOING_LISTENING;
  return here;
}
