/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-wire.h"

#include <glib.h>

#define MS INT64_C (1000000)
#define N 200000

static TuttiWire
wire (const char *settings)
{
  TuttiWire made = { 0 };
  g_auto(GStrv) each = g_strsplit (settings, " ", -1);

  for (guint i = 0; each[i] != NULL && each[i][0] != '\0'; i++)
    {
      const char *why = NULL;

      if (!tutti_wire_parse (&made, each[i], &why))
        g_error ("%s: %s", each[i], why);
    }
  return made;
}

static TuttiDice
dice (void)
{
  TuttiDice made;

  tutti_dice_init (&made, (guint64) (guint32) g_test_rand_int ());
  return made;
}

static void
test_jitter_is_even (void)
{
  TuttiWire clean = { 0 }, bad = wire ("delay=10 jitter=5 reorder=1");
  TuttiDice draws = dice ();
  guint buckets[10] = { 0 };

  for (gint64 i = 0; i < N; i++)
    {
      gint64 last = 0, due = 0;

      g_assert_true (tutti_wire_decide (&clean, &bad, &draws, i * MS, &last, &due));
      g_assert_cmpint (due - i * MS, >=, 5 * MS);
      g_assert_cmpint (due - i * MS, <=, 15 * MS);
      buckets[CLAMP ((due - i * MS - 5 * MS) / MS, 0, 9)]++;
    }
  /* A bucket of 20 000 expected has a deviation of 134; eight of them. */
  for (guint i = 0; i < 10; i++)
    g_assert_cmpint (ABS ((gint) buckets[i] - N / 10), <, 1100);
}

static void
test_loss_is_as_stated (void)
{
  TuttiWire clean = { 0 }, bad = wire ("loss=1");
  TuttiDice draws = dice ();
  guint lost = 0;

  for (gint64 i = 0; i < N; i++)
    {
      gint64 last = 0, due = 0;

      lost += !tutti_wire_decide (&bad, &clean, &draws, i * MS, &last, &due);
    }
  g_assert_cmpint (ABS ((gint) lost - N / 100), <, 360);
}

/* Law: with reordering off nothing overtakes; with it on, with such jitter, something does. */
static void
test_order (void)
{
  for (guint reorder = 0; reorder < 2; reorder++)
    {
      TuttiWire from = { 0 }, to = wire ("delay=10 jitter=5");
      TuttiDice draws = dice ();
      gint64 last = 0, before = 0, overtaken = 0;

      to.reorder = reorder;
      for (gint64 i = 0; i < N; i++)
        {
          gint64 due = 0;

          tutti_wire_decide (&from, &to, &draws, i * MS, &last, &due);
          overtaken += due < before;
          before = due;
        }
      g_assert_cmpint (overtaken > 0, ==, reorder);
    }
}

static void
test_stall_holds_all (void)
{
  TuttiWire clean = { 0 }, stalled = wire ("stall-every=1000 stall-for=60");
  TuttiDice draws = dice ();

  for (gint64 t = 0; t < 3000; t++)
    {
      gint64 last = 0, due = 0, into = t % 1000;

      g_assert_true (tutti_wire_decide (&clean, &stalled, &draws, t * MS, &last, &due));
      g_assert_cmpint (due, ==, (into < 60 ? t - into + 60 : t) * MS);
    }
}

static void
test_apart (void)
{
  TuttiWire clean = { 0 }, silent = wire ("silent=1"), elsewhere = wire ("segment=2");
  TuttiDice draws = dice ();
  gint64 last = 0, due = 0;

  g_assert_false (tutti_wire_decide (&clean, &silent, &draws, 0, &last, &due));
  g_assert_false (tutti_wire_decide (&silent, &clean, &draws, 0, &last, &due));
  g_assert_false (tutti_wire_decide (&clean, &elsewhere, &draws, 0, &last, &due));
  g_assert_true (tutti_wire_decide (&elsewhere, &elsewhere, &draws, 0, &last, &due));
}

static void
test_settings (void)
{
  static const char *const bad[] = { "", "delay", "delay=", "delay=x", "delay=-1", "delay=1e99", "delay=nan",
                                     "loss=101", "colour=3", "=3", "reorder=2", "segment=100", "delay=1 " };
  TuttiWire made = wire ("up=3 down=4.5 jitter-up=1 loss-down=0.1");

  g_assert_cmpint (made.up.delay_ns, ==, 3 * MS);
  g_assert_cmpint (made.down.delay_ns, ==, 4500000);
  g_assert_cmpint (made.up.jitter_ns, ==, MS);
  g_assert_cmpint (made.down.jitter_ns, ==, 0);
  g_assert_cmpint (made.down.loss_ppm, ==, 1000);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      TuttiWire before = made;
      const char *why = NULL;

      g_assert_false (tutti_wire_parse (&made, bad[i], &why));
      g_assert_nonnull (why);
      g_assert_cmpmem (&before, sizeof before, &made, sizeof made);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wire/jitter-is-even", test_jitter_is_even);
  g_test_add_func ("/wire/loss-is-as-stated", test_loss_is_as_stated);
  g_test_add_func ("/wire/order", test_order);
  g_test_add_func ("/wire/stall-holds-all", test_stall_holds_all);
  g_test_add_func ("/wire/apart", test_apart);
  g_test_add_func ("/wire/settings", test_settings);
  return g_test_run ();
}
