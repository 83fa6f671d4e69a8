/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Remixes of kept and of visited jams, and what is thrown out by itself. */
#include "tutti-somebody.h"

#include "tutti-jam-remix.h"
#include "tutti-sound-files.h"
#include "tutti-upkeep.h"

#include <fcntl.h>
#include <sys/stat.h>

/* (transfer full) */
static TuttiStoreJam *
kept (const Somebody *who, const char *id)
{
  g_autoptr(GPtrArray) jams = tutti_store_list_jams (tutti_studio_get_store (who->studio), FALSE, 0, NULL);

  for (guint i = 0; i < jams->len; i++)
    if (g_str_equal (((TuttiStoreJam *) jams->pdata[i])->id, id))
      return tutti_store_jam_copy (jams->pdata[i]);
  return NULL;
}

static guint64
music_hash (const TuttiJam *jam)
{
  g_autoptr(TuttiJam) music = tutti_jam_remix (jam, "Music");

  return tutti_jam_hash (music);
}

/* The original goes on as it was; the remix begins with what it was, and its first history is its own. */
static void
test_kept (void)
{
  Somebody me;
  g_autoptr(GError) error = NULL;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  TuttiStore *store = tutti_studio_get_store (me.studio);
  g_autofree char *id = new_jam (&me);

  open_jam (&me, id);
  paint (&me, 3, 99);
  g_assert_true (tutti_session_submit (me.session, tutti_op_new (TUTTI_OP_JAM_DESCRIPTION, "About rain"), NULL));
  g_assert_true (tutti_session_submit (me.session, tutti_op_new (TUTTI_OP_JAM_PUBLISHED, TUTTI_N (1)), NULL));
  WAIT_FOR (pending (&me) == 0);
  g_assert_false (tutti_session_submit (me.session, tutti_op_new (TUTTI_OP_STEP, clip (&me)->id, TUTTI_N (3), TUTTI_N (1)), &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_ALLOWED);
  g_clear_error (&error);
  guint64 music = music_hash (tutti_session_get_jam (me.session));
  gint64 seq = tutti_session_get_seq (me.session);
  g_autofree char *remix = tutti_room_remix_kept (store, id, "Blue Hour Remix", &error);

  g_assert_no_error (error);
  leave (&me);
  g_autoptr(TuttiStoreJam) original = kept (&me, id), copy = kept (&me, remix);

  g_assert_cmpuint (original->n_remixes, ==, 1);
  g_assert_true (original->published);
  g_assert_cmpstr (original->description, ==, "About rain");
  g_assert_cmpstr (copy->from_jam, ==, id);
  g_assert_cmpstr (copy->from_name, ==, "Blue Hour");
  g_assert_cmpint (copy->from_seq, ==, seq);
  g_assert_false (copy->published);
  open_jam (&me, remix);
  g_assert_cmpuint (music_hash (tutti_session_get_jam (me.session)), ==, music);
  g_assert_cmpstr (tutti_session_get_jam (me.session)->name, ==, "Blue Hour Remix");
  g_assert_false (tutti_session_can_undo (me.session));
  paint (&me, 3, 11);
  WAIT_FOR (pending (&me) == 0);
  leave (&me);
  open_jam (&me, id);
  g_assert_cmpint (velocity (&me, 3), ==, 99);
  somebody_clear (&me);
}

/* Who visits a jam keeps a copy of what they see, and it is theirs. */
static void
test_visited (void)
{
  Somebody host, guest;
  g_autoptr(GError) error = NULL;

  somebody_init (&host, "Host", TUTTI_PERSON_MINT);
  somebody_init (&guest, "Guest", TUTTI_PERSON_ICE);
  g_autofree char *id = new_jam (&host);

  open_jam (&host, id);
  join (&guest, let_in (&host, 0, 4));
  paint (&host, 5, 88);
  WAIT_FOR (same (&host, &guest) && velocity (&guest, 5) == 88);
  guint64 music = music_hash (tutti_session_get_jam (guest.session));
  TuttiRoomOrigin origin = { id, "Blue Hour", tutti_session_get_seq (guest.session) };
  g_autofree char *copy = tutti_room_remix (tutti_studio_get_store (guest.studio), tutti_session_get_jam (guest.session), &origin,
                                            "Blue Hour Copy", &error);

  g_assert_no_error (error);
  leave (&guest);
  open_jam (&guest, copy);
  g_assert_cmpuint (music_hash (tutti_session_get_jam (guest.session)), ==, music);
  paint (&guest, 5, 3);
  WAIT_FOR (pending (&guest) == 0);
  g_assert_true (tutti_session_submit (guest.session, tutti_op_new (TUTTI_OP_TRACK_DELETE,
                                                                    tutti_session_get_jam (guest.session)->tracks[0]->id), NULL));
  WAIT_FOR (pending (&guest) == 0);
  g_assert_cmpint (velocity (&host, 5), ==, 88);
  g_autoptr(TuttiStoreJam) row = kept (&guest, copy);

  g_assert_cmpstr (row->from_jam, ==, id);
  somebody_clear (&guest);
  somebody_clear (&host);
}

/* ---- upkeep ---- */

static char *
keep_sound (const char *folder, const char *content)
{
  g_autoptr(GBytes) bytes = g_bytes_new (content, strlen (content));
  g_autoptr(GError) error = NULL;
  char *hash = tutti_sound_files_hash (bytes);

  g_assert_true (tutti_sound_files_write (folder, hash, bytes, &error));
  g_assert_no_error (error);
  return hash;
}

static void
age (const char *folder, const char *hash, gint64 us)
{
  g_autofree char *path = tutti_sound_files_path (folder, hash);
  struct timespec then = { .tv_sec = (time_t) (us / G_USEC_PER_SEC) };

  g_assert_cmpint (utimensat (AT_FDCWD, path, (struct timespec[2]) { then, then }, 0), ==, 0);
}

static TuttiUpkeepFigures
run_at (Somebody *who, const char *folder, gint64 now_us)
{
  TuttiUpkeepFigures figures = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_upkeep_run (tutti_studio_get_store (who->studio), folder, now_us, &figures, &error));
  g_assert_no_error (error);
  return figures;
}

/* In virtual time: a day after it was used last a sound that no jam names goes; one that is named, in a deleted jam too, stays until
 * that is purged. */
static void
test_upkeep (void)
{
  const gint64 t0 = G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC, day = G_TIME_SPAN_DAY;
  Somebody me;

  somebody_init (&me, "Azure Ant", TUTTI_PERSON_MINT);
  const char *folder = tutti_sound_library_get_folder (tutti_studio_get_library (me.studio));
  g_autofree char *named = keep_sound (folder, "named"), *lost = keep_sound (folder, "lost"), *indexed = keep_sound (folder, "indexed");
  g_autoptr(GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free);
  TuttiStoreSample sample = { .hash = indexed, .name = (char *) "Rain", .n_bytes = 7, .n_frames = 1, .n_channels = 1,
                              .used_us = t0 + day };

  g_ptr_array_add (ops, tutti_op_new (TUTTI_OP_SOUND_ADD, named, "Rain", TUTTI_N (48000), TUTTI_N (1)));
  g_autofree char *id = tutti_room_create (tutti_studio_get_store (me.studio), "Rain", ops, NULL);

  g_assert_true (tutti_store_put_sample (tutti_studio_get_store (me.studio), &sample, NULL));
  age (folder, named, t0);
  age (folder, lost, t0);
  age (folder, indexed, t0);
  g_assert_cmpuint (run_at (&me, folder, t0 + day - 1).n_sounds, ==, 0);
  TuttiUpkeepFigures figures = run_at (&me, folder, t0 + day);

  g_assert_cmpuint (figures.n_sounds, ==, 1);
  g_assert_cmpuint (figures.n_bytes, ==, strlen ("lost"));
  g_assert_false (tutti_sound_files_has (folder, lost));
  g_assert_true (tutti_sound_files_has (folder, indexed));
  tutti_sound_files_touch (folder, indexed);
  g_assert_cmpuint (run_at (&me, folder, t0 + 3 * day).n_sounds, ==, 0);
  age (folder, indexed, t0);
  g_assert_cmpuint (run_at (&me, folder, t0 + 3 * day).n_sounds, ==, 1);
  g_autoptr(GPtrArray) samples = tutti_store_list_samples (tutti_studio_get_store (me.studio), NULL);

  g_assert_cmpuint (samples->len, ==, 0);
  g_assert_true (tutti_store_delete_jam (tutti_studio_get_store (me.studio), id, t0 + 3 * day, NULL));
  g_assert_cmpuint (run_at (&me, folder, t0 + 33 * day).n_jams, ==, 0);
  g_assert_true (tutti_sound_files_has (folder, named));
  figures = run_at (&me, folder, t0 + 33 * day + 1);
  g_assert_cmpuint (figures.n_jams, ==, 1);
  g_assert_cmpuint (figures.n_sounds, ==, 1);
  g_assert_false (tutti_sound_files_has (folder, named));
  somebody_clear (&me);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  g_test_add_func ("/library/kept", test_kept);
  g_test_add_func ("/library/visited", test_visited);
  g_test_add_func ("/library/upkeep", test_upkeep);
  return g_test_run ();
}
