/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The one table of resources: a new member is a row. */
#include "tutti-resource-private.h"

#include <stddef.h>

#define AT(place, of, member) TUTTI_PLACE_##place, offsetof (of, member)
#define ROW(name, op, arg, ...) { name, TUTTI_OP_##op, arg, __VA_ARGS__, NULL, NULL }
#define READ(name, meaning, ...) { name, TUTTI_READ_ONLY, 0, __VA_ARGS__, meaning, NULL }
#define READ_CHOICE(name, meaning, names, ...) { name, TUTTI_READ_ONLY, 0, __VA_ARGS__, meaning, names }
#define ONCE(name, meaning, names, ...) { name, TUTTI_SAID_ONCE, 0, __VA_ARGS__, meaning, names }
#define END { .name = NULL }

static const TuttiResourceMember jam[] = {
  READ ("id", "of the jam", TUTTI_PLACE_JAM_ID, 0),
  ROW ("name", JAM_NAME, 0, AT (TEXT, TuttiJam, name)),
  ROW ("seed", JAM_SEED, 0, AT (U32, TuttiJam, seed)),
  ROW ("key", JAM_KEY, 0, AT (U8, TuttiJam, key)),
  ROW ("scale", JAM_KEY, 1, AT (U8, TuttiJam, scale)),
  ROW ("newcomers", NEWCOMERS, 0, AT (U8, TuttiJam, newcomers)),
  ROW ("transportRule", TRANSPORT_RULE, 0, AT (U8, TuttiJam, transport_rule)),
  ROW ("leaderLostRule", LEADER_LOST_RULE, 0, AT (U8, TuttiJam, leader_lost_rule)),
  ROW ("leader", LEAD, 0, AT (U16, TuttiJam, leader)),
  READ ("playing", "start and stop are the operations play, pause and stop", AT (FLAG, TuttiJam, transport.playing)),
  ROW ("tempo", TEMPO, 0, AT (S32, TuttiJam, transport.anchor.tempo_cbpm)),
  ROW ("beats", SIGNATURE, 0, AT (U8, TuttiJam, transport.beats)),
  ROW ("unit", SIGNATURE, 1, AT (U8, TuttiJam, transport.unit)),
  ROW ("loop", LOOP, 0, AT (U8, TuttiJam, transport.loop)),
  ROW ("loopStart", LOOP, 1, AT (S64, TuttiJam, transport.loop_start)),
  ROW ("loopEnd", LOOP, 2, AT (S64, TuttiJam, transport.loop_end)),
  ROW ("swing", SWING, 0, AT (S16, TuttiJam, transport.swing)),
  ROW ("metronome", METRONOME, 0, AT (U8, TuttiJam, transport.metronome)),
  ROW ("countIn", COUNT_IN, 0, AT (U8, TuttiJam, transport.count_in)),
  ROW ("mix", MIX, 1, TUTTI_PLACE_MIX, 0),
  END
};

static const TuttiResourceMember track[] = {
  READ ("id", "of the track", AT (ID, TuttiTrack, id)),
  ROW ("index", TRACK_MOVE, 1, TUTTI_PLACE_INDEX, 0),
  ROW ("name", TRACK_NAME, 1, AT (TEXT, TuttiTrack, name)),
  ROW ("sound", TRACK_SOUND, 1, AT (TEXT, TuttiTrack, sound)),
  ROW ("colour", TRACK_COLOUR, 1, AT (U8, TuttiTrack, colour)),
  ROW ("mute", TRACK_MUTE, 1, AT (U8, TuttiTrack, mute)),
  ROW ("solo", TRACK_SOLO, 1, AT (U8, TuttiTrack, solo)),
  ROW ("playMode", TRACK_PLAY_MODE, 1, AT (U8, TuttiTrack, play_mode)),
  ROW ("choke", TRACK_CHOKE, 1, AT (U8, TuttiTrack, choke)),
  ROW ("transpose", TRACK_TRANSPOSE, 1, AT (S8, TuttiTrack, transpose)),
  ROW ("swing", TRACK_SWING, 1, AT (S16, TuttiTrack, swing)),
  ROW ("claimed", TRACK_CLAIM, 1, AT (U16, TuttiTrack, claimed)),
  ROW ("params", PARAM, 2, TUTTI_PLACE_PARAMS, 0),
  ROW ("patch", PATCH, 2, TUTTI_PLACE_PATCH, 0),
  { "zones", TUTTI_OP_ZONE, 1, TUTTI_PLACE_ZONES, 0, "each an id and what the zone is; written, each is an id and what changes, "
    "all of it for a new one, or an id alone, which takes the zone away", NULL },
  READ ("by", "number of the person who added it, 0 the host", AT (U16, TuttiTrack, by)),
  READ ("playing", "the clip that was launched last, 0 none; launching is the operation launch", AT (ID, TuttiTrack, playing.clip)),
  END
};

static const TuttiResourceMember scene[] = {
  READ ("id", "of the scene", AT (ID, TuttiScene, id)),
  ROW ("index", SCENE_MOVE, 1, TUTTI_PLACE_INDEX, 0),
  ROW ("name", SCENE_NAME, 1, AT (TEXT, TuttiScene, name)),
  READ ("by", "number of the person who added it, 0 the host", AT (U16, TuttiScene, by)),
  END
};

/* In the order of TuttiClipKind. */
static const char * const clip_kinds[] = { "steps", "notes", NULL };

static const TuttiResourceMember clip[] = {
  READ ("id", "of the clip", AT (ID, TuttiClip, id)),
  ROW ("track", CLIP_MOVE, 1, TUTTI_PLACE_TRACK_ID, 0),
  ROW ("scene", CLIP_MOVE, 2, AT (ID, TuttiClip, scene)),
  ROW ("name", CLIP_NAME, 1, AT (TEXT, TuttiClip, name)),
  ROW ("length", CLIP_LENGTH, 1, AT (U8, TuttiClip, length)),
  ROW ("ticksPerStep", CLIP_RESOLUTION, 1, AT (U16, TuttiClip, ticks_per_step)),
  ROW ("steps", STEPS, 2, TUTTI_PLACE_STEPS, 0),
  ONCE ("kind", "what it is made of, steps or notes, for good", clip_kinds, AT (U8, TuttiClip, kind)),
  ROW ("notes", NOTES, 1, TUTTI_PLACE_NOTES, 0),
  { "chords", TUTTI_OP_CHORD, 1, TUTTI_PLACE_CHORDS, 0, "each a tick from the clip's beginning, a root and a quality, which is meant until "
    "the next; written, each is what begins at that tick, as-before takes it away, and what is not named stays", NULL },
  END
};

static const TuttiResourceMember collaborator[] = {
  READ ("number", "of the person", AT (U16, TuttiPerson, number)),
  READ ("name", "what they are called", AT (TEXT, TuttiPerson, name)),
  READ_CHOICE ("colour", "of their cursor", tutti_person_colour_names, AT (U8, TuttiPerson, colour)),
  ROW ("role", PERSON_ROLE, 1, AT (U8, TuttiPerson, role)),
  END
};

static const TuttiResourceMember sample[] = {
  READ ("hash", "SHA-256 of its file, which is at /api/v1/samples/{sha256}", AT (TEXT, TuttiSoundEntry, hash)),
  READ ("name", "what it is called", AT (TEXT, TuttiSoundEntry, name)),
  READ ("frames", "1/48000 s", AT (U32, TuttiSoundEntry, n_frames)),
  READ ("channels", "1 or 2", AT (U8, TuttiSoundEntry, n_channels)),
  END
};

static const TuttiResourceRow rows[TUTTI_N_RESOURCES] = {
  [TUTTI_RESOURCE_JAM] = { "jam", TUTTI_READ_ONLY, TUTTI_READ_ONLY, FALSE, jam },
  [TUTTI_RESOURCE_TRACK] = { "track", TUTTI_OP_TRACK_ADD, TUTTI_OP_TRACK_DELETE, TRUE, track },
  [TUTTI_RESOURCE_SCENE] = { "scene", TUTTI_OP_SCENE_ADD, TUTTI_OP_SCENE_DELETE, TRUE, scene },
  [TUTTI_RESOURCE_CLIP] = { "clip", TUTTI_OP_CLIP_ADD, TUTTI_OP_CLIP_DELETE, TRUE, clip },
  [TUTTI_RESOURCE_COLLABORATOR] = { "collaborator", TUTTI_READ_ONLY, TUTTI_READ_ONLY, TRUE, collaborator },
  [TUTTI_RESOURCE_SAMPLE] = { "sample", TUTTI_READ_ONLY, TUTTI_READ_ONLY, TRUE, sample },
};

const TuttiResourceRow *
tutti_resource_row (TuttiResourceKind kind)
{
  return &rows[kind];
}

const char *
tutti_resource_name (TuttiResourceKind kind)
{
  return rows[kind].name;
}

const TuttiResourceMember *
tutti_resource_member (TuttiResourceKind kind, const char *name)
{
  for (const TuttiResourceMember *each = rows[kind].members; each->name != NULL; each++)
    if (g_str_equal (each->name, name))
      return each;
  return NULL;
}

const TuttiArgSpec *
tutti_resource_arg (const TuttiResourceMember *member)
{
  return member->op >= 0 ? &tutti_op_spec ((TuttiOpKind) member->op)->args[member->arg] : NULL;
}

gboolean
tutti_resource_is_flag (const TuttiResourceMember *member)
{
  return member->place == TUTTI_PLACE_FLAG || (member->op >= 0 && g_str_equal (tutti_resource_arg (member)->name, "on"));
}
