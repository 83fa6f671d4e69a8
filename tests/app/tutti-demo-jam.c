/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The jam of the drawings, made by operations alone. */
#include "tutti-session-fake.h"

typedef struct
{
  const char *name, *sound, *clip;
  int         colour, gain, pan;
  const char *steps;           /* one digit a step: velocity in ninths, '.' off, '-' tied to the one before */
} DemoTrack;

static const DemoTrack tracks[] = {
  { "Kick", "kit:tight-kick", "Four", TUTTI_COLOUR_CHERRY, -200, 0, "9...9..69...9.5." },
  { "Snare", "kit:dusty-snare", "Dusty", TUTTI_COLOUR_CORAL, -450, 100, "....8..2....9..6" },
  { "Hats", "kit:paper-hats", "Paper", TUTTI_COLOUR_HONEY, -900, -250, "7575757.7.7575.5" },
  { "Clap", "kit:room-clap", "Claps", TUTTI_COLOUR_LIME, -750, 300, "....7......57..." },
  { "Rim", "kit:wood-rim", "Twelve", TUTTI_COLOUR_FERN, -1100, -400, "8..6..8..67." },
  { "Bass", "kit:rubber-bass", "Rubber", TUTTI_COLOUR_LAGOON, -300, 0, "8-.7..8-.7.8..8-" },
  { "Keys", "kit:felt-keys", "Felt", TUTTI_COLOUR_IRIS, -800, 200, "6--...6.7--..6--" },
  { "Bells", "kit:glass-bells", "Bells", TUTTI_COLOUR_ROSE, -1000, -150, "6.56.5.54.6." },
};

static const char * const scenes[] = { "Intro", "Verse", "Lift", "Chorus", "Break", "Verse 2", "Outro", "Jam" };

static void
ask (TuttiSession *session, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  if (!tutti_session_submit (session, op, &error))
    g_error ("The demo jam cannot be made: %s", error->message);
}

static void
set_steps (TuttiSession *session, TuttiId clip, const char *steps)
{
  TuttiSteps *all = tutti_steps_new ((guint) strlen (steps));

  for (guint i = 0; i < all->n; i++)
    if (steps[i] == '-')
      all->step[i].tie = 1;
    else if (steps[i] != '.')
      all->step[i].velocity = (guint8) ((steps[i] - '0') * 14);
  ask (session, tutti_op_new (TUTTI_OP_STEPS, clip, TUTTI_N (0), all));
  ask (session, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (strlen (steps))));
}

static void
one (TuttiSession *session, TuttiOpKind kind, TuttiId clip, int step, int a, int b)
{
  ask (session, tutti_op_new (kind, clip, TUTTI_N (step), TUTTI_N (a), TUTTI_N (b)));
}

static void
add_specials (TuttiSession *session, const TuttiId *clip)
{
  static const struct { int track, step, pitch; } notes[] = {
    { 5, 0, 0 }, { 5, 3, 0 }, { 5, 6, 3 }, { 5, 9, -5 }, { 5, 11, -2 }, { 5, 14, 0 }, { 6, 0, 0 }, { 6, 6, 0 }, { 6, 8, 8 },
    { 6, 13, 5 }, { 7, 0, 7 }, { 7, 2, 0 }, { 7, 3, 3 }, { 7, 5, 2 }, { 7, 7, -2 }, { 7, 8, 0 }, { 7, 10, -5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    one (session, TUTTI_OP_STEP_PITCH, clip[notes[i].track], notes[i].step, notes[i].pitch, 0);
  ask (session, tutti_op_new (TUTTI_OP_CLIP_RESOLUTION, clip[7], TUTTI_N (320)));
  one (session, TUTTI_OP_STEP, clip[1], 4, 110, 0);
  ask (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip[1], TUTTI_N (4), TUTTI_N (TUTTI_PARAM_CUTOFF), TUTTI_N (693)));
  ask (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip[1], TUTTI_N (4), TUTTI_N (TUTTI_PARAM_DRIVE), TUTTI_N (400)));
  ask (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip[1], TUTTI_N (4), TUTTI_N (TUTTI_PARAM_REVERB_SEND), TUTTI_N (-1200)));
  ask (session, tutti_op_new (TUTTI_OP_STEP_LOCK, clip[5], TUTTI_N (11), TUTTI_N (TUTTI_PARAM_CUTOFF), TUTTI_N (500)));
  one (session, TUTTI_OP_STEP_CHANCE, clip[1], 7, 40, 0);
  one (session, TUTTI_OP_STEP_CHANCE, clip[3], 11, 50, 0);
  one (session, TUTTI_OP_STEP_RATCHET, clip[2], 6, 3, TUTTI_RATCHET_EVEN);
  one (session, TUTTI_OP_STEP_MICRO, clip[3], 4, 60, 0);
  one (session, TUTTI_OP_STEP_MICRO, clip[3], 12, 60, 0);
}

/* Every clip of the other scenes has a rhythm of its own, the same at each start. */
static void
add_scene_clips (TuttiSession *session, const TuttiId *track_ids, const TuttiId *scene_ids)
{
  static const char * const names[8][8] = {
    { "Four", NULL, "Paper", NULL, NULL, "Root", "Pad", "Drops" }, { NULL },
    { "Four", "Dusty", "Sixteens", "Claps", "Twelve", "Climb", "Felt", "Bells" },
    { "Big Four", "Wide", "Sixteens", "Claps", NULL, "Hook", "Open", "Bells" },
    { NULL, "Rolls", NULL, NULL, "Twelve", NULL, "Pad", "Bells" },
    { "Four", "Dusty", "Paper", "Claps", "Twelve", "Rubber", "Felt", NULL },
    { "Thin", NULL, "Paper", NULL, NULL, NULL, "Pad", "Drops" },
    { "Loose", "Fills", "Swing", NULL, "Odd", "Acid", NULL, "Rain" },
  };
  g_autoptr(GRand) chance = g_rand_new_with_seed (7);

  for (int s = 0; s < 8; s++)
    for (int t = 0; t < 8; t++)
      {
        TuttiId clip;
        char steps[17] = "................";

        if (s == 1 || names[s][t] == NULL)
          continue;
        clip = tutti_session_new_id (session);
        ask (session, tutti_op_new (TUTTI_OP_CLIP_ADD, clip, track_ids[t], scene_ids[s], names[s][t]));
        for (int i = 0; i < 16; i++)
          if (g_rand_int_range (chance, 0, 100) < (t == 2 ? 60 : 35))
            steps[i] = (char) ('4' + g_rand_int_range (chance, 0, 5));
        set_steps (session, clip, steps);
      }
}

void
tutti_session_fake_fill (TuttiSession *session)
{
  TuttiId track_ids[8], scene_ids[8], clips[8];

  ask (session, tutti_op_new (TUTTI_OP_JAM_NAME, "fuzzy-penguin-42"));
  ask (session, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (12400)));
  ask (session, tutti_op_new (TUTTI_OP_SWING, TUTTI_N (540)));
  ask (session, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (1), TUTTI_N (0), TUTTI_N (16 * 240)));
  for (guint i = 0; i < 8; i++)
    {
      scene_ids[i] = tutti_session_new_id (session);
      ask (session, tutti_op_new (TUTTI_OP_SCENE_ADD, scene_ids[i], scenes[i], TUTTI_N (i)));
    }
  for (guint i = 0; i < 8; i++)
    {
      track_ids[i] = tutti_session_new_id (session);
      clips[i] = tutti_session_new_id (session);
      ask (session, tutti_op_new (TUTTI_OP_TRACK_ADD, track_ids[i], tracks[i].name, tracks[i].sound, TUTTI_N (tracks[i].colour)));
      ask (session, tutti_op_new (TUTTI_OP_PARAM, track_ids[i], TUTTI_N (TUTTI_PARAM_GAIN), TUTTI_N (tracks[i].gain)));
      ask (session, tutti_op_new (TUTTI_OP_PARAM, track_ids[i], TUTTI_N (TUTTI_PARAM_PAN), TUTTI_N (tracks[i].pan)));
      ask (session, tutti_op_new (TUTTI_OP_CLIP_ADD, clips[i], track_ids[i], scene_ids[1], tracks[i].clip));
      set_steps (session, clips[i], tracks[i].steps);
    }
  ask (session, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clips[2], TUTTI_N (16)));
  one (session, TUTTI_OP_STEP, clips[2], 14, 115, 0);
  one (session, TUTTI_OP_STEP_RATCHET, clips[2], 14, 2, TUTTI_RATCHET_EVEN);
  one (session, TUTTI_OP_STEP, clips[2], 15, 70, 0);
  add_specials (session, clips);
  add_scene_clips (session, track_ids, scene_ids);
  ask (session, tutti_op_new (TUTTI_OP_TRACK_MUTE, track_ids[3], TUTTI_N (1)));
  for (guint i = 0; i < 8; i++)
    if (i != 3)
      ask (session, tutti_op_new (TUTTI_OP_LAUNCH, track_ids[i], clips[i], TUTTI_N (TUTTI_QUANTUM_NOW)));
  ask (session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
}

/* ---- notes: two bars in C minor, and another track behind them ---- */

typedef struct { guint8 pitch, tick, length, velocity; } DemoNote;   /* sixteenths */

static const DemoNote felt[] = {
  { 70, 0, 3, 84 }, { 67, 0, 3, 92 }, { 63, 0, 3, 88 }, { 60, 0, 3, 108 }, { 67, 6, 1, 60 }, { 63, 6, 1, 52 }, { 60, 6, 1, 60 },
  { 67, 8, 4, 70 }, { 63, 8, 4, 84 }, { 60, 8, 4, 90 }, { 56, 8, 4, 112 }, { 56, 14, 2, 84 }, { 53, 14, 2, 102 },
  { 63, 16, 4, 86 }, { 60, 16, 4, 92 }, { 56, 16, 4, 100 }, { 53, 16, 4, 118 }, { 69, 22, 1, 76 }, { 65, 24, 6, 70 }, { 62, 24, 6, 84 },
  { 59, 24, 6, 90 }, { 55, 24, 6, 110 }, { 72, 31, 1, 100 },
};

static const DemoNote glass[] = {
  { 72, 2, 1, 80 }, { 67, 4, 1, 80 }, { 65, 10, 1, 80 }, { 63, 12, 1, 80 }, { 67, 20, 1, 80 }, { 62, 22, 1, 80 }, { 72, 26, 1, 80 },
  { 58, 28, 2, 80 },
};

static void
add_notes (TuttiSession *session, guint track, TuttiId scene, const char *name, const DemoNote *from, guint n)
{
  TuttiId clip = tutti_session_new_id (session), owner = tutti_session_get_jam (session)->tracks[track]->id;
  TuttiNotes *notes = tutti_notes_new (n);

  for (guint i = 0; i < n; i++)
    notes->edit[i] = (TuttiNoteEdit) { { tutti_session_new_id (session), from[i].tick * 240, from[i].length * 240, from[i].pitch,
                                         from[i].velocity }, TUTTI_NOTE_WHOLE };
  ask (session, tutti_op_new (TUTTI_OP_CLIP_ADD_NOTES, clip, owner, scene, name));
  ask (session, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (32)));
  ask (session, tutti_op_new (TUTTI_OP_NOTES, clip, notes));
  ask (session, tutti_op_new (TUTTI_OP_LAUNCH, owner, clip, TUTTI_N (TUTTI_QUANTUM_NOW)));
}

static void
add_chords (TuttiSession *session, guint track, TuttiId scene)
{
  static const struct { int tick; guint root; TuttiHarmony quality; } chords[] = {
    { 0, 0, TUTTI_HARMONY_MINOR_SEVENTH }, { 8, 8, TUTTI_HARMONY_MAJOR_SEVENTH }, { 14, 5, TUTTI_HARMONY_MINOR },
    { 16, 5, TUTTI_HARMONY_MINOR_SEVENTH }, { 24, 7, TUTTI_HARMONY_SEVENTH },
  };
  TuttiId clip = tutti_track_clip_at (tutti_session_get_jam (session)->tracks[track], scene)->id;

  for (guint i = 0; i < G_N_ELEMENTS (chords); i++)
    ask (session, tutti_op_new (TUTTI_OP_CHORD, clip, TUTTI_N (chords[i].tick * 240), TUTTI_N (chords[i].root),
                                TUTTI_N (chords[i].quality)));
}

void
tutti_session_fake_fill_notes (TuttiSession *session)
{
  TuttiId scene = tutti_session_new_id (session);

  ask (session, tutti_op_new (TUTTI_OP_JAM_KEY, TUTTI_N (0), TUTTI_N (TUTTI_SCALE_MINOR)));
  ask (session, tutti_op_new (TUTTI_OP_LOOP, TUTTI_N (1), TUTTI_N (0), TUTTI_N (32 * 240)));
  ask (session, tutti_op_new (TUTTI_OP_SCENE_ADD, scene, "Notes", TUTTI_N (8)));
  add_notes (session, 6, scene, "Felt", felt, G_N_ELEMENTS (felt));
  add_notes (session, 7, scene, "Glass", glass, G_N_ELEMENTS (glass));
  add_chords (session, 6, scene);
}
