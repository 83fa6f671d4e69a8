/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The last two minutes of how well time was kept, and when it is looked for anew; time is given. */
#include "tutti-trail.h"

static void
note (TuttiTrail *trail, gint64 second, float offset_us, guint64 bytes)
{
  TuttiTrailSample sample = { .second = second, .offset_us = offset_us, .in_jam = TRUE };
  TuttiTrailCounts counts = { .bytes_in = bytes };

  g_assert_true (tutti_trail_note (trail, &sample, &counts));
}

/* Whatever came before: the newest stay, in their order, with what each second brought. */
static void
test_ring (void)
{
  TuttiTrail trail = { 0 };

  for (gint64 second = 1; second <= 3 * TUTTI_TRAIL_S + 7; second++)
    {
      note (&trail, second, (float) second, (guint64) second * 10);
      guint n = tutti_trail_get_n (&trail);

      g_assert_cmpuint (n, ==, MIN ((guint) second, TUTTI_TRAIL_S));
      for (guint i = 0; i < n; i++)
        {
          const TuttiTrailSample *sample = tutti_trail_get (&trail, i);

          g_assert_cmpint (sample->second, ==, second - n + 1 + i);
          g_assert_cmpfloat (sample->offset_us, ==, (float) sample->second);
          g_assert_cmpuint (sample->bytes_in, ==, 10);
        }
    }
}

static void
test_once_a_second (void)
{
  TuttiTrail trail = { 0 };
  TuttiTrailSample sample = { .second = 5 };
  TuttiTrailCounts counts = { .edits = 3 };

  g_assert_true (tutti_trail_note (&trail, &sample, &counts));
  counts.edits = 8;
  g_assert_false (tutti_trail_note (&trail, &sample, &counts));
  sample.second = 4;
  g_assert_false (tutti_trail_note (&trail, &sample, &counts));
  sample.second = 6;
  g_assert_true (tutti_trail_note (&trail, &sample, &counts));
  g_assert_cmpuint (tutti_trail_get_n (&trail), ==, 2);
  g_assert_cmpuint (tutti_trail_get (&trail, 1)->edits, ==, 5);
}

static void
test_drop_outs (void)
{
  TuttiTrail trail = { 0 };

  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 5, 30), ==, 0);
  for (gint64 second = 1; second <= 50; second++)
    {
      TuttiTrailSample sample = { .second = second };
      TuttiTrailCounts counts = { .drop_outs = second < 3 ? 0 : second < 10 ? 7 : second < 12 ? 9 : 10 };

      tutti_trail_note (&trail, &sample, &counts);
    }
  /* The seven of the beginning are none of them. */
  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 50, 60), ==, 3);
  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 39, 30), ==, 3);
  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 40, 30), ==, 1);
  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 42, 30), ==, 0);
  /* Nor are the four of another beginning; the one after it is. */
  for (gint64 second = 51; second <= 60; second++)
    {
      TuttiTrailSample sample = { .second = second };
      TuttiTrailCounts counts = { .drop_outs = second < 58 ? 4 : 5 };

      tutti_trail_note (&trail, &sample, &counts);
    }
  g_assert_cmpuint (tutti_trail_count_drop_outs (&trail, 60, 10), ==, 1);
}

/* A new link counts from nothing. */
static void
test_counts_anew (void)
{
  TuttiTrail trail = { 0 };

  note (&trail, 1, 0, 5000);
  note (&trail, 2, 0, 120);
  g_assert_cmpuint (tutti_trail_get (&trail, 1)->bytes_in, ==, 120);
}

static void
test_summary (void)
{
  TuttiTrail trail = { 0 };
  TuttiTrailSummary sum;
  TuttiTrailSample away = { .second = 4, .offset_us = 90000 };

  tutti_trail_sum_up (&trail, 500, &sum);
  g_assert_cmpuint (sum.n, ==, 0);
  note (&trail, 1, -30, 0);
  note (&trail, 2, 80, 0);
  note (&trail, 3, -700, 0);
  g_assert_true (tutti_trail_note (&trail, &away, &trail.counted));
  tutti_trail_sum_up (&trail, 500, &sum);
  g_assert_cmpuint (sum.n, ==, 3);
  g_assert_cmpfloat (sum.least_us, ==, -700);
  g_assert_cmpfloat (sum.most_us, ==, 80);
  g_assert_cmpuint (sum.outside, ==, 1);
}

/* ---- looking for the time anew ---- */

/* How often in @seconds of @round_trip_ms, looked at ten times a second. */
static guint
count (TuttiSyncAgain *self, gint64 *now_us, guint seconds, double round_trip_ms)
{
  guint n = 0;

  for (guint i = 0; i < seconds * 10; i++)
    {
      n += tutti_sync_again_look (self, round_trip_ms, *now_us);
      *now_us += G_USEC_PER_SEC / 10;
    }
  return n;
}

static void
test_again (void)
{
  TuttiSyncAgain self = { 0 };
  gint64 now_us = 1;

  g_assert_cmpuint (count (&self, &now_us, 3600, 199), ==, 0);
  g_assert_cmpuint (count (&self, &now_us, 3, 201), ==, 1);
  /* For good: after 15, 30, 60, 120, 240 and 240 s. */
  g_assert_cmpuint (count (&self, &now_us, 15, 500), ==, 1);
  g_assert_cmpuint (count (&self, &now_us, 30 + 60 + 120, 500), ==, 3);
  g_assert_cmpuint (count (&self, &now_us, 239, 500), ==, 0);
  g_assert_cmpuint (count (&self, &now_us, 240, 500), ==, 1);
}

/* Now and then beyond the bound for less than two seconds is no reason. */
static void
test_again_spikes (void)
{
  TuttiSyncAgain self = { 0 };
  gint64 now_us = 1;

  for (int i = 0; i < 100; i++)
    {
      g_assert_cmpuint (count (&self, &now_us, 1, 400), ==, 0);
      g_assert_cmpuint (count (&self, &now_us, 1, 180), ==, 0);
    }
}

/* Between the bounds nothing is forgotten: only calm ends it. */
static void
test_again_hysteresis (void)
{
  TuttiSyncAgain self = { 0 };
  gint64 now_us = 1;

  g_assert_cmpuint (count (&self, &now_us, 3, 300), ==, 1);
  g_assert_cmpuint (count (&self, &now_us, 3, 190), ==, 0);
  g_assert_cmpuint (count (&self, &now_us, 5, 300), ==, 0);
  g_assert_cmpuint (count (&self, &now_us, 1, 20), ==, 0);
  g_assert_cmpuint (count (&self, &now_us, 3, 300), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trail/ring", test_ring);
  g_test_add_func ("/trail/once-a-second", test_once_a_second);
  g_test_add_func ("/trail/counts-anew", test_counts_anew);
  g_test_add_func ("/trail/drop-outs", test_drop_outs);
  g_test_add_func ("/trail/summary", test_summary);
  g_test_add_func ("/trail/again", test_again);
  g_test_add_func ("/trail/again-spikes", test_again_spikes);
  g_test_add_func ("/trail/again-hysteresis", test_again_hysteresis);
  return g_test_run ();
}
