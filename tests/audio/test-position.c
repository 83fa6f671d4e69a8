/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-position.h"

#include <math.h>

#define BLOCK 240
#define ONE   4294967296.0

static TuttiPositionTarget
target_at (double frame, double slope, guint64 resets)
{
  return (TuttiPositionTarget) { tutti_frame_point_plus ((TuttiFramePoint) { 0, 0 }, frame), slope, resets };
}

/* Frame ↔ host time: whole frames come back exactly, before and after the origin, days away. */
static void
test_frames_and_time (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      gint64 origin = (gint64) g_test_rand_double_range (0, 1e17);
      gint64 frame = (gint64) g_test_rand_double_range (-1e11, 1e12);
      gint64 host = tutti_frame_host_ns (frame, origin);

      g_assert_cmpint (tutti_frame_point_at (host, origin).frame, ==, frame);
      g_assert_cmpint (tutti_frame_point_at (host - 1, origin).frame, <=, frame);
      g_assert_cmpint (tutti_frame_point_at (host - 21000, origin).frame, <, frame);
    }
}

static void
test_points (void)
{
  for (guint i = 0; i < 10000; i++)
    {
      TuttiFramePoint a = { (gint64) g_test_rand_double_range (-1e9, 1e9), (guint32) g_test_rand_int () };
      double by = g_test_rand_double_range (-1e6, 1e6);
      TuttiFramePoint b = tutti_frame_point_plus (a, by);

      g_assert_cmpfloat (fabs (tutti_frame_point_minus (b, a) - by), <, 1e-6);
    }
}

/* What is played between blocks is one unbroken path. */
static void
test_unbroken (void)
{
  TuttiPosition position = { 0 };
  TuttiPositionPlan plan;
  TuttiFramePoint expected = { 0, 0 };

  for (guint i = 0; i < 20000; i++)
    {
      double noise = g_test_rand_double_range (-5, 5);
      TuttiPositionTarget target = target_at (1000 + i * (double) BLOCK * 1.0001 + noise, 1.0001, 1);
      guint n = BLOCK;

      tutti_position_plan (&position, &target, n, &plan);
      if (i == 0)
        g_assert_cmpint (plan.move, ==, TUTTI_POSITION_STARTS);
      else
        {
          g_assert_cmpint (plan.move, ==, TUTTI_POSITION_GOES_ON);
          g_assert_cmpint (plan.from.frame, ==, expected.frame);
          g_assert_cmpuint (plan.from.part, ==, expected.part);
          g_assert_cmpfloat (fabs ((double) plan.step / ONE - 1.0001), <=, 301e-6);
        }
      expected = tutti_frame_point_walk (plan.from, plan.step, n);
    }
}

/* A step of 1 ms is slewed, never faster than 300 ppm, to below 0.1 ms within ten seconds. */
static void
test_slew (void)
{
  TuttiPosition position = { 0 };
  TuttiPositionPlan plan;
  TuttiPositionTarget target;

  for (guint i = 0; i < 2000; i++)
    {
      target = target_at (i * (double) BLOCK, 1, 1);
      tutti_position_plan (&position, &target, BLOCK, &plan);
    }
  for (guint i = 2000; i < 4000; i++)
    {
      target = target_at (i * (double) BLOCK + 48, 1, 1);
      tutti_position_plan (&position, &target, BLOCK, &plan);
      g_assert_cmpint (plan.move, ==, TUTTI_POSITION_GOES_ON);
      g_assert_cmpfloat (fabs ((double) plan.step / ONE - 1), <=, 301e-6);
    }
  target = target_at (4000 * (double) BLOCK + 48, 1, 1);
  g_assert_cmpfloat (fabs (tutti_frame_point_minus (target.at, position.at)), <, 4.8);
}

static guint
moves_after (double step_frames, guint64 resets_after)
{
  TuttiPosition position = { 0 };
  TuttiPositionPlan plan;
  guint jumps = 0;

  for (guint i = 0; i < 1000; i++)
    {
      double at = i * (double) BLOCK + (i >= 500 ? step_frames : 0);
      TuttiPositionTarget target = target_at (at, 1, i >= 500 ? resets_after : 1);

      tutti_position_plan (&position, &target, BLOCK, &plan);
      if (plan.move == TUTTI_POSITION_JUMPS)
        {
          jumps++;
          g_assert_cmpuint (i, ==, 500);
          g_assert_cmpfloat (fabs (tutti_frame_point_minus (plan.from, plan.old_from) - step_frames), <, 0.01);
        }
    }
  return jumps;
}

/* More than 5 ms is one jump; more than 1 ms is one just after a reset. */
static void
test_jumps (void)
{
  g_assert_cmpuint (moves_after (230, 1), ==, 0);
  g_assert_cmpuint (moves_after (250, 1), ==, 1);
  g_assert_cmpuint (moves_after (-250, 1), ==, 1);
  g_assert_cmpuint (moves_after (100, 1), ==, 0);
  g_assert_cmpuint (moves_after (100, 2), ==, 1);
  g_assert_cmpuint (moves_after (40, 2), ==, 0);
}

/* A mapping that jitters by ±0.2 ms moves the frequency by less than a millionth once settled. */
static void
test_jitter_is_not_heard (void)
{
  TuttiPosition position = { 0 };
  TuttiPositionPlan plan;
  guint64 last = 0;

  for (guint i = 0; i < 8000; i++)
    {
      TuttiPositionTarget target = target_at (i * (double) BLOCK + g_test_rand_double_range (-10, 10),
                                              1 + g_test_rand_double_range (-3e-6, 3e-6), 1);

      tutti_position_plan (&position, &target, BLOCK, &plan);
      if (i > 4000)
        g_assert_cmpfloat (fabs ((double) plan.step - (double) last) / ONE, <, 1e-6);
      last = plan.step;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/position/frames-and-time", test_frames_and_time);
  g_test_add_func ("/position/points", test_points);
  g_test_add_func ("/position/unbroken", test_unbroken);
  g_test_add_func ("/position/slew", test_slew);
  g_test_add_func ("/position/jumps", test_jumps);
  g_test_add_func ("/position/jitter-is-not-heard", test_jitter_is_not_heard);
  return g_test_run ();
}
