/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-synth.h"

#include "tutti-exp.h"
#include "tutti-math.h"
#include "tutti-modulation.h"
#include "tutti-osc.h"
#include <string.h>

/* The logarithm to base 2 of the synthesiser's lowest note (MIDI 0), in phase a frame. */
#define NOTE_ZERO 731558.103361708 /* 2^32 · 440 · 2^(−69/12) / 48000 */

/* ---- control values ---- */

static float
share (const TuttiSynthVoice *voice, TuttiPatchIndex index)
{
  return (float) voice->patch[index] * 0.001f;
}

static uint32_t
step_of (double cents)
{
  double step = NOTE_ZERO * tutti_exp2_near (cents * (1.0 / 1200.0));

  /* A third of the rate is above everything that can be heard. */
  return (uint32_t) (step < 1.4e9 ? step : 1.4e9);
}

static double
key_at (const TuttiSynthVoice *voice, int64_t frame)
{
  int64_t age = frame - voice->glide_start;

  if (age >= voice->glide)
    return voice->cents;
  if (age <= 0)
    return voice->cents_from;
  return voice->cents_from + (double) (voice->cents - voice->cents_from) * (double) age / (double) voice->glide;
}

static TuttiModulation
sources_at (const TuttiSynthVoice *voice, int64_t frame, const TuttiLfoTime *time)
{
  TuttiModulated of = { voice->patch, &voice->env, voice->amp.start, voice->seed, key_at (voice, frame) };

  return tutti_modulation_at (&of, frame, time);
}

static float
within (float x, float low, float high)
{
  return x > low ? x < high ? x : high : low;
}

static TuttiVcfPoint
vcf_at (const TuttiSynthVoice *voice, const TuttiModulation *s)
{
  return tutti_modulation_vcf (voice->patch, s, voice->open, voice->accent ? share (voice, TUTTI_PATCH_ACCENT) : 0.0f);
}

/* Widths near nothing or everything would be silence. */
static float
width_at (const TuttiSynthVoice *voice, TuttiPatchIndex index, const TuttiModulation *s)
{
  return within (share (voice, index) + share (voice, TUTTI_PATCH_LFO1_WIDTH) * s->one + share (voice, TUTTI_PATCH_LFO2_WIDTH) * s->two,
                 0.02f, 0.98f);
}

static float
level_at (const TuttiSynthVoice *voice, const TuttiModulation *s)
{
  float amp = 1.0f - share (voice, TUTTI_PATCH_LFO1_AMP) * (0.5f - 0.5f * s->one);

  if (voice->accent)
    amp *= 1.0f + 0.4f * share (voice, TUTTI_PATCH_ACCENT);
  return amp * voice->velocity * (float) tutti_exp2_near (voice->patch[TUTTI_PATCH_LEVEL] * 0.00166096404744368118);
}

static TuttiSynthPoint
point_at (const TuttiSynthVoice *voice, int64_t frame, const TuttiLfoTime *time)
{
  const int16_t *p = voice->patch;
  TuttiModulation s = sources_at (voice, frame, time);
  double cents = s.key + 1200.0 * p[TUTTI_PATCH_OCTAVE] + p[TUTTI_PATCH_ENV_PITCH] * (double) s.env +
                 p[TUTTI_PATCH_LFO1_PITCH] * (double) s.one + p[TUTTI_PATCH_LFO2_PITCH] * (double) s.two;
  float fm = within (share (voice, TUTTI_PATCH_FM) + share (voice, TUTTI_PATCH_FM_ENV) * s.env, 0.0f, 1.0f);
  float drive = share (voice, TUTTI_PATCH_DRIVE);

  return (TuttiSynthPoint) {
    .step_a = step_of (cents),
    .step_b = step_of (cents + 100.0 * p[TUTTI_PATCH_B_TUNE] + p[TUTTI_PATCH_B_FINE]),
    .a = share (voice, TUTTI_PATCH_A_LEVEL), .b = share (voice, TUTTI_PATCH_B_LEVEL), .sub = share (voice, TUTTI_PATCH_SUB),
    .noise = share (voice, TUTTI_PATCH_NOISE), .ring = share (voice, TUTTI_PATCH_RING),
    .fm = 2.0f * fm * fm,
    .width_a = width_at (voice, TUTTI_PATCH_A_WIDTH, &s), .width_b = width_at (voice, TUTTI_PATCH_B_WIDTH, &s),
    .drive = 1.0f + 15.0f * drive * drive,
    .level = level_at (voice, &s),
    .vcf = vcf_at (voice, &s),
  };
}

/* ---- a note ---- */

/* Side by side they spread evenly to both sides; the loudness stays. The right sides take the places in another order, so that high
 * and low are not left and right. */
static void
spread (TuttiSynthVoice *voice)
{
  static const float loudness[TUTTI_SYNTH_UNISON + 1] = { 0, 1.0f, 0.70710678f, 0.57735027f, 0.5f, 0.44721360f, 0.40824829f, 0.37796447f };
  const int16_t *p = voice->patch;

  for (unsigned i = 0; i < voice->n; i++)
    {
      int place = voice->n == 1 ? 0 : (int) (2 * i) * 1000 / (voice->n - 1) - 1000;
      int side = (i & 1 ? -1 : 1) * (place < 0 ? -place : place);

      voice->ratio[i] = (float) (tutti_exp2_near (place * p[TUTTI_PATCH_DETUNE] * (1.0 / 1200000.0)) - 1.0);
      voice->left[i] = voice->right[i] = loudness[voice->n];
      if (!voice->stereo)
        continue;
      tutti_pan (side * p[TUTTI_PATCH_SPREAD] / 1000, &voice->left[i], &voice->right[i]);
      voice->left[i] *= 1.41421356f * loudness[voice->n];
      voice->right[i] *= 1.41421356f * loudness[voice->n];
    }
}

static void
take_note (TuttiSynthVoice *voice, const TuttiSynthNote *note)
{
  memcpy (voice->patch, note->patch, sizeof voice->patch);
  voice->cents = note->cents;
  voice->cents_from = note->cents_from;
  voice->glide_start = note->frame;
  voice->glide = note->cents_from != note->cents ? note->glide : 0;
  voice->accent = note->accent;
  voice->velocity = 1.0f + share (voice, TUTTI_PATCH_VELOCITY) * (note->level - 1.0f);
  voice->open = 1.0f + share (voice, TUTTI_PATCH_FILTER_VELOCITY) * (note->level - 1.0f);
}

/* An accent makes the second envelope fall faster, as on the machine that acid was made with. */
static void
start_envelopes (TuttiSynthVoice *voice, int64_t frame)
{
  const int16_t *p = voice->patch;
  float shorter = voice->accent ? 1.0f - 0.6f * share (voice, TUTTI_PATCH_ACCENT) : 1.0f;

  tutti_ahdsr_start (&voice->amp, &p[TUTTI_PATCH_ATTACK], frame);
  tutti_ahdsr_start (&voice->env, &p[TUTTI_PATCH_ENV_ATTACK], frame);
  voice->env.decay = (int32_t) ((float) voice->env.decay * shorter);
}

void
tutti_synth_start (TuttiSynthVoice *voice, const TuttiSynthNote *note, const TuttiLfoTime *time)
{
  memset (voice, 0, sizeof *voice);
  take_note (voice, note);
  voice->seed = note->seed;
  voice->n = (uint8_t) voice->patch[TUTTI_PATCH_UNISON];
  voice->stereo = voice->n > 1 && voice->patch[TUTTI_PATCH_SPREAD] > 0;
  spread (voice);
  for (unsigned i = 0; i < 4; i++)
    voice->noise[i] = (note->seed + i) * 0x9e3779b9u;
  /* Side by side they must not begin as one; alone each note begins the same. */
  for (unsigned i = 1; i < voice->n; i++)
    {
      voice->phase_a[i] = i * 0x9e3779b9u;
      voice->phase_b[i] = i * 0x61c88647u;
    }
  start_envelopes (voice, note->frame);
  voice->now = point_at (voice, note->frame, time);
}

void
tutti_synth_slide (TuttiSynthVoice *voice, const TuttiSynthNote *note)
{
  int32_t from = (int32_t) key_at (voice, note->frame);

  take_note (voice, note);
  /* The step may have locked it; left until somebody turns a knob, it would come when that is told of, elsewhere than for others. */
  spread (voice);
  voice->cents_from = from;
  voice->glide = from != note->cents ? note->glide : 0;
  tutti_ahdsr_resume (&voice->amp, note->frame);
  tutti_ahdsr_resume (&voice->env, note->frame);
}

void
tutti_synth_release (TuttiSynthVoice *voice, int64_t frame)
{
  tutti_ahdsr_release (&voice->amp, frame);
  tutti_ahdsr_release (&voice->env, frame);
}

void
tutti_synth_turn (TuttiSynthVoice *voice, const int16_t *before, const int16_t *after)
{
  for (unsigned i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    if (voice->patch[i] == before[i])
      voice->patch[i] = after[i];
  spread (voice);
}

/* ---- sounding ---- */

typedef struct
{
  unsigned        n;            /* frames */
  unsigned        groups;
  float           share;        /* 1 / n */
  TuttiSynthPoint from, to;
  TuttiLanes      left[TUTTI_OSC_GROUPS];
  TuttiLanes      right[TUTTI_OSC_GROUPS];
} Run;

static TuttiOscLine
line (const Run *run, float from, float to)
{
  return tutti_osc_line (from, to, run->share);
}

static TuttiOscPath
path_of (const Run *run, uint32_t phase, uint32_t from, uint32_t to, float ratio)
{
  int64_t step = (int64_t) from + (int64_t) ((double) from * (double) ratio);
  int64_t last = (int64_t) to + (int64_t) ((double) to * (double) ratio);

  return (TuttiOscPath) { phase, (uint32_t) step, (int32_t) ((last - step) / run->n) };
}

static bool
any (float from, float to)
{
  return from != 0.0f || to != 0.0f;
}

TUTTI_CLONES static void
add (TuttiLanes *to, const TuttiLanes *what, TuttiOscLine gain, float times, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    to[i] += what[i] * (tutti_osc_line4 (gain, i) * times);
}

TUTTI_CLONES static void
multiply (TuttiLanes *to, const TuttiLanes *by, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    to[i] *= by[i];
}

static void
add_both (const TuttiSynthVoice *voice, Run *run, unsigned i, const TuttiLanes *what, float from, float to)
{
  if (!any (from, to))
    return;
  add (run->left, what, line (run, from, to), voice->left[i], run->groups);
  if (voice->stereo)
    add (run->right, what, line (run, from, to), voice->right[i], run->groups);
}

/* One pair of A and B. */
static void
run_pair (TuttiSynthVoice *voice, Run *run, unsigned i)
{
  const TuttiSynthPoint *from = &run->from, *to = &run->to;
  TuttiOscPath a = path_of (run, voice->phase_a[i], from->step_a, to->step_a, voice->ratio[i]);
  TuttiOscPath b = path_of (run, voice->phase_b[i], from->step_b, to->step_b, voice->ratio[i]);
  bool fm = any (from->fm, to->fm), ring = any (from->ring, to->ring);
  TuttiLanes out_a[TUTTI_OSC_GROUPS], out_b[TUTTI_OSC_GROUPS];

  if (fm || ring || any (from->b, to->b))
    tutti_osc_run (voice->patch[TUTTI_PATCH_B_WAVE], b, line (run, from->width_b, to->width_b), NULL, (TuttiOscLine) { 0 },
                   run->groups, out_b);
  if (ring || any (from->a, to->a))
    {
      tutti_osc_run (voice->patch[TUTTI_PATCH_A_WAVE], a, line (run, from->width_a, to->width_a), fm ? out_b : NULL,
                     line (run, from->fm, to->fm), run->groups, out_a);
      add_both (voice, run, i, out_a, from->a, to->a);
    }
  if (any (from->b, to->b))
    add_both (voice, run, i, out_b, from->b, to->b);
  if (ring)
    {
      multiply (out_a, out_b, run->groups);
      add_both (voice, run, i, out_a, from->ring, to->ring);
    }
  voice->phase_a[i] = tutti_osc_end (a, run->n);
  voice->phase_b[i] = tutti_osc_end (b, run->n);
}

/* What there is one of; it lies in the middle. */
static void
add_middle (const TuttiSynthVoice *voice, Run *run, const TuttiLanes *what, float from, float to)
{
  add (run->left, what, line (run, from, to), 1.0f, run->groups);
  if (voice->stereo)
    add (run->right, what, line (run, from, to), 1.0f, run->groups);
}

static void
run_sources (TuttiSynthVoice *voice, Run *run)
{
  const TuttiSynthPoint *from = &run->from, *to = &run->to;
  TuttiOscPath sub = path_of (run, voice->phase_sub, from->step_a / 2, to->step_a / 2, 0.0f);
  TuttiLanes out[TUTTI_OSC_GROUPS];

  memset (run->left, 0, sizeof run->left);
  memset (run->right, 0, sizeof run->right);
  for (unsigned i = 0; i < voice->n; i++)
    run_pair (voice, run, i);
  if (any (from->sub, to->sub))
    {
      tutti_osc_run (TUTTI_WAVE_SINE, sub, (TuttiOscLine) { 0 }, NULL, (TuttiOscLine) { 0 }, run->groups, out);
      add_middle (voice, run, out, from->sub, to->sub);
    }
  voice->phase_sub = tutti_osc_end (sub, run->n);
  if (any (from->noise, to->noise))
    {
      tutti_osc_noise (voice->noise, run->groups, out);
      add_middle (voice, run, out, from->noise, to->noise);
    }
}

TUTTI_CLONES static void
bend (TuttiLanes *frames, TuttiOscLine drive, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    frames[i] = tutti_bend4 (frames[i] * tutti_osc_line4 (drive, i));
}

static void
run_drive (const TuttiSynthVoice *voice, Run *run)
{
  if (run->from.drive == 1.0f && run->to.drive == 1.0f)
    return;
  bend (run->left, line (run, run->from.drive, run->to.drive), run->groups);
  if (voice->stereo)
    bend (run->right, line (run, run->from.drive, run->to.drive), run->groups);
}

static void
run_filter (TuttiSynthVoice *voice, Run *run)
{
  TuttiLanes both[TUTTI_BLOCK];
  float left[TUTTI_BLOCK], right[TUTTI_BLOCK];

  if (voice->patch[TUTTI_PATCH_FILTER] >= TUTTI_VCF_NONE)
    return;
  memcpy (left, run->left, sizeof left);
  memcpy (right, run->right, sizeof right);
  for (unsigned i = 0; i < run->n; i++)
    both[i] = (TuttiLanes) { left[i], right[i], 0.0f, 0.0f };
  tutti_vcf_run (&voice->vcf, voice->patch[TUTTI_PATCH_FILTER], run->from.vcf, run->to.vcf, both, run->n);
  for (unsigned i = 0; i < run->n; i++)
    {
      left[i] = both[i][0];
      right[i] = both[i][1];
    }
  memcpy (run->left, left, sizeof left);
  memcpy (run->right, right, sizeof right);
}

TUTTI_CLONES static void
mix (float *restrict bus, const float *restrict what, const float *restrict amp, float from, float slope, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    bus[i] += what[i] * (amp[i] * (from + slope * (float) (int32_t) i));
}

void
tutti_synth_run (TuttiSynthVoice *voice, int64_t frame, unsigned first, const TuttiLfoTime *time, TuttiBlock *bus, bool both)
{
  float amp[TUTTI_BLOCK], side[TUTTI_BLOCK];
  float slope;
  Run run;

  run.n = TUTTI_BLOCK - first;
  run.groups = (run.n + 3) / 4;
  run.share = 1.0f / (float) (int32_t) run.n;
  run.from = voice->now;
  run.to = voice->now = point_at (voice, frame + run.n, time);
  run_sources (voice, &run);
  run_drive (voice, &run);
  run_filter (voice, &run);
  if (bus == NULL)
    return;
  slope = (run.to.level - run.from.level) * run.share;
  tutti_ahdsr_fill (&voice->amp, frame, run.n, amp);
  memcpy (side, run.left, sizeof side);
  mix (bus->left + first, side, amp, run.from.level, slope, run.n);
  if (!both)
    return;
  if (voice->stereo)
    memcpy (side, run.right, sizeof side);
  mix (bus->right + first, side, amp, run.from.level, slope, run.n);
}
