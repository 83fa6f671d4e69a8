/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A copy of the store while somebody writes to it without a pause: it is one moment of it, whole, and holds nobody up. */
#include "tutti-store-backup.h"

#include "store-fixture.h"

#define JAM "fuzzy"

typedef struct
{
  TuttiStore *store;
  gint        ends;                /* atomic */
  gint        written;             /* atomic: the newest operation that was acknowledged */
} Writer;

static gpointer
write_on (gpointer data)
{
  Writer *writer = data;

  for (gint64 seq = 1; !g_atomic_int_get (&writer->ends); seq++)
    {
      g_autoptr(GError) error = NULL;

      fixture_append (writer->store, JAM, seq, &error);
      g_assert_no_error (error);
      g_atomic_int_set (&writer->written, (int) seq);
    }
  return NULL;
}

/* The copy at @file, opened as a store of its own. */
static gint64
last_in_copy (const char *file)
{
  char *folder = fixture_folder ();
  g_autofree char *place = g_build_filename (folder, "jams.db", NULL);

  g_assert_cmpint (g_rename (file, place), ==, 0);
  g_autoptr(TuttiStore) copy = fixture_open (folder);
  gint64 last = fixture_last_seq (copy, JAM);

  g_assert_true (tutti_store_close (copy, NULL));
  fixture_remove (folder);
  return last;
}

static void
test_under_way (void)
{
  char *folder = fixture_folder ();
  g_autofree char *file = g_build_filename (folder, "copy.db", NULL);
  Writer writer = { .store = fixture_open (folder) };
  gint64 last = 0;

  fixture_jam (writer.store, JAM, 1);
  GThread *thread = g_thread_new ("writer", write_on, &writer);

  for (guint round = 0; round < 5; round++)
    {
      g_autoptr(GError) error = NULL;
      gint64 before = g_atomic_int_get (&writer.written);

      g_assert_true (tutti_store_backup (folder, file, &error));
      g_assert_no_error (error);
      gint64 copied = last_in_copy (file);

      g_assert_cmpint (copied, >=, before);
      g_assert_cmpint (copied, >=, last);
      last = copied;
    }
  g_atomic_int_set (&writer.ends, 1);
  g_thread_join (thread);
  g_assert_cmpint (fixture_last_seq (writer.store, JAM), ==, writer.written);
  g_assert_true (tutti_store_close (writer.store, NULL));
  g_object_unref (writer.store);
  fixture_remove (folder);
}

static void
refuse (const char *folder, const char *to)
{
  g_autoptr(GError) error = NULL;

  g_assert_false (tutti_store_backup (folder, to, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
}

/* What is there stays; what cannot be written or read leaves nothing. */
static void
test_refused (void)
{
  char *folder = fixture_folder (), *empty = fixture_folder ();
  g_autofree char *file = g_build_filename (folder, "copy.db", NULL), *text = NULL;

  g_object_unref (fixture_open (folder));
  g_assert_true (g_file_set_contents (file, "mine", -1, NULL));
  refuse (folder, file);
  g_assert_true (g_file_get_contents (file, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "mine");
  refuse (folder, "/nowhere/copy.db");
  g_remove (file);
  refuse (empty, file);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  fixture_remove (folder);
  fixture_remove (empty);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup/under-way", test_under_way);
  g_test_add_func ("/store/backup/refused", test_refused);
  return g_test_run ();
}
