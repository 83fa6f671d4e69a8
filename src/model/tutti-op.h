/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

#include <json-glib/json-glib.h>

/* Operations: the only way in which a document changes. One table (tutti-op-table.c) describes every one of them: its name
 * on the wire, its arguments, who may do it, what it addresses, whether it is heard, how it is undone and how it is
 * applied. Everything else (codec, checks, schema, documentation, random operations of the tests) is derived from it. */

typedef enum
{
  /* the jam */
  TUTTI_OP_JAM_NAME,           /* name */
  TUTTI_OP_JAM_DESCRIPTION,    /* text: one paragraph, may be empty */
  TUTTI_OP_JAM_PUBLISHED,      /* on: nobody edits, everybody may play, listen and take a copy */
  TUTTI_OP_JAM_SEED,           /* seed */
  TUTTI_OP_JAM_KEY,            /* key, scale */
  TUTTI_OP_MIX,                /* setting, value */
  TUTTI_OP_NEWCOMERS,          /* role of who comes in for the first time */
  TUTTI_OP_TRANSPORT_RULE,     /* who may start and stop */
  TUTTI_OP_LEADER_LOST_RULE,   /* what the music does when the leader is gone */
  TUTTI_OP_LEAD,               /* number of who leads from now on, 0 nobody */
  /* transport */
  TUTTI_OP_PLAY,               /* tick, or −1: from where it stands */
  TUTTI_OP_PAUSE,
  TUTTI_OP_STOP,
  TUTTI_OP_SEEK,               /* tick */
  TUTTI_OP_TEMPO,              /* 1/100 BPM */
  TUTTI_OP_SIGNATURE,          /* beats, unit */
  TUTTI_OP_LOOP,               /* on, start, end */
  TUTTI_OP_SWING,              /* ‰ */
  TUTTI_OP_METRONOME,          /* on */
  TUTTI_OP_COUNT_IN,           /* bars */
  /* tracks */
  TUTTI_OP_TRACK_ADD,          /* id, name, sound, colour */
  TUTTI_OP_TRACK_DELETE,       /* track */
  TUTTI_OP_TRACK_RESTORE,      /* track */
  TUTTI_OP_TRACK_NAME,         /* track, name */
  TUTTI_OP_TRACK_MOVE,         /* track, index */
  TUTTI_OP_TRACK_SOUND,        /* track, sound */
  TUTTI_OP_TRACK_COLOUR,       /* track, colour */
  TUTTI_OP_TRACK_MUTE,         /* track, on */
  TUTTI_OP_TRACK_SOLO,         /* track, on */
  TUTTI_OP_TRACK_PLAY_MODE,    /* track, mode */
  TUTTI_OP_TRACK_CHOKE,        /* track, group */
  TUTTI_OP_TRACK_TRANSPOSE,    /* track, semitones */
  TUTTI_OP_TRACK_SWING,        /* track, ‰ or −1 */
  TUTTI_OP_TRACK_CLAIM,        /* track, number of who has it for themself, 0 nobody */
  TUTTI_OP_PARAM,              /* track, param, value */
  TUTTI_OP_PATCH,              /* track, number of the patch, value */
  TUTTI_OP_PATCH_CLEAR,        /* track, number: as the preset has it again */
  TUTTI_OP_PATCH_RESET,        /* track: all of them */
  /* zones of a track of samples */
  TUTTI_OP_ZONE,               /* track, zone, what is written of it: all of it makes one that is not there */
  TUTTI_OP_ZONE_DELETE,        /* track, zone */
  /* effects */
  TUTTI_OP_EFFECT_ADD,         /* id, track or none: the master, kind, index */
  TUTTI_OP_EFFECT_DELETE,      /* effect */
  TUTTI_OP_EFFECT_RESTORE,     /* effect */
  TUTTI_OP_EFFECT_MOVE,        /* effect, index */
  TUTTI_OP_EFFECT_ON,          /* effect, on */
  TUTTI_OP_EFFECT_VALUE,       /* effect, index of the value, value */
  TUTTI_OP_EFFECT_KEY,         /* effect, track that steers it or none */
  TUTTI_OP_EFFECT_SLOT,        /* effect, slot by which steps address it: whoever had it takes the other's */
  /* scenes */
  TUTTI_OP_SCENE_ADD,          /* id, name, index */
  TUTTI_OP_SCENE_DELETE,       /* scene */
  TUTTI_OP_SCENE_RESTORE,      /* scene */
  TUTTI_OP_SCENE_NAME,         /* scene, name */
  TUTTI_OP_SCENE_MOVE,         /* scene, index */
  /* clips */
  TUTTI_OP_CLIP_ADD,           /* id, track, scene, name */
  TUTTI_OP_CLIP_ADD_NOTES,     /* id, track, scene, name: the same, of notes */
  TUTTI_OP_CLIP_COPY,          /* id of the copy, clip, track, scene */
  TUTTI_OP_CLIP_DELETE,        /* clip */
  TUTTI_OP_CLIP_RESTORE,       /* clip */
  TUTTI_OP_CLIP_NAME,          /* clip, name */
  TUTTI_OP_CLIP_MOVE,          /* clip, track, scene */
  TUTTI_OP_CLIP_LENGTH,        /* clip, steps */
  TUTTI_OP_CLIP_RESOLUTION,    /* clip, ticks a step */
  /* steps */
  TUTTI_OP_STEP,               /* clip, step, velocity */
  TUTTI_OP_STEP_PITCH,         /* clip, step, semitones */
  TUTTI_OP_STEP_LENGTH,        /* clip, step, steps */
  TUTTI_OP_STEP_CHANCE,        /* clip, step, percent */
  TUTTI_OP_STEP_EVERY,         /* clip, step, n, of */
  TUTTI_OP_STEP_RATCHET,       /* clip, step, hits, shape */
  TUTTI_OP_STEP_MICRO,         /* clip, step, ticks */
  TUTTI_OP_STEP_ACCENT,        /* clip, step, on */
  TUTTI_OP_STEP_TIE,           /* clip, step, on */
  TUTTI_OP_STEP_SLIDE,         /* clip, step, on */
  TUTTI_OP_STEP_LOCK,          /* clip, step, param, value */
  TUTTI_OP_STEP_UNLOCK,        /* clip, step, param */
  TUTTI_OP_STEPS,              /* clip, first step, steps: all that a pattern command changes */
  /* notes */
  TUTTI_OP_NOTES,              /* clip, edits of its notes */
  TUTTI_OP_CHORD,              /* clip, tick, root, quality: what chord is meant from there on */
  /* launching */
  TUTTI_OP_LAUNCH,             /* track, clip or none, quantum */
  TUTTI_OP_LAUNCH_SCENE,       /* scene or none: stop all, quantum */
  TUTTI_OP_LAUNCH_CANCEL,      /* track, or none: all */
  /* sounds and people */
  TUTTI_OP_SOUND_ADD,          /* hash, name, frames, channels */
  TUTTI_OP_SOUND_DELETE,       /* hash */
  TUTTI_OP_PERSON,             /* number, name, colour */
  TUTTI_OP_PERSON_LEAVE,       /* number */
  TUTTI_OP_PERSON_ROLE,        /* number, role */
  TUTTI_OP_PURGE,              /* id of something deleted */
  /* words in the history: nothing changes */
  TUTTI_OP_MOMENT,             /* name of this moment, operation that the group it is in goes back to, 0 none */
  /* several as one: all or none, one undo */
  TUTTI_OP_GROUP,              /* operations */
  TUTTI_N_OPS
} TuttiOpKind;

typedef enum
{
  TUTTI_ARG_NONE,              /* no further argument */
  TUTTI_ARG_NUMBER,            /* whole number in [min, max] */
  TUTTI_ARG_CHOICE,            /* one of @names, a number in memory */
  TUTTI_ARG_ADDRESS,           /* what a step may lock, by name on the wire (tutti-address.h) */
  TUTTI_ARG_ID,                /* min 0: may be none */
  TUTTI_ARG_TEXT,              /* UTF-8 of min…max bytes, no control characters */
  TUTTI_ARG_STEPS,
  TUTTI_ARG_OPS,
  TUTTI_ARG_NOTES,
  TUTTI_ARG_ZONE
} TuttiArgType;

typedef struct
{
  const char         *name;
  TuttiArgType        type;
  gint64              min, max;
  const char         *unit;
  const char * const *names;   /* of a choice */
} TuttiArgSpec;

/* What an operation asks of its author; who has it is decided in tutti-rights.h. */
typedef enum
{
  TUTTI_MAY_EDIT,
  TUTTI_MAY_ADD,               /* tracks, scenes, sounds */
  TUTTI_MAY_DELETE,            /* those: one's own, or as admin */
  TUTTI_MAY_TRANSPORT,         /* as the jam's rule says */
  TUTTI_MAY_LEAD,              /* take the lead when nobody has it, pass on one's own, or as admin */
  TUTTI_MAY_CLAIM,             /* a free track for oneself, give away one's own, or as admin */
  TUTTI_MAY_ADMIN,
  TUTTI_MAY_HOST               /* the host itself, nobody else */
} TuttiPermission;

/* What part of the document an operation touches: enough to redraw it and to tell whether two operations collide. */
typedef enum
{
  TUTTI_SCOPE_JAM, TUTTI_SCOPE_MIX, TUTTI_SCOPE_TRANSPORT, TUTTI_SCOPE_TRACKS, TUTTI_SCOPE_TRACK, TUTTI_SCOPE_EFFECTS,
  TUTTI_SCOPE_SCENES, TUTTI_SCOPE_CLIPS, TUTTI_SCOPE_CLIP, TUTTI_SCOPE_STEP, TUTTI_SCOPE_STEPS, TUTTI_SCOPE_NOTES,
  TUTTI_SCOPE_CHORD, TUTTI_SCOPE_LAUNCH,
  TUTTI_SCOPE_SOUNDS, TUTTI_SCOPE_PEOPLE, TUTTI_SCOPE_ALL
} TuttiScope;

#define TUTTI_OP_ARGS_MAX 4

typedef struct
{
  guint     n;
  TuttiStep step[];
} TuttiSteps;

/* What an edit of a note writes: each a field of its own, so that one person's velocities and another's lengths come together. All of
 * them make the note when it is not there; none takes it away. */
typedef enum
{
  TUTTI_NOTE_GONE = 0,
  TUTTI_NOTE_TICK = 1 << 0,
  TUTTI_NOTE_LENGTH = 1 << 1,
  TUTTI_NOTE_PITCH = 1 << 2,
  TUTTI_NOTE_VELOCITY = 1 << 3,
  TUTTI_NOTE_WHOLE = TUTTI_NOTE_TICK | TUTTI_NOTE_LENGTH | TUTTI_NOTE_PITCH | TUTTI_NOTE_VELOCITY
} TuttiNoteFields;

typedef struct
{
  TuttiNote note;              /* the fields that are not written are 0 */
  guint8    fields;            /* TuttiNoteFields */
} TuttiNoteEdit;

typedef struct
{
  guint         n;
  TuttiNoteEdit edit[];        /* each note at most once */
} TuttiNotes;

/* What an edit of a zone writes: each a field of its own, so that several people's edits of one zone come together. The two ends of a
 * range go together. */
typedef enum
{
  TUTTI_ZONE_SOUND = 1 << 0,
  TUTTI_ZONE_KEYS = 1 << 1,
  TUTTI_ZONE_VELOCITIES = 1 << 2,
  TUTTI_ZONE_ROOT = 1 << 3,
  TUTTI_ZONE_TUNE = 1 << 4,
  TUTTI_ZONE_GAIN = 1 << 5,
  TUTTI_ZONE_PAN = 1 << 6,
  TUTTI_ZONE_WHOLE = (1 << 7) - 1
} TuttiZoneFields;

typedef struct
{
  TuttiZone zone;              /* the fields that are not written are 0, as is the id: it is an argument of its own */
  guint8    fields;            /* TuttiZoneFields, not none */
} TuttiZoneEdit;

typedef union
{
  gint64      number;
  TuttiId     id;
  char       *text;            /* owned */
  TuttiSteps *steps;           /* owned */
  TuttiNotes *notes;           /* owned */
  TuttiZoneEdit *zone;         /* owned */
  GPtrArray  *ops;             /* owned, of TuttiOp */
} TuttiArg;

typedef struct
{
  TuttiOpKind kind;
  TuttiArg    arg[TUTTI_OP_ARGS_MAX];
} TuttiOp;

/* The host's stamp: order, author and the frame from which the operation is heard. */
typedef struct
{
  gint64 seq;
  guint  by;                   /* TuttiPerson.number; 0 is the host itself */
  gint64 at;                   /* session frame */
} TuttiStamp;

typedef struct
{
  const char     *name;
  TuttiPermission permission;
  TuttiScope      scope;
  gboolean        audible;     /* changes what is heard */
  gboolean        undoable;
  guint           keys;        /* how many leading arguments say *what* is written; the others say the value */
  TuttiArgSpec    args[TUTTI_OP_ARGS_MAX];
} TuttiOpSpec;

typedef enum
{
  TUTTI_MODEL_ERROR_INVALID,   /* not an operation, or a value out of its range */
  TUTTI_MODEL_ERROR_MISSING,   /* its target does not exist, or was deleted */
  TUTTI_MODEL_ERROR_EXISTS,    /* that id, or that place, is taken */
  TUTTI_MODEL_ERROR_LIMIT,     /* would pass a limit of tutti-limits.h */
  TUTTI_MODEL_ERROR_BUSY,      /* too many edits at once: later */
  TUTTI_MODEL_ERROR_NOT_ALLOWED, /* the author may not */
  TUTTI_MODEL_ERROR_NOT_KEPT   /* the host cannot keep it, its disk is full: later */
} TuttiModelError;

#define TUTTI_MODEL_ERROR (tutti_model_error_quark ())
GQuark tutti_model_error_quark (void);

/* The row of the table; lives for ever. */
const TuttiOpSpec *tutti_op_spec (TuttiOpKind kind);

/* A new operation with the arguments of its row, in order: NUMBER and CHOICE as int64 or int (read as `gint64`: cast when
 * in doubt through the wrappers below), ID as TuttiId, TEXT as const char * (copied), STEPS as TuttiSteps *, NOTES as
 * TuttiNotes *, ZONE as TuttiZoneEdit * and OPS as GPtrArray * (all taken). Use TUTTI_N() around
 * numbers. Values are not checked here: tutti_jam_apply() does.
 *
 *   tutti_op_new (TUTTI_OP_STEP, clip->id, TUTTI_N (4), TUTTI_N (100))                       (transfer full) */
TuttiOp *tutti_op_new (TuttiOpKind kind, ...);
#define TUTTI_N(number) ((gint64) (number))

/* @zone's @fields as an edit. (transfer full) */
TuttiZoneEdit *tutti_zone_edit_new (const TuttiZone *zone, guint fields);

/* Called for each of several operations. */
typedef void (*TuttiOpVisit) (const TuttiOp *op, gpointer user);

TuttiOp *tutti_op_copy (const TuttiOp *op);
gboolean tutti_op_equal (const TuttiOp *a, const TuttiOp *b);
void     tutti_op_free (TuttiOp *op);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TuttiOp, tutti_op_free)

/* An empty group; fill it with tutti_op_group_add(), which takes @op. */
TuttiOp *tutti_op_group_new (void);
void     tutti_op_group_add (TuttiOp *group, TuttiOp *op);

/* @n steps for a STEPS operation, each as tutti_step_initial. (transfer full) */
TuttiSteps *tutti_steps_new (guint n);

/* Room for @n edits of notes, none of them written. (transfer full) */
TuttiNotes *tutti_notes_new (guint n);

/* Checks each argument against its row: types, ranges, names, nesting. Nothing about a document. */
gboolean tutti_op_check (const TuttiOp *op, GError **error);

/* Applies @op, stamped @stamp, whole or not at all: on an error @jam is untouched. Total and pure.
 * @inverse: (out) (optional) (nullable) (transfer full): what takes it back, NULL when the row is not undoable. */
gboolean tutti_jam_apply (TuttiJam *jam, const TuttiOp *op, const TuttiStamp *stamp, TuttiOp **inverse, GError **error);

/* What @op touches; for a group the first common scope. Ids are none where they do not apply. */
typedef struct
{
  TuttiScope scope;
  TuttiId    id;               /* the track, clip, scene or effect it names */
  int        index;            /* the step, else −1 */
} TuttiTarget;

TuttiTarget tutti_op_target (const TuttiOp *op);

/* Whether both write the same value of the same thing, or one deletes what the other writes: the later one overrides. */
gboolean tutti_op_collides (const TuttiOp *a, const TuttiOp *b);

/* Whether @later goes on with what @earlier began: both set the same number that is turned by a knob, so that with many of them in
 * one movement of a hand only the first and the last matter. */
gboolean tutti_op_continues (const TuttiOp *earlier, const TuttiOp *later);

/* Wire form `["name", arg, …]`; see data/protocol. Reading accepts only what the table allows. */
void      tutti_op_write (GString *out, const TuttiOp *op);
TuttiOp  *tutti_op_from_json (JsonNode *node, GError **error);
char     *tutti_op_to_text (const TuttiOp *op);
TuttiOp  *tutti_op_from_text (const char *text, gssize length, GError **error);
