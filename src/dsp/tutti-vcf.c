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

/* The recursion's numbers in one frame. */
typedef struct
{
  TuttiLanes g[4];              /* G, G², G³, G⁴ with G = g/(1 + g) */
  TuttiLanes h;                 /* 1/(1 + g) */
  TuttiLanes d;                 /* of what comes in: 1/(1 + k·G⁴), and half of what the resonance takes from the low end given back */
  TuttiLanes kd;                /* of what comes back */
} Ladder;

TUTTI_INLINE Ladder
ladder_at (float g, float k)
{
  TuttiLanes gs = { g, g, g, g }, ks = { k, k, k, k };
  TuttiLanes h = 1.0f / (1.0f + gs), g1 = gs * h, g2 = g1 * g1, g4 = g2 * g2;
  TuttiLanes d = 1.0f / (1.0f + ks * g4);

  return (Ladder) { { g1, g2, g2 * g1, g4 }, h, d * (1.0f + 0.5f * ks), d * ks };
}

/* What of the poles' states does not depend on the last frame's input to the first pole, and that input. */
typedef struct
{
  TuttiLanes c[4];
  TuttiLanes g[4];              /* the last frame's, twice */
  TuttiLanes u;
} Poles;

/* (x − k·S)/(1 + k·G⁴) is what enters the first pole when nothing is bent; bending it bounds everything behind. S is written as
 * q + p·u of the frame before, so that from one frame's bend to the next there are but two steps. */
TUTTI_INLINE TuttiLanes
ladder_step (Poles *poles, TuttiLanes x, const Ladder *n)
{
  const TuttiLanes *g = n->g, *c = poles->c, *before = poles->g;
  TuttiLanes q = n->h * ((g[2] * c[0] + g[1] * c[1]) + (g[0] * c[2] + c[3]));
  TuttiLanes p = n->h * ((g[2] * before[0] + g[1] * before[1]) + (g[0] * before[2] + before[3]));
  TuttiLanes u = tutti_bend4 ((n->d * x - n->kd * q) - (n->kd * p) * poles->u);
  TuttiLanes s[4], out[4];

  for (unsigned i = 0; i < 4; i++)
    {
      s[i] = c[i] + before[i] * poles->u;
      out[i] = i == 0 ? n->h * s[i] : g[0] * out[i - 1] + n->h * s[i];
    }
  for (unsigned i = 0; i < 4; i++)
    {
      poles->c[i] = 2.0f * out[i] - s[i];
      poles->g[i] = 2.0f * g[i];
    }
  poles->u = u;
  return g[3] * u + out[3];
}

TUTTI_INLINE void
run_ladder (TuttiLanes state[4], TuttiVcfPoint from, TuttiVcfPoint to, TuttiLanes *frames, unsigned n)
{
  float share = 1.0f / (float) (int32_t) n, dg = (to.g - from.g) * share, dk = (to.k - from.k) * share;
  Poles poles = { .c = { state[0], state[1], state[2], state[3] } };
  Ladder now = ladder_at (from.g, from.k);
  bool moves = dg != 0.0f || dk != 0.0f;

  for (unsigned i = 0; i < n; i++)
    {
      if (moves)
        now = ladder_at (from.g + dg * (float) (int32_t) i, from.k + dk * (float) (int32_t) i);
      frames[i] = ladder_step (&poles, frames[i], &now);
    }
  for (unsigned i = 0; i < 4; i++)
    state[i] = poles.c[i] + poles.g[i] * poles.u;
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
