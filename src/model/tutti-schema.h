/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The published description of the protocol, JSON Schema 2020-12, made from the table of operations so that it cannot lie:
 * data/protocol/tutti-1.schema.json is this text, and a test holds both together.
 *
 * $defs/op is one operation, $defs/stamped one with the host's stamp, $defs/ops one schema an operation by its name. What JSON
 * Schema has no word for stands in members that begin with "x-": permission, audible, undoable. (transfer full) */
char *tutti_schema_to_text (void);
