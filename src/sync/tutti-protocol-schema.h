/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The published description of the protocol, JSON Schema 2020-12, made from the tables of messages, operations and reasons for
 * closing: data/protocol/tutti-1.schema.json is this text, and a test holds both together.
 *
 * $defs/toHost is one message of a guest, $defs/toGuest one of a host, $defs/messages each by its name, $defs/op one operation,
 * $defs/close the codes with which either ends a connection. What JSON Schema counts in characters we count in bytes, so its
 * lengths are upper bounds. (transfer full) */
char *tutti_protocol_schema_to_text (void);
