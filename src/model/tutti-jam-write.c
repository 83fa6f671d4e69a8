/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canonical form of a document: one fixed order, defaults left out. tutti-jam-parse.c reads it. For the hash each clip, which is
 * nearly all of it, is stood for by a hash of its own that is kept until the clip changes. */
#include "tutti-jam-json.h"

#include "tutti-chord.h"
#include "tutti-jam-private.h"
#include "tutti-json-private.h"
#include "tutti-json-write.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

static void
write_unless (GString *out, const char *key, gint64 value, gint64 initial)
{
  if (value != initial)
    tutti_json_put_member_int (out, key, value);
}

static void
write_id_member (GString *out, const char *key, TuttiId id)
{
  tutti_json_key (out, key);
  tutti_id_write (out, id);
}

/* Steps after the last touched one are left out. */
static guint
touched_steps (const TuttiClip *clip)
{
  guint n = TUTTI_STEPS_MAX;

  while (n > 0 && tutti_step_equal (&clip->steps[n - 1], &tutti_step_initial))
    n--;
  return n;
}

static void
write_clip (GString *out, TuttiClip *clip)
{
  tutti_json_open (out, '{');
  write_id_member (out, "i", clip->id);
  write_id_member (out, "sc", clip->scene);
  if (clip->name[0] != '\0')
    tutti_json_put_member_text (out, "n", clip->name);
  write_unless (out, "l", clip->length, 16);
  write_unless (out, "r", clip->ticks_per_step, TUTTI_TICKS_PER_QUARTER / 4);
  tutti_json_key (out, "st");
  tutti_steps_write (out, clip->steps, touched_steps (clip));
  if (clip->kind == TUTTI_CLIP_NOTES)
    {
      tutti_json_key (out, "no");
      tutti_clip_notes_write (out, clip);
    }
  if (clip->chords.n > 0)
    {
      tutti_json_key (out, "ch");
      tutti_chord_lane_write (out, &clip->chords);
    }
  tutti_json_close (out, '}');
}

/* Fowler, Noll, Vo: FNV-1a, 64 bit (draft-eastlake-fnv). */
static guint64
hash_text (const GString *text)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < text->len; i++)
    hash = (hash ^ (guchar) text->str[i]) * G_GUINT64_CONSTANT (1099511628211);
  return hash;
}

/* Two threads that work it out at once find the same. */
static guint64
clip_hash (TuttiClip *clip)
{
  guint64 hash = __atomic_load_n (&clip->hash, __ATOMIC_RELAXED);

  if (hash != 0)
    return hash;
  GString *text = g_string_sized_new (512);

  write_clip (text, clip);
  hash = hash_text (text);
  g_string_free (text, TRUE);
  __atomic_store_n (&clip->hash, hash, __ATOMIC_RELAXED);
  return hash;
}

static void
write_clip_hash (GString *out, TuttiClip *clip)
{
  char hex[17];

  g_snprintf (hex, sizeof hex, "%016" G_GINT64_MODIFIER "x", clip_hash (clip));
  tutti_json_put_text (out, hex);
}

/* How a clip is written: whole, or by its hash. */
typedef void (*WriteClip) (GString *out, TuttiClip *clip);

static void
write_effect (GString *out, const TuttiEffect *effect)
{
  tutti_json_open (out, '[');
  tutti_id_write (out, effect->id);
  tutti_json_put_text (out, tutti_effect_names[effect->kind]);
  tutti_json_put_int (out, effect->on);
  tutti_json_put_int (out, effect->slot);
  tutti_id_write (out, effect->key);
  tutti_json_open (out, '[');
  for (guint i = 0; i < tutti_effect_count_values (effect->kind); i++)
    tutti_json_put_int (out, effect->values[i]);
  tutti_json_close (out, ']');
  tutti_json_close (out, ']');
}

static void
write_effects (GString *out, const char *key, const TuttiEffect *effects, guint n)
{
  if (n == 0)
    return;
  tutti_json_key (out, key);
  tutti_json_open (out, '[');
  for (guint i = 0; i < n; i++)
    write_effect (out, &effects[i]);
  tutti_json_close (out, ']');
}

static void
write_launch (GString *out, const char *key, const TuttiLaunch *launch)
{
  tutti_json_key (out, key);
  tutti_json_open (out, '[');
  tutti_id_write (out, launch->clip);
  tutti_json_put_int (out, launch->from_tick);
  tutti_json_close (out, ']');
}

static void
write_params (GString *out, const TuttiTrack *track)
{
  tutti_json_key (out, "p");
  tutti_json_open (out, '{');
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    write_unless (out, tutti_param_spec (i)->name, track->params[i], tutti_param_spec (i)->initial);
  tutti_json_close (out, '}');
}

void
tutti_patch_write (GString *out, const TuttiTrack *track)
{
  tutti_json_open (out, '{');
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    if (tutti_track_has_patch (track, i))
      tutti_json_put_member_int (out, tutti_patch_spec (i)->name, track->patch[i]);
  tutti_json_close (out, '}');
}

static int
compare_clips (gconstpointer a, gconstpointer b)
{
  guint64 one = tutti_id_key ((*(TuttiClip * const *) a)->id), two = tutti_id_key ((*(TuttiClip * const *) b)->id);

  return one < two ? -1 : one > two;
}

/* Clips lie in no special order in memory, so by id here. */
static void
write_clips (GString *out, const TuttiTrack *track, WriteClip write)
{
  TuttiClip *sorted[TUTTI_SCENES_MAX];

  for (guint i = 0; i < track->n_clips; i++)
    sorted[i] = track->clips[i];
  qsort (sorted, track->n_clips, sizeof *sorted, compare_clips);
  tutti_json_key (out, "cl");
  tutti_json_open (out, '[');
  for (guint i = 0; i < track->n_clips; i++)
    write (out, sorted[i]);
  tutti_json_close (out, ']');
}

static void
write_track (GString *out, const TuttiTrack *track, WriteClip write)
{
  tutti_json_open (out, '{');
  write_id_member (out, "i", track->id);
  tutti_json_put_member_text (out, "n", track->name);
  tutti_json_put_member_text (out, "s", track->sound);
  tutti_json_put_member_text (out, "c", tutti_colour_names[track->colour]);
  write_unless (out, "m", track->mute, 0);
  write_unless (out, "o", track->solo, 0);
  write_unless (out, "pm", track->play_mode, 0);
  write_unless (out, "ch", track->choke, 0);
  write_unless (out, "tp", track->transpose, 0);
  write_unless (out, "sw", track->swing, -1);
  write_params (out, track);
  if (tutti_track_has_any_patch (track))
    {
      tutti_json_key (out, "pt");
      tutti_patch_write (out, track);
    }
  if (track->n_zones > 0)
    {
      tutti_json_key (out, "zn");
      tutti_zones_write (out, track);
    }
  write_effects (out, "fx", track->effects, track->n_effects);
  write_clips (out, track, write);
  write_unless (out, "by", track->by, 0);
  write_unless (out, "cm", track->claimed, 0);
  if (!tutti_id_is_none (track->playing.clip) || track->playing.from_tick != 0)
    write_launch (out, "pl", &track->playing);
  if (track->has_queued)
    write_launch (out, "q", &track->queued);
  tutti_json_close (out, '}');
}

static void
write_transport (GString *out, const TuttiTransport *transport)
{
  tutti_json_key (out, "tr");
  tutti_json_open (out, '{');
  write_unless (out, "on", transport->playing, 0);
  write_unless (out, "f", transport->anchor.frame, 0);
  write_unless (out, "t", transport->anchor.tick, 0);
  tutti_json_put_member_int (out, "bpm", transport->anchor.tempo_cbpm);
  write_unless (out, "from", transport->start_tick, 0);
  write_unless (out, "bt", transport->beats, 4);
  write_unless (out, "un", transport->unit, 4);
  write_unless (out, "lp", transport->loop, 0);
  tutti_json_put_member_int (out, "ls", transport->loop_start);
  tutti_json_put_member_int (out, "le", transport->loop_end);
  write_unless (out, "sw", transport->swing, 500);
  write_unless (out, "me", transport->metronome, 0);
  write_unless (out, "ci", transport->count_in, 0);
  tutti_json_close (out, '}');
}

static void
write_scene (GString *out, const TuttiScene *scene)
{
  tutti_json_open (out, '[');
  tutti_id_write (out, scene->id);
  tutti_json_put_text (out, scene->name);
  if (scene->by != 0)
    tutti_json_put_int (out, scene->by);
  tutti_json_close (out, ']');
}

static void
write_mix (GString *out, const TuttiJam *jam)
{
  tutti_json_key (out, "mix");
  tutti_json_open (out, '{');
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    write_unless (out, tutti_mix_setting_names[i], jam->mix[i], tutti_mix_setting_spec (i)->initial);
  tutti_json_close (out, '}');
}

static void
write_people (GString *out, const GPtrArray *people)
{
  tutti_json_key (out, "pp");
  tutti_json_open (out, '[');
  for (guint i = 0; i < people->len; i++)
    {
      const TuttiPerson *person = people->pdata[i];

      tutti_json_open (out, '[');
      tutti_json_put_int (out, person->number);
      tutti_json_put_text (out, person->name);
      tutti_json_put_text (out, tutti_person_colour_names[person->colour]);
      if (person->role != TUTTI_ROLE_CONTRIBUTOR)
        tutti_json_put_text (out, tutti_role_names[person->role]);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

static void
write_sounds (GString *out, const GPtrArray *sounds)
{
  tutti_json_key (out, "sd");
  tutti_json_open (out, '[');
  for (guint i = 0; i < sounds->len; i++)
    {
      const TuttiSoundEntry *sound = sounds->pdata[i];

      tutti_json_open (out, '[');
      tutti_json_put_text (out, sound->hash);
      tutti_json_put_text (out, sound->name);
      tutti_json_put_int (out, sound->n_frames);
      tutti_json_put_int (out, sound->n_channels);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

static void
write_buried_clips (GString *out, const TuttiGrave *grave, WriteClip write)
{
  tutti_json_key (out, "cl");
  tutti_json_open (out, '[');
  for (guint i = 0; i < grave->clips->len; i++)
    {
      tutti_json_open (out, '[');
      tutti_id_write (out, grave->clip_tracks != NULL ? g_array_index (grave->clip_tracks, TuttiId, i) : grave->track);
      write (out, grave->clips->pdata[i]);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

static void
write_grave (GString *out, const TuttiGrave *grave, WriteClip write)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_int (out, "k", grave->kind);
  write_id_member (out, "i", grave->id);
  write_id_member (out, "t", grave->track);
  tutti_json_put_member_int (out, "x", grave->index);
  switch (grave->kind)
    {
    case TUTTI_GRAVE_TRACK:
      tutti_json_key (out, "tk");
      write_track (out, grave->entity_track, write);
      break;
    case TUTTI_GRAVE_SCENE:
      tutti_json_key (out, "sc");
      write_scene (out, &grave->scene);
      write_buried_clips (out, grave, write);
      break;
    case TUTTI_GRAVE_CLIP:
      write_buried_clips (out, grave, write);
      break;
    case TUTTI_GRAVE_EFFECT:
      tutti_json_key (out, "fx");
      write_effect (out, &grave->effect);
      break;
    default:
      g_assert_not_reached ();
    }
  tutti_json_close (out, '}');
}

static GString *
write_jam (const TuttiJam *jam, WriteClip write)
{
  GString *out = g_string_sized_new (4096);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "n", jam->name);
  if (jam->description[0] != '\0')
    tutti_json_put_member_text (out, "de", jam->description);
  write_unless (out, "pub", jam->published, 0);
  tutti_json_put_member_int (out, "seed", jam->seed);
  write_unless (out, "key", jam->key, 0);
  write_unless (out, "scale", jam->scale, 0);
  write_unless (out, "nw", jam->newcomers, TUTTI_ROLE_CONTRIBUTOR);
  write_unless (out, "tl", jam->transport_rule, TUTTI_TRANSPORT_OF_ALL);
  write_unless (out, "ll", jam->leader_lost_rule, TUTTI_LEADER_LOST_GO_ON);
  write_unless (out, "ld", jam->leader, 0);
  write_mix (out, jam);
  write_effects (out, "mfx", jam->master_effects, jam->n_master_effects);
  write_transport (out, &jam->transport);
  tutti_json_key (out, "sc");
  tutti_json_open (out, '[');
  for (guint i = 0; i < jam->n_scenes; i++)
    write_scene (out, &jam->scenes[i]);
  tutti_json_close (out, ']');
  tutti_json_key (out, "tk");
  tutti_json_open (out, '[');
  for (guint i = 0; i < jam->n_tracks; i++)
    write_track (out, jam->tracks[i], write);
  tutti_json_close (out, ']');
  write_people (out, jam->people);
  write_sounds (out, jam->sounds);
  tutti_json_key (out, "gr");
  tutti_json_open (out, '[');
  for (guint i = 0; i < jam->graves->len; i++)
    write_grave (out, jam->graves->pdata[i], write);
  tutti_json_close (out, ']');
  tutti_json_close (out, '}');
  return out;
}

char *
tutti_jam_to_text (const TuttiJam *jam)
{
  return g_string_free (write_jam (jam, write_clip), FALSE);
}

guint64
tutti_jam_hash (const TuttiJam *jam)
{
  GString *text = write_jam (jam, write_clip_hash);
  guint64 hash = hash_text (text);

  g_string_free (text, TRUE);
  return hash;
}
