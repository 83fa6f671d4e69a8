/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Operations on the wire: `["name", arg, …]`, written and read by their row of the table. */
#include "tutti-jam-json.h"
#include "tutti-json-private.h"
#include "tutti-json-read.h"
#include "tutti-json-write.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

#include <string.h>

void
tutti_id_write (GString *out, TuttiId id)
{
  char text[TUTTI_ID_TEXT_SIZE];

  tutti_json_put_text (out, tutti_id_print (id, text));
}

gboolean
tutti_id_read (JsonNode *node, const char *what, gboolean may_be_none, TuttiId *out, GError **error)
{
  const char *text;
  TuttiId id;

  if (!tutti_json_check_string (node, what, TUTTI_ID_TEXT_SIZE - 1, &text, error))
    return FALSE;
  if (!tutti_id_parse (text, &id) || (tutti_id_is_none (id) && !may_be_none))
    {
      g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "“%s” must be an id such as “1z141z3.5”", what);
      return FALSE;
    }
  *out = id;
  return TRUE;
}

static void
write_arg (GString *out, const TuttiArgSpec *spec, const TuttiArg *arg)
{
  switch (spec->type)
    {
    case TUTTI_ARG_NUMBER:
      tutti_json_put_int (out, arg->number);
      break;
    case TUTTI_ARG_CHOICE:
      tutti_json_put_text (out, spec->names[arg->number]);
      break;
    case TUTTI_ARG_ADDRESS:
      tutti_json_put_text (out, tutti_address_spec ((guint) arg->number)->name);
      break;
    case TUTTI_ARG_ID:
      tutti_id_write (out, arg->id);
      break;
    case TUTTI_ARG_TEXT:
      tutti_json_put_text (out, arg->text);
      break;
    case TUTTI_ARG_STEPS:
      tutti_steps_write (out, arg->steps->step, arg->steps->n);
      break;
    case TUTTI_ARG_OPS:
      tutti_json_open (out, '[');
      for (guint i = 0; i < arg->ops->len; i++)
        tutti_op_write (out, arg->ops->pdata[i]);
      tutti_json_close (out, ']');
      break;
    case TUTTI_ARG_NOTES:
      tutti_notes_write (out, arg->notes);
      break;
    case TUTTI_ARG_ZONE:
      tutti_zone_fields_write (out, &arg->zone->zone, arg->zone->fields);
      break;
    case TUTTI_ARG_NONE:
    default:
      g_assert_not_reached ();
    }
}

void
tutti_op_write (GString *out, const TuttiOp *op)
{
  const TuttiOpSpec *spec = tutti_op_spec (op->kind);

  tutti_json_open (out, '[');
  tutti_json_put_text (out, spec->name);
  for (guint i = 0; i < TUTTI_OP_ARGS_MAX && spec->args[i].type != TUTTI_ARG_NONE; i++)
    write_arg (out, &spec->args[i], &op->arg[i]);
  tutti_json_close (out, ']');
}

char *
tutti_op_to_text (const TuttiOp *op)
{
  GString *out = g_string_sized_new (64);

  tutti_op_write (out, op);
  return g_string_free (out, FALSE);
}

static gboolean
read_choice (JsonNode *node, const TuttiArgSpec *spec, TuttiArg *arg, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, spec->name, TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  for (int i = 0; spec->names[i] != NULL; i++)
    if (g_str_equal (spec->names[i], text))
      {
        arg->number = i;
        return TRUE;
      }
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "“%s” cannot be “%s”", spec->name, text);
  return FALSE;
}

static gboolean
read_address (JsonNode *node, const TuttiArgSpec *spec, TuttiArg *arg, GError **error)
{
  const char *text;

  if (!tutti_json_check_string (node, spec->name, TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  arg->number = tutti_address_find (text);
  if (arg->number >= 0)
    return TRUE;
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "“%s” cannot be “%s”", spec->name, text);
  return FALSE;
}

static gboolean
read_steps (JsonNode *node, TuttiArg *arg, GError **error)
{
  TuttiSteps *steps = tutti_steps_new (TUTTI_STEPS_MAX);

  if (!tutti_steps_from_json (node, steps->step, TUTTI_STEPS_MAX, &steps->n, error))
    {
      g_free (steps);
      return FALSE;
    }
  arg->steps = steps;
  return TRUE;
}

static gboolean
read_ops (JsonNode *node, TuttiArg *arg, GError **error)
{
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  JsonArray *array;

  if (!tutti_json_check_array (node, "operations", TUTTI_GROUP_MAX, &array, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      TuttiOp *op = tutti_op_from_json (json_array_get_element (array, i), error);

      if (op == NULL)
        return FALSE;
      g_ptr_array_add (ops, op);
    }
  arg->ops = g_steal_pointer (&ops);
  return TRUE;
}

static gboolean
read_arg (JsonNode *node, const TuttiArgSpec *spec, TuttiArg *arg, GError **error)
{
  const char *text;

  switch (spec->type)
    {
    case TUTTI_ARG_NUMBER:
      return tutti_json_check_int (node, spec->name, spec->min, spec->max, &arg->number, error);
    case TUTTI_ARG_CHOICE:
      return read_choice (node, spec, arg, error);
    case TUTTI_ARG_ADDRESS:
      return read_address (node, spec, arg, error);
    case TUTTI_ARG_ID:
      return tutti_id_read (node, spec->name, spec->min == 0, &arg->id, error);
    case TUTTI_ARG_TEXT:
      if (!tutti_json_check_string (node, spec->name, (gsize) spec->max, &text, error))
        return FALSE;
      arg->text = g_strdup (text);
      return TRUE;
    case TUTTI_ARG_STEPS:
      return read_steps (node, arg, error);
    case TUTTI_ARG_OPS:
      return read_ops (node, arg, error);
    case TUTTI_ARG_NOTES:
      arg->notes = tutti_notes_from_json (node, error);
      return arg->notes != NULL;
    case TUTTI_ARG_ZONE:
      arg->zone = tutti_zone_edit_from_json (node, error);
      return arg->zone != NULL;
    case TUTTI_ARG_NONE:
    default:
      g_assert_not_reached ();
    }
}

static int
find_kind (const char *name)
{
  for (int kind = 0; kind < TUTTI_N_OPS; kind++)
    if (g_str_equal (tutti_op_spec (kind)->name, name))
      return kind;
  return -1;
}

static guint
count_args (const TuttiOpSpec *spec)
{
  guint n = 0;

  while (n < TUTTI_OP_ARGS_MAX && spec->args[n].type != TUTTI_ARG_NONE)
    n++;
  return n;
}

TuttiOp *
tutti_op_from_json (JsonNode *node, GError **error)
{
  JsonArray *array;
  const char *name;

  if (!tutti_json_check_array (node, "an operation", TUTTI_OP_ARGS_MAX + 1, &array, error) ||
      !tutti_json_item_string (array, 0, TUTTI_NAME_BYTES_MAX, &name, error))
    return NULL;
  int kind = find_kind (name);

  if (kind < 0 || json_array_get_length (array) != count_args (tutti_op_spec (kind)) + 1)
    {
      g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID,
                   kind < 0 ? "no operation is called “%s”" : "“%s” has another number of arguments", name);
      return NULL;
    }
  g_autoptr(TuttiOp) op = g_new0 (TuttiOp, 1);

  op->kind = kind;
  for (guint i = 0; i < count_args (tutti_op_spec (kind)); i++)
    if (!read_arg (json_array_get_element (array, i + 1), &tutti_op_spec (kind)->args[i], &op->arg[i], error))
      return NULL;
  return tutti_op_check (op, error) ? g_steal_pointer (&op) : NULL;
}

TuttiOp *
tutti_op_from_text (const char *text, gssize length, GError **error)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  g_autoptr(JsonNode) node = tutti_json_parse (text, size, TUTTI_JSON_DEFAULT, error);

  return node != NULL ? tutti_op_from_json (node, error) : NULL;
}
