/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A name for one entity (track, clip, scene, effect) that no other entity of the jam ever gets: the creator is drawn
 * anew for every join, so that two machines that cannot see each other still never coin the same id. */
typedef struct
{
  guint32 creator;
  guint32 counter;             /* 1, 2, 3 … by that creator */
} TuttiId;

#define TUTTI_ID_TEXT_SIZE 16  /* "1z141z3.1z141z3" and its end */

static inline TuttiId
tutti_id (guint32 creator, guint32 counter)
{
  return (TuttiId) { creator, counter };
}

static inline gboolean
tutti_id_equal (TuttiId a, TuttiId b)
{
  return a.creator == b.creator && a.counter == b.counter;
}

/* "No entity": a stopped clip slot, for example. */
static inline gboolean
tutti_id_is_none (TuttiId id)
{
  return id.counter == 0;
}

/* One number for hash tables and for the sound's voice keys. */
static inline guint64
tutti_id_key (TuttiId id)
{
  return (guint64) id.creator << 32 | id.counter;
}

/* Writes `creator.counter` in base 36, or "0" for none, and returns @text. */
const char *tutti_id_print (TuttiId id, char text[TUTTI_ID_TEXT_SIZE]);

/* Reads what tutti_id_print() writes, and only that: lower case, no leading zeros. */
gboolean    tutti_id_parse (const char *text, TuttiId *out);
