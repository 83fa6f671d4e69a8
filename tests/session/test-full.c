/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that is really full: a small tmpfs in a mount namespace of the test's own. Who edits is told so, nobody is shown what was not
 * kept, it plays on, and with room again everything goes on; what was acknowledged is there afterwards. */
#include "tutti-somebody.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mount.h>
#include <unistd.h>

#define ROOM "size=6m"
#define STEPS 16
#define TRIES_MAX 4000

typedef struct
{
  Somebody host, guest;
  char    *disk, *filler;
  guint    not_kept;
  int      acknowledged[STEPS];    /* velocity of each step that everyone has */
} Place;

static void
note_refusal (TuttiSession *session, const TuttiOp *op, const GError *why, Place *place)
{
  g_assert_error (why, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_NOT_KEPT);
  g_assert_nonnull (strstr (why->message, "disk is full"));
  place->not_kept++;
}

static void
open_studio (Place *place)
{
  g_autoptr(GError) error = NULL;

  place->host.studio = tutti_studio_new (place->disk, NULL, &error);
  g_assert_no_error (error);
  tutti_studio_set_person (place->host.studio, "Host", TUTTI_PERSON_MINT);
}

static void
begin (Place *place)
{
  g_autofree char *id = NULL;

  memset (place, 0, sizeof *place);
  place->disk = g_dir_make_tmp ("tutti-full-XXXXXX", NULL);
  g_assert_cmpint (mount ("tmpfs", place->disk, "tmpfs", 0, ROOM), ==, 0);
  place->filler = g_build_filename (place->disk, "filler", NULL);
  open_studio (place);
  somebody_init (&place->guest, "Guest", TUTTI_PERSON_ICE);
  id = new_jam (&place->host);
  open_jam (&place->host, id);
  join (&place->guest, let_in (&place->host, 0, 4));
  g_signal_connect (place->host.session, "refused", G_CALLBACK (note_refusal), place);
  g_signal_connect (place->guest.session, "refused", G_CALLBACK (note_refusal), place);
}

static void
fill (Place *place)
{
  int fd = g_open (place->filler, O_WRONLY | O_CREAT | O_APPEND, 0600);
  static const char zeros[4096];

  g_assert_cmpint (fd, >=, 0);
  while (write (fd, zeros, sizeof zeros) > 0)
    ;
  g_assert_cmpint (errno, ==, ENOSPC);
  close (fd);
}

static void
empty (Place *place)
{
  g_assert_cmpint (g_unlink (place->filler), ==, 0);
}

/* One edit, and its answer. Returns whether it was kept. */
static gboolean
try_edit (Place *place, Somebody *who, guint index, int value)
{
  guint before = place->not_kept;
  gboolean kept;

  paint (who, index, value);
  WAIT_FOR (pending (who) == 0);
  kept = place->not_kept == before;
  if (kept)
    place->acknowledged[index] = value;
  g_assert_cmpint (velocity (who, index), ==, place->acknowledged[index]);
  return kept;
}

static void
assert_acknowledged (Place *place, Somebody *who)
{
  for (guint i = 0; i < STEPS; i++)
    g_assert_cmpint (velocity (who, i), ==, place->acknowledged[i]);
}

/* The log that lies in the store's files already is written before more room is asked for. */
static void
use_up (Place *place)
{
  guint n = 0;

  for (guint i = 0; i < STEPS; i++)
    place->acknowledged[i] = velocity (&place->host, i);
  fill (place);
  while (try_edit (place, &place->host, n % STEPS, 1 + (int) (n % 120)))
    g_assert_cmpuint (++n, <, TRIES_MAX);
  WAIT_FOR (same (&place->host, &place->guest));
  g_test_message ("full after %u further edits", n);
}

static void
refuse_all (Place *place)
{
  gint64 seq = tutti_session_get_seq (place->host.session);
  guint64 hash = tutti_session_get_hash (place->host.session);

  for (guint i = 0; i < STEPS; i++)
    {
      g_assert_false (try_edit (place, &place->host, i, 121));
      g_assert_false (try_edit (place, &place->guest, i, 122));
    }
  WAIT_FOR (same (&place->host, &place->guest));
  g_assert_cmpint (tutti_session_get_seq (place->guest.session), ==, seq);
  g_assert_cmpuint (tutti_session_get_hash (place->guest.session), ==, hash);
  assert_acknowledged (place, &place->host);
  assert_acknowledged (place, &place->guest);
}

static void
play_on (Somebody *who)
{
  gint64 tick = tutti_session_get_tick (who->session);

  g_assert_true (tutti_session_get_jam (who->session)->transport.playing);
  WAIT_FOR (tutti_session_get_tick (who->session) > tick);
}

static void
end (Place *place)
{
  somebody_clear (&place->guest);
  leave (&place->host);
  g_clear_object (&place->host.studio);
  g_assert_cmpint (umount (place->disk), ==, 0);
  g_assert_cmpint (g_rmdir (place->disk), ==, 0);
  g_free (place->disk);
  g_free (place->filler);
}

/* Another program run: what is there is what was acknowledged. */
static void
open_again (Place *place, const char *id)
{
  gpointer weak = place->host.studio;

  leave (&place->host);
  g_object_add_weak_pointer (G_OBJECT (place->host.studio), &weak);
  g_clear_object (&place->host.studio);
  WAIT_FOR (weak == NULL);
  if (g_file_test (place->filler, G_FILE_TEST_EXISTS))
    empty (place);
  open_studio (place);
  open_jam (&place->host, id);
  assert_acknowledged (place, &place->host);
}

static void
test_full (gconstpointer data)
{
  gboolean left_while_full = GPOINTER_TO_INT (data);
  Place place;

  begin (&place);
  g_autofree char *id = g_strdup (tutti_session_get_jam_id (place.host.session));

  g_assert_true (tutti_session_submit (place.host.session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), NULL));
  WAIT_FOR (pending (&place.host) == 0);
  use_up (&place);
  refuse_all (&place);
  play_on (&place.host);
  play_on (&place.guest);
  if (!left_while_full)
    {
      empty (&place);
      g_assert_true (try_edit (&place, &place.guest, 3, 77));
      g_assert_true (try_edit (&place, &place.host, 4, 78));
      WAIT_FOR (same (&place.host, &place.guest));
      assert_acknowledged (&place, &place.guest);
    }
  g_signal_handlers_disconnect_by_data (place.guest.session, &place);
  leave (&place.guest);
  open_again (&place, id);
  end (&place);
}

static void
skip (void)
{
  g_test_skip ("no mount namespace of its own: no disk to fill");
}

/* In a namespace of its own, where it may mount. */
static gboolean
enter_alone (char **argv)
{
  const char *check[] = { "unshare", "--user", "--map-root-user", "--mount", "true", NULL };
  g_autoptr(GPtrArray) words = g_ptr_array_new ();
  int status = 1;

  if (g_getenv ("TUTTI_FULL") != NULL)
    return TRUE;
  if (!g_spawn_sync (NULL, (char **) check, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, NULL) || status != 0)
    return FALSE;
  g_setenv ("TUTTI_FULL", "1", TRUE);
  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (words, (char *) check[i]);
  for (guint i = 0; argv[i] != NULL; i++)
    g_ptr_array_add (words, argv[i]);
  g_ptr_array_add (words, NULL);
  execvp ("unshare", (char **) words->pdata);
  return FALSE;
}

int
main (int argc, char **argv)
{
  gboolean alone = enter_alone (argv);

  g_test_init (&argc, &argv, NULL);
  if (alone)
    {
      gst_init (NULL, NULL);
      /* A snapshot that cannot be saved is warned of, and that is right. */
      g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
      g_test_add_data_func ("/full/and-room-again", GINT_TO_POINTER (FALSE), test_full);
      g_test_add_data_func ("/full/and-left", GINT_TO_POINTER (TRUE), test_full);
    }
  else
    g_test_add_func ("/full/skipped", skip);
  return g_test_run ();
}
