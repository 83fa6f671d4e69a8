/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the canonical form of a document. All of it is checked against the limits that operations are held to; a document
 * that breaks one is refused whole. */
#include "tutti-jam-json.h"

#include "tutti-chord.h"
#include "tutti-jam-private.h"
#include "tutti-json-private.h"
#include "tutti-json-read.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

#include <string.h>

/* A count-in begins before, and a launch comes after, whatever time has come. */
#define TICK_MAX (TUTTI_TICK_FAR + TUTTI_TICK_MAX)
#define TICK_MIN (-TICK_MAX)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
read_name (JsonObject *object, const char *key, gsize max, char *out, GError **error)
{
  const char *text;

  if (!tutti_json_read_string_or (object, key, max, "", &text, error))
    return FALSE;
  strcpy (out, text);
  return TRUE;
}

static gboolean
read_u8 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, guint8 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, min, max, initial, &value, error))
    return FALSE;
  *out = (guint8) value;
  return TRUE;
}

/* The number of a person, 0 nobody. */
static gboolean
read_person (JsonObject *object, const char *key, guint16 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, 0, TUTTI_PERSON_NUMBER_MAX, 0, &value, error))
    return FALSE;
  *out = (guint16) value;
  return TRUE;
}

static gboolean
read_s16 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, gint16 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, min, max, initial, &value, error))
    return FALSE;
  *out = (gint16) value;
  return TRUE;
}

/* The place of the text at @index of @array in @names, or -1 with the error set. */
static int
item_choice (JsonArray *array, guint index, const char * const *names, GError **error)
{
  const char *text;

  if (!tutti_json_item_string (array, index, TUTTI_NAME_BYTES_MAX, &text, error))
    return -1;
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      return i;
  fail (error, "a name that means nothing here");
  return -1;
}

static gboolean
item_name (JsonArray *array, guint index, char *out, GError **error)
{
  const char *text;

  if (!tutti_json_item_string (array, index, TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  strcpy (out, text);
  return TRUE;
}

/* An element of an array, or NULL (which every reader answers as missing). */
static JsonNode *
element (JsonArray *array, guint index)
{
  return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

static gboolean
read_chords (JsonObject *object, TuttiClip *clip, GError **error)
{
  if (clip->kind != TUTTI_CLIP_NOTES)
    return fail (error, "chords of a clip of steps");
  return tutti_chord_lane_read (json_object_get_member (object, "ch"), &clip->chords, error);
}

static TuttiClip *
parse_clip (JsonNode *node, GError **error)
{
  TuttiClip *clip = tutti_clip_new (tutti_id (0, 0), tutti_id (0, 0));
  JsonObject *object;
  gint64 ticks;
  guint n;

  if (tutti_json_check_object (node, "a clip", &object, error) &&
      tutti_id_read (json_object_get_member (object, "i"), "i", FALSE, &clip->id, error) &&
      tutti_id_read (json_object_get_member (object, "sc"), "sc", FALSE, &clip->scene, error) &&
      read_name (object, "n", TUTTI_NAME_BYTES_MAX, clip->name, error) &&
      read_u8 (object, "l", 1, TUTTI_STEPS_MAX, 16, &clip->length, error) &&
      tutti_json_read_int_or (object, "r", 80, 960, 240, &ticks, error) &&
      (tutti_resolution_valid (ticks) || fail (error, "a step of a length that there is not")) &&
      tutti_steps_from_json (json_object_get_member (object, "st"), clip->steps, TUTTI_STEPS_MAX, &n, error) &&
      (!json_object_has_member (object, "no") || tutti_clip_notes_read (json_object_get_member (object, "no"), clip, error)) &&
      (!json_object_has_member (object, "ch") || read_chords (object, clip, error)))
    {
      clip->ticks_per_step = (guint16) ticks;
      return clip;
    }
  tutti_clip_unref (clip);
  return NULL;
}

/* @n values from item @first of @array on; those that an older document has not are as on the first day. */
static gboolean
parse_values (JsonArray *array, guint first, guint n, TuttiEffect *effect, GError **error)
{
  for (guint i = 0; i < tutti_effect_count_values (effect->kind); i++)
    {
      const TuttiEffectValueSpec *spec = tutti_effect_value_spec (effect->kind, i);
      gint64 value = spec->initial;

      if (i < n && !tutti_json_item_int (array, first + i, spec->min, spec->max, &value, error))
        return FALSE;
      effect->values[i] = (gint16) value;
    }
  return TRUE;
}

/* Four values and nothing else were all that there was before effects had slots; @place in the chain is as good as one. */
#define OLD_VALUES 4
#define OLD_LENGTH (3 + OLD_VALUES)

static gboolean
parse_old_effect (JsonArray *array, guint place, TuttiEffect *effect, GError **error)
{
  effect->slot = (guint8) place;
  return effect->kind <= TUTTI_EFFECT_CRUSH ? parse_values (array, 3, OLD_VALUES, effect, error)
                                            : fail (error, "an effect without its slot");
}

static gboolean
parse_new_effect (JsonArray *array, TuttiEffect *effect, GError **error)
{
  JsonArray *values;
  gint64 slot;

  if (!tutti_json_item_int (array, 3, 0, TUTTI_EFFECT_SLOTS - 1, &slot, error) ||
      !tutti_id_read (element (array, 4), "key", TRUE, &effect->key, error) ||
      !tutti_json_item_array (array, 5, TUTTI_EFFECT_VALUES_MAX, &values, error) ||
      !parse_values (values, 0, json_array_get_length (values), effect, error))
    return FALSE;
  effect->slot = (guint8) slot;
  return tutti_id_is_none (effect->key) || tutti_effect_takes_key (effect->kind) ||
         fail (error, "an effect with a key that it cannot have");
}

static gboolean
parse_effect (JsonNode *node, guint place, TuttiEffect *out, GError **error)
{
  TuttiEffect effect = { 0 };
  JsonArray *array;
  gint64 value;
  int kind;

  if (!tutti_json_check_array (node, "an effect", OLD_LENGTH, &array, error) ||
      !tutti_id_read (element (array, 0), "effect", FALSE, &effect.id, error) ||
      (kind = item_choice (array, 1, tutti_effect_names, error)) < 0 ||
      !tutti_json_item_int (array, 2, 0, 1, &value, error))
    return FALSE;
  effect.kind = (guint8) kind;
  effect.on = (guint8) value;
  if (json_array_get_length (array) == OLD_LENGTH ? !parse_old_effect (array, place, &effect, error)
                                                  : !parse_new_effect (array, &effect, error))
    return FALSE;
  *out = effect;
  return TRUE;
}

static gboolean
parse_launch (JsonNode *node, TuttiLaunch *out, GError **error)
{
  TuttiLaunch launch;
  JsonArray *array;

  if (!tutti_json_check_array (node, "a launch", 2, &array, error) ||
      !tutti_id_read (element (array, 0), "clip", TRUE, &launch.clip, error) ||
      !tutti_json_item_int (array, 1, TICK_MIN, TICK_MAX, &launch.from_tick, error))
    return FALSE;
  *out = launch;
  return TRUE;
}

static gboolean
parse_params (JsonObject *object, TuttiTrack *track, GError **error)
{
  JsonObject *params;

  if (!tutti_json_read_object (object, "p", &params, error))
    return FALSE;
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    {
      const TuttiParamSpec *spec = tutti_param_spec (i);

      if (!read_s16 (params, spec->name, spec->min, spec->max, spec->initial, &track->params[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_patch (JsonObject *object, TuttiTrack *track, GError **error)
{
  JsonObject *patch;

  if (!json_object_has_member (object, "pt"))
    return TRUE;
  if (!tutti_json_read_object (object, "pt", &patch, error))
    return FALSE;
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    {
      const TuttiParamSpec *spec = tutti_patch_spec (i);
      gint16 value;

      if (!json_object_has_member (patch, spec->name))
        continue;
      if (!read_s16 (patch, spec->name, spec->min, spec->max, spec->initial, &value, error))
        return FALSE;
      tutti_track_set_patch (track, i, &value);
    }
  return TRUE;
}

static gboolean
parse_effects (JsonObject *object, const char *key, TuttiEffect *effects, guint8 *n, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, key))
    return TRUE;
  if (!tutti_json_read_array (object, key, TUTTI_EFFECTS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!parse_effect (element (array, i), i, &effects[i], error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (effects[j].slot == effects[i].slot)
          return fail (error, "two effects in one slot");
      *n = (guint8) (i + 1);
    }
  return TRUE;
}

static gboolean
parse_clips (JsonObject *object, TuttiTrack *track, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "cl", TUTTI_SCENES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TuttiClip *clip = parse_clip (element (array, i), error);

      if (clip == NULL)
        return FALSE;
      gboolean twice = tutti_track_clip_at (track, clip->scene) != NULL;

      tutti_track_put_clip (track, clip);
      if (twice)
        return fail (error, "two clips in one place");
    }
  return TRUE;
}

static gboolean
parse_launches (JsonObject *object, TuttiTrack *track, GError **error)
{
  if (json_object_has_member (object, "pl") &&
      !parse_launch (json_object_get_member (object, "pl"), &track->playing, error))
    return FALSE;
  track->has_queued = json_object_has_member (object, "q");
  return !track->has_queued || parse_launch (json_object_get_member (object, "q"), &track->queued, error);
}

static gboolean
parse_track_colour (JsonObject *object, TuttiTrack *track, GError **error)
{
  const char *text;

  if (!tutti_json_read_string (object, "c", TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  for (guint8 i = 0; i < TUTTI_N_COLOURS; i++)
    if (g_str_equal (tutti_colour_names[i], text))
      {
        track->colour = i;
        return TRUE;
      }
  return fail (error, "a colour that there is not");
}

static gboolean
parse_track_settings (JsonObject *object, TuttiTrack *track, GError **error)
{
  gint64 transpose;

  if (!read_u8 (object, "m", 0, 1, 0, &track->mute, error) || !read_u8 (object, "o", 0, 1, 0, &track->solo, error) ||
      !read_u8 (object, "pm", 0, TUTTI_N_PLAY_MODES - 1, 0, &track->play_mode, error) ||
      !read_u8 (object, "ch", 0, 16, 0, &track->choke, error) ||
      !tutti_json_read_int_or (object, "tp", -48, 48, 0, &transpose, error) ||
      !read_s16 (object, "sw", -1, 750, -1, &track->swing, error) ||
      !read_person (object, "by", &track->by, error) || !read_person (object, "cm", &track->claimed, error))
    return FALSE;
  track->transpose = (gint8) transpose;
  return TRUE;
}

static TuttiTrack *
parse_track (JsonNode *node, GError **error)
{
  TuttiTrack *track = tutti_track_new (tutti_id (0, 0));
  JsonObject *object;

  if (tutti_json_check_object (node, "a track", &object, error) &&
      tutti_id_read (json_object_get_member (object, "i"), "i", FALSE, &track->id, error) &&
      read_name (object, "n", TUTTI_NAME_BYTES_MAX, track->name, error) &&
      read_name (object, "s", TUTTI_SOUND_REF_BYTES_MAX, track->sound, error) &&
      (tutti_sound_valid (track->sound) || fail (error, "a sound that there cannot be")) &&
      parse_track_colour (object, track, error) && parse_track_settings (object, track, error) &&
      parse_params (object, track, error) && parse_patch (object, track, error) &&
      (!json_object_has_member (object, "zn") || tutti_zones_read (json_object_get_member (object, "zn"), track, error)) &&
      parse_effects (object, "fx", track->effects, &track->n_effects, error) &&
      parse_clips (object, track, error) && parse_launches (object, track, error))
    return track;
  tutti_track_unref (track);
  return NULL;
}

static gboolean
parse_scene (JsonNode *node, TuttiScene *out, GError **error)
{
  JsonArray *array;
  gint64 by = 0;

  if (!tutti_json_check_array (node, "a scene", 3, &array, error) ||
      !tutti_id_read (element (array, 0), "scene", FALSE, &out->id, error) || !item_name (array, 1, out->name, error) ||
      (json_array_get_length (array) == 3 && !tutti_json_item_int (array, 2, 1, TUTTI_PERSON_NUMBER_MAX, &by, error)))
    return FALSE;
  out->by = (guint16) by;
  return TRUE;
}

static gboolean
parse_transport (JsonObject *jam, TuttiTransport *out, GError **error)
{
  JsonObject *object;
  gint64 playing, tempo;

  if (!tutti_json_read_object (jam, "tr", &object, error) ||
      !tutti_json_read_int_or (object, "on", 0, 1, 0, &playing, error) ||
      !tutti_json_read_int_or (object, "f", -TUTTI_JSON_INT_MAX, TUTTI_JSON_INT_MAX, 0, &out->anchor.frame, error) ||
      !tutti_json_read_int_or (object, "t", TICK_MIN, TICK_MAX, 0, &out->anchor.tick, error) ||
      !tutti_json_read_int (object, "bpm", TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM, &tempo, error) ||
      !tutti_json_read_int_or (object, "from", TICK_MIN, TICK_MAX, 0, &out->start_tick, error) ||
      !read_u8 (object, "bt", 1, 16, 4, &out->beats, error) || !read_u8 (object, "un", 2, 16, 4, &out->unit, error) ||
      !read_u8 (object, "lp", 0, 1, 0, &out->loop, error) ||
      !tutti_json_read_int (object, "ls", 0, TUTTI_TICK_MAX, &out->loop_start, error) ||
      !tutti_json_read_int (object, "le", 0, TUTTI_TICK_MAX, &out->loop_end, error) ||
      !read_s16 (object, "sw", 500, 750, 500, &out->swing, error) ||
      !read_u8 (object, "me", 0, 1, 0, &out->metronome, error) || !read_u8 (object, "ci", 0, 2, 0, &out->count_in, error))
    return FALSE;
  if ((out->unit & (out->unit - 1)) != 0 || out->loop_end < out->loop_start + TUTTI_TICKS_PER_QUARTER / 4)
    return fail (error, "a transport that cannot be");
  out->playing = (gboolean) playing;
  out->anchor.tempo_cbpm = (gint32) tempo;
  return TRUE;
}

static gboolean
parse_people (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *people, *each;

  if (!tutti_json_read_array (object, "pp", TUTTI_PEOPLE_MAX, &people, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (people); i++)
    {
      TuttiPerson person = { 0 };
      int colour, role = TUTTI_ROLE_CONTRIBUTOR;
      gint64 number;

      if (!tutti_json_item_array (people, i, 4, &each, error) ||
          !tutti_json_item_int (each, 0, 1, TUTTI_PERSON_NUMBER_MAX, &number, error) ||
          !item_name (each, 1, person.name, error) ||
          (colour = item_choice (each, 2, tutti_person_colour_names, error)) < 0 ||
          (json_array_get_length (each) == 4 && (role = item_choice (each, 3, tutti_role_names, error)) < 0))
        return FALSE;
      person.role = (guint8) role;
      person.number = (guint16) number;
      person.colour = (guint8) colour;
      g_ptr_array_add (jam->people, g_atomic_rc_box_dup (sizeof person, &person));
    }
  return TRUE;
}

static gboolean
parse_sounds (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *sounds, *each;

  if (!tutti_json_read_array (object, "sd", TUTTI_SOUNDS_MAX, &sounds, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (sounds); i++)
    {
      TuttiSoundEntry sound = { 0 };
      const char *hash;
      gint64 frames, channels;

      if (!tutti_json_item_array (sounds, i, 4, &each, error) ||
          !tutti_json_item_hex (each, 0, TUTTI_HASH_HEX, &hash, error) || !item_name (each, 1, sound.name, error) ||
          !tutti_json_item_int (each, 2, 1, TUTTI_SAMPLE_SECONDS_MAX * TUTTI_FRAMES_PER_SECOND, &frames, error) ||
          !tutti_json_item_int (each, 3, 1, 2, &channels, error))
        return FALSE;
      strcpy (sound.hash, hash);
      sound.n_frames = (guint32) frames;
      sound.n_channels = (guint8) channels;
      g_ptr_array_add (jam->sounds, g_atomic_rc_box_dup (sizeof sound, &sound));
    }
  return TRUE;
}

/* A scene comes back with one clip a track, all of them its own. */
static gboolean
belongs_to_scene (const TuttiGrave *grave, TuttiId track, const TuttiClip *clip)
{
  for (guint i = 0; i < grave->clip_tracks->len; i++)
    if (tutti_id_equal (g_array_index (grave->clip_tracks, TuttiId, i), track))
      return FALSE;
  return tutti_id_equal (clip->scene, grave->scene.id);
}

static gboolean
parse_buried_clips (JsonObject *object, TuttiGrave *grave, GError **error)
{
  JsonArray *clips, *each;
  guint most = grave->kind == TUTTI_GRAVE_CLIP ? 1 : TUTTI_TRACKS_MAX;

  grave->clips = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_clip_unref);
  if (grave->kind == TUTTI_GRAVE_SCENE)
    grave->clip_tracks = g_array_new (FALSE, FALSE, sizeof (TuttiId));
  if (!tutti_json_read_array (object, "cl", most, &clips, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (clips); i++)
    {
      TuttiClip *clip;
      TuttiId track;

      if (!tutti_json_item_array (clips, i, 2, &each, error) ||
          !tutti_id_read (element (each, 0), "track", FALSE, &track, error) ||
          (clip = parse_clip (element (each, 1), error)) == NULL)
        return FALSE;
      g_ptr_array_add (grave->clips, clip);
      if (grave->clip_tracks != NULL && !belongs_to_scene (grave, track, clip))
        return fail (error, "a deleted scene with clips in one place");
      if (grave->clip_tracks != NULL)
        g_array_append_val (grave->clip_tracks, track);
    }
  return grave->kind == TUTTI_GRAVE_SCENE || grave->clips->len == 1 || fail (error, "a deleted clip without its clip");
}

static gboolean
parse_grave_content (JsonObject *object, TuttiGrave *grave, GError **error)
{
  switch (grave->kind)
    {
    case TUTTI_GRAVE_TRACK:
      grave->entity_track = parse_track (json_object_get_member (object, "tk"), error);
      return grave->entity_track != NULL;
    case TUTTI_GRAVE_SCENE:
      return parse_scene (json_object_get_member (object, "sc"), &grave->scene, error) &&
             parse_buried_clips (object, grave, error);
    case TUTTI_GRAVE_CLIP:
      return parse_buried_clips (object, grave, error);
    case TUTTI_GRAVE_EFFECT:
    default:
      return parse_effect (json_object_get_member (object, "fx"), 0, &grave->effect, error);
    }
}

static gboolean
parse_grave (JsonNode *node, TuttiJam *jam, GError **error)
{
  TuttiGrave *grave = g_new0 (TuttiGrave, 1);
  JsonObject *object;
  gint64 kind, index;

  g_ptr_array_add (jam->graves, grave);
  if (!tutti_json_check_object (node, "a deleted thing", &object, error) ||
      !tutti_json_read_int (object, "k", TUTTI_GRAVE_TRACK, TUTTI_GRAVE_EFFECT, &kind, error) ||
      !tutti_id_read (json_object_get_member (object, "i"), "i", FALSE, &grave->id, error) ||
      !tutti_id_read (json_object_get_member (object, "t"), "t", TRUE, &grave->track, error) ||
      !tutti_json_read_int (object, "x", 0, TUTTI_TRACKS_MAX, &index, error))
    return FALSE;
  grave->kind = (TuttiGraveKind) kind;
  grave->index = (guint) index;
  return parse_grave_content (object, grave, error);
}

static gboolean
parse_graves (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "gr", TUTTI_GRAVES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!parse_grave (element (array, i), jam, error))
      return FALSE;
  return TRUE;
}

static gboolean
parse_scenes (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "sc", TUTTI_SCENES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!parse_scene (element (array, i), &jam->scenes[jam->n_scenes++], error))
      return FALSE;
  return TRUE;
}

static gboolean
parse_tracks (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "tk", TUTTI_TRACKS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TuttiTrack *track = parse_track (element (array, i), error);

      if (track == NULL)
        return FALSE;
      jam->tracks[jam->n_tracks++] = track;
    }
  return (tutti_jam_count_clips (jam) <= TUTTI_CLIPS_MAX || fail (error, "too many clips")) &&
         (tutti_jam_count_big_effects (jam) <= TUTTI_BIG_EFFECTS_MAX || fail (error, "too many effects that remember much"));
}

static gboolean
parse_mix (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonObject *mix;

  if (!tutti_json_read_object (object, "mix", &mix, error))
    return FALSE;
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    {
      const TuttiParamSpec *spec = tutti_mix_setting_spec (i);

      if (!read_s16 (mix, spec->name, spec->min, spec->max, spec->initial, &jam->mix[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_rules (JsonObject *object, TuttiJam *jam, GError **error)
{
  return read_u8 (object, "nw", TUTTI_ROLE_VIEWER, TUTTI_ROLE_ADMIN, TUTTI_ROLE_CONTRIBUTOR, &jam->newcomers, error) &&
         read_u8 (object, "tl", 0, TUTTI_N_TRANSPORT_RULES - 1, 0, &jam->transport_rule, error) &&
         read_u8 (object, "ll", 0, TUTTI_N_LEADER_LOST_RULES - 1, 0, &jam->leader_lost_rule, error) &&
         read_person (object, "ld", &jam->leader, error);
}

static gboolean
parse_jam (JsonNode *node, TuttiJam *jam, GError **error)
{
  JsonObject *object;
  gint64 seed;

  if (!tutti_json_check_object (node, "a document", &object, error) ||
      !read_name (object, "n", TUTTI_NAME_BYTES_MAX, jam->name, error) ||
      !read_name (object, "de", TUTTI_DESCRIPTION_BYTES_MAX, jam->description, error) ||
      !read_u8 (object, "pub", 0, 1, 0, &jam->published, error) ||
      !tutti_json_read_int (object, "seed", 0, G_MAXUINT32, &seed, error))
    return FALSE;
  jam->seed = (guint32) seed;
  return read_u8 (object, "key", 0, 11, 0, &jam->key, error) &&
         read_u8 (object, "scale", 0, TUTTI_N_SCALES - 1, 0, &jam->scale, error) && parse_rules (object, jam, error) &&
         parse_mix (object, jam, error) && parse_effects (object, "mfx", jam->master_effects, &jam->n_master_effects, error) &&
         parse_transport (object, &jam->transport, error) && parse_scenes (object, jam, error) &&
         parse_tracks (object, jam, error) && parse_people (object, jam, error) && parse_sounds (object, jam, error) &&
         parse_graves (object, jam, error) &&
         (tutti_jam_count_notes (jam) <= TUTTI_NOTES_TOTAL_MAX || fail (error, "too many notes"));
}

TuttiJam *
tutti_jam_from_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr(JsonNode) node = tutti_json_parse (text, size, TUTTI_JSON_DOCUMENT, error);
  g_autoptr(TuttiJam) jam = tutti_jam_new ();

  return node != NULL && parse_jam (node, jam, error) ? g_steal_pointer (&jam) : NULL;
}
