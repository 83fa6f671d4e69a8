/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sampler.h"

#include "tutti-exp.h"
#include "tutti-math.h"
#include "tutti-modulation.h"
#include "tutti-sinc.h"
#include "tutti-voice-envelope.h"
#include <string.h>

#define FADE_MIN 64             /* frames of a loop's cross-fade: without any there would be a click */
#define BEAT_MIN 2048           /* frames from which on a loop is no period of a tone */

bool
tutti_sampler_shapes (const int16_t *p)
{
  return p[TUTTI_PATCH_FILTER] < TUTTI_VCF_NONE ||
         (p[TUTTI_PATCH_DRIVE] | p[TUTTI_PATCH_LOOP] | p[TUTTI_PATCH_REVERSE] | p[TUTTI_PATCH_ENV_PITCH] | p[TUTTI_PATCH_LFO1_PITCH] |
          p[TUTTI_PATCH_LFO1_AMP] | p[TUTTI_PATCH_LFO2_PITCH]) != 0;
}

/* ---- control values ---- */

static double
cents_at (const TuttiSamplerVoice *voice, int64_t frame)
{
  const TuttiVoice *plain = &voice->plain;
  int64_t age = frame - plain->start_frame;

  if (age >= plain->glide)
    return plain->cents;
  return plain->cents_from + (double) (plain->cents - plain->cents_from) * (double) age / plain->glide;
}

static int64_t
step_of (double cents)
{
  int64_t step = tutti_pitch_step ((int32_t) (cents < -12000.0 ? -12000.0 : cents > 4800.0 ? 4800.0 : cents));

  return step > TUTTI_SINC_MAX_STEP ? TUTTI_SINC_MAX_STEP : step;
}

static TuttiSamplerPoint
point_at (const TuttiSamplerVoice *voice, int64_t frame, const TuttiLfoTime *time)
{
  const int16_t *p = voice->patch;
  double cents = cents_at (voice, frame);
  TuttiModulated of = { p, &voice->env, voice->plain.start_frame, voice->seed, voice->root_cents + cents };
  TuttiModulation s = tutti_modulation_at (&of, frame, time);
  float drive = (float) p[TUTTI_PATCH_DRIVE] * 0.001f;

  return (TuttiSamplerPoint) {
    .step = step_of (cents + p[TUTTI_PATCH_ENV_PITCH] * (double) s.env + p[TUTTI_PATCH_LFO1_PITCH] * (double) s.one +
                     p[TUTTI_PATCH_LFO2_PITCH] * (double) s.two),
    .level = 1.0f - (float) p[TUTTI_PATCH_LFO1_AMP] * 0.001f * (0.5f - 0.5f * s.one),
    .drive = 1.0f + 15.0f * drive * drive,
    .vcf = tutti_modulation_vcf (p, &s, voice->open, 0.0f),
  };
}

/* ---- a hit ---- */

/* Turns round the range that is played. */
static void
go_backwards (TuttiVoice *plain, const int16_t *params)
{
  int64_t n = (int64_t) plain->sample->n_frames << 32;
  int64_t start = plain->position, end = params[TUTTI_SCORE_PARAM_END] < 1000 ? plain->end : n;

  plain->position = n - end;
  plain->end = start > 0 ? n - start : INT64_MAX;
}

/* As much of the fade lies before the seam as there is sound before the loop, the rest behind it. */
static void
place_fade (TuttiSamplerLoopPlace *loop, int64_t n, int64_t fade)
{
  int64_t length = loop->end - loop->start;

  fade = fade > FADE_MIN ? fade : FADE_MIN;
  loop->before = tutti_sooner (fade, tutti_sooner (loop->start, length / 2));
  loop->after = tutti_sooner (fade - loop->before, tutti_sooner (n - 1 - loop->end, length / 2));
  loop->after = loop->after > 0 ? loop->after : 0;
  if (loop->before + loop->after < FADE_MIN && length >= BEAT_MIN)
    loop->before = FADE_MIN;
}

static void
place_loop (TuttiSamplerVoice *voice)
{
  const int16_t *p = voice->patch;
  int64_t n = voice->plain.sample->n_frames;
  int64_t start = n * p[TUTTI_PATCH_LOOP_START] / 10000, end = n * p[TUTTI_PATCH_LOOP_END] / 10000;
  TuttiSamplerLoopPlace *loop = &voice->loop;

  loop->held = p[TUTTI_PATCH_LOOP] == TUTTI_SAMPLER_LOOP_HELD;
  loop->start = voice->backwards ? n - end : start;
  loop->end = tutti_sooner (voice->backwards ? n - start : end, voice->plain.end >> 32);
  loop->on = p[TUTTI_PATCH_LOOP] != TUTTI_SAMPLER_ONCE && loop->end - loop->start >= TUTTI_SAMPLER_LOOP_MIN &&
             voice->plain.position >> 32 < loop->end;
  if (loop->on)
    place_fade (loop, n, p[TUTTI_PATCH_LOOP_FADE] * (TUTTI_RATE / 1000));
}

bool
tutti_sampler_start (TuttiSamplerVoice *voice, const TuttiVoiceStart *start)
{
  memset (voice, 0, sizeof *voice);
  if (!tutti_voice_start (&voice->plain, start))
    return false;
  memcpy (voice->patch, start->patch, sizeof voice->patch);
  voice->root_cents = start->root_cents;
  voice->seed = start->seed;
  voice->open = 1.0f + (float) voice->patch[TUTTI_PATCH_FILTER_VELOCITY] * 0.001f * (start->level - 1.0f);
  voice->left = voice->right = 1.0f;
  if (start->pan != 0)
    {
      tutti_pan (start->pan, &voice->left, &voice->right);
      voice->left *= 1.41421356f;
      voice->right *= 1.41421356f;
    }
  voice->backwards = voice->patch[TUTTI_PATCH_REVERSE] != 0;
  if (voice->backwards)
    go_backwards (&voice->plain, start->params);
  place_loop (voice);
  tutti_ahdsr_start (&voice->env, &voice->patch[TUTTI_PATCH_ENV_ATTACK], start->frame);
  voice->now = point_at (voice, start->frame, &start->time);
  return true;
}

void
tutti_sampler_release (TuttiSamplerVoice *voice, int64_t frame)
{
  tutti_voice_release (&voice->plain, frame);
  tutti_ahdsr_release (&voice->env, frame);
}

void
tutti_sampler_turn (TuttiSamplerVoice *voice, const int16_t *before, const int16_t *after)
{
  for (unsigned i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    if (voice->patch[i] == before[i])
      voice->patch[i] = after[i];
}

/* ---- reading ---- */

/* A line over the frames of a block: zero + slope · frame. */
typedef struct
{
  float zero;
  float slope;
} Line;

static bool
is_stereo (const TuttiSamplerVoice *voice)
{
  return voice->plain.sample->n_channels == 2;
}

static void
add_forwards (const TuttiSamplerVoice *voice, int64_t place, Line gain, unsigned from, unsigned to, TuttiBlock *raw)
{
  TuttiGainRamp ramp = { gain.zero, gain.zero, gain.slope, gain.slope };

  if (is_stereo (voice))
    tutti_sinc_add (voice->plain.sample, place, voice->now.step, &ramp, from, to, raw);
  else
    tutti_sinc_add_left (voice->plain.sample, place, voice->now.step, &ramp, from, to, raw);
}

/* The frames are read forwards and put down the other way round. */
static void
add_backwards (const TuttiSamplerVoice *voice, int64_t place, Line gain, unsigned from, unsigned to, TuttiBlock *raw)
{
  int64_t first = ((int64_t) (voice->plain.sample->n_frames - 1) << 32) - place, step = voice->now.step;
  TuttiBlock turned = { { 0.0f }, { 0.0f } };
  unsigned n = to - from;

  if (first < 0)
    return;
  if (first / step + 1 < n)
    n = (unsigned) (first / step + 1);
  add_forwards (voice, first - (int64_t) (n - 1) * step, (Line) { 1.0f, 0.0f }, 0, n, &turned);
  for (unsigned i = 0; i < n; i++)
    {
      float g = gain.zero + gain.slope * (float) (int32_t) (from + i);

      raw->left[from + i] += turned.left[n - 1 - i] * g;
      raw->right[from + i] += turned.right[n - 1 - i] * g;
    }
}

/* Before the sound's beginning there is silence. */
static void
add (const TuttiSamplerVoice *voice, int64_t place, Line gain, unsigned from, unsigned to, TuttiBlock *raw)
{
  int64_t step = voice->now.step, early = place < 0 ? (-place + step - 1) / step : 0;

  if (early >= to - from)
    return;
  from += (unsigned) early;
  place += early * step;
  if (voice->backwards)
    add_backwards (voice, place, gain, from, to, raw);
  else
    add_forwards (voice, place, gain, from, to, raw);
}

/* ---- loops ---- */

typedef enum { STRAIGHT, BEFORE_SEAM, BEHIND_SEAM } Stretch;

/* Who has to leave the loop does so where nothing fades. */
static Stretch
stretch_at (TuttiSamplerVoice *voice, int64_t frame)
{
  TuttiSamplerLoopPlace *loop = &voice->loop;
  int64_t place = voice->plain.position;

  if (voice->around && place < (loop->start + loop->after) << 32)
    return BEHIND_SEAM;
  if (loop->on && place >= (loop->end - loop->before) << 32)
    return BEFORE_SEAM;
  if (loop->held && frame >= voice->plain.release_frame)
    loop->on = false;
  return STRAIGHT;
}

/* The place where what holds at the voice's place ends. */
static int64_t
stretch_end (const TuttiSamplerVoice *voice, Stretch stretch)
{
  const TuttiSamplerLoopPlace *loop = &voice->loop;

  if (stretch == BEHIND_SEAM)
    return (loop->start + loop->after) << 32;
  if (stretch == BEFORE_SEAM)
    return loop->end << 32;
  return loop->on ? (loop->end - loop->before) << 32 : INT64_MAX;
}

static void
add_stretch (const TuttiSamplerVoice *voice, Stretch stretch, unsigned from, unsigned to, TuttiBlock *raw)
{
  const TuttiSamplerLoopPlace *loop = &voice->loop;
  int64_t place = voice->plain.position, length, other;
  float whole, slope, share;

  if (stretch == STRAIGHT)
    {
      add (voice, place, (Line) { 1.0f, 0.0f }, from, to, raw);
      return;
    }
  length = (loop->end - loop->start) << 32;
  other = stretch == BEFORE_SEAM ? place - length : place + length;
  whole = (float) (loop->before + loop->after) * 4294967296.0f;
  /* How much of the new round is heard. */
  share = (float) ((stretch == BEFORE_SEAM ? place - (loop->end << 32) : place - (loop->start << 32)) + (loop->before << 32)) / whole;
  slope = (float) voice->now.step / whole;
  share -= slope * (float) (int32_t) from;
  if (stretch == BEFORE_SEAM)
    {
      add (voice, place, (Line) { 1.0f - share, -slope }, from, to, raw);
      add (voice, other, (Line) { share, slope }, from, to, raw);
      return;
    }
  add (voice, place, (Line) { share, slope }, from, to, raw);
  add (voice, other, (Line) { 1.0f - share, -slope }, from, to, raw);
}

static void
come_round (TuttiSamplerVoice *voice)
{
  const TuttiSamplerLoopPlace *loop = &voice->loop;
  int64_t past;

  if (!loop->on || voice->plain.position < loop->end << 32)
    return;
  past = voice->plain.position - (loop->end << 32);
  voice->plain.position = (loop->start << 32) + past % ((loop->end - loop->start) << 32);
  voice->around = true;
}

static bool
has_sound_left (const TuttiSamplerVoice *voice)
{
  int64_t frames = voice->plain.sample->n_frames;

  return voice->backwards ? voice->plain.position <= (frames - 1) << 32 : voice->plain.position < frames << 32;
}

/* Reads the frames [@first, TUTTI_BLOCK) of the block at @block into @raw (NULL: only goes on). False when the sound is over. */
static bool
read_block (TuttiSamplerVoice *voice, int64_t block, unsigned first, TuttiBlock *raw)
{
  for (unsigned from = first; from < TUTTI_BLOCK && has_sound_left (voice); )
    {
      Stretch stretch = stretch_at (voice, block + from);
      int64_t left = stretch_end (voice, stretch) - voice->plain.position, step = voice->now.step;
      unsigned to = TUTTI_BLOCK;

      if (left < (int64_t) (to - from) * step)
        to = from + (unsigned) ((left + step - 1) / step);
      if (raw != NULL)
        add_stretch (voice, stretch, from, to, raw);
      voice->plain.position += (int64_t) (to - from) * step;
      come_round (voice);
      from = to;
    }
  return has_sound_left (voice);
}

/* ---- sounding ---- */

static void
shape (TuttiSamplerVoice *voice, const TuttiSamplerPoint *from, const TuttiSamplerPoint *to, unsigned first, TuttiBlock *raw)
{
  unsigned n = TUTTI_BLOCK - first;
  float slope = (to->drive - from->drive) / (float) (int32_t) n;
  bool drives = from->drive != 1.0f || to->drive != 1.0f;
  TuttiLanes both[TUTTI_BLOCK];

  if (!drives && voice->patch[TUTTI_PATCH_FILTER] >= TUTTI_VCF_NONE)
    return;
  for (unsigned i = 0; i < n; i++)
    {
      both[i] = (TuttiLanes) { raw->left[first + i], raw->right[first + i], 0.0f, 0.0f };
      if (drives)
        both[i] = tutti_bend4 (both[i] * (from->drive + slope * (float) (int32_t) i));
    }
  if (voice->patch[TUTTI_PATCH_FILTER] < TUTTI_VCF_NONE)
    tutti_vcf_run (&voice->vcf, voice->patch[TUTTI_PATCH_FILTER], from->vcf, to->vcf, both, n);
  for (unsigned i = 0; i < n; i++)
    {
      raw->left[first + i] = both[i][0];
      raw->right[first + i] = both[i][1];
    }
}

/* The loudness in the frames [@first, TUTTI_BLOCK) of the block at @block. */
static void
fill_loudness (const TuttiSamplerVoice *voice, int64_t block, unsigned first, float *amp)
{
  memset (amp, 0, TUTTI_BLOCK * sizeof *amp);
  for (int64_t at = block + first, to; at < block + TUTTI_BLOCK && !tutti_voice_has_ended (&voice->plain, at); at = to)
    {
      to = tutti_voice_next_corner (&voice->plain, at, block + TUTTI_BLOCK);

      float begin = voice->plain.level * tutti_voice_envelope (&voice->plain, at);
      float end = voice->plain.level * tutti_voice_envelope (&voice->plain, to);
      float slope = begin == end ? 0.0f : (end - begin) / (float) (to - at);

      for (int64_t i = at; i < to; i++)
        amp[i - block] = begin + slope * (float) (int32_t) (i - at);
    }
}

static void
hear (const TuttiSamplerVoice *voice, const TuttiBlock *raw, const float *amp, Line level, unsigned first, TuttiBlock *bus, bool both)
{
  const float *right = is_stereo (voice) ? raw->right : raw->left;

  for (unsigned i = first; i < TUTTI_BLOCK; i++)
    {
      float g = amp[i] * (level.zero + level.slope * (float) (int32_t) (i - first));

      bus->left[i] += raw->left[i] * (g * voice->left);
      if (both)
        bus->right[i] += right[i] * (g * voice->right);
    }
}

/* The sound is over, or was to be played no further. */
static void
end_sound (TuttiSamplerVoice *voice, int64_t block, int64_t at)
{
  if (block - voice->plain.start_frame >= TUTTI_VOICE_LIFE - 2 * TUTTI_VOICE_FADE)
    tutti_voice_cut (&voice->plain, block);
  if (!voice->loop.on && voice->plain.position >= voice->plain.end)
    tutti_voice_cut (&voice->plain, at);
}

bool
tutti_sampler_run (TuttiSamplerVoice *voice, int64_t frame, const TuttiLfoTime *time, TuttiBlock *bus, bool both, bool compute)
{
  int64_t at = voice->plain.start_frame > frame ? voice->plain.start_frame : frame;
  bool computes = bus != NULL || (compute && tutti_sampler_remembers (voice));
  unsigned first = (unsigned) (at - frame);
  TuttiSamplerPoint from = voice->now, to;
  TuttiBlock raw;
  float amp[TUTTI_BLOCK];

  end_sound (voice, frame, at);
  if (tutti_voice_has_ended (&voice->plain, at))
    return false;
  if (computes)
    memset (&raw, 0, sizeof raw);
  to = point_at (voice, frame + TUTTI_BLOCK, time);
  if (!voice->over && !read_block (voice, frame, first, computes ? &raw : NULL))
    {
      voice->over = true;
      /* What falls already may not be held until the next block. */
      tutti_voice_cut (&voice->plain, voice->plain.release_frame < frame + TUTTI_BLOCK ? frame : frame + TUTTI_BLOCK);
    }
  voice->now = to;
  if (computes)
    shape (voice, &from, &to, first, &raw);
  if (bus == NULL)
    return true;
  fill_loudness (voice, frame, first, amp);
  hear (voice, &raw, amp, (Line) { from.level, (to.level - from.level) / (float) (int32_t) (TUTTI_BLOCK - first) }, first, bus, both);
  return true;
}
