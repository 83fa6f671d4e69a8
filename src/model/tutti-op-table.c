/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of operations. A new operation is a row here, a name in TuttiOpKind and, unless it only sets a number,
 * one function. */
#include "tutti-apply.h"

#include <stddef.h>

#define NUMBER(arg, low, high, what) { arg, TUTTI_ARG_NUMBER, low, high, what, NULL }
#define ON { "on", TUTTI_ARG_NUMBER, 0, 1, NULL, NULL }
#define CHOICE(arg, list, n) { arg, TUTTI_ARG_CHOICE, 0, (n) - 1, NULL, list }
#define ID(arg) { arg, TUTTI_ARG_ID, 1, 1, NULL, NULL }
#define ID_OR_NONE(arg) { arg, TUTTI_ARG_ID, 0, 1, NULL, NULL }
#define NAME(arg, low) { arg, TUTTI_ARG_TEXT, low, TUTTI_NAME_BYTES_MAX, "bytes", NULL }
#define TICK(arg, low) { arg, TUTTI_ARG_NUMBER, low, TUTTI_TICK_MAX, "1/960 quarter", NULL }
#define PERSON_NUMBER(low) { "number", TUTTI_ARG_NUMBER, low, TUTTI_PERSON_NUMBER_MAX, "of a person", NULL }
#define ROLE(low) { "role", TUTTI_ARG_CHOICE, low, TUTTI_N_ROLES - 1, NULL, tutti_role_names }
#define INDEX(arg, n) { arg, TUTTI_ARG_NUMBER, 0, (n) - 1, NULL, NULL }
#define STEP_OF_CLIP ID ("clip"), INDEX ("step", TUTTI_STEPS_MAX)
#define PARAM_NAME { "param", TUTTI_ARG_CHOICE, 0, TUTTI_N_PARAMS - 1, NULL, param_names }
#define PATCH_NAME { "patch", TUTTI_ARG_CHOICE, 0, TUTTI_N_PATCH - 1, NULL, patch_names }
#define ADDRESS { "param", TUTTI_ARG_ADDRESS, 0, TUTTI_N_ADDRESSES - 1, NULL, NULL }
#define PARAM_VALUE { "value", TUTTI_ARG_NUMBER, -9000, 10000, "as the parameter", NULL }
#define ARGS(...) { __VA_ARGS__ }
#define FIELD(type, of, member) { TUTTI_FIELD_##type, offsetof (of, member) }

/* ROW (kind, name, permission, scope, audible, undoable, keys, arguments, apply, field…) */
#define ROW(kind, name, may, scope, audible, undoable, keys, args, ...) \
  [TUTTI_OP_##kind] = { { name, TUTTI_MAY_##may, TUTTI_SCOPE_##scope, audible, undoable, keys, args }, __VA_ARGS__ }

/* The names of the parameters are their specs'; a test holds both lists together. */
static const char * const param_names[] = {
  "gain", "pan", "tune", "start", "end", "attack", "decay", "sustain", "release", "cutoff", "resonance", "filter",
  "drive", "delay", "reverb", NULL
};

/* So are those of a patch. */
static const char * const patch_names[] = {
  "patch-level", "a-wave", "a-width", "a-level", "b-wave", "b-width", "b-level", "b-tune", "b-fine", "octave", "sub",
  "noise", "ring", "fm", "fm-env", "unison", "detune", "spread", "vcf-type", "vcf-cutoff", "vcf-resonance", "vcf-key",
  "vcf-env", "vcf-velocity", "vcf-drive", "amp-attack", "amp-hold", "amp-decay", "amp-sustain", "amp-release",
  "env-attack", "env-hold", "env-decay", "env-sustain", "env-release", "env-pitch", "lfo1-shape", "lfo1-rate", "lfo1-sync",
  "lfo1-free", "lfo1-fade", "lfo1-pitch", "lfo1-cutoff", "lfo1-width", "lfo1-amp", "lfo2-shape", "lfo2-rate", "lfo2-sync",
  "lfo2-free", "lfo2-pitch", "lfo2-cutoff", "lfo2-width", "voices", "glide", "accent", "velocity", "drum-pitch",
  "drum-bend", "drum-bend-time", "drum-decay", "drum-tone", "drum-snap", "drum-noise-decay", "drum-colour", "loop", "loop-start",
  "loop-end", "loop-fade", "reverse", NULL
};
G_STATIC_ASSERT (G_N_ELEMENTS (param_names) == TUTTI_N_PARAMS + 1);
G_STATIC_ASSERT (G_N_ELEMENTS (patch_names) == TUTTI_N_PATCH + 1);

const TuttiOpRow tutti_op_rows[TUTTI_N_OPS] = {
  ROW (JAM_NAME, "jam.name", EDIT, JAM, FALSE, TRUE, 0, ARGS (NAME ("name", 1)),
       tutti_apply_set_jam, FIELD (TEXT, TuttiJam, name)),
  ROW (JAM_DESCRIPTION, "jam.description", EDIT, JAM, FALSE, TRUE, 0,
       ARGS ({ "text", TUTTI_ARG_TEXT, 0, TUTTI_DESCRIPTION_BYTES_MAX, "bytes", NULL }),
       tutti_apply_set_jam, FIELD (TEXT, TuttiJam, description)),
  ROW (JAM_PUBLISHED, "jam.published", ADMIN, JAM, FALSE, TRUE, 0, ARGS (ON),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, published)),
  ROW (JAM_SEED, "jam.seed", EDIT, JAM, TRUE, TRUE, 0, ARGS (NUMBER ("seed", 0, G_MAXUINT32, NULL)),
       tutti_apply_set_jam, FIELD (U32, TuttiJam, seed)),
  ROW (JAM_KEY, "jam.key", EDIT, JAM, FALSE, TRUE, 0,
       ARGS (NUMBER ("key", 0, 11, "semitones above C"), CHOICE ("scale", tutti_scale_names, TUTTI_N_SCALES)),
       tutti_apply_jam_key),
  ROW (MIX, "mix", EDIT, MIX, TRUE, TRUE, 1,
       ARGS (CHOICE ("setting", tutti_mix_setting_names, TUTTI_N_MIX_SETTINGS), PARAM_VALUE), tutti_apply_mix),
  ROW (NEWCOMERS, "newcomers", ADMIN, JAM, FALSE, TRUE, 0, ARGS (ROLE (TUTTI_ROLE_VIEWER)),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, newcomers)),
  ROW (TRANSPORT_RULE, "rule.transport", ADMIN, JAM, FALSE, TRUE, 0,
       ARGS (CHOICE ("by", tutti_transport_rule_names, TUTTI_N_TRANSPORT_RULES)),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, transport_rule)),
  ROW (LEADER_LOST_RULE, "rule.leader-lost", ADMIN, JAM, FALSE, TRUE, 0,
       ARGS (CHOICE ("then", tutti_leader_lost_rule_names, TUTTI_N_LEADER_LOST_RULES)),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, leader_lost_rule)),
  /* Neither the lead nor a role is undone: what was decided about people is decided anew. */
  ROW (LEAD, "lead", LEAD, PEOPLE, FALSE, FALSE, 0, ARGS (PERSON_NUMBER (0)), tutti_apply_lead),

  ROW (PLAY, "play", TRANSPORT, TRANSPORT, TRUE, FALSE, 0, ARGS (TICK ("tick", -1)), tutti_apply_play),
  ROW (PAUSE, "pause", TRANSPORT, TRANSPORT, TRUE, FALSE, 0, ARGS (), tutti_apply_pause),
  ROW (STOP, "stop", TRANSPORT, TRANSPORT, TRUE, FALSE, 0, ARGS (), tutti_apply_stop),
  ROW (SEEK, "seek", TRANSPORT, TRANSPORT, TRUE, FALSE, 0, ARGS (TICK ("tick", 0)), tutti_apply_seek),
  ROW (TEMPO, "tempo", TRANSPORT, TRANSPORT, TRUE, TRUE, 0,
       ARGS (NUMBER ("tempo", TUTTI_TEMPO_MIN_CBPM, TUTTI_TEMPO_MAX_CBPM, "1/100 BPM")), tutti_apply_tempo),
  ROW (SIGNATURE, "signature", TRANSPORT, TRANSPORT, TRUE, TRUE, 0,
       ARGS (NUMBER ("beats", 1, 16, NULL), NUMBER ("unit", 2, 16, NULL)), tutti_apply_signature),
  ROW (LOOP, "loop", TRANSPORT, TRANSPORT, TRUE, TRUE, 0, ARGS (ON, TICK ("start", 0), TICK ("end", 0)), tutti_apply_loop),
  ROW (SWING, "swing", EDIT, TRANSPORT, TRUE, TRUE, 0, ARGS (NUMBER ("swing", 500, 750, "1/1000")),
       tutti_apply_set_jam, FIELD (S16, TuttiJam, transport.swing)),
  ROW (METRONOME, "metronome", TRANSPORT, TRANSPORT, TRUE, TRUE, 0, ARGS (ON),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, transport.metronome)),
  ROW (COUNT_IN, "count-in", TRANSPORT, TRANSPORT, FALSE, TRUE, 0, ARGS (NUMBER ("bars", 0, 2, "bars")),
       tutti_apply_set_jam, FIELD (U8, TuttiJam, transport.count_in)),

  ROW (TRACK_ADD, "track.add", ADD, TRACKS, TRUE, TRUE, 1,
       ARGS (ID ("id"), NAME ("name", 1), { "sound", TUTTI_ARG_TEXT, 5, TUTTI_SOUND_REF_BYTES_MAX, "bytes", NULL },
             CHOICE ("colour", tutti_colour_names, TUTTI_N_COLOURS)), tutti_apply_track_add),
  ROW (TRACK_DELETE, "track.delete", DELETE, TRACKS, TRUE, TRUE, 1, ARGS (ID ("track")), tutti_apply_track_delete),
  ROW (TRACK_RESTORE, "track.restore", ADD, TRACKS, TRUE, TRUE, 1, ARGS (ID ("track")), tutti_apply_track_restore),
  ROW (TRACK_NAME, "track.name", EDIT, TRACK, FALSE, TRUE, 1, ARGS (ID ("track"), NAME ("name", 1)),
       tutti_apply_set_track, FIELD (TEXT, TuttiTrack, name)),
  ROW (TRACK_MOVE, "track.move", EDIT, TRACKS, TRUE, TRUE, 1, ARGS (ID ("track"), INDEX ("index", TUTTI_TRACKS_MAX)),
       tutti_apply_track_move),
  ROW (TRACK_SOUND, "track.sound", EDIT, TRACK, TRUE, TRUE, 1,
       ARGS (ID ("track"), { "sound", TUTTI_ARG_TEXT, 5, TUTTI_SOUND_REF_BYTES_MAX, "bytes", NULL }), tutti_apply_track_sound),
  ROW (TRACK_COLOUR, "track.colour", EDIT, TRACK, FALSE, TRUE, 1,
       ARGS (ID ("track"), CHOICE ("colour", tutti_colour_names, TUTTI_N_COLOURS)),
       tutti_apply_set_track, FIELD (U8, TuttiTrack, colour)),
  ROW (TRACK_MUTE, "track.mute", EDIT, TRACK, TRUE, TRUE, 1, ARGS (ID ("track"), ON),
       tutti_apply_set_track, FIELD (U8, TuttiTrack, mute)),
  ROW (TRACK_SOLO, "track.solo", EDIT, TRACK, TRUE, TRUE, 1, ARGS (ID ("track"), ON),
       tutti_apply_set_track, FIELD (U8, TuttiTrack, solo)),
  ROW (TRACK_PLAY_MODE, "track.play-mode", EDIT, TRACK, TRUE, TRUE, 1,
       ARGS (ID ("track"), CHOICE ("mode", tutti_play_mode_names, TUTTI_N_PLAY_MODES)),
       tutti_apply_set_track, FIELD (U8, TuttiTrack, play_mode)),
  ROW (TRACK_CHOKE, "track.choke", EDIT, TRACK, TRUE, TRUE, 1, ARGS (ID ("track"), NUMBER ("group", 0, 16, NULL)),
       tutti_apply_set_track, FIELD (U8, TuttiTrack, choke)),
  ROW (TRACK_TRANSPOSE, "track.transpose", EDIT, TRACK, TRUE, TRUE, 1,
       ARGS (ID ("track"), NUMBER ("semitones", -48, 48, "semitones")),
       tutti_apply_set_track, FIELD (S8, TuttiTrack, transpose)),
  ROW (TRACK_SWING, "track.swing", EDIT, TRACK, TRUE, TRUE, 1,
       ARGS (ID ("track"), NUMBER ("swing", -1, 750, "1/1000, below 500 as the jam")),
       tutti_apply_set_track, FIELD (S16, TuttiTrack, swing)),
  ROW (TRACK_CLAIM, "track.claim", CLAIM, TRACK, FALSE, TRUE, 1, ARGS (ID ("track"), PERSON_NUMBER (0)),
       tutti_apply_track_claim),
  ROW (PARAM, "param", EDIT, TRACK, TRUE, TRUE, 2, ARGS (ID ("track"), PARAM_NAME, PARAM_VALUE), tutti_apply_param),

  ROW (PATCH, "patch", EDIT, TRACK, TRUE, TRUE, 2, ARGS (ID ("track"), PATCH_NAME, PARAM_VALUE), tutti_apply_patch),
  ROW (PATCH_CLEAR, "patch.clear", EDIT, TRACK, TRUE, TRUE, 2, ARGS (ID ("track"), PATCH_NAME), tutti_apply_patch_clear),
  ROW (PATCH_RESET, "patch.reset", EDIT, TRACK, TRUE, TRUE, 1, ARGS (ID ("track")), tutti_apply_patch_reset),

  ROW (ZONE, "zone", EDIT, TRACK, TRUE, TRUE, 2,
       ARGS (ID ("track"), ID ("zone"), { "values", TUTTI_ARG_ZONE, 0, 0, NULL, NULL }), tutti_apply_zone),
  ROW (ZONE_DELETE, "zone.delete", EDIT, TRACK, TRUE, TRUE, 2, ARGS (ID ("track"), ID ("zone")), tutti_apply_zone_delete),

  ROW (EFFECT_ADD, "effect.add", EDIT, EFFECTS, TRUE, TRUE, 1,
       ARGS (ID ("id"), ID_OR_NONE ("track"), CHOICE ("kind", tutti_effect_names, TUTTI_N_EFFECTS),
             INDEX ("index", TUTTI_EFFECTS_MAX)), tutti_apply_effect_add),
  ROW (EFFECT_DELETE, "effect.delete", EDIT, EFFECTS, TRUE, TRUE, 1, ARGS (ID ("effect")), tutti_apply_effect_delete),
  ROW (EFFECT_RESTORE, "effect.restore", EDIT, EFFECTS, TRUE, TRUE, 1, ARGS (ID ("effect")), tutti_apply_effect_restore),
  ROW (EFFECT_MOVE, "effect.move", EDIT, EFFECTS, TRUE, TRUE, 1,
       ARGS (ID ("effect"), INDEX ("index", TUTTI_EFFECTS_MAX)), tutti_apply_effect_move),
  ROW (EFFECT_ON, "effect.on", EDIT, EFFECTS, TRUE, TRUE, 1, ARGS (ID ("effect"), ON),
       tutti_apply_set_effect, FIELD (U8, TuttiEffect, on)),
  ROW (EFFECT_VALUE, "effect.value", EDIT, EFFECTS, TRUE, TRUE, 2,
       ARGS (ID ("effect"), INDEX ("index", TUTTI_EFFECT_VALUES_MAX), PARAM_VALUE), tutti_apply_effect_value),
  ROW (EFFECT_KEY, "effect.key", EDIT, EFFECTS, TRUE, TRUE, 1, ARGS (ID ("effect"), ID_OR_NONE ("track")), tutti_apply_effect_key),
  ROW (EFFECT_SLOT, "effect.slot", EDIT, EFFECTS, TRUE, TRUE, 1, ARGS (ID ("effect"), INDEX ("slot", TUTTI_EFFECT_SLOTS)),
       tutti_apply_effect_slot),

  ROW (SCENE_ADD, "scene.add", ADD, SCENES, FALSE, TRUE, 1,
       ARGS (ID ("id"), NAME ("name", 0), INDEX ("index", TUTTI_SCENES_MAX)), tutti_apply_scene_add),
  ROW (SCENE_DELETE, "scene.delete", DELETE, SCENES, TRUE, TRUE, 1, ARGS (ID ("scene")), tutti_apply_scene_delete),
  ROW (SCENE_RESTORE, "scene.restore", ADD, SCENES, TRUE, TRUE, 1, ARGS (ID ("scene")), tutti_apply_scene_restore),
  ROW (SCENE_NAME, "scene.name", EDIT, SCENES, FALSE, TRUE, 1, ARGS (ID ("scene"), NAME ("name", 0)),
       tutti_apply_scene_name),
  ROW (SCENE_MOVE, "scene.move", EDIT, SCENES, FALSE, TRUE, 1, ARGS (ID ("scene"), INDEX ("index", TUTTI_SCENES_MAX)),
       tutti_apply_scene_move),

  ROW (CLIP_ADD, "clip.add", EDIT, CLIPS, FALSE, TRUE, 1,
       ARGS (ID ("id"), ID ("track"), ID ("scene"), NAME ("name", 0)), tutti_apply_clip_add),
  ROW (CLIP_ADD_NOTES, "clip.add.notes", EDIT, CLIPS, FALSE, TRUE, 1,
       ARGS (ID ("id"), ID ("track"), ID ("scene"), NAME ("name", 0)), tutti_apply_clip_add),
  ROW (CLIP_COPY, "clip.copy", EDIT, CLIPS, FALSE, TRUE, 1,
       ARGS (ID ("id"), ID ("clip"), ID ("track"), ID ("scene")), tutti_apply_clip_copy),
  ROW (CLIP_DELETE, "clip.delete", EDIT, CLIPS, TRUE, TRUE, 1, ARGS (ID ("clip")), tutti_apply_clip_delete),
  ROW (CLIP_RESTORE, "clip.restore", EDIT, CLIPS, TRUE, TRUE, 1, ARGS (ID ("clip")), tutti_apply_clip_restore),
  ROW (CLIP_NAME, "clip.name", EDIT, CLIP, FALSE, TRUE, 1, ARGS (ID ("clip"), NAME ("name", 0)),
       tutti_apply_set_clip, FIELD (TEXT, TuttiClip, name)),
  ROW (CLIP_MOVE, "clip.move", EDIT, CLIPS, TRUE, TRUE, 1, ARGS (ID ("clip"), ID ("track"), ID ("scene")),
       tutti_apply_clip_move),
  ROW (CLIP_LENGTH, "clip.length", EDIT, CLIP, TRUE, TRUE, 1,
       ARGS (ID ("clip"), NUMBER ("length", 1, TUTTI_STEPS_MAX, "steps")),
       tutti_apply_set_clip, FIELD (U8, TuttiClip, length)),
  ROW (CLIP_RESOLUTION, "clip.resolution", EDIT, CLIP, TRUE, TRUE, 1,
       ARGS (ID ("clip"), NUMBER ("ticks", 80, 960, "1/960 quarter a step")), tutti_apply_clip_resolution),

  ROW (STEP, "step", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, NUMBER ("velocity", 0, 127, "0 is off")),
       tutti_apply_set_step, FIELD (U8, TuttiStep, velocity)),
  ROW (STEP_PITCH, "step.pitch", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, NUMBER ("pitch", -48, 48, "semitones")),
       tutti_apply_set_step, FIELD (S8, TuttiStep, pitch)),
  ROW (STEP_LENGTH, "step.length", EDIT, STEP, TRUE, TRUE, 2,
       ARGS (STEP_OF_CLIP, NUMBER ("length", 1, TUTTI_STEPS_MAX, "steps")),
       tutti_apply_set_step, FIELD (U8, TuttiStep, length)),
  ROW (STEP_CHANCE, "step.chance", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, NUMBER ("chance", 0, 100, "percent")),
       tutti_apply_set_step, FIELD (U8, TuttiStep, chance)),
  ROW (STEP_EVERY, "step.every", EDIT, STEP, TRUE, TRUE, 2,
       ARGS (STEP_OF_CLIP, NUMBER ("n", 1, 8, NULL), NUMBER ("of", 1, 8, NULL)), tutti_apply_step_every),
  ROW (STEP_RATCHET, "step.ratchet", EDIT, STEP, TRUE, TRUE, 2,
       ARGS (STEP_OF_CLIP, NUMBER ("hits", 1, 8, NULL),
             CHOICE ("shape", tutti_ratchet_shape_names, TUTTI_N_RATCHET_SHAPES)), tutti_apply_step_ratchet),
  ROW (STEP_MICRO, "step.micro", EDIT, STEP, TRUE, TRUE, 2,
       ARGS (STEP_OF_CLIP, NUMBER ("ticks", -480, 480, "1/960 quarter")),
       tutti_apply_set_step, FIELD (S16, TuttiStep, micro_ticks)),
  ROW (STEP_ACCENT, "step.accent", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, ON),
       tutti_apply_set_step, FIELD (U8, TuttiStep, accent)),
  ROW (STEP_TIE, "step.tie", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, ON),
       tutti_apply_set_step, FIELD (U8, TuttiStep, tie)),
  ROW (STEP_SLIDE, "step.slide", EDIT, STEP, TRUE, TRUE, 2, ARGS (STEP_OF_CLIP, ON),
       tutti_apply_set_step, FIELD (U8, TuttiStep, slide)),
  ROW (STEP_LOCK, "step.lock", EDIT, STEP, TRUE, TRUE, 3, ARGS (STEP_OF_CLIP, ADDRESS, PARAM_VALUE),
       tutti_apply_step_lock),
  ROW (STEP_UNLOCK, "step.unlock", EDIT, STEP, TRUE, TRUE, 3, ARGS (STEP_OF_CLIP, ADDRESS), tutti_apply_step_unlock),
  ROW (STEPS, "steps", EDIT, STEPS, TRUE, TRUE, 2,
       ARGS (STEP_OF_CLIP, { "steps", TUTTI_ARG_STEPS, 1, TUTTI_STEPS_MAX, NULL, NULL }), tutti_apply_steps),

  ROW (NOTES, "notes", EDIT, NOTES, TRUE, TRUE, 1,
       ARGS (ID ("clip"), { "notes", TUTTI_ARG_NOTES, 1, TUTTI_NOTES_AT_ONCE_MAX, NULL, NULL }), tutti_apply_notes),
  ROW (CHORD, "chord", EDIT, CHORD, FALSE, TRUE, 2,
       ARGS (ID ("clip"), NUMBER ("tick", 0, TUTTI_CLIP_TICKS_MAX - 1, "1/960 quarter from the clip's beginning"),
             NUMBER ("root", 0, 11, "semitones above C"), CHOICE ("quality", tutti_harmony_names, TUTTI_N_HARMONIES)),
       tutti_apply_chord),

  ROW (LAUNCH, "launch", TRANSPORT, LAUNCH, TRUE, FALSE, 1,
       ARGS (ID ("track"), ID_OR_NONE ("clip"), CHOICE ("quantum", tutti_quantum_names, TUTTI_N_QUANTA)),
       tutti_apply_launch),
  ROW (LAUNCH_SCENE, "launch.scene", TRANSPORT, LAUNCH, TRUE, FALSE, 0,
       ARGS (ID_OR_NONE ("scene"), CHOICE ("quantum", tutti_quantum_names, TUTTI_N_QUANTA)), tutti_apply_launch_scene),
  ROW (LAUNCH_CANCEL, "launch.cancel", TRANSPORT, LAUNCH, TRUE, FALSE, 1, ARGS (ID_OR_NONE ("track")),
       tutti_apply_launch_cancel),

  ROW (SOUND_ADD, "sound.add", ADD, SOUNDS, FALSE, FALSE, 1,
       ARGS ({ "hash", TUTTI_ARG_TEXT, TUTTI_HASH_HEX, TUTTI_HASH_HEX, "SHA-256", NULL }, NAME ("name", 1),
             NUMBER ("frames", 1, (gint64) TUTTI_SAMPLE_SECONDS_MAX * TUTTI_FRAMES_PER_SECOND, "1/48000 s"),
             NUMBER ("channels", 1, 2, NULL)), tutti_apply_sound_add),
  ROW (SOUND_DELETE, "sound.delete", DELETE, SOUNDS, FALSE, FALSE, 1,
       ARGS ({ "hash", TUTTI_ARG_TEXT, TUTTI_HASH_HEX, TUTTI_HASH_HEX, "SHA-256", NULL }), tutti_apply_sound_delete),
  ROW (PERSON, "person", HOST, PEOPLE, FALSE, FALSE, 1,
       ARGS (PERSON_NUMBER (1), NAME ("name", 1),
             CHOICE ("colour", tutti_person_colour_names, TUTTI_N_PERSON_COLOURS)), tutti_apply_person),
  ROW (PERSON_LEAVE, "person.leave", HOST, PEOPLE, FALSE, FALSE, 1, ARGS (PERSON_NUMBER (1)), tutti_apply_person_leave),
  ROW (PERSON_ROLE, "person.role", ADMIN, PEOPLE, FALSE, FALSE, 1, ARGS (PERSON_NUMBER (1), ROLE (TUTTI_ROLE_BANNED)),
       tutti_apply_person_role),
  ROW (PURGE, "purge", HOST, ALL, FALSE, FALSE, 1, ARGS (ID ("id")), tutti_apply_purge),
  ROW (MOMENT, "moment", EDIT, JAM, FALSE, FALSE, 2,
       ARGS (NAME ("name", 0), NUMBER ("back", 0, TUTTI_JSON_INT_MAX, "seq that the group goes back to; 0: none")), tutti_apply_moment),
  ROW (GROUP, "group", EDIT, ALL, TRUE, TRUE, 0, ARGS ({ "ops", TUTTI_ARG_OPS, 1, TUTTI_GROUP_MAX, NULL, NULL }),
       tutti_apply_group),
};
