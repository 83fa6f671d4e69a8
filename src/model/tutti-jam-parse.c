/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the canonical form of a document. All of it is checked against the limits that operations are held to; a document
 * that breaks one is refused whole. */
#include "tutti-jam-parse-private.h"

#include "tutti-jam-json.h"
#include "tutti-json-private.h"

#include <string.h>

gboolean
tutti_parse_scene (JsonNode *node, TuttiScene *out, GError **error)
{
  JsonArray *array;
  gint64 by = 0;

  if (!tutti_json_check_array (node, "a scene", 3, &array, error) ||
      !tutti_id_read (tutti_parse_element (array, 0), "scene", FALSE, &out->id, error) ||
      !tutti_parse_item_name (array, 1, out->name, error) ||
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
      !tutti_json_read_int_or (object, "t", TUTTI_PARSE_TICK_MIN, TUTTI_PARSE_TICK_MAX, 0, &out->anchor.tick, error) ||
      !tutti_json_read_int (object, "bpm", TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM, &tempo, error) ||
      !tutti_json_read_int_or (object, "from", TUTTI_PARSE_TICK_MIN, TUTTI_PARSE_TICK_MAX, 0, &out->start_tick, error) ||
      !tutti_parse_u8 (object, "bt", 1, 16, 4, &out->beats, error) || !tutti_parse_u8 (object, "un", 2, 16, 4, &out->unit, error) ||
      !tutti_parse_u8 (object, "lp", 0, 1, 0, &out->loop, error) ||
      !tutti_json_read_int (object, "ls", 0, TUTTI_TICK_MAX, &out->loop_start, error) ||
      !tutti_json_read_int (object, "le", 0, TUTTI_TICK_MAX, &out->loop_end, error) ||
      !tutti_parse_s16 (object, "sw", 500, 750, 500, &out->swing, error) ||
      !tutti_parse_u8 (object, "me", 0, 1, 0, &out->metronome, error) ||
      !tutti_parse_u8 (object, "ci", 0, 2, 0, &out->count_in, error))
    return FALSE;
  if ((out->unit & (out->unit - 1)) != 0 || out->loop_end < out->loop_start + TUTTI_TICKS_PER_QUARTER / 4)
    return tutti_parse_fail (error, "a transport that cannot be");
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
          !tutti_parse_item_name (each, 1, person.name, error) ||
          (colour = tutti_parse_choice (each, 2, tutti_person_colour_names, error)) < 0 ||
          (json_array_get_length (each) == 4 && (role = tutti_parse_choice (each, 3, tutti_role_names, error)) < 0))
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
          !tutti_json_item_hex (each, 0, TUTTI_HASH_HEX, &hash, error) || !tutti_parse_item_name (each, 1, sound.name, error) ||
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

static gboolean
parse_scenes (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "sc", TUTTI_SCENES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!tutti_parse_scene (tutti_parse_element (array, i), &jam->scenes[jam->n_scenes++], error))
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
      TuttiTrack *track = tutti_parse_track (tutti_parse_element (array, i), error);

      if (track == NULL)
        return FALSE;
      jam->tracks[jam->n_tracks++] = track;
    }
  return (tutti_jam_count_clips (jam) <= TUTTI_CLIPS_MAX || tutti_parse_fail (error, "too many clips")) &&
         (tutti_jam_count_big_effects (jam) <= TUTTI_BIG_EFFECTS_MAX ||
          tutti_parse_fail (error, "too many effects that remember much"));
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

      if (!tutti_parse_s16 (mix, spec->name, spec->min, spec->max, spec->initial, &jam->mix[i], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
parse_rules (JsonObject *object, TuttiJam *jam, GError **error)
{
  return tutti_parse_u8 (object, "nw", TUTTI_ROLE_VIEWER, TUTTI_ROLE_ADMIN, TUTTI_ROLE_CONTRIBUTOR, &jam->newcomers, error) &&
         tutti_parse_u8 (object, "tl", 0, TUTTI_N_TRANSPORT_RULES - 1, 0, &jam->transport_rule, error) &&
         tutti_parse_u8 (object, "ll", 0, TUTTI_N_LEADER_LOST_RULES - 1, 0, &jam->leader_lost_rule, error) &&
         tutti_parse_person (object, "ld", &jam->leader, error);
}

static gboolean
parse_jam (JsonNode *node, TuttiJam *jam, GError **error)
{
  JsonObject *object;
  gint64 seed;

  if (!tutti_json_check_object (node, "a document", &object, error) ||
      !tutti_parse_name (object, "n", TUTTI_NAME_BYTES_MAX, jam->name, error) ||
      !tutti_parse_name (object, "de", TUTTI_DESCRIPTION_BYTES_MAX, jam->description, error) ||
      !tutti_parse_u8 (object, "pub", 0, 1, 0, &jam->published, error) ||
      !tutti_json_read_int (object, "seed", 0, G_MAXUINT32, &seed, error))
    return FALSE;
  jam->seed = (guint32) seed;
  return tutti_parse_u8 (object, "key", 0, 11, 0, &jam->key, error) &&
         tutti_parse_u8 (object, "scale", 0, TUTTI_N_SCALES - 1, 0, &jam->scale, error) && parse_rules (object, jam, error) &&
         parse_mix (object, jam, error) &&
         tutti_parse_effects (object, "mfx", jam->master_effects, &jam->n_master_effects, error) &&
         parse_transport (object, &jam->transport, error) && parse_scenes (object, jam, error) &&
         parse_tracks (object, jam, error) && parse_people (object, jam, error) && parse_sounds (object, jam, error) &&
         tutti_parse_graves (object, jam, error) &&
         (tutti_jam_count_notes (jam) <= TUTTI_NOTES_TOTAL_MAX || tutti_parse_fail (error, "too many notes"));
}

TuttiJam *
tutti_jam_from_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr(JsonNode) node = tutti_json_parse (text, size, TUTTI_JSON_DOCUMENT, error);
  g_autoptr(TuttiJam) jam = tutti_jam_new ();

  return node != NULL && parse_jam (node, jam, error) ? g_steal_pointer (&jam) : NULL;
}
