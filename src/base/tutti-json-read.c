/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-json-read.h"

#include <string.h>

static gboolean G_GNUC_PRINTF (3, 4)
refuse (GError **error, TuttiJsonError code, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, TUTTI_JSON_ERROR, code, words);
  return FALSE;
}

static gboolean
is_kind (JsonNode *node, const char *what, const char *kind, gboolean fits, GError **error)
{
  if (node == NULL)
    return refuse (error, TUTTI_JSON_ERROR_MISSING, "“%s” is missing", what);
  return fits || refuse (error, TUTTI_JSON_ERROR_KIND, "“%s” must be %s", what, kind);
}

static gboolean
holds (JsonNode *node, GType type)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
tutti_json_check_int (JsonNode *node, const char *what, gint64 min, gint64 max, gint64 *out, GError **error)
{
  gint64 value;

  if (!is_kind (node, what, "a whole number", holds (node, G_TYPE_INT64), error))
    return FALSE;
  value = json_node_get_int (node);
  if (value < min || value > max)
    return refuse (error, TUTTI_JSON_ERROR_RANGE,
                   "“%s” must be a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, what, min, max);
  *out = value;
  return TRUE;
}

gboolean
tutti_json_check_bool (JsonNode *node, const char *what, gboolean *out, GError **error)
{
  if (!is_kind (node, what, "true or false", holds (node, G_TYPE_BOOLEAN), error))
    return FALSE;
  *out = json_node_get_boolean (node);
  return TRUE;
}

/* Names reach other people's windows and logs: nothing in them may move a cursor, break a line or turn the
 * direction of what stands behind. */
static gboolean
is_plain (gunichar c)
{
  return c >= 0x20 && (c < 0x7f || c > 0x9f) && !(c >= 0x202a && c <= 0x202e) &&
         !(c >= 0x2066 && c <= 0x2069) && c != 0x2028 && c != 0x2029;
}

gboolean
tutti_text_is_plain (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!is_plain (g_utf8_get_char (at)))
      return FALSE;
  return TRUE;
}

gboolean
tutti_json_check_text (JsonNode *node, const char *what, gsize max_bytes, const char **out, GError **error)
{
  const char *text;

  if (!is_kind (node, what, "a text", holds (node, G_TYPE_STRING), error))
    return FALSE;
  text = json_node_get_string (node);
  if (strlen (text) > max_bytes)
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must have at most %" G_GSIZE_FORMAT " bytes",
                   what, max_bytes);
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must be UTF-8", what);
  *out = text;
  return TRUE;
}

gboolean
tutti_json_check_string (JsonNode *node, const char *what, gsize max_bytes, const char **out, GError **error)
{
  const char *text;

  if (!tutti_json_check_text (node, what, max_bytes, &text, error))
    return FALSE;
  if (!tutti_text_is_plain (text))
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must not contain control characters", what);
  *out = text;
  return TRUE;
}

gboolean
tutti_json_check_hex (JsonNode *node, const char *what, guint digits, const char **out, GError **error)
{
  const char *text;

  if (!tutti_json_check_text (node, what, digits, &text, error))
    return FALSE;
  if (strlen (text) != digits || strspn (text, "0123456789abcdef") != digits)
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must be %u lower-case hexadecimal digits", what, digits);
  *out = text;
  return TRUE;
}

/* Reads one number of an id and moves @text behind it. */
static gboolean
read_base36 (const char **text, guint32 *out)
{
  guint64 value = 0;
  gsize digits = strspn (*text, "0123456789abcdefghijklmnopqrstuvwxyz");

  if (digits == 0 || digits > 7 || (digits > 1 && **text == '0'))
    return FALSE;
  for (gsize i = 0; i < digits; i++, (*text)++)
    value = value * 36 + (g_ascii_isdigit (**text) ? **text - '0' : **text - 'a' + 10);
  *out = value;
  return value <= G_MAXUINT32;
}

gboolean
tutti_json_check_id (JsonNode *node, const char *what, guint32 *creator, guint32 *counter, GError **error)
{
  const char *text;
  guint32 first, second;

  if (!tutti_json_check_text (node, what, 15, &text, error))
    return FALSE;
  if (!read_base36 (&text, &first) || *text++ != '.' || !read_base36 (&text, &second) || *text != '\0')
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must be an id like “k3f.1a”", what);
  *creator = first;
  *counter = second;
  return TRUE;
}

gboolean
tutti_json_check_array (JsonNode *node, const char *what, guint max_items, JsonArray **out, GError **error)
{
  if (!is_kind (node, what, "a list", node != NULL && JSON_NODE_HOLDS_ARRAY (node), error))
    return FALSE;
  if (json_array_get_length (json_node_get_array (node)) > max_items)
    return refuse (error, TUTTI_JSON_ERROR_RANGE, "“%s” must have at most %u items", what, max_items);
  *out = json_node_get_array (node);
  return TRUE;
}

gboolean
tutti_json_check_object (JsonNode *node, const char *what, JsonObject **out, GError **error)
{
  if (!is_kind (node, what, "an object", node != NULL && JSON_NODE_HOLDS_OBJECT (node), error))
    return FALSE;
  *out = json_node_get_object (node);
  return TRUE;
}

static JsonNode *
item_at (JsonArray *array, guint index)
{
  return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}

/* Items have no name, so a refusal tells their place. Messages are short lists, and making a text for each item of each
 * was a tenth of reading them. */
typedef struct
{
  char text[24];
} ItemName;

static const char *
item_name (guint index, ItemName *name)
{
  static const char *const first[] = { "item 0", "item 1", "item 2", "item 3", "item 4", "item 5", "item 6", "item 7" };

  if (index < G_N_ELEMENTS (first))
    return first[index];
  g_snprintf (name->text, sizeof name->text, "item %u", index);
  return name->text;
}

gboolean
tutti_json_read_int (JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *out, GError **error)
{
  return tutti_json_check_int (json_object_get_member (object, name), name, min, max, out, error);
}

gboolean
tutti_json_read_int_or (JsonObject *object, const char *name, gint64 min, gint64 max, gint64 fallback,
                        gint64 *out, GError **error)
{
  if (json_object_has_member (object, name))
    return tutti_json_read_int (object, name, min, max, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
tutti_json_item_int (JsonArray *array, guint index, gint64 min, gint64 max, gint64 *out, GError **error)
{
  ItemName name;

  return tutti_json_check_int (item_at (array, index), item_name (index, &name), min, max, out, error);
}

gboolean
tutti_json_read_bool (JsonObject *object, const char *name, gboolean *out, GError **error)
{
  return tutti_json_check_bool (json_object_get_member (object, name), name, out, error);
}

gboolean
tutti_json_read_bool_or (JsonObject *object, const char *name, gboolean fallback, gboolean *out, GError **error)
{
  if (json_object_has_member (object, name))
    return tutti_json_read_bool (object, name, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
tutti_json_item_bool (JsonArray *array, guint index, gboolean *out, GError **error)
{
  ItemName name;

  return tutti_json_check_bool (item_at (array, index), item_name (index, &name), out, error);
}

gboolean
tutti_json_read_string (JsonObject *object, const char *name, gsize max_bytes, const char **out, GError **error)
{
  return tutti_json_check_string (json_object_get_member (object, name), name, max_bytes, out, error);
}

gboolean
tutti_json_read_string_or (JsonObject *object, const char *name, gsize max_bytes, const char *fallback,
                           const char **out, GError **error)
{
  if (json_object_has_member (object, name))
    return tutti_json_read_string (object, name, max_bytes, out, error);
  *out = fallback;
  return TRUE;
}

gboolean
tutti_json_item_string (JsonArray *array, guint index, gsize max_bytes, const char **out, GError **error)
{
  ItemName name;

  return tutti_json_check_string (item_at (array, index), item_name (index, &name), max_bytes, out, error);
}

gboolean
tutti_json_read_text (JsonObject *object, const char *name, gsize max_bytes, const char **out, GError **error)
{
  return tutti_json_check_text (json_object_get_member (object, name), name, max_bytes, out, error);
}

gboolean
tutti_json_item_text (JsonArray *array, guint index, gsize max_bytes, const char **out, GError **error)
{
  ItemName name;

  return tutti_json_check_text (item_at (array, index), item_name (index, &name), max_bytes, out, error);
}

gboolean
tutti_json_read_hex (JsonObject *object, const char *name, guint digits, const char **out, GError **error)
{
  return tutti_json_check_hex (json_object_get_member (object, name), name, digits, out, error);
}

gboolean
tutti_json_item_hex (JsonArray *array, guint index, guint digits, const char **out, GError **error)
{
  ItemName name;

  return tutti_json_check_hex (item_at (array, index), item_name (index, &name), digits, out, error);
}

gboolean
tutti_json_read_id (JsonObject *object, const char *name, guint32 *creator, guint32 *counter, GError **error)
{
  return tutti_json_check_id (json_object_get_member (object, name), name, creator, counter, error);
}

gboolean
tutti_json_item_id (JsonArray *array, guint index, guint32 *creator, guint32 *counter, GError **error)
{
  ItemName name;

  return tutti_json_check_id (item_at (array, index), item_name (index, &name), creator, counter, error);
}

gboolean
tutti_json_read_array (JsonObject *object, const char *name, guint max_items, JsonArray **out, GError **error)
{
  return tutti_json_check_array (json_object_get_member (object, name), name, max_items, out, error);
}

gboolean
tutti_json_item_array (JsonArray *array, guint index, guint max_items, JsonArray **out, GError **error)
{
  ItemName name;

  return tutti_json_check_array (item_at (array, index), item_name (index, &name), max_items, out, error);
}

gboolean
tutti_json_read_object (JsonObject *object, const char *name, JsonObject **out, GError **error)
{
  return tutti_json_check_object (json_object_get_member (object, name), name, out, error);
}

gboolean
tutti_json_item_object (JsonArray *array, guint index, JsonObject **out, GError **error)
{
  ItemName name;

  return tutti_json_check_object (item_at (array, index), item_name (index, &name), out, error);
}
