/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One of several who write the same few fields at the same time: EDITS edits of its own, as fast as the host lets anybody, then a
 * scene called “done”. When all PEOPLE have added theirs, nothing is under way any more, and it says which copy it has.
 * crossing-guest ADDRESS PORT EDITS PEOPLE SEED */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "load-crowd.h"

enum { EDITS_A_SECOND = 100, FIELDS = 4 };

static GRand *randomly;
static guint edits, people;
static gint over;                  /* atomic */

static TuttiOp *
edit (LoadGuest *guest)
{
  if (guest->number > edits)
    return NULL;
  if (guest->number == edits)
    return tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_replica_new_id (guest->replica), "done", TUTTI_N (0));
  if (g_rand_int_range (randomly, 0, 4) == 0)
    return tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (g_rand_int_range (randomly, 6000, 18000)));
  return tutti_op_new (TUTTI_OP_STEP, tutti_replica_get_shown (guest->replica)->tracks[0]->clips[0]->id,
                       TUTTI_N (g_rand_int_range (randomly, 0, FIELDS)), TUTTI_N (g_rand_int_range (randomly, 0, 128)));
}

static guint
count_done (const TuttiJam *jam)
{
  guint n = 0;

  for (guint i = 0; i < jam->n_scenes; i++)
    n += g_str_equal (jam->scenes[i].name, "done");
  return n;
}

static void
confirmed (LoadGuest *guest, const TuttiOp *op, const TuttiStamp *stamp)
{
  if (tutti_replica_get_pending (guest->replica) == 0 && count_done (tutti_replica_get_confirmed (guest->replica)) == people)
    g_atomic_int_set (&over, 1);
}

static void
say_copy (LoadGuest *guest, gpointer data)
{
  printf ("copy %" G_GINT64_FORMAT " %016" G_GINT64_MODIFIER "x refused=%d repaired=%d lost=%d\n", tutti_replica_get_seq (guest->replica),
          tutti_jam_hash (tutti_replica_get_confirmed (guest->replica)), guest->crowd->refused, guest->crowd->repaired,
          guest->crowd->lost);
  fflush (stdout);
}

int
main (int argc, char **argv)
{
  LoadCrowd crowd;

  setlocale (LC_ALL, "C.UTF-8");
  g_assert_cmpint (argc, ==, 6);
  edits = (guint) atoi (argv[3]);
  people = (guint) atoi (argv[4]);
  randomly = g_rand_new_with_seed ((guint32) atoi (argv[5]));
  load_crowd_init (&crowd, 1, 1, TRUE);
  crowd.address = argv[1];
  crowd.port = (guint16) atoi (argv[2]);
  crowd.returns = TRUE;
  crowd.calls = (LoadCalls) { .edit = edit, .confirmed = confirmed };
  load_crowd_join (&crowd, 0);
  load_crowd_await (&crowd, 1);
  printf ("in\n");
  fflush (stdout);
  /* All begin together. */
  if (getchar () == EOF)
    return EXIT_FAILURE;
  load_crowd_play (&crowd, EDITS_A_SECOND);
  while (!g_atomic_int_get (&over))
    g_usleep (10000);
  load_crowd_call (&crowd, 0, say_copy, NULL);
  /* The others may need this one's answers no more, but see it stay. */
  while (getchar () != EOF)
    ;
  load_crowd_stop (&crowd);
  load_crowd_clear (&crowd);
  g_rand_free (randomly);
  return EXIT_SUCCESS;
}
