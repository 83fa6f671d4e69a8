/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-resource-private.h"

#include "tutti-jam-json.h"
#include "tutti-json-write.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

#include <string.h>

/* ---- finding ---- */

guint
tutti_resource_count (const TuttiJam *jam, TuttiResourceKind kind)
{
  switch (kind)
    {
    case TUTTI_RESOURCE_TRACK:
      return jam->n_tracks;
    case TUTTI_RESOURCE_SCENE:
      return jam->n_scenes;
    case TUTTI_RESOURCE_CLIP:
      return tutti_jam_count_clips (jam);
    case TUTTI_RESOURCE_COLLABORATOR:
      return jam->people->len;
    case TUTTI_RESOURCE_SAMPLE:
      return jam->sounds->len;
    case TUTTI_RESOURCE_JAM:
    case TUTTI_N_RESOURCES:
    default:
      return 1;
    }
}

/* Clips are counted track by track. */
static void
find_nth_clip (const TuttiJam *jam, guint index, TuttiResource *out)
{
  guint i = 0;

  while (index >= jam->tracks[i]->n_clips)
    index -= jam->tracks[i++]->n_clips;
  out->track = jam->tracks[i];
  out->thing = out->track->clips[index];
}

void
tutti_resource_nth (const TuttiJam *jam, const char *jam_id, TuttiResourceKind kind, guint index, TuttiResource *out)
{
  *out = (TuttiResource) { .kind = kind, .jam = jam, .jam_id = jam_id, .index = index, .thing = jam };
  if (kind == TUTTI_RESOURCE_TRACK)
    out->thing = jam->tracks[index];
  else if (kind == TUTTI_RESOURCE_SCENE)
    out->thing = &jam->scenes[index];
  else if (kind == TUTTI_RESOURCE_CLIP)
    find_nth_clip (jam, index, out);
  else if (kind == TUTTI_RESOURCE_COLLABORATOR)
    out->thing = jam->people->pdata[index];
  else if (kind == TUTTI_RESOURCE_SAMPLE)
    out->thing = jam->sounds->pdata[index];
}

static gboolean
find_by_id (TuttiResource *out, const char *name)
{
  TuttiId id;

  if (!tutti_id_parse (name, &id) || tutti_id_is_none (id))
    return FALSE;
  if (out->kind == TUTTI_RESOURCE_TRACK)
    out->thing = tutti_jam_track (out->jam, id, &out->index);
  else if (out->kind == TUTTI_RESOURCE_SCENE)
    out->thing = tutti_jam_scene (out->jam, id, &out->index);
  else
    out->thing = tutti_jam_clip (out->jam, id, &out->track);
  return out->thing != NULL;
}

gboolean
tutti_resource_find (const TuttiJam *jam, const char *jam_id, TuttiResourceKind kind, const char *name, TuttiResource *out)
{
  guint64 number;

  *out = (TuttiResource) { .kind = kind, .jam = jam, .jam_id = jam_id, .thing = jam };
  switch (kind)
    {
    case TUTTI_RESOURCE_TRACK:
    case TUTTI_RESOURCE_SCENE:
    case TUTTI_RESOURCE_CLIP:
      return find_by_id (out, name);
    case TUTTI_RESOURCE_COLLABORATOR:
      out->thing = g_ascii_string_to_unsigned (name, 10, 1, TUTTI_PERSON_NUMBER_MAX, &number, NULL)
                     ? tutti_jam_person (jam, (guint) number) : NULL;
      return out->thing != NULL;
    case TUTTI_RESOURCE_SAMPLE:
      out->thing = tutti_jam_sound (jam, name);
      return out->thing != NULL;
    case TUTTI_RESOURCE_JAM:
    case TUTTI_N_RESOURCES:
    default:
      return TRUE;
    }
}

/* ---- values ---- */

static gint64
number_at (const TuttiResource *self, const TuttiResourceMember *member)
{
  const char *at = (const char *) self->thing + member->offset;

  switch (member->place)
    {
    case TUTTI_PLACE_U8:
      return *(const guint8 *) at;
    case TUTTI_PLACE_S8:
      return *(const gint8 *) at;
    case TUTTI_PLACE_S16:
      return *(const gint16 *) at;
    case TUTTI_PLACE_U16:
      return *(const guint16 *) at;
    case TUTTI_PLACE_U32:
      return *(const guint32 *) at;
    case TUTTI_PLACE_S32:
      return *(const gint32 *) at;
    case TUTTI_PLACE_S64:
      return *(const gint64 *) at;
    case TUTTI_PLACE_FLAG:
      return *(const gboolean *) at;
    default:
      return self->index;
    }
}

/* (nullable) What is text on the wire; @text: room for an id. */
static const char *
text_at (const TuttiResource *self, const TuttiResourceMember *member, char text[TUTTI_ID_TEXT_SIZE])
{
  const char * const *names = member->names;
  const TuttiArgSpec *arg = tutti_resource_arg (member);

  if (member->place == TUTTI_PLACE_TEXT)
    return (const char *) self->thing + member->offset;
  if (member->place == TUTTI_PLACE_ID)
    return tutti_id_print (*(const TuttiId *) (const void *) ((const char *) self->thing + member->offset), text);
  if (member->place == TUTTI_PLACE_TRACK_ID)
    return tutti_id_print (self->track->id, text);
  if (member->place == TUTTI_PLACE_JAM_ID)
    return self->jam_id;
  if (arg != NULL && arg->type == TUTTI_ARG_CHOICE)
    names = arg->names;
  return names != NULL ? names[number_at (self, member)] : NULL;
}

JsonNode *
tutti_resource_present (const TuttiResource *self, const TuttiResourceMember *member)
{
  JsonNode *node = json_node_alloc ();
  char id[TUTTI_ID_TEXT_SIZE];
  const char *text = text_at (self, member, id);

  return text != NULL ? json_node_init_string (node, text) : json_node_init_int (node, number_at (self, member));
}

/* ---- writing ---- */

static void
write_params (GString *out, const TuttiTrack *track)
{
  tutti_json_open (out, '{');
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    tutti_json_put_member_int (out, tutti_param_spec (i)->name, track->params[i]);
  tutti_json_close (out, '}');
}

static void
write_mix (GString *out, const TuttiJam *jam)
{
  tutti_json_open (out, '{');
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    tutti_json_put_member_int (out, tutti_mix_setting_names[i], jam->mix[i]);
  tutti_json_close (out, '}');
}

void
tutti_resource_write_steps (GString *out, const TuttiClip *clip, guint step, guint n)
{
  tutti_steps_write (out, &clip->steps[step], MIN (n, TUTTI_STEPS_MAX - step));
}

/* As far as they are heard, and further where somebody touched one. */
static void
write_all_steps (GString *out, const TuttiClip *clip)
{
  guint n = TUTTI_STEPS_MAX;

  while (n > clip->length && tutti_step_equal (&clip->steps[n - 1], &tutti_step_initial))
    n--;
  tutti_resource_write_steps (out, clip, 0, n);
}

static void
write_plain (GString *out, const TuttiResource *self, const TuttiResourceMember *member)
{
  char id[TUTTI_ID_TEXT_SIZE];
  const char *text = text_at (self, member, id);

  if (text != NULL)
    tutti_json_put_text (out, text);
  else if (tutti_resource_is_flag (member))
    tutti_json_put_raw (out, number_at (self, member) != 0 ? "true" : "false");
  else
    tutti_json_put_int (out, number_at (self, member));
}

/* Each as an edit that writes all of it. */
static void
write_notes (GString *out, const TuttiClip *clip)
{
  g_autofree TuttiNotes *notes = tutti_notes_new (clip->n_notes);

  for (guint i = 0; i < clip->n_notes; i++)
    notes->edit[i] = (TuttiNoteEdit) { .note = clip->notes[i], .fields = TUTTI_NOTE_WHOLE };
  tutti_notes_write (out, notes);
}

/* With ticks from the beginning, as the operation has them. */
static void
write_chords (GString *out, const TuttiClip *clip)
{
  tutti_json_open (out, '[');
  for (guint i = 0; i < clip->chords.n; i++)
    {
      tutti_json_open (out, '[');
      tutti_json_put_int (out, clip->chords.mark[i].tick);
      tutti_json_put_int (out, clip->chords.mark[i].root);
      tutti_json_put_text (out, tutti_harmony_names[clip->chords.mark[i].quality]);
      tutti_json_close (out, ']');
    }
  tutti_json_close (out, ']');
}

void
tutti_resource_write (GString *out, const TuttiResource *self)
{
  tutti_json_open (out, '{');
  for (const TuttiResourceMember *each = tutti_resource_row (self->kind)->members; each->name != NULL; each++)
    {
      tutti_json_key (out, each->name);
      if (each->place == TUTTI_PLACE_PARAMS)
        write_params (out, self->thing);
      else if (each->place == TUTTI_PLACE_PATCH)
        tutti_patch_write (out, self->thing);
      else if (each->place == TUTTI_PLACE_ZONES)
        tutti_zones_write (out, self->thing);
      else if (each->place == TUTTI_PLACE_MIX)
        write_mix (out, self->thing);
      else if (each->place == TUTTI_PLACE_STEPS)
        write_all_steps (out, self->thing);
      else if (each->place == TUTTI_PLACE_NOTES)
        write_notes (out, self->thing);
      else if (each->place == TUTTI_PLACE_CHORDS)
        write_chords (out, self->thing);
      else
        write_plain (out, self, each);
    }
  tutti_json_close (out, '}');
}
