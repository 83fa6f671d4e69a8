/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Signs of life: they come while both threads answer, and stop when the one that serves the jams hangs. */
#include "tutti-files.h"
#include "tutti-heart.h"

#include "harness.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define PERIOD_MS 20
#define MISSED 10

typedef struct
{
  char         *folder;
  TuttiStudio  *studio;
  TuttiHosting *hosting;
  TuttiHeart   *heart;
  int           manager;           /* where its words arrive */
  GMutex        mutex;             /* held by whoever has the house's thread hang */
  gint          hangs;             /* atomic */
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  g_autofree char *name = g_strdup_printf ("@tutti-heart-%d", (int) getpid ());
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autoptr(GError) error = NULL;

  memset (place, 0, sizeof *place);
  place->folder = g_dir_make_tmp ("tutti-heart-XXXXXX", &error);
  g_assert_no_error (error);
  place->studio = tutti_studio_new (place->folder, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *jam = tutti_room_create (tutti_studio_get_store (place->studio), "Beat", NULL, &error);

  place->hosting = tutti_hosting_open (place->studio, jam, 4, &error);
  g_assert_no_error (error);
  memcpy (address.sun_path + 1, name + 1, strlen (name) - 1);
  place->manager = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  g_assert_cmpint (bind (place->manager, (struct sockaddr *) &address,
                         (socklen_t) (offsetof (struct sockaddr_un, sun_path) + strlen (name))), ==, 0);
  place->heart = tutti_heart_new (place->hosting, tutti_notify_new (name), 3 * PERIOD_MS * 1000);
  g_mutex_init (&place->mutex);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_clear_pointer (&place->heart, tutti_heart_free);
  tutti_hosting_close (place->hosting, TUTTI_CLOSE_GOING_AWAY);
  g_object_unref (place->hosting);
  g_object_unref (place->studio);
  close (place->manager);
  g_mutex_clear (&place->mutex);
  tutti_remove_tree (place->folder);
  g_free (place->folder);
}

/* The next datagram has @line in it; those between are passed over. */
static gboolean
has_heard (Place *place, const char *line)
{
  char text[512] = "";

  while (recv (place->manager, text, sizeof text - 1, 0) > 0)
    {
      if (strstr (text, line) != NULL)
        return TRUE;
      memset (text, 0, sizeof text);
    }
  return FALSE;
}

static void
test_life (Place *place, gconstpointer data)
{
  WAIT_FOR (has_heard (place, "READY=1"));
  WAIT_FOR (has_heard (place, "STATUS=1 jam open, 0 participants"));
  for (guint i = 0; i < 3; i++)
    WAIT_FOR (has_heard (place, "WATCHDOG=1"));
  g_clear_pointer (&place->heart, tutti_heart_free);
  g_assert_true (has_heard (place, "STOPPING=1"));
}

static void
hang (TuttiHouse *house, gpointer data)
{
  Place *place = data;

  g_atomic_int_set (&place->hangs, 1);
  g_mutex_lock (&place->mutex);
  g_mutex_unlock (&place->mutex);
}

static gboolean
count (gpointer data)
{
  ++*(guint *) data;
  return G_SOURCE_CONTINUE;
}

/* The main loop is well and turns, and yet nothing may be said: beats go the whole way. */
static void
test_hang (Place *place, gconstpointer data)
{
  guint turns = 0, timer;

  WAIT_FOR (has_heard (place, "WATCHDOG=1"));
  g_mutex_lock (&place->mutex);
  tutti_hosting_post (place->hosting, hang, place, NULL);
  WAIT_FOR (g_atomic_int_get (&place->hangs));
  while (has_heard (place, "WATCHDOG=1"))
    ;
  timer = g_timeout_add (PERIOD_MS, count, &turns);
  WAIT_FOR (turns == MISSED);
  g_source_remove (timer);
  g_assert_false (has_heard (place, "WATCHDOG=1"));
  g_mutex_unlock (&place->mutex);
  WAIT_FOR (has_heard (place, "WATCHDOG=1"));
}

int
main (int argc, char **argv)
{
  harness_init (&argc, &argv);
  g_test_add ("/heart/life", Place, NULL, set_up, test_life, tear_down);
  g_test_add ("/heart/hang", Place, NULL, set_up, test_hang, tear_down);
  return g_test_run ();
}
