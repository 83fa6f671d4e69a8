/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps as JSON: an untouched step is 0, one that only sounds its velocity, any other an object of what differs. */
#include "tutti-jam-json.h"
#include "tutti-jam-private.h"
#include "tutti-json-private.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"

#include <stddef.h>

typedef enum { FIELD_U8, FIELD_S8, FIELD_S16 } FieldType;

static const struct
{
  const char *key;
  FieldType   type;
  gsize       offset;
  int         min, max, initial;
  const char *meaning;         /* for the published schema */
} fields[] = {
  { "v", FIELD_U8, offsetof (TuttiStep, velocity), 0, 127, 0, "velocity, 0 is off" },
  { "p", FIELD_S8, offsetof (TuttiStep, pitch), -48, 48, 0, "semitones from the sound's root" },
  { "l", FIELD_U8, offsetof (TuttiStep, length), 1, TUTTI_STEPS_MAX, 1, "steps it is held" },
  { "c", FIELD_U8, offsetof (TuttiStep, chance), 0, 100, 100, "chance in percent" },
  { "n", FIELD_U8, offsetof (TuttiStep, every_n), 1, 8, 1, "sounds in cycle n" },
  { "o", FIELD_U8, offsetof (TuttiStep, every_of), 1, 8, 1, "of each o cycles" },
  { "r", FIELD_U8, offsetof (TuttiStep, ratchet), 1, 8, 1, "hits in the step" },
  { "f", FIELD_U8, offsetof (TuttiStep, ratchet_shape), 0, TUTTI_N_RATCHET_SHAPES - 1, 0, "1: the hits fade out" },
  { "m", FIELD_S16, offsetof (TuttiStep, micro_ticks), -480, 480, 0, "1/960 quarter late, or early" },
  { "a", FIELD_U8, offsetof (TuttiStep, accent), 0, 1, 0, "accented" },
  { "t", FIELD_U8, offsetof (TuttiStep, tie), 0, 1, 0, "tied to the step before" },
  { "s", FIELD_U8, offsetof (TuttiStep, slide), 0, 1, 0, "slides to its pitch" },
};

gboolean
tutti_step_member (guint index, TuttiStepMember *out)
{
  if (index >= G_N_ELEMENTS (fields))
    return FALSE;
  *out = (TuttiStepMember) { fields[index].key, fields[index].meaning, fields[index].min, fields[index].max,
                             fields[index].initial };
  return TRUE;
}

static int
get_field (const TuttiStep *step, guint field)
{
  const char *at = (const char *) step + fields[field].offset;

  switch (fields[field].type)
    {
    case FIELD_U8:
      return *(const guint8 *) at;
    case FIELD_S8:
      return *(const gint8 *) at;
    case FIELD_S16:
    default:
      return *(const gint16 *) at;
    }
}

static void
set_field (TuttiStep *step, guint field, gint64 value)
{
  char *at = (char *) step + fields[field].offset;

  switch (fields[field].type)
    {
    case FIELD_U8:
      *(guint8 *) at = (guint8) value;
      break;
    case FIELD_S8:
      *(gint8 *) at = (gint8) value;
      break;
    case FIELD_S16:
    default:
      *(gint16 *) at = (gint16) value;
      break;
    }
}

static gboolean
only_sounds (const TuttiStep *step)
{
  TuttiStep plain = tutti_step_initial;

  plain.velocity = step->velocity;
  return tutti_step_equal (step, &plain);
}

void
tutti_step_write (GString *out, const TuttiStep *step)
{
  if (only_sounds (step))
    {
      tutti_json_put_int (out, step->velocity);
      return;
    }
  tutti_json_open (out, '{');
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (get_field (step, i) != fields[i].initial)
      tutti_json_put_member_int (out, fields[i].key, get_field (step, i));
  if (step->n_locks > 0)
    {
      tutti_json_key (out, "k");
      tutti_json_open (out, '{');
      for (guint i = 0; i < step->n_locks; i++)
        tutti_json_put_member_int (out, tutti_address_spec (step->locks[i].address)->name, step->locks[i].value);
      tutti_json_close (out, '}');
    }
  tutti_json_close (out, '}');
}

static gboolean
read_locks (JsonObject *object, TuttiStep *step, GError **error)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (const GList *each = names; each != NULL; each = each->next)
    {
      int address = tutti_address_find (each->data);
      gint64 value;

      if (address < 0)
        {
          g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "no parameter is called “%s”",
                       (const char *) each->data);
          return FALSE;
        }
      const TuttiParamSpec *spec = tutti_address_spec ((guint) address);

      if (!tutti_json_read_int (object, each->data, spec->min, spec->max, &value, error))
        return FALSE;
      gint16 small = (gint16) value;

      if (!tutti_step_set_lock (step, (guint) address, &small))
        {
          g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT, "a step holds at most %d locks",
                       TUTTI_STEP_LOCKS_MAX);
          return FALSE;
        }
    }
  return TRUE;
}

/* No member that nobody reads: a typing mistake must not pass for a wish. */
static gboolean
knows_all_members (JsonObject *object, GError **error)
{
  g_autoptr(GList) names = json_object_get_members (object);

  for (const GList *each = names; each != NULL; each = each->next)
    {
      gboolean known = g_str_equal (each->data, "k");

      for (guint i = 0; !known && i < G_N_ELEMENTS (fields); i++)
        known = g_str_equal (each->data, fields[i].key);
      if (!known)
        {
          g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "a step has no “%s”", (const char *) each->data);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
tutti_step_read (JsonNode *node, TuttiStep *out, GError **error)
{
  TuttiStep step = tutti_step_initial;
  JsonObject *object, *locks;
  gint64 value;

  if (JSON_NODE_HOLDS_VALUE (node))
    {
      if (!tutti_json_check_int (node, "a step", 0, 127, &value, error))
        return FALSE;
      step.velocity = (guint8) value;
      *out = step;
      return TRUE;
    }
  if (!tutti_json_check_object (node, "a step", &object, error) || !knows_all_members (object, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (!tutti_json_read_int_or (object, fields[i].key, fields[i].min, fields[i].max, fields[i].initial, &value, error))
        return FALSE;
      set_field (&step, i, value);
    }
  if (json_object_has_member (object, "k") &&
      (!tutti_json_read_object (object, "k", &locks, error) || !read_locks (locks, &step, error)))
    return FALSE;
  if (!tutti_step_valid (&step))
    {
      g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "cycle n of n cycles at most");
      return FALSE;
    }
  *out = step;
  return TRUE;
}

void
tutti_steps_write (GString *out, const TuttiStep *steps, guint n)
{
  tutti_json_open (out, '[');
  for (guint i = 0; i < n; i++)
    tutti_step_write (out, &steps[i]);
  tutti_json_close (out, ']');
}

gboolean
tutti_steps_from_json (JsonNode *node, TuttiStep *steps, guint max, guint *n, GError **error)
{
  JsonArray *array;

  if (!tutti_json_check_array (node, "steps", max, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!tutti_step_read (json_array_get_element (array, i), &steps[i], error))
      return FALSE;
  *n = json_array_get_length (array);
  return TRUE;
}
