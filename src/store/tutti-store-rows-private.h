/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store-db-private.h"

G_BEGIN_DECLS

/* What the tables hold, over one locked connection. The jam's key is its row number in "jams". */

typedef struct
{
  gint64 key;
  gint64 last_seq;             /* of the log or the newest snapshot, whichever is later */
  gint64 snapshot_seq;         /* 0: none */
} TuttiStoreTail;

gboolean       tutti_store_rows_tail      (TuttiStoreDb *db, const char *jam, TuttiStoreTail *tail, GError **error);
/* @key: (out) (optional). */
TuttiStoreJam *tutti_store_rows_jam       (TuttiStoreDb *db, const char *jam, gint64 *key, GError **error);
GPtrArray     *tutti_store_rows_jams      (TuttiStoreDb *db, gboolean deleted, guint limit, GError **error);

gboolean       tutti_store_rows_append    (TuttiStoreDb *db, gint64 key, const TuttiStoreOp *ops, gsize n_ops,
                                           GError **error);
gboolean       tutti_store_rows_snapshot  (TuttiStoreDb *db, gint64 key, gint64 seq, const char *document,
                                           gint64 now_us, GError **error);
/* The seq of the first operation that is kept; 1 when none is. A jam that came from another host has no earlier ones. */
gboolean       tutti_store_rows_first     (TuttiStoreDb *db, gint64 key, gint64 *first, GError **error);

/* Up to @limit (0: all) operations after @after_seq; stops before the first hole or damaged row and then sets
 * @good to FALSE. NULL with @error when the database itself cannot be read. */
GPtrArray     *tutti_store_rows_ops       (TuttiStoreDb *db, gint64 key, gint64 after_seq, guint limit,
                                           gboolean *good, GError **error);
TuttiStoreLoaded *tutti_store_rows_load   (TuttiStoreDb *db, const char *jam, TuttiStoreLoadMode mode,
                                           GError **error);

/* The jam after operation @seq, or NOT_FOUND. */
TuttiStoreLoaded *tutti_store_rows_load_at (TuttiStoreDb *db, const char *jam, gint64 seq, GError **error);

/* Forgets person @number of the jam; nothing happens when there is none. */
gboolean          tutti_store_rows_drop_person (TuttiStoreDb *db, gint64 key, gint64 number, GError **error);
gboolean          tutti_store_rows_put_person  (TuttiStoreDb *db, gint64 key, const TuttiStorePerson *person,
                                                GError **error);
/* @token_hash: (nullable): all of the jam. */
GPtrArray        *tutti_store_rows_people      (TuttiStoreDb *db, gint64 key, const char *token_hash, GError **error);
gboolean          tutti_store_rows_put_sample  (TuttiStoreDb *db, const TuttiStoreSample *sample, GError **error);
gboolean          tutti_store_rows_names_sample (TuttiStoreDb *db, const char *hash, gboolean *named, GError **error);
GPtrArray        *tutti_store_rows_samples     (TuttiStoreDb *db, GError **error);
gint64            tutti_store_rows_append_chat (TuttiStoreDb *db, gint64 key, gint64 by, gint64 sent_us,
                                                const char *text, GError **error);
GPtrArray        *tutti_store_rows_chat        (TuttiStoreDb *db, gint64 key, gint64 before_id, guint limit,
                                                GError **error);
char             *tutti_store_rows_setting     (TuttiStoreDb *db, const char *key, GError **error);

G_END_DECLS
