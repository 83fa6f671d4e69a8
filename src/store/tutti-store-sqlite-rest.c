/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People, sounds, chat and settings. */
#include "tutti-store-sqlite-private.h"

static gboolean
put_person (TuttiStore *store, const char *jam, const TuttiStorePerson *person, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);

  return tail != NULL && tutti_store_rows_put_person (&self->writer, tail->key, person, error);
}

static gboolean
drop_person (TuttiStore *store, const char *jam, gint64 number, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);

  return tail != NULL && tutti_store_rows_drop_person (&self->writer, tail->key, number, error);
}

static GPtrArray *
people (TuttiStore *store, const char *jam, const char *token_hash, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  TuttiStoreTail tail;

  if (!tutti_store_rows_tail (&self->reader, jam, &tail, error))
    return NULL;
  return tutti_store_rows_people (&self->reader, tail.key, token_hash, error);
}

static TuttiStorePerson *
find_person (TuttiStore *store, const char *jam, const char *token_hash, GError **error)
{
  g_autoptr(GPtrArray) found = people (store, jam, token_hash, error);

  if (found == NULL)
    return NULL;
  if (found->len == 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND, "Nobody in the jam holds that token");
      return NULL;
    }
  return g_ptr_array_steal_index (found, 0);
}

static GPtrArray *
list_people (TuttiStore *store, const char *jam, GError **error)
{
  return people (store, jam, NULL, error);
}

static gboolean
put_sample (TuttiStore *store, const TuttiStoreSample *sample, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return tutti_store_rows_put_sample (&self->writer, sample, error);
}

static gboolean
drop_sample (TuttiStore *store, const char *hash, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_DROP_SAMPLE, NULL, error, "t", hash);
}

static gboolean
names_sample (TuttiStore *store, const char *hash, gboolean *named, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->patient.lock);

  return tutti_store_rows_names_sample (&self->patient, hash, named, error);
}

static GPtrArray *
list_samples (TuttiStore *store, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);

  return tutti_store_rows_samples (&self->reader, error);
}

static gint64
append_chat (TuttiStore *store, const char *jam, gint64 by, gint64 sent_us, const char *text, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);

  return tail != NULL ? tutti_store_rows_append_chat (&self->writer, tail->key, by, sent_us, text, error) : 0;
}

static GPtrArray *
list_chat (TuttiStore *store, const char *jam, gint64 before_id, guint limit, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);
  TuttiStoreTail tail;

  if (!tutti_store_rows_tail (&self->reader, jam, &tail, error))
    return NULL;
  return tutti_store_rows_chat (&self->reader, tail.key, before_id, limit, error);
}

static gboolean
put_chat (TuttiStore *store, const char *jam, const TuttiStoreChat *lines, gsize n_lines, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);
  const TuttiStoreTail *tail = tutti_store_sqlite_tail (self, jam, error);

  return tail != NULL && tutti_store_db_begin (&self->writer, error) &&
         tutti_store_db_end (&self->writer, tutti_store_rows_put_chat (&self->writer, tail->key, lines, n_lines, error), error);
}

static gboolean
set_setting (TuttiStore *store, const char *key, const char *value, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->writer.lock);

  return value != NULL
         ? tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_SET_SETTING, NULL, error, "tt", key, value)
         : tutti_store_db_run (&self->writer, TUTTI_STORE_SQL_DROP_SETTING, NULL, error, "t", key);
}

static char *
dup_setting (TuttiStore *store, const char *key, GError **error)
{
  TuttiStoreSqlite *self = TUTTI_STORE_SQLITE (store);
  G_GNUC_UNUSED g_autoptr(GMutexLocker) locker = g_mutex_locker_new (&self->reader.lock);

  return tutti_store_rows_setting (&self->reader, key, error);
}

void
tutti_store_sqlite_add_rest (TuttiStoreInterface *iface)
{
  iface->put_person = put_person;
  iface->drop_person = drop_person;
  iface->find_person = find_person;
  iface->list_people = list_people;
  iface->put_sample = put_sample;
  iface->list_samples = list_samples;
  iface->drop_sample = drop_sample;
  iface->names_sample = names_sample;
  iface->append_chat = append_chat;
  iface->list_chat = list_chat;
  iface->put_chat = put_chat;
  iface->set_setting = set_setting;
  iface->dup_setting = dup_setting;
}
