/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The demo jams: documents as the program itself writes them, that use all there is, and sound as a record should. With
 * TUTTI_DEMO_TRACKS=1 each track is also heard alone, for whoever balances them. */
#include "tutti-demos.h"

#include "tutti-demo-render.h"
#include "tutti-jam-json.h"

#include <math.h>
#include <string.h>

#define BEAT 0

static TuttiJam *
read_demo (gsize index)
{
  g_autoptr(GError) error = NULL;
  TuttiJam *jam = tutti_demos_read ((guint) index, &error);

  g_assert_no_error (error);
  return jam;
}

static TuttiJam *
play_ops (const GPtrArray *ops)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 0; i < ops->len; i++)
    {
      TuttiStamp stamp = { i + 1, 0, 0 };
      g_autoptr(GError) error = NULL;

      tutti_jam_apply (jam, ops->pdata[i], &stamp, NULL, &error);
      g_assert_no_error (error);
    }
  return jam;
}

/* What a host makes of the operations is the document, but for what plays. */
static void
test_made (gconstpointer data)
{
  g_autoptr(TuttiJam) read = read_demo (GPOINTER_TO_SIZE (data));
  guint32 counter = 0;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) ops = tutti_demos_ops (tutti_demos_get_name ((guint) GPOINTER_TO_SIZE (data)), 7, &counter, &error);

  g_assert_no_error (error);
  g_autoptr(TuttiJam) made = play_ops (ops);

  for (guint i = 0; i < made->n_tracks; i++)
    {
      const TuttiClip *first = tutti_track_clip_at (made->tracks[i], made->scenes[0].id);

      g_assert_true (tutti_id_equal (made->tracks[i]->playing.clip, first != NULL ? first->id : tutti_id (0, 0)));
    }
  g_autoptr(TuttiOp) none = tutti_op_new (TUTTI_OP_LAUNCH_SCENE, tutti_id (0, 0), TUTTI_N (TUTTI_QUANTUM_NOW));
  TuttiStamp stamp = { 0 };

  g_assert_true (tutti_jam_apply (made, none, &stamp, NULL, NULL));
  g_autofree char *text = tutti_jam_to_text (read), *again = tutti_jam_to_text (made);

  g_assert_cmpstr (again, ==, text);
  g_assert_cmpstr (made->name, ==, tutti_demos_get_title ((guint) GPOINTER_TO_SIZE (data)));
  g_assert_cmpuint (made->n_scenes, >=, 4);
  g_assert_cmpuint (strlen (text), <, 64 * 1024);
}

/* ---- all there is ---- */

typedef struct
{
  guint effects[TUTTI_N_EFFECTS];
  guint kits, synths, drums, notes, keyed, odd;
  guint chances, ratchets, everies, micro, accents, slides, locks[3];  /* of tracks, patches, effects */
} Used;

static void
count_step (Used *used, const TuttiStep *step)
{
  used->chances += step->chance < 100;
  used->ratchets += step->ratchet > 1;
  used->everies += step->every_of > 1;
  used->micro += step->micro_ticks != 0;
  used->accents += step->accent;
  used->slides += step->slide;
  for (guint i = 0; i < step->n_locks; i++)
    used->locks[step->locks[i].address < TUTTI_N_PARAMS ? 0 : tutti_address_is_patch (step->locks[i].address) ? 1 : 2]++;
}

static void
count_clip (Used *used, const TuttiClip *clip)
{
  used->notes += clip->n_notes;
  used->odd += clip->kind == TUTTI_CLIP_STEPS && (clip->length % 8 != 0 || clip->ticks_per_step == 320);
  for (guint i = 0; clip->kind == TUTTI_CLIP_STEPS && i < clip->length; i++)
    if (clip->steps[i].velocity > 0)
      count_step (used, &clip->steps[i]);
}

static void
count_effects (Used *used, const TuttiEffect *effects, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      used->effects[effects[i].kind]++;
      used->keyed += !tutti_id_is_none (effects[i].key);
    }
}

static void
count_all (Used *used, const TuttiJam *jam)
{
  count_effects (used, jam->master_effects, jam->n_master_effects);
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      const TuttiTrack *track = jam->tracks[i];

      used->kits += g_str_has_prefix (track->sound, "kit:");
      used->synths += g_str_has_prefix (track->sound, "synth:");
      used->drums += g_str_has_prefix (track->sound, "drum:");
      count_effects (used, track->effects, track->n_effects);
      for (guint j = 0; j < track->n_clips; j++)
        count_clip (used, track->clips[j]);
    }
}

/* Each demo has every kind of instrument, and what makes steps alive; between them they have every effect. */
static void
test_uses_all (void)
{
  guint effects[TUTTI_N_EFFECTS] = { 0 };

  for (guint i = BEAT + 1; i < tutti_demos_count (); i++)
    {
      g_autoptr(TuttiJam) jam = read_demo (i);
      Used used = { 0 };

      count_all (&used, jam);
      for (guint kind = 0; kind < TUTTI_N_EFFECTS; kind++)
        effects[kind] += used.effects[kind];
      const guint needed[] = { used.kits, used.synths, used.drums, used.notes, used.keyed, used.odd, used.chances, used.ratchets,
                               used.everies, used.micro, used.accents, used.slides, used.locks[0], used.locks[1], used.locks[2] };

      for (gsize k = 0; k < G_N_ELEMENTS (needed); k++)
        if (needed[k] == 0)
          g_error ("%s lacks number %zu of what a demo shows", tutti_demos_get_name (i), k);
    }
  for (guint kind = 0; kind < TUTTI_N_EFFECTS; kind++)
    if (effects[kind] == 0)
      g_error ("no demo has a %s", tutti_effect_names[kind]);
}

/* Sounds that have a pitch stay in the jam's key, but for a step between chords now and then. */
static void
test_in_key (gconstpointer data)
{
  g_autoptr(TuttiJam) jam = read_demo (GPOINTER_TO_SIZE (data));
  guint outside = 0, all = 0;

  for (guint i = 0; i < jam->n_tracks; i++)
    for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
      for (guint k = 0; k < jam->tracks[i]->clips[j]->n_notes; k++, all++)
        outside += !tutti_jam_in_scale (jam, jam->tracks[i]->clips[j]->notes[k].pitch);
  g_assert_cmpuint (all, >, 50);
  g_assert_cmpuint (outside * 20, <=, all);
}

/* ---- heard ---- */

static void
hear_tracks_alone (const TuttiJam *jam)
{
  for (guint i = 0; i < jam->n_tracks; i++)
    {
      TuttiDemoHeard heard;
      g_autoptr(GString) line = g_string_new (NULL);

      tutti_demo_render (jam, (int) i, &heard);
      for (guint scene = 0; scene < jam->n_scenes; scene++)
        g_string_append_printf (line, " %6.1f", heard.integrated[scene]);
      g_test_message ("  %-10s%s  peak %5.1f", jam->tracks[i]->name, line->str, heard.true_peak);
    }
}

static void
test_heard (gconstpointer data)
{
  guint index = (guint) GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiJam) jam = read_demo (index);
  TuttiDemoHeard heard;

  if (g_getenv ("TUTTI_DEMO_TRACKS") != NULL)
    hear_tracks_alone (jam);
  tutti_demo_render (jam, -1, &heard);
  for (guint scene = 0; scene < jam->n_scenes; scene++)
    g_test_message ("%-12s %-8s %6.1f LUFS", tutti_demos_get_title (index), jam->scenes[scene].name, heard.integrated[scene]);
  g_print ("# | %s, %.0f s | %.1f LUFS, true peak %.1f dBTP, %.0f x real time |\n", tutti_demos_get_title (index), heard.seconds,
           heard.all, heard.true_peak, heard.seconds / heard.render_s);
  g_assert_cmpfloat (heard.all, >=, -18.0);
  g_assert_cmpfloat (heard.all, <=, -14.0);
  g_assert_cmpfloat (heard.true_peak, <=, -1.0);
  g_assert_cmpfloat (heard.dc, <, 0.004);
  g_assert_cmpfloat (heard.silence_s, <, 1.5);
  for (guint scene = 0; scene < jam->n_scenes; scene++)
    g_assert_cmpfloat (heard.integrated[scene], >, -30.0);
}

static void
test_unknown (void)
{
  guint32 counter = 0;
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_demos_ops ("polka", 1, &counter, &error));
  g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "warehouse"));
  for (guint i = 0; i < tutti_demos_count (); i++)
    g_assert_cmpint (tutti_demos_find (tutti_demos_get_name (i)), ==, (int) i);
}

static void
add (const char *what, gsize index, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/demos/%s/%s", tutti_demos_get_name ((guint) index), what);

  g_test_add_data_func (path, GSIZE_TO_POINTER (index), test);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/demos/unknown", test_unknown);
  g_test_add_func ("/demos/uses-all", test_uses_all);
  for (gsize i = BEAT + 1; i < tutti_demos_count (); i++)
    {
      add ("made", i, test_made);
      add ("in-key", i, test_in_key);
      add ("heard", i, test_heard);
    }
  return g_test_run ();
}
