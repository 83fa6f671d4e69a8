/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "tutti-score.h"

/* The shared mix: whole session frames from scores, the same bits for any block split on every machine.
 *
 * Threads: one *main* thread hands over scores and reads; one *audio* thread renders. Only functions marked Realtime-safe may be
 * called from the audio thread; those never allocate, lock or call the system. */

typedef struct _TuttiMix TuttiMix;

typedef struct
{
  bool offline;                /* rendering to a file: nothing may arrive late, tracks have no meters */
  bool without_metronome;      /* no clicks, whatever the score says */
  bool without_prints;         /* no fingerprints */
} TuttiMixOptions;

/* @options: (nullable). NULL when memory is out. Thread: main. */
TuttiMix *tutti_mix_new (const TuttiMixOptions *options);

/* Frees the mix and all scores that it still holds. Nobody may render any more. Thread: main. */
void tutti_mix_free (TuttiMix *mix);

/* Hands @score over; it is heard from score->valid_from on and replaces every score pushed before that is valid from the same or
 * a later frame. A frame plays the newest score whose valid_from it has reached. A score for frames already rendered is heard at
 * once and corrected by a short cross-fade within 2 s.
 * Returns false, and the caller keeps the score, when it is invalid or the ring is full (collect and try again). Thread: main. */
bool tutti_mix_push_score (TuttiMix *mix, TuttiScore *score);

/* Frees the scores that the audio thread has done with; returns how many. Call it now and then. Thread: main. */
unsigned tutti_mix_collect (TuttiMix *mix);

/* Puts the mix to @frame: rebuilds the voices from the scores' last 60 s and warms the effects up. Takes 0.1 s (8 tracks with effects and
 * sends) to 0.35 s (64 of them) on a busy 3 GHz core.
 * Push the scores first. Thread: audio, or main while nobody renders. Realtime-safe (but long). */
void tutti_mix_start (TuttiMix *mix, int64_t frame);

/* Renders the session frames [@first_frame, @first_frame + @n_frames) to @stereo (interleaved, 2 · n_frames floats).
 * A @first_frame that does not continue the last call starts anew as tutti_mix_start() does. Thread: audio. Realtime-safe. */
void tutti_mix_render (TuttiMix *mix, int64_t first_frame, uint32_t n_frames, float *stereo);

/* ---- what only this machine hears -------------------------------------------------------------------------------------- */

/* Sounds @sound (nullable: the track's own) with the envelope, tuning, level and place of track @track_id (0 or unknown: plain),
 * @pitch in semitones from the root, @velocity 1 … 127; velocity 0 releases that pitch. The mix takes a reference of its own.
 * False when the ring is full. Thread: main. */
bool tutti_mix_audition (TuttiMix *mix, uint64_t track_id, TuttiScoreSound *sound, int pitch, int velocity);

/* Ends all auditions by a short fade. Thread: main. */
bool tutti_mix_audition_stop (TuttiMix *mix);

/* How much more of a track this machine hears than everybody does, beside its sends. */
#define TUTTI_MONITOR_GAIN_MAX 1200

/* Lets only this machine hear track @track_id by @gain (1/100 dB, bounded to TUTTI_LEVEL_OFF … TUTTI_MONITOR_GAIN_MAX; 0: as everybody
 * does) louder than it is in the shared mix, which stays as it is: prints and meters know nothing of it. At most
 * TUTTI_MONITOR_TRACKS tracks at a time: false for one more. It may change as often as it likes while nothing is rendered: the
 * newest counts. Thread: main. */
bool tutti_mix_set_monitor_gain (TuttiMix *mix, uint64_t track_id, int gain);

/* The auditions alone, at the card's pace, to be added to the interpolated mix. Writes @stereo (interleaved); returns false, and
 * has written silence, when nothing sounds. Thread: audio. Realtime-safe. */
bool tutti_mix_render_local (TuttiMix *mix, uint32_t n_frames, float *stereo);

/* ---- what the mix tells (any thread, never blocks the audio thread) ------------------------------------------------------ */

typedef enum
{
  TUTTI_PRINT_OK,
  TUTTI_PRINT_SETTLING,        /* started too recently: effects still remember another past */
  TUTTI_PRINT_LATE,            /* part of this second was heard without an edit that came too late */
} TuttiPrintState;

typedef struct
{
  uint64_t track_id;
  uint64_t hash;
} TuttiTrackPrint;

typedef struct
{
  int64_t         second;      /* frames [second · 48000, (second + 1) · 48000) */
  TuttiPrintState state;
  uint64_t        hash;        /* of the mix; 0 when a NaN was met, which is a fault */
  uint8_t         n_tracks;
  TuttiTrackPrint tracks[TUTTI_SCORE_TRACKS_MAX]; /* after the fader, by rising id */
} TuttiPrint;

/* The fingerprint of @second: false when it is not complete yet or more than a minute old. */
bool tutti_mix_get_print (const TuttiMix *mix, int64_t second, TuttiPrint *out);

/* The last complete second, or INT64_MIN. */
int64_t tutti_mix_get_last_second (const TuttiMix *mix);

/* Peak of @side (0 left, 1 right), 1.0 is full scale, falling by 20 dB in 300 ms; 0 for a track that is not there. */
float tutti_mix_read_track_peak (const TuttiMix *mix, uint64_t track_id, unsigned side);
float tutti_mix_read_master_peak (const TuttiMix *mix, unsigned side);

/* The gain, 1 … 0, by which compressor, gate or limiter @effect_id of track @track_id (0: the master) pushes the sound down, rising by 20
 * dB in 300 ms; 1 for another effect and one that does not run. Only worked out while somebody asks, again and again within two seconds.
 * Thread: one other than the audio thread. */
float tutti_mix_read_reduction (TuttiMix *mix, uint64_t track_id, uint64_t effect_id);

/* How loud the whole was over the last three seconds, in LUFS, and its highest true peak in dB; TUTTI_LOUDNESS_SILENT where there was
 * nothing. Only measured while somebody asks, again and again within two seconds. Thread: one other than the audio thread. */
void  tutti_mix_read_loudness (TuttiMix *mix, float *short_term, float *peak);

typedef struct
{
  int64_t  next_frame;         /* the frame after the last one rendered */
  uint64_t late_scores;        /* came after their frame was rendered */
  uint64_t corrections;        /* of those, replaced by a corrected rendering */
  uint64_t too_late;           /* older than every checkpoint: equal again after the next refresh */
  uint64_t restarts;
  uint32_t voices;
  bool     settling;
} TuttiMixStats;

void tutti_mix_get_stats (const TuttiMix *mix, TuttiMixStats *out);
