/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Documents become scores: laws over random documents, and the mapping's corners. */
#include "tutti-jam-json.h"
#include "tutti-plan.h"
#include "tutti-random-op.h"

#include <string.h>

/* ---- comparing ---- */

static gboolean
same_notes (const TuttiScoreClip *one, const TuttiScoreClip *two)
{
  gboolean same = one->note_ticks == two->note_ticks && one->n_notes == two->n_notes;

  for (guint i = 0; same && i < one->n_notes; i++)
    same = one->notes[i].tick == two->notes[i].tick && one->notes[i].length == two->notes[i].length &&
           one->notes[i].pitch == two->notes[i].pitch && one->notes[i].velocity == two->notes[i].velocity;
  return same;
}

/* Field by field: what lies between the fields is nobody's. */
static gboolean
same_step (const TuttiScoreStep *a, const TuttiScoreStep *b)
{
  return a->velocity == b->velocity && a->accent == b->accent && a->tie == b->tie && a->slide == b->slide && a->pitch == b->pitch &&
         a->length == b->length && a->chance == b->chance && a->every_n == b->every_n && a->every_of == b->every_of &&
         a->ratchet == b->ratchet && a->ratchet_shape == b->ratchet_shape && a->micro == b->micro && a->n_locks == b->n_locks &&
         memcmp (a->locks, b->locks, a->n_locks * sizeof *a->locks) == 0;
}

static gboolean
same_clip (const TuttiScoreClip *one, const TuttiScoreClip *two)
{
  if (one == NULL || two == NULL)
    return one == two;
  gboolean same = one->length == two->length && one->step_ticks == two->step_ticks && one->any_locks == two->any_locks;

  for (unsigned i = 0; same && i < one->length; i++)
    same = same_step (&one->steps[i], &two->steps[i]);
  return same && same_notes (one, two);
}

static gboolean
same_zones (const TuttiScoreTrack *one, const TuttiScoreTrack *two)
{
  gboolean same = one->n_zones == two->n_zones && one->root_note == two->root_note;

  for (unsigned i = 0; same && i < one->n_zones; i++)
    {
      const TuttiScoreZone *a = &one->zones[i], *b = &two->zones[i];

      same = a->sound == b->sound && a->key_low == b->key_low && a->key_high == b->key_high && a->velocity_low == b->velocity_low &&
             a->velocity_high == b->velocity_high && a->root == b->root && a->tune == b->tune && a->gain == b->gain && a->pan == b->pan;
    }
  return same;
}

static gboolean
same_track (const TuttiScoreTrack *one, const TuttiScoreTrack *two)
{
  return one->id == two->id && one->audible == two->audible && one->transpose == two->transpose && one->swing == two->swing &&
         memcmp (one->params, two->params, sizeof one->params) == 0 && one->sound == two->sound && one->mode == two->mode &&
         memcmp (one->patch, two->patch, sizeof one->patch) == 0 && same_zones (one, two) &&
         one->choke_group == two->choke_group && one->n_effects == two->n_effects &&
         memcmp (one->effects, two->effects, one->n_effects * sizeof *one->effects) == 0 &&
         same_clip (one->current.clip, two->current.clip) && one->current.from_tick == two->current.from_tick &&
         one->has_queued == two->has_queued && same_clip (one->queued.clip, two->queued.clip) &&
         one->queued.from_tick == two->queued.from_tick;
}

static gboolean
same_tracks (const TuttiScore *one, const TuttiScore *two)
{
  gboolean same = one->n_tracks == two->n_tracks;

  for (guint i = 0; same && i < one->n_tracks; i++)
    same = same_track (one->tracks[i], two->tracks[i]);
  return same;
}

/* Everything but the past, which a fresh plan cannot know. */
static gboolean
same_score (const TuttiScore *one, const TuttiScore *two)
{
  const TuttiScoreTransport *a = &one->transport, *b = &two->transport;

  return same_tracks (one, two) && one->valid_from == two->valid_from && one->seed == two->seed && one->swing == two->swing &&
         one->master_gain == two->master_gain && memcmp (&one->delay, &two->delay, sizeof one->delay) == 0 &&
         memcmp (&one->reverb, &two->reverb, sizeof one->reverb) == 0 && a->start_tick == b->start_tick &&
         a->loop_on == b->loop_on && a->loop_start == b->loop_start && a->loop_end == b->loop_end &&
         a->beats_per_bar == b->beats_per_bar && a->beat_unit == b->beat_unit && a->metronome == b->metronome;
}

/* ---- fixture: sounds that are only addresses, documents made by hand ---- */

static TuttiScoreSound *bass_sound;
#define HATS_ROOT 62

static TuttiScoreSound kick_sound = { 1000000, NULL }, hats_sound = { 1000000, NULL };

static void
resolve (const char *name, TuttiPlanSound *out, gpointer missing)
{
  *out = (TuttiPlanSound) { NULL, FALSE, 0, 60, 0, 30 };
  if (g_str_equal (name, "kit:tight-kick"))
    *out = (TuttiPlanSound) { &kick_sound, FALSE, 0, 60, -100, 30 };
  else if (g_str_equal (name, "synth:bass"))
    *out = (TuttiPlanSound) { bass_sound, TRUE, 0, 36, 0, 30 };
  else if (g_str_equal (name, "kit:paper-hats") && !(missing != NULL && *(gboolean *) missing))
    *out = (TuttiPlanSound) { &hats_sound, TRUE, 1, HATS_ROOT, -400, 180 };
}

typedef struct
{
  TuttiJam  *jam;
  TuttiPlan *plan;
  gint64     at;
  gboolean   missing;
} Fixture;

static void
apply_at (Fixture *fixture, gint64 at, TuttiOp *op)
{
  TuttiStamp stamp = { 1, 1, at };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (fixture->jam, op, &stamp, NULL, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

#define APPLY(fixture, kind, ...) apply_at (fixture, (fixture)->at, tutti_op_new (kind, ##__VA_ARGS__))

static TuttiId
id (guint32 counter)
{
  return tutti_id (1, counter);
}

/* Tracks 1 (kick) and 2 (hats), scenes 3 and 4, clips 5 (kick, scene 3), 6 (hats, scene 3), 7 (kick, scene 4). */
static void
fixture_init (Fixture *fixture)
{
  *fixture = (Fixture) { .jam = tutti_jam_new () };
  fixture->plan = tutti_plan_new (resolve, &fixture->missing);
  APPLY (fixture, TUTTI_OP_TRACK_ADD, id (1), "Kick", "kit:tight-kick", TUTTI_N (0));
  APPLY (fixture, TUTTI_OP_TRACK_ADD, id (2), "Hats", "kit:paper-hats", TUTTI_N (3));
  APPLY (fixture, TUTTI_OP_SCENE_ADD, id (3), "A", TUTTI_N (0));
  APPLY (fixture, TUTTI_OP_SCENE_ADD, id (4), "B", TUTTI_N (1));
  APPLY (fixture, TUTTI_OP_CLIP_ADD, id (5), id (1), id (3), "");
  APPLY (fixture, TUTTI_OP_CLIP_ADD, id (6), id (2), id (3), "");
  APPLY (fixture, TUTTI_OP_CLIP_ADD, id (7), id (1), id (4), "");
  APPLY (fixture, TUTTI_OP_STEP, id (5), TUTTI_N (0), TUTTI_N (100));
  APPLY (fixture, TUTTI_OP_STEP, id (7), TUTTI_N (4), TUTTI_N (90));
  APPLY (fixture, TUTTI_OP_LAUNCH_SCENE, id (3), TUTTI_N (TUTTI_QUANTUM_NOW));
}

static void
fixture_clear (Fixture *fixture)
{
  tutti_plan_free (fixture->plan);
  tutti_jam_free (fixture->jam);
}

static TuttiScore *
compile (Fixture *fixture)
{
  TuttiScore *score = tutti_plan_compile (fixture->plan, fixture->jam, fixture->at);

  g_assert_true (tutti_score_valid (score));
  return score;
}

/* ---- laws ---- */

static void
for_seeds (guint n, void (*law) (GRand *rand))
{
  const char *only = g_getenv ("TUTTI_SEED");

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (only != NULL ? (guint32) atoi (only) : seed);

      g_test_message ("TUTTI_SEED=%u", only != NULL ? (guint) atoi (only) : seed);
      law (rand);
      if (only != NULL)
        break;
    }
}

/* Each score of a growing document is valid, and what was shared is what a fresh plan would have made. */
static void
law_shared_is_fresh (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 100);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve, NULL);
  guint32 counter = 1000000;

  for (int i = 0; i < 150; i++)
    {
      TuttiStamp stamp = { 1000 + i, 1, 100000 + 50 * i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);
      g_autoptr(TuttiPlan) fresh = tutti_plan_new (resolve, NULL);
      TuttiScore *one, *two;

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
      one = tutti_plan_compile (plan, jam, stamp.at);
      two = tutti_plan_compile (fresh, jam, stamp.at);
      g_assert_true (tutti_score_valid (one));
      g_assert_true (same_score (one, two));
      tutti_score_free (one);
      tutti_score_free (two);
    }
}

static void
test_shared_is_fresh (void)
{
  for_seeds (30, law_shared_is_fresh);
}

/* Two copies of one document that share nothing become the same score. */
static void
law_equal (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 300);
  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiJam) twin = tutti_jam_from_text (text, -1, NULL);
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve, NULL), other = tutti_plan_new (resolve, NULL);
  TuttiScore *one = tutti_plan_compile (plan, jam, 200000), *two = tutti_plan_compile (other, twin, 200000);

  g_assert_true (same_score (one, two));
  g_assert_cmpmem (one->transport.segments, sizeof (TuttiScoreSegment), two->transport.segments, sizeof (TuttiScoreSegment));
  tutti_score_free (one);
  tutti_score_free (two);
}

static void
test_equal (void)
{
  for_seeds (60, law_equal);
}

/* The tick that the score says is the document's, at any frame from its validity on. */
static void
law_time (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(TuttiPlan) plan = tutti_plan_new (resolve, NULL);
  gint64 at = 0;

  for (int i = 0; i < 100; i++)
    {
      static const TuttiOpKind kinds[] = { TUTTI_OP_PLAY, TUTTI_OP_PAUSE, TUTTI_OP_STOP, TUTTI_OP_SEEK, TUTTI_OP_TEMPO };
      TuttiOpKind kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
      g_autoptr(TuttiOp) op = tutti_op_new (kind, TUTTI_N (g_rand_int_range (rand, 2000, 30000)));
      TuttiStamp stamp = { i + 1, 1, at };
      TuttiScore *score;

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
      score = tutti_plan_compile (plan, jam, at);
      g_assert_true (tutti_score_valid (score));
      for (int j = 0; j < 20; j++)
        {
          gint64 frame = score->valid_from + g_rand_int_range (rand, 0, 1000000);
          const TuttiScoreSegment *last = &score->transport.segments[score->transport.n_segments - 1];
          TuttiAnchor anchor = { last->frame, last->tick, last->tempo_cbpm };

          g_assert_cmpint (frame, >=, last->frame);
          g_assert_cmpint (last->playing ? tutti_anchor_tick_at (&anchor, frame) : last->tick, ==,
                           tutti_jam_tick_at (jam, frame));
        }
      tutti_score_free (score);
      at += g_rand_int_range (rand, 0, 48000);
    }
}

static void
test_time (void)
{
  for_seeds (40, law_time);
}

/* ---- cases ---- */

static void
test_unchanged_tracks_are_shared (void)
{
  Fixture fixture;
  TuttiScore *one, *two, *three;

  fixture_init (&fixture);
  one = compile (&fixture);
  APPLY (&fixture, TUTTI_OP_STEP, id (5), TUTTI_N (8), TUTTI_N (80));
  two = compile (&fixture);
  g_assert_true (one->tracks[0] != two->tracks[0]);
  g_assert_true (one->tracks[1] == two->tracks[1]);
  g_assert_cmpint (one->tracks[0]->current.clip->steps[8].velocity, ==, 0);
  g_assert_cmpint (two->tracks[0]->current.clip->steps[8].velocity, ==, 80);
  /* A fader leaves the clip alone. */
  APPLY (&fixture, TUTTI_OP_PARAM, id (1), TUTTI_N (TUTTI_PARAM_PAN), TUTTI_N (300));
  three = compile (&fixture);
  g_assert_true (three->tracks[0] != two->tracks[0]);
  g_assert_true (three->tracks[0]->current.clip == two->tracks[0]->current.clip);
  tutti_score_free (one);
  tutti_score_free (two);
  tutti_score_free (three);
  fixture_clear (&fixture);
}

static void
test_mute_and_solo (void)
{
  static const struct { gboolean mute1, solo1, mute2, solo2, heard1, heard2; } rows[] = {
    { 0, 0, 0, 0, 1, 1 }, { 1, 0, 0, 0, 0, 1 }, { 0, 1, 0, 0, 1, 0 }, { 1, 1, 0, 0, 0, 0 },
    { 0, 1, 0, 1, 1, 1 }, { 0, 0, 1, 1, 0, 0 }, { 0, 0, 0, 1, 0, 1 },
  };
  Fixture fixture;

  fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TuttiScore *score;

      APPLY (&fixture, TUTTI_OP_TRACK_MUTE, id (1), TUTTI_N (rows[i].mute1));
      APPLY (&fixture, TUTTI_OP_TRACK_SOLO, id (1), TUTTI_N (rows[i].solo1));
      APPLY (&fixture, TUTTI_OP_TRACK_MUTE, id (2), TUTTI_N (rows[i].mute2));
      APPLY (&fixture, TUTTI_OP_TRACK_SOLO, id (2), TUTTI_N (rows[i].solo2));
      score = compile (&fixture);
      g_assert_cmpint (score->tracks[0]->audible, ==, rows[i].heard1);
      g_assert_cmpint (score->tracks[1]->audible, ==, rows[i].heard2);
      tutti_score_free (score);
    }
  fixture_clear (&fixture);
}

static void
test_launch (void)
{
  Fixture fixture;
  TuttiScore *score;

  fixture_init (&fixture);
  APPLY (&fixture, TUTTI_OP_PLAY, TUTTI_N (0));
  fixture.at = 1000;
  APPLY (&fixture, TUTTI_OP_LAUNCH_SCENE, id (4), TUTTI_N (TUTTI_QUANTUM_BAR));
  score = compile (&fixture);
  g_assert_true (score->tracks[0]->has_queued && score->tracks[1]->has_queued);
  g_assert_cmpint (score->tracks[0]->current.clip->steps[0].velocity, ==, 100);
  g_assert_cmpint (score->tracks[0]->queued.clip->steps[4].velocity, ==, 90);
  g_assert_cmpint (score->tracks[0]->queued.from_tick, ==, 3840);
  g_assert_null (score->tracks[1]->queued.clip);
  g_assert_cmpint (score->tracks[1]->queued.from_tick, ==, 3840);
  tutti_score_free (score);
  APPLY (&fixture, TUTTI_OP_LAUNCH_CANCEL, tutti_id (0, 0));
  score = compile (&fixture);
  g_assert_false (score->tracks[0]->has_queued);
  tutti_score_free (score);
  fixture_clear (&fixture);
}

static void
test_sound_arrives (void)
{
  Fixture fixture;
  TuttiScore *one, *two;

  fixture_init (&fixture);
  fixture.missing = TRUE;
  one = compile (&fixture);
  fixture.missing = FALSE;
  two = compile (&fixture);
  g_assert_null (one->tracks[1]->sound);
  g_assert_true (two->tracks[1]->sound == &hats_sound);
  g_assert_true (one->tracks[0] == two->tracks[0]);
  tutti_score_free (one);
  tutti_score_free (two);
  fixture_clear (&fixture);
}

/* Keys become semitones from the note that the sound has by itself, and a clip that nobody touched is shared. */
static void
test_notes (void)
{
  Fixture fixture;
  TuttiScore *one, *two;
  const TuttiScoreClip *clip;
  TuttiNotes *notes = tutti_notes_new (2);

  fixture_init (&fixture);
  APPLY (&fixture, TUTTI_OP_CLIP_ADD_NOTES, id (8), id (2), id (4), "");
  notes->edit[0] = (TuttiNoteEdit) { { id (20), 480, 960, 72, 90 }, TUTTI_NOTE_WHOLE };
  notes->edit[1] = (TuttiNoteEdit) { { id (21), 0, 240, 55, 100 }, TUTTI_NOTE_WHOLE };
  APPLY (&fixture, TUTTI_OP_NOTES, id (8), notes);
  APPLY (&fixture, TUTTI_OP_LAUNCH_SCENE, id (4), TUTTI_N (TUTTI_QUANTUM_NOW));
  one = compile (&fixture);
  clip = one->tracks[1]->current.clip;
  g_assert_cmpint (clip->note_ticks, ==, 3840);
  g_assert_cmpuint (clip->n_notes, ==, 2);
  g_assert_cmpint (clip->notes[0].pitch, ==, 55 - HATS_ROOT);
  g_assert_cmpint (clip->notes[1].pitch, ==, 72 - HATS_ROOT);
  g_assert_cmpint (clip->notes[1].tick, ==, 480);
  g_assert_cmpint (clip->notes[1].length, ==, 960);
  APPLY (&fixture, TUTTI_OP_PARAM, id (2), TUTTI_N (TUTTI_PARAM_PAN), TUTTI_N (50));
  two = compile (&fixture);
  g_assert_true (two->tracks[1]->current.clip == clip);
  tutti_score_free (one);
  tutti_score_free (two);
  fixture_clear (&fixture);
}

static void
test_sound_traits (void)
{
  Fixture fixture;
  TuttiScore *score;
  const TuttiScoreTrack *hats;

  fixture_init (&fixture);
  APPLY (&fixture, TUTTI_OP_STEP_LOCK, id (6), TUTTI_N (3), TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (-200));
  score = compile (&fixture);
  hats = score->tracks[1];
  g_assert_cmpint (hats->mode, ==, TUTTI_SOUND_GATE);
  g_assert_cmpint (hats->choke_group, ==, 17);
  g_assert_cmpint (hats->params[TUTTI_PARAM_GAIN], ==, -400);
  g_assert_cmpint (hats->params[TUTTI_PARAM_RELEASE], ==, 180);
  g_assert_cmpint (hats->current.clip->steps[3].locks[0].value, ==, -600);
  tutti_score_free (score);
  APPLY (&fixture, TUTTI_OP_TRACK_CHOKE, id (2), TUTTI_N (1));
  APPLY (&fixture, TUTTI_OP_TRACK_PLAY_MODE, id (2), TUTTI_N (TUTTI_PLAY_ONE_SHOT));
  APPLY (&fixture, TUTTI_OP_PARAM, id (2), TUTTI_N (TUTTI_PARAM_RELEASE), TUTTI_N (50));
  APPLY (&fixture, TUTTI_OP_PARAM, id (2), TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (TUTTI_GAIN_MIN_CDB));
  score = compile (&fixture);
  hats = score->tracks[1];
  g_assert_cmpint (hats->mode, ==, TUTTI_SOUND_ONE_SHOT);
  g_assert_cmpint (hats->choke_group, ==, 1);
  g_assert_cmpint (hats->params[TUTTI_PARAM_RELEASE], ==, 50);
  g_assert_cmpint (hats->params[TUTTI_PARAM_GAIN], ==, TUTTI_GAIN_MIN_CDB);
  tutti_score_free (score);
  fixture_clear (&fixture);
}

/* A preset's numbers with the track's own in their place; a step's lock goes by address. */
static void
test_patch (void)
{
  gint16 patch[TUTTI_N_PATCH_PARAMS];
  Fixture fixture;
  TuttiScore *score;
  const TuttiScoreTrack *bass;

  for (guint i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    patch[i] = tutti_patch_ranges[i].initial;
  patch[TUTTI_PATCH_SUB] = 444;
  bass_sound = tutti_score_sound_new_preset (TUTTI_INSTRUMENT_SYNTH, 0, 36, patch);
  fixture_init (&fixture);
  APPLY (&fixture, TUTTI_OP_TRACK_SOUND, id (1), "synth:bass");
  APPLY (&fixture, TUTTI_OP_PATCH, id (1), TUTTI_N (TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (321));
  APPLY (&fixture, TUTTI_OP_STEP_LOCK, id (5), TUTTI_N (0), TUTTI_N (TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (123));
  score = compile (&fixture);
  bass = score->tracks[0];
  g_assert_true (tutti_score_valid (score));
  g_assert_true (bass->sound == bass_sound);
  g_assert_cmpint (bass->patch[TUTTI_PATCH_SUB], ==, 444);
  g_assert_cmpint (bass->patch[TUTTI_PATCH_CUTOFF], ==, 321);
  g_assert_cmpint (bass->current.clip->steps[0].locks[0].address, ==, TUTTI_SCORE_ADDRESS_PATCH + TUTTI_PATCH_CUTOFF);
  g_assert_cmpint (bass->current.clip->steps[0].locks[0].value, ==, 123);
  tutti_score_free (score);
  fixture_clear (&fixture);
  tutti_score_sound_unref (bass_sound);
  bass_sound = NULL;
}

/* Zones come with their sounds; one whose sound comes later is there from then on, and the rest of the score stays shared. */
static void
test_zones (void)
{
  const TuttiZone zone = { .sound = "kit:snare", .key_low = 36, .key_high = 50, .velocity_low = 20, .velocity_high = 127, .root = 48,
                           .tune = 7, .gain = -100, .pan = -300 };
  Fixture fixture;
  TuttiScore *score, *again;
  const TuttiScoreZone *out;

  fixture_init (&fixture);
  APPLY (&fixture, TUTTI_OP_ZONE, id (1), id (77), tutti_zone_edit_new (&zone, TUTTI_ZONE_WHOLE));
  score = compile (&fixture);
  again = compile (&fixture);
  out = &score->tracks[0]->zones[0];
  g_assert_true (tutti_score_valid (score));
  g_assert_cmpuint (score->tracks[0]->n_zones, ==, 1);
  g_assert_cmpint (out->key_low, ==, 36);
  g_assert_cmpint (out->velocity_low, ==, 20);
  g_assert_cmpint (out->root, ==, 48);
  g_assert_cmpint (out->tune, ==, 7);
  g_assert_cmpint (out->pan, ==, -300);
  g_assert_true (score->tracks[0] == again->tracks[0]);
  g_assert_true (score->tracks[0]->current.clip == NULL || score->tracks[0]->current.turns != NULL);
  tutti_score_free (score);
  tutti_score_free (again);
  fixture_clear (&fixture);
}

/* Both lists of a patch's numbers agree about every range. */
static void
test_patch_ranges (void)
{
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    {
      g_assert_cmpint (tutti_patch_spec (i)->min, ==, tutti_patch_ranges[i].min);
      g_assert_cmpint (tutti_patch_spec (i)->max, ==, tutti_patch_ranges[i].max);
      g_assert_cmpint (tutti_patch_spec (i)->initial, ==, tutti_patch_ranges[i].initial);
    }
}

static void
test_swing (void)
{
  static const struct { int place, late; } rows[] = { { 500, 0 }, { 540, 160 }, { 667, 668 }, { 750, 1000 } };
  Fixture fixture;

  fixture_init (&fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      TuttiScore *score;

      APPLY (&fixture, TUTTI_OP_SWING, TUTTI_N (rows[i].place));
      APPLY (&fixture, TUTTI_OP_TRACK_SWING, id (1), TUTTI_N (rows[i].place));
      score = compile (&fixture);
      g_assert_cmpint (score->swing, ==, rows[i].late);
      g_assert_cmpint (score->tracks[0]->swing, ==, rows[i].late);
      g_assert_cmpint (score->tracks[1]->swing, ==, -1);
      tutti_score_free (score);
    }
  fixture_clear (&fixture);
}

static void
test_tempo_history (void)
{
  Fixture fixture;
  TuttiScore *score;

  fixture_init (&fixture);
  tutti_score_free (compile (&fixture));
  fixture.at = 48000;
  APPLY (&fixture, TUTTI_OP_PLAY, TUTTI_N (0));
  tutti_score_free (compile (&fixture));
  fixture.at = 100001;
  APPLY (&fixture, TUTTI_OP_TEMPO, TUTTI_N (9000));
  score = compile (&fixture);
  g_assert_cmpint (score->transport.n_segments, ==, 3);
  g_assert_false (score->transport.segments[0].playing);
  g_assert_cmpint (score->transport.segments[1].frame, ==, 48000);
  g_assert_cmpint (score->transport.segments[1].tempo_cbpm, ==, 12000);
  g_assert_cmpint (score->transport.segments[2].tempo_cbpm, ==, 9000);
  g_assert_cmpint (score->valid_from, ==, score->transport.segments[2].frame);
  g_assert_cmpint (score->valid_from, >=, 100001);
  g_assert_cmpint (score->known_from, ==, 0);
  tutti_score_free (score);
  /* Dragging the tempo for longer than there is room forgets the oldest; long after, only what still sounds is kept. */
  for (int i = 0; i < 100; i++)
    {
      fixture.at += 1000;
      APPLY (&fixture, TUTTI_OP_TEMPO, TUTTI_N (9001 + i));
      score = compile (&fixture);
      g_assert_cmpint (score->transport.n_segments, ==, MIN (4 + i, TUTTI_SCORE_SEGMENTS_MAX));
      tutti_score_free (score);
    }
  fixture.at += 200 * 48000;
  score = compile (&fixture);
  g_assert_cmpint (score->transport.n_segments, ==, 1);
  g_assert_cmpint (score->transport.segments[0].tempo_cbpm, ==, 9100);
  tutti_score_free (score);
  fixture_clear (&fixture);
}

static void
test_panic (void)
{
  Fixture fixture;
  TuttiScore *one, *two;

  fixture_init (&fixture);
  one = compile (&fixture);
  tutti_plan_panic (fixture.plan);
  two = compile (&fixture);
  g_assert_cmpint (one->panic, !=, two->panic);
  tutti_score_free (one);
  tutti_score_free (two);
  fixture_clear (&fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/plan/shared-is-fresh", test_shared_is_fresh);
  g_test_add_func ("/plan/equal-documents", test_equal);
  g_test_add_func ("/plan/time", test_time);
  g_test_add_func ("/plan/unchanged-tracks-are-shared", test_unchanged_tracks_are_shared);
  g_test_add_func ("/plan/mute-and-solo", test_mute_and_solo);
  g_test_add_func ("/plan/launch", test_launch);
  g_test_add_func ("/plan/sound-arrives", test_sound_arrives);
  g_test_add_func ("/plan/notes", test_notes);
  g_test_add_func ("/plan/sound-traits", test_sound_traits);
  g_test_add_func ("/plan/patch", test_patch);
  g_test_add_func ("/plan/patch-ranges", test_patch_ranges);
  g_test_add_func ("/plan/zones", test_zones);
  g_test_add_func ("/plan/swing", test_swing);
  g_test_add_func ("/plan/tempo-history", test_tempo_history);
  g_test_add_func ("/plan/panic", test_panic);
  return g_test_run ();
}
