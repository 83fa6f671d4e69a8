/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-op.h"

/* The canonical form of a document: JSON in one fixed order, defaults left out, so that equal documents are equal texts. */

/* (transfer full) */
char     *tutti_jam_to_text (const TuttiJam *jam);

/* Reads what tutti_jam_to_text() wrote; everything is checked against the same limits as operations are. (transfer full) */
TuttiJam *tutti_jam_from_text (const char *text, gssize length, GError **error);

/* FNV-1a over the canonical form, in which FNV-1a of a clip stands for the clip: two copies with one hash are the same in every
 * shared field. Thread: any that owns the copy. */
guint64   tutti_jam_hash (const TuttiJam *jam);

/* What @track has of its own in its patch, an object by name. */
void      tutti_patch_write (GString *out, const TuttiTrack *track);

/* One step and some, for clipboards and notation; the same form as inside the document. */
void      tutti_steps_write (GString *out, const TuttiStep *steps, guint n);
gboolean  tutti_steps_from_json (JsonNode *node, TuttiStep *steps, guint max, guint *n, GError **error);
