/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an edit costs until it is a score: all tracks anew, and one step of one track. Medians, in microseconds. */
#include <stdlib.h>

#include "bench-row.h"
#include "tutti-op.h"
#include "tutti-plan.h"

#define RUNS 401

static void
resolve (const char *name, TuttiPlanSound *out, gpointer unused)
{
  *out = (TuttiPlanSound) { .root_note = 60, .release_ms = 30 };
}

static void
apply (TuttiJam *jam, TuttiOp *op)
{
  TuttiStamp stamp = { 1, 1, 0 };

  if (!tutti_jam_apply (jam, op, &stamp, NULL, NULL))
    g_error ("the bench's own operation was refused");
  tutti_op_free (op);
}

static TuttiJam *
make_jam (guint n_tracks)
{
  TuttiJam *jam = tutti_jam_new ();
  TuttiId scene = tutti_id (1, 1);

  apply (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "", TUTTI_N (0)));
  for (guint i = 0; i < n_tracks; i++)
    {
      TuttiId track = tutti_id (2, i + 1), clip = tutti_id (3, i + 1);

      apply (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, track, "t", "kit:tight-kick", TUTTI_N (0)));
      apply (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track, scene, ""));
      apply (jam, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (64)));
      for (guint step = 0; step < 64; step += 2)
        apply (jam, tutti_op_new (TUTTI_OP_STEP, clip, TUTTI_N (step), TUTTI_N (100)));
    }
  apply (jam, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, scene, TUTTI_N (TUTTI_QUANTUM_NOW)));
  return jam;
}

static int
compare (const void *a, const void *b)
{
  gint64 one = *(const gint64 *) a, two = *(const gint64 *) b;

  return (one > two) - (one < two);
}

static double
median_us (gint64 *times)
{
  qsort (times, RUNS, sizeof *times, compare);
  return (double) times[RUNS / 2];
}

static void
run (guint n_tracks)
{
  g_autoptr(TuttiJam) jam = make_jam (n_tracks);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve, NULL);
  gint64 whole[RUNS], edit[RUNS];

  for (guint i = 0; i < RUNS; i++)
    {
      g_autoptr(TuttiPlan) fresh = tutti_plan_new (resolve, NULL);
      gint64 start = g_get_monotonic_time ();
      TuttiScore *score = tutti_plan_compile (fresh, jam, 0);

      whole[i] = g_get_monotonic_time () - start;
      tutti_score_free (score);
    }
  for (guint i = 0; i < RUNS; i++)
    {
      TuttiScore *score;
      gint64 start;

      apply (jam, tutti_op_new (TUTTI_OP_STEP, tutti_id (3, 1 + i % n_tracks), TUTTI_N (1), TUTTI_N (1 + i % 127)));
      start = g_get_monotonic_time ();
      score = tutti_plan_compile (plan, jam, i);
      edit[i] = g_get_monotonic_time () - start;
      tutti_score_free (score);
    }
  g_autofree char *all = g_strdup_printf ("Score of %u tracks of 64 steps, all anew, median", n_tracks);
  g_autofree char *one = g_strdup_printf ("Score of %u tracks of 64 steps, after an edit of one step, median", n_tracks);

  bench_row_plain (all, median_us (whole), "µs");
  bench_row_plain (one, median_us (edit), "µs");
}

int
main (void)
{
  run (16);
  run (64);
  return 0;
}
