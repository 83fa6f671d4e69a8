/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-dynamics.h"

#include "tutti-lanes.h"
#include "tutti-math.h"

#define POINT TUTTI_DYNAMICS_POINT
#define POINTS TUTTI_DYNAMICS_POINTS
#define OCTAVES_A_CENTIBEL 0.00166096404744368118
/* So little is nothing: a ten-thousandth of a decibel. */
#define REST 2e-5f

/* The share of the way that one point goes, of a pole that needs @ms for 63 % of it. */
static float
share_of (double ms)
{
  return (float) (1.0 - tutti_exp2 (-1.4426950408889634 * POINT * 1000.0 / (ms * TUTTI_RATE)));
}

/* The largest size in each four frames. Anything that is no number counts as loud. */
TUTTI_CLONES static void
peaks_of (const TuttiBlock *key, float *restrict peak)
{
  float most[TUTTI_BLOCK];

  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      float left = tutti_size (key->left[i]), right = tutti_size (key->right[i]);

      most[i] = left > right ? left : right;
    }
  for (unsigned j = 0; j < POINTS; j++)
    {
      float a = most[POINT * j] > most[POINT * j + 1] ? most[POINT * j] : most[POINT * j + 1];
      float b = most[POINT * j + 2] > most[POINT * j + 3] ? most[POINT * j + 2] : most[POINT * j + 3];
      float c = a > b ? a : b;

      peak[j] = c < 1e4f ? c : 1e4f;
    }
}

/* Logarithm to base 2, 1e-6 off at most; of nothing, that of 1e-6. */
TUTTI_INLINE float
log2_of (float x)
{
  int32_t bits;
  float m, s, q;

  x = x > 1e-6f ? x : 1e-6f;
  memcpy (&bits, &x, sizeof bits);
  int32_t exponent = (bits >> 23) - 127;
  bits = (bits & 0x7fffff) | 0x3f800000;
  memcpy (&m, &bits, sizeof m);
  s = (m - 1.41421356f) / (m + 1.41421356f);
  q = s * s;
  return (float) exponent + 0.5f + s * (2.88539008f + q * (0.961796694f + q * (0.577078016f + q * 0.412198583f)));
}

/* How far each point is to be pushed down. */
TUTTI_CLONES static void
reductions_of (const TuttiCompressor *c, const float *peak, float *restrict wanted)
{
  for (unsigned j = 0; j < POINTS; j++)
    {
      float over = log2_of (peak[j]) - c->threshold, half = 0.5f * c->knee;
      float bend = over + half < c->knee ? over + half : c->knee;
      float past = over - half > 0.0f ? over - half : 0.0f;

      bend = bend > 0.0f ? bend : 0.0f;
      wanted[j] = c->slope * (bend * bend / (2.0f * c->knee) + past);
    }
}

TUTTI_CLONES static void
gains_of (const TuttiCompressor *c, const float *reduction, float *restrict gain)
{
  for (unsigned j = 0; j < POINTS; j++)
    gain[j] = tutti_quick_exp2 (-reduction[j]) * tutti_between (c->makeup, c->aim_makeup, (float) (int32_t) (j + 1) * (1.0f / POINTS));
}

/* The last frame of each four has the gain of its point. */
TUTTI_CLONES static void
draw (TuttiBlock *block, float last, const float *gain)
{
  float begin[POINTS], by_frame[TUTTI_BLOCK];

  begin[0] = last;
  memcpy (begin + 1, gain, (POINTS - 1) * sizeof *gain);
  for (unsigned j = 0; j < POINTS; j++)
    for (unsigned k = 0; k < POINT; k++)
      by_frame[POINT * j + k] = k == POINT - 1 ? gain[j] : tutti_between (begin[j], gain[j], (float) (k + 1) * (1.0f / POINT));
  for (unsigned i = 0; i < TUTTI_BLOCK; i++)
    {
      block->left[i] *= by_frame[i];
      block->right[i] *= by_frame[i];
    }
}

TUTTI_CLONES static float
largest_of (const float *x)
{
  float largest = 0.0f;

  for (unsigned j = 0; j < POINTS; j++)
    largest = x[j] > largest ? x[j] : largest;
  return largest;
}

/* ---- compressor ---- */

void
tutti_compressor_reset (TuttiCompressor *compressor)
{
  *compressor = (TuttiCompressor) { .gain = 1.0f, .makeup = 1.0f, .aim_makeup = 1.0f, .knee = 1e-3f,
                                    .attack = 1.0f, .release = 1.0f, .fresh = true };
}

void
tutti_compressor_set (TuttiCompressor *compressor, const TuttiCompressorValues *values)
{
  double knee = tutti_clamp (values->knee, 0, 2400) * OCTAVES_A_CENTIBEL;

  compressor->threshold = (float) (tutti_clamp (values->threshold, -6000, 0) * OCTAVES_A_CENTIBEL);
  compressor->slope = (float) (1.0 - 100.0 / tutti_clamp (values->ratio, 100, 2000));
  compressor->attack = share_of (tutti_clamp (values->attack, 1, 2000) * 0.1);
  compressor->release = share_of (tutti_clamp (values->release, 5, 3000));
  /* A hard knee is a very small one, so that nothing is divided by 0. */
  compressor->knee = (float) (knee > 1e-3 ? knee : 1e-3);
  compressor->aim_makeup = tutti_gain (tutti_clamp (values->makeup, -1200, 2400));
}

void
tutti_compressor_run (TuttiCompressor *compressor, TuttiBlock *block, const TuttiBlock *key)
{
  float peak[POINTS], wanted[POINTS], gain[POINTS], now = compressor->reduction;

  if (compressor->fresh)
    compressor->gain = compressor->makeup = compressor->aim_makeup;
  compressor->fresh = false;
  peaks_of (key, peak);
  reductions_of (compressor, peak, wanted);
  for (unsigned j = 0; j < POINTS; j++)
    {
      float gap = wanted[j] - now;

      now += gap * (gap > 0.0f ? compressor->attack : compressor->release);
      wanted[j] = now;
    }
  compressor->reduction = now < REST ? 0.0f : now;
  wanted[POINTS - 1] = compressor->reduction;
  compressor->most = largest_of (wanted);
  gains_of (compressor, wanted, gain);
  draw (block, compressor->gain, gain);
  compressor->gain = gain[POINTS - 1];
  compressor->makeup = compressor->aim_makeup;
}

float
tutti_compressor_least (const TuttiCompressor *compressor)
{
  return tutti_quick_exp2 (-compressor->most);
}

bool
tutti_compressor_rests (const TuttiCompressor *compressor)
{
  return compressor->reduction == 0.0f && compressor->makeup == compressor->aim_makeup;
}

/* ---- gate ---- */

void
tutti_gate_reset (TuttiGate *gate)
{
  *gate = (TuttiGate) { .floor = 0.0f, .attack = 1.0f, .release = 1.0f, .least = 1.0f, .fresh = true };
}

void
tutti_gate_set (TuttiGate *gate, const TuttiGateValues *values)
{
  int32_t threshold = tutti_clamp (values->threshold, -8000, 0);

  gate->open_above = tutti_gain (threshold);
  gate->close_below = tutti_gain (threshold - 300);
  gate->attack = share_of (tutti_clamp (values->attack, 1, 1000) * 0.1);
  gate->release = share_of (tutti_clamp (values->release, 5, 3000));
  gate->hold = (uint32_t) tutti_clamp (values->hold, 0, 1000) * (TUTTI_RATE / 1000 / POINT);
  gate->floor = values->range <= -9000 ? 0.0f : tutti_gain (values->range < 0 ? values->range : 0);
}

/* Whether it is open after a point of @peak. */
static bool
opens (TuttiGate *gate, float peak)
{
  if (peak >= gate->open_above || (gate->open && peak >= gate->close_below))
    {
      gate->open = true;
      gate->held = gate->hold;
    }
  else if (gate->held > 0)
    gate->held--;
  else
    gate->open = false;
  return gate->open;
}

void
tutti_gate_run (TuttiGate *gate, TuttiBlock *block, const TuttiBlock *key)
{
  float peak[POINTS], gain[POINTS], now = gate->fresh ? gate->floor : gate->gain;

  gate->gain = gate->least = now;
  gate->fresh = false;
  peaks_of (key, peak);
  for (unsigned j = 0; j < POINTS; j++)
    {
      float aim = opens (gate, peak[j]) ? 1.0f : gate->floor, gap = aim - now;
      float next = now + gap * (gate->open ? gate->attack : gate->release);

      /* Near 1 a slow one takes steps too small for a float: it would stay there, and never rest. */
      now = tutti_size (gap) < REST || next == now ? aim : next;
      gain[j] = now;
      gate->least = now < gate->least ? now : gate->least;
    }
  draw (block, gate->gain, gain);
  gate->gain = now;
}

bool
tutti_gate_rests (const TuttiGate *gate)
{
  return !gate->open && gate->gain == gate->floor;
}
