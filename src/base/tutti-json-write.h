/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Writing compact JSON in one fixed form, straight into a string: messages and documents are written far more often than
 * read, and equal values must give equal bytes. The separating comma is put wherever one is due.
 */

/* Opens or closes an array or object: @bracket is one of [ ] { }. */
void tutti_json_open (GString *out, char bracket);
void tutti_json_close (GString *out, char bracket);

/* The key of the next value of an object. */
void tutti_json_key (GString *out, const char *key);

void tutti_json_put_int (GString *out, gint64 number);

/* @text: valid UTF-8; quoted and escaped. */
void tutti_json_put_text (GString *out, const char *text);

/* A value that is JSON already. */
void tutti_json_put_raw (GString *out, const char *json);

/* Key and value at once. */
void tutti_json_put_member_int (GString *out, const char *key, gint64 number);
void tutti_json_put_member_text (GString *out, const char *key, const char *text);

G_END_DECLS
