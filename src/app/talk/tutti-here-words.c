/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-here-words.h"

#include <glib/gi18n.h>

const TuttiTrack *
tutti_here_track (const TuttiJam *jam, const TuttiHere *here)
{
  const TuttiTrack *track = tutti_jam_track (jam, here->on, NULL);

  if (track == NULL)
    tutti_jam_clip (jam, here->on, &track);
  return track;
}

char *
tutti_here_words (const TuttiJam *jam, const TuttiHere *here)
{
  const TuttiTrack *track = tutti_here_track (jam, here);

  if (here->doing == TUTTI_DOING_IDLE)
    return g_strdup (_("idle"));
  if (here->doing == TUTTI_DOING_LISTENING)
    return g_strdup (_("listening"));
  if (track == NULL)
    return g_strdup (_("editing"));
  if (here->hold == TUTTI_HOLD_GAIN)
    /* Translators: %s is the name of a track */
    return g_strdup_printf (_("moving the %s fader"), track->name);
  if (here->step > 0)
    /* Translators: %s is the name of a track */
    return g_strdup_printf (_("editing %s, step %d"), track->name, here->step);
  /* Translators: %s is the name of a track */
  return g_strdup_printf (_("editing %s"), track->name);
}
