/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-any-voice.h"

/* A voice goes from note to note only up to the next multiple of so many frames: else somebody who came later would have to know
 * of every slide since the beginning. About 11 s. */
#define CHAIN (INT64_C (1) << 19)

static TuttiSynthNote
note_of (const TuttiVoiceStart *start)
{
  return (TuttiSynthNote) {
    .patch = start->patch, .frame = start->frame, .cents = start->root_cents + start->cents,
    .cents_from = start->root_cents + start->cents_from, .glide = start->glide, .level = start->level, .accent = start->accent,
    .seed = start->seed,
  };
}

bool
tutti_any_voice_start (TuttiAnyVoice *voice, const TuttiVoiceStart *start)
{
  TuttiSynthNote note = note_of (start);

  voice->instrument = start->instrument;
  voice->shaped = start->shaped;
  voice->cut = false;
  voice->start_frame = start->frame;
  voice->end_tick = start->end_tick;
  if (start->instrument == TUTTI_INSTRUMENT_SAMPLER)
    return start->shaped ? tutti_sampler_start (&voice->shaper, start) : tutti_voice_start (&voice->sampler, start);
  if (start->level <= 0.0f)
    return false;
  if (start->instrument == TUTTI_INSTRUMENT_SYNTH)
    tutti_synth_start (&voice->synth, &note, &start->time);
  else
    tutti_drum_start (&voice->drum, start->model, &note);
  return true;
}

/* Notes that only touch are apart, unless the later one slides. */
static bool
can_slide (const TuttiAnyVoice *voice, const TuttiVoiceStart *start)
{
  int64_t frame = start->frame;

  if (voice->instrument != TUTTI_INSTRUMENT_SYNTH || start->instrument != TUTTI_INSTRUMENT_SYNTH || voice->cut)
    return false;
  if (voice->start_frame < (frame & -CHAIN) || frame < voice->start_frame || tutti_ahdsr_over (&voice->synth.amp, frame))
    return false;
  return start->slide || (start->patch[TUTTI_PATCH_VOICES] == TUTTI_PATCH_LEGATO && voice->synth.amp.released > frame);
}

bool
tutti_any_voice_slide (TuttiAnyVoice *voice, const TuttiVoiceStart *start)
{
  TuttiSynthNote note = note_of (start);

  if (!can_slide (voice, start))
    return false;
  tutti_synth_slide (&voice->synth, &note);
  voice->end_tick = start->end_tick;
  return true;
}

bool
tutti_any_voice_held (const TuttiAnyVoice *voice)
{
  if (voice->end_tick == INT64_MAX)
    return false;
  if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER)
    return voice->sampler.release_frame == INT64_MAX;
  return voice->instrument == TUTTI_INSTRUMENT_SYNTH && voice->synth.amp.released == INT64_MAX;
}

void
tutti_any_voice_release (TuttiAnyVoice *voice, int64_t frame)
{
  if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER && voice->shaped)
    tutti_sampler_release (&voice->shaper, frame);
  else if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER)
    tutti_voice_release (&voice->sampler, frame);
  else if (voice->instrument == TUTTI_INSTRUMENT_SYNTH)
    tutti_synth_release (&voice->synth, frame);
}

void
tutti_any_voice_cut (TuttiAnyVoice *voice, int64_t frame)
{
  if (voice->cut)
    return;
  voice->cut = true;
  if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER)
    tutti_voice_cut (&voice->sampler, frame);
  else if (voice->instrument == TUTTI_INSTRUMENT_SYNTH)
    tutti_ahdsr_cut (&voice->synth.amp, frame, TUTTI_VOICE_FADE);
  else
    tutti_drum_cut (&voice->drum, frame, TUTTI_VOICE_FADE);
}

bool
tutti_any_voice_remembers (const TuttiAnyVoice *voice)
{
  return voice->instrument != TUTTI_INSTRUMENT_SAMPLER || (voice->shaped && tutti_sampler_remembers (&voice->shaper));
}

void
tutti_any_voice_turn (TuttiAnyVoice *voice, const int16_t *before, const int16_t *after)
{
  if (voice->instrument == TUTTI_INSTRUMENT_SYNTH)
    tutti_synth_turn (&voice->synth, before, after);
  else if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER && voice->shaped)
    tutti_sampler_turn (&voice->shaper, before, after);
}

bool
tutti_any_voice_mono (const TuttiAnyVoice *voice)
{
  if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER)
    return voice->sampler.sample->n_channels == 1 && (!voice->shaped || voice->shaper.left == voice->shaper.right);
  return voice->instrument != TUTTI_INSTRUMENT_SYNTH || !voice->synth.stereo;
}

static bool
over (const TuttiAnyVoice *voice, int64_t frame)
{
  if (voice->instrument == TUTTI_INSTRUMENT_SYNTH)
    return tutti_ahdsr_over (&voice->synth.amp, frame);
  return tutti_drum_over (&voice->drum, frame);
}

bool
tutti_any_voice_run (TuttiAnyVoice *voice, int64_t frame, const TuttiLfoTime *time, TuttiBlock *bus, TuttiVoiceSides sides, bool compute)
{
  int64_t at = voice->start_frame > frame ? voice->start_frame : frame;

  if (voice->instrument == TUTTI_INSTRUMENT_SAMPLER)
    {
      bool lives = voice->shaped ? tutti_sampler_run (&voice->shaper, frame, time, sides == TUTTI_VOICE_UNHEARD ? NULL : bus,
                                                      sides == TUTTI_VOICE_BOTH, compute)
                                 : tutti_voice_run (&voice->sampler, frame, bus, sides);

      voice->cut = voice->sampler.cut;
      return lives;
    }
  if (frame - voice->start_frame >= TUTTI_VOICE_LIFE - 2 * TUTTI_VOICE_FADE)
    tutti_any_voice_cut (voice, frame);
  if (over (voice, at))
    return false;
  if (sides == TUTTI_VOICE_UNHEARD && !compute)
    return true;
  if (voice->instrument == TUTTI_INSTRUMENT_SYNTH)
    tutti_synth_run (&voice->synth, at, (unsigned) (at - frame), time, bus, sides == TUTTI_VOICE_BOTH);
  else
    tutti_drum_run (&voice->drum, at, (unsigned) (at - frame), bus, sides == TUTTI_VOICE_BOTH);
  return true;
}
