/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what was deleted and may come back. */
#include "tutti-jam-parse-private.h"

#include "tutti-json-private.h"

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
          !tutti_id_read (tutti_parse_element (each, 0), "track", FALSE, &track, error) ||
          (clip = tutti_parse_clip (tutti_parse_element (each, 1), error)) == NULL)
        return FALSE;
      g_ptr_array_add (grave->clips, clip);
      if (grave->clip_tracks != NULL && !belongs_to_scene (grave, track, clip))
        return tutti_parse_fail (error, "a deleted scene with clips in one place");
      if (grave->clip_tracks != NULL)
        g_array_append_val (grave->clip_tracks, track);
    }
  return grave->kind == TUTTI_GRAVE_SCENE || grave->clips->len == 1 || tutti_parse_fail (error, "a deleted clip without its clip");
}

static gboolean
parse_grave_content (JsonObject *object, TuttiGrave *grave, GError **error)
{
  switch (grave->kind)
    {
    case TUTTI_GRAVE_TRACK:
      grave->entity_track = tutti_parse_track (json_object_get_member (object, "tk"), error);
      return grave->entity_track != NULL;
    case TUTTI_GRAVE_SCENE:
      return tutti_parse_scene (json_object_get_member (object, "sc"), &grave->scene, error) &&
             parse_buried_clips (object, grave, error);
    case TUTTI_GRAVE_CLIP:
      return parse_buried_clips (object, grave, error);
    case TUTTI_GRAVE_EFFECT:
    default:
      return tutti_parse_effect (json_object_get_member (object, "fx"), 0, &grave->effect, error);
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

gboolean
tutti_parse_graves (JsonObject *object, TuttiJam *jam, GError **error)
{
  JsonArray *array;

  if (!tutti_json_read_array (object, "gr", TUTTI_GRAVES_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!parse_grave (tutti_parse_element (array, i), jam, error))
      return FALSE;
  return TRUE;
}
