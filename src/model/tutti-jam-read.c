/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a document: lookups and what follows from its values. */
#include "tutti-jam-private.h"
#include "tutti-json-read.h"

#include <stddef.h>
#include <string.h>

const TuttiStep tutti_step_initial = { .length = 1, .chance = 100, .every_n = 1, .every_of = 1, .ratchet = 1 };

const char * const tutti_colour_names[] = {
  "cherry", "coral", "tangerine", "honey", "lime", "fern", "jade", "lagoon", "sky", "iris", "plum", "rose", NULL
};
const char * const tutti_person_colour_names[] = {
  "brick", "amber", "lemon", "mint", "ice", "cobalt", "lilac", "orchid", NULL
};
const char * const tutti_scale_names[] = {
  "chromatic", "major", "minor", "dorian", "phrygian", "lydian", "mixolydian", "harmonic-minor", "major-pentatonic",
  "minor-pentatonic", "blues", NULL
};
const char * const tutti_play_mode_names[] = { "as-made", "one-shot", "gate", NULL };
const char * const tutti_effect_names[] = { "filter", "drive", "crush", NULL };
const char * const tutti_ratchet_shape_names[] = { "even", "fade-out", NULL };
const char * const tutti_quantum_names[] = { "now", "beat", "bar", "4-bars", NULL };
const char * const tutti_role_names[] = { "banned", "viewer", "contributor", "admin", NULL };
const char * const tutti_transport_rule_names[] = { "everyone", "leader", NULL };
const char * const tutti_leader_lost_rule_names[] = { "go-on", "stop", NULL };
const char * const tutti_mix_setting_names[] = {
  "gain", "delay-ticks", "delay-feedback", "delay-gain", "reverb-size", "reverb-damping", "reverb-gain", NULL
};

static const TuttiParamSpec mix_settings[TUTTI_N_MIX_SETTINGS] = {
  { "gain", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, 0 },
  { "delay-ticks", "1/960 quarter", 60, 3840, 720 },
  { "delay-feedback", "1/1000", 0, 900, 400 },
  { "delay-gain", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, -600 },
  { "reverb-size", "1/1000", 0, 1000, 550 },
  { "reverb-damping", "1/1000", 0, 1000, 400 },
  { "reverb-gain", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, -600 },
};

/* Bit n: n semitones above the key belong to the scale. */
static const guint16 scale_notes[TUTTI_N_SCALES] = {
  [TUTTI_SCALE_CHROMATIC] = 0xfff,
  [TUTTI_SCALE_MAJOR] = 0xab5,
  [TUTTI_SCALE_MINOR] = 0x5ad,
  [TUTTI_SCALE_DORIAN] = 0x6ad,
  [TUTTI_SCALE_PHRYGIAN] = 0x5ab,
  [TUTTI_SCALE_LYDIAN] = 0xad5,
  [TUTTI_SCALE_MIXOLYDIAN] = 0x6b5,
  [TUTTI_SCALE_HARMONIC_MINOR] = 0x9ad,
  [TUTTI_SCALE_MAJOR_PENTATONIC] = 0x295,
  [TUTTI_SCALE_MINOR_PENTATONIC] = 0x4a9,
  [TUTTI_SCALE_BLUES] = 0x4e9,
};

const TuttiParamSpec *
tutti_mix_setting_spec (TuttiMixSetting setting)
{
  return &mix_settings[setting];
}

const TuttiEffectValueSpec *
tutti_effect_value_spec (TuttiEffectKind kind, guint index)
{
  static const TuttiEffectValueSpec specs[TUTTI_N_EFFECTS][TUTTI_EFFECT_VALUES_MAX] = {
    [TUTTI_EFFECT_FILTER] = { { "type", 0, 2, 0 }, { "cutoff", 0, 1000, 800 }, { "resonance", 0, 1000, 200 } },
    [TUTTI_EFFECT_DRIVE] = { { "amount", 0, 1000, 300 }, { "level", 0, 1000, 700 } },
    [TUTTI_EFFECT_CRUSH] = { { "bits", 1, 16, 8 }, { "rate", 1, 64, 4 }, { "mix", 0, 1000, 1000 } },
  };

  return &specs[kind][index];
}

const guint16 *
tutti_resolutions (void)
{
  static const guint16 resolutions[] = { 960, 640, 480, 320, 240, 160, 120, 80, 0 };

  return resolutions;
}

gboolean
tutti_resolution_valid (gint64 ticks)
{
  for (const guint16 *each = tutti_resolutions (); *each != 0; each++)
    if (*each == ticks)
      return TRUE;
  return FALSE;
}

const TuttiTrack *
tutti_jam_track (const TuttiJam *jam, TuttiId id, guint *index)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    if (tutti_id_equal (jam->tracks[i]->id, id))
      {
        if (index != NULL)
          *index = i;
        return jam->tracks[i];
      }
  return NULL;
}

const TuttiScene *
tutti_jam_scene (const TuttiJam *jam, TuttiId id, guint *index)
{
  for (guint i = 0; i < jam->n_scenes; i++)
    if (tutti_id_equal (jam->scenes[i].id, id))
      {
        if (index != NULL)
          *index = i;
        return &jam->scenes[i];
      }
  return NULL;
}

const TuttiClip *
tutti_track_clip (const TuttiTrack *track, TuttiId id)
{
  for (guint i = 0; i < track->n_clips; i++)
    if (tutti_id_equal (track->clips[i]->id, id))
      return track->clips[i];
  return NULL;
}

const TuttiClip *
tutti_track_clip_at (const TuttiTrack *track, TuttiId scene)
{
  for (guint i = 0; i < track->n_clips; i++)
    if (tutti_id_equal (track->clips[i]->scene, scene))
      return track->clips[i];
  return NULL;
}

const TuttiClip *
tutti_jam_clip (const TuttiJam *jam, TuttiId id, const TuttiTrack **track)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip (jam->tracks[i], id);

      if (clip == NULL)
        continue;
      if (track != NULL)
        *track = jam->tracks[i];
      return clip;
    }
  return NULL;
}

const TuttiEffect *
tutti_jam_effect (const TuttiJam *jam, TuttiId id, const TuttiTrack **track)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    for (guint j = 0; j < jam->tracks[i]->n_effects; j++)
      if (tutti_id_equal (jam->tracks[i]->effects[j].id, id))
        {
          if (track != NULL)
            *track = jam->tracks[i];
          return &jam->tracks[i]->effects[j];
        }
  return NULL;
}

static gboolean
track_knows (const TuttiTrack *track, TuttiId id)
{
  if (tutti_id_equal (track->id, id) || tutti_track_clip (track, id) != NULL)
    return TRUE;
  for (guint i = 0; i < track->n_effects; i++)
    if (tutti_id_equal (track->effects[i].id, id))
      return TRUE;
  return FALSE;
}

static gboolean
grave_knows (const TuttiGrave *grave, TuttiId id)
{
  if (tutti_id_equal (grave->id, id) || (grave->entity_track != NULL && track_knows (grave->entity_track, id)))
    return TRUE;
  for (guint i = 0; grave->clips != NULL && i < grave->clips->len; i++)
    if (tutti_id_equal (((TuttiClip *) grave->clips->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

gboolean
tutti_jam_knows (const TuttiJam *jam, TuttiId id)
{
  if (tutti_jam_scene (jam, id, NULL) != NULL)
    return TRUE;
  for (guint i = 0; i < jam->n_tracks; i++)
    if (track_knows (jam->tracks[i], id))
      return TRUE;
  for (guint i = 0; i < jam->graves->len; i++)
    if (grave_knows (jam->graves->pdata[i], id))
      return TRUE;
  return FALSE;
}

guint
tutti_jam_count_clips (const TuttiJam *jam)
{
  guint n = 0;

  for (guint i = 0; i < jam->n_tracks; i++)
    n += jam->tracks[i]->n_clips;
  return n;
}

gint64
tutti_jam_tick_at (const TuttiJam *jam, gint64 frame)
{
  const TuttiTransport *transport = &jam->transport;

  return transport->playing ? tutti_anchor_tick_at (&transport->anchor, frame) : transport->anchor.tick;
}

TuttiLaunch
tutti_track_launch_at (const TuttiTrack *track, gint64 tick)
{
  return track->has_queued && track->queued.from_tick <= tick ? track->queued : track->playing;
}

TuttiId
tutti_jam_scene_at (const TuttiJam *jam, gint64 tick)
{
  guint sounding[TUTTI_SCENES_MAX] = { 0 }, most = 0, best = 0, scene;

  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiClip *clip = tutti_track_clip (jam->tracks[i], tutti_track_launch_at (jam->tracks[i], tick).clip);

      if (clip != NULL && tutti_jam_scene (jam, clip->scene, &scene) != NULL)
        sounding[scene]++;
    }
  for (guint i = 0; i < jam->n_scenes; i++)
    if (sounding[i] > most)
      best = i, most = sounding[i];
  return most > 0 ? jam->scenes[best].id : tutti_id (0, 0);
}

gboolean
tutti_jam_audible (const TuttiJam *jam, const TuttiTrack *track)
{
  if (track->mute)
    return FALSE;
  if (track->solo)
    return TRUE;
  for (guint i = 0; i < jam->n_tracks; i++)
    if (jam->tracks[i]->solo)
      return FALSE;
  return TRUE;
}

static gboolean
same_locks (const TuttiStep *a, const TuttiStep *b)
{
  for (guint i = 0; i < a->n_locks; i++)
    if (a->locks[i].address != b->locks[i].address || a->locks[i].value != b->locks[i].value)
      return FALSE;
  return a->n_locks == b->n_locks;
}

/* The hash asks this of each step of each clip. */
G_STATIC_ASSERT (offsetof (TuttiStep, locks) == 14);     /* nothing lies between the members before it */

gboolean
tutti_step_equal (const TuttiStep *a, const TuttiStep *b)
{
  return memcmp (a, b, offsetof (TuttiStep, locks)) == 0 && same_locks (a, b);
}

int
tutti_step_param (const TuttiStep *step, const TuttiTrack *track, TuttiParam param)
{
  for (guint i = 0; i < step->n_locks; i++)
    if (step->locks[i].address == param)
      return step->locks[i].value;
  return track->params[param];
}

gboolean
tutti_step_set_lock (TuttiStep *step, guint address, const gint16 *value)
{
  guint i = 0;

  while (i < step->n_locks && step->locks[i].address < address)
    i++;
  gboolean found = i < step->n_locks && step->locks[i].address == address;
  gsize rest = (step->n_locks - i) * sizeof *step->locks;

  if (value == NULL && found)
    {
      memmove (&step->locks[i], &step->locks[i + 1], rest - sizeof *step->locks);
      step->locks[--step->n_locks] = (TuttiLock) { 0 };
    }
  else if (value != NULL && !found)
    {
      if (step->n_locks == TUTTI_STEP_LOCKS_MAX)
        return FALSE;
      memmove (&step->locks[i + 1], &step->locks[i], rest);
      step->n_locks++;
    }
  if (value != NULL)
    step->locks[i] = (TuttiLock) { (guint16) address, *value };
  return TRUE;
}

static gboolean
locks_valid (const TuttiStep *step)
{
  for (guint i = 0; i < step->n_locks; i++)
    {
      const TuttiLock *lock = &step->locks[i];
      const TuttiParamSpec *spec = tutti_address_spec (lock->address);

      if (spec == NULL || (i > 0 && lock[-1].address >= lock->address) || lock->value < spec->min || lock->value > spec->max)
        return FALSE;
    }
  return TRUE;
}

gboolean
tutti_step_valid (const TuttiStep *step)
{
  return step->velocity <= 127 && step->pitch >= -48 && step->pitch <= 48 &&
         step->length >= 1 && step->length <= TUTTI_STEPS_MAX && step->chance <= 100 &&
         step->every_n >= 1 && step->every_n <= step->every_of && step->every_of <= 8 &&
         step->ratchet >= 1 && step->ratchet <= 8 && step->ratchet_shape < TUTTI_N_RATCHET_SHAPES &&
         step->micro_ticks >= -480 && step->micro_ticks <= 480 &&
         step->accent <= 1 && step->tie <= 1 && step->slide <= 1 &&
         step->n_locks <= TUTTI_STEP_LOCKS_MAX && locks_valid (step);
}

gboolean
tutti_hash_valid (const char *hash)
{
  return strlen (hash) == TUTTI_HASH_HEX && strspn (hash, "0123456789abcdef") == TUTTI_HASH_HEX;
}

gboolean
tutti_sound_valid (const char *sound)
{
  if (g_str_has_prefix (sound, "sha:"))
    return tutti_hash_valid (sound + 4);
  return g_str_has_prefix (sound, "kit:") && sound[4] != '\0' && strlen (sound) <= TUTTI_SOUND_REF_BYTES_MAX &&
         sound[4 + strspn (sound + 4, "abcdefghijklmnopqrstuvwxyz0123456789-")] == '\0';
}

gboolean
tutti_name_valid (const char *name, gsize min, gsize max)
{
  gsize length = strlen (name);

  return length >= min && length <= max && tutti_text_is_plain (name);
}

gboolean
tutti_jam_in_scale (const TuttiJam *jam, int note)
{
  return scale_notes[jam->scale] >> tutti_floor_mod (note - jam->key, 12) & 1;
}

int
tutti_jam_snap_to_scale (const TuttiJam *jam, int note, int step)
{
  if (step == 0)
    step = tutti_jam_in_scale (jam, note) ? 0 : -1;
  for (note += step; step != 0 && !tutti_jam_in_scale (jam, note); note += step)
    continue;
  return note;
}
