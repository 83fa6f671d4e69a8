/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo beat as it is heard: every scene, from document to sound, has a level, no clipping, no DC, no hole. */
#include "tutti-demo.h"
#include "tutti-loudness.h"
#include "tutti-plan.h"
#include "tutti-sound-bank.h"

#include "tutti-mix.h"

#define BARS 8

typedef struct
{
  const char *name;
  double      lufs_min, lufs_max;
} Scene;

/* Verse and chorus carry the beat; the others may be sparse. */
static const Scene scenes[] = {
  { "intro", -23, -15 }, { "verse", -19, -14 }, { "lift", -19, -14 }, { "chorus", -18, -13 },
  { "break", -27, -16 }, { "verse-2", -19, -14 }, { "outro", -29, -18 }, { "jam", -19, -14 },
};

static void
resolve_now (const char *name, TuttiPlanSound *out, gpointer bank)
{
  tutti_sound_bank_get_now (bank, name);
  tutti_sound_bank_resolve (name, out, bank);
}

static TuttiJam *
demo_jam (guint scene)
{
  guint32 counter = 0;
  g_autoptr(GPtrArray) ops = tutti_demo_ops (1, &counter);
  TuttiJam *jam = tutti_jam_new ();
  TuttiStamp stamp = { 0 };

  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, NULL));
  g_autoptr(TuttiOp) launch = tutti_op_new (TUTTI_OP_LAUNCH_SCENE, jam->scenes[scene].id, TUTTI_N (TUTTI_QUANTUM_NOW));
  g_autoptr(TuttiOp) play = tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0));

  g_assert_true (tutti_jam_apply (jam, launch, &stamp, NULL, NULL));
  g_assert_true (tutti_jam_apply (jam, play, &stamp, NULL, NULL));
  return jam;
}

static float *
render (TuttiSoundBank *bank, const TuttiJam *jam, gsize *n_frames)
{
  TuttiMixOptions options = { .offline = TRUE, .without_metronome = TRUE };
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve_now, bank);
  TuttiMix *mix = tutti_mix_new (&options);
  float *stereo;

  *n_frames = (gsize) tutti_anchor_frame_of (&jam->transport.anchor, BARS * tutti_ticks_per_bar (4, 4));
  stereo = g_new0 (float, 2 * *n_frames);
  g_assert_true (tutti_mix_push_score (mix, tutti_plan_compile (plan, jam, 0)));
  tutti_mix_start (mix, 0);
  tutti_mix_render (mix, 0, (uint32_t) *n_frames, stereo);
  tutti_mix_free (mix);
  return stereo;
}

static void
test_scene (gconstpointer data)
{
  gsize scene = GPOINTER_TO_SIZE (data), n_frames;
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);
  g_autoptr(TuttiJam) jam = demo_jam ((guint) scene);
  g_autofree float *stereo = render (bank, jam, &n_frames);
  TuttiLoudness loudness;

  tutti_loudness_measure (stereo, n_frames, &loudness);
  g_test_message ("%-8s %6.1f LUFS  peak %5.1f dB  DC %.5f  longest silence %.2f s", scenes[scene].name, loudness.lufs,
                  loudness.peak_db, loudness.dc, loudness.longest_silence_s);
  g_assert_cmpfloat (loudness.lufs, >, scenes[scene].lufs_min);
  g_assert_cmpfloat (loudness.lufs, <, scenes[scene].lufs_max);
  g_assert_cmpfloat (loudness.peak_db, <, -1.0);
  g_assert_cmpfloat (loudness.dc, <, 0.004);
  g_assert_cmpfloat (loudness.longest_silence_s, <, 1.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (scenes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/demo-sound/%s", scenes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_scene);
    }
  return g_test_run ();
}
