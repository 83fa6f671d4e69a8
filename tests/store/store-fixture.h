/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-store-sqlite.h"

#include <glib/gstdio.h>

/* A folder for one test, removed with everything in it; and a jam to write to. */

static inline char *
fixture_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("tutti-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static inline void
fixture_remove (char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_remove (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static inline TuttiStore *
fixture_open (const char *folder)
{
  g_autoptr(GError) error = NULL;
  TuttiStore *store = tutti_store_sqlite_open (folder, TUTTI_STORE_SQLITE_PATIENCE_MS, &error);

  g_assert_no_error (error);
  g_assert_nonnull (store);
  return store;
}

static inline void
fixture_jam (TuttiStore *store, const char *id, gint64 now_us)
{
  g_autoptr(GError) error = NULL;
  TuttiStoreJam jam = { .id = (char *) id, .name = (char *) "Fuzzy penguin", .created_us = now_us,
                        .updated_us = now_us, .opened_us = now_us };

  tutti_store_create_jam (store, &jam, &error);
  g_assert_no_error (error);
}

/* The text of operation @seq: long and short ones, all different, all told from the number alone. */
static inline char *
fixture_text (gint64 seq)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "[\"step\",\"k3.%" G_GINT64_FORMAT "\",%d,100,\"", seq, (int) (seq % 16));
  for (gint64 i = 0; i < seq * 7 % 120; i++)
    g_string_append_c (text, (char) ('a' + (seq + i) % 26));
  g_string_append (text, "\"]");
  return g_string_free (text, FALSE);
}

static inline gboolean
fixture_append (TuttiStore *store, const char *jam, gint64 seq, GError **error)
{
  g_autofree char *text = fixture_text (seq);

  return tutti_store_append_op (store, jam, 1, seq, seq % 5 + 1, seq * 480, text, error);
}

/* Every operation after @after is the one that was written, without a hole; returns the last number. */
static inline gint64
fixture_check_ops (GPtrArray *ops, gint64 after)
{
  for (guint i = 0; i < ops->len; i++)
    {
      const TuttiStoreOp *op = g_ptr_array_index (ops, i);
      g_autofree char *text = fixture_text (after + i + 1);

      g_assert_cmpint (op->seq, ==, after + i + 1);
      g_assert_cmpint (op->by, ==, op->seq % 5 + 1);
      g_assert_cmpint (op->at, ==, op->seq * 480);
      g_assert_cmpstr (op->text, ==, text);
    }
  return after + ops->len;
}

static inline gint64
fixture_last_seq (TuttiStore *store, const char *jam)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ops = tutti_store_list_ops (store, jam, 0, 0, &error);

  g_assert_no_error (error);
  return fixture_check_ops (ops, 0);
}
