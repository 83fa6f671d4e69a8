/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-protocol-schema.h"

#include "tutti-close.h"
#include "tutti-json-write.h"
#include "tutti-message-private.h"
#include "tutti-schema.h"

static void
put_pattern (GString *value, const char *pattern)
{
  tutti_json_put_member_text (value, "type", "string");
  tutti_json_put_member_text (value, "pattern", pattern);
}

static void
put_lengths (GString *value, const TuttiMessageMember *member)
{
  tutti_json_put_member_text (value, "type", "string");
  tutti_json_put_member_int (value, "minLength", member->min > 0);
  tutti_json_put_member_int (value, "maxLength", member->max);
}

static void
put_names (GString *value, const TuttiMessageMember *member)
{
  tutti_json_key (value, "enum");
  tutti_json_open (value, '[');
  for (gint64 i = member->min; i <= member->max; i++)
    tutti_json_put_text (value, tutti_message_names (member->type)[i]);
  tutti_json_close (value, ']');
}

static void
put_hex (GString *value, const TuttiMessageMember *member)
{
  g_autofree char *pattern = g_strdup_printf (member->min > 0 ? "^[0-9a-f]{%d}$" : "^([0-9a-f]{%d})?$", (int) member->max);

  put_pattern (value, pattern);
}

static void put_member (GString *value, const TuttiMessageMember *member, gboolean titled);

static void
put_rows (GString *value, const TuttiMessageMember *member)
{
  const TuttiMessageRows *rows = tutti_message_rows (member->type);

  tutti_json_put_member_text (value, "type", "array");
  tutti_json_put_member_int (value, "minItems", member->min);
  tutti_json_put_member_int (value, "maxItems", member->max);
  tutti_json_key (value, "items");
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "type", "array");
  tutti_json_key (value, "prefixItems");
  tutti_json_open (value, '[');
  for (guint i = 0; i < rows->n; i++)
    put_member (value, &rows->cells[i], TRUE);
  tutti_json_close (value, ']');
  tutti_json_put_member_int (value, "minItems", rows->n);
  tutti_json_put_member_int (value, "maxItems", rows->n);
  tutti_json_close (value, '}');
}

static void
put_kind (GString *value, const TuttiMessageMember *member)
{
  g_autofree char *pattern = NULL;

  switch (member->type)
    {
    case TUTTI_MEMBER_NUMBER:
      tutti_schema_put_range (value, member->min, member->max);
      break;
    case TUTTI_MEMBER_TEXT:
    case TUTTI_MEMBER_PIECE:
    case TUTTI_MEMBER_WORDS:
      put_lengths (value, member);
      break;
    case TUTTI_MEMBER_HEX:
      put_hex (value, member);
      break;
    case TUTTI_MEMBER_COLOUR:
    case TUTTI_MEMBER_ROLE:
      put_names (value, member);
      break;
    case TUTTI_MEMBER_HASH:
      put_pattern (value, "^[0-9a-f]{16}$");
      break;
    case TUTTI_MEMBER_NANOSECONDS:
      put_pattern (value, "^-?[0-9]{1,19}$");
      break;
    case TUTTI_MEMBER_PICTURE:
      pattern = g_strdup_printf ("^([A-Za-z0-9+/]{%d})?$", (int) member->max);
      put_pattern (value, pattern);
      break;
    case TUTTI_MEMBER_ID:
      tutti_schema_put_reference (value, "idOrNone");
      break;
    case TUTTI_MEMBER_OP:
      tutti_schema_put_reference (value, "op");
      break;
    case TUTTI_MEMBER_REPORTS:
    case TUTTI_MEMBER_TRACKS:
      put_rows (value, member);
      break;
    case TUTTI_MEMBER_WORD:
      tutti_json_put_member_text (value, "const", member->meaning);
      break;
    case TUTTI_MEMBER_NONE:
    default:
      g_assert_not_reached ();
    }
}

static void
put_member (GString *value, const TuttiMessageMember *member, gboolean titled)
{
  tutti_json_open (value, '{');
  if (titled)
    tutti_json_put_member_text (value, "title", member->name);
  put_kind (value, member);
  if (member->meaning != NULL && member->type != TUTTI_MEMBER_WORD)
    tutti_json_put_member_text (value, "description", member->meaning);
  tutti_json_close (value, '}');
}

static void
put_no_others (GString *value)
{
  tutti_json_key (value, "additionalProperties");
  tutti_json_put_raw (value, "false");
}

/* All members of @spec, required but for those that may lack. */
static void
put_members (GString *value, const TuttiMessageSpec *spec)
{
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  for (guint i = 0; spec->members[i].type != TUTTI_MEMBER_NONE; i++)
    {
      tutti_json_key (value, spec->members[i].name);
      put_member (value, &spec->members[i], FALSE);
    }
  tutti_json_close (value, '}');
  tutti_json_key (value, "required");
  tutti_json_open (value, '[');
  for (guint i = 0; spec->members[i].type != TUTTI_MEMBER_NONE && !tutti_message_may_lack (spec, i); i++)
    tutti_json_put_text (value, spec->members[i].name);
  tutti_json_close (value, ']');
  put_no_others (value);
}

static void
put_object (GString *value, const TuttiMessageSpec *spec)
{
  tutti_json_put_member_text (value, "type", "object");
  tutti_json_key (value, "properties");
  tutti_json_open (value, '{');
  tutti_json_key (value, spec->name);
  tutti_json_open (value, '{');
  put_members (value, spec);
  tutti_json_close (value, '}');
  tutti_json_close (value, '}');
  tutti_json_key (value, "required");
  tutti_json_open (value, '[');
  tutti_json_put_text (value, spec->name);
  tutti_json_close (value, ']');
  put_no_others (value);
}

static void
put_count (GString *value, const char *key, guint n)
{
  tutti_json_open (value, '{');
  tutti_json_put_member_int (value, key, n);
  tutti_json_close (value, '}');
}

static guint
count_with_more (const TuttiMessageSpec *spec)
{
  guint n = spec->n_least + 1;

  while (!tutti_message_may_end (spec, n))
    n++;
  return n;
}

/* What belongs together at its end is there as a whole or not at all. */
static void
put_list (GString *value, const TuttiMessageSpec *spec)
{
  guint n = 0;

  tutti_json_put_member_text (value, "type", "array");
  tutti_json_key (value, "prefixItems");
  tutti_json_open (value, '[');
  for (; spec->members[n].type != TUTTI_MEMBER_NONE; n++)
    put_member (value, &spec->members[n], TRUE);
  tutti_json_close (value, ']');
  tutti_json_put_member_int (value, "minItems", spec->n_least);
  tutti_json_put_member_int (value, "maxItems", n);
  if (n == spec->n_least || count_with_more (spec) == spec->n_least + 1)
    return;
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  put_count (value, "maxItems", spec->n_least);
  put_count (value, "minItems", count_with_more (spec));
  tutti_json_close (value, ']');
}

static void
define_message (GString *value, const TuttiMessageSpec *spec)
{
  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "description", spec->meaning);
  if (spec->form == TUTTI_FORM_LIST)
    put_list (value, spec);
  else if (spec->form == TUTTI_FORM_OBJECT)
    put_object (value, spec);
  else
    put_members (value, spec);
  tutti_json_close (value, '}');
}

static void
define_side (GString *value, gboolean by_host)
{
  tutti_json_open (value, '{');
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (int kind = 0; kind < TUTTI_N_MESSAGES; kind++)
    {
      const TuttiMessageSpec *spec = tutti_message_spec ((TuttiMessageKind) kind);
      g_autofree char *path = g_strconcat ("messages/", spec->name, NULL);

      if (spec->by_host != by_host)
        continue;
      tutti_json_open (value, '{');
      tutti_schema_put_reference (value, path);
      tutti_json_close (value, '}');
    }
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

static void
define_closes (GString *value)
{
  TuttiClose code;

  tutti_json_open (value, '{');
  tutti_json_put_member_text (value, "description", "WebSocket close codes; 1006 is never sent");
  tutti_json_key (value, "oneOf");
  tutti_json_open (value, '[');
  for (guint i = 0; (code = tutti_close_nth (i)) != 0; i++)
    {
      tutti_json_open (value, '{');
      tutti_json_put_member_int (value, "const", code);
      tutti_json_put_member_text (value, "title", tutti_close_name (code));
      tutti_json_put_member_text (value, "description", tutti_close_words (code));
      tutti_json_key (value, "x-comeBack");
      tutti_json_put_raw (value, tutti_close_is_retryable (code) ? "true" : "false");
      tutti_json_close (value, '}');
    }
  tutti_json_close (value, ']');
  tutti_json_close (value, '}');
}

static void
put_messages (GString *out)
{
  g_autoptr(GString) value = g_string_new (NULL);

  define_side (value, FALSE);
  tutti_schema_put_definition (out, "  ", "toHost", value);
  define_side (value, TRUE);
  tutti_schema_put_definition (out, "  ", "toGuest", value);
  define_closes (value);
  tutti_schema_put_definition (out, "  ", "close", value);
  tutti_schema_open_group (out, "messages");
  for (int kind = 0; kind < TUTTI_N_MESSAGES; kind++)
    {
      define_message (value, tutti_message_spec ((TuttiMessageKind) kind));
      tutti_schema_put_definition (out, "    ", tutti_message_spec ((TuttiMessageKind) kind)->name, value);
    }
  tutti_schema_close_group (out);
}

char *
tutti_protocol_schema_to_text (void)
{
  GString *out = g_string_new ("{\n");

  g_string_append_printf (out, "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n\"$id\": \"urn:tutti:protocol:%d\",\n"
                               "\"title\": \"Tutti protocol %d\",\n"
                               "\"description\": \"one message: a text of WebSocket subprotocol tutti.%d or tutti.%d.1, "
                               "of at most %d bytes\",\n"
                               "\"$defs\": {\n",
                          TUTTI_PROTOCOL_VERSION, TUTTI_PROTOCOL_VERSION, TUTTI_PROTOCOL_VERSION, TUTTI_PROTOCOL_VERSION,
                          TUTTI_MESSAGE_BYTES_MAX);
  put_messages (out);
  tutti_schema_put_definitions (out);
  g_string_append (out, "},\n\"oneOf\": [{\"$ref\":\"#/$defs/toHost\"},{\"$ref\":\"#/$defs/toGuest\"}]\n}\n");
  return g_string_free (out, FALSE);
}
