/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdbool.h>

#include "tutti-block.h"
#include "tutti-lfo.h"
#include "tutti-realtime.h"
#include "tutti-sample.h"
#include "tutti-sinc.h"

/* One sounding hit. Where it is and how loud follows from its start and its age alone, so that it can be advanced without being
 * heard, as a late joiner does. Plain memory; borrows the sample. */

/* No voice lives longer: what sounds now began at most this long ago. */
#define TUTTI_VOICE_LIFE (60 * TUTTI_RATE)
/* Frames in which a voice that is cut fades, so that it does not click. */
#define TUTTI_VOICE_FADE 192

typedef struct
{
  const TuttiSample *sample;
  int64_t            position;  /* 32.32 in the sample */
  int64_t            end;       /* 32.32: where it starts to fade; INT64_MAX for the sample's own end */
  int64_t            step;      /* 32.32 */
  int64_t            start_frame;
  int64_t            release_frame; /* INT64_MAX while held */
  int64_t            end_tick;  /* of a gated note; INT64_MAX for one that rings out */
  int64_t            steady_from; /* frames between which nothing changes: one level, one pitch, the sound goes on */
  int64_t            steady_until;
  float              level;
  float              sustain;
  float              release_level; /* envelope when the release began */
  int32_t            attack;    /* frames */
  int32_t            hold;
  int32_t            decay;
  int32_t            release;
  int32_t            glide;     /* frames of pitch glide; 0 none */
  int32_t            cents_from;
  int32_t            cents;
  bool               cut;       /* the release is the short fade of a voice that was taken away */
} TuttiVoice;

/* What a hit asks for. */
typedef struct
{
  const TuttiSample *sample;
  int64_t            frame;
  int64_t            end_tick;
  float              level;
  int32_t            cents_from;
  int32_t            cents;
  int32_t            glide;     /* frames */
  const int16_t     *params;    /* by TuttiScoreParam: start, end and envelope are read */

  const int16_t     *patch;     /* by TuttiPatchIndex; NULL: a sample with nothing but @params */
  uint8_t            instrument; /* TuttiInstrument */
  bool               shaped;    /* a sample with a filter, a loop or the like: a TuttiSamplerVoice */
  int16_t            pan;       /* of such a one, −1000 … 1000 */

  uint8_t            model;     /* of a drum */
  bool               accent;
  bool               slide;     /* goes on with the voice before, if there is one */
  uint32_t           seed;      /* of what is random in it */
  int32_t            root_cents; /* above MIDI note 0, at pitch 0 */
  TuttiLfoTime       time;
} TuttiVoiceStart;

/* False when there is nothing to hear. */
TUTTI_REALTIME bool tutti_voice_start (TuttiVoice *voice, const TuttiVoiceStart *start);

/* The note ends at @frame; later calls than the first do nothing. */
TUTTI_REALTIME void tutti_voice_release (TuttiVoice *voice, int64_t frame);

/* Fades at once from @frame, whatever its envelope; one whose note has ended, from the beginning of @frame's block. */
TUTTI_REALTIME void tutti_voice_cut (TuttiVoice *voice, int64_t frame);

typedef enum
{
  TUTTI_VOICE_UNHEARD,         /* only goes on */
  TUTTI_VOICE_LEFT,            /* the left side alone: of a mono sound the right is the same */
  TUTTI_VOICE_BOTH
} TuttiVoiceSides;

/* Adds the block that begins at @frame to these sides of @bus (NULL when unheard). False when it has ended. */
TUTTI_REALTIME bool tutti_voice_run (TuttiVoice *voice, int64_t frame, TuttiBlock *bus, TuttiVoiceSides sides);

/* Nothing happens in the block at @frame but sound at one level. */
static inline bool
tutti_voice_is_steady (const TuttiVoice *voice, int64_t frame)
{
  return frame >= voice->steady_from && frame + TUTTI_BLOCK <= voice->steady_until;
}

/* tutti_voice_run() of a steady voice to the left side, in the fewest steps: most blocks of most voices are such. */
static inline void
tutti_voice_run_steady (TuttiVoice *voice, TuttiBlock *bus)
{
  int64_t position = voice->position;

  voice->position += TUTTI_BLOCK * voice->step;
  tutti_sinc_add_block (voice->sample, position, voice->step, voice->level * voice->sustain, bus);
}
