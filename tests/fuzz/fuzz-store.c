/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A damaged store: it is refused and not touched, or what it loads is in order and within bounds. */
#include "fuzz-damage.h"
#include "tutti-fuzz.h"
#include "tutti-store-sqlite.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

const char *const fuzz_corpus[] = { "xaab", "ecde", "\xf8" "mmm", "\xe5" "abc\xe5" "dbc", "f.@z", "mabc", "\xe3wwa", NULL };

static char *folder, *path;
static GBytes *whole;

static void
remove_side_files (void)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL), *index = g_strconcat (path, "-shm", NULL);

  g_unlink (log);
  g_unlink (index);
}

static void
clean_up (void)
{
  remove_side_files ();
  g_unlink (path);
  g_rmdir (folder);
}

static void
make_store (void)
{
  g_autoptr(TuttiStore) store = NULL;
  TuttiStoreJam jam = { .id = (char *) "jam", .name = (char *) "Jam", .created_us = 1 };
  TuttiStorePerson ada = { .number = 1, .profile = (char *) "p", .token_hash = (char *) "t", .name = (char *) "Ada" };
  char *bytes;
  gsize n;

  folder = g_dir_make_tmp ("fuzz-store-XXXXXX", NULL);
  path = g_build_filename (folder, "jams.db", NULL);
  store = tutti_store_sqlite_open (folder, 100, NULL);
  tutti_store_create_jam (store, &jam, NULL);
  tutti_store_put_person (store, "jam", &ada, NULL);
  for (gint64 seq = 1; seq <= 40; seq++)
    {
      tutti_store_append_op (store, "jam", 1, seq, 1, seq, "[\"step\",\"a.1\",3,100]", NULL);
      tutti_store_append_chat (store, "jam", 1, seq, "la la", NULL);
      if (seq % 15 == 0)
        tutti_store_save_snapshot (store, "jam", seq, "{\"tracks\":[]}", 1, NULL);
    }
  g_clear_object (&store);
  if (!g_file_get_contents (path, &bytes, &n, NULL))
    abort ();
  whole = g_bytes_new_take (bytes, n);
  atexit (clean_up);
}

static void
read_everything (TuttiStore *store)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (store, FALSE, 0, NULL);
  g_autoptr(GPtrArray) people = tutti_store_list_people (store, "jam", NULL);
  g_autoptr(GPtrArray) chat = tutti_store_list_chat (store, "jam", 0, 0, NULL);
  g_autoptr(GPtrArray) samples = tutti_store_list_samples (store, NULL);

  for (int mode = TUTTI_STORE_LOAD_WHOLE; mode <= TUTTI_STORE_LOAD_SALVAGE; mode++)
    {
      g_autoptr(TuttiStoreLoaded) loaded = tutti_store_load (store, "jam", (TuttiStoreLoadMode) mode, NULL);

      for (guint i = 0; loaded != NULL && i < loaded->ops->len; i++)
        {
          const TuttiStoreOp *op = loaded->ops->pdata[i];

          /* Only what was written comes back: the text, in its place. */
          if (op->seq != loaded->snapshot_seq + 1 + i || strcmp (op->text, "[\"step\",\"a.1\",3,100]") != 0)
            abort ();
        }
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(GByteArray) file = g_byte_array_new ();
  g_autoptr(TuttiStore) store = NULL;
  g_autoptr(GError) error = NULL;

  if (folder == NULL)
    make_store ();
  g_byte_array_append (file, g_bytes_get_data (whole, NULL), (guint) g_bytes_get_size (whole));
  fuzz_damage (file, data, size);
  remove_side_files ();
  g_unlink (path);                       /* GLib 2.74 does not shorten a file that is there */
  g_file_set_contents_full (path, (char *) file->data, file->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL);

  store = tutti_store_sqlite_open (folder, 20, &error);
  if (store != NULL)
    read_everything (store);
  else
    {
      g_autofree char *after = NULL;
      gsize n;

      if (error == NULL || !g_file_get_contents (path, &after, &n, NULL) || n != file->len ||
          memcmp (after, file->data, n) != 0)
        abort ();
    }
  return 0;
}
