/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The API as an OpenAPI 3.1 document, from its table, the table of resources and that of operations. */
#include "tutti-rest-private.h"

#include "tutti-json-write.h"
#include "tutti-message.h"
#include "tutti-schema.h"

#include <string.h>

/* Where the definitions of operations lie in this document. */
#define DEFINITIONS "#/components/schemas/protocol/$defs/"

/* ---- small schemas that no table has ---- */

#define TEXT "{\"type\":\"string\"}"
#define NUMBER "{\"type\":\"integer\"}"
#define OBJECT(members, required) "{\"type\":\"object\",\"properties\":{" members "},\"required\":[" required "]}"
#define LIST(of) "{\"type\":\"array\",\"items\":{\"$ref\":\"#/components/schemas/" of "\"}}"

static const struct { const char *name, *schema; } small[] = {
  { "anything", "{\"type\":\"object\"}" },
  { "problem", OBJECT ("\"type\":" TEXT ",\"title\":" TEXT ",\"status\":" NUMBER ",\"detail\":" TEXT ",\"present\":{}",
                       "\"type\",\"title\",\"status\",\"detail\"") },
  { "status", OBJECT ("\"jam\":" TEXT ",\"name\":" TEXT ",\"people\":" NUMBER ",\"max\":" NUMBER ",\"epoch\":" NUMBER ",\"seq\":" NUMBER
                      ",\"hash\":" TEXT ",\"tempo\":" NUMBER ",\"locked\":{\"type\":\"boolean\"},\"playing\":{\"type\":\"boolean\"}",
                      "\"jam\",\"name\",\"seq\",\"hash\"") },
  { "tokenRequest", OBJECT ("\"jam\":" TEXT ",\"token\":{\"type\":\"string\",\"pattern\":\"^[0-9a-f]{32}$\","
                            "\"description\":\"of a seat: from a welcome, or from sitDown\"}", "\"jam\",\"token\"") },
  { "token", OBJECT ("\"access\":{\"type\":\"string\",\"maxLength\":512,\"description\":\"for Authorization: Bearer\"},"
                     "\"seconds\":{\"type\":\"integer\",\"description\":\"how long it is good\"},\"jam\":" TEXT ",\"person\":" NUMBER ","
                     "\"creator\":{\"type\":\"string\",\"description\":\"ids that its holder coins are creator.1, creator.2 …\"}",
                     "\"access\",\"seconds\",\"jam\",\"person\",\"creator\"") },
  { "listedJam", OBJECT ("\"id\":" TEXT ",\"name\":" TEXT ",\"tracks\":" NUMBER ",\"people\":" NUMBER
                         ",\"updated\":{\"type\":\"integer\",\"description\":\"seconds since 1970\"}",
                         "\"id\",\"name\",\"tracks\",\"people\",\"updated\"") },
  { "jams", OBJECT ("\"jams\":" LIST ("listedJam"), "\"jams\"") },
  { "jamCreate", OBJECT ("\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64}", "\"name\"") },
  { "jamMade", OBJECT ("\"id\":" TEXT ",\"name\":" TEXT, "\"id\",\"name\"") },
  { "operation", "{\"$ref\":\"" DEFINITIONS "op\"}" },
  { "step", "{\"$ref\":\"" DEFINITIONS "step\"}" },
  { "stamp", OBJECT ("\"seq\":" NUMBER ",\"by\":" NUMBER ",\"at\":{\"type\":\"integer\",\"description\":\"session frame\"}",
                     "\"seq\",\"by\",\"at\"") },
  { "record", OBJECT ("\"seq\":" NUMBER ",\"by\":" NUMBER ",\"at\":" NUMBER ",\"op\":{\"$ref\":\"" DEFINITIONS "op\"}",
                      "\"seq\",\"by\",\"at\",\"op\"") },
  { "history", OBJECT ("\"operations\":" LIST ("record") ",\"next\":{\"type\":\"integer\",\"description\":\"?after= of what follows\"}",
                       "\"operations\",\"next\"") },
  { "seatRequest", OBJECT ("\"name\":{\"type\":\"string\",\"minLength\":1,\"maxLength\":64},\"colour\":" TEXT ","
                           "\"passcode\":{\"type\":\"string\",\"maxLength\":128},\"invite\":" TEXT, "\"name\"") },
  { "passcode", OBJECT ("\"passcode\":{\"type\":\"string\",\"maxLength\":128}", "\"passcode\"") },
  { "invitationCreate", OBJECT ("\"role\":{\"enum\":[\"viewer\",\"contributor\",\"admin\"]},\"uses\":" NUMBER ",\"minutes\":" NUMBER,
                                "\"role\",\"uses\",\"minutes\"") },
  { "invitation", OBJECT ("\"code\":" TEXT ",\"role\":" TEXT ",\"uses\":" NUMBER ",\"minutes\":" NUMBER, "\"code\"") },
  { "seat", OBJECT ("\"jam\":" TEXT ",\"person\":" NUMBER ",\"token\":" TEXT, "\"jam\",\"person\",\"token\"") },
};

static void
put_schema (GString *out, const char *name, GString *value)
{
  tutti_schema_put_definition (out, "  ", name, value);
}

static void
put_resource (GString *out, TuttiResourceKind kind)
{
  const char *name = tutti_resource_name (kind);
  g_autofree char *change = g_strconcat (name, "Change", NULL), *create = g_strconcat (name, "Create", NULL);
  g_autofree char *list = g_strconcat (name, "s", NULL);
  g_autoptr(GString) value = g_string_new (NULL);

  tutti_resource_put_schema (value, kind, TUTTI_RESOURCE_READ);
  put_schema (out, name, value);
  if (kind != TUTTI_RESOURCE_SAMPLE)
    {
      tutti_resource_put_schema (value, kind, TUTTI_RESOURCE_CHANGE);
      put_schema (out, change, value);
    }
  if (kind == TUTTI_RESOURCE_TRACK || kind == TUTTI_RESOURCE_SCENE || kind == TUTTI_RESOURCE_CLIP)
    {
      tutti_resource_put_schema (value, kind, TUTTI_RESOURCE_CREATE);
      put_schema (out, create, value);
    }
  if (kind == TUTTI_RESOURCE_JAM)
    return;
  g_string_append_printf (value, OBJECT ("\"%s\":" LIST ("%s"), "\"%s\""), list, name, list);
  put_schema (out, list, value);
}

/* A jam is made by name only; what else it may be said of it comes later. */
static void
put_schemas (GString *out)
{
  g_autoptr(GString) value = g_string_new (NULL);

  g_string_append (out, "\"schemas\": {\n");
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    {
      g_string_append (value, small[i].schema);
      put_schema (out, small[i].name, value);
    }
  for (int kind = 0; kind < TUTTI_N_RESOURCES; kind++)
    put_resource (out, (TuttiResourceKind) kind);
  g_string_insert (out, (gssize) out->len - 1, ",");
  g_string_append (out, "  \"protocol\": {\"$defs\": {\n");
  tutti_schema_put_definitions (out);
  g_string_append (out, "  }}\n}");
}

/* ---- paths ---- */

static void
put_content (GString *out, const char *schema)
{
  gboolean sound = g_str_equal (schema, "sound"), picture = g_str_equal (schema, "picture");
  g_autofree char *path = g_strconcat ("#/components/schemas/", schema, NULL);

  tutti_json_key (out, "content");
  tutti_json_open (out, '{');
  tutti_json_key (out, sound ? "application/octet-stream" : picture ? "image/png" : "application/json");
  tutti_json_open (out, '{');
  if (!sound && !picture)
    {
      tutti_json_key (out, "schema");
      tutti_json_open (out, '{');
      tutti_json_put_member_text (out, "$ref", path);
      tutti_json_close (out, '}');
    }
  tutti_json_close (out, '}');
  tutti_json_close (out, '}');
}

static void
put_parameter (GString *out, const char *name, gsize length, const char *in, gboolean required, const char *type, const char *meaning)
{
  g_autofree char *text = g_strndup (name, length);

  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "name", text);
  tutti_json_put_member_text (out, "in", in);
  tutti_json_key (out, "required");
  tutti_json_put_raw (out, required ? "true" : "false");
  tutti_json_key (out, "schema");
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "type", type);
  tutti_json_close (out, '}');
  if (meaning != NULL)
    tutti_json_put_member_text (out, "description", meaning);
  tutti_json_close (out, '}');
}

static void
put_parameters (GString *out, const TuttiRestRoute *route)
{
  tutti_json_key (out, "parameters");
  tutti_json_open (out, '[');
  for (const char *at = strchr (route->pattern, '{'); at != NULL; at = strchr (at + 1, '{'))
    put_parameter (out, at + 1, strcspn (at + 1, "}"), "path", TRUE, "string", NULL);
  if ((route->flags & TUTTI_REST_SLICE) != 0)
    {
      put_parameter (out, "after", 5, "query", FALSE, "integer", "operations after that one");
      put_parameter (out, "before", 6, "query", FALSE, "integer", "operations before that one; without after, the last of those");
      put_parameter (out, "limit", 5, "query", FALSE, "integer", "at most so many, 1 to " G_STRINGIFY (TUTTI_HISTORY_MAX));
    }
  if ((route->flags & TUTTI_REST_MATCH) != 0)
    put_parameter (out, "If-Match", 8, "header", (route->flags & TUTTI_REST_MUST_MATCH) != 0, "string",
                   (route->flags & TUTTI_REST_MUST_MATCH) != 0 ? "the ETag of the state that is meant"
                                                               : "the ETag of the state that is meant; without it the last one wins");
  tutti_json_close (out, ']');
}

static void
put_responses (GString *out, const TuttiRestRoute *route)
{
  g_autofree char *status = g_strdup_printf ("%u", route->status);

  tutti_json_key (out, "responses");
  tutti_json_open (out, '{');
  tutti_json_key (out, status);
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "description", "done");
  if (route->response != NULL)
    put_content (out, route->response);
  tutti_json_close (out, '}');
  tutti_json_key (out, "default");
  tutti_json_put_raw (out, "{\"$ref\":\"#/components/responses/problem\"}");
  tutti_json_close (out, '}');
}

static void
put_operation (GString *out, const TuttiRestRoute *route)
{
  tutti_json_open (out, '{');
  tutti_json_put_member_text (out, "operationId", route->id);
  tutti_json_put_member_text (out, "summary", route->summary);
  tutti_json_key (out, "security");
  tutti_json_put_raw (out, (route->flags & TUTTI_REST_TOKEN) != 0 ? "[{\"access\":[]}]" : "[]");
  put_parameters (out, route);
  if (route->request != NULL)
    {
      tutti_json_key (out, "requestBody");
      tutti_json_open (out, '{');
      tutti_json_key (out, "required");
      tutti_json_put_raw (out, "true");
      put_content (out, route->request);
      tutti_json_close (out, '}');
    }
  put_responses (out, route);
  tutti_json_close (out, '}');
}

static gboolean
is_first_of_path (const TuttiRestRoute *route)
{
  for (const TuttiRestRoute *each = tutti_rest_routes; each != route; each++)
    if (g_str_equal (each->pattern, route->pattern))
      return FALSE;
  return TRUE;
}

static void
put_path (GString *out, const TuttiRestRoute *first)
{
  g_autoptr(GString) value = g_string_new (NULL);

  tutti_json_open (value, '{');
  for (const TuttiRestRoute *each = first; each->method != NULL; each++)
    if (g_str_equal (each->pattern, first->pattern))
      {
        g_autofree char *method = g_ascii_strdown (each->method, -1);

        tutti_json_key (value, method);
        put_operation (value, each);
      }
  tutti_json_close (value, '}');
  put_schema (out, first->pattern, value);
}

char *
tutti_rest_openapi_to_text (void)
{
  GString *out = g_string_new (
    "{\n\"openapi\": \"3.1.0\",\n"
    "\"info\": {\"title\":\"Tutti\",\"version\":\"1\",\"license\":{\"name\":\"GPL-3.0-or-later\",\"identifier\":\"GPL-3.0-or-later\"},"
    "\"description\":\"Jams of one host, beside its WebSocket: the same operations, permissions and limits. The certificate is the "
    "host's own; pin its fingerprint.\"},\n"
    "\"servers\": [{\"url\":\"/\"}],\n\"paths\": {\n");

  for (const TuttiRestRoute *each = tutti_rest_routes; each->method != NULL; each++)
    if (is_first_of_path (each))
      put_path (out, each);
  g_string_append (out,
    "},\n\"components\": {\n\"securitySchemes\": {\"access\":{\"type\":\"http\",\"scheme\":\"bearer\",\"bearerFormat\":\"JWT\"}},\n"
    "\"responses\": {\"problem\":{\"description\":\"it did not happen\",\"content\":{\"application/problem+json\":{\"schema\":"
    "{\"$ref\":\"#/components/schemas/problem\"}}}}},\n");
  put_schemas (out);
  g_string_append (out, "\n}\n}\n");
  g_string_replace (out, "#/$defs/", DEFINITIONS, 0);
  return g_string_free (out, FALSE);
}
