/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a track of a document, its effects and its clips. */
#include "tutti-jam-parse-private.h"

#include "tutti-chord.h"
#include "tutti-jam-json.h"
#include "tutti-json-private.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

static gboolean
read_chords (JsonObject *object, TuttiClip *clip, GError **error)
{
  if (clip->kind != TUTTI_CLIP_NOTES)
    return tutti_parse_fail (error, "chords of a clip of steps");
  return tutti_chord_lane_read (json_object_get_member (object, "ch"), &clip->chords, error);
}

TuttiClip *
tutti_parse_clip (JsonNode *node, GError **error)
{
  TuttiClip *clip = tutti_clip_new (tutti_id (0, 0), tutti_id (0, 0));
  JsonObject *object;
  gint64 ticks;
  guint n;

  if (tutti_json_check_object (node, "a clip", &object, error) &&
      tutti_id_read (json_object_get_member (object, "i"), "i", FALSE, &clip->id, error) &&
      tutti_id_read (json_object_get_member (object, "sc"), "sc", FALSE, &clip->scene, error) &&
      tutti_parse_name (object, "n", TUTTI_NAME_BYTES_MAX, clip->name, error) &&
      tutti_parse_u8 (object, "l", 1, TUTTI_STEPS_MAX, 16, &clip->length, error) &&
      tutti_json_read_int_or (object, "r", 80, 960, 240, &ticks, error) &&
      (tutti_resolution_valid (ticks) || tutti_parse_fail (error, "a step of a length that there is not")) &&
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
                                            : tutti_parse_fail (error, "an effect without its slot");
}

static gboolean
parse_new_effect (JsonArray *array, TuttiEffect *effect, GError **error)
{
  JsonArray *values;
  gint64 slot;

  if (!tutti_json_item_int (array, 3, 0, TUTTI_EFFECT_SLOTS - 1, &slot, error) ||
      !tutti_id_read (tutti_parse_element (array, 4), "key", TRUE, &effect->key, error) ||
      !tutti_json_item_array (array, 5, TUTTI_EFFECT_VALUES_MAX, &values, error) ||
      !parse_values (values, 0, json_array_get_length (values), effect, error))
    return FALSE;
  effect->slot = (guint8) slot;
  return tutti_id_is_none (effect->key) || tutti_effect_takes_key (effect->kind) ||
         tutti_parse_fail (error, "an effect with a key that it cannot have");
}

gboolean
tutti_parse_effect (JsonNode *node, guint place, TuttiEffect *out, GError **error)
{
  TuttiEffect effect = { 0 };
  JsonArray *array;
  gint64 value;
  int kind;

  if (!tutti_json_check_array (node, "an effect", OLD_LENGTH, &array, error) ||
      !tutti_id_read (tutti_parse_element (array, 0), "effect", FALSE, &effect.id, error) ||
      (kind = tutti_parse_choice (array, 1, tutti_effect_names, error)) < 0 ||
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
      !tutti_id_read (tutti_parse_element (array, 0), "clip", TRUE, &launch.clip, error) ||
      !tutti_json_item_int (array, 1, TUTTI_PARSE_TICK_MIN, TUTTI_PARSE_TICK_MAX, &launch.from_tick, error))
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

      if (!tutti_parse_s16 (params, spec->name, spec->min, spec->max, spec->initial, &track->params[i], error))
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
      if (!tutti_parse_s16 (patch, spec->name, spec->min, spec->max, spec->initial, &value, error))
        return FALSE;
      tutti_track_set_patch (track, i, &value);
    }
  return TRUE;
}

gboolean
tutti_parse_effects (JsonObject *object, const char *key, TuttiEffect *effects, guint8 *n, GError **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, key))
    return TRUE;
  if (!tutti_json_read_array (object, key, TUTTI_EFFECTS_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      if (!tutti_parse_effect (tutti_parse_element (array, i), i, &effects[i], error))
        return FALSE;
      for (guint j = 0; j < i; j++)
        if (effects[j].slot == effects[i].slot)
          return tutti_parse_fail (error, "two effects in one slot");
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
      TuttiClip *clip = tutti_parse_clip (tutti_parse_element (array, i), error);

      if (clip == NULL)
        return FALSE;
      gboolean twice = tutti_track_clip_at (track, clip->scene) != NULL;

      tutti_track_put_clip (track, clip);
      if (twice)
        return tutti_parse_fail (error, "two clips in one place");
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
  return tutti_parse_fail (error, "a colour that there is not");
}

static gboolean
parse_track_settings (JsonObject *object, TuttiTrack *track, GError **error)
{
  gint64 transpose;

  if (!tutti_parse_u8 (object, "m", 0, 1, 0, &track->mute, error) || !tutti_parse_u8 (object, "o", 0, 1, 0, &track->solo, error) ||
      !tutti_parse_u8 (object, "pm", 0, TUTTI_N_PLAY_MODES - 1, 0, &track->play_mode, error) ||
      !tutti_parse_u8 (object, "ch", 0, 16, 0, &track->choke, error) ||
      !tutti_json_read_int_or (object, "tp", -48, 48, 0, &transpose, error) ||
      !tutti_parse_s16 (object, "sw", -1, 750, -1, &track->swing, error) ||
      !tutti_parse_person (object, "by", &track->by, error) || !tutti_parse_person (object, "cm", &track->claimed, error))
    return FALSE;
  track->transpose = (gint8) transpose;
  return TRUE;
}

TuttiTrack *
tutti_parse_track (JsonNode *node, GError **error)
{
  TuttiTrack *track = tutti_track_new (tutti_id (0, 0));
  JsonObject *object;

  if (tutti_json_check_object (node, "a track", &object, error) &&
      tutti_id_read (json_object_get_member (object, "i"), "i", FALSE, &track->id, error) &&
      tutti_parse_name (object, "n", TUTTI_NAME_BYTES_MAX, track->name, error) &&
      tutti_parse_name (object, "s", TUTTI_SOUND_REF_BYTES_MAX, track->sound, error) &&
      (tutti_sound_valid (track->sound) || tutti_parse_fail (error, "a sound that there cannot be")) &&
      parse_track_colour (object, track, error) && parse_track_settings (object, track, error) &&
      parse_params (object, track, error) && parse_patch (object, track, error) &&
      (!json_object_has_member (object, "zn") || tutti_zones_read (json_object_get_member (object, "zn"), track, error)) &&
      tutti_parse_effects (object, "fx", track->effects, &track->n_effects, error) &&
      parse_clips (object, track, error) && parse_launches (object, track, error))
    return track;
  tutti_track_unref (track);
  return NULL;
}
