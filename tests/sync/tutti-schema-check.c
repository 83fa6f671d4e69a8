/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-schema-check.h"

#include "tutti-json-scan.h"
#include "tutti-op.h"
#include "tutti-protocol-schema.h"

#include <string.h>

/* Every definition by its path, made once and only read from then on; patterns are compiled once each. */
static GHashTable *definitions;
static GHashTable *patterns;
static GMutex patterns_lock;

static gboolean valid (JsonNode *rule, JsonNode *value);

/* A definition is a schema, or a group of definitions: messages, ops. */
static void
take (JsonObject *from, const char *above)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *each;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &each))
    {
      g_autofree char *path = g_strconcat (above, name, NULL);
      g_autofree char *below = g_strconcat (path, "/", NULL);

      g_hash_table_insert (definitions, g_strdup (path), each);
      if (g_str_equal (path, "messages") || g_str_equal (path, "ops"))
        take (json_node_get_object (each), below);
    }
}

static gpointer
read_published (gpointer data)
{
  static JsonNode *schema;
  g_autofree char *text = tutti_protocol_schema_to_text ();

  schema = tutti_json_parse (text, strlen (text), TUTTI_JSON_DOCUMENT, NULL);
  g_assert_nonnull (schema);
  patterns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_regex_unref);
  definitions = g_hash_table_new (g_str_hash, g_str_equal);
  take (json_object_get_object_member (json_node_get_object (schema), "$defs"), "");
  return definitions;
}

static JsonNode *
definition (const char *name)
{
  static GOnce once = G_ONCE_INIT;
  JsonNode *found = g_hash_table_lookup (g_once (&once, read_published, NULL), name);

  g_assert_nonnull (found);
  return found;
}

static gboolean
is_number (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_INT64;
}

static const char *
text_of (JsonNode *value)
{
  return JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING ? json_node_get_string (value) : NULL;
}

static JsonArray *
list_of (JsonNode *value)
{
  return JSON_NODE_HOLDS_ARRAY (value) ? json_node_get_array (value) : NULL;
}

static JsonObject *
object_of (JsonNode *value)
{
  return JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;
}

/* ---- one function a word: whether @value passes; @whole is the schema that the word stands in ---- */

/* One type, or any of a list. */
static gboolean
check_type (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  const char *type = text_of (rule);

  for (guint i = 0; type == NULL && i < json_array_get_length (list_of (rule)); i++)
    if (check_type (whole, json_array_get_element (list_of (rule), i), value))
      return TRUE;
  if (type == NULL)
    return FALSE;
  if (g_str_equal (type, "null"))
    return JSON_NODE_HOLDS_NULL (value);
  if (g_str_equal (type, "integer"))
    return is_number (value);
  if (g_str_equal (type, "string"))
    return text_of (value) != NULL;
  if (g_str_equal (type, "array"))
    return list_of (value) != NULL;
  g_assert_cmpstr (type, ==, "object");
  return object_of (value) != NULL;
}

static gboolean
check_const (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return json_node_equal (rule, value);
}

static gboolean
check_enum (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  for (guint i = 0; i < json_array_get_length (list_of (rule)); i++)
    if (json_node_equal (json_array_get_element (list_of (rule), i), value))
      return TRUE;
  return FALSE;
}

static gboolean
check_minimum (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return !is_number (value) || json_node_get_int (value) >= json_node_get_int (rule);
}

static gboolean
check_maximum (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return !is_number (value) || json_node_get_int (value) <= json_node_get_int (rule);
}

static gboolean
check_min_length (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return text_of (value) == NULL || g_utf8_strlen (text_of (value), -1) >= json_node_get_int (rule);
}

static gboolean
check_max_length (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return text_of (value) == NULL || g_utf8_strlen (text_of (value), -1) <= json_node_get_int (rule);
}

static gboolean
matches (const char *pattern, const char *text)
{
  GRegex *regex;

  g_mutex_lock (&patterns_lock);
  regex = g_hash_table_lookup (patterns, pattern);
  if (regex == NULL)
    {
      regex = g_regex_new (pattern, G_REGEX_DOLLAR_ENDONLY, 0, NULL);
      g_assert_nonnull (regex);
      g_hash_table_insert (patterns, g_strdup (pattern), regex);
    }
  g_mutex_unlock (&patterns_lock);
  return g_regex_match (regex, text, 0, NULL);
}

static gboolean
check_pattern (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return text_of (value) == NULL || matches (json_node_get_string (rule), text_of (value));
}

static gboolean
check_properties (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *each;

  if (object_of (value) == NULL)
    return TRUE;
  json_object_iter_init (&iter, object_of (rule));
  while (json_object_iter_next (&iter, &name, &each))
    if (json_object_has_member (object_of (value), name) && !valid (each, json_object_get_member (object_of (value), name)))
      return FALSE;
  return TRUE;
}

static gboolean
check_pattern_properties (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  JsonObjectIter patterns_of, members;
  const char *pattern, *name;
  JsonNode *each, *member;

  if (object_of (value) == NULL)
    return TRUE;
  json_object_iter_init (&patterns_of, object_of (rule));
  while (json_object_iter_next (&patterns_of, &pattern, &each))
    {
      json_object_iter_init (&members, object_of (value));
      while (json_object_iter_next (&members, &name, &member))
        if (matches (pattern, name) && !valid (each, member))
          return FALSE;
    }
  return TRUE;
}

static gboolean
has_pattern (JsonObject *whole, const char *name)
{
  JsonObjectIter iter;
  const char *pattern;

  if (!json_object_has_member (whole, "patternProperties"))
    return FALSE;
  json_object_iter_init (&iter, json_object_get_object_member (whole, "patternProperties"));
  while (json_object_iter_next (&iter, &pattern, NULL))
    if (matches (pattern, name))
      return TRUE;
  return FALSE;
}

static gboolean
check_required (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  for (guint i = 0; object_of (value) != NULL && i < json_array_get_length (list_of (rule)); i++)
    if (!json_object_has_member (object_of (value), json_array_get_string_element (list_of (rule), i)))
      return FALSE;
  return TRUE;
}

static gboolean
check_additional (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  JsonObject *known = json_object_get_object_member (whole, "properties");
  JsonObjectIter iter;
  const char *name;

  g_assert_false (json_node_get_boolean (rule));
  if (object_of (value) == NULL)
    return TRUE;
  json_object_iter_init (&iter, object_of (value));
  while (json_object_iter_next (&iter, &name, NULL))
    if (!json_object_has_member (known, name) && !has_pattern (whole, name))
      return FALSE;
  return TRUE;
}

static gboolean
check_max_properties (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return object_of (value) == NULL || json_object_get_size (object_of (value)) <= json_node_get_int (rule);
}

static gboolean
check_min_properties (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return object_of (value) == NULL || json_object_get_size (object_of (value)) >= json_node_get_int (rule);
}

static gboolean
check_prefix_items (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  JsonArray *items = list_of (value);

  for (guint i = 0; items != NULL && i < MIN (json_array_get_length (items), json_array_get_length (list_of (rule))); i++)
    if (!valid (json_array_get_element (list_of (rule), i), json_array_get_element (items, i)))
      return FALSE;
  return TRUE;
}

static gboolean
check_items (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  g_assert_false (json_object_has_member (whole, "prefixItems"));
  for (guint i = 0; list_of (value) != NULL && i < json_array_get_length (list_of (value)); i++)
    if (!valid (rule, json_array_get_element (list_of (value), i)))
      return FALSE;
  return TRUE;
}

static gboolean
check_min_items (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return list_of (value) == NULL || json_array_get_length (list_of (value)) >= json_node_get_int (rule);
}

static gboolean
check_max_items (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return list_of (value) == NULL || json_array_get_length (list_of (value)) <= json_node_get_int (rule);
}

static gboolean
check_one_of (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (list_of (rule)); i++)
    n += valid (json_array_get_element (list_of (rule), i), value);
  return n == 1;
}

static gboolean
check_reference (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  const char *to = json_node_get_string (rule);

  g_assert_true (g_str_has_prefix (to, "#/$defs/"));
  return valid (definition (to + strlen ("#/$defs/")), value);
}

static gboolean
says_nothing (JsonObject *whole, JsonNode *rule, JsonNode *value)
{
  return TRUE;
}

static const struct { const char *name; gboolean (*check) (JsonObject *whole, JsonNode *rule, JsonNode *value); } words[] = {
  { "type", check_type }, { "const", check_const }, { "enum", check_enum }, { "minimum", check_minimum },
  { "maximum", check_maximum }, { "minLength", check_min_length }, { "maxLength", check_max_length },
  { "pattern", check_pattern }, { "properties", check_properties },
  { "patternProperties", check_pattern_properties }, { "required", check_required },
  { "additionalProperties", check_additional }, { "maxProperties", check_max_properties },
  { "minProperties", check_min_properties },
  { "prefixItems", check_prefix_items }, { "items", check_items }, { "minItems", check_min_items },
  { "maxItems", check_max_items }, { "oneOf", check_one_of }, { "$ref", check_reference }, { "title", says_nothing },
  { "description", says_nothing }, { "default", says_nothing },
};

static gboolean
passes (JsonObject *whole, const char *word, JsonNode *rule, JsonNode *value)
{
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].name, word))
      return words[i].check (whole, rule, value);
  if (!g_str_has_prefix (word, "x-"))
    g_error ("the validator does not know “%s”", word);
  return TRUE;
}

static gboolean
valid (JsonNode *rule, JsonNode *value)
{
  JsonObject *whole = json_node_get_object (rule);
  JsonObjectIter iter;
  const char *word;
  JsonNode *each;

  json_object_iter_init_ordered (&iter, whole);
  while (json_object_iter_next_ordered (&iter, &word, &each))
    if (!passes (whole, word, each, value))
      return FALSE;
  return TRUE;
}

gboolean
tutti_schema_accepts (const char *name, JsonNode *value)
{
  return valid (definition (name), value);
}

gboolean
tutti_schema_check (const char *name, const char *text, GError **error)
{
  g_autoptr(JsonNode) value = tutti_json_parse (text, strlen (text), TUTTI_JSON_DEFAULT, error);

  if (value == NULL)
    return FALSE;
  if (tutti_schema_accepts (name, value))
    return TRUE;
  g_set_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, "by the published schema this is no %s: %s", name, text);
  return FALSE;
}
