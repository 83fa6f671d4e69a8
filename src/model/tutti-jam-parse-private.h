/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam-private.h"
#include "tutti-json-read.h"

/* Reading the canonical form of a document, shared by its files alone. Whatever returns FALSE, NULL or −1 has set the error. */

/* A count-in begins before, and a launch comes after, whatever time has come. */
#define TUTTI_PARSE_TICK_MAX (TUTTI_TICK_FAR + TUTTI_TICK_MAX)
#define TUTTI_PARSE_TICK_MIN (-TUTTI_PARSE_TICK_MAX)

/* Members and items (tutti-jam-parse-fields.c). A member that is not there is @initial, "" or nobody. */

/* Says @what is wrong; FALSE, for the caller to return. */
gboolean    tutti_parse_fail (GError **error, const char *what);

/* @out: (out) room for @max bytes and a NUL. */
gboolean    tutti_parse_name (JsonObject *object, const char *key, gsize max, char *out, GError **error);
gboolean    tutti_parse_u8 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, guint8 *out,
                            GError **error);
gboolean    tutti_parse_s16 (JsonObject *object, const char *key, gint64 min, gint64 max, gint64 initial, gint16 *out,
                             GError **error);

/* The number of a person, 0 nobody. */
gboolean    tutti_parse_person (JsonObject *object, const char *key, guint16 *out, GError **error);

/* An item, or NULL (which every reader answers as missing). (transfer none) */
JsonNode   *tutti_parse_element (JsonArray *array, guint index);

/* The place of the text at @index in @names, which end with NULL; −1: it is none of them. */
int         tutti_parse_choice (JsonArray *array, guint index, const char * const *names, GError **error);

/* @out: (out) room for TUTTI_NAME_BYTES_MAX bytes and a NUL. */
gboolean    tutti_parse_item_name (JsonArray *array, guint index, char *out, GError **error);

/* Tracks and what they have (tutti-jam-parse-track.c). (transfer full) */
TuttiTrack *tutti_parse_track (JsonNode *node, GError **error);
TuttiClip  *tutti_parse_clip (JsonNode *node, GError **error);

/* @place: in its chain. */
gboolean    tutti_parse_effect (JsonNode *node, guint place, TuttiEffect *out, GError **error);

/* The chain @key of a track or of the jam; empty when it is not there. @effects: (out) room for TUTTI_EFFECTS_MAX. */
gboolean    tutti_parse_effects (JsonObject *object, const char *key, TuttiEffect *effects, guint8 *n, GError **error);

gboolean    tutti_parse_scene (JsonNode *node, TuttiScene *out, GError **error);

/* What was deleted and may come back (tutti-jam-parse-grave.c). */
gboolean    tutti_parse_graves (JsonObject *object, TuttiJam *jam, GError **error);
