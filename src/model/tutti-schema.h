/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Operations as JSON Schema 2020-12, made from their table so that it cannot lie; sync adds the messages and makes the published
 * file of both. What JSON Schema has no word for stands in members that begin with "x-": permission, audible, undoable. */

/* Puts the definitions of operations into @out, which is at a place for members of "$defs": op is one operation, single one that
 * is no group, ops/NAME each by its name, and what these are made of. */
void tutti_schema_put_definitions (GString *out);

/* The pieces of which definitions are made. Each definition is a line, so that a change of one row is a change of one line; @value
 * is emptied. A group is a member that holds definitions. */
void tutti_schema_put_definition (GString *out, const char *indent, const char *name, GString *value);
void tutti_schema_open_group (GString *out, const char *name);
void tutti_schema_close_group (GString *out);

/* Members of the schema that is open in @out: a whole number in a range; a definition by its path below "$defs". */
void tutti_schema_put_range (GString *out, gint64 min, gint64 max);
void tutti_schema_put_reference (GString *out, const char *to);
