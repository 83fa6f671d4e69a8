/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-voice.h"

/* The loudness of a sample's voice: a function of frames alone, shared by both kinds of it. */

/* As if the note were held. Curves are parabolas: they sound like exponentials but end. */
static inline float
tutti_voice_held_level (const TuttiVoice *voice, int64_t age)
{
  float left;

  if (age < voice->attack)
    return (float) age / (float) voice->attack;
  age -= voice->attack + voice->hold;
  if (age >= voice->decay || voice->sustain >= 1.0f)
    return voice->sustain;
  if (age < 0)
    return 1.0f;
  left = (float) (voice->decay - age) / (float) voice->decay;
  return voice->sustain + (1.0f - voice->sustain) * (left * left);
}

static inline float
tutti_voice_envelope (const TuttiVoice *voice, int64_t frame)
{
  int64_t gone = frame - voice->release_frame;
  float left;

  if (frame < voice->release_frame)
    return tutti_voice_held_level (voice, frame - voice->start_frame);
  if (gone >= voice->release)
    return 0.0f;
  left = (float) (voice->release - gone) / (float) voice->release;
  return voice->release_level * (left * left);
}

/* The first frame after @frame where it has a corner, @end at the latest. */
static inline int64_t
tutti_voice_next_corner (const TuttiVoice *voice, int64_t frame, int64_t end)
{
  int64_t peak = voice->start_frame + voice->attack;
  int64_t fall = peak + voice->hold;
  int64_t rest = fall + voice->decay;

  if (frame < voice->release_frame)
    {
      end = voice->release_frame < end ? voice->release_frame : end;
      if (frame < peak && peak < end)
        end = peak;
      else if (frame < fall && fall < end && voice->sustain < 1.0f)
        end = fall;
      else if (frame < rest && rest < end && voice->sustain < 1.0f)
        end = rest;
    }
  else if (voice->release_frame + voice->release < end)
    end = voice->release_frame + voice->release;
  return end;
}

static inline bool
tutti_voice_has_ended (const TuttiVoice *voice, int64_t frame)
{
  if (frame >= voice->release_frame)
    return frame >= voice->release_frame + voice->release || voice->release_level <= 0.0f;
  return voice->sustain <= 0.0f && frame >= voice->start_frame + voice->attack + voice->hold + voice->decay;
}
