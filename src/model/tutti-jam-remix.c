/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-remix.h"

#include "tutti-jam-private.h"

#include <string.h>

static void
free_from_people (TuttiTrack *track)
{
  track->by = track->claimed = 0;
  if (track->has_queued)
    track->playing = track->queued;
  track->has_queued = FALSE;
  track->queued = (TuttiLaunch) { { 0, 0 }, 0 };
  track->playing.from_tick = 0;
}

/* It stands at its beginning. */
static void
rewind_transport (TuttiTransport *transport)
{
  transport->playing = FALSE;
  transport->start_tick = 0;
  transport->anchor.frame = transport->anchor.tick = 0;
}

TuttiJam *
tutti_jam_remix (const TuttiJam *jam, const char *name)
{
  g_autoptr(TuttiJam) initial = tutti_jam_new ();
  TuttiJam *remix = tutti_jam_copy (jam);

  g_return_val_if_fail (tutti_name_valid (name, 1, TUTTI_NAME_BYTES_MAX), remix);
  strcpy (remix->name, name);
  for (guint i = 0; i < remix->n_tracks; i++)
    free_from_people (tutti_jam_edit_track (remix, i));
  for (guint i = 0; i < remix->n_scenes; i++)
    remix->scenes[i].by = 0;
  rewind_transport (&remix->transport);
  remix->published = FALSE;
  remix->leader = 0;
  remix->newcomers = initial->newcomers;
  remix->transport_rule = initial->transport_rule;
  remix->leader_lost_rule = initial->leader_lost_rule;
  while (remix->people->len > 0)
    tutti_jam_remove_person (remix, ((const TuttiPerson *) remix->people->pdata[0])->number);
  while (remix->graves->len > 0)
    tutti_jam_unbury (remix, ((const TuttiGrave *) remix->graves->pdata[0])->id);
  return remix;
}

typedef struct
{
  const char *hash;
  gboolean    found;
} Search;

static void
compare_sound (const char *sound, gpointer user)
{
  Search *search = user;

  search->found |= g_str_has_prefix (sound, "sha:") && g_str_equal (sound + 4, search->hash);
}

gboolean
tutti_jam_uses_sound (const TuttiJam *jam, const char *hash)
{
  Search search = { hash, FALSE };

  for (guint i = 0; i < jam->n_tracks; i++)
    tutti_track_visit_sounds (jam->tracks[i], compare_sound, &search);
  for (guint i = 0; i < jam->graves->len; i++)
    {
      const TuttiGrave *grave = jam->graves->pdata[i];

      if (grave->kind == TUTTI_GRAVE_TRACK)
        tutti_track_visit_sounds (grave->entity_track, compare_sound, &search);
    }
  return search.found;
}
