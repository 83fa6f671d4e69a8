/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-json-scan.h"

G_BEGIN_DECLS

/*
 * Checked readers over json-glib: present, of the right kind, in range. The result is written only when all
 * of that holds; otherwise FALSE, @error (TUTTI_JSON_ERROR) says in words what was expected of what, and the
 * result keeps its old value. Thread: any that owns the value.
 *
 * Three families with the same rules:
 *   tutti_json_check_X (node, "what it is", …)   a value in the hand; NULL is answered as missing
 *   tutti_json_read_X (object, "member", …)      a member of an object
 *   tutti_json_item_X (array, index, …)          an item of an array
 * and tutti_json_read_X_or (…, fallback, …) for members that may be left out.
 */

/* Whole numbers, both ends included. */
gboolean tutti_json_check_int (JsonNode *node, const char *what, gint64 min, gint64 max, gint64 *out,
                               GError **error);
gboolean tutti_json_read_int (JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *out,
                              GError **error);
gboolean tutti_json_read_int_or (JsonObject *object, const char *name, gint64 min, gint64 max,
                                 gint64 fallback, gint64 *out, GError **error);
gboolean tutti_json_item_int (JsonArray *array, guint index, gint64 min, gint64 max, gint64 *out,
                              GError **error);

/* true or false. */
gboolean tutti_json_check_bool (JsonNode *node, const char *what, gboolean *out, GError **error);
gboolean tutti_json_read_bool (JsonObject *object, const char *name, gboolean *out, GError **error);
gboolean tutti_json_read_bool_or (JsonObject *object, const char *name, gboolean fallback, gboolean *out,
                                  GError **error);
gboolean tutti_json_item_bool (JsonArray *array, guint index, gboolean *out, GError **error);

/* Text of at most @max_bytes, valid UTF-8 without control characters (C0, DEL, C1) and without the
 * characters that reorder or hide what follows them (bidirectional overrides and isolates, U+2028, U+2029).
 * May be empty. @out: (transfer none) lives as long as the value. */
gboolean tutti_json_check_string (JsonNode *node, const char *what, gsize max_bytes, const char **out,
                                  GError **error);
gboolean tutti_json_read_string (JsonObject *object, const char *name, gsize max_bytes, const char **out,
                                 GError **error);
gboolean tutti_json_read_string_or (JsonObject *object, const char *name, gsize max_bytes,
                                    const char *fallback, const char **out, GError **error);
gboolean tutti_json_item_string (JsonArray *array, guint index, gsize max_bytes, const char **out,
                                 GError **error);

/* Text of any characters, line breaks and tabs included (document text inside a snapshot chunk). */
gboolean tutti_json_check_text (JsonNode *node, const char *what, gsize max_bytes, const char **out,
                                GError **error);
gboolean tutti_json_read_text (JsonObject *object, const char *name, gsize max_bytes, const char **out,
                               GError **error);
gboolean tutti_json_item_text (JsonArray *array, guint index, gsize max_bytes, const char **out,
                               GError **error);

/* Exactly @digits lower-case hexadecimal digits: hashes and fingerprints. */
gboolean tutti_json_check_hex (JsonNode *node, const char *what, guint digits, const char **out,
                               GError **error);
gboolean tutti_json_read_hex (JsonObject *object, const char *name, guint digits, const char **out,
                              GError **error);
gboolean tutti_json_item_hex (JsonArray *array, guint index, guint digits, const char **out, GError **error);

/* An id, "creator.counter" in base 36: lower case, 32 bits each, no leading zeros, so that each id has one
 * spelling and equal text means equal id. */
gboolean tutti_json_check_id (JsonNode *node, const char *what, guint32 *creator, guint32 *counter,
                              GError **error);
gboolean tutti_json_read_id (JsonObject *object, const char *name, guint32 *creator, guint32 *counter,
                             GError **error);
gboolean tutti_json_item_id (JsonArray *array, guint index, guint32 *creator, guint32 *counter,
                             GError **error);

/* An array of at most @max_items; an object. @out: (transfer none) */
gboolean tutti_json_check_array (JsonNode *node, const char *what, guint max_items, JsonArray **out,
                                 GError **error);
gboolean tutti_json_read_array (JsonObject *object, const char *name, guint max_items, JsonArray **out,
                                GError **error);
gboolean tutti_json_item_array (JsonArray *array, guint index, guint max_items, JsonArray **out,
                                GError **error);
gboolean tutti_json_check_object (JsonNode *node, const char *what, JsonObject **out, GError **error);
gboolean tutti_json_read_object (JsonObject *object, const char *name, JsonObject **out, GError **error);
gboolean tutti_json_item_object (JsonArray *array, guint index, JsonObject **out, GError **error);

/* Whether @text is plain words by the rule of tutti_json_check_string(). */
gboolean tutti_text_is_plain (const char *text);

G_END_DECLS
