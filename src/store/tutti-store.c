/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-store.h"
#include "tutti-store-limits-private.h"

G_DEFINE_INTERFACE (TuttiStore, tutti_store, G_TYPE_OBJECT)
G_DEFINE_QUARK (tutti-store-error-quark, tutti_store_error)

static void
tutti_store_default_init (TuttiStoreInterface *iface)
{
}

/* --- values --- */

TuttiStoreJam *
tutti_store_jam_copy (const TuttiStoreJam *jam)
{
  TuttiStoreJam *copy = g_new0 (TuttiStoreJam, 1);

  *copy = *jam;
  copy->id = g_strdup (jam->id);
  copy->name = g_strdup (jam->name);
  copy->settings = g_strdup (jam->settings);
  copy->miniature = g_strdup (jam->miniature);
  copy->description = g_strdup (jam->description);
  copy->from_jam = g_strdup (jam->from_jam);
  copy->from_name = g_strdup (jam->from_name);
  return copy;
}

void
tutti_store_jam_free (TuttiStoreJam *jam)
{
  if (jam == NULL)
    return;
  g_free (jam->id);
  g_free (jam->name);
  g_free (jam->settings);
  g_free (jam->miniature);
  g_free (jam->description);
  g_free (jam->from_jam);
  g_free (jam->from_name);
  g_free (jam);
}

void
tutti_store_op_free (TuttiStoreOp *op)
{
  if (op == NULL)
    return;
  g_free (op->text);
  g_free (op);
}

void
tutti_store_loaded_free (TuttiStoreLoaded *loaded)
{
  if (loaded == NULL)
    return;
  g_clear_pointer (&loaded->jam, tutti_store_jam_free);
  g_clear_pointer (&loaded->ops, g_ptr_array_unref);
  g_free (loaded->document);
  g_free (loaded);
}

void
tutti_store_person_free (TuttiStorePerson *person)
{
  if (person == NULL)
    return;
  g_free (person->profile);
  g_free (person->token_hash);
  g_free (person->name);
  g_free (person->colour);
  g_free (person->role);
  g_free (person);
}

void
tutti_store_sample_free (TuttiStoreSample *sample)
{
  if (sample == NULL)
    return;
  g_free (sample->hash);
  g_free (sample->name);
  g_free (sample);
}

void
tutti_store_chat_free (TuttiStoreChat *chat)
{
  if (chat == NULL)
    return;
  g_free (chat->text);
  g_free (chat);
}

/* --- checked calls --- */

#define IFACE(self) TUTTI_STORE_GET_IFACE (self)

gboolean
tutti_store_create_jam (TuttiStore *self, const TuttiStoreJam *jam, GError **error)
{
  return tutti_store_check_jam (jam, TRUE, error) && IFACE (self)->create_jam (self, jam, error);
}

gboolean
tutti_store_adopt (TuttiStore *self, const TuttiStoreJam *jam, const TuttiStoreAdoption *adoption, GError **error)
{
  return tutti_store_check_jam (jam, TRUE, error) &&
         tutti_store_check_text ("document", adoption->document, TUTTI_STORE_DOCUMENT_MAX, FALSE, error) &&
         (adoption->n_ops == 0 || tutti_store_check_ops (adoption->ops, adoption->n_ops, error)) &&
         IFACE (self)->adopt (self, jam, adoption, error);
}

gboolean
tutti_store_update_jam (TuttiStore *self, const TuttiStoreJam *jam, GError **error)
{
  return tutti_store_check_jam (jam, FALSE, error) && IFACE (self)->update_jam (self, jam, error);
}

GPtrArray *
tutti_store_list_jams (TuttiStore *self, gboolean deleted, guint limit, GError **error)
{
  return IFACE (self)->list_jams (self, deleted, limit, error);
}

gboolean
tutti_store_delete_jam (TuttiStore *self, const char *jam, gint64 now_us, GError **error)
{
  /* 0 is how "not deleted" is kept. */
  return tutti_store_check_id ("jam id", jam, error) &&
         IFACE (self)->set_deleted (self, jam, MAX (now_us, 1), error);
}

gboolean
tutti_store_restore_jam (TuttiStore *self, const char *jam, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) && IFACE (self)->set_deleted (self, jam, 0, error);
}

gboolean
tutti_store_purge (TuttiStore *self, gint64 before_us, guint *n_purged, GError **error)
{
  guint n = 0;
  gboolean ok = IFACE (self)->purge (self, before_us, &n, error);

  if (n_purged != NULL)
    *n_purged = n;
  return ok;
}

gboolean
tutti_store_append (TuttiStore *self, const char *jam, const TuttiStoreOp *ops, gsize n_ops, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) && tutti_store_check_ops (ops, n_ops, error) &&
         IFACE (self)->append (self, jam, ops, n_ops, error);
}

gboolean
tutti_store_append_op (TuttiStore *self, const char *jam, gint64 epoch, gint64 seq, gint64 by, gint64 at,
                       const char *text, GError **error)
{
  TuttiStoreOp op = { .epoch = epoch, .seq = seq, .by = by, .at = at, .text = (char *) text };

  return tutti_store_append (self, jam, &op, 1, error);
}

gboolean
tutti_store_snapshot_due (TuttiStore *self, const char *jam)
{
  return IFACE (self)->snapshot_due (self, jam);
}

gboolean
tutti_store_save_snapshot (TuttiStore *self, const char *jam, gint64 seq, const char *document, gint64 now_us,
                           GError **error)
{
  if (seq < 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID, "A snapshot cannot be of operation %"
                   G_GINT64_FORMAT, seq);
      return FALSE;
    }
  return tutti_store_check_id ("jam id", jam, error) &&
         tutti_store_check_text ("document", document, TUTTI_STORE_DOCUMENT_MAX, FALSE, error) &&
         IFACE (self)->save_snapshot (self, jam, seq, document, now_us, error);
}

TuttiStoreLoaded *
tutti_store_load (TuttiStore *self, const char *jam, TuttiStoreLoadMode mode, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) ? IFACE (self)->load (self, jam, mode, error) : NULL;
}

TuttiStoreLoaded *
tutti_store_load_at (TuttiStore *self, const char *jam, gint64 seq, GError **error)
{
  if (seq < 0)
    {
      g_set_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID, "There is no operation %" G_GINT64_FORMAT, seq);
      return NULL;
    }
  return tutti_store_check_id ("jam id", jam, error) ? IFACE (self)->load_at (self, jam, seq, error) : NULL;
}

GPtrArray *
tutti_store_list_ops (TuttiStore *self, const char *jam, gint64 after_seq, guint limit, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error)
         ? IFACE (self)->list_ops (self, jam, after_seq, limit, error) : NULL;
}

gboolean
tutti_store_put_person (TuttiStore *self, const char *jam, const TuttiStorePerson *person, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) && tutti_store_check_person (person, error) &&
         IFACE (self)->put_person (self, jam, person, error);
}

gboolean
tutti_store_drop_person (TuttiStore *self, const char *jam, gint64 number, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) && IFACE (self)->drop_person (self, jam, number, error);
}

TuttiStorePerson *
tutti_store_find_person (TuttiStore *self, const char *jam, const char *token_hash, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) && tutti_store_check_id ("token hash", token_hash, error)
         ? IFACE (self)->find_person (self, jam, token_hash, error) : NULL;
}

GPtrArray *
tutti_store_list_people (TuttiStore *self, const char *jam, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) ? IFACE (self)->list_people (self, jam, error) : NULL;
}

gboolean
tutti_store_put_sample (TuttiStore *self, const TuttiStoreSample *sample, GError **error)
{
  return tutti_store_check_sample (sample, error) && IFACE (self)->put_sample (self, sample, error);
}

gboolean
tutti_store_drop_sample (TuttiStore *self, const char *hash, GError **error)
{
  return tutti_store_check_hash (hash, error) && IFACE (self)->drop_sample (self, hash, error);
}

gboolean
tutti_store_names_sample (TuttiStore *self, const char *hash, gboolean *named, GError **error)
{
  return tutti_store_check_hash (hash, error) && IFACE (self)->names_sample (self, hash, named, error);
}

GPtrArray *
tutti_store_list_samples (TuttiStore *self, GError **error)
{
  return IFACE (self)->list_samples (self, error);
}

gint64
tutti_store_append_chat (TuttiStore *self, const char *jam, gint64 by, gint64 sent_us, const char *text,
                         GError **error)
{
  return tutti_store_check_id ("jam id", jam, error) &&
         tutti_store_check_text ("message", text, TUTTI_STORE_CHAT_MAX, FALSE, error)
         ? IFACE (self)->append_chat (self, jam, by, sent_us, text, error) : 0;
}

GPtrArray *
tutti_store_list_chat (TuttiStore *self, const char *jam, gint64 before_id, guint limit, GError **error)
{
  return tutti_store_check_id ("jam id", jam, error)
         ? IFACE (self)->list_chat (self, jam, before_id, limit, error) : NULL;
}

gboolean
tutti_store_set_setting (TuttiStore *self, const char *key, const char *value, GError **error)
{
  return tutti_store_check_id ("setting", key, error) &&
         tutti_store_check_text ("value", value, TUTTI_STORE_SETTINGS_MAX, TRUE, error) &&
         IFACE (self)->set_setting (self, key, value, error);
}

char *
tutti_store_dup_setting (TuttiStore *self, const char *key, GError **error)
{
  return tutti_store_check_id ("setting", key, error) ? IFACE (self)->dup_setting (self, key, error) : NULL;
}

void
tutti_store_flush (TuttiStore *self)
{
  IFACE (self)->flush (self);
}

gboolean
tutti_store_close (TuttiStore *self, GError **error)
{
  return IFACE (self)->close (self, error);
}
