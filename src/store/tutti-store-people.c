/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, sounds, chat and settings: what surrounds the music. */
#include "tutti-store-rows-private.h"

typedef gpointer (*ReadRow) (sqlite3_stmt *row);

/* Every row of a bound statement as one value each. */
static GPtrArray *
read_all (TuttiStoreDb *db, sqlite3_stmt *statement, ReadRow read, GDestroyNotify free_value, GError **error)
{
  g_autoptr(GPtrArray) values = g_ptr_array_new_with_free_func (free_value);
  int rc;

  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (values, read (statement));
  if (rc != SQLITE_DONE)
    tutti_store_db_fail (db->db, rc, "Reading the store", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE ? g_steal_pointer (&values) : NULL;
}

gboolean
tutti_store_rows_put_person (TuttiStoreDb *db, gint64 key, const TuttiStorePerson *person, GError **error)
{
  return tutti_store_db_run (db, TUTTI_STORE_SQL_PUT_PERSON, NULL, error, "iittttti", key, person->number,
                             person->profile, person->token_hash, person->name, person->colour, person->role,
                             person->seen_us);
}

gboolean
tutti_store_rows_drop_person (TuttiStoreDb *db, gint64 key, gint64 number, GError **error)
{
  return tutti_store_db_run (db, TUTTI_STORE_SQL_DROP_PERSON, NULL, error, "ii", key, number);
}

static gpointer
read_person (sqlite3_stmt *row)
{
  TuttiStorePerson *person = g_new0 (TuttiStorePerson, 1);

  person->number = sqlite3_column_int64 (row, 0);
  person->profile = tutti_store_db_dup_text (row, 1);
  person->token_hash = tutti_store_db_dup_text (row, 2);
  person->name = tutti_store_db_dup_text (row, 3);
  person->colour = tutti_store_db_dup_text (row, 4);
  person->role = tutti_store_db_dup_text (row, 5);
  person->seen_us = sqlite3_column_int64 (row, 6);
  return person;
}

GPtrArray *
tutti_store_rows_people (TuttiStoreDb *db, gint64 key, const char *token_hash, GError **error)
{
  TuttiStoreSql which = token_hash != NULL ? TUTTI_STORE_SQL_FIND_PERSON : TUTTI_STORE_SQL_LIST_PEOPLE;
  sqlite3_stmt *statement = tutti_store_db_get (db, which, error);

  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, token_hash != NULL ? "it" : "i", key, token_hash);
  return read_all (db, statement, read_person, (GDestroyNotify) tutti_store_person_free, error);
}

gboolean
tutti_store_rows_put_sample (TuttiStoreDb *db, const TuttiStoreSample *sample, GError **error)
{
  return tutti_store_db_run (db, TUTTI_STORE_SQL_PUT_SAMPLE, NULL, error, "ttiiii", sample->hash, sample->name,
                             sample->n_bytes, sample->n_frames, (gint64) sample->n_channels, sample->used_us);
}

static gpointer
read_sample (sqlite3_stmt *row)
{
  TuttiStoreSample *sample = g_new0 (TuttiStoreSample, 1);

  sample->hash = tutti_store_db_dup_text (row, 0);
  sample->name = tutti_store_db_dup_text (row, 1);
  sample->n_bytes = sqlite3_column_int64 (row, 2);
  sample->n_frames = sqlite3_column_int64 (row, 3);
  sample->n_channels = sqlite3_column_int (row, 4);
  sample->used_us = sqlite3_column_int64 (row, 5);
  return sample;
}

gboolean
tutti_store_rows_names_sample (TuttiStoreDb *db, const char *hash, gboolean *named, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_NAMES_SAMPLE, error);
  int rc;

  if (statement == NULL)
    return FALSE;
  tutti_store_db_bind (statement, "ti", hash, (gint64) TUTTI_STORE_KEPT_OPS);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    *named = sqlite3_column_int (statement, 0) != 0;
  else
    tutti_store_db_fail (db->db, rc, "Looking for who uses a sound", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_ROW;
}

GPtrArray *
tutti_store_rows_samples (TuttiStoreDb *db, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_LIST_SAMPLES, error);

  return statement != NULL
         ? read_all (db, statement, read_sample, (GDestroyNotify) tutti_store_sample_free, error) : NULL;
}

gint64
tutti_store_rows_append_chat (TuttiStoreDb *db, gint64 key, gint64 by, gint64 sent_us, const char *text,
                              GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_APPEND_CHAT, error);
  gint64 id = 0;
  int rc;

  if (statement == NULL)
    return 0;
  tutti_store_db_bind (statement, "iiit", key, by, sent_us, text);
  while ((rc = sqlite3_step (statement)) == SQLITE_ROW)
    id = sqlite3_column_int64 (statement, 0);
  if (rc != SQLITE_DONE)
    tutti_store_db_fail (db->db, rc, "Keeping the message", error);
  tutti_store_db_done (statement);
  return rc == SQLITE_DONE ? id : 0;
}

static gpointer
read_chat (sqlite3_stmt *row)
{
  TuttiStoreChat *chat = g_new0 (TuttiStoreChat, 1);

  chat->id = sqlite3_column_int64 (row, 0);
  chat->by = sqlite3_column_int64 (row, 1);
  chat->sent_us = sqlite3_column_int64 (row, 2);
  chat->text = tutti_store_db_dup_text (row, 3);
  return chat;
}

GPtrArray *
tutti_store_rows_chat (TuttiStoreDb *db, gint64 key, gint64 before_id, guint limit, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_LIST_CHAT, error);

  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, "iii", key, before_id > 0 ? before_id : G_MAXINT64,
                       limit == 0 ? (gint64) -1 : (gint64) limit);
  return read_all (db, statement, read_chat, (GDestroyNotify) tutti_store_chat_free, error);
}

char *
tutti_store_rows_setting (TuttiStoreDb *db, const char *key, GError **error)
{
  sqlite3_stmt *statement = tutti_store_db_get (db, TUTTI_STORE_SQL_GET_SETTING, error);
  char *value = NULL;
  int rc;

  if (statement == NULL)
    return NULL;
  tutti_store_db_bind (statement, "t", key);
  rc = sqlite3_step (statement);
  if (rc == SQLITE_ROW)
    value = tutti_store_db_dup_text (statement, 0);
  else if (rc == SQLITE_DONE)
    g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "“%s” was never set", key);
  else
    tutti_store_db_fail (db->db, rc, "Reading the settings", error);
  tutti_store_db_done (statement);
  return value;
}
