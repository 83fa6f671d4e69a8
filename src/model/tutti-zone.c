/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-zone.h"

#include "tutti-jam-json.h"
#include "tutti-jam-private.h"
#include "tutti-json-private.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <string.h>

#define FIELDS 7

/* In the order of the bits of TuttiZoneFields. */
static const TuttiZoneMember members[FIELDS] = {
  { "sound", "a sample: “sha:” or “kit:”", 0, 0, FALSE, TRUE },
  { "keys", "MIDI keys, the lowest and the highest", 0, TUTTI_KEY_MAX, TRUE, FALSE },
  { "velocities", "the softest and the hardest", 1, TUTTI_VELOCITY_MAX, TRUE, FALSE },
  { "root", "MIDI key at which the sound is itself", 0, TUTTI_KEY_MAX, FALSE, FALSE },
  { "tune", "cents", -1200, 1200, FALSE, FALSE },
  { "gain", "1/100 dB", TUTTI_GAIN_MIN_CDB, TUTTI_GAIN_MAX_CDB, FALSE, FALSE },
  { "pan", "1/1000, left to right", -1000, 1000, FALSE, FALSE },
};

gboolean
tutti_zone_member (guint index, TuttiZoneMember *out)
{
  if (index >= FIELDS)
    return FALSE;
  *out = members[index];
  return TRUE;
}

/* A range has two values, a number one, a sound none. */
static guint
get_values (const TuttiZone *zone, guint field, gint64 out[2])
{
  const gint64 values[FIELDS][2] = {
    { 0, 0 }, { zone->key_low, zone->key_high }, { zone->velocity_low, zone->velocity_high },
    { zone->root }, { zone->tune }, { zone->gain }, { zone->pan },
  };

  out[0] = values[field][0];
  out[1] = values[field][1];
  return members[field].is_sound ? 0 : members[field].is_range ? 2 : 1;
}

void
tutti_zone_write_fields (TuttiZone *to, const TuttiZone *from, guint fields)
{
  TuttiZone old = *to;

  *to = *from;
  to->id = old.id;
  if (!(fields & TUTTI_ZONE_SOUND))
    memcpy (to->sound, old.sound, sizeof to->sound);
  if (!(fields & TUTTI_ZONE_KEYS))
    to->key_low = old.key_low, to->key_high = old.key_high;
  if (!(fields & TUTTI_ZONE_VELOCITIES))
    to->velocity_low = old.velocity_low, to->velocity_high = old.velocity_high;
  to->root = fields & TUTTI_ZONE_ROOT ? from->root : old.root;
  to->tune = fields & TUTTI_ZONE_TUNE ? from->tune : old.tune;
  to->gain = fields & TUTTI_ZONE_GAIN ? from->gain : old.gain;
  to->pan = fields & TUTTI_ZONE_PAN ? from->pan : old.pan;
}

guint
tutti_zone_differing (const TuttiZone *a, const TuttiZone *b)
{
  guint fields = g_str_equal (a->sound, b->sound) ? 0 : TUTTI_ZONE_SOUND;

  for (guint i = 1; i < FIELDS; i++)
    {
      gint64 one[2], two[2];

      get_values (a, i, one);
      get_values (b, i, two);
      if (one[0] != two[0] || one[1] != two[1])
        fields |= 1u << i;
    }
  return fields;
}

TuttiZoneEdit *
tutti_zone_edit_new (const TuttiZone *zone, guint fields)
{
  TuttiZoneEdit *edit = g_new0 (TuttiZoneEdit, 1);

  edit->fields = (guint8) fields;
  tutti_zone_write_fields (&edit->zone, zone, fields);
  return edit;
}

gboolean
tutti_zone_edits_equal (const TuttiZoneEdit *a, const TuttiZoneEdit *b)
{
  return a->fields == b->fields && tutti_zone_differing (&a->zone, &b->zone) == 0;
}

/* What is not written is 0, so that equal edits are equal values. */
gboolean
tutti_zone_edit_valid (const TuttiZoneEdit *edit)
{
  if (edit->fields == 0 || edit->fields > TUTTI_ZONE_WHOLE ||
      (edit->fields & TUTTI_ZONE_SOUND ? !tutti_sound_is_sample (edit->zone.sound) : edit->zone.sound[0] != '\0'))
    return FALSE;
  for (guint i = 1; i < FIELDS; i++)
    {
      gint64 values[2];
      guint n = get_values (&edit->zone, i, values);
      gboolean written = (edit->fields >> i & 1) != 0;

      for (guint j = 0; j < n; j++)
        if (written ? values[j] < members[i].min || values[j] > members[i].max : values[j] != 0)
          return FALSE;
      if (n == 2 && values[0] > values[1])
        return FALSE;
    }
  return TRUE;
}

/* ---- JSON ---- */

static void
write_field (GString *out, const TuttiZone *zone, guint field)
{
  gint64 values[2];
  guint n = get_values (zone, field, values);

  tutti_json_key (out, members[field].key);
  if (n == 0)
    tutti_json_put_text (out, zone->sound);
  else if (n == 1)
    tutti_json_put_int (out, values[0]);
  else
    {
      tutti_json_open (out, '[');
      tutti_json_put_int (out, values[0]);
      tutti_json_put_int (out, values[1]);
      tutti_json_close (out, ']');
    }
}

void
tutti_zone_fields_write (GString *out, const TuttiZone *zone, guint fields)
{
  tutti_json_open (out, '{');
  for (guint i = 0; i < FIELDS; i++)
    if (fields >> i & 1)
      write_field (out, zone, i);
  tutti_json_close (out, '}');
}

static gboolean
fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

static gboolean
read_values (JsonObject *object, const TuttiZoneMember *member, gint64 out[2], GError **error)
{
  JsonArray *range;

  if (!member->is_range)
    return tutti_json_read_int (object, member->key, member->min, member->max, &out[0], error);
  return tutti_json_read_array (object, member->key, 2, &range, error) &&
         tutti_json_item_int (range, 0, member->min, member->max, &out[0], error) &&
         tutti_json_item_int (range, 1, out[0], member->max, &out[1], error);
}

static gboolean
read_sound (JsonObject *object, TuttiZone *zone, GError **error)
{
  const char *text;

  if (!tutti_json_read_string (object, "sound", TUTTI_SOUND_REF_BYTES_MAX, &text, error))
    return FALSE;
  if (!tutti_sound_is_sample (text))
    return fail (error, "a zone's sound reads “kit:name” or “sha:” and 64 hex digits");
  g_strlcpy (zone->sound, text, sizeof zone->sound);
  return TRUE;
}

static gboolean
read_field (JsonObject *object, guint field, TuttiZone *zone, GError **error)
{
  gint64 values[2] = { 0, 0 };

  if (members[field].is_sound)
    return read_sound (object, zone, error);
  if (!read_values (object, &members[field], values, error))
    return FALSE;
  tutti_zone_write_fields (zone, &(TuttiZone) {
    .key_low = (guint8) values[0], .key_high = (guint8) values[1],
    .velocity_low = (guint8) values[0], .velocity_high = (guint8) values[1],
    .root = (guint8) values[0], .tune = (gint16) values[0], .gain = (gint16) values[0], .pan = (gint16) values[0],
  }, 1u << field);
  return TRUE;
}

TuttiZoneEdit *
tutti_zone_edit_from_json (JsonNode *node, GError **error)
{
  g_autofree TuttiZoneEdit *edit = g_new0 (TuttiZoneEdit, 1);
  JsonObject *object;
  guint known = 0;

  if (!tutti_json_check_object (node, "a zone", &object, error))
    return NULL;
  for (guint i = 0; i < FIELDS; i++)
    if (json_object_has_member (object, members[i].key))
      {
        if (!read_field (object, i, &edit->zone, error))
          return NULL;
        edit->fields |= (guint8) (1u << i);
        known++;
      }
  if (known == 0 || known != json_object_get_size (object))
    {
      fail (error, "of a zone “sound”, “keys”, “velocities”, “root”, “tune”, “gain” and “pan” are said, one at least");
      return NULL;
    }
  return g_steal_pointer (&edit);
}

void
tutti_zones_write (GString *out, const TuttiTrack *track)
{
  tutti_json_open (out, '[');
  for (guint i = 0; i < track->n_zones; i++)
    {
      tutti_json_open (out, '[');
      tutti_id_write (out, track->zones[i].id);
      tutti_zone_fields_write (out, &track->zones[i], TUTTI_ZONE_WHOLE);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

static gboolean
read_zone (JsonArray *zones, guint index, TuttiZone *out, GError **error)
{
  g_autofree TuttiZoneEdit *edit = NULL;
  JsonArray *each;

  if (!tutti_json_item_array (zones, index, 2, &each, error))
    return FALSE;
  if (json_array_get_length (each) != 2)
    return fail (error, "a zone has an id and its values");
  if (!tutti_id_read (json_array_get_element (each, 0), "zone", FALSE, &out->id, error))
    return FALSE;
  edit = tutti_zone_edit_from_json (json_array_get_element (each, 1), error);
  if (edit == NULL)
    return FALSE;
  tutti_zone_write_fields (out, &edit->zone, edit->fields);
  return edit->fields == TUTTI_ZONE_WHOLE || fail (error, "a zone that is not whole");
}

gboolean
tutti_zones_read (JsonNode *node, TuttiTrack *track, GError **error)
{
  TuttiZone zones[TUTTI_ZONES_MAX] = { { { 0, 0 } } };
  JsonArray *array;

  if (!tutti_json_check_array (node, "zones", TUTTI_ZONES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!read_zone (array, i, &zones[i], error))
      return FALSE;
    else if (i > 0 && tutti_id_key (zones[i - 1].id) >= tutti_id_key (zones[i].id))
      return fail (error, "zones that are not in order");
  if (!tutti_sound_is_sample (track->sound))
    return fail (error, "zones of a track that plays no samples");
  tutti_track_set_zones (track, zones, json_array_get_length (array));
  return TRUE;
}

/* ---- of a document ---- */

const TuttiZone *
tutti_track_zone (const TuttiTrack *track, TuttiId id, guint *index)
{
  guint place = 0;

  while (place < track->n_zones && tutti_id_key (track->zones[place].id) < tutti_id_key (id))
    place++;
  if (index != NULL)
    *index = place;
  return place < track->n_zones && tutti_id_equal (track->zones[place].id, id) ? &track->zones[place] : NULL;
}

gboolean
tutti_sound_is_sample (const char *sound)
{
  return tutti_sound_valid (sound) && (g_str_has_prefix (sound, "sha:") || g_str_has_prefix (sound, "kit:"));
}

void
tutti_track_visit_sounds (const TuttiTrack *track, TuttiSoundVisit visit, gpointer user)
{
  visit (track->sound, user);
  for (guint i = 0; i < track->n_zones; i++)
    visit (track->zones[i].sound, user);
}
