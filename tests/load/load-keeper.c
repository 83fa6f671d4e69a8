/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "load-keeper.h"

#include "load-host.h"

static TuttiOp *
edit (LoadGuest *guest)
{
  LoadKeeper *keeper = guest->crowd->calls.user;
  g_autofree char *text = NULL;

  if (guest->number % 4 == 3)
    return tutti_op_new (TUTTI_OP_STEP, guest->crowd->clip, TUTTI_N (guest->number % 16), TUTTI_N (1 + guest->number % 127));
  text = g_strdup_printf ("%" G_GINT64_FORMAT, ++keeper->said[guest->index]);
  return tutti_op_new (TUTTI_OP_SCENE_NAME, load_scene (guest->index), text);
}

static void
confirmed (LoadGuest *guest, const TuttiOp *op, const TuttiStamp *stamp)
{
  LoadKeeper *keeper = guest->crowd->calls.user;
  gint64 *certain = &keeper->certain[guest->index];

  if (op == NULL)
    return;
  g_atomic_int_inc (&keeper->heard);
  if (op->kind == TUTTI_OP_SCENE_NAME && tutti_id_equal (op->arg[0].id, load_scene (guest->index)))
    *certain = MAX (*certain, g_ascii_strtoll (op->arg[1].text, NULL, 10));
}

/* The copy is still what the last host said. */
static void
welcomed (LoadGuest *guest, const TuttiWelcome *welcome)
{
  LoadKeeper *keeper = guest->crowd->calls.user;
  gint64 less = tutti_replica_get_seq (guest->replica) - welcome->seq;

  if (less > 0)
    g_atomic_int_add (&keeper->missing, (gint) less);
}

void
load_keeper_init (LoadKeeper *keeper, LoadCrowd *crowd)
{
  *keeper = (LoadKeeper) { .crowd = crowd, .said = g_new0 (gint64, crowd->n), .certain = g_new0 (gint64, crowd->n) };
  crowd->calls = (LoadCalls) { keeper, edit, welcomed, confirmed };
}

void
load_keeper_clear (LoadKeeper *keeper)
{
  g_free (keeper->said);
  g_free (keeper->certain);
}

typedef struct
{
  guint   pending;
  gint64  seq, number;             /* number: that stands in its own scene */
  guint64 hash;
} Look;

static void
look (LoadGuest *guest, gpointer data)
{
  const TuttiJam *jam = tutti_replica_get_confirmed (guest->replica);
  const TuttiScene *scene = tutti_jam_scene (jam, load_scene (guest->index), NULL);

  *(Look *) data = (Look) { tutti_replica_get_pending (guest->replica), tutti_replica_get_seq (guest->replica),
                            g_ascii_strtoll (scene->name, NULL, 10), tutti_jam_hash (jam) };
}

static gboolean
look_at_all (LoadCrowd *crowd, Look *looks)
{
  gboolean settled = TRUE;

  for (guint i = 0; i < crowd->n; i++)
    {
      load_crowd_call (crowd, i, look, &looks[i]);
      settled = settled && looks[i].pending == 0 && looks[i].seq == looks[0].seq;
    }
  return settled;
}

LoadVerdict
load_keeper_judge (LoadKeeper *keeper)
{
  g_autofree Look *looks = g_new0 (Look, keeper->crowd->n);
  LoadVerdict verdict = { 0 };

  while (!look_at_all (keeper->crowd, looks))
    g_usleep (10000);
  for (guint i = 0; i < keeper->crowd->n; i++)
    {
      verdict.lost += MAX (keeper->certain[i] - looks[i].number, 0);
      verdict.differ += looks[i].hash != looks[0].hash;
    }
  return verdict;
}
