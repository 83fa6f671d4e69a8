/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From members to operations. An operation is put together in its wire form and read by the one reader of operations, so that
 * every value is checked where all are. */
#include "tutti-resource-private.h"

#include "tutti-json-read.h"

#include <string.h>

typedef struct
{
  TuttiResourceKind    kind;
  const TuttiResource *present;    /* (nullable): it is about to be made */
  const char          *key;        /* how its operations name it; NULL: they do not */
  JsonObject          *body;
  GPtrArray           *ops;        /* of TuttiOp */
} Change;

static gboolean G_GNUC_PRINTF (3, 4)
refuse (GError **error, TuttiModelError code, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TUTTI_MODEL_ERROR, code, words);
  return FALSE;
}

/* (transfer full) (nullable) @node as the wire has it. */
static JsonNode *
to_wire (const TuttiResourceMember *member, JsonNode *node, GError **error)
{
  gboolean on;

  if (!tutti_resource_is_flag (member))
    return json_node_copy (node);
  if (!tutti_json_check_bool (node, member->name, &on, error))
    return NULL;
  return json_node_init_int (json_node_alloc (), on);
}

static gboolean
add_op (Change *change, JsonArray *wire, GError **error)
{
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), wire);
  TuttiOp *op = tutti_op_from_json (node, error);

  if (op == NULL)
    return FALSE;
  g_ptr_array_add (change->ops, op);
  return TRUE;
}

static void
begin_op (const Change *change, JsonArray *wire, int op)
{
  json_array_add_string_element (wire, tutti_op_spec ((TuttiOpKind) op)->name);
  if (change->key == NULL)
    return;
  if (change->kind == TUTTI_RESOURCE_COLLABORATOR)
    json_array_add_int_element (wire, g_ascii_strtoll (change->key, NULL, 10));
  else
    json_array_add_string_element (wire, change->key);
}

/* (nullable) The member that is argument @arg of @op. */
static const TuttiResourceMember *
member_of_arg (TuttiResourceKind kind, int op, guint arg)
{
  for (const TuttiResourceMember *each = tutti_resource_row (kind)->members; each->name != NULL; each++)
    if (each->op == op && each->arg == arg)
      return each;
  return NULL;
}

/* What @body says, else what it is. */
static gboolean
add_value (const Change *change, JsonArray *wire, const TuttiResourceMember *member, GError **error)
{
  JsonNode *said = json_object_get_member (change->body, member->name), *node;

  if (said != NULL)
    node = to_wire (member, said, error);
  else if (change->present != NULL)
    node = tutti_resource_present (change->present, member);
  else
    return refuse (error, TUTTI_MODEL_ERROR_INVALID, "“%s” is missing", member->name);
  if (node != NULL)
    json_array_add_element (wire, node);
  return node != NULL;
}

/* One operation for all members that it writes. */
static gboolean
add_plain (Change *change, int op, GError **error)
{
  const TuttiOpSpec *spec = tutti_op_spec ((TuttiOpKind) op);
  g_autoptr(JsonArray) wire = json_array_new ();

  begin_op (change, wire, op);
  for (guint arg = change->key != NULL ? 1 : 0; arg < TUTTI_OP_ARGS_MAX && spec->args[arg].type != TUTTI_ARG_NONE; arg++)
    if (!add_value (change, wire, member_of_arg (change->kind, op, arg), error))
      return FALSE;
  return add_op (change, wire, error);
}

/* One operation for each name in the object. */
static gboolean
add_named (Change *change, const TuttiResourceMember *member, GError **error)
{
  g_autoptr(GList) names = NULL;
  JsonObject *object;

  if (!tutti_json_read_object (change->body, member->name, &object, error))
    return FALSE;
  names = json_object_get_members (object);
  for (const GList *each = names; each != NULL; each = each->next)
    {
      g_autoptr(JsonArray) wire = json_array_new ();

      begin_op (change, wire, member->op);
      json_array_add_string_element (wire, each->data);
      json_array_add_element (wire, json_node_copy (json_object_get_member (object, each->data)));
      if (!add_op (change, wire, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_steps (Change *change, const TuttiResourceMember *member, GError **error)
{
  g_autoptr(JsonArray) wire = json_array_new ();

  begin_op (change, wire, member->op);
  json_array_add_int_element (wire, 0);
  json_array_add_element (wire, json_node_copy (json_object_get_member (change->body, member->name)));
  return add_op (change, wire, error);
}

/* A zone is made and changed by what is written of it, and taken away by its id alone: as notes of a clip are. A chord's quality says
 * that it goes. */
static gboolean
add_item (Change *change, const TuttiResourceMember *member, JsonArray *items, guint index, GError **error)
{
  guint most = member->place == TUTTI_PLACE_ZONES ? 2 : 3, n;
  g_autoptr(JsonArray) wire = json_array_new ();
  JsonArray *item;

  if (!tutti_json_item_array (items, index, most, &item, error))
    return FALSE;
  n = json_array_get_length (item);
  if (n == 0)
    return refuse (error, TUTTI_MODEL_ERROR_INVALID, "an item of “%s” says nothing", member->name);
  begin_op (change, wire, n == 1 && member->place == TUTTI_PLACE_ZONES ? TUTTI_OP_ZONE_DELETE : member->op);
  for (guint i = 0; i < n; i++)
    json_array_add_element (wire, json_node_copy (json_array_get_element (item, i)));
  return add_op (change, wire, error);
}

/* One operation for each. */
static gboolean
add_items (Change *change, const TuttiResourceMember *member, GError **error)
{
  guint most = member->place == TUTTI_PLACE_ZONES ? TUTTI_ZONES_MAX : TUTTI_CHORDS_MAX;
  JsonArray *items;

  if (!tutti_json_read_array (change->body, member->name, most, &items, error))
    return FALSE;
  for (guint i = 0; i < json_array_get_length (items); i++)
    if (!add_item (change, member, items, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
add_member (Change *change, const TuttiResourceMember *member, GError **error)
{
  if (member->place == TUTTI_PLACE_PARAMS || member->place == TUTTI_PLACE_PATCH || member->place == TUTTI_PLACE_MIX)
    return add_named (change, member, error);
  if (member->place == TUTTI_PLACE_ZONES || member->place == TUTTI_PLACE_CHORDS)
    return add_items (change, member, error);
  return member->place == TUTTI_PLACE_STEPS ? add_steps (change, member, error) : add_plain (change, member->op, error);
}

/* Whether a member before @member belongs to the same operation and was said. */
static gboolean
is_done (const Change *change, const TuttiResourceMember *member)
{
  for (const TuttiResourceMember *each = tutti_resource_row (change->kind)->members; each != member; each++)
    if (each->op == member->op && json_object_has_member (change->body, each->name))
      return TRUE;
  return FALSE;
}

/* (nullable) The argument called as @member is, of the operation that makes such a thing. */
static gboolean
is_said_in_making (const Change *change, const TuttiResourceMember *member)
{
  const TuttiResourceRow *row = tutti_resource_row (change->kind);

  if (change->present != NULL || row->add == TUTTI_READ_ONLY)
    return FALSE;
  for (guint i = 1; i < TUTTI_OP_ARGS_MAX && tutti_op_spec ((TuttiOpKind) row->add)->args[i].type != TUTTI_ARG_NONE; i++)
    if (g_str_equal (tutti_op_spec ((TuttiOpKind) row->add)->args[i].name, member->name))
      return TRUE;
  return FALSE;
}

static gboolean
check_names (const Change *change, GError **error)
{
  g_autoptr(GList) names = json_object_get_members (change->body);

  for (const GList *each = names; each != NULL; each = each->next)
    {
      const TuttiResourceMember *member = tutti_resource_member (change->kind, each->data);

      if (member == NULL)
        return refuse (error, TUTTI_MODEL_ERROR_INVALID, "a %s has no “%s”", tutti_resource_name (change->kind), (char *) each->data);
      if (member->op == TUTTI_READ_ONLY)
        return refuse (error, TUTTI_MODEL_ERROR_INVALID, "“%s” is only read", member->name);
      if (member->op == TUTTI_SAID_ONCE && change->present != NULL)
        return refuse (error, TUTTI_MODEL_ERROR_INVALID, "“%s” is said when it is made, and stays", member->name);
    }
  return TRUE;
}

/* In the order of the table: equal requests are equal operations. */
static gboolean
add_members (Change *change, GError **error)
{
  if (!check_names (change, error))
    return FALSE;
  for (const TuttiResourceMember *each = tutti_resource_row (change->kind)->members; each->name != NULL; each++)
    if (each->op >= 0 &&
        json_object_has_member (change->body, each->name) && !is_done (change, each) && !is_said_in_making (change, each) &&
        !add_member (change, each, error))
      return FALSE;
  return TRUE;
}

/* (transfer full) (nullable) None, one, or a group: one stamp and one undo for what was asked at once. */
static TuttiOp *
take_all (Change *change, GError **error)
{
  TuttiOp *group;

  if (change->ops->len == 0)
    return NULL;
  if (change->ops->len == 1)
    return g_ptr_array_steal_index (change->ops, 0);
  group = tutti_op_group_new ();
  while (change->ops->len > 0)
    tutti_op_group_add (group, g_ptr_array_steal_index (change->ops, 0));
  if (tutti_op_check (group, error))
    return group;
  tutti_op_free (group);
  return NULL;
}

TuttiOp *
tutti_resource_change (const TuttiResource *self, JsonObject *body, GError **error)
{
  const TuttiResourceRow *row = tutti_resource_row (self->kind);
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  g_autoptr(JsonNode) name = tutti_resource_present (self, &row->members[0]);
  g_autofree char *key = self->kind == TUTTI_RESOURCE_COLLABORATOR ? g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (name))
                                                                   : g_strdup (json_node_get_string (name));
  Change change = { self->kind, self, row->keyed ? key : NULL, body, ops };

  return add_members (&change, error) ? take_all (&change, error) : NULL;
}

/* ---- making and deleting ---- */

/* (transfer full) (nullable) What an argument is when nobody says. */
static JsonNode *
usual (const TuttiJam *jam, TuttiResourceKind kind, const TuttiArgSpec *arg)
{
  JsonNode *node = json_node_alloc ();

  if (g_str_equal (arg->name, "index"))
    return json_node_init_int (node, tutti_resource_count (jam, kind));
  if (arg->type == TUTTI_ARG_CHOICE)
    return json_node_init_string (node, arg->names[tutti_resource_count (jam, kind) % (guint) (arg->max + 1)]);
  if (arg->type == TUTTI_ARG_TEXT && arg->min == 0)
    return json_node_init_string (node, "");
  json_node_free (node);
  return NULL;
}

static gboolean
add_making (Change *change, const TuttiJam *jam, int op, GError **error)
{
  const TuttiOpSpec *spec = tutti_op_spec ((TuttiOpKind) op);
  g_autoptr(JsonArray) wire = json_array_new ();

  begin_op (change, wire, op);
  for (guint i = 1; i < TUTTI_OP_ARGS_MAX && spec->args[i].type != TUTTI_ARG_NONE; i++)
    {
      JsonNode *said = json_object_get_member (change->body, spec->args[i].name);
      JsonNode *node = said != NULL ? json_node_copy (said) : usual (jam, change->kind, &spec->args[i]);

      if (node == NULL)
        return refuse (error, TUTTI_MODEL_ERROR_INVALID, "“%s” is missing", spec->args[i].name);
      json_array_add_element (wire, node);
    }
  return add_op (change, wire, error);
}

/* The operation that makes it as @body says; −1 with the error set. */
static int
making_op (TuttiResourceKind kind, JsonObject *body, GError **error)
{
  const char *said;

  if (kind != TUTTI_RESOURCE_CLIP)
    return tutti_resource_row (kind)->add;
  if (!tutti_json_read_string_or (body, "kind", TUTTI_NAME_BYTES_MAX, "steps", &said, error))
    return -1;
  for (guint i = 0; i < TUTTI_N_CLIP_KINDS; i++)
    if (g_str_equal (tutti_resource_member (kind, "kind")->names[i], said))
      return i == TUTTI_CLIP_NOTES ? TUTTI_OP_CLIP_ADD_NOTES : TUTTI_OP_CLIP_ADD;
  refuse (error, TUTTI_MODEL_ERROR_INVALID, "a clip is of steps or of notes, not of “%s”", said);
  return -1;
}

TuttiOp *
tutti_resource_create (const TuttiJam *jam, TuttiResourceKind kind, TuttiId id, JsonObject *body, GError **error)
{
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  char key[TUTTI_ID_TEXT_SIZE];
  Change change = { kind, NULL, tutti_id_print (id, key), body, ops };

  int op = making_op (kind, body, error);

  if (op < 0 || !add_making (&change, jam, op, error) || !add_members (&change, error))
    return NULL;
  return take_all (&change, error);
}

TuttiOp *
tutti_resource_delete (const TuttiResource *self)
{
  const TuttiResourceRow *row = tutti_resource_row (self->kind);
  const TuttiId *id = (const void *) ((const char *) self->thing + row->members[0].offset);

  return tutti_op_new ((TuttiOpKind) row->remove, *id);
}

TuttiOp *
tutti_resource_set_step (const TuttiClip *clip, guint step, JsonNode *value, GError **error)
{
  g_autoptr(JsonArray) wire = json_array_new ();
  JsonArray *steps = json_array_new ();
  char key[TUTTI_ID_TEXT_SIZE];

  json_array_add_string_element (wire, tutti_op_spec (TUTTI_OP_STEPS)->name);
  json_array_add_string_element (wire, tutti_id_print (clip->id, key));
  json_array_add_int_element (wire, step);
  json_array_add_element (steps, json_node_copy (value));
  json_array_add_array_element (wire, steps);
  g_autoptr(JsonNode) node = json_node_init_array (json_node_alloc (), wire);

  return tutti_op_from_json (node, error);
}
