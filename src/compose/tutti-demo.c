/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-demo.h"
#include "tutti-demo-private.h"

#include <string.h>

#define DEMO_TEMPO_CBPM 11800
#define DEMO_SWING 540

typedef struct
{
  guint8 param;
  gint16 value;
} Setting;

typedef struct
{
  const char *name;
  const char *sound;
  TuttiColour colour;
  Setting     settings[6];     /* ended by a value of 0 */
} DemoTrack;

/* Gains are what remains to be done by hand when every sound is about equally loud. */
static const DemoTrack tracks[DEMO_N_TRACKS] = {
  { "Kick", "kit:tight-kick", TUTTI_COLOUR_CHERRY, { { TUTTI_PARAM_GAIN, -370 }, { TUTTI_PARAM_DRIVE, 320 } } },
  { "Snare", "kit:dusty-snare", TUTTI_COLOUR_CORAL,
    { { TUTTI_PARAM_GAIN, -270 }, { TUTTI_PARAM_DRIVE, 200 }, { TUTTI_PARAM_REVERB_SEND, -2000 } } },
  { "Hats", "kit:paper-hats", TUTTI_COLOUR_HONEY, { { TUTTI_PARAM_GAIN, -250 }, { TUTTI_PARAM_PAN, 180 } } },
  { "Clap", "kit:room-clap", TUTTI_COLOUR_LIME,
    { { TUTTI_PARAM_GAIN, -500 }, { TUTTI_PARAM_PAN, -120 }, { TUTTI_PARAM_REVERB_SEND, -1600 } } },
  { "Rim", "kit:wood-rim", TUTTI_COLOUR_FERN,
    { { TUTTI_PARAM_GAIN, -450 }, { TUTTI_PARAM_PAN, -380 }, { TUTTI_PARAM_DELAY_SEND, -1800 } } },
  { "Bass", "kit:rubber-bass", TUTTI_COLOUR_LAGOON,
    { { TUTTI_PARAM_GAIN, -200 }, { TUTTI_PARAM_CUTOFF, 640 }, { TUTTI_PARAM_DRIVE, 300 } } },
  { "Keys", "kit:felt-keys", TUTTI_COLOUR_IRIS,
    { { TUTTI_PARAM_GAIN, -20 }, { TUTTI_PARAM_DRIVE, 120 }, { TUTTI_PARAM_PAN, -150 }, { TUTTI_PARAM_REVERB_SEND, -1500 },
      { TUTTI_PARAM_DELAY_SEND, -2100 } } },
  { "Bells", "kit:glass-bells", TUTTI_COLOUR_ROSE,
    { { TUTTI_PARAM_GAIN, -380 }, { TUTTI_PARAM_PAN, 300 }, { TUTTI_PARAM_REVERB_SEND, -1000 },
      { TUTTI_PARAM_DELAY_SEND, -1400 } } },
};

static const char * const scene_names[DEMO_N_SCENES] = {
  "Intro", "Verse", "Lift", "Chorus", "Break", "Verse 2", "Outro", "Jam"
};

/* The operations being made. */
typedef struct
{
  GPtrArray *ops;
  guint32    creator;
  guint32   *counter;
  TuttiId    tracks[DEMO_N_TRACKS];
  TuttiId    scenes[DEMO_N_SCENES];
} Script;

static void
script_init (Script *script, guint32 creator, guint32 *counter)
{
  *script = (Script) {
    .ops = g_ptr_array_new_with_free_func ((GDestroyNotify) tutti_op_free), .creator = creator, .counter = counter
  };
}

static TuttiId
coin (Script *script)
{
  return tutti_id (script->creator, ++*script->counter);
}

#define ADD(script, ...) g_ptr_array_add ((script)->ops, tutti_op_new (__VA_ARGS__))

/* ---- steps ---- */

static guint8
velocity_of (char hit)
{
  return hit == 'X' || hit == 'x' ? 100 : hit == 'o' ? 70 : hit == 'g' ? 34 : 0;
}

static void
write_hits (TuttiSteps *steps, const char *hits)
{
  gsize n = strlen (hits);

  for (guint i = 0; i < steps->n; i++)
    {
      steps->step[i].velocity = velocity_of (hits[i % n]);
      steps->step[i].accent = hits[i % n] == 'X';
    }
}

static void
write_notes (TuttiSteps *steps, const DemoNote *note)
{
  for (; note->length > 0; note++)
    {
      TuttiStep *step = &steps->step[note->at];

      step->velocity = note->velocity;
      step->pitch = note->pitch;
      step->length = note->length;
      step->slide = note->slide;
    }
}

static gboolean
says_something (const DemoDetail *detail)
{
  return detail->chance > 0 || detail->every_of > 0 || detail->ratchet > 0 || detail->micro != 0 || detail->n_locks > 0;
}

static void
write_details (TuttiSteps *steps, const DemoDetail *detail)
{
  for (; says_something (detail); detail++)
    {
      TuttiStep *step = &steps->step[detail->at];

      step->chance = detail->chance > 0 ? detail->chance : step->chance;
      step->every_n = detail->every_of > 0 ? detail->every_n : step->every_n;
      step->every_of = detail->every_of > 0 ? detail->every_of : step->every_of;
      step->ratchet = detail->ratchet > 0 ? detail->ratchet : step->ratchet;
      step->ratchet_shape = detail->fade ? TUTTI_RATCHET_FADE_OUT : TUTTI_RATCHET_EVEN;
      step->micro_ticks = detail->micro;
      step->n_locks = detail->n_locks;
      memcpy (step->locks, detail->locks, sizeof detail->locks);
    }
}

static TuttiSteps *
steps_of (const DemoClip *clip)
{
  TuttiSteps *steps = tutti_steps_new (clip->length);

  if (clip->hits != NULL)
    write_hits (steps, clip->hits);
  if (clip->notes != NULL)
    write_notes (steps, clip->notes);
  if (clip->details != NULL)
    write_details (steps, clip->details);
  return steps;
}

/* ---- clips, tracks, scenes ---- */

static void
add_clip (Script *script, TuttiId id, const DemoClip *clip, TuttiId scene)
{
  ADD (script, TUTTI_OP_CLIP_ADD, id, script->tracks[clip->track], scene, clip->name);
  if (clip->length != 16)
    ADD (script, TUTTI_OP_CLIP_LENGTH, id, TUTTI_N (clip->length));
  if (clip->ticks_per_step != TUTTI_TICKS_PER_QUARTER / 4)
    ADD (script, TUTTI_OP_CLIP_RESOLUTION, id, TUTTI_N (clip->ticks_per_step));
  ADD (script, TUTTI_OP_STEPS, id, TUTTI_N (0), steps_of (clip));
}

static void
add_clips (Script *script)
{
  for (guint i = 0; i < demo_n_clips; i++)
    {
      TuttiId first = { 0, 0 };

      for (guint scene = 0; scene < DEMO_N_SCENES; scene++)
        if (demo_clips[i].scenes & 1 << scene)
          {
            TuttiId id = coin (script);

            if (tutti_id_is_none (first))
              add_clip (script, first = id, &demo_clips[i], script->scenes[scene]);
            else
              ADD (script, TUTTI_OP_CLIP_COPY, id, first, script->tracks[demo_clips[i].track], script->scenes[scene]);
          }
    }
}

static void
add_track (Script *script, guint index)
{
  const DemoTrack *track = &tracks[index];

  script->tracks[index] = coin (script);
  ADD (script, TUTTI_OP_TRACK_ADD, script->tracks[index], track->name, track->sound, TUTTI_N (track->colour));
}

static void
add_settings (Script *script, guint index)
{
  for (const Setting *each = tracks[index].settings; each->value != 0; each++)
    ADD (script, TUTTI_OP_PARAM, script->tracks[index], TUTTI_N (each->param), TUTTI_N (each->value));
}

static void
add_scene (Script *script, guint index, const char *name)
{
  script->scenes[index] = coin (script);
  ADD (script, TUTTI_OP_SCENE_ADD, script->scenes[index], name, TUTTI_N (index));
}

static void
add_mix (Script *script)
{
  ADD (script, TUTTI_OP_JAM_KEY, TUTTI_N (0), TUTTI_N (TUTTI_SCALE_MINOR));
  ADD (script, TUTTI_OP_TEMPO, TUTTI_N (DEMO_TEMPO_CBPM));
  ADD (script, TUTTI_OP_SWING, TUTTI_N (DEMO_SWING));
  ADD (script, TUTTI_OP_MIX, TUTTI_N (TUTTI_MIX_GAIN), TUTTI_N (-50));
  ADD (script, TUTTI_OP_MIX, TUTTI_N (TUTTI_MIX_DELAY_FEEDBACK), TUTTI_N (350));
  ADD (script, TUTTI_OP_MIX, TUTTI_N (TUTTI_MIX_REVERB_SIZE), TUTTI_N (480));
}

GPtrArray *
tutti_demo_ops (guint32 creator, guint32 *counter)
{
  Script script;

  script_init (&script, creator, counter);
  add_mix (&script);
  for (guint i = 0; i < DEMO_N_TRACKS; i++)
    {
      add_track (&script, i);
      add_settings (&script, i);
    }
  for (guint i = 0; i < DEMO_N_SCENES; i++)
    add_scene (&script, i, scene_names[i]);
  add_clips (&script);
  ADD (&script, TUTTI_OP_LAUNCH_SCENE, script.scenes[1], TUTTI_N (TUTTI_QUANTUM_NOW));
  return script.ops;
}

GPtrArray *
tutti_demo_empty (guint32 creator, guint32 *counter)
{
  static const guint drums[] = { DEMO_KICK, DEMO_SNARE, DEMO_HATS, DEMO_BASS };
  Script script;

  script_init (&script, creator, counter);
  add_scene (&script, 0, "1");
  for (guint i = 0; i < G_N_ELEMENTS (drums); i++)
    {
      add_track (&script, drums[i]);
      ADD (&script, TUTTI_OP_CLIP_ADD, coin (&script), script.tracks[drums[i]], script.scenes[0], "");
    }
  ADD (&script, TUTTI_OP_LAUNCH_SCENE, script.scenes[0], TUTTI_N (TUTTI_QUANTUM_NOW));
  return script.ops;
}
