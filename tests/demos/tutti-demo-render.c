/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-demo-render.h"

#include "tutti-mix.h"
#include "tutti-op.h"
#include "tutti-plan.h"
#include "tutti-sound-bank.h"

#include <math.h>

#define PIECE 4800

typedef struct
{
  TuttiDemoHeard *heard;
  TuttiLoudness   all, scene;
  double          sum[2];
  gint64          quiet, frames;
} Listener;

static void
resolve_now (const char *name, TuttiPlanSound *out, gpointer bank)
{
  tutti_sound_bank_get_now (bank, name);
  tutti_sound_bank_resolve (name, out, bank);
}

static void
apply (TuttiJam *jam, TuttiOp *op, gint64 at)
{
  TuttiStamp stamp = { .at = at };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

/* The copy that plays, from frame 0 on. */
static TuttiJam *
start (const TuttiJam *jam, int alone)
{
  TuttiJam *copy = tutti_jam_copy (jam);

  if (alone >= 0)
    apply (copy, tutti_op_new (TUTTI_OP_TRACK_SOLO, copy->tracks[alone]->id, TUTTI_N (1)), 0);
  apply (copy, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, copy->scenes[0].id, TUTTI_N (TUTTI_QUANTUM_NOW)), 0);
  apply (copy, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)), 0);
  return copy;
}

static void
hear (Listener *self, const float *stereo, guint n)
{
  float side[2][PIECE];

  for (guint i = 0; i < n; i++)
    {
      for (guint s = 0; s < 2; s++)
        {
          side[s][i] = stereo[2 * i + s];
          self->sum[s] += side[s][i];
        }
      self->quiet = MAX (fabsf (side[0][i]), fabsf (side[1][i])) < 1e-4f ? self->quiet + 1 : 0;
      self->heard->silence_s = MAX (self->heard->silence_s, (double) self->quiet / TUTTI_FRAMES_PER_SECOND);
    }
  tutti_loudness_run (&self->all, side[0], side[1], n);
  tutti_loudness_run (&self->scene, side[0], side[1], n);
  self->frames += n;
}

static void
render_scene (Listener *self, TuttiMix *mix, gint64 first, gint64 end, guint scene)
{
  float stereo[2 * PIECE];

  tutti_loudness_init (&self->scene, TUTTI_FRAMES_PER_SECOND);
  for (gint64 at = first; at < end; at += PIECE)
    {
      guint n = (guint) MIN (PIECE, end - at);

      tutti_mix_render (mix, at, n, stereo);
      hear (self, stereo, n);
    }
  self->heard->integrated[scene] = tutti_loudness_integrated (&self->scene);
}

static gint64
frame_of_scene (const TuttiJam *jam, guint scene)
{
  return tutti_anchor_frame_of (&jam->transport.anchor, scene * TUTTI_DEMO_BARS * tutti_ticks_per_bar (4, 4));
}

void
tutti_demo_render (const TuttiJam *jam, int alone, TuttiDemoHeard *out)
{
  const TuttiMixOptions options = { .offline = TRUE, .without_metronome = TRUE, .without_prints = TRUE };
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve_now, bank);
  g_autoptr(TuttiJam) playing = start (jam, alone);
  TuttiMix *mix = tutti_mix_new (&options);
  gint64 began_us = g_get_monotonic_time ();
  Listener listener = { .heard = out };

  *out = (TuttiDemoHeard) { 0 };
  tutti_loudness_init (&listener.all, TUTTI_FRAMES_PER_SECOND);
  for (guint scene = 0; scene < playing->n_scenes; scene++)
    {
      gint64 first = frame_of_scene (playing, scene);

      if (scene > 0)
        apply (playing, tutti_op_new (TUTTI_OP_LAUNCH_SCENE, playing->scenes[scene].id, TUTTI_N (TUTTI_QUANTUM_NOW)), first);
      g_assert_true (tutti_mix_push_score (mix, tutti_plan_compile (plan, playing, first)));
      if (scene == 0)
        tutti_mix_start (mix, 0);
      render_scene (&listener, mix, first, frame_of_scene (playing, scene + 1), scene);
      tutti_mix_collect (mix);
    }
  tutti_mix_free (mix);
  out->all = tutti_loudness_integrated (&listener.all);
  out->true_peak = tutti_loudness_true_peak (&listener.all);
  out->seconds = (double) listener.frames / TUTTI_FRAMES_PER_SECOND;
  out->dc = MAX (fabs (listener.sum[0]), fabs (listener.sum[1])) / (double) listener.frames;
  out->render_s = (double) (g_get_monotonic_time () - began_us) / G_USEC_PER_SEC;
}
