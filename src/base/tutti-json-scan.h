/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The one door for JSON from outside: socket, REST and files alike. json-glib 1.6 alone crashes on deep
 * nesting, wraps 2^63 silently, cuts strings at \u0000 and takes comments, "var x =", hexadecimal numbers
 * and duplicate keys; so its parser is not used: what this strict reader passes, it makes into json-glib's values
 * itself, in the same pass.
 */

typedef enum
{
  TUTTI_JSON_DEFAULT = 0,
  TUTTI_JSON_DOCUMENT = 1 << 0,    /* up to TUTTI_DOCUMENT_BYTES_MAX instead of TUTTI_MESSAGE_BYTES_MAX */
  TUTTI_JSON_FLOATS = 1 << 1,      /* finite numbers with fraction or exponent too (never in the protocol) */
} TuttiJsonFlags;

typedef enum
{
  TUTTI_JSON_ERROR_SIZE,           /* more bytes than the limit */
  TUTTI_JSON_ERROR_ENCODING,       /* not UTF-8, or \u0000, or half of a surrogate pair */
  TUTTI_JSON_ERROR_SYNTAX,         /* not exactly one plain JSON value */
  TUTTI_JSON_ERROR_DEPTH,
  TUTTI_JSON_ERROR_NUMBER,         /* outside ±2^53, or a float where none is allowed */
  TUTTI_JSON_ERROR_DUPLICATE,      /* one key twice in an object */
  TUTTI_JSON_ERROR_MISSING,        /* readers: no such member or item */
  TUTTI_JSON_ERROR_KIND,           /* readers: of another kind */
  TUTTI_JSON_ERROR_RANGE,          /* readers: number, length or count outside its limits, or a bad form */
} TuttiJsonError;

#define TUTTI_JSON_ERROR (tutti_json_error_quark ())
GQuark tutti_json_error_quark (void);

/* Checks @len bytes of @text (which needs no final NUL) without keeping anything of them.
 * @flags: of TuttiJsonFlags. On failure @error says what is wrong in words and at which byte.
 * Thread: any. */
gboolean tutti_json_scan (const char *text, gsize len, guint flags, GError **error);

/* Checks in the same way and reads. Returns: (transfer full) the value, or NULL with @error set. Thread: any. */
JsonNode *tutti_json_parse (const char *text, gsize len, guint flags, GError **error);

G_END_DECLS
