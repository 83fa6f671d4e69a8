/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

/* A small strict validator for the words of JSON Schema that our published file uses: a word it does not know ends the program,
 * so that nothing in the file goes unread. Thread: any. */

/* Whether JSON @text is valid by definition @name ("toHost", "op", "messages/hello") of the published protocol; else what was
 * wrong in @error, in words for whoever reads the test's output. */
gboolean tutti_schema_check (const char *name, const char *text, GError **error);

/* The same for a value in the hand, without saying why. */
gboolean tutti_schema_accepts (const char *name, JsonNode *value);
