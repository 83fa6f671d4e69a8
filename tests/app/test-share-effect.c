/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A personal effect becomes everybody's: one group that a jam takes, whatever the knobs say, and takes back as one. */
#include "tutti-share-effect.h"

#define ID tutti_id (5, 5)
#define PLACES 5

static const struct { const char *element; guint n; double low[4], high[4]; TuttiEffectKind kind; } ours[] = {
  { "equalizer-3bands", 3, { -24, -24, -24 }, { 12, 12, 12 }, TUTTI_EFFECT_EQ },
  { "freeverb", 4, { 0, 0, 0, 0 }, { 1, 1, 1, 1 }, TUTTI_EFFECT_REVERB },
  { "audioecho", 3, { 1e6, 0, 0 }, { 1e9, 1, 0.9 }, TUTTI_EFFECT_DELAY },
  { "audiodynamic", 2, { 0, 0 }, { 1, 1 }, TUTTI_EFFECT_COMPRESSOR },
  { "stereo", 1, { 0 }, { 1 }, TUTTI_EFFECT_WIDTH },
  { "audiopanorama", 1, { -1 }, { 1 }, TUTTI_EFFECT_WIDTH },
};

static void
share (TuttiJam *jam, const char *element, const double *values, guint n, gboolean on)
{
  TuttiPersonalEffect effect = { .element = (char *) element, .on = on };
  TuttiStamp stamp = { 1, 1, 48000 };
  g_autoptr(TuttiOp) inverse = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < n; i++)
    effect.values[i] = values[i];
  g_autoptr(TuttiOp) op = tutti_share_effect_op (&effect, ID, 12000);

  g_assert_nonnull (op);
  g_assert_true (tutti_op_check (op, &error));
  g_assert_no_error (error);
  g_assert_true (tutti_jam_apply (jam, op, &stamp, &inverse, &error));
  g_assert_no_error (error);
  g_assert_cmpint (inverse->kind, ==, TUTTI_OP_GROUP);
}

static void
test_taken (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ours); i++)
    for (int place = 0; place < PLACES; place++)
      {
        g_autoptr(TuttiJam) jam = tutti_jam_new ();
        double values[4];

        for (guint j = 0; j < ours[i].n; j++)
          values[j] = ours[i].low[j] + (ours[i].high[j] - ours[i].low[j]) * place / (PLACES - 1);
        share (jam, ours[i].element, values, ours[i].n, place % 2 == 0);
        g_assert_cmpuint (jam->n_master_effects, ==, 1);
        g_assert_cmpint (jam->master_effects[0].kind, ==, ours[i].kind);
        g_assert_cmpint (jam->master_effects[0].on, ==, place % 2 == 0);
      }
}

/* What is said in other units is the same. */
static void
test_values (void)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();

  share (jam, "audioecho", (const double[]) { 2.5e8, 0.3, 0.5 }, 3, TRUE);
  g_assert_cmpint (jam->master_effects[0].values[0], ==, 480);     /* a quarter of a second at 120 is an eighth */
  g_assert_cmpint (jam->master_effects[0].values[1], ==, 500);
  g_assert_cmpint (jam->master_effects[0].values[4], ==, 300);
}

static void
test_none (void)
{
  TuttiPersonalEffect plugin = { .element = (char *) "lv2-of-somebody", .on = TRUE };

  g_assert_null (tutti_share_effect_op (&plugin, ID, 12000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/share-effect/taken", test_taken);
  g_test_add_func ("/share-effect/values", test_values);
  g_test_add_func ("/share-effect/none", test_none);
  return g_test_run ();
}
