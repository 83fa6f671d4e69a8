/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-ring.h"
#include "tutti-timeline.h"
#include "tutti-any-voice.h"

/* What only this machine hears: auditions, at the card's pace, beside the shared mix. Audio thread, except where stated. */

#define TUTTI_LOCAL_VOICES 32
#define TUTTI_LOCAL_RING 256

typedef struct
{
  uint64_t           track_id;
  const TuttiScoreSound *sound; /* borrowed; NULL: the track's own */
  int8_t             pitch;
  uint8_t            velocity; /* 0 releases */
  bool               stop;     /* everything fades */
} TuttiLocalNote;

typedef struct
{
  TuttiAnyVoice voice;
  uint64_t      track_id;
  int8_t        pitch;
  bool          used;
  float         left, right;
} TuttiLocalVoice;

typedef struct
{
  TuttiRing       ring;
  TuttiLocalNote  ring_memory[TUTTI_LOCAL_RING];
  int64_t         next_frame;  /* of a count of its own */
  unsigned        taken;       /* frames of block already given */
  bool            sounding;
  TuttiBlock      block;
  TuttiLocalVoice voices[TUTTI_LOCAL_VOICES];
} TuttiLocal;

/* Thread: main, before anything else. */
void tutti_local_init (TuttiLocal *local);

/* As tutti_mix_render_local(). @score: (nullable) where tracks are looked up. */
TUTTI_REALTIME bool tutti_local_render (TuttiLocal *local, const TuttiScore *score, uint32_t n_frames, float *stereo);
