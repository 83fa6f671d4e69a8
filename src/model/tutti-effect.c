/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-effect.h"

const char * const tutti_effect_names[] = {
  "filter", "drive", "crush", "eq", "compressor", "limiter", "chorus", "flanger", "phaser", "delay", "reverb", "width", "gate",
  "tremolo", NULL
};

#define PERMILLE "1/1000"
#define CENTIBEL "1/100 dB"
#define FREQUENCY "1/1000 of 20 Hz to 20 kHz"
#define TICKS "1/960 quarter"
#define MIX(initial) { "mix", PERMILLE, 0, 1000, initial }
#define RATE(initial) { "rate", "1/1000 Hz", 0, 10000, initial }
#define SPREAD(initial) { "spread", PERMILLE, 0, 1000, initial }

static const TuttiEffectValueSpec specs[TUTTI_N_EFFECTS][TUTTI_EFFECT_VALUES_MAX] = {
  [TUTTI_EFFECT_FILTER] = { { "type", "0 low, 1 band, 2 high", 0, 2, 0 }, { "cutoff", FREQUENCY, 0, 1000, 800 },
                            { "resonance", PERMILLE, 0, 1000, 200 } },
  [TUTTI_EFFECT_DRIVE] = { { "amount", PERMILLE, 0, 1000, 300 }, { "level", PERMILLE, 0, 1000, 700 } },
  [TUTTI_EFFECT_CRUSH] = { { "bits", "bits", 1, 16, 8 }, { "rate", "1/48000 s", 1, 64, 4 }, MIX (1000) },
  [TUTTI_EFFECT_EQ] = { { "low", CENTIBEL, -1800, 1800, 0 }, { "mid", CENTIBEL, -1800, 1800, 0 },
                        { "high", CENTIBEL, -1800, 1800, 0 }, { "low-cut", FREQUENCY ", 0 is off", 0, 1000, 0 },
                        { "low-frequency", FREQUENCY, 0, 1000, 233 }, { "mid-frequency", FREQUENCY, 0, 1000, 566 },
                        { "mid-quality", "1/100", 10, 1800, 90 }, { "high-frequency", FREQUENCY, 0, 1000, 867 } },
  [TUTTI_EFFECT_COMPRESSOR] = { { "threshold", CENTIBEL, -6000, 0, -1800 }, { "ratio", "1/100", 100, 2000, 300 },
                                { "attack", "1/10 ms", 1, 2000, 80 }, { "release", "ms", 5, 3000, 90 },
                                { "make-up", CENTIBEL, -1200, 2400, 200 }, MIX (1000), { "knee", CENTIBEL, 0, 2400, 600 } },
  [TUTTI_EFFECT_LIMITER] = { { "ceiling", CENTIBEL, -2400, 0, -100 }, { "gain", CENTIBEL, 0, 2400, 0 },
                             { "release", "ms", 10, 2000, 100 } },
  [TUTTI_EFFECT_CHORUS] = { RATE (600), { "depth", PERMILLE, 0, 1000, 300 }, { "delay", "1/100 ms", 200, 3000, 1400 }, SPREAD (500),
                            MIX (500) },
  [TUTTI_EFFECT_FLANGER] = { RATE (200), { "depth", PERMILLE, 0, 1000, 800 }, { "delay", "1/100 ms", 10, 1500, 250 },
                             { "feedback", PERMILLE, -900, 900, 500 }, SPREAD (250), MIX (500) },
  [TUTTI_EFFECT_PHASER] = { RATE (300), { "depth", PERMILLE, 0, 1000, 400 }, { "centre", FREQUENCY, 0, 1000, 530 },
                            { "feedback", PERMILLE, -900, 900, 400 }, SPREAD (250), MIX (500) },
  [TUTTI_EFFECT_DELAY] = { { "time", TICKS, 20, 7680, 720 }, { "feedback", PERMILLE, 0, 900, 400 },
                           { "damping", PERMILLE, 0, 1000, 250 }, { "ping-pong", PERMILLE, 0, 1000, 1000 }, MIX (300) },
  [TUTTI_EFFECT_REVERB] = { { "decay", "ms", 100, 10000, 1800 }, { "damping", PERMILLE, 0, 1000, 400 },
                            { "pre-delay", "ms", 0, 160, 15 }, { "modulation", PERMILLE, 0, 1000, 350 },
                            { "width", PERMILLE, 0, 2000, 1000 }, MIX (250) },
  [TUTTI_EFFECT_WIDTH] = { { "width", PERMILLE, 0, 2000, 1000 }, { "balance", PERMILLE, -1000, 1000, 0 } },
  [TUTTI_EFFECT_GATE] = { { "threshold", CENTIBEL, -8000, 0, -4000 }, { "attack", "1/10 ms", 1, 1000, 10 },
                          { "hold", "ms", 0, 1000, 40 }, { "release", "ms", 5, 3000, 120 },
                          { "range", CENTIBEL ", -9000 shuts all out", -9000, 0, -9000 } },
  [TUTTI_EFFECT_TREMOLO] = { { "time", TICKS, 20, 7680, 480 }, { "depth", PERMILLE, 0, 1000, 600 },
                             { "shape", PERMILLE ", 0 a sine, 1000 a square", 0, 1000, 0 }, SPREAD (0) },
};

const TuttiEffectValueSpec *
tutti_effect_value_spec (TuttiEffectKind kind, guint index)
{
  return &specs[kind][index];
}

guint
tutti_effect_count_values (TuttiEffectKind kind)
{
  guint n = 0;

  while (n < TUTTI_EFFECT_VALUES_MAX && specs[kind][n].name != NULL)
    n++;
  return n;
}

gboolean
tutti_effect_is_big (TuttiEffectKind kind)
{
  return kind == TUTTI_EFFECT_LIMITER || kind == TUTTI_EFFECT_CHORUS || kind == TUTTI_EFFECT_FLANGER || kind == TUTTI_EFFECT_DELAY ||
         kind == TUTTI_EFFECT_REVERB;
}

gboolean
tutti_effect_takes_key (TuttiEffectKind kind)
{
  return kind == TUTTI_EFFECT_COMPRESSOR || kind == TUTTI_EFFECT_GATE;
}
