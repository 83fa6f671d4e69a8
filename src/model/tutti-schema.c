/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-schema-private.h"

#include "tutti-json-private.h"
#include "tutti-json-write.h"
#include "tutti-note-json.h"
#include "tutti-zone.h"

static const char * const permission_names[] = { "edit", "add", "delete", "transport", "lead", "claim", "admin", "host" };

void
tutti_schema_put_definition (GString *out, const char *indent, const char *name, GString *value)
{
  if (out->str[out->len - 2] != '{')
    g_string_insert (out, (gssize) out->len - 1, ",");
  g_string_append_printf (out, "%s\"%s\": %s\n", indent, name, value->str);
  g_string_truncate (value, 0);
}

void
tutti_schema_open_group (GString *out, const char *name)
{
  if (out->str[out->len - 2] != '{')
    g_string_insert (out, (gssize) out->len - 1, ",");
  g_string_append_printf (out, "  \"%s\": {\n", name);
}

void
tutti_schema_close_group (GString *out)
{
  g_string_append (out, "  }\n");
}

void
tutti_schema_put_range (GString *out, gint64 min, gint64 max)
{
  tutti_json_put_member_text (out, "type", "integer");
  tutti_json_put_member_int (out, "minimum", min);
  tutti_json_put_member_int (out, "maximum", max);
}

void
tutti_schema_put_reference (GString *out, const char *to)
{
  g_autofree char *path = g_strconcat ("#/$defs/", to, NULL);

  tutti_json_put_member_text (out, "$ref", path);
}

/* {"const": name, "description": "unit, from min to max, initially …"} */
static void
put_parameter (GString *out, const TuttiParamSpec *spec)
{
  g_autofree char *description =
    g_strdup_printf ("%s; from %d to %d, initially %d", spec->unit, spec->min, spec->max, spec->initial);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "const", spec->name);
  tutti_json_put_member_text (out, "description", description);
  tutti_json_close (out, '}');
}

static void
define_id (GString *value, gboolean may_be_none)
{
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "type", "string");
  tutti_json_put_member_text (value, "pattern",
                              may_be_none ? "^(0|(0|[1-9a-z][0-9a-z]{0,6})\\.[1-9a-z][0-9a-z]{0,6})$"
                                          : "^(0|[1-9a-z][0-9a-z]{0,6})\\.[1-9a-z][0-9a-z]{0,6}$");
  tutti_json_put_member_text (value, "description",
                              may_be_none ? "creator.counter in base 36, 32 bits each; 0 is none"
                                          : "creator.counter in base 36, 32 bits each");
  tutti_json_close (value, '}');
}

static void
define_params (GString *value)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    put_parameter (value, tutti_param_spec (i));
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

#define EFFECT_VALUE_PATTERN "^fx(2[0-7]|1?[0-9])-(1[0-5]|[0-9])$"

static void
define_patch (GString *value)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    put_parameter (value, tutti_patch_spec (i));
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

/* What a step may lock: a parameter, a number of the patch, or a value of an effect by the effect's slot. */
static void
define_address (GString *value)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  tutti_json_open (value, '{');
  tutti_schema_put_reference (value, "param");
  tutti_json_close (value, '}');
  tutti_json_open (value, '{');
  tutti_schema_put_reference (value, "patch");
  tutti_json_close (value, '}');
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "type", "string");
  tutti_json_put_member_text (value, "pattern", EFFECT_VALUE_PATTERN);
  tutti_json_put_member_text (value, "description", "fx, slot of the effect, -, index of its value");
  tutti_json_close (value, '}');
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

static void
define_settings (GString *value)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    put_parameter (value, tutti_mix_setting_spec (i));
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

static void
put_named_range (GString *value, const TuttiParamSpec *spec)
{
  tutti_json_key (value, spec->name);
  tutti_json_open (value, '{');
  tutti_schema_put_range (value, spec->min, spec->max);
  tutti_json_close (value, '}');
}

static void
put_ranges (GString *value, gboolean params, gboolean patch)
{
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  for (int i = 0; params && i < TUTTI_N_PARAMS; i++)
    put_named_range (value, tutti_param_spec (i));
  for (int i = 0; patch && i < TUTTI_N_PATCH; i++)
    put_named_range (value, tutti_patch_spec (i));
  tutti_json_close (value, '}');
}

void
tutti_schema_put_params (GString *value)
{
  put_ranges (value, TRUE, FALSE);
}

void
tutti_schema_put_patch (GString *value)
{
  put_ranges (value, FALSE, TRUE);
}

void
tutti_schema_put_settings (GString *value)
{
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  for (int i = 0; i < TUTTI_N_MIX_SETTINGS; i++)
    put_named_range (value, tutti_mix_setting_spec (i));
  tutti_json_close (value, '}');
}

static void
define_locks (GString *value)
{
  const TuttiParamSpec *of_effect = tutti_address_spec (TUTTI_ADDRESS_EFFECTS);

  tutti_json_open (value, '{');
  put_ranges (value, TRUE, TRUE);
  tutti_json_key (value, "patternProperties");
  tutti_json_open (value, '{');
  tutti_json_key (value, EFFECT_VALUE_PATTERN);
  tutti_json_open (value, '{');
  tutti_schema_put_range (value, of_effect->min, of_effect->max);
  tutti_json_close (value, '}');
  tutti_json_close (value, '}');
  tutti_json_put_member_int (value, "maxProperties", TUTTI_STEP_LOCKS_MAX);
  tutti_json_key (value, "additionalProperties");
  tutti_json_put_raw (value, "false");
  tutti_json_close (value, '}');
}

static void
put_step_members (GString *value)
{
  TuttiStepMember member;

  for (guint i = 0; tutti_step_member (i, &member); i++)
    {
      tutti_json_key (value, member.key);
      tutti_json_open (value, '{');
      tutti_schema_put_range (value, member.min, member.max);
      tutti_json_put_member_int (value, "default", member.initial);
      tutti_json_put_member_text (value, "description", member.meaning);
      tutti_json_close (value, '}');
    }
  tutti_json_key (value, "k");
  tutti_json_open (value, '{');
  tutti_schema_put_reference (value, "locks");
  tutti_json_close (value, '}');
}

static void
define_step (GString *value)
{
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "description", "a velocity alone (0 is off), or what differs from an untouched step");
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  tutti_json_open (value, '{');
  tutti_schema_put_range (value, 0, TUTTI_VELOCITY_MAX);
  tutti_json_close (value, '}');
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  put_step_members (value);
  tutti_json_close (value, '}');
  tutti_json_key (value, "additionalProperties");
  tutti_json_put_raw (value, "false");
  tutti_json_close (value, '}');
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

/* A null leaves that field as it is; an id alone takes the note away. */
static void
define_note_edit (GString *value)
{
  TuttiNoteMember member;
  guint i = 0;

  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "description",
                              "a note by its id with what is written of it; all of it makes a new note, an id alone takes the note away");
  tutti_json_put_member_text (value, "type", "array");
  tutti_json_key (value, "prefixItems");
  tutti_json_open (value, '[');
  tutti_json_open (value, '{');
  tutti_schema_put_reference (value, "id");
  tutti_json_close (value, '}');
  for (; tutti_note_member (i, &member); i++)
    {
      tutti_json_open (value, '{');
      tutti_json_put_member_text (value, "title", member.name);
      tutti_json_key (value, "type");
      tutti_json_put_raw (value, "[\"integer\",\"null\"]");
      tutti_json_put_member_int (value, "minimum", member.min);
      tutti_json_put_member_int (value, "maximum", member.max);
      tutti_json_put_member_text (value, "description", member.meaning);
      tutti_json_close (value, '}');
    }
  tutti_json_close (value, ']');
  tutti_json_put_member_int (value, "minItems", 1);
  tutti_json_put_member_int (value, "maxItems", i + 1);
  tutti_json_close (value, '}');
}

static void
put_zone_member (GString *value, const TuttiZoneMember *member)
{
  tutti_json_key (value, member->key);
  tutti_json_open (value, '{');
  if (member->is_sound)
    {
      tutti_json_put_member_text (value, "type", "string");
      tutti_json_put_member_text (value, "pattern", "^(kit:[a-z0-9-]+|sha:[0-9a-f]{64})$");
      tutti_json_put_member_int (value, "maxLength", TUTTI_SOUND_REF_BYTES_MAX);
    }
  else if (member->is_range)
    {
      tutti_json_put_member_text (value, "type", "array");
      tutti_json_key (value, "items");
      tutti_json_open (value, '{');
      tutti_schema_put_range (value, member->min, member->max);
      tutti_json_close (value, '}');
      tutti_json_put_member_int (value, "minItems", 2);
      tutti_json_put_member_int (value, "maxItems", 2);
    }
  else
    tutti_schema_put_range (value, member->min, member->max);
  tutti_json_put_member_text (value, "description", member->meaning);
  tutti_json_close (value, '}');
}

static void
define_zone (GString *value)
{
  TuttiZoneMember member;

  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "description", "what is written of a zone; all of it makes one that is not there");
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  for (guint i = 0; tutti_zone_member (i, &member); i++)
    put_zone_member (value, &member);
  tutti_json_close (value, '}');
  tutti_json_put_member_int (value, "minProperties", 1);
  tutti_json_key (value, "additionalProperties");
  tutti_json_put_raw (value, "false");
  tutti_json_close (value, '}');
}

/* ---- operations ---- */

static void
put_array_of (GString *value, const char *what, gint64 min, gint64 max)
{
  tutti_json_put_member_text (value, "type", "array");
  tutti_json_key (value, "items");
  tutti_json_open (value, '{');
  tutti_schema_put_reference (value, what);
  tutti_json_close (value, '}');
  tutti_json_put_member_int (value, "minItems", min);
  tutti_json_put_member_int (value, "maxItems", max);
}

static void
put_choice (GString *value, const TuttiArgSpec *spec)
{
  if (g_str_equal (spec->name, "param") || g_str_equal (spec->name, "patch") || g_str_equal (spec->name, "setting"))
    {
      tutti_schema_put_reference (value, spec->name);
      return;
    }
  tutti_json_key (value, "enum");
  tutti_json_open (value, '[');
  for (gint64 i = spec->min; i <= spec->max; i++)
    tutti_json_put_text (value, spec->names[i]);
  tutti_json_close (value, ']');
}

/* Characters cannot outnumber bytes, and JSON Schema counts characters. */
static void
put_text (GString *value, const TuttiArgSpec *spec)
{
  g_autofree char *description =
    g_strdup_printf ("%d to %d bytes of UTF-8 without control characters", (int) spec->min, (int) spec->max);

  tutti_json_put_member_text (value, "type", "string");
  if (g_str_equal (spec->name, "hash"))
    {
      tutti_json_put_member_text (value, "pattern", "^[0-9a-f]{64}$");
      tutti_json_put_member_text (value, "description", spec->unit);
      return;
    }
  if (g_str_equal (spec->name, "sound"))
    tutti_json_put_member_text (value, "pattern", "^((kit|synth|drum):[a-z0-9-]+|sha:[0-9a-f]{64})$");
  tutti_json_put_member_int (value, "minLength", spec->min > 0);
  tutti_json_put_member_int (value, "maxLength", spec->max);
  tutti_json_put_member_text (value, "description", description);
}

void
tutti_schema_put_arg (GString *value, const TuttiArgSpec *spec)
{
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "title", spec->name);
  switch (spec->type)
    {
    case TUTTI_ARG_NUMBER:
      tutti_schema_put_range (value, spec->min, spec->max);
      if (spec->unit != NULL)
        tutti_json_put_member_text (value, "description", spec->unit);
      break;
    case TUTTI_ARG_CHOICE:
      put_choice (value, spec);
      break;
    case TUTTI_ARG_ADDRESS:
      tutti_schema_put_reference (value, "address");
      break;
    case TUTTI_ARG_ID:
      tutti_schema_put_reference (value, spec->min == 0 ? "idOrNone" : "id");
      break;
    case TUTTI_ARG_TEXT:
      put_text (value, spec);
      break;
    case TUTTI_ARG_STEPS:
      put_array_of (value, "step", spec->min, spec->max);
      break;
    case TUTTI_ARG_NOTES:
      put_array_of (value, "noteEdit", spec->min, spec->max);
      break;
    case TUTTI_ARG_ZONE:
      tutti_schema_put_reference (value, "zone");
      break;
    case TUTTI_ARG_OPS:
      put_array_of (value, "single", spec->min, spec->max);
      break;
    case TUTTI_ARG_NONE:
    default:
      g_assert_not_reached ();
    }
  tutti_json_close (value, '}');
}

static void
put_flag (GString *value, const char *key, gboolean flag)
{
  tutti_json_key (value, key);
  tutti_json_put_raw (value, flag ? "true" : "false");
}

static void
define_op (GString *value, const TuttiOpSpec *spec)
{
  guint n = 1;

  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "type", "array");
  tutti_json_key (value, "prefixItems");
  tutti_json_open (value, '[');
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "const", spec->name);
  tutti_json_close (value, '}');
  for (; n <= TUTTI_OP_ARGS_MAX && spec->args[n - 1].type != TUTTI_ARG_NONE; n++)
    tutti_schema_put_arg (value, &spec->args[n - 1]);
  tutti_json_close (value, ']');
  tutti_json_put_member_int (value, "minItems", n);
  tutti_json_put_member_int (value, "maxItems", n);
  tutti_json_put_member_text (value, "x-permission", permission_names[spec->permission]);
  put_flag (value, "x-audible", spec->audible);
  put_flag (value, "x-undoable", spec->undoable);
  tutti_json_close (value, '}');
}

/* All operations, or all but groups: those hold no groups. */
static void
define_union (GString *value, gboolean with_group)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (int i = 0; i < TUTTI_N_OPS; i++)
    if (with_group || i != TUTTI_OP_GROUP)
      {
        g_autofree char *path = g_strconcat ("ops/", tutti_op_spec (i)->name, NULL);

        tutti_json_open (value, '{');
        tutti_schema_put_reference (value, path);
        tutti_json_close (value, '}');
      }
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

void
tutti_schema_put_definitions (GString *out)
{
  g_autoptr(GString) value = g_string_new (NULL);
  static const struct { const char *name; void (*define) (GString *value); } parts[] = {
    { "param", define_params }, { "patch", define_patch }, { "address", define_address },
    { "setting", define_settings }, { "locks", define_locks }, { "step", define_step },
    { "noteEdit", define_note_edit }, { "zone", define_zone },
  };

  define_id (value, FALSE);
  tutti_schema_put_definition (out, "  ", "id", value);
  define_id (value, TRUE);
  tutti_schema_put_definition (out, "  ", "idOrNone", value);
  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      parts[i].define (value);
      tutti_schema_put_definition (out, "  ", parts[i].name, value);
    }
  define_union (value, TRUE);
  tutti_schema_put_definition (out, "  ", "op", value);
  define_union (value, FALSE);
  tutti_schema_put_definition (out, "  ", "single", value);
  tutti_schema_open_group (out, "ops");
  for (int i = 0; i < TUTTI_N_OPS; i++)
    {
      define_op (value, tutti_op_spec (i));
      tutti_schema_put_definition (out, "    ", tutti_op_spec (i)->name, value);
    }
  tutti_schema_close_group (out);
}
