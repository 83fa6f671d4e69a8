/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-host.h"
#include "tutti-store.h"

G_BEGIN_DECLS

/* A jam between the store's texts and the host's values. */

typedef struct
{
  TuttiJam  *jam;                  /* owned */
  gint64     seq, last_at, before; /* the newest operation, its frame and its epoch */
  gint64     epoch;                /* of the last host */
  gint64     origin_ns;            /* of the last host, when it ran since this machine started; else 0 */
  GPtrArray *recent;               /* of TuttiStoreOp, oldest first: for those who come back */
  GPtrArray *people;               /* of TuttiStorePerson */
  GArray    *visits;               /* of TuttiVisitMark: how far visits had come before the oldest of @recent, or later */
} TuttiRoomRecord;

void     tutti_room_record_clear (TuttiRoomRecord *record);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TuttiRoomRecord, tutti_room_record_clear)

/* Reads everything about @jam, whole or with the reason. */
gboolean tutti_room_record_load (TuttiStore *store, const char *jam, TuttiRoomRecord *out, GError **error);

/* Who hosts since when: all that a jam's settings in the store hold. */
typedef struct
{
  gint64        epoch, before;     /* of this host; of the operation that it began after */
  gint64        origin_ns;
  const GArray *visits;            /* of TuttiVisitMark: how far each has come */
} TuttiRoomTerm;

/* (transfer full) */
char    *tutti_room_record_settings (const TuttiRoomTerm *term);

/* Says it in the store. */
gboolean tutti_room_record_begin (TuttiStore *store, const char *jam, const TuttiRoomTerm *term, GError **error);

/* Keeps @jam as @estate has it, in the place of what was kept of it; hosted here from now on, session frame @frame, in @epoch. */
gboolean tutti_room_record_adopt (TuttiStore *store, const char *jam, const TuttiEstate *estate, gint64 epoch, gint64 frame,
                                  GError **error);

/* The text of jam @jam as it was after operation @seq, read and replayed; NULL with the error set. Thread: any. (transfer full) */
char    *tutti_room_record_moment (TuttiStore *store, const char *jam, gint64 seq, GError **error);

/* What the list of jams shows of @jam: (transfer full). */
TuttiStoreJam *tutti_room_record_describe (const char *id, const TuttiJam *jam, gint64 frame);

/* A picture of 16 × 4 steps as JSON: [{"c":"cherry","s":"x...x…"}, …]. (transfer full) */
char    *tutti_room_record_miniature (const TuttiJam *jam);

G_END_DECLS
