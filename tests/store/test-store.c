/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

static void
test_log_comes_back (void)
{
  char *folder = fixture_folder ();
  g_autoptr(GError) error = NULL;

  for (gint64 first = 1; first <= 601; first += 200)       /* four lives of the program */
    {
      g_autoptr(TuttiStore) store = fixture_open (folder);
      g_autoptr(TuttiStoreLoaded) loaded = NULL;

      if (first == 1)
        fixture_jam (store, "jam-a", 1);
      for (gint64 seq = first; seq < first + 200; seq++)
        fixture_append (store, "jam-a", seq, &error);
      g_assert_no_error (error);
      loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
      g_assert_no_error (error);
      g_assert_null (loaded->document);
      g_assert_cmpint (fixture_check_ops (loaded->ops, 0), ==, first + 199);
      g_assert_cmpint (loaded->jam->last_frame, ==, (first + 199) * 480);
    }
  fixture_remove (folder);
}

static void
test_only_what_follows_is_kept (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  const gint64 wrong[] = { 2, 5, 7, 3 };
  g_autoptr(GError) error = NULL;

  fixture_jam (store, "jam-a", 1);
  g_assert_false (fixture_append (store, "jam-a", 2, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  for (gint64 seq = 1; seq <= 5; seq++)
    g_assert_true (fixture_append (store, "jam-a", seq, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_false (fixture_append (store, "jam-a", wrong[i], &error));
      g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT);
      g_clear_error (&error);
    }
  g_assert_false (fixture_append (store, "elsewhere", 1, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_assert_true (fixture_append (store, "jam-a", 6, NULL));
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 6);
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_batch_is_whole_or_nothing (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(TuttiStore) other = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  TuttiStoreOp ops[10] = { 0 };

  fixture_jam (store, "jam-a", 1);
  for (int i = 0; i < 10; i++)
    ops[i] = (TuttiStoreOp) { .epoch = 1, .seq = i + 1, .by = (i + 1) % 5 + 1, .at = (i + 1) * 480,
                              .text = fixture_text (i + 1) };
  ops[5].seq = 7;
  g_assert_false (tutti_store_append (store, "jam-a", ops, 10, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID);
  g_clear_error (&error);
  ops[5].seq = 6;
  g_assert_true (tutti_store_append (store, "jam-a", ops, 5, NULL));
  g_assert_true (tutti_store_append (other, "jam-a", ops + 5, 5, NULL));

  /* The first store has not seen the second one's five: the database refuses, and it looks again. */
  g_assert_false (tutti_store_append (store, "jam-a", ops + 5, 5, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT);
  g_assert_true (fixture_append (store, "jam-a", 11, NULL));
  g_assert_cmpint (fixture_last_seq (other, "jam-a"), ==, 11);
  for (int i = 0; i < 10; i++)
    g_free (ops[i].text);
  g_clear_object (&store);
  g_clear_object (&other);
  fixture_remove (folder);
}

static void
test_snapshots_shorten_the_tail (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(TuttiStoreLoaded) loaded = NULL;
  g_autoptr(GError) error = NULL;
  guint n_snapshots = 0;

  fixture_jam (store, "jam-a", 1);
  for (gint64 seq = 1; seq <= 2000; seq++)
    {
      g_assert_true (fixture_append (store, "jam-a", seq, NULL));
      if (tutti_store_snapshot_due (store, "jam-a"))
        {
          g_autofree char *document = g_strdup_printf ("{\"document\":%d}", (int) seq);

          tutti_store_save_snapshot (store, "jam-a", seq, document, seq, &error);
          g_assert_no_error (error);
          n_snapshots++;
        }
    }
  g_assert_cmpuint (n_snapshots, ==, 2000 / TUTTI_STORE_SNAPSHOT_EVERY);
  loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (loaded->snapshot_seq, ==, n_snapshots * TUTTI_STORE_SNAPSHOT_EVERY);
  g_assert_cmpstr (loaded->document, ==, "{\"document\":1792}");
  g_assert_cmpint (fixture_check_ops (loaded->ops, loaded->snapshot_seq), ==, 2000);
  g_assert_cmpint (loaded->jam->updated_us, ==, 1792);
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 2000);       /* history stays whole */

  /* A copy that was caught up by a snapshot goes on behind it. */
  g_assert_true (tutti_store_save_snapshot (store, "jam-a", 5000, "{}", 1, NULL));
  g_assert_false (fixture_append (store, "jam-a", 2001, NULL));
  g_assert_true (fixture_append (store, "jam-a", 5001, NULL));
  g_clear_pointer (&loaded, tutti_store_loaded_free);
  loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (fixture_check_ops (loaded->ops, 5000), ==, 5001);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* What came from another host replaces what was kept here, also of a deleted jam; its history begins where it was told from. */
static void
test_adopted (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  TuttiStoreJam jam = { .id = (char *) "jam-a", .name = (char *) "From elsewhere", .created_us = 5, .updated_us = 5 };
  TuttiStoreOp ops[3];
  TuttiStoreAdoption adoption = { .seq = 42, .document = "{}", .ops = ops, .n_ops = 3, .now_us = 6 };
  g_autoptr(GPtrArray) history = NULL;
  g_autoptr(TuttiStoreLoaded) loaded = NULL;
  g_autoptr(GError) error = NULL;

  fixture_jam (store, "jam-a", 1);
  for (gint64 seq = 1; seq <= 60; seq++)
    g_assert_true (fixture_append (store, "jam-a", seq, NULL));
  g_assert_true (tutti_store_delete_jam (store, "jam-a", 9, NULL));
  for (gint64 i = 0; i < 3; i++)
    ops[i] = (TuttiStoreOp) { .seq = 40 + i, .epoch = 8, .by = 1, .at = 480 * (40 + i), .text = (char *) "[]" };
  g_assert_true (tutti_store_adopt (store, &jam, &adoption, &error));
  g_assert_no_error (error);
  loaded = tutti_store_load (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (loaded->jam->name, ==, "From elsewhere");
  g_assert_cmpint (loaded->snapshot_seq, ==, 42);
  g_assert_cmpuint (loaded->ops->len, ==, 0);
  history = tutti_store_list_ops (store, "jam-a", 0, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (history->len, ==, 3);
  g_assert_true (fixture_append (store, "jam-a", 43, &error));
  g_assert_no_error (error);
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_jams_most_recent_first (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GPtrArray) jams = NULL;
  g_autoptr(GError) error = NULL;
  TuttiStoreJam change = { .id = (char *) "jam-1", .name = (char *) "Neu", .miniature = (char *) "[1]",
                           .opened_us = 900, .n_tracks = -1, .last_frame = 48000 };

  for (int i = 0; i < 5; i++)
    {
      g_autofree char *id = g_strdup_printf ("jam-%d", i);

      fixture_jam (store, id, 100 + i);
    }
  g_assert_true (tutti_store_update_jam (store, &change, NULL));
  change.last_frame = 10;                                   /* a clock does not run back */
  g_assert_true (tutti_store_update_jam (store, &change, NULL));
  jams = tutti_store_list_jams (store, FALSE, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (jams->len, ==, 2);
  g_assert_cmpstr (((TuttiStoreJam *) jams->pdata[0])->id, ==, "jam-1");
  g_assert_cmpstr (((TuttiStoreJam *) jams->pdata[0])->name, ==, "Neu");
  g_assert_cmpint (((TuttiStoreJam *) jams->pdata[0])->last_frame, ==, 48000);
  g_assert_cmpint (((TuttiStoreJam *) jams->pdata[0])->created_us, ==, 101);
  g_assert_cmpint (((TuttiStoreJam *) jams->pdata[0])->n_tracks, ==, 0);
  g_assert_cmpstr (((TuttiStoreJam *) jams->pdata[1])->id, ==, "jam-4");

  change.id = (char *) "nobody";
  g_assert_false (tutti_store_update_jam (store, &change, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_clear_object (&store);
  fixture_remove (folder);
}

static guint
count_jams (TuttiStore *store, gboolean deleted)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, deleted, 0, NULL);

  return jams->len;
}

static void
test_delete_can_be_undone_until_purged (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GError) error = NULL;
  guint n_purged = 99;

  fixture_jam (store, "gone", 1);
  fixture_jam (store, "kept", 1);
  for (gint64 seq = 1; seq <= 4500; seq++)
    g_assert_true (fixture_append (store, "gone", seq, NULL));
  g_assert_true (fixture_append (store, "kept", 1, NULL));
  g_assert_true (tutti_store_append_chat (store, "gone", 1, 1, "hello", NULL) == 1);

  g_assert_true (tutti_store_delete_jam (store, "gone", 1000, NULL));
  g_assert_false (fixture_append (store, "gone", 4501, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_cmpuint (count_jams (store, FALSE), ==, 1);
  g_assert_true (tutti_store_restore_jam (store, "gone", NULL));
  g_assert_true (fixture_append (store, "gone", 4501, NULL));
  g_assert_cmpint (fixture_last_seq (store, "gone"), ==, 4501);

  g_assert_true (tutti_store_delete_jam (store, "gone", 2000, NULL));
  g_assert_true (tutti_store_purge (store, 2000, &n_purged, NULL));
  g_assert_cmpuint (n_purged, ==, 0);
  g_assert_cmpuint (count_jams (store, TRUE), ==, 1);
  g_assert_true (tutti_store_purge (store, 2001, &n_purged, NULL));
  g_assert_cmpuint (n_purged, ==, 1);
  g_assert_false (tutti_store_restore_jam (store, "gone", &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_assert_cmpint (fixture_last_seq (store, "kept"), ==, 1);
  fixture_jam (store, "gone", 5);                           /* the id is free again, and empty */
  g_assert_cmpint (fixture_last_seq (store, "gone"), ==, 0);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* Passcode and pictures lie beside a jam: they go with it, and no other jam's do. */
static void
test_purged_with_what_is_beside (void)
{
  static const struct { const char *key; gboolean stays; } beside[] = {
    { "door-gone", FALSE }, { "picture.gone.1", FALSE }, { "picture.gone.12", FALSE }, { "door-gone2", TRUE }, { "picture.gone2.1", TRUE },
    { "picture.kept.1", TRUE }, { "token.gone", TRUE },
  };
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);

  fixture_jam (store, "gone", 1);
  fixture_jam (store, "kept", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    g_assert_true (tutti_store_set_setting (store, beside[i].key, "x", NULL));
  g_assert_true (tutti_store_delete_jam (store, "gone", 1000, NULL));
  g_assert_true (tutti_store_purge (store, 1001, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *value = tutti_store_dup_setting (store, beside[i].key, NULL);

      g_assert_cmpint (value != NULL, ==, beside[i].stays);
    }
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_people_and_tokens (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(TuttiStorePerson) found = NULL;
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(GError) error = NULL;
  TuttiStorePerson ada = { .number = 1, .profile = (char *) "p-1", .token_hash = (char *) "aa", .name = (char *) "Ada",
                           .colour = (char *) "teal", .role = (char *) "admin", .seen_us = 5 };
  TuttiStorePerson bob = { .number = 2, .profile = (char *) "p-2", .token_hash = (char *) "aa",
                           .name = (char *) "Bob'); DROP TABLE people; --" };

  fixture_jam (store, "jam-a", 1);
  g_assert_true (tutti_store_put_person (store, "jam-a", &ada, NULL));
  g_assert_false (tutti_store_put_person (store, "jam-a", &bob, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  bob.token_hash = (char *) "bb";
  g_assert_true (tutti_store_put_person (store, "jam-a", &bob, NULL));
  ada.token_hash = (char *) "cc";                            /* a new token ends the old one */
  g_assert_true (tutti_store_put_person (store, "jam-a", &ada, NULL));
  g_assert_null (tutti_store_find_person (store, "jam-a", "aa", &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  found = tutti_store_find_person (store, "jam-a", "cc", NULL);
  g_assert_cmpstr (found->name, ==, "Ada");
  g_assert_cmpstr (found->role, ==, "admin");
  all = tutti_store_list_people (store, "jam-a", NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((TuttiStorePerson *) all->pdata[1])->name, ==, bob.name);
  g_assert_true (tutti_store_drop_person (store, "jam-a", 1, NULL));
  g_assert_true (tutti_store_drop_person (store, "jam-a", 1, NULL));      /* nobody is there any more, as was wished */
  g_ptr_array_unref (all);
  all = tutti_store_list_people (store, "jam-a", NULL);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_cmpint (((TuttiStorePerson *) all->pdata[0])->number, ==, 2);
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_sounds_chat_settings (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autoptr(GPtrArray) samples = NULL, chat = NULL;
  g_autofree char *value = NULL, *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "kick", -1);
  g_autoptr(GError) error = NULL;
  TuttiStoreSample kick = { .hash = hash, .name = (char *) "Kick", .n_bytes = 100, .n_frames = 48, .n_channels = 1,
                            .used_us = 7 };

  fixture_jam (store, "jam-a", 1);
  g_assert_true (tutti_store_put_sample (store, &kick, NULL));
  kick.used_us = 9;
  kick.name = (char *) "Other";
  g_assert_true (tutti_store_put_sample (store, &kick, NULL));
  samples = tutti_store_list_samples (store, NULL);
  g_assert_cmpuint (samples->len, ==, 1);
  g_assert_cmpstr (((TuttiStoreSample *) samples->pdata[0])->name, ==, "Kick");
  g_assert_cmpint (((TuttiStoreSample *) samples->pdata[0])->used_us, ==, 9);
  kick.hash = (char *) "../../etc/passwd";
  g_assert_false (tutti_store_put_sample (store, &kick, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID);
  g_clear_error (&error);

  for (int i = 1; i <= 10; i++)
    g_assert_cmpint (tutti_store_append_chat (store, "jam-a", 1, i, "la", NULL), ==, i);
  chat = tutti_store_list_chat (store, "jam-a", 9, 3, NULL);
  g_assert_cmpuint (chat->len, ==, 3);
  g_assert_cmpint (((TuttiStoreChat *) chat->pdata[0])->id, ==, 6);

  g_assert_true (tutti_store_set_setting (store, "colour", "1", NULL));
  g_assert_true (tutti_store_set_setting (store, "colour", "\"teal\"", NULL));
  value = tutti_store_dup_setting (store, "colour", NULL);
  g_assert_cmpstr (value, ==, "\"teal\"");
  g_assert_true (tutti_store_set_setting (store, "colour", NULL, NULL));
  g_assert_null (tutti_store_dup_setting (store, "colour", &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_NOT_FOUND);
  g_clear_object (&store);
  fixture_remove (folder);
}

static void
test_bounds_come_first (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  g_autofree char *long_text = g_strnfill (TUTTI_STORE_OP_MAX + 1, 'x');
  const char *bad_ids[] = { "", "a/b", "a b", "é", NULL };
  TuttiStoreJam nameless = { .id = (char *) "x" };

  fixture_jam (store, "jam-a", 1);
  for (gsize i = 0; i < G_N_ELEMENTS (bad_ids); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (tutti_store_load (store, bad_ids[i], TUTTI_STORE_LOAD_WHOLE, &error));
      g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID);
    }
  g_assert_false (tutti_store_append_op (store, "jam-a", 1, 1, 1, 0, long_text, NULL));
  g_assert_false (tutti_store_append_op (store, "jam-a", 1, 1, 1, 0, "\xff\xfe", NULL));
  g_assert_false (tutti_store_append_op (store, "jam-a", 1, 1, 1, 0, NULL, NULL));
  g_assert_false (tutti_store_append_op (store, "jam-a", 1, 1, -1, 0, "[]", NULL));
  g_assert_false (tutti_store_append (store, "jam-a", NULL, 0, NULL));
  g_assert_false (tutti_store_create_jam (store, &nameless, NULL));
  long_text[TUTTI_STORE_OP_MAX] = '\0';
  g_assert_true (tutti_store_append_op (store, "jam-a", 1, 1, 1, 0, long_text, NULL));
  g_clear_object (&store);
  fixture_remove (folder);
}

/* --- asynchronous calls --- */

typedef struct
{
  int       answers;
  gint64    last_seen;
  GMainLoop *loop;
} Answers;

static void
on_appended (GObject *source, GAsyncResult *result, gpointer data)
{
  Answers *answers = data;
  g_autoptr(GError) error = NULL;

  tutti_store_write_finish (TUTTI_STORE (source), result, &error);
  g_assert_no_error (error);
  answers->answers++;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Answers *answers = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load_finish (TUTTI_STORE (source), result, &error);

  g_assert_no_error (error);
  answers->last_seen = fixture_check_ops (loaded->ops, 0);
  g_main_loop_quit (answers->loop);
}

static void
on_cancelled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_store_list_jams_finish (TUTTI_STORE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_async_keeps_the_order (void)
{
  char *folder = fixture_folder ();
  TuttiStore *store = fixture_open (folder);
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  Answers answers = { .loop = loop };

  fixture_jam (store, "jam-a", 1);
  for (gint64 seq = 1; seq <= 300; seq++)
    {
      g_autofree char *text = fixture_text (seq);
      TuttiStoreOp op = { .epoch = 1, .seq = seq, .by = seq % 5 + 1, .at = seq * 480, .text = text };

      tutti_store_append_async (store, "jam-a", &op, 1, NULL, on_appended, &answers);
    }
  g_cancellable_cancel (cancelled);
  tutti_store_list_jams_async (store, FALSE, 0, cancelled, on_cancelled, NULL);
  tutti_store_load_async (store, "jam-a", TUTTI_STORE_LOAD_WHOLE, NULL, on_loaded, &answers);
  g_object_unref (store);                    /* the last reference goes with the last task, on the store's thread */
  g_main_loop_run (loop);
  g_assert_cmpint (answers.answers, ==, 300);
  g_assert_cmpint (answers.last_seen, ==, 300);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  store = fixture_open (folder);
  tutti_store_flush (store);
  g_assert_true (tutti_store_close (store, NULL));
  g_assert_false (fixture_append (store, "jam-a", 301, NULL));
  tutti_store_flush (store);
  g_object_unref (store);
  fixture_remove (folder);
}

static gpointer
append_two_hundred (gpointer data)
{
  for (gint64 seq = 1; seq <= 200; seq++)
    g_assert_true (fixture_append (data, "jam-b", seq, NULL));
  return NULL;
}

static void
test_threads_write_side_by_side (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  GThread *thread;

  fixture_jam (store, "jam-a", 1);
  fixture_jam (store, "jam-b", 1);
  thread = g_thread_new ("other", append_two_hundred, store);
  for (gint64 seq = 1; seq <= 200; seq++)
    {
      g_assert_true (fixture_append (store, "jam-a", seq, NULL));
      if (seq % 50 == 0)
        g_assert_true (fixture_last_seq (store, "jam-b") <= 200);
    }
  g_thread_join (thread);
  g_assert_cmpint (fixture_last_seq (store, "jam-a"), ==, 200);
  g_assert_cmpint (fixture_last_seq (store, "jam-b"), ==, 200);
  g_clear_object (&store);
  fixture_remove (folder);
}

static const TuttiStoreJam *
jam_in (const GPtrArray *jams, const char *id)
{
  for (guint i = 0; i < jams->len; i++)
    if (g_str_equal (((TuttiStoreJam *) jams->pdata[i])->id, id))
      return jams->pdata[i];
  return NULL;
}

/* A remix knows from what, whatever becomes of that; the original counts those that are there. */
static void
test_remixes (void)
{
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  TuttiStoreJam remix = { .id = (char *) "remix-1", .name = (char *) "Other", .description = (char *) "louder", .published = TRUE,
                          .from_jam = (char *) "jam-a", .from_name = (char *) "Fuzzy penguin", .from_seq = 12 };
  TuttiStoreJam silent = { .id = (char *) "remix-1", .n_tracks = -1, .opened_us = 77 };
  TuttiStoreJam changed = { .id = (char *) "remix-1", .n_tracks = 3, .description = (char *) "" };
  TuttiStoreJam wrong = { .id = (char *) "x", .name = (char *) "X", .from_name = (char *) "nothing" };
  g_autoptr(GError) error = NULL;

  fixture_jam (store, "jam-a", 1);
  g_assert_true (tutti_store_create_jam (store, &remix, NULL));
  remix.id = (char *) "remix-2";
  g_assert_true (tutti_store_create_jam (store, &remix, NULL));
  g_assert_false (tutti_store_create_jam (store, &wrong, &error));
  g_assert_error (error, TUTTI_STORE_ERROR, TUTTI_STORE_ERROR_INVALID);
  g_assert_true (tutti_store_delete_jam (store, "remix-2", 5, NULL));
  g_assert_true (tutti_store_update_jam (store, &silent, NULL));
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, NULL);

  g_assert_cmpuint (jam_in (jams, "jam-a")->n_remixes, ==, 1);
  g_assert_cmpstr (jam_in (jams, "jam-a")->from_jam, ==, NULL);
  g_assert_cmpstr (jam_in (jams, "remix-1")->description, ==, "louder");
  g_assert_true (jam_in (jams, "remix-1")->published);
  g_assert_true (tutti_store_update_jam (store, &changed, NULL));
  g_assert_true (tutti_store_delete_jam (store, "jam-a", 6, NULL));
  g_assert_true (tutti_store_purge (store, 100, NULL, NULL));
  g_autoptr(GPtrArray) left = tutti_store_list_jams (store, FALSE, 0, NULL);

  g_assert_cmpuint (left->len, ==, 1);
  g_assert_cmpstr (jam_in (left, "remix-1")->from_name, ==, "Fuzzy penguin");
  g_assert_cmpint (jam_in (left, "remix-1")->from_seq, ==, 12);
  g_assert_cmpstr (jam_in (left, "remix-1")->description, ==, "");
  g_assert_false (jam_in (left, "remix-1")->published);
  g_clear_object (&store);
  fixture_remove (folder);
}

/* A sound is named by a kept document or by an operation that may still be taken back, in deleted jams too until they are purged. */
static void
test_named_samples (void)
{
  static const char hash[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  g_autofree char *text = g_strdup_printf ("[\"sound.add\",\"%s\"]", hash);
  TuttiStoreSample sample = { .hash = (char *) hash, .name = (char *) "Rain", .n_bytes = 1, .n_frames = 1,
                              .n_channels = 1, .used_us = 1 };
  char *folder = fixture_folder ();
  g_autoptr(TuttiStore) store = fixture_open (folder);
  gboolean named = TRUE;

  fixture_jam (store, "jam-a", 1);
  g_assert_true (tutti_store_put_sample (store, &sample, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && !named);
  g_assert_true (tutti_store_append_op (store, "jam-a", 1, 1, 1, 1, text, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && named);
  g_assert_true (tutti_store_save_snapshot (store, "jam-a", 1, "{}", 1, NULL));
  for (gint64 seq = 2; seq <= TUTTI_STORE_KEPT_OPS; seq++)
    g_assert_true (fixture_append (store, "jam-a", seq, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && named);
  /* That operation is the 1001st from the end now, and lies before the newest snapshot. */
  g_assert_true (fixture_append (store, "jam-a", TUTTI_STORE_KEPT_OPS + 1, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && !named);
  g_assert_true (tutti_store_save_snapshot (store, "jam-a", TUTTI_STORE_KEPT_OPS + 1, text, 1, NULL));
  g_assert_true (tutti_store_delete_jam (store, "jam-a", 5, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && named);
  g_assert_true (tutti_store_purge (store, 100, NULL, NULL));
  g_assert_true (tutti_store_names_sample (store, hash, &named, NULL) && !named);
  g_assert_true (tutti_store_drop_sample (store, hash, NULL));
  g_autoptr(GPtrArray) samples = tutti_store_list_samples (store, NULL);

  g_assert_cmpuint (samples->len, ==, 0);
  g_clear_object (&store);
  fixture_remove (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/log-comes-back", test_log_comes_back);
  g_test_add_func ("/store/only-what-follows-is-kept", test_only_what_follows_is_kept);
  g_test_add_func ("/store/batch-is-whole-or-nothing", test_batch_is_whole_or_nothing);
  g_test_add_func ("/store/snapshots-shorten-the-tail", test_snapshots_shorten_the_tail);
  g_test_add_func ("/store/adopted", test_adopted);
  g_test_add_func ("/store/jams-most-recent-first", test_jams_most_recent_first);
  g_test_add_func ("/store/delete-can-be-undone-until-purged", test_delete_can_be_undone_until_purged);
  g_test_add_func ("/store/purged-with-what-is-beside", test_purged_with_what_is_beside);
  g_test_add_func ("/store/people-and-tokens", test_people_and_tokens);
  g_test_add_func ("/store/sounds-chat-settings", test_sounds_chat_settings);
  g_test_add_func ("/store/bounds-come-first", test_bounds_come_first);
  g_test_add_func ("/store/async-keeps-the-order", test_async_keeps_the_order);
  g_test_add_func ("/store/threads-write-side-by-side", test_threads_write_side_by_side);
  g_test_add_func ("/store/remixes", test_remixes);
  g_test_add_func ("/store/named-samples", test_named_samples);
  return g_test_run ();
}
