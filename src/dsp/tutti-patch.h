/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-score-param.h"

/* The numbers of an instrument; each reads those that it has something to do with. The order is shared with the document. Levels
 * and depths are ‰ unless stated; times are ms.
 *
 * The sampler reads LEVEL, OCTAVE, FILTER to DRIVE, HOLD, ENV_… , LFO1_… and LFO2_… but for the widths, VOICES, VELOCITY, LOOP to
 * REVERSE; attack, decay, sustain and release of its loudness are the track's (TuttiScoreParam). */
typedef enum
{
  TUTTI_PATCH_LEVEL,                 /* 1/100 dB */
  TUTTI_PATCH_A_WAVE,                /* TuttiWave */
  TUTTI_PATCH_A_WIDTH,               /* of the pulse, ‰ of the period */
  TUTTI_PATCH_A_LEVEL,
  TUTTI_PATCH_B_WAVE,
  TUTTI_PATCH_B_WIDTH,
  TUTTI_PATCH_B_LEVEL,
  TUTTI_PATCH_B_TUNE,                /* semitones from A */
  TUTTI_PATCH_B_FINE,                /* cents */
  TUTTI_PATCH_OCTAVE,                /* of everything */
  TUTTI_PATCH_SUB,                   /* a sine an octave below A */
  TUTTI_PATCH_NOISE,
  TUTTI_PATCH_RING,                  /* A times B */
  TUTTI_PATCH_FM,                    /* how far B moves the phase of A; 1000 is two turns */
  TUTTI_PATCH_FM_ENV,                /* what the second envelope adds to that */
  TUTTI_PATCH_UNISON,                /* voices of A and B */
  TUTTI_PATCH_DETUNE,                /* cents from the middle to the outermost of them */
  TUTTI_PATCH_SPREAD,                /* of them between left and right */
  TUTTI_PATCH_FILTER,                /* TuttiVcfType */
  TUTTI_PATCH_CUTOFF,                /* ‰ of the way from 20 Hz to 20 kHz, exponential */
  TUTTI_PATCH_RESONANCE,
  TUTTI_PATCH_KEY_TRACK,             /* 1000: the cut-off follows the key */
  TUTTI_PATCH_FILTER_ENV,            /* what the second envelope adds to the cut-off */
  TUTTI_PATCH_FILTER_VELOCITY,       /* how much of that depends on the velocity */
  TUTTI_PATCH_DRIVE,                 /* before the filter */
  TUTTI_PATCH_ATTACK,                /* of the loudness */
  TUTTI_PATCH_HOLD,
  TUTTI_PATCH_DECAY,
  TUTTI_PATCH_SUSTAIN,               /* ‰ */
  TUTTI_PATCH_RELEASE,
  TUTTI_PATCH_ENV_ATTACK,            /* of the second envelope */
  TUTTI_PATCH_ENV_HOLD,
  TUTTI_PATCH_ENV_DECAY,
  TUTTI_PATCH_ENV_SUSTAIN,           /* ‰ */
  TUTTI_PATCH_ENV_RELEASE,
  TUTTI_PATCH_ENV_PITCH,             /* cents that the second envelope adds */
  TUTTI_PATCH_LFO1_SHAPE,            /* TuttiLfoShape */
  TUTTI_PATCH_LFO1_RATE,             /* 1/100 Hz, unless tied to the tempo */
  TUTTI_PATCH_LFO1_SYNC,             /* 0 not, else TuttiLfoSync */
  TUTTI_PATCH_LFO1_FREE,             /* 0 from the note's start, 1 runs through */
  TUTTI_PATCH_LFO1_FADE,             /* ms until it is fully there */
  TUTTI_PATCH_LFO1_PITCH,            /* cents either way */
  TUTTI_PATCH_LFO1_CUTOFF,
  TUTTI_PATCH_LFO1_WIDTH,
  TUTTI_PATCH_LFO1_AMP,
  TUTTI_PATCH_LFO2_SHAPE,
  TUTTI_PATCH_LFO2_RATE,
  TUTTI_PATCH_LFO2_SYNC,
  TUTTI_PATCH_LFO2_FREE,
  TUTTI_PATCH_LFO2_PITCH,
  TUTTI_PATCH_LFO2_CUTOFF,
  TUTTI_PATCH_LFO2_WIDTH,
  TUTTI_PATCH_VOICES,                /* TuttiPatchVoices */
  TUTTI_PATCH_GLIDE,                 /* ms from one key to the next, with one voice */
  TUTTI_PATCH_ACCENT,                /* how much an accent opens the filter and raises the loudness */
  TUTTI_PATCH_VELOCITY,              /* how much of the loudness depends on it */
  TUTTI_PATCH_DRUM_PITCH,            /* cents from where the drum was made */
  TUTTI_PATCH_DRUM_BEND,             /* cents above it at the hit */
  TUTTI_PATCH_DRUM_BEND_TIME,        /* ms in which it falls */
  TUTTI_PATCH_DRUM_DECAY,            /* ms of the drum's body */
  TUTTI_PATCH_DRUM_TONE,             /* of the body beside the noise */
  TUTTI_PATCH_DRUM_SNAP,             /* of the click at the hit */
  TUTTI_PATCH_DRUM_NOISE_DECAY,      /* ms of the noise */
  TUTTI_PATCH_DRUM_COLOUR,           /* of the noise, dark to bright */
  TUTTI_PATCH_LOOP,                  /* TuttiSamplerLoop */
  TUTTI_PATCH_LOOP_START,            /* 1/10000 of the sound */
  TUTTI_PATCH_LOOP_END,              /* 1/10000 of the sound */
  TUTTI_PATCH_LOOP_FADE,             /* ms over which its end goes over into its start */
  TUTTI_PATCH_REVERSE,               /* 1: the sound is played from its end to its start */
  TUTTI_N_PATCH_PARAMS
} TuttiPatchIndex;

_Static_assert (TUTTI_N_PATCH_PARAMS <= 96, "addresses of patch numbers end at 127");

/* What makes the sound of a track. */
typedef enum
{
  TUTTI_INSTRUMENT_SAMPLER,
  TUTTI_INSTRUMENT_SYNTH,
  TUTTI_INSTRUMENT_DRUM,
  TUTTI_N_INSTRUMENTS
} TuttiInstrument;

typedef enum
{
  TUTTI_WAVE_SAW,
  TUTTI_WAVE_SQUARE,
  TUTTI_WAVE_TRIANGLE,
  TUTTI_WAVE_SINE,
  TUTTI_N_WAVES
} TuttiWave;

typedef enum
{
  TUTTI_PATCH_POLY,
  TUTTI_PATCH_MONO,                  /* a note ends the one before */
  TUTTI_PATCH_LEGATO,                /* … and goes on with its voice when that is still held */
} TuttiPatchVoices;

/* Whatever the play mode, a hit that loops ends with its note. */
typedef enum
{
  TUTTI_SAMPLER_ONCE,
  TUTTI_SAMPLER_LOOP,
  TUTTI_SAMPLER_LOOP_HELD,           /* until the note ends, then on to the sound's end */
} TuttiSamplerLoop;

/* The sampler's numbers as they are before anybody changed them: no filter, else the table's start values. */
void tutti_patch_fill_sampler (int16_t patch[TUTTI_N_PATCH_PARAMS]);

/* Indexed by TuttiPatchIndex. */
extern const TuttiParamRange tutti_patch_ranges[TUTTI_N_PATCH_PARAMS];
