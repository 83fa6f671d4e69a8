/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-clock-fit.h"

#include <math.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

/* A link and two clocks, all made up: remote = local·(1 + rate) + ahead. */
typedef struct
{
  const char *name;
  double rate;
  gint64 ahead_ns;
  double delay_ms, jitter_ms, loss;
  double stall;                /* share of datagrams held up to 60 ms */
  double bound_us;             /* largest error allowed from 20 s to 60 s */
} Link;

static const Link links[] = {
  { "clean", 0, 0, 0.02, 0.01, 0, 0, 10 },
  { "foreign-epoch", 0, 100000 * SECOND, 0.02, 0.01, 0, 0, 10 },
  { "epoch-behind", 0, -500 * SECOND, 0.02, 0.01, 0, 0, 10 },
  { "fast-crystal", 200e-6, 7 * SECOND, 0.02, 0.01, 0, 0, 10 },
  { "slow-crystal", -200e-6, 7 * SECOND, 0.02, 0.01, 0, 0, 10 },
  { "wifi", 50e-6, SECOND, 2, 1, 0, 0, 150 },
  { "bad-wifi", -50e-6, SECOND, 10, 5, 0.01, 0, 1000 },
  { "bad-wifi-fast-crystal", 200e-6, SECOND, 10, 5, 0.01, 0, 1000 },
  { "stalls", 0, SECOND, 3, 2, 0.01, 0.02, 500 },
};

typedef struct
{
  TuttiClockFit *fit;
  GRand *rand;
  Link link;
  gint64 now_ns;               /* local */
  guint server;
} Bench;

static Bench
bench_new (const Link *link, guint32 seed)
{
  return (Bench) { tutti_clock_fit_new (), g_rand_new_with_seed (seed), *link, 1000 * SECOND, 1 };
}

static void
bench_clear (Bench *bench)
{
  tutti_clock_fit_free (bench->fit);
  g_rand_free (bench->rand);
}

static gint64
remote_at (const Bench *bench, gint64 local_ns)
{
  return local_ns + bench->link.ahead_ns + llrint ((double) (local_ns - 1000 * SECOND) * bench->link.rate);
}

static gint64
one_way (Bench *bench)
{
  double ms = bench->link.delay_ms + bench->link.jitter_ms * g_rand_double_range (bench->rand, -1, 1);

  if (g_rand_double (bench->rand) < bench->link.stall)
    ms += 60 * g_rand_double (bench->rand);
  return (gint64) (ms * 1e6);
}

static TuttiClockFitResult
exchange (Bench *bench)
{
  gint64 there = one_way (bench), back = one_way (bench), sent = bench->now_ns;

  return tutti_clock_fit_add (bench->fit, bench->server, sent + (there + back) / 2, remote_at (bench, sent + there), there + back);
}

/* Ten exchanges a second; returns the largest error seen in the last `watch_s` seconds, just before each next exchange. */
static double
run (Bench *bench, double seconds, double watch_s)
{
  gint64 end = bench->now_ns + (gint64) (seconds * 1e9), watch = end - (gint64) (watch_s * 1e9);
  double worst = 0;

  for (; bench->now_ns < end; bench->now_ns += SECOND / 10)
    {
      TuttiClockLine line;

      if (bench->now_ns > watch && tutti_clock_fit_get_line (bench->fit, &line))
        worst = MAX (worst, fabs ((double) (tutti_clock_line_to_host (&line, bench->now_ns) - remote_at (bench, bench->now_ns))));
      if (g_rand_double (bench->rand) >= bench->link.loss)
        exchange (bench);
    }
  return worst / 1e3;
}

static void
test_link (gconstpointer data)
{
  const Link *link = data;

  for (guint round = 0; round < 5; round++)
    {
      guint32 seed = g_test_rand_int ();
      Bench bench = bench_new (link, seed);
      double worst = run (&bench, 60, 40);

      g_test_message ("seed %u: worst %.1f µs", seed, worst);
      g_assert_cmpfloat (worst, <, link->bound_us);
      bench_clear (&bench);
    }
}

/* There and back is where it began, for any line and any distance a jam can have. */
static void
test_conversions (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      TuttiClockLine line = { (gint64) g_test_rand_double_range (0, 1e17), (gint64) g_test_rand_double_range (0, 1e17),
                              g_test_rand_double_range (-500e-6, 500e-6) };
      gint64 local = line.local_ns + (gint64) g_test_rand_double_range (-1e13, 1e13);
      gint64 back = tutti_clock_line_to_local (&line, tutti_clock_line_to_host (&line, local));

      g_assert_cmpint (ABS (back - local), <=, 1);
    }
}

static void
test_settling (void)
{
  Bench bench = bench_new (&links[0], 1);
  TuttiClockFitState state;
  TuttiClockLine line = { 1, 2, 3 };

  g_assert_false (tutti_clock_fit_get_line (bench.fit, &line));
  g_assert_cmpint (line.local_ns, ==, 1);
  for (guint i = 0; i < TUTTI_CLOCK_FIT_SETTLED; i++, bench.now_ns += SECOND / 50)
    {
      tutti_clock_fit_get_state (bench.fit, &state);
      g_assert_false (state.settled);
      g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_USED);
    }
  tutti_clock_fit_get_state (bench.fit, &state);
  g_assert_true (state.settled);
  g_assert_cmpuint (state.n_observations, ==, TUTTI_CLOCK_FIT_SETTLED);
  bench_clear (&bench);
}

/* Two wild observations change nothing; the third in a row is believed. A good one in between starts the count anew. */
static void
test_steps (void)
{
  Bench bench = bench_new (&links[0], 2);
  TuttiClockFitState state;
  TuttiClockLine before, after;

  run (&bench, 30, 0);
  tutti_clock_fit_get_line (bench.fit, &before);
  for (guint round = 0; round < 3; round++)
    {
      bench.link.ahead_ns += 60 * SECOND;
      g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_DROPPED);
      g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_DROPPED);
      tutti_clock_fit_get_line (bench.fit, &after);
      g_assert_cmpint (before.host_ns - before.local_ns, ==, after.host_ns - after.local_ns);
      bench.link.ahead_ns -= 60 * SECOND;
      g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_USED);
      tutti_clock_fit_get_line (bench.fit, &before);
    }
  bench.link.ahead_ns -= 100 * SECOND;
  exchange (&bench);
  exchange (&bench);
  g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_RESTARTED);
  tutti_clock_fit_get_state (bench.fit, &state);
  g_assert_cmpuint (state.restarts, ==, 1);
  g_assert_false (state.settled);
  g_assert_cmpfloat (run (&bench, 30, 10), <, 20);
  bench_clear (&bench);
}

static void
test_nonsense (void)
{
  Bench bench = bench_new (&links[0], 3);
  TuttiClockLine before, after;

  run (&bench, 5, 0);
  tutti_clock_fit_get_line (bench.fit, &before);
  g_assert_cmpint (tutti_clock_fit_add (bench.fit, 1, bench.now_ns, bench.now_ns, -1), ==, TUTTI_CLOCK_FIT_DROPPED);
  g_assert_cmpint (tutti_clock_fit_add (bench.fit, 1, bench.now_ns, bench.now_ns, 3600 * SECOND), ==, TUTTI_CLOCK_FIT_DROPPED);
  g_assert_cmpint (tutti_clock_fit_add (bench.fit, 1, 0, 0, 0), ==, TUTTI_CLOCK_FIT_DROPPED);
  tutti_clock_fit_get_line (bench.fit, &after);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  bench_clear (&bench);
}

/* The host changes, its time does not: no step beyond what the old link had, and the new link's quality in the end. */
static void
test_server_change (void)
{
  for (guint round = 0; round < 10; round++)
    {
      Bench bench = bench_new (&links[6], g_test_rand_int ());
      TuttiClockFitState state;

      run (&bench, 40, 0);
      bench.server = 2;
      bench.link.delay_ms = 2;
      bench.link.jitter_ms = 1;
      g_assert_cmpfloat (run (&bench, 5, 5), <, 1000);
      g_assert_cmpfloat (run (&bench, 60, 20), <, 400);
      tutti_clock_fit_get_state (bench.fit, &state);
      g_assert_cmpuint (state.restarts, ==, 0);
      bench_clear (&bench);
    }
}

/* Nobody to follow: 30 s on the rate learned in a minute. */
static void
test_hold_over (void)
{
  Bench bench = bench_new (&links[3], g_test_rand_int ());
  TuttiClockFitState state;
  TuttiClockLine line;

  run (&bench, 60, 0);
  tutti_clock_fit_freeze (bench.fit);
  g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_FROZEN);
  g_assert_cmpfloat (run (&bench, 30, 30), <, 30);
  tutti_clock_fit_get_state (bench.fit, &state);
  g_assert_true (state.frozen);
  tutti_clock_fit_get_line (bench.fit, &line);
  g_assert_cmpfloat (fabs (line.rate - links[3].rate), <, 1e-6);
  tutti_clock_fit_thaw (bench.fit);
  g_assert_cmpint (exchange (&bench), ==, TUTTI_CLOCK_FIT_USED);
  bench_clear (&bench);
}

/* Replies overtake each other, bursts come at once: nothing breaks, whatever the order. */
static void
test_any_order (void)
{
  for (guint round = 0; round < 4; round++)
    {
      Bench bench = bench_new (&links[8], g_test_rand_int ());

      for (guint i = 0; i < 3000; i++)
        {
          TuttiClockLine line;

          bench.now_ns += (gint64) g_rand_double_range (bench.rand, -40e6, 60e6);
          bench.server = 1 + g_rand_int_range (bench.rand, 0, 50) / 49;
          exchange (&bench);
          g_assert_true (tutti_clock_fit_get_line (bench.fit, &line));
          g_assert_true (isfinite (line.rate) && fabs (line.rate) < 0.01);
        }
      bench_clear (&bench);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    {
      g_autofree char *path = g_strdup_printf ("/clock-fit/link/%s", links[i].name);
      g_test_add_data_func (path, &links[i], test_link);
    }
  g_test_add_func ("/clock-fit/conversions", test_conversions);
  g_test_add_func ("/clock-fit/settling", test_settling);
  g_test_add_func ("/clock-fit/steps", test_steps);
  g_test_add_func ("/clock-fit/nonsense", test_nonsense);
  g_test_add_func ("/clock-fit/server-change", test_server_change);
  g_test_add_func ("/clock-fit/hold-over", test_hold_over);
  g_test_add_func ("/clock-fit/any-order", test_any_order);
  return g_test_run ();
}
