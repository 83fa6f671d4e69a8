/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-parse-private.h"

#include <string.h>

gboolean
tutti_parse_fail (GError **error, const char *what)
{
  g_set_error_literal (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID, what);
  return FALSE;
}

gboolean
tutti_parse_name (JsonObject *object, const char *key, gsize max, char *out, GError **error)
{
  const char *text;

  if (!tutti_json_read_string_or (object, key, max, "", &text, error))
    return FALSE;
  strcpy (out, text);
  return TRUE;
}

gboolean
tutti_parse_u8 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, guint8 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, min, max, initial, &value, error))
    return FALSE;
  *out = (guint8) value;
  return TRUE;
}

gboolean
tutti_parse_person (JsonObject *object, const char *key, guint16 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, 0, TUTTI_PERSON_NUMBER_MAX, 0, &value, error))
    return FALSE;
  *out = (guint16) value;
  return TRUE;
}

gboolean
tutti_parse_s16 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, gint16 *out, GError **error)
{
  gint64 value;

  if (!tutti_json_read_int_or (object, key, min, max, initial, &value, error))
    return FALSE;
  *out = (gint16) value;
  return TRUE;
}

int
tutti_parse_choice (JsonArray *array, guint index, const char * const *names, GError **error)
{
  const char *text;

  if (!tutti_json_item_string (array, index, TUTTI_NAME_BYTES_MAX, &text, error))
    return -1;
  for (int i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], text))
      return i;
  tutti_parse_fail (error, "a name that means nothing here");
  return -1;
}

gboolean
tutti_parse_item_name (JsonArray *array, guint index, char *out, GError **error)
{
  const char *text;

  if (!tutti_json_item_string (array, index, TUTTI_NAME_BYTES_MAX, &text, error))
    return FALSE;
  strcpy (out, text);
  return TRUE;
}

JsonNode *
tutti_parse_element (JsonArray *array, guint index)
{
  return index < json_array_get_length (array) ? json_array_get_element (array, index) : NULL;
}
