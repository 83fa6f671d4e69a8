/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the click on a jam to its first sound, on the virtual card, which knows when it played what. A guest's output begins when its
 * clock has settled, so what is heard first is in time. */
#include <locale.h>
#include <stdlib.h>

#include "bench-row.h"
#include "tutti-demo.h"
#include "tutti-files.h"
#include "tutti-local-time.h"
#include "tutti-room.h"
#include "tutti-session.h"
#include "tutti-virtual-card.h"

enum { JOINS = 5, LISTEN_S = 3 };

static GstElement *
no_card (gpointer data)
{
  return NULL;
}

static GstElement *
make_card (gpointer data)
{
  GstElement *card = tutti_virtual_card_new (50, 7, 0, 0);

  gst_object_replace (data, GST_OBJECT (card));
  return card;
}

static gboolean
on_time (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint seconds)
{
  gboolean over = FALSE;

  g_timeout_add (1000 * seconds, on_time, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static TuttiSession *
host (TuttiStudio *studio)
{
  TuttiPlaybackOptions silent = { .make_sink = no_card };
  TuttiSessionDoor door = { .people_max = 8, .loopback = TRUE };
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);
  g_autoptr(GError) error = NULL;
  g_autofree char *jam = tutti_room_create (tutti_studio_get_store (studio), "Bench", ops, &error);
  TuttiSession *session = jam != NULL ? tutti_session_open (studio, jam, &silent, &error) : NULL;

  while (session != NULL && tutti_session_get_jam (session) == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (session == NULL || !tutti_session_host (session, &door, &error) ||
      !tutti_session_submit (session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), &error))
    g_error ("%s", error->message);
  run_for (1);
  return session;
}

/* Seconds until the first sample that is no silence; the whole of the listening when there is none. */
static double
join (guint16 port)
{
  g_autofree char *folder = g_dir_make_tmp ("tutti-bench-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiStudio) studio = tutti_studio_new (folder, NULL, &error);
  g_autoptr(TuttiAddress) address = tutti_address_new ("127.0.0.1", NULL, port);
  GstElement *card = NULL;
  TuttiPlaybackOptions heard = { .make_sink = make_card, .sink_data = &card };
  gint64 click_ns = tutti_monotonic_ns ();
  TuttiSession *session = tutti_session_join (studio, address, NULL, FALSE, &heard);
  double first_s = LISTEN_S;

  run_for (LISTEN_S);
  if (card != NULL)
    {
      g_autoptr(TuttiRecording) recording = tutti_virtual_card_steal_recording (TUTTI_VIRTUAL_CARD (card));
      guint64 n = 0;

      while (n < recording->n_frames && recording->stereo[2 * n] == 0)
        n++;
      if (n < recording->n_frames)
        first_s = (tutti_recording_time_ns (recording, (double) n) - (double) click_ns) / 1e9;
    }
  tutti_session_leave (session);
  g_object_unref (session);
  gst_clear_object (&card);
  g_clear_object (&studio);
  tutti_remove_tree (folder);
  return first_s;
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("tutti-bench-XXXXXX", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  TuttiStudio *studio;
  TuttiSession *session;

  gst_init (&argc, &argv);
  setlocale (LC_ALL, "C.UTF-8");
  studio = tutti_studio_new (folder, NULL, &error);
  g_assert_no_error (error);
  session = host (studio);
  for (guint i = 0; i < JOINS; i++)
    {
      double first_s = join (tutti_session_get_port (session));

      g_array_append_val (times, first_s);
    }
  bench_row ("join → first sound in time, median of 5", bench_quantile (times, 0.5), 1, "s");
  bench_row_plain ("join → first sound in time, worst of 5", bench_quantile (times, 1), "s");
  tutti_session_leave (session);
  g_object_unref (session);
  g_object_unref (studio);
  tutti_remove_tree (folder);
  return EXIT_SUCCESS;
}
