/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-voice.h"

#include "tutti-math.h"
#include "tutti-patch.h"
#include "tutti-score-param.h"
#include "tutti-sinc.h"
#include "tutti-voice-envelope.h"

static int32_t
frames_of_ms (int ms)
{
  return ms * (TUTTI_RATE / 1000);
}

static int64_t
pitch_step (int32_t cents)
{
  int64_t step = tutti_pitch_step (cents);

  return step > TUTTI_SINC_MAX_STEP ? TUTTI_SINC_MAX_STEP : step;
}

static int64_t
place (const TuttiSample *sample, int permille)
{
  return ((int64_t) sample->n_frames << 32) / 1000 * permille;
}

/* From @frame on, where it is at its position, until it ends by itself. A long voice is cut in the block after its age allows. */
static void
mark_steady (TuttiVoice *voice, int64_t frame)
{
  int64_t age_end = voice->start_frame + TUTTI_VOICE_LIFE - 2 * TUTTI_VOICE_FADE + TUTTI_BLOCK - 1;
  int64_t left = tutti_sooner (voice->end, (int64_t) voice->sample->n_frames << 32) - 1 - voice->position;

  voice->steady_from = voice->start_frame + voice->attack + (voice->sustain < 1.0f ? voice->hold + voice->decay : 0);
  voice->steady_until = tutti_sooner (tutti_sooner (voice->release_frame, age_end), frame + left / voice->step);
  if (voice->sustain <= 0.0f || voice->glide != 0)
    voice->steady_until = INT64_MIN;
}

bool
tutti_voice_start (TuttiVoice *voice, const TuttiVoiceStart *start)
{
  const int16_t *params = start->params;
  int32_t release = frames_of_ms (params[TUTTI_SCORE_PARAM_RELEASE]);

  if (start->sample == NULL || start->level <= 0.0f || params[TUTTI_SCORE_PARAM_END] <= params[TUTTI_SCORE_PARAM_START])
    return false;
  *voice = (TuttiVoice) {
    .sample = start->sample,
    .position = place (start->sample, params[TUTTI_SCORE_PARAM_START]),
    .end = params[TUTTI_SCORE_PARAM_END] < 1000 ? place (start->sample, params[TUTTI_SCORE_PARAM_END]) : INT64_MAX,
    .start_frame = start->frame,
    .release_frame = INT64_MAX,
    .end_tick = start->end_tick,
    .level = start->level,
    .sustain = (float) params[TUTTI_SCORE_PARAM_SUSTAIN] * 0.001f,
    .attack = frames_of_ms (params[TUTTI_SCORE_PARAM_ATTACK]),
    .hold = start->patch != NULL ? frames_of_ms (start->patch[TUTTI_PATCH_HOLD]) : 0,
    .decay = frames_of_ms (params[TUTTI_SCORE_PARAM_DECAY]),
    .release = release > TUTTI_VOICE_FADE ? release : TUTTI_VOICE_FADE,
    .glide = start->cents_from != start->cents ? start->glide : 0,
    .cents_from = start->cents_from,
    .cents = start->cents,
    .step = pitch_step (start->cents),
  };
  mark_steady (voice, start->frame);
  return true;
}

void
tutti_voice_release (TuttiVoice *voice, int64_t frame)
{
  if (voice->release_frame != INT64_MAX)
    return;
  if (frame < voice->start_frame)
    frame = voice->start_frame;
  voice->release_level = tutti_voice_held_level (voice, frame - voice->start_frame);
  voice->release_frame = frame;
  voice->steady_until = tutti_sooner (voice->steady_until, frame);
}

void
tutti_voice_cut (TuttiVoice *voice, int64_t frame)
{
  if (voice->cut)
    return;
  /* As in tutti_ahdsr_cut(): until @frame it must not be held again. */
  if (voice->release_frame < frame)
    frame = tutti_later (frame & -(int64_t) TUTTI_BLOCK, voice->release_frame);
  frame = tutti_later (frame, voice->start_frame);
  voice->release_level = tutti_voice_envelope (voice, frame);
  voice->release_frame = frame;
  voice->release = TUTTI_VOICE_FADE;
  voice->cut = true;
  voice->steady_until = tutti_sooner (voice->steady_until, frame);
}

static void
glide (TuttiVoice *voice, int64_t frame)
{
  int64_t age = frame - voice->start_frame;

  if (age >= voice->glide)
    voice->glide = 0;
  voice->step = pitch_step (voice->glide == 0 ? voice->cents
                                              : voice->cents_from + (int32_t) ((voice->cents - voice->cents_from) * age /
                                                                               voice->glide));
  if (voice->glide == 0)
    mark_steady (voice, frame);
}

/* Sounds frames [from, to) of the block; false when the sound is over. */
static bool
sound (TuttiVoice *voice, const TuttiGainRamp *gain, unsigned from, unsigned to, TuttiBlock *bus, TuttiVoiceSides sides)
{
  int64_t position = voice->position;

  voice->position += (int64_t) (to - from) * voice->step;
  if (sides == TUTTI_VOICE_LEFT)
    return tutti_sinc_add_left (voice->sample, position, voice->step, gain, from, to, bus);
  if (sides == TUTTI_VOICE_BOTH)
    return tutti_sinc_add (voice->sample, position, voice->step, gain, from, to, bus);
  return (voice->position >> 32) < (int64_t) voice->sample->n_frames;
}

/* Sounds frames [from, to) of the session, which lie in the block that begins at @block. */
static bool
run_piece (TuttiVoice *voice, int64_t block, int64_t from, int64_t to, TuttiBlock *bus, TuttiVoiceSides sides)
{
  unsigned first = (unsigned) (from - block), last = (unsigned) (to - block);
  float begin = voice->level * tutti_voice_envelope (voice, from);
  float end = voice->level * tutti_voice_envelope (voice, to);
  float slope = begin == end ? 0.0f : (end - begin) / (float) (to - from);
  float zero = begin - slope * (float) first;

  return sound (voice, &(TuttiGainRamp) { zero, zero, slope, slope }, first, last, bus, sides);
}

static bool
run_steady (TuttiVoice *voice, TuttiBlock *bus, TuttiVoiceSides sides)
{
  float level = voice->level * voice->sustain;

  return sound (voice, &(TuttiGainRamp) { level, level, 0.0f, 0.0f }, 0, TUTTI_BLOCK, bus, sides);
}

bool
tutti_voice_run (TuttiVoice *voice, int64_t frame, TuttiBlock *bus, TuttiVoiceSides sides)
{
  int64_t end = frame + TUTTI_BLOCK;
  int64_t at = voice->start_frame > frame ? voice->start_frame : frame;

  if (tutti_voice_is_steady (voice, frame))
    return run_steady (voice, bus, sides);
  if (voice->glide != 0)
    glide (voice, at);
  if (frame - voice->start_frame >= TUTTI_VOICE_LIFE - 2 * TUTTI_VOICE_FADE)
    tutti_voice_cut (voice, frame);
  if (voice->position >= voice->end)
    tutti_voice_cut (voice, at);
  while (at < end)
    {
      int64_t to;

      if (tutti_voice_has_ended (voice, at))
        return false;
      to = tutti_voice_next_corner (voice, at, end);
      if (!run_piece (voice, frame, at, to, bus, sides))
        return false;
      at = to;
    }
  return true;
}
