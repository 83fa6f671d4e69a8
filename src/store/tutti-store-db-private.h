/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store.h"

#include <sqlite3.h>

G_BEGIN_DECLS

#define TUTTI_STORE_JAM_COLUMNS \
  "id, name, settings, miniature, created_us, updated_us, opened_us, deleted_us, last_frame, n_tracks, key, description," \
  " published, from_jam, from_name, from_seq," \
  " (SELECT count (*) FROM jams AS remix WHERE remix.from_jam = jams.id AND remix.deleted_us = 0)"

/* Every statement of the store in one table: parameters are bound, never pasted. */
#define TUTTI_STORE_STATEMENTS(X) \
  X (CREATE_JAM, "INSERT INTO jams (id, name, settings, miniature, created_us, updated_us, opened_us, n_tracks, last_frame," \
                 " description, published, from_jam, from_name, from_seq)" \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce (?10, ''), ?11, ?12, ?13, ?14)") \
  X (ADOPT_JAM, "INSERT INTO jams (id, name, settings, miniature, created_us, updated_us, opened_us, n_tracks, last_frame," \
                " description, published) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, coalesce (?10, ''), ?11)" \
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name," \
                " settings = excluded.settings, miniature = excluded.miniature, updated_us = excluded.updated_us," \
                " opened_us = excluded.opened_us, n_tracks = excluded.n_tracks, last_frame = excluded.last_frame," \
                " description = excluded.description, published = excluded.published, deleted_us = 0") \
  X (UPDATE_JAM, "UPDATE jams SET name = coalesce (?2, name), settings = coalesce (?3, settings)," \
                 " miniature = coalesce (?4, miniature)," \
                 " updated_us = CASE WHEN ?5 > 0 THEN ?5 ELSE updated_us END," \
                 " opened_us = CASE WHEN ?6 > 0 THEN ?6 ELSE opened_us END," \
                 " n_tracks = CASE WHEN ?7 >= 0 THEN ?7 ELSE n_tracks END," \
                 " published = CASE WHEN ?7 >= 0 THEN ?10 ELSE published END," \
                 " description = coalesce (?9, description)," \
                 " last_frame = max (last_frame, ?8) WHERE id = ?1 AND deleted_us = 0") \
  X (LIST_JAMS, "SELECT " TUTTI_STORE_JAM_COLUMNS \
                " FROM jams WHERE (deleted_us > 0) = ?1 ORDER BY max (updated_us, opened_us) DESC, key DESC LIMIT ?2") \
  X (GET_JAM, "SELECT " TUTTI_STORE_JAM_COLUMNS " FROM jams WHERE id = ?1 AND deleted_us = 0") \
  X (SET_DELETED, "UPDATE jams SET deleted_us = ?2 WHERE id = ?1 AND (deleted_us = 0) = (?2 > 0)") \
  X (OLDEST_DELETED, "SELECT key FROM jams WHERE deleted_us > 0 AND deleted_us < ?1 LIMIT 1") \
  X (PURGE_OPS, "DELETE FROM ops WHERE jam = ?1 AND seq IN (SELECT seq FROM ops WHERE jam = ?1 ORDER BY seq LIMIT ?2)") \
  X (PURGE_SNAPSHOTS, "DELETE FROM snapshots WHERE jam = ?1") \
  X (PURGE_PEOPLE, "DELETE FROM people WHERE jam = ?1") \
  X (PURGE_CHAT, "DELETE FROM chat WHERE jam = ?1") \
  X (PURGE_BESIDE, "DELETE FROM settings WHERE key = (SELECT 'door-' || id FROM jams WHERE key = ?1)" \
                   " OR key GLOB (SELECT 'picture.' || id || '.*' FROM jams WHERE key = ?1)") \
  X (PURGE_JAM, "DELETE FROM jams WHERE key = ?1 AND deleted_us > 0") \
  X (JAM_STATE, "SELECT key, coalesce ((SELECT max (seq) FROM ops WHERE jam = key), 0)," \
                " coalesce ((SELECT max (seq) FROM snapshots WHERE jam = key), 0)" \
                " FROM jams WHERE id = ?1 AND deleted_us = 0") \
  X (APPEND, "INSERT INTO ops (jam, seq, epoch, by, at, op, sum, done_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)") \
  X (FIRST_SEQ, "SELECT min (seq) FROM ops WHERE jam = ?1") \
  X (OPS_AFTER, "SELECT seq, epoch, by, at, op, sum, done_us FROM ops WHERE jam = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3") \
  X (LAST_AT, "SELECT at FROM ops WHERE jam = ?1 ORDER BY seq DESC LIMIT 1") \
  X (SAVE_SNAPSHOT, "INSERT INTO snapshots (jam, seq, document, sum) VALUES (?1, ?2, ?3, ?4)" \
                    " ON CONFLICT (jam, seq) DO UPDATE SET document = excluded.document, sum = excluded.sum") \
  X (PRUNE_SNAPSHOTS, "DELETE FROM snapshots WHERE jam = ?1" \
                      " AND seq > (SELECT min (seq) FROM snapshots WHERE jam = ?1)" \
                      " AND seq NOT IN (SELECT seq FROM snapshots WHERE jam = ?1 ORDER BY seq DESC LIMIT 2)" \
                      " AND seq NOT IN (SELECT min (seq) FROM snapshots WHERE jam = ?1 GROUP BY seq / ?2)") \
  X (TOUCH_JAM, "UPDATE jams SET updated_us = max (updated_us, ?2) WHERE key = ?1") \
  X (SNAPSHOTS, "SELECT seq, document, sum FROM snapshots WHERE jam = ?1 AND seq <= ?2 ORDER BY seq DESC") \
  X (PUT_PERSON, "INSERT INTO people (jam, number, profile, token_hash, name, colour, role, seen_us)" \
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (jam, number) DO UPDATE SET" \
                 " profile = excluded.profile, token_hash = excluded.token_hash, name = excluded.name," \
                 " colour = excluded.colour, role = excluded.role, seen_us = excluded.seen_us") \
  X (DROP_PERSON, "DELETE FROM people WHERE jam = ?1 AND number = ?2") \
  X (FIND_PERSON, "SELECT number, profile, token_hash, name, colour, role, seen_us FROM people" \
                  " WHERE jam = ?1 AND token_hash = ?2") \
  X (LIST_PEOPLE, "SELECT number, profile, token_hash, name, colour, role, seen_us FROM people" \
                  " WHERE jam = ?1 ORDER BY number") \
  X (PUT_SAMPLE, "INSERT INTO samples (hash, name, bytes, frames, channels, used_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6)" \
                 " ON CONFLICT (hash) DO UPDATE SET used_us = max (used_us, excluded.used_us)") \
  X (DROP_SAMPLE, "DELETE FROM samples WHERE hash = ?1") \
  X (NAMES_SAMPLE, "SELECT EXISTS (SELECT 1 FROM snapshots WHERE instr (document, ?1) > 0) OR EXISTS (SELECT 1 FROM jams" \
                   " JOIN ops ON ops.jam = jams.key AND ops.seq > min ((SELECT max (seq) FROM ops WHERE jam = jams.key) - ?2," \
                   " coalesce ((SELECT max (seq) FROM snapshots WHERE jam = jams.key), 0)) WHERE instr (ops.op, ?1) > 0)") \
  X (LIST_SAMPLES, "SELECT hash, name, bytes, frames, channels, used_us FROM samples ORDER BY used_us DESC, hash") \
  X (APPEND_CHAT, "INSERT INTO chat (jam, id, by, sent_us, text)" \
                  " VALUES (?1, (SELECT coalesce (max (id), 0) + 1 FROM chat WHERE jam = ?1), ?2, ?3, ?4) RETURNING id") \
  X (LIST_CHAT, "SELECT id, by, sent_us, text FROM (SELECT * FROM chat WHERE jam = ?1 AND id < ?2" \
                " ORDER BY id DESC LIMIT ?3) ORDER BY id") \
  X (PUT_CHAT, "INSERT OR REPLACE INTO chat (jam, id, by, sent_us, text) VALUES (?1, ?2, ?3, ?4, ?5)") \
  X (CUT_CHAT, "DELETE FROM chat WHERE jam = ?1 AND id > ?2") \
  X (SET_SETTING, "INSERT INTO settings (key, value) VALUES (?1, ?2)" \
                  " ON CONFLICT (key) DO UPDATE SET value = excluded.value") \
  X (DROP_SETTING, "DELETE FROM settings WHERE key = ?1") \
  X (GET_SETTING, "SELECT value FROM settings WHERE key = ?1")

typedef enum
{
#define X(name, sql) TUTTI_STORE_SQL_##name,
  TUTTI_STORE_STATEMENTS (X)
#undef X
  TUTTI_STORE_N_SQL,
} TuttiStoreSql;

/* One connection with its prepared statements. Whoever uses it holds @lock. */
typedef struct
{
  GMutex        lock;
  sqlite3      *db;            /* (nullable): closed */
  sqlite3_stmt *statements[TUTTI_STORE_N_SQL];
} TuttiStoreDb;

void     tutti_store_db_init  (TuttiStoreDb *self);
void     tutti_store_db_clear (TuttiStoreDb *self);
gboolean tutti_store_db_open  (TuttiStoreDb *self, const char *path, int flags, guint patience_ms, GError **error);
/* FALSE when something is still in use; the connection is gone all the same. */
gboolean tutti_store_db_close (TuttiStoreDb *self);

/* Says @rc in words; returns FALSE for the caller to return. */
gboolean tutti_store_db_fail (sqlite3 *db, int rc, const char *doing, GError **error);
gboolean tutti_store_db_exec (sqlite3 *db, const char *sql, const char *doing, GError **error);

/* The statement, ready to be bound; NULL with @error. Put it back with tutti_store_db_done (). */
sqlite3_stmt *tutti_store_db_get (TuttiStoreDb *self, TuttiStoreSql which, GError **error);
/* Binds parameters 1, 2 … by @types: "i" gint64, "t" (nullable) text that outlives the statement's run. */
void          tutti_store_db_bind (sqlite3_stmt *statement, const char *types, ...);
/* A statement without rows, start to end. @n_changed: (out) (optional). */
gboolean      tutti_store_db_run (TuttiStoreDb *self, TuttiStoreSql which, int *n_changed, GError **error,
                                  const char *types, ...);
void          tutti_store_db_done (sqlite3_stmt *statement);

gboolean tutti_store_db_begin (TuttiStoreDb *self, GError **error);
/* Commits when @ok, else (or when the commit fails) takes everything back. Returns whether it is committed. */
gboolean tutti_store_db_end (TuttiStoreDb *self, gboolean ok, GError **error);

/* A text column as a new string; NULL for SQL NULL. Cut at the first NUL. */
char  *tutti_store_db_dup_text (sqlite3_stmt *statement, int column);

/* Checksum of a kept text and its stamp: tells a damaged row from a good one where the database cannot. */
gint64 tutti_store_db_sum (const char *text, gsize length, const gint64 stamp[4]);

G_END_DECLS
