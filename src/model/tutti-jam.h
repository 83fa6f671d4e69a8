/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-address.h"
#include "tutti-effect.h"
#include "tutti-id.h"
#include "tutti-limits.h"
#include "tutti-param.h"
#include "tutti-time.h"

/* The document of a jam: everything that everyone shares, as plain values in fixed whole units.
 *
 * A TuttiJam is a *value*. Copying one is cheap (tracks, clips and lists are shared until one side changes), and nothing
 * but tutti_jam_apply() (tutti-op.h) changes one. A `const TuttiJam *` may be read from any thread that owns a copy. */

typedef enum
{
  TUTTI_COLOUR_CHERRY, TUTTI_COLOUR_CORAL, TUTTI_COLOUR_TANGERINE, TUTTI_COLOUR_HONEY,
  TUTTI_COLOUR_LIME, TUTTI_COLOUR_FERN, TUTTI_COLOUR_JADE, TUTTI_COLOUR_LAGOON,
  TUTTI_COLOUR_SKY, TUTTI_COLOUR_IRIS, TUTTI_COLOUR_PLUM, TUTTI_COLOUR_ROSE,
  TUTTI_N_COLOURS
} TuttiColour;

typedef enum
{
  TUTTI_PERSON_BRICK, TUTTI_PERSON_AMBER, TUTTI_PERSON_LEMON, TUTTI_PERSON_MINT,
  TUTTI_PERSON_ICE, TUTTI_PERSON_COBALT, TUTTI_PERSON_LILAC, TUTTI_PERSON_ORCHID,
  TUTTI_N_PERSON_COLOURS
} TuttiPersonColour;

typedef enum
{
  TUTTI_SCALE_CHROMATIC, TUTTI_SCALE_MAJOR, TUTTI_SCALE_MINOR, TUTTI_SCALE_DORIAN, TUTTI_SCALE_PHRYGIAN,
  TUTTI_SCALE_LYDIAN, TUTTI_SCALE_MIXOLYDIAN, TUTTI_SCALE_HARMONIC_MINOR, TUTTI_SCALE_MAJOR_PENTATONIC,
  TUTTI_SCALE_MINOR_PENTATONIC, TUTTI_SCALE_BLUES,
  TUTTI_N_SCALES
} TuttiScale;

typedef enum
{
  TUTTI_PLAY_AS_MADE,          /* one-shot or gate as the sound says */
  TUTTI_PLAY_ONE_SHOT,
  TUTTI_PLAY_GATE,
  TUTTI_N_PLAY_MODES
} TuttiPlayMode;

typedef enum
{
  TUTTI_RATCHET_EVEN,
  TUTTI_RATCHET_FADE_OUT,
  TUTTI_N_RATCHET_SHAPES
} TuttiRatchetShape;

/* What a clip is made of, for good. */
typedef enum { TUTTI_CLIP_STEPS, TUTTI_CLIP_NOTES, TUTTI_N_CLIP_KINDS } TuttiClipKind;

/* What kind of chord is meant from a place of a clip of notes on. */
typedef enum
{
  TUTTI_HARMONY_AS_BEFORE,     /* nothing begins there; never in a document */
  TUTTI_HARMONY_NONE,          /* no chord from there on */
  TUTTI_HARMONY_MAJOR, TUTTI_HARMONY_MINOR, TUTTI_HARMONY_SEVENTH, TUTTI_HARMONY_MAJOR_SEVENTH, TUTTI_HARMONY_MINOR_SEVENTH,
  TUTTI_HARMONY_SUS_2, TUTTI_HARMONY_SUS_4, TUTTI_HARMONY_DIMINISHED, TUTTI_HARMONY_HALF_DIMINISHED, TUTTI_HARMONY_AUGMENTED,
  TUTTI_HARMONY_SIXTH, TUTTI_HARMONY_MINOR_SIXTH, TUTTI_HARMONY_POWER,
  TUTTI_N_HARMONIES
} TuttiHarmony;

/* When a launched clip begins. */
typedef enum
{
  TUTTI_QUANTUM_NOW, TUTTI_QUANTUM_BEAT, TUTTI_QUANTUM_BAR, TUTTI_QUANTUM_4_BARS,
  TUTTI_N_QUANTA
} TuttiQuantum;

/* Settings of the mix as a whole. */
typedef enum
{
  TUTTI_MIX_GAIN,              /* 1/100 dB */
  TUTTI_MIX_DELAY_TICKS,       /* 1/960 quarter */
  TUTTI_MIX_DELAY_FEEDBACK,    /* ‰, at most 900 */
  TUTTI_MIX_DELAY_GAIN,        /* 1/100 dB */
  TUTTI_MIX_REVERB_SIZE,       /* ‰ */
  TUTTI_MIX_REVERB_DAMPING,    /* ‰ */
  TUTTI_MIX_REVERB_GAIN,       /* 1/100 dB */
  TUTTI_N_MIX_SETTINGS
} TuttiMixSetting;

/* What a person may do here, each what the one before may and more. Who is banned stays in the list of people, so that the ban
 * is seen, kept and lifted like everything else. */
typedef enum
{
  TUTTI_ROLE_BANNED,
  TUTTI_ROLE_VIEWER,           /* listens and looks */
  TUTTI_ROLE_CONTRIBUTOR,      /* edits, adds, and deletes what they added */
  TUTTI_ROLE_ADMIN,            /* deletes, breaks claims, gives roles, sets the rules */
  TUTTI_N_ROLES
} TuttiRole;

/* Who may start and stop. */
typedef enum { TUTTI_TRANSPORT_OF_ALL, TUTTI_TRANSPORT_OF_LEADER, TUTTI_N_TRANSPORT_RULES } TuttiTransportRule;

/* What the music does when the leader is gone. */
typedef enum { TUTTI_LEADER_LOST_GO_ON, TUTTI_LEADER_LOST_STOP, TUTTI_N_LEADER_LOST_RULES } TuttiLeaderLostRule;

typedef struct
{
  guint16 address;             /* tutti-address.h */
  gint16  value;
} TuttiLock;

typedef struct
{
  guint8    velocity;          /* 0 off, 1…127 */
  gint8     pitch;             /* semitones from the sound's root, −48…48 */
  guint8    length;            /* steps it sounds in gate mode, 1…128 */
  guint8    chance;            /* percent */
  guint8    every_n, every_of; /* sounds in cycle n of each @of cycles, 1 ≤ n ≤ of ≤ 8 */
  guint8    ratchet;           /* hits, 1…8 */
  guint8    ratchet_shape;     /* TuttiRatchetShape */
  gint16    micro_ticks;       /* late (+) or early (−), at most half a quarter */
  guint8    accent, tie, slide;  /* 0 or 1; a tied step continues the one before it */
  guint8    n_locks;
  TuttiLock locks[TUTTI_STEP_LOCKS_MAX];  /* sorted by address, each at most once */
} TuttiStep;

/* A note of a clip, named by an id of its own, so that edits of several people at the same clip come together. Only within its clip
 * is the id unique: a copy of a clip has the notes of the clip. */
typedef struct
{
  TuttiId id;
  gint32  tick;                /* from the clip's beginning, 0… */
  gint32  length;              /* ticks, 1…; it may sound on over the clip's end */
  guint8  pitch;               /* MIDI key, 0…127 */
  guint8  velocity;            /* 1…127 */
} TuttiNote;

/* A change of chord: from @tick of a clip on, until the next one. It is meant and shown, and sounds only in the notes that people
 * draw. */
typedef struct
{
  gint32 tick;                 /* from the clip's beginning, 0… */
  guint8 root;                 /* semitones above C, 0…11; 0 where no chord is meant */
  guint8 quality;              /* TuttiHarmony, never as before */
} TuttiChordMark;

typedef struct
{
  guint8         n;
  TuttiChordMark mark[TUTTI_CHORDS_MAX];       /* by tick, each once; those past the clip's end are kept, unseen */
} TuttiChordLane;

/* Where on the keyboard a track of samples plays which sound. Named by an id that is unique within its track alone. Of several zones
 * whose ranges hold a hit's key and velocity one sounds, each in its turn (tutti-zones.h of the sound core). */
typedef struct
{
  TuttiId id;
  char    sound[TUTTI_SOUND_REF_BYTES_MAX + 1];  /* "sha:…" or "kit:…" */
  guint8  key_low, key_high;           /* MIDI keys, both within */
  guint8  velocity_low, velocity_high; /* 1…127, both within */
  guint8  root;                /* MIDI key at which the sound is itself */
  gint16  tune;                /* cents, −1200…1200 */
  gint16  gain;                /* 1/100 dB, TUTTI_GAIN_MIN_CDB…600 */
  gint16  pan;                 /* ‰, −1000…1000 */
} TuttiZone;

typedef struct
{
  gatomicrefcount refs;
  guint64         hash;            /* of all below; 0: not worked out yet. Atomic: copies of the jam in other threads share the clip */
  TuttiId         id;
  TuttiId         scene;
  char            name[TUTTI_NAME_BYTES_MAX + 1];
  guint8          kind;            /* TuttiClipKind */
  guint8          length;          /* steps, 1…128; of a clip of notes too, whose ticks are tutti_clip_ticks() */
  guint16         ticks_per_step;  /* one of tutti_resolutions() */
  guint16         n_notes;
  TuttiNote      *notes;           /* owned, by tick, then id; those past the end are kept, unheard. Only of a clip of notes */
  TuttiChordLane  chords;          /* likewise */
  TuttiStep       steps[TUTTI_STEPS_MAX];  /* those past @length are kept, unheard */
} TuttiClip;

/* A clip and the unwrapped tick from which it plays; no clip means silence from there on. */
typedef struct
{
  TuttiId clip;
  gint64  from_tick;
} TuttiLaunch;

#define TUTTI_PATCH_WORDS ((TUTTI_N_PATCH + 63) / 64)

typedef struct
{
  gatomicrefcount refs;
  TuttiId         id;
  char            name[TUTTI_NAME_BYTES_MAX + 1];
  char            sound[TUTTI_SOUND_REF_BYTES_MAX + 1];  /* "kit:tight-kick", "synth:NAME", "drum:NAME", "sha:" and 64 hex digits */
  guint8          colour;      /* TuttiColour */
  guint8          mute, solo;
  guint8          play_mode;   /* TuttiPlayMode */
  guint8          choke;       /* 0 as the sound says, 1…16 a group whose sounds cut each other */
  gint8           transpose;   /* semitones, −48…48 */
  gint16          swing;       /* ‰ of a pair of steps, 500…750; −1 as the jam */
  gint16          params[TUTTI_N_PARAMS];
  guint64         patch_set[TUTTI_PATCH_WORDS]; /* see tutti_track_has_patch() */
  gint16          patch[TUTTI_N_PATCH];        /* 0 where it has none */
  guint8          n_effects, n_clips, n_zones;
  TuttiZone      *zones;       /* owned, by id; only of a track of samples. With any, they sound in place of @sound */
  TuttiEffect     effects[TUTTI_EFFECTS_MAX];
  TuttiClip      *clips[TUTTI_SCENES_MAX];     /* at most one a scene, in no special order */
  TuttiLaunch     playing;
  TuttiLaunch     queued;      /* takes over at its tick */
  gboolean        has_queued;
  guint16         by;          /* number of the person who added it; 0 the host */
  guint16         claimed;     /* number of the person who has it for themself; 0 nobody */
} TuttiTrack;

typedef struct
{
  TuttiId id;
  char    name[TUTTI_NAME_BYTES_MAX + 1];
  guint16 by;                  /* number of the person who added it; 0 the host */
} TuttiScene;

typedef struct
{
  guint16 number;              /* the `by` of operations, 1… */
  guint8  colour;              /* TuttiPersonColour */
  guint8  role;                /* TuttiRole */
  char    name[TUTTI_NAME_BYTES_MAX + 1];
} TuttiPerson;

typedef struct
{
  char    hash[TUTTI_HASH_HEX + 1];
  char    name[TUTTI_NAME_BYTES_MAX + 1];
  guint32 n_frames;
  guint8  n_channels;
} TuttiSoundEntry;

typedef struct
{
  gboolean    playing;
  TuttiAnchor anchor;          /* stopped: anchor.tick is where it stands */
  gint64      start_tick;      /* steps before it are silent: the count-in */
  guint8      beats, unit;     /* time signature */
  guint8      loop;
  gint64      loop_start, loop_end;  /* ticks */
  gint16      swing;           /* ‰ of a pair of steps, 500…750 */
  guint8      metronome;
  guint8      count_in;        /* bars */
} TuttiTransport;

/* What was deleted and can be brought back by its id alone. */
typedef enum { TUTTI_GRAVE_TRACK, TUTTI_GRAVE_CLIP, TUTTI_GRAVE_SCENE, TUTTI_GRAVE_EFFECT } TuttiGraveKind;

typedef struct
{
  TuttiGraveKind kind;
  TuttiId        id;
  TuttiId        track;        /* of a clip or effect; none: the master's */
  guint          index;        /* place among its siblings */
  TuttiTrack    *entity_track; /* the track itself */
  GPtrArray     *clips;        /* of TuttiClip: the clip, or all of a scene; with @clip_tracks beside */
  GArray        *clip_tracks;  /* of TuttiId */
  TuttiScene     scene;
  TuttiEffect    effect;
} TuttiGrave;

typedef struct
{
  char           name[TUTTI_NAME_BYTES_MAX + 1];
  char           description[TUTTI_DESCRIPTION_BYTES_MAX + 1];    /* one paragraph */
  guint8         published;    /* read only for everybody */
  guint32        seed;         /* of all chances */
  guint8         key;          /* semitones above C */
  guint8         scale;        /* TuttiScale */
  guint8         newcomers;    /* TuttiRole of who comes in for the first time, never banned */
  guint8         transport_rule;    /* TuttiTransportRule */
  guint8         leader_lost_rule;  /* TuttiLeaderLostRule */
  guint16        leader;       /* number of the person who leads, 0 nobody */
  gint16         mix[TUTTI_N_MIX_SETTINGS];
  guint8         n_master_effects;
  TuttiEffect    master_effects[TUTTI_EFFECTS_MAX];
  TuttiTransport transport;
  guint          n_tracks, n_scenes;
  TuttiTrack    *tracks[TUTTI_TRACKS_MAX];
  TuttiScene     scenes[TUTTI_SCENES_MAX];
  GPtrArray     *people;       /* of TuttiPerson, by number; shared between copies, never written */
  GPtrArray     *sounds;       /* of TuttiSoundEntry; likewise */
  GPtrArray     *graves;       /* of TuttiGrave, oldest first; likewise */
} TuttiJam;

/* A new, empty document: 120 BPM, 4/4, no tracks and no scenes. (transfer full) */
TuttiJam         *tutti_jam_new (void);

/* The same document again, sharing what neither changes. (transfer full) */
TuttiJam         *tutti_jam_copy (const TuttiJam *jam);
void              tutti_jam_free (TuttiJam *jam);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiJam, tutti_jam_free)

/* Lookups; all lend. The @index of those that give one may be NULL. NULL when there is no such thing. */
const TuttiTrack *tutti_jam_track (const TuttiJam *jam, TuttiId id, guint *index);
const TuttiScene *tutti_jam_scene (const TuttiJam *jam, TuttiId id, guint *index);
const TuttiClip  *tutti_jam_clip (const TuttiJam *jam, TuttiId id, const TuttiTrack **track);
const TuttiClip  *tutti_track_clip (const TuttiTrack *track, TuttiId id);
const TuttiClip  *tutti_track_clip_at (const TuttiTrack *track, TuttiId scene);

/* @track: (out) (optional) (nullable): whose it is, NULL the master's. */
const TuttiEffect *tutti_jam_effect (const TuttiJam *jam, TuttiId id, const TuttiTrack **track);
const TuttiPerson *tutti_jam_person (const TuttiJam *jam, guint number);
const TuttiSoundEntry *tutti_jam_sound (const TuttiJam *jam, const char *hash);
const TuttiGrave *tutti_jam_grave (const TuttiJam *jam, TuttiId id);

/* Whether @id names anything, living or deleted: such an id cannot be given again. */
gboolean          tutti_jam_knows (const TuttiJam *jam, TuttiId id);

/* Clips in the whole document. */
guint             tutti_jam_count_clips (const TuttiJam *jam);

/* Effects that remember much. */
guint             tutti_track_count_big_effects (const TuttiTrack *track);
guint             tutti_jam_count_big_effects (const TuttiJam *jam);

/* Unwrapped tick at @frame; a stopped transport stands still. */
gint64            tutti_jam_tick_at (const TuttiJam *jam, gint64 frame);

/* The clip that sounds on @track at unwrapped @tick (playing, or queued whose time has come) and since when. */
TuttiLaunch       tutti_track_launch_at (const TuttiTrack *track, gint64 tick);

/* The scene of which most clips sound at unwrapped @tick, the first of several such; none where nothing sounds. */
TuttiId           tutti_jam_scene_at (const TuttiJam *jam, gint64 tick);

/* Whether @track is heard: not muted, and soloed when any track is. */
gboolean          tutti_jam_audible (const TuttiJam *jam, const TuttiTrack *track);

/* A step as it is before anyone touched it: off, root pitch, one step long, always, one hit. */
extern const TuttiStep tutti_step_initial;

gboolean          tutti_step_equal (const TuttiStep *a, const TuttiStep *b);

/* The note of @clip with @id, NULL when there is none; lent. @index may be NULL. */
const TuttiNote  *tutti_clip_note (const TuttiClip *clip, TuttiId id, guint *index);

/* The zone of @track with @id, NULL when there is none; lent. @index: (out) (optional): where it is, or would be. */
const TuttiZone  *tutti_track_zone (const TuttiTrack *track, TuttiId id, guint *index);

/* Whether @sound is one of those that zones are made of, and that have zones: an imported or a built-in one. */
gboolean          tutti_sound_is_sample (const char *sound);

/* Calls @visit for each sound that @track names, its own and its zones'; one may come twice. */
typedef void (*TuttiSoundVisit) (const char *sound, gpointer user);
void              tutti_track_visit_sounds (const TuttiTrack *track, TuttiSoundVisit visit, gpointer user);

/* How long one round of @clip lasts, in ticks. */
gint32            tutti_clip_ticks (const TuttiClip *clip);

/* Whether @track has a value of its own of @param, in place of its preset's: track->patch[param]. */
static inline gboolean
tutti_track_has_patch (const TuttiTrack *track, TuttiPatchParam param)
{
  return (track->patch_set[param / 64] >> param % 64 & 1) != 0;
}

static inline gboolean
tutti_track_has_any_patch (const TuttiTrack *track)
{
  guint64 any = 0;

  for (guint i = 0; i < TUTTI_PATCH_WORDS; i++)
    any |= track->patch_set[i];
  return any != 0;
}

/* Notes in the whole document, those of deleted clips included. */
guint             tutti_jam_count_notes (const TuttiJam *jam);

/* The value that @param has on @step of @track: its lock, else the track's own. */
int               tutti_step_param (const TuttiStep *step, const TuttiTrack *track, TuttiParam param);

/* The allowed ticks a step, longest first, ended by 0: 960 (quarter), 640, 480 (eighth), 320 (its triplet), 240 … */
const guint16    *tutti_resolutions (void);

/* Names on the wire and in the style sheet, in the order of their enums; ended by NULL. */
extern const char * const tutti_colour_names[];
extern const char * const tutti_person_colour_names[];
extern const char * const tutti_scale_names[];
extern const char * const tutti_play_mode_names[];
extern const char * const tutti_ratchet_shape_names[];
extern const char * const tutti_harmony_names[];
extern const char * const tutti_quantum_names[];
extern const char * const tutti_role_names[];
extern const char * const tutti_transport_rule_names[];
extern const char * const tutti_leader_lost_rule_names[];
extern const char * const tutti_mix_setting_names[];

/* The range of a mix setting, named by tutti_mix_setting_names. */
const TuttiParamSpec *tutti_mix_setting_spec (TuttiMixSetting setting);

/* Whether @note semitones above C lies in the jam's scale. */
gboolean          tutti_jam_in_scale (const TuttiJam *jam, int note);

/* The next note in the scale from @note in direction @step (+1 or −1); @note itself when it lies in it and @step is 0. */
int               tutti_jam_snap_to_scale (const TuttiJam *jam, int note, int step);
