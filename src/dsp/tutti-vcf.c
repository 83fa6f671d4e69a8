/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-vcf.h"

#include "tutti-vcf-table.h"
#include <string.h>

TuttiVcfPoint
tutti_vcf_point (TuttiVcfType type, float cutoff, float resonance)
{
  float place = (cutoff > 0.0f ? cutoff < 1000.0f ? cutoff : 1000.0f : 0.0f) * (TUTTI_VCF_ENTRIES / 1000.0f);
  int at = (int) place;
  float r = resonance > 0.0f ? resonance < 1.0f ? resonance : 1.0f : 0.0f;
  float left = 1.0f - r;
  TuttiVcfPoint point;

  point.g = tutti_vcf_g[at] + (tutti_vcf_g[at + 1] - tutti_vcf_g[at]) * (place - (float) at);
  /* The ladder whistles above 4. The others go from a quality of 0.7 to 25, the more steeply the higher. */
  point.k = type == TUTTI_VCF_LOW24 ? 4.1f * r : 0.04f + 1.3742136f * left * left;
  return point;
}

/* ---- the ladder ---- */

/* The recursion's numbers in each frame of a block; apart from the recursion, so that they are worked out in lanes. */
typedef struct
{
  float g1[TUTTI_BLOCK], g2[TUTTI_BLOCK], g3[TUTTI_BLOCK], g4[TUTTI_BLOCK]; /* G, G², G³, G⁴ with G = g/(1 + g) */
  float h[TUTTI_BLOCK];         /* 1/(1 + g) */
  float d[TUTTI_BLOCK];         /* of what comes in: 1/(1 + k·G⁴), and half of what the resonance takes from the low end given back */
  float back[TUTTI_BLOCK];      /* of what comes back: k/(1 + k·G⁴)/(1 + g) … */
  float last[TUTTI_BLOCK];      /* … and of twice the last frame's input in it */
} Ladder;

TUTTI_INLINE void
fill_ladder (Ladder *n, TuttiVcfPoint from, float dg, float dk, unsigned frames)
{
  for (unsigned i = 0; i < frames; i++)
    {
      float g = from.g + dg * (float) (int32_t) i, k = from.k + dk * (float) (int32_t) i;
      float h = 1.0f / (1.0f + g), g1 = g * h, g2 = g1 * g1, g4 = g2 * g2, d = 1.0f / (1.0f + k * g4);

      n->g1[i] = g1;
      n->g2[i] = g2;
      n->g3[i] = g2 * g1;
      n->g4[i] = g4;
      n->h[i] = h;
      n->d[i] = d * (1.0f + 0.5f * k);
      n->back[i] = d * k * h;
    }
  /* There was none before the first one. */
  n->last[0] = 0.0f;
  for (unsigned i = 1; i < frames; i++)
    n->last[i] = n->back[i] * ((n->g3[i] * n->g1[i - 1] + n->g2[i] * n->g2[i - 1]) + (n->g1[i] * n->g3[i - 1] + n->g4[i - 1]));
}

/* What of the poles' states does not depend on the last frame's input to the first pole, and that input. Spelled out rather than in
 * arrays, so that all of it stays in registers. */
typedef struct
{
  TuttiLanes c0, c1, c2, c3;
  TuttiLanes u;                 /* twice */
} Poles;

/* (x − k·S)/(1 + k·G⁴) is what enters the first pole when nothing is bent; bending it bounds everything behind. S is written as a
 * sum over the c and a share of the u of the frame before, so that from one frame's bend to the next there are but two steps. */
TUTTI_INLINE TuttiLanes
ladder_step (Poles *poles, TuttiLanes x, const Ladder *n, unsigned i, float g1, float g2, float g3, float g4)
{
  Poles o = *poles;
  TuttiLanes q = (n->g3[i] * o.c0 + n->g2[i] * o.c1) + (n->g1[i] * o.c2 + o.c3);
  TuttiLanes u = tutti_bend4 ((n->d[i] * x - n->back[i] * q) - n->last[i] * o.u);
  TuttiLanes s0 = o.c0 + g1 * o.u, s1 = o.c1 + g2 * o.u, s2 = o.c2 + g3 * o.u, s3 = o.c3 + g4 * o.u;
  TuttiLanes y0 = n->h[i] * s0, y1 = n->h[i] * (n->g1[i] * s0 + s1), y2 = n->h[i] * ((n->g2[i] * s0 + n->g1[i] * s1) + s2);
  TuttiLanes y3 = n->h[i] * ((n->g3[i] * s0 + n->g2[i] * s1) + (n->g1[i] * s2 + s3));

  *poles = (Poles) { 2.0f * y0 - s0, 2.0f * y1 - s1, 2.0f * y2 - s2, 2.0f * y3 - s3, 2.0f * u };
  return n->g4[i] * u + y3;
}

TUTTI_INLINE void
run_ladder (TuttiLanes state[4], TuttiVcfPoint from, TuttiVcfPoint to, TuttiLanes *frames, unsigned n)
{
  float share = 1.0f / (float) (int32_t) n;
  Poles poles = { .c0 = state[0], .c1 = state[1], .c2 = state[2], .c3 = state[3] };
  Ladder ladder;

  fill_ladder (&ladder, from, (to.g - from.g) * share, (to.k - from.k) * share, n);
  frames[0] = ladder_step (&poles, frames[0], &ladder, 0, 0.0f, 0.0f, 0.0f, 0.0f);
  for (unsigned i = 1; i < n; i++)
    frames[i] = ladder_step (&poles, frames[i], &ladder, i, ladder.g1[i - 1], ladder.g2[i - 1], ladder.g3[i - 1], ladder.g4[i - 1]);
  state[0] = poles.c0 + ladder.g1[n - 1] * poles.u;
  state[1] = poles.c1 + ladder.g2[n - 1] * poles.u;
  state[2] = poles.c2 + ladder.g3[n - 1] * poles.u;
  state[3] = poles.c3 + ladder.g4[n - 1] * poles.u;
}

/* ---- two poles ---- */

typedef struct
{
  TuttiLanes a1, a2, a3, k;
  float low, band, high;
} Svf;

TUTTI_INLINE Svf
svf_at (TuttiVcfType type, float g, float k)
{
  TuttiLanes gs = { g, g, g, g }, ks = { k, k, k, k };
  TuttiLanes a1 = 1.0f / (1.0f + gs * (gs + ks)), a2 = gs * a1;

  return (Svf) { a1, a2, gs * a2, ks, (float) (type == TUTTI_VCF_LOW12), (float) (type == TUTTI_VCF_BAND12),
                 (float) (type == TUTTI_VCF_HIGH12) };
}

TUTTI_INLINE TuttiLanes
svf_step (TuttiLanes s[2], TuttiLanes x, const Svf *n)
{
  TuttiLanes v3 = x - s[1];
  TuttiLanes v1 = n->a1 * s[0] + n->a2 * v3;
  TuttiLanes v2 = s[1] + n->a2 * s[0] + n->a3 * v3;

  s[0] = 2.0f * v1 - s[0];
  s[1] = 2.0f * v2 - s[1];
  return n->low * v2 + n->band * (n->k * v1) + n->high * (x - n->k * v1 - v2);
}

TUTTI_INLINE void
run_svf (TuttiVcfType type, TuttiLanes state[2], TuttiVcfPoint from, TuttiVcfPoint to, TuttiLanes *frames, unsigned n)
{
  float share = 1.0f / (float) (int32_t) n, dg = (to.g - from.g) * share, dk = (to.k - from.k) * share;
  TuttiLanes s[2] = { state[0], state[1] };
  Svf now = svf_at (type, from.g, from.k);
  bool moves = dg != 0.0f || dk != 0.0f;

  for (unsigned i = 0; i < n; i++)
    {
      if (moves)
        now = svf_at (type, from.g + dg * (float) (int32_t) i, from.k + dk * (float) (int32_t) i);
      frames[i] = svf_step (s, frames[i], &now);
    }
  state[0] = s[0];
  state[1] = s[1];
}

/* No tail lasts for ever, and no subnormal slows us down. */
static void
flush (TuttiVcf *self)
{
  float all[16];

  memcpy (all, self->s, sizeof all);
  if (tutti_negligible (all, 16))
    memset (self->s, 0, sizeof self->s);
}

TUTTI_CLONES void
tutti_vcf_run (TuttiVcf *self, TuttiVcfType type, TuttiVcfPoint from, TuttiVcfPoint to, TuttiLanes *frames, unsigned n)
{
  switch (type)
    {
    case TUTTI_VCF_LOW24: run_ladder (self->s, from, to, frames, n); break;
    case TUTTI_VCF_LOW12: run_svf (TUTTI_VCF_LOW12, self->s, from, to, frames, n); break;
    case TUTTI_VCF_BAND12: run_svf (TUTTI_VCF_BAND12, self->s, from, to, frames, n); break;
    case TUTTI_VCF_HIGH12: run_svf (TUTTI_VCF_HIGH12, self->s, from, to, frames, n); break;
    case TUTTI_VCF_NONE:
    case TUTTI_N_VCF_TYPES:
    default: return;
    }
  flush (self);
}
