/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-stage-words.h"

#include "tutti-harmony.h"

#include <glib/gi18n.h>

void
tutti_stage_place (const TuttiTransport *transport, gint64 tick, int *bar, int *beat)
{
  gint64 per_bar = tutti_ticks_per_bar (transport->beats, transport->unit);
  gint64 song = transport->loop && transport->loop_end > transport->loop_start
                  ? tutti_tick_wrap (tick, transport->loop_start, transport->loop_end)
                  : tick;

  *bar = (int) tutti_floor_div (song, per_bar) + 1;
  *beat = (int) (tutti_floor_mod (song, per_bar) / tutti_ticks_per_beat (transport->unit)) + 1;
}

const TuttiScene *
tutti_stage_section (const TuttiJam *jam, gint64 tick)
{
  TuttiId id = tutti_jam_scene_at (jam, tick);

  return tutti_id_is_none (id) ? NULL : tutti_jam_scene (jam, id, NULL);
}

/* How many tracks will begin a clip of @scene, and when the first does. */
static guint
count_queued (const TuttiJam *jam, TuttiId scene, gint64 tick, gint64 *from)
{
  guint n = 0;

  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiTrack *track = jam->tracks[i];
      const TuttiClip *clip = track->has_queued && track->queued.from_tick > tick ? tutti_track_clip (track, track->queued.clip) : NULL;

      if (clip == NULL || !tutti_id_equal (clip->scene, scene))
        continue;
      *from = n == 0 ? track->queued.from_tick : MIN (*from, track->queued.from_tick);
      n++;
    }
  return n;
}

const TuttiScene *
tutti_stage_next (const TuttiJam *jam, gint64 tick, gint64 *ticks_left)
{
  const TuttiScene *next = NULL;
  guint most = 0;

  for (guint i = 0; i < jam->n_scenes; i++)
    {
      gint64 from = tick;
      guint n = count_queued (jam, jam->scenes[i].id, tick, &from);

      if (n <= most)
        continue;
      most = n;
      next = &jam->scenes[i];
      *ticks_left = from - tick;
    }
  return next;
}

char *
tutti_stage_key (const TuttiJam *jam)
{
  static const char * const scales[TUTTI_N_SCALES] = {
    NULL, N_("%s major"), N_("%s minor"), N_("%s Dorian"), N_("%s Phrygian"), N_("%s Lydian"), N_("%s Mixolydian"),
    N_("%s harmonic minor"), N_("%s major pentatonic"), N_("%s minor pentatonic"), N_("%s blues")
  };
  g_autoptr(GString) words = g_string_new (scales[jam->scale] != NULL ? _(scales[jam->scale]) : NULL);

  if (scales[jam->scale] == NULL)
    return NULL;
  g_string_replace (words, "%s", tutti_harmony_root (jam->key), 1);
  return g_strdup (words->str);
}
