/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Phrases lie in the jam's key, begin at once, and are over in time, whatever the jam and the sound. */
#include "tutti-phrase.h"

#include "tutti-note.h"

static void
set_key (TuttiJam *jam, int key, int scale)
{
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (key), TUTTI_N (scale));
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
}

static void
check (const TuttiJam *jam, TuttiPhrase phrase, int root)
{
  g_autoptr(TuttiJam) made = tutti_phrase_jam (phrase, jam, NULL, "synth:warm-bass", root);
  const TuttiTrack *track = made->tracks[0];
  const TuttiClip *clip = tutti_track_clip (track, track->playing.clip);

  g_assert_cmpuint (made->n_tracks, ==, 1);
  g_assert_nonnull (clip);
  g_assert_cmpint (clip->n_notes, >, 0);
  g_assert_cmpint (clip->notes[0].tick, ==, 0);
  g_assert_cmpint (tutti_clip_ticks (clip), >, 2 * TUTTI_PHRASE_TICKS);
  for (guint i = 0; i < clip->n_notes; i++)
    {
      g_assert_cmpint (clip->notes[i].tick + clip->notes[i].length, <=, TUTTI_PHRASE_TICKS);
      /* Those of a kit are its drums. */
      if (jam->scale != TUTTI_SCALE_CHROMATIC && phrase != TUTTI_PHRASE_KIT)
        g_assert_true (tutti_jam_in_scale (jam, clip->notes[i].pitch));
    }
}

static void
test_all (void)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();

  for (int key = 0; key < 12; key++)
    for (int scale = 0; scale < TUTTI_N_SCALES; scale++)
      {
        set_key (jam, key, scale);
        for (int phrase = 0; phrase < TUTTI_N_PHRASES; phrase++)
          for (int root = 36; root <= 72; root += 12)
            check (jam, (TuttiPhrase) phrase, root);
      }
}

/* A track's own level and place go with it. */
static void
test_params (void)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(TuttiJam) before = tutti_phrase_jam (TUTTI_PHRASE_HIT, jam, NULL, "drum:round-kick", 60);
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PARAM, before->tracks[0]->id, TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (-1234));

  g_assert_true (tutti_jam_apply (before, op, &stamp, NULL, NULL));
  g_autoptr(TuttiJam) made = tutti_phrase_jam (TUTTI_PHRASE_HIT, before, before->tracks[0], "drum:hard-kick", 60);

  g_assert_cmpint (made->tracks[0]->params[TUTTI_PARAM_GAIN], ==, -1234);
  g_assert_cmpstr (made->tracks[0]->sound, ==, "drum:hard-kick");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/phrase/in-key-and-in-time", test_all);
  g_test_add_func ("/phrase/params", test_params);
  return g_test_run ();
}
