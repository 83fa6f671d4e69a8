/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effects in a row: switching, turning, moving and taking away without a click; silence, edges, memory that is lent. */
#include "tutti-chain.h"

#include "dsp-test.h"
#include <math.h>

typedef struct
{
  TuttiCells *cells;           /* owned */
  TuttiChain *chain;           /* owned */
  TuttiKeys  *keys;            /* owned */
  gint64      frame;
} Bench;

static Bench
bench_new (void)
{
  Bench bench = { g_new0 (TuttiCells, 1), g_new0 (TuttiChain, 1), g_new0 (TuttiKeys, 1), 0 };

  tutti_chain_reset (bench.chain);
  return bench;
}

static void
bench_free (Bench *bench)
{
  g_free (bench->cells);
  g_free (bench->chain);
  g_free (bench->keys);
}

static void
run (Bench *bench, TuttiBlock *x)
{
  TuttiEffectContext context = { { bench->frame, bench->frame * 12000, 12000 }, bench->keys, bench->cells, 3, bench->frame > 0 };

  tutti_chain_run (bench->chain, x, &context);
  bench->frame += TUTTI_BLOCK;
}

/* Good middle settings, and where each number is turned to. */
static const struct { const char *name; TuttiScoreEffectKind kind; gint16 params[8], turned[8]; } kinds[] = {
  { "filter", TUTTI_SCORE_EFFECT_FILTER, { 0, 800, 200 }, { 0, 300, 900 } },
  { "drive", TUTTI_SCORE_EFFECT_DRIVE, { 300, 700 }, { 900, 300 } },
  { "eq", TUTTI_SCORE_EFFECT_EQ, { 600, -600, 300, 300, 233, 566, 90, 867 }, { -600, 900, -900, 0, 400, 300, 500, 600 } },
  { "compressor", TUTTI_SCORE_EFFECT_COMPRESSOR, { -1800, 300, 80, 90, 200, 1000, 600 }, { -4000, 2000, 80, 90, 600, 300, 0 } },
  { "limiter", TUTTI_SCORE_EFFECT_LIMITER, { -600, 300, 100 }, { -1200, 900, 20 } },
  { "chorus", TUTTI_SCORE_EFFECT_CHORUS, { 600, 300, 1400, 500, 500 }, { 2000, 600, 1000, 0, 900 } },
  { "flanger", TUTTI_SCORE_EFFECT_FLANGER, { 200, 800, 250, 500, 250, 500 }, { 900, 300, 300, -300, 900, 300 } },
  { "phaser", TUTTI_SCORE_EFFECT_PHASER, { 300, 400, 530, 400, 250, 500 }, { 1500, 200, 700, -500, 900, 800 } },
  { "delay", TUTTI_SCORE_EFFECT_DELAY, { 120, 400, 250, 1000, 300 }, { 360, 800, 900, 0, 700 } },
  { "reverb", TUTTI_SCORE_EFFECT_REVERB, { 1800, 400, 15, 350, 1000, 250 }, { 5000, 0, 60, 1000, 300, 800 } },
  { "width", TUTTI_SCORE_EFFECT_WIDTH, { 1000, 0 }, { 2000, -700 } },
  { "gate", TUTTI_SCORE_EFFECT_GATE, { -4000, 10, 40, 120, -9000 }, { -3000, 200, 100, 30, -1000 } },
  { "tremolo", TUTTI_SCORE_EFFECT_TREMOLO, { 480, 600, 0, 0 }, { 360, 900, 300, 700 } },
};

static TuttiScoreEffect
effect_of (gsize row, gboolean turned)
{
  TuttiScoreEffect effect = { .id = row + 1, .kind = (guint8) kinds[row].kind, .on = true };

  memcpy (effect.params, turned ? kinds[row].turned : kinds[row].params, sizeof kinds[row].params);
  return effect;
}

/* A tone, the sides apart. */
static void
tone (TuttiBlock *x, gint64 frame)
{
  for (int i = 0; i < TUTTI_BLOCK; i++)
    {
      x->left[i] = (float) (0.4 * sin (2.0 * M_PI * 220.0 / TUTTI_RATE * (double) (frame + i)));
      x->right[i] = (float) (0.4 * sin (2.0 * M_PI * 330.0 / TUTTI_RATE * (double) (frame + i)));
    }
}

/* The largest second difference of what comes out: a click is large there, a tone small. */
typedef struct
{
  float last[2][2];
  float most;
} Edge;

static void
look (Edge *edge, const TuttiBlock *x)
{
  for (int side = 0; side < 2; side++)
    for (int i = 0; i < TUTTI_BLOCK; i++)
      {
        float now = side == 0 ? x->left[i] : x->right[i];

        edge->most = MAX (edge->most, fabsf (now - 2.0f * edge->last[side][1] + edge->last[side][0]));
        edge->last[side][0] = edge->last[side][1];
        edge->last[side][1] = now;
      }
}

/* A tone of 330 Hz at 0.4 has 0.00075; a block of cross-fade adds little to it. What a hard switch makes is 0.1 and more. */
#define NO_CLICK 0.04f

static void
settle (Bench *bench, Edge *edge)
{
  for (int b = 0; b < 400; b++)
    {
      TuttiBlock x;

      tone (&x, bench->frame);
      run (bench, &x);
      look (edge, &x);
    }
}

/* What the sound has of its own when nothing changes: driven hard, a tone has edges. */
static float
steady_edge (gsize row, gboolean turned)
{
  Bench bench = bench_new ();
  TuttiScoreEffect effect = effect_of (row, turned);
  Edge edge = { { { 0 } }, 0 };

  tutti_chain_aim (bench.chain, &effect, 1, true);
  settle (&bench, &edge);
  edge.most = 0.0f;
  settle (&bench, &edge);
  bench_free (&bench);
  return edge.most;
}

/* Turned to and fro, switched off and on, put in and taken out. */
static void
test_no_click (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  Bench bench = bench_new ();
  TuttiScoreEffect effect = effect_of (row, FALSE);
  Edge edge = { { { 0 } }, 0 };

  settle (&bench, &edge);
  edge.most = 0.0f;
  for (int act = 0; act < 8; act++)
    {
      effect = effect_of (row, act & 1);
      effect.on = act != 3;
      tutti_chain_aim (bench.chain, &effect, act != 5, false);
      settle (&bench, &edge);
    }
  g_test_message ("%s: %.4f, steady %.4f %.4f", kinds[row].name, (double) edge.most, (double) steady_edge (row, FALSE),
                  (double) steady_edge (row, TRUE));
  g_assert_cmpfloat (edge.most, <, NO_CLICK + 1.5f * MAX (steady_edge (row, FALSE), steady_edge (row, TRUE)));
  bench_free (&bench);
}

/* Off is not there: to the bit. */
static void
test_bypass (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  Bench bench = bench_new ();
  TuttiScoreEffect effect = effect_of (row, FALSE);

  for (int b = 0; b < 300; b++)
    {
      TuttiBlock x, in;

      effect.on = b < 100 || b >= 200;
      tutti_chain_aim (bench.chain, &effect, 1, b == 0);
      tone (&x, bench.frame);
      in = x;
      run (&bench, &x);
      g_assert_true (b < 101 || b >= 200 || dsp_test_same (&x, &in));
      g_assert_cmpuint (bench.cells->used != 0, ==, (b < 100 || b >= 200) && tutti_cells_wanted (effect.kind));
    }
  bench_free (&bench);
}

/* Any numbers at all, new ones every block, under loud noise: what comes out is a number, and silence ends in silence. */
static void
test_edges (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  Bench bench = bench_new ();
  TuttiScoreEffect effect = effect_of (row, FALSE);
  guint32 seed = (guint32) g_test_rand_int ();
  TuttiBlock x, nothing = { 0 };

  for (int b = 0; b < 6000; b++)
    {
      for (unsigned i = 0; i < TUTTI_SCORE_EFFECT_PARAMS; i++)
        effect.params[i] = (gint16) (g_test_rand_bit () ? g_test_rand_int_range (-32768, 32768)
                                                        : g_test_rand_bit () ? G_MININT16 : G_MAXINT16);
      tutti_chain_aim (bench.chain, &effect, 1, b == 0);
      dsp_test_noise_block (&seed, &x, 4.0f);
      run (&bench, &x);
      for (int i = 0; i < TUTTI_BLOCK; i++)
        g_assert_true (isfinite (x.left[i]) && isfinite (x.right[i]));
    }
  /* Two seconds' echo at nine tenths takes twelve minutes to nothing at all; the refresh ends it long before in a jam. */
  for (int b = 0; b < 700000 && !tutti_chain_silent (bench.chain, bench.cells); b++)
    {
      x = nothing;
      run (&bench, &x);
    }
  g_assert_true (tutti_chain_silent (bench.chain, bench.cells));
  x = nothing;
  run (&bench, &x);
  g_assert_true (dsp_test_same (&x, &nothing));
  bench_free (&bench);
}

/* What is moved keeps what it remembers, and the move is not heard as a click. */
static void
test_move (void)
{
  Bench bench = bench_new ();
  TuttiScoreEffect delay = effect_of (8, FALSE), eq = effect_of (2, FALSE), width = effect_of (10, FALSE);
  TuttiScoreEffect before[] = { delay, eq, width }, after[] = { width, delay, eq };
  TuttiBlock x;
  Edge edge = { { { 0 } }, 0 };
  float echo = 0.0f;

  g_assert_cmpstr (kinds[8].name, ==, "delay");
  tutti_chain_aim (bench.chain, before, 3, true);
  settle (&bench, &edge);
  edge.most = 0.0f;
  tutti_chain_aim (bench.chain, after, 3, false);
  settle (&bench, &edge);
  g_assert_cmpfloat (edge.most, <, NO_CLICK);
  /* One hit, a move in the next block, and the echo comes all the same: 120 ticks are 3000 frames. */
  for (int b = 0; b < 2000; b++)
    {
      memset (&x, 0, sizeof x);
      run (&bench, &x);
    }
  for (int b = 0; b < 60; b++)
    {
      memset (&x, 0, sizeof x);
      x.left[0] = b == 0 ? 1.0f : 0.0f;
      if (b == 1)
        tutti_chain_aim (bench.chain, before, 3, false);
      run (&bench, &x);
      for (int i = 0; i < TUTTI_BLOCK && b > 40; i++)
        echo = MAX (echo, fabsf (x.left[i]));
    }
  g_assert_cmpfloat (echo, >, 0.05f);
  bench_free (&bench);
}

static guint
count (guint32 bits)
{
  guint n = 0;

  for (; bits != 0; bits &= bits - 1)
    n++;
  return n;
}

/* Random chains, changed at random: never a click, never more memory lent than there are effects that need it. */
static void
test_random_chains (void)
{
  Bench bench = bench_new ();
  TuttiScoreEffect list[TUTTI_SCORE_EFFECTS_MAX];
  Edge edge = { { { 0 } }, 0 };
  TuttiBlock x;

  for (int round = 0; round < 300; round++)
    {
      unsigned n = 0, big = 0, offset = (unsigned) g_test_rand_int_range (0, G_N_ELEMENTS (kinds));

      /* Rows in an order of their own, some left out; a tone through all is no louder than 0.4 · 8. */
      for (unsigned i = 0; i < G_N_ELEMENTS (kinds) && n < TUTTI_SCORE_EFFECTS_MAX; i++)
        if (g_test_rand_int_range (0, 3) > 0)
          {
            list[n] = effect_of ((offset + i * 5) % G_N_ELEMENTS (kinds), g_test_rand_bit ());
            list[n].on = g_test_rand_int_range (0, 5) > 0;
            big += list[n].on && tutti_cells_wanted (list[n].kind);
            n++;
          }
      tutti_chain_aim (bench.chain, list, n, false);
      for (int b = g_test_rand_int_range (1, 12); b > 0; b--)
        {
          tone (&x, bench.frame);
          run (&bench, &x);
          look (&edge, &x);
          g_assert_cmpuint (bench.chain->n, <=, TUTTI_CHAIN_UNITS);
        }
    }
  for (int b = 0; b < 8; b++)
    {
      tone (&x, bench.frame);
      run (&bench, &x);
    }
  g_assert_cmpfloat (edge.most, <, 1.0f);
  tutti_chain_aim (bench.chain, list, 0, false);
  for (int b = 0; b < 8; b++)
    {
      tone (&x, bench.frame);
      run (&bench, &x);
    }
  g_assert_cmpuint (count (bench.cells->used), ==, 0);
  g_assert_cmpuint (bench.chain->n, ==, 0);
  bench_free (&bench);
}

/* More than there is memory for: the rest is not there, and comes when there is room. */
static void
test_all_lent (void)
{
  g_autofree TuttiCells *cells = g_new0 (TuttiCells, 1);
  Bench bench = bench_new ();
  TuttiScoreEffect reverb = effect_of (9, FALSE);
  TuttiBlock x, in;

  g_free (bench.cells);
  bench.cells = g_steal_pointer (&cells);
  for (unsigned i = 0; i < TUTTI_SCORE_BIG_EFFECTS_MAX; i++)
    g_assert_cmpuint (tutti_cells_lend (bench.cells, TUTTI_SCORE_EFFECT_LIMITER, 9), ==, i);
  g_assert_cmpuint (tutti_cells_lend (bench.cells, TUTTI_SCORE_EFFECT_LIMITER, 9), ==, TUTTI_CELL_NONE);
  tutti_chain_aim (bench.chain, &reverb, 1, true);
  for (int b = 0; b < 10; b++)
    {
      tone (&x, bench.frame);
      in = x;
      run (&bench, &x);
      g_assert_true (dsp_test_same (&x, &in));
    }
  tutti_cells_return (bench.cells, 17);
  tone (&x, bench.frame);
  run (&bench, &x);
  g_assert_cmpuint (bench.cells->cell[17].kind, ==, TUTTI_SCORE_EFFECT_REVERB);
  tutti_cells_drop (bench.cells, 3);
  g_assert_cmpuint (count (bench.cells->used), ==, TUTTI_SCORE_BIG_EFFECTS_MAX - 1);
  bench_free (&bench);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *click = g_strdup_printf ("/dsp/chain/no-click/%s", kinds[i].name);
      g_autofree char *bypass = g_strdup_printf ("/dsp/chain/bypass/%s", kinds[i].name);
      g_autofree char *edges = g_strdup_printf ("/dsp/chain/edges/%s", kinds[i].name);

      g_test_add_data_func (click, GSIZE_TO_POINTER (i), test_no_click);
      g_test_add_data_func (bypass, GSIZE_TO_POINTER (i), test_bypass);
      g_test_add_data_func (edges, GSIZE_TO_POINTER (i), test_edges);
    }
  g_test_add_func ("/dsp/chain/move", test_move);
  g_test_add_func ("/dsp/chain/random", test_random_chains);
  g_test_add_func ("/dsp/chain/all-lent", test_all_lent);
  return g_test_run ();
}
