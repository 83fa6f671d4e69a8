/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-any-voice.h"
#include "tutti-preset.h"

#include <glib.h>
#include <time.h>

/* Nanoseconds that a frame of a voice takes, sixteen voices in turn; the fastest of some rounds. */

#define VOICES 16
#define BLOCKS 400
#define ROUNDS 7

static const TuttiLfoTime still = { 0, 0, 12000 };

static double
now_ns (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e9 + (double) t.tv_nsec;
}

static double
bench (const TuttiVoiceStart *start)
{
  static TuttiAnyVoice voices[VOICES];
  static TuttiBlock bus;
  double best = G_MAXDOUBLE;

  for (int round = 0; round < ROUNDS; round++)
    {
      double begin;

      for (int i = 0; i < VOICES; i++)
        {
          TuttiVoiceStart own = *start;

          own.cents = 300 * i;
          tutti_any_voice_start (&voices[i], &own);
        }
      begin = now_ns ();
      for (int block = 0; block < BLOCKS; block++)
        for (int i = 0; i < VOICES; i++)
          tutti_any_voice_run (&voices[i], block * TUTTI_BLOCK, &still, &bus,
                               tutti_any_voice_mono (&voices[i]) ? TUTTI_VOICE_LEFT : TUTTI_VOICE_BOTH, true);
      best = MIN (best, now_ns () - begin);
    }
  return best / (VOICES * BLOCKS * TUTTI_BLOCK);
}

static void
bench_patch (const char *name, TuttiVcfType filter, int unison)
{
  int16_t patch[TUTTI_N_PATCH_PARAMS];
  TuttiVoiceStart start = { .end_tick = 0, .level = 1.0f, .instrument = TUTTI_INSTRUMENT_SYNTH, .root_cents = 3600, .patch = patch,
                            .time = still };

  for (int i = 0; i < TUTTI_N_PATCH_PARAMS; i++)
    patch[i] = tutti_patch_ranges[i].initial;
  patch[TUTTI_PATCH_B_LEVEL] = 1000;
  patch[TUTTI_PATCH_FILTER] = (int16_t) filter;
  patch[TUTTI_PATCH_CUTOFF] = 500;
  patch[TUTTI_PATCH_FILTER_ENV] = 300;
  patch[TUTTI_PATCH_ENV_DECAY] = 10000;
  patch[TUTTI_PATCH_UNISON] = (int16_t) unison;
  patch[TUTTI_PATCH_SPREAD] = 800;
  g_print ("%-48s %6.2f ns a voice-frame\n", name, bench (&start));
}

/* A sample of a second in a loop, or plainly. */
static void
bench_sample (const char *name, TuttiVcfType filter, TuttiSamplerLoop loop)
{
  static float frames[TUTTI_RATE];
  int16_t patch[TUTTI_N_PATCH_PARAMS], params[TUTTI_SCORE_N_PARAMS];
  TuttiVoiceStart start = { .end_tick = 0, .level = 1.0f, .patch = patch, .params = params, .time = still };

  for (int i = 0; i < TUTTI_RATE; i++)
    frames[i] = (float) (i % 109) * 0.01f - 0.5f;
  for (int i = 0; i < TUTTI_SCORE_N_PARAMS; i++)
    params[i] = tutti_param_ranges[i].initial;
  tutti_patch_fill_sampler (patch);
  patch[TUTTI_PATCH_FILTER] = (int16_t) filter;
  patch[TUTTI_PATCH_CUTOFF] = 500;
  patch[TUTTI_PATCH_FILTER_ENV] = 300;
  patch[TUTTI_PATCH_ENV_DECAY] = 10000;
  patch[TUTTI_PATCH_LOOP] = (int16_t) loop;
  patch[TUTTI_PATCH_LOOP_END] = 9000;
  start.sample = tutti_sample_new (frames, 1, TUTTI_RATE);
  start.shaped = tutti_sampler_shapes (patch);
  g_print ("%-48s %6.2f ns a voice-frame\n", name, bench (&start));
  tutti_sample_free ((TuttiSample *) start.sample);
}

int
main (int argc, char **argv)
{
  tutti_synth_init ();
  bench_patch ("two saws, no filter", TUTTI_VCF_NONE, 1);
  bench_patch ("two saws, filter of 12 dB that moves", TUTTI_VCF_LOW12, 1);
  bench_patch ("two saws, ladder of 24 dB that moves", TUTTI_VCF_LOW24, 1);
  bench_patch ("seven pairs of saws, stereo, ladder of 24 dB", TUTTI_VCF_LOW24, 7);
  bench_sample ("sample, plain", TUTTI_VCF_NONE, TUTTI_SAMPLER_ONCE);
  bench_sample ("sample, loop", TUTTI_VCF_NONE, TUTTI_SAMPLER_LOOP);
  bench_sample ("sample, loop, filter of 12 dB that moves", TUTTI_VCF_LOW12, TUTTI_SAMPLER_LOOP);
  bench_sample ("sample, loop, ladder of 24 dB that moves", TUTTI_VCF_LOW24, TUTTI_SAMPLER_LOOP);
  for (unsigned i = 0; argc > 1 && i < tutti_preset_count (); i++)
    {
      const TuttiPreset *preset = tutti_preset_get (i);
      int16_t patch[TUTTI_N_PATCH_PARAMS];
      TuttiVoiceStart start = { .end_tick = 0, .level = 1.0f, .instrument = (uint8_t) preset->instrument,
                                .model = (uint8_t) preset->model, .root_cents = 100 * preset->root_note, .patch = patch, .time = still };

      tutti_preset_patch (i, patch);
      g_print ("%-48s %6.2f ns a voice-frame\n", preset->id, bench (&start));
    }
  return 0;
}
