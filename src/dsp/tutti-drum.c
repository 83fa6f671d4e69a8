/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-drum.h"

#include "tutti-exp.h"
#include "tutti-math.h"
#include "tutti-osc.h"
#include <string.h>

#define FRAMES_OF_MS (TUTTI_RATE / 1000)
#define HZ (4294967296.0 / TUTTI_RATE)
/* Drums are written for this key. */
#define ROOT_CENTS 6000
#define CLICK (3 * FRAMES_OF_MS)
/* A clap is several hands, so far apart. */
#define HANDS 3
#define HANDS_APART (10 * FRAMES_OF_MS)

/* What makes a drum that drum. */
typedef struct
{
  double  hz;                   /* of the first tone */
  float   ratio[TUTTI_DRUM_TONES]; /* of the tones to the first; 0 none */
  float   share[TUTTI_DRUM_TONES]; /* of the tones in the body */
  uint8_t wave;                 /* TuttiWave */
  uint8_t filter;               /* TuttiVcfType */
  bool    metal;                /* the body goes through the filter too */
  float   dark, bright;         /* cut-off at the ends of the colour, ‰ of its scale */
  float   resonance;
  uint8_t hands;
} Model;

/* The six frequencies of metal are those of a well-known drum machine of 1980, as its service notes have them. */
#define METAL { 1.0f, 1.483f, 1.8f, 2.546f, 2.63f, 3.897f }, { 0.17f, 0.17f, 0.17f, 0.17f, 0.17f, 0.17f }

static const Model models[TUTTI_N_DRUMS] = {
  [TUTTI_DRUM_KICK] = { 46.0, { 1.0f }, { 1.0f }, TUTTI_WAVE_SINE, TUTTI_VCF_LOW12, false, 450, 850, 0.1f, 0 },
  [TUTTI_DRUM_SNARE] = { 178.0, { 1.0f, 1.83f }, { 0.7f, 0.4f }, TUTTI_WAVE_SINE, TUTTI_VCF_HIGH12, false, 450, 800, 0.1f, 0 },
  [TUTTI_DRUM_CLAP] = { 900.0, { 0.0f }, { 0.0f }, TUTTI_WAVE_SINE, TUTTI_VCF_BAND12, false, 480, 720, 0.45f, HANDS },
  [TUTTI_DRUM_HAT] = { 410.0, METAL, TUTTI_WAVE_SQUARE, TUTTI_VCF_HIGH12, true, 750, 950, 0.3f, 0 },
  [TUTTI_DRUM_TOM] = { 98.0, { 1.0f, 1.52f }, { 0.9f, 0.12f }, TUTTI_WAVE_SINE, TUTTI_VCF_LOW12, false, 400, 800, 0.1f, 0 },
  [TUTTI_DRUM_CYMBAL] = { 342.0, METAL, TUTTI_WAVE_SQUARE, TUTTI_VCF_HIGH12, true, 650, 900, 0.2f, 0 },
  [TUTTI_DRUM_RIM] = { 455.0, { 1.0f, 3.66f }, { 0.5f, 0.5f }, TUTTI_WAVE_TRIANGLE, TUTTI_VCF_HIGH12, true, 400, 700, 0.3f, 0 },
  [TUTTI_DRUM_COWBELL] = { 540.0, { 1.0f, 1.4815f }, { 0.5f, 0.5f }, TUTTI_WAVE_SQUARE, TUTTI_VCF_BAND12, true, 600, 760, 0.5f, 0 },
  [TUTTI_DRUM_SHAKER] = { 900.0, { 0.0f }, { 0.0f }, TUTTI_WAVE_SINE, TUTTI_VCF_BAND12, false, 760, 960, 0.4f, 0 },
};

static float
share (const TuttiDrumVoice *voice, TuttiPatchIndex index)
{
  return (float) voice->patch[index] * 0.001f;
}

void
tutti_drum_start (TuttiDrumVoice *voice, TuttiDrumModel model, const TuttiSynthNote *note)
{
  static const int16_t for_ever[5] = { 0, 0, 0, 1000, 0 };
  const int16_t *p = note->patch;

  memset (voice, 0, sizeof *voice);
  memcpy (voice->patch, p, sizeof voice->patch);
  voice->model = (uint8_t) model;
  voice->start_frame = note->frame;
  voice->cents = note->cents - ROOT_CENTS;
  voice->velocity = 1.0f + share (voice, TUTTI_PATCH_VELOCITY) * (note->level - 1.0f);
  for (unsigned i = 0; i < 4; i++)
    voice->random[i] = (note->seed + i) * 0x9e3779b9u;
  tutti_ahdsr_start (&voice->body, (int16_t[5]) { 0, 0, p[TUTTI_PATCH_DRUM_DECAY], 0, 0 }, note->frame);
  tutti_ahdsr_start (&voice->noise, (int16_t[5]) { 0, 0, p[TUTTI_PATCH_DRUM_NOISE_DECAY], 0, 0 }, note->frame);
  voice->noise.hold = models[model].hands * HANDS_APART;
  tutti_ahdsr_start (&voice->fade, for_ever, note->frame);
}

void
tutti_drum_cut (TuttiDrumVoice *voice, int64_t frame, int32_t frames)
{
  tutti_ahdsr_cut (&voice->fade, frame, frames);
}

bool
tutti_drum_over (const TuttiDrumVoice *voice, int64_t frame)
{
  return tutti_ahdsr_over (&voice->fade, frame) ||
         (tutti_ahdsr_over (&voice->body, frame) && tutti_ahdsr_over (&voice->noise, frame));
}

typedef struct
{
  int64_t      frame;
  unsigned     n;               /* frames */
  unsigned     groups;
  TuttiLanes   body[TUTTI_OSC_GROUPS];
  TuttiLanes   noise[TUTTI_OSC_GROUPS];
} Run;

/* The phase of the first tone a frame; it falls as a cube does. */
static double
step_at (const TuttiDrumVoice *voice, int64_t frame)
{
  const int16_t *p = voice->patch;
  double left = 1.0 - (double) (frame - voice->start_frame) / (double) (p[TUTTI_PATCH_DRUM_BEND_TIME] * FRAMES_OF_MS);
  double cents = voice->cents + p[TUTTI_PATCH_DRUM_PITCH];

  if (left > 0.0)
    cents += p[TUTTI_PATCH_DRUM_BEND] * left * left * left;
  return models[voice->model].hz * HZ * tutti_exp2_near (cents * (1.0 / 1200.0));
}

static uint32_t
limited (double step)
{
  return (uint32_t) (step < 1.4e9 ? step : 1.4e9);
}

TUTTI_CLONES static void
add (TuttiLanes *to, const TuttiLanes *what, float gain, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    to[i] += what[i] * gain;
}

static void
run_tones (TuttiDrumVoice *voice, Run *run)
{
  const Model *model = &models[voice->model];
  double from = step_at (voice, run->frame), to = step_at (voice, run->frame + run->n);
  TuttiLanes out[TUTTI_OSC_GROUPS];

  memset (run->body, 0, sizeof run->body);
  for (unsigned i = 0; i < TUTTI_DRUM_TONES && model->ratio[i] > 0.0f; i++)
    {
      uint32_t first = limited (from * (double) model->ratio[i]), last = limited (to * (double) model->ratio[i]);
      TuttiOscPath path = { voice->phase[i], first, (int32_t) (((int64_t) last - (int64_t) first) / run->n) };

      tutti_osc_run (model->wave, path, (TuttiOscLine) { 0.5f, 0.0f }, NULL, (TuttiOscLine) { 0 }, run->groups, out);
      add (run->body, out, model->share[i], run->groups);
      voice->phase[i] = tutti_osc_end (path, run->n);
    }
}

/* Several hands: the noise falls and begins anew until the last one. */
static void
clap (const TuttiDrumVoice *voice, const Run *run, float *amp)
{
  int64_t age = run->frame - voice->start_frame;

  for (unsigned i = 0; i < run->n && age < HANDS * HANDS_APART; i++, age++)
    {
      float left = 1.0f - (float) (int32_t) (age % HANDS_APART) * (0.95f / HANDS_APART);

      amp[i] *= left * left * left;
    }
}

TUTTI_CLONES static void
scale (float *frames, const float *amp, float gain, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    frames[i] *= amp[i] * gain;
}

static void
shape (TuttiLanes *frames, const float *amp, float gain, unsigned n)
{
  float flat[TUTTI_BLOCK];

  memcpy (flat, frames, sizeof flat);
  scale (flat, amp, gain, n);
  memcpy (frames, flat, sizeof flat);
}

/* The body's click: noise of a few milliseconds that no filter sees. */
static void
add_click (const TuttiDrumVoice *voice, Run *run)
{
  float snap = share (voice, TUTTI_PATCH_DRUM_SNAP), flat[TUTTI_BLOCK], noise[TUTTI_BLOCK];
  int64_t age = run->frame - voice->start_frame;

  if (snap <= 0.0f || age >= CLICK)
    return;
  memcpy (flat, run->body, sizeof flat);
  memcpy (noise, run->noise, sizeof noise);
  for (unsigned i = 0; i < run->n && age + i < CLICK; i++)
    {
      float left = 1.0f - (float) (int32_t) (age + i) * (1.0f / CLICK);

      flat[i] += noise[i] * (snap * left * left * left);
    }
  memcpy (run->body, flat, sizeof flat);
}

static void
run_filter (TuttiDrumVoice *voice, Run *run)
{
  const Model *model = &models[voice->model];
  float cutoff = model->dark + (model->bright - model->dark) * share (voice, TUTTI_PATCH_DRUM_COLOUR), flat[TUTTI_BLOCK];
  TuttiVcfPoint point = tutti_vcf_point (model->filter, cutoff, model->resonance);
  TuttiLanes frames[TUTTI_BLOCK];

  memcpy (flat, run->noise, sizeof flat);
  for (unsigned i = 0; i < run->n; i++)
    frames[i] = (TuttiLanes) { flat[i], 0.0f, 0.0f, 0.0f };
  tutti_vcf_run (&voice->vcf, model->filter, point, point, frames, run->n);
  for (unsigned i = 0; i < run->n; i++)
    flat[i] = frames[i][0];
  memcpy (run->noise, flat, sizeof flat);
}

TUTTI_CLONES static void
bend (TuttiLanes *frames, float drive, unsigned groups)
{
  for (unsigned i = 0; i < groups; i++)
    frames[i] = tutti_bend4 (frames[i] * drive);
}

TUTTI_CLONES static void
mix (float *restrict bus, const float *restrict what, const float *restrict amp, float gain, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    bus[i] += what[i] * (amp[i] * gain);
}

static void
run_parts (TuttiDrumVoice *voice, Run *run)
{
  const Model *model = &models[voice->model];
  float amp[TUTTI_BLOCK], tone = share (voice, TUTTI_PATCH_DRUM_TONE), drive = share (voice, TUTTI_PATCH_DRIVE);

  run_tones (voice, run);
  tutti_osc_noise (voice->random, run->groups, run->noise);
  tutti_ahdsr_fill (&voice->body, run->frame, run->n, amp);
  shape (run->body, amp, tone, run->n);
  add_click (voice, run);
  tutti_ahdsr_fill (&voice->noise, run->frame, run->n, amp);
  if (model->hands > 0)
    clap (voice, run, amp);
  shape (run->noise, amp, share (voice, TUTTI_PATCH_NOISE), run->n);
  if (model->metal)
    add (run->noise, run->body, 1.0f, run->groups);
  run_filter (voice, run);
  if (!model->metal)
    add (run->noise, run->body, 1.0f, run->groups);
  if (drive > 0.0f)
    bend (run->noise, 1.0f + 15.0f * drive * drive, run->groups);
}

void
tutti_drum_run (TuttiDrumVoice *voice, int64_t frame, unsigned first, TuttiBlock *bus, bool both)
{
  Run run = { .frame = frame, .n = TUTTI_BLOCK - first, .groups = (TUTTI_BLOCK - first + 3) / 4 };
  float level = voice->velocity * tutti_gain (voice->patch[TUTTI_PATCH_LEVEL]);
  float fade[TUTTI_BLOCK], flat[TUTTI_BLOCK];

  run_parts (voice, &run);
  if (bus == NULL)
    return;
  tutti_ahdsr_fill (&voice->fade, frame, run.n, fade);
  memcpy (flat, run.noise, sizeof flat);
  mix (bus->left + first, flat, fade, level, run.n);
  if (both)
    mix (bus->right + first, flat, fade, level, run.n);
}
