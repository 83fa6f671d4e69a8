/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One hash for each kernel, effect and built-in sound, compared with the golden ones. The build makes this program several
 * times, from the same sources with different optimisation and compilers; all must give the committed bits.
 * "hash-dsp --print" prints the table for golden-dsp.h, to be replaced only when a sound is meant to change. */
#include "tutti-any-voice.h"
#include "tutti-chorus.h"
#include "tutti-crush.h"
#include "tutti-delay.h"
#include "tutti-drive.h"
#include "tutti-dynamics.h"
#include "tutti-eq.h"
#include "tutti-filter.h"
#include "tutti-fingerprint.h"
#include "tutti-glide.h"
#include "tutti-kit.h"
#include "tutti-limiter.h"
#include "tutti-math.h"
#include "tutti-peak-limiter.h"
#include "tutti-phaser.h"
#include "tutti-preset.h"
#include "tutti-reverb.h"
#include "tutti-sinc-table.h"
#include "tutti-sinc.h"
#include "tutti-tremolo.h"
#include "tutti-width.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *name;
  uint64_t    hash;
} golden[] = {
#include "golden-dsp.h"
};

#define N_BLOCKS 1500

static bool print;
static unsigned n_checked, n_wrong;

static void
check (const char *name, uint64_t hash)
{
  uint64_t expected = 0;

  for (size_t i = 0; i < sizeof golden / sizeof *golden; i++)
    if (strcmp (golden[i].name, name) == 0)
      expected = golden[i].hash;
  n_checked++;
  if (print)
    {
      printf ("  { \"%s\", 0x%016" PRIx64 " },\n", name, hash);
      return;
    }
  n_wrong += hash != expected;
  printf ("%s %u - %s\n", hash == expected ? "ok" : "not ok", n_checked, name);
  if (hash != expected)
    printf ("# is 0x%016" PRIx64 ", golden 0x%016" PRIx64 "\n", hash, expected);
}

static uint32_t seed = 1;

static float
noise (void)
{
  seed = seed * 1664525u + 1013904223u;
  return (float) (int32_t) seed * 0x1p-31f;
}

/* Bursts of noise with silence between, and a slow swing under it. */
static TuttiBlock
source (unsigned block)
{
  TuttiBlock x;

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float swing = (float) tutti_sin_turns ((block * TUTTI_BLOCK + i) / 431.0) * 0.5f;
      x.left[i] = block / 50 % 3 == 2 ? 0.0f : noise () * 0.7f + swing;
      x.right[i] = block / 50 % 3 == 2 ? 0.0f : noise () * 0.7f - swing;
    }
  return x;
}

static void
check_math (void)
{
  TuttiFingerprint f;

  tutti_fingerprint_reset (&f);
  for (int i = -4000; i < 4000; i++)
    {
      double x = i * 0.37;
      double y[8] = { tutti_sin (x), tutti_cos (x), tutti_exp2 (x * 0.1), tutti_log2 (tutti_exp2 (x * 0.03)),
                      tutti_tan_pi ((i + 4000) / 17000.0), tutti_sin_turns (x), tutti_gain (i * 3),
                      (double) tutti_pitch_step (i) };
      float halves[16];

      memcpy (halves, y, sizeof halves);
      for (int k = 0; k < 16; k++)
        {
          /* Raw bits as two small floats each, since the halves of a double may look like no number. */
          uint32_t bits;
          memcpy (&bits, &halves[k], 4);
          float low = (float) (bits & 0xffff), high = (float) (bits >> 16);
          tutti_fingerprint_feed (&f, &low, &high, 1);
        }
    }
  check ("math", tutti_fingerprint_value (&f));
}

static void
check_voices (const char *name, unsigned n_channels, bool wide)
{
  static float data[2 * 20000];
  TuttiFingerprint f;
  bool possible = tutti_sinc_wide;

  seed = 7;
  for (unsigned i = 0; i < 20000 * n_channels; i++)
    data[i] = noise ();
  TuttiSample *sample = tutti_sample_new (data, n_channels, 20000);
  tutti_sinc_wide = wide && possible;
  tutti_fingerprint_reset (&f);
  for (int cents = -4800; cents <= 4800; cents += 50)
    {
      int64_t step = tutti_pitch_step (cents), position = (cents + 4800) * 12345;
      TuttiGainRamp gain = { 0.9f, 0.1f, -0.011f, 0.013f };

      for (int b = 0; b < 20; b++, position += TUTTI_BLOCK * step)
        {
          TuttiBlock bus = { 0 };
          tutti_sinc_add (sample, position, step, &gain, 0, TUTTI_BLOCK, &bus);
          tutti_fingerprint_feed (&f, bus.left, bus.right, TUTTI_BLOCK);
        }
    }
  tutti_sinc_wide = possible;
  tutti_sample_free (sample);
  check (name, tutti_fingerprint_value (&f));
}

typedef enum
{
  FILTER, FILTER4, DRIVE, CRUSH, DELAY, REVERB, LIMITER, GLIDE, EQ, COMPRESSOR, GATE, PEAK_LIMITER, CHORUS, FLANGER, PHASER, TREMOLO,
  WIDTH, N_EFFECTS
} Which;

static const char *const effect_name[N_EFFECTS] = { "filter", "filter-four", "drive", "crush", "delay", "reverb",
                                                    "limiter", "glide", "eq", "compressor", "gate", "peak-limiter",
                                                    "chorus", "flanger", "phaser", "tremolo", "width" };

static TuttiFilter filter[4];
static TuttiDrive drive;
static TuttiCrush crush;
static TuttiDelay delay;
static TuttiReverb reverb;
static TuttiLimiter limiter;
static TuttiGlide glide;
static TuttiEq eq;
static TuttiCompressor compressor;
static TuttiGate gate;
static TuttiPeakLimiter peak_limiter;
static TuttiChorus chorus, flanger;
static TuttiPhaser phaser;
static TuttiTremolo tremolo;
static TuttiWidth width;

static void
reset (void)
{
  for (int t = 0; t < 4; t++)
    tutti_filter_reset (&filter[t]);
  tutti_drive_reset (&drive);
  tutti_crush_reset (&crush);
  tutti_delay_reset (&delay);
  tutti_reverb_reset (&reverb);
  tutti_limiter_reset (&limiter);
  tutti_glide_init (&glide, 0.0f, 300);
  tutti_eq_reset (&eq);
  tutti_compressor_reset (&compressor);
  tutti_gate_reset (&gate);
  tutti_peak_limiter_reset (&peak_limiter);
  tutti_chorus_reset (&chorus, 2);
  tutti_chorus_reset (&flanger, 1);
  tutti_phaser_reset (&phaser);
  tutti_tremolo_reset (&tremolo);
  tutti_width_reset (&width);
}

static void
turn_more_knobs (int32_t turn)
{
  TuttiCompressorValues squeeze = { -4000 + turn * 200, 150 + turn * 90, 1 + turn * 40, 5 + turn * 30, turn * 100, turn * 100 };
  TuttiGateValues shut = { -3000 + turn * 150, 1 + turn * 20, turn * 5, 10 + turn * 20, -turn * 600 };

  for (int band = 0; band < TUTTI_EQ_BANDS; band++)
    tutti_eq_set (&eq, (TuttiEqBand) band, 50.0 + turn * 700.0 + band * 300.0, 0.3 + turn, turn * 170 - 1200);
  tutti_compressor_set (&compressor, &squeeze);
  tutti_gate_set (&gate, &shut);
  tutti_peak_limiter_set (&peak_limiter, turn * 100, -turn * 70, 20 + turn * 40);
  tutti_chorus_set (&chorus, turn * 500, 500 + turn * 150, turn * 40, 0, turn * 60);
  tutti_chorus_set (&flanger, turn * 300, 20 + turn * 40, turn * 30, turn * 120 - 900, turn * 60);
  tutti_phaser_set (&phaser, turn * 300, turn * 70, turn * 60, turn * 120 - 900, turn * 60);
  tutti_tremolo_set (&tremolo, 40 + turn * 100, turn * 70, turn * 60, turn * 70);
  tutti_width_set (&width, turn * 140, turn * 130 - 1000);
}

/* A new setting every 100 blocks. */
static void
turn_knobs (unsigned b)
{
  int32_t turn = (int32_t) (b / 100);

  for (int t = 0; t < 4; t++)
    tutti_filter_set (&filter[t], (TuttiFilterMode) ((turn + t) % 3), 3000 + turn * 700 + t * 300, turn * 70);
  tutti_drive_set (&drive, turn * 80);
  tutti_crush_set (&crush, 160 - turn * 8, 1 + turn);
  tutti_delay_set (&delay, (uint32_t) (300 + turn * 1777), 300 + turn * 60, turn * 70, (turn & 1) * 1000, 200 + turn * 50);
  tutti_reverb_set (&reverb, &(TuttiReverbValues) { 300 + turn * 500, turn * 70, turn * 9, turn % 3 * 500, turn * 120, 100 + turn * 60 });
  turn_more_knobs (turn);
  tutti_glide_aim (&glide, (float) (turn % 4) * 0.3f);
}

static TuttiBlock
apply (Which which, TuttiBlock x, unsigned b)
{
  TuttiBlock y = x, *blocks[4] = { NULL, &y, NULL, &x };
  TuttiFilter *filters[4] = { NULL, &filter[1], NULL, &filter[3] };
  TuttiEffectTime time = { (int64_t) b * TUTTI_BLOCK, (int64_t) b * TUTTI_BLOCK * 13371, 13371 };

  switch (which)
    {
    case FILTER: tutti_filter_apply (&filter[0], &x, 0, TUTTI_BLOCK); break;
    case FILTER4: tutti_filter_apply4 (filters, blocks); break;
    case DRIVE: tutti_drive_run (&drive, &x); break;
    case CRUSH: tutti_crush_apply (&crush, &x, (int64_t) b * TUTTI_BLOCK, 0, TUTTI_BLOCK); break;
    case DELAY: tutti_delay_run (&delay, &x); break;
    case REVERB: tutti_reverb_run (&reverb, &x, (int64_t) b * TUTTI_BLOCK); break;
    case LIMITER: tutti_limiter_apply (&limiter, &x, 0, TUTTI_BLOCK); break;
    case GLIDE: tutti_glide_apply (&glide, x.left, TUTTI_BLOCK); break;
    case EQ: tutti_eq_run (&eq, &x); break;
    case COMPRESSOR: tutti_compressor_run (&compressor, &x, &x); break;
    case GATE: tutti_gate_run (&gate, &x, &x); break;
    case PEAK_LIMITER: tutti_peak_limiter_run (&peak_limiter, &x); break;
    case CHORUS: tutti_chorus_run (&chorus, &x, (int64_t) b * TUTTI_BLOCK); break;
    case FLANGER: tutti_chorus_run (&flanger, &x, (int64_t) b * TUTTI_BLOCK); break;
    case PHASER: tutti_phaser_run (&phaser, &x, (int64_t) b * TUTTI_BLOCK); break;
    case TREMOLO: tutti_tremolo_run (&tremolo, &x, &time); break;
    case WIDTH: tutti_width_run (&width, &x); break;
    case N_EFFECTS: break;
    }
  return x;
}

static void
check_effect (Which which)
{
  TuttiFingerprint f;

  seed = 3;
  reset ();
  tutti_fingerprint_reset (&f);
  for (unsigned b = 0; b < N_BLOCKS; b++)
    {
      TuttiBlock x = source (b);

      if (which == LIMITER)
        for (unsigned i = 0; i < TUTTI_BLOCK; i++)
          x.left[i] *= (float) (b % 300) * 0.02f;
      if (b % 100 == 0)
        turn_knobs (b);
      x = apply (which, x, b);
      tutti_fingerprint_feed (&f, x.left, x.right, TUTTI_BLOCK);
    }
  check (effect_name[which], tutti_fingerprint_value (&f));
}

static void
check_sound (unsigned i)
{
  TuttiSample *sample = tutti_kit_make (i);
  TuttiFingerprint f;

  tutti_fingerprint_reset (&f);
  for (unsigned level = 0; level < TUTTI_SAMPLE_LEVELS; level++)
    {
      const TuttiSampleLevel *one = &sample->level[level];
      uint64_t places = (uint64_t) sample->n_frames * one->times;

      tutti_fingerprint_feed (&f, one->channel[0], one->channel[1], (size_t) ((places - 1 + (1u << one->shift)) >> one->shift));
    }
  check (tutti_kit_get (i)->id, tutti_fingerprint_value (&f));
  tutti_sample_free (sample);
}

/* A second of each preset, released half-way. */
static void
check_preset (unsigned i)
{
  const TuttiPreset *preset = tutti_preset_get (i);
  const TuttiLfoTime time = { 0, 0, 12345 };
  int16_t patch[TUTTI_N_PATCH_PARAMS];
  TuttiVoiceStart start = { .frame = 17, .level = 0.8f, .accent = true, .instrument = (uint8_t) preset->instrument,
                            .model = (uint8_t) preset->model, .root_cents = 100 * preset->root_note, .patch = patch, .seed = 5,
                            .time = time };
  TuttiAnyVoice voice;
  TuttiFingerprint f;

  tutti_preset_patch (i, patch);
  tutti_fingerprint_reset (&f);
  tutti_any_voice_start (&voice, &start);
  for (int64_t frame = 0; frame < 48000; frame += TUTTI_BLOCK)
    {
      TuttiBlock block = { { 0 }, { 0 } };

      if (frame == 24000)
        tutti_any_voice_release (&voice, frame + 9);
      if (!tutti_any_voice_run (&voice, frame, &time, &block, TUTTI_VOICE_BOTH, true))
        break;
      tutti_fingerprint_feed (&f, block.left, block.right, TUTTI_BLOCK);
    }
  check (preset->id, tutti_fingerprint_value (&f));
}

int
main (int argc, char **argv)
{
  print = argc > 1 && strcmp (argv[1], "--print") == 0;
  tutti_sinc_init ();
  tutti_synth_init ();
  check_math ();
  check_voices ("voices-mono", 1, true);
  check_voices ("voices-stereo", 2, true);
  if (!print)
    {
      check_voices ("voices-mono", 1, false);
      check_voices ("voices-stereo", 2, false);
    }
  for (int which = 0; which < N_EFFECTS; which++)
    check_effect ((Which) which);
  for (unsigned i = 0; i < tutti_kit_count (); i++)
    check_sound (i);
  for (unsigned i = 0; i < tutti_preset_count (); i++)
    check_preset (i);
  if (!print)
    printf ("1..%u\n", n_checked);
  return n_wrong > 0;
}
