/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tutti-patch.h"
#include "tutti-score-effect.h"
#include "tutti-score-param.h"
#include "tutti-sample.h"

/* What is to be played, compiled from the document: plain data, built on the main thread and never changed after it was handed
 * to a TuttiMix. Tracks and clips are counted references, so that a builder shares what did not change with the score before.
 *
 * Time: frames are session frames (48 000 a second); ticks are 1/960 quarter and *unwrapped* (they go on counting when a loop
 * range repeats). */

#define TUTTI_SCORE_TRACKS_MAX 64
#define TUTTI_SCORE_STEPS_MAX 128
#define TUTTI_SCORE_SEGMENTS_MAX 32
#define TUTTI_SCORE_RATCHET_MAX 8
#define TUTTI_SCORE_LOCKS_MAX 8
#define TUTTI_TICKS_PER_QUARTER 960
#define TUTTI_SCORE_NOTES_MAX 4096
#define TUTTI_SCORE_CLIP_TICKS_MAX (128 * 960)
#define TUTTI_SCORE_ZONES_MAX 32
#define TUTTI_SCORE_NOTE_STEP 240    /* ticks between the places that swing makes notes late by, and those before */

typedef enum
{
  TUTTI_SCORE_RATCHET_FLAT,
  TUTTI_SCORE_RATCHET_RISING,        /* softest first */
  TUTTI_SCORE_RATCHET_FALLING,
} TuttiScoreRatchetShape;

/* A value that a step holds in place of the track's; addresses in tutti-score-param.h. */
typedef struct
{
  uint16_t address;
  int16_t  value;
} TuttiScoreLock;

typedef struct
{
  uint8_t  velocity;           /* 0 off, 1 … 127 */
  bool     accent;
  bool     tie;                /* goes on sounding from the note that ends here; alone it is an ordinary hit */
  bool     slide;              /* the pitch glides from the note before, over half a step */
  int8_t   pitch;              /* semitones from the sound's root, −48 … 48 */
  uint8_t  length;             /* steps, 1 … 128 (0 reads as 1) */
  uint8_t  chance;             /* per cent, 0 … 100 */
  uint8_t  every_n;            /* plays in the every_n-th (1 …) of every_of cycles; every_of ≤ 1: always */
  uint8_t  every_of;
  uint8_t  ratchet;            /* hits within the step, 1 … 8 (0 reads as 1) */
  uint8_t  ratchet_shape;      /* TuttiScoreRatchetShape */
  int16_t  micro;              /* ticks, + later; less than one step either way */
  uint8_t  n_locks;
  TuttiScoreLock locks[TUTTI_SCORE_LOCKS_MAX]; /* by rising address, each at most once */
} TuttiScoreStep;

typedef struct
{
  int32_t tick;                /* from the clip's beginning */
  int32_t length;              /* ticks, ≥ 1; it may sound on over the clip's end */
  int8_t  pitch;               /* semitones from the sound's root */
  uint8_t velocity;            /* 1 … 127 */
} TuttiScoreNote;

/* A clip of steps, or of notes. Counted reference; unchanged once it is part of a score. */
typedef struct
{
  int            refs;         /* private */
  int32_t        note_ticks;   /* of a clip of notes, how long it is; 0: it is of steps */
  uint16_t       n_notes;
  TuttiScoreNote *notes;       /* owned, by tick */
  uint8_t        length;       /* steps, 1 … 128; of a clip of notes 0 */
  bool           any_locks;    /* set by tutti_score_clip_seal() */
  int32_t        step_ticks;   /* ticks per step: 240 = 16th, 160 = 16th triplet; 20 … 3840 */
  TuttiScoreStep steps[];
} TuttiScoreClip;

/* Whose turn it is where zones lie over each other: for each step or note of a clip the hits before it in a round for which the same
 * zones are there, and how many of them a round has. Counted reference; unchanged once it is part of a score. */
typedef struct
{
  int      refs;               /* private */
  unsigned n;
  struct
  {
    uint16_t before;
    uint16_t a_round;
  } of[];
} TuttiScoreTurns;

/* A clip that plays from a tick on, from its first step; no clip means silence from there on. */
typedef struct
{
  TuttiScoreClip *clip;        /* (nullable) owned reference */
  int64_t         from_tick;
  TuttiScoreTurns *turns;      /* (nullable) owned reference, of a track with zones: tutti_score_track_seal_zones() */
} TuttiScoreLaunch;

typedef enum
{
  TUTTI_SOUND_ONE_SHOT,        /* rings to its end */
  TUTTI_SOUND_GATE,            /* released when the note ends */
} TuttiSoundMode;

/* Counted reference to a sound that many tracks and scores share. The mix keeps a reference until its last voice has ended. */
typedef struct
{
  int          refs;           /* private */
  TuttiSample *sample;         /* owned; NULL of a synthesiser's preset */
  uint8_t      instrument;     /* TuttiInstrument */
  uint8_t      model;          /* of a drum: TuttiDrumModel */
  uint8_t      root_note;      /* MIDI note at pitch 0, of others than the sampler */
  int16_t      patch[TUTTI_N_PATCH_PARAMS]; /* of others than the sampler: as the preset has it */
} TuttiScoreSound;

/* Where on the keyboard of a track which sample plays; see tutti-zones.h. */
typedef struct
{
  TuttiScoreSound *sound;      /* (nullable) owned reference: silent without */
  uint8_t          key_low;    /* MIDI keys, both within */
  uint8_t          key_high;
  uint8_t          velocity_low; /* 1 … 127, both within */
  uint8_t          velocity_high;
  uint8_t          root;       /* MIDI key at which the sample is itself */
  int16_t          tune;       /* cents, −1200 … 1200 */
  int16_t          gain;       /* 1/100 dB, −9000 … 600 */
  int16_t          pan;        /* −1000 … 1000 */
} TuttiScoreZone;

/* Counted reference; unchanged once it is part of a score. */
typedef struct
{
  int                refs;     /* private */
  uint64_t           id;       /* > 0, stable, unique: voices, glides and prints follow it; also the order of sums */
  bool               audible;  /* mute and solo resolved */
  int8_t             transpose; /* semitones added to every step */
  int16_t            swing;    /* ‰ like TuttiScore.swing; −1 = the score's */
  int16_t            params[TUTTI_SCORE_N_PARAMS];

  TuttiScoreSound   *sound;    /* (nullable) owned reference: silent without, unless it has zones */
  uint8_t            root_note; /* MIDI key at pitch 0, of samples */
  uint8_t            n_zones;  /* with any, they sound in place of @sound */
  TuttiScoreZone     zones[TUTTI_SCORE_ZONES_MAX];
  uint8_t            mode;     /* TuttiSoundMode */
  int16_t            patch[TUTTI_N_PATCH_PARAMS]; /* the sound's, with what this track has of its own */
  uint8_t            choke_group; /* 0 none; a hit ends what sounds in the same group, itself included */

  uint8_t            n_effects;
  TuttiScoreEffect   effects[TUTTI_SCORE_EFFECTS_MAX];

  TuttiScoreLaunch   current;
  bool               has_queued;
  TuttiScoreLaunch   queued;   /* takes over at queued.from_tick */
} TuttiScoreTrack;

/* From @frame on, time runs like this, until the next segment. */
typedef struct
{
  int64_t frame;
  int64_t tick;
  int32_t tempo_cbpm;          /* 1/100 BPM, 100 … 100000 */
  bool    playing;
} TuttiScoreSegment;

typedef struct
{
  /* Rising frames; the last one is the anchor, those before it are the past that a late joiner still has to play. At least one. */
  TuttiScoreSegment segments[TUTTI_SCORE_SEGMENTS_MAX];
  uint8_t           n_segments;
  int64_t           start_tick; /* steps before it are silent: count-in. Clicks sound there even when the metronome is off */
  bool              loop_on;
  int64_t           loop_start; /* ticks; the range counts only when end > start */
  int64_t           loop_end;
  uint8_t           beats_per_bar; /* 1 … 32 */
  uint8_t           beat_unit;  /* 1, 2, 4, 8, 16, 32: the note that counts as a beat */
  bool              metronome;
} TuttiScoreTransport;

typedef struct
{
  int32_t ticks;               /* delay time, 1 … 7680 */
  int16_t feedback;            /* ‰, 0 … 900 */
  int16_t level;               /* 1/100 dB; −9000 off */
} TuttiScoreDelay;

typedef struct
{
  int16_t size;                /* ‰: decay from 0.2 s to 8 s, exponential */
  int16_t damping;             /* ‰ */
  int16_t level;               /* 1/100 dB; −9000 off */
} TuttiScoreReverb;

typedef struct _TuttiScore
{
  int64_t             valid_from; /* heard from this frame on */
  int64_t             known_from; /* before this frame the score is only a guess at the past; usually valid_from */
  uint32_t            panic;      /* a value other than that of the score before silences every voice */
  uint32_t            seed;       /* of chance */
  int16_t             swing;      /* ‰: every second step comes late by swing/2000 of a step; 667 is triplet feel */
  int16_t             master_gain; /* 1/100 dB */
  TuttiScoreTransport transport;
  TuttiScoreDelay     delay;
  TuttiScoreReverb    reverb;
  uint8_t             n_master_effects;
  TuttiScoreEffect    master_effects[TUTTI_SCORE_EFFECTS_MAX]; /* between the sum of all and the master's gain */
  uint8_t             n_tracks;
  TuttiScoreTrack    *tracks[TUTTI_SCORE_TRACKS_MAX]; /* owned references; the order does not matter to the sound */
} TuttiScore;

/* The first score of a session is valid and known from frame 0 or earlier, so that nobody has to guess a past. */

/* A stopped score at 120 BPM in 4/4 without tracks, valid from frame 0. NULL when memory is out (so do all _new and _copy). */
TuttiScore *tutti_score_new (void);

/* A copy that shares all tracks with @score: the way to change one thing. */
TuttiScore *tutti_score_copy (const TuttiScore *score);

void tutti_score_free (TuttiScore *score);

/* Takes over the caller's reference of @track; false (nothing taken) when full or the id is already there. */
bool tutti_score_add_track (TuttiScore *score, TuttiScoreTrack *track);

/* Puts @track, whose reference it takes over, in the place of the one at @index. */
void tutti_score_replace_track (TuttiScore *score, unsigned index, TuttiScoreTrack *track);

/* An audible track with start values, without sound and clip. */
TuttiScoreTrack *tutti_score_track_new (uint64_t id);

/* A copy that shares clips and sample, to be changed before it becomes part of a score. */
TuttiScoreTrack *tutti_score_track_copy (const TuttiScoreTrack *track);

TuttiScoreTrack *tutti_score_track_ref (TuttiScoreTrack *track);
void             tutti_score_track_unref (TuttiScoreTrack *track);

/* Owns @sample from now on. */
TuttiScoreSound *tutti_score_sound_new (TuttiSample *sample);
/* A synthesiser's preset; copies @patch. */
TuttiScoreSound *tutti_score_sound_new_preset (TuttiInstrument instrument, unsigned model, unsigned root_note, const int16_t *patch);
TuttiScoreSound *tutti_score_sound_ref (TuttiScoreSound *sound);
void             tutti_score_sound_unref (TuttiScoreSound *sound);

/* Takes a reference of @sound (nullable) of its own, and its patch; of a sample the sampler's numbers as they start. Only with
 * samples are there zones: another instrument takes them away. */
void tutti_score_track_set_sound (TuttiScoreTrack *track, TuttiScoreSound *sound);

/* Adds a zone like @zone, with a reference of its sound of its own; false (nothing added) when there is no room. */
bool tutti_score_track_add_zone (TuttiScoreTrack *track, const TuttiScoreZone *zone);

/* Works out whose turn it is; once clips, transposition and zones are as they will be. False when memory is out. */
bool tutti_score_track_seal_zones (TuttiScoreTrack *track);

/* Take over the caller's reference of @clip (nullable). */
void tutti_score_track_set_current (TuttiScoreTrack *track, TuttiScoreClip *clip, int64_t from_tick);
void tutti_score_track_set_queued (TuttiScoreTrack *track, TuttiScoreClip *clip, int64_t from_tick);

/* @length silent steps (chance 100, length 1) of @step_ticks. Fill the steps, then seal. */
TuttiScoreClip *tutti_score_clip_new (uint8_t length, int32_t step_ticks);
/* Room for @n_notes notes of a clip of @ticks. Fill them, by tick. */
TuttiScoreClip *tutti_score_clip_new_notes (uint16_t n_notes, int32_t ticks);
void            tutti_score_clip_seal (TuttiScoreClip *clip);
TuttiScoreClip *tutti_score_clip_ref (TuttiScoreClip *clip);
void            tutti_score_clip_unref (TuttiScoreClip *clip);

/* Whether every number is in range, so that nothing a builder made wrong reaches the audio thread. */
bool tutti_score_valid (const TuttiScore *score);
