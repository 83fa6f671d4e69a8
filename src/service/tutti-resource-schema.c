/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Resources as JSON Schema, from both tables. */
#include "tutti-resource-private.h"

#include "tutti-json-write.h"
#include "tutti-schema-private.h"

static void
put_no_others (GString *out)
{
  tutti_json_key (out, "additionalProperties");
  tutti_json_put_raw (out, "false");
}

static void
put_names (GString *out, const char * const *names)
{
  tutti_json_key (out, "enum");
  tutti_json_open (out, '[');
  for (guint i = 0; names[i] != NULL; i++)
    tutti_json_put_text (out, names[i]);
  tutti_json_close (out, ']');
}

static void
put_zone_parts (GString *out)
{
  tutti_json_open (out, '{');
  tutti_schema_put_reference (out, "id");
  tutti_json_close (out, '}');
  tutti_json_open (out, '{');
  tutti_schema_put_reference (out, "zone");
  tutti_json_close (out, '}');
}

static void
put_chord_parts (GString *out)
{
  for (guint arg = 1; arg <= 3; arg++)
    tutti_schema_put_arg (out, &tutti_op_spec (TUTTI_OP_CHORD)->args[arg]);
}

/* A list of short lists, each of @least to @most parts. */
static void
put_items (GString *out, const TuttiResourceMember *member, void (*put_parts) (GString *out), int least, int most, int items)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "type", "array");
  tutti_json_key (out, "items");
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "type", "array");
  tutti_json_key (out, "prefixItems");
  tutti_json_open (out, '[');
  put_parts (out);
  tutti_json_close (out, ']');
  tutti_json_put_member_int (out, "minItems", least);
  tutti_json_put_member_int (out, "maxItems", most);
  tutti_json_close (out, '}');
  tutti_json_put_member_int (out, "maxItems", items);
  tutti_json_put_member_text (out, "description", member->meaning);
  tutti_json_close (out, '}');
}

static void
put_unwritten (GString *out, const TuttiResourceMember *member)
{
  tutti_json_open (out, '{');
  if (member->names != NULL)
    put_names (out, member->names);
  else if (member->place == TUTTI_PLACE_ID)
    tutti_schema_put_reference (out, "idOrNone");
  else
    tutti_json_put_member_text (out, "type", tutti_resource_is_flag (member) ? "boolean"
                                             : member->place == TUTTI_PLACE_TEXT || member->place == TUTTI_PLACE_JAM_ID ? "string"
                                                                                                                       : "integer");
  if (member->meaning != NULL)
    tutti_json_put_member_text (out, "description", member->meaning);
  if (member->op == TUTTI_READ_ONLY)
    {
      tutti_json_key (out, "readOnly");
      tutti_json_put_raw (out, "true");
    }
  tutti_json_close (out, '}');
}

static void
put_object (GString *out, void (*put) (GString *out))
{
  tutti_json_open (out, '{');
  put (out);
  put_no_others (out);
  tutti_json_close (out, '}');
}

static void
put_member (GString *out, const TuttiResourceMember *member)
{
  if (member->place == TUTTI_PLACE_ZONES)
    put_items (out, member, put_zone_parts, 1, 2, TUTTI_ZONES_MAX);
  else if (member->place == TUTTI_PLACE_CHORDS)
    put_items (out, member, put_chord_parts, 3, 3, TUTTI_CHORDS_MAX);
  else if (member->op < 0)
    put_unwritten (out, member);
  else if (tutti_resource_is_flag (member))
    tutti_json_put_raw (out, "{\"type\":\"boolean\"}");
  else if (member->place == TUTTI_PLACE_PARAMS)
    put_object (out, tutti_schema_put_params);
  else if (member->place == TUTTI_PLACE_PATCH)
    put_object (out, tutti_schema_put_patch);
  else if (member->place == TUTTI_PLACE_MIX)
    put_object (out, tutti_schema_put_settings);
  else
    tutti_schema_put_arg (out, tutti_resource_arg (member));
}

/* Everything is there when it is read; making needs what has no usual value. */
static gboolean
is_required (const TuttiResourceRow *row, const TuttiResourceMember *member, TuttiResourceForm form)
{
  if (form != TUTTI_RESOURCE_CREATE)
    return form == TUTTI_RESOURCE_READ;
  for (guint i = 1; i < TUTTI_OP_ARGS_MAX; i++)
    {
      const TuttiArgSpec *arg = &tutti_op_spec ((TuttiOpKind) row->add)->args[i];

      if (arg->name != NULL && g_str_equal (arg->name, member->name))
        return arg->type == TUTTI_ARG_ID || (arg->type == TUTTI_ARG_TEXT && arg->min > 0);
    }
  return FALSE;
}

void
tutti_resource_put_schema (GString *out, TuttiResourceKind kind, TuttiResourceForm form)
{
  const TuttiResourceRow *row = tutti_resource_row (kind);
  const TuttiResourceMember *each;

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "type", "object");
  tutti_json_key (out, "properties");
  tutti_json_open (out, '{');
  for (each = row->members; each->name != NULL; each++)
    if (form == TUTTI_RESOURCE_READ || each->op >= 0 || (form == TUTTI_RESOURCE_CREATE && each->op == TUTTI_SAID_ONCE))
      {
        tutti_json_key (out, each->name);
        put_member (out, each);
      }
  tutti_json_close (out, '}');
  tutti_json_key (out, "required");
  tutti_json_open (out, '[');
  for (each = row->members; each->name != NULL; each++)
    if (is_required (row, each, form))
      tutti_json_put_text (out, each->name);
  tutti_json_close (out, ']');
  put_no_others (out);
  tutti_json_close (out, '}');
}
