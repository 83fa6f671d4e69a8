/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-bucket.h"

static void
test_burst_then_rate (void)
{
  TuttiBucket bucket;

  tutti_bucket_init (&bucket, 10, 3, 1000);
  for (int i = 0; i < 3; i++)
    g_assert_true (tutti_bucket_take (&bucket, 1, 1000));
  g_assert_false (tutti_bucket_take (&bucket, 1, 1000));
  g_assert_cmpint (tutti_bucket_wait_us (&bucket, 1, 1000), ==, 100000);
  g_assert_false (tutti_bucket_take (&bucket, 1, 100999));
  g_assert_true (tutti_bucket_take (&bucket, 1, 101000));
  g_assert_cmpint (tutti_bucket_wait_us (&bucket, 4, 101000), ==, G_MAXINT64);
}

static void
test_clock_back_and_far (void)
{
  TuttiBucket bucket;

  tutti_bucket_init (&bucket, 1, 2, 5000000);
  g_assert_true (tutti_bucket_take (&bucket, 2, 5000000));
  g_assert_false (tutti_bucket_take (&bucket, 1, 0));                   /* a step back refills nothing */
  g_assert_true (tutti_bucket_take (&bucket, 2, G_MAXINT64));           /* and a leap no more than the burst */
  g_assert_false (tutti_bucket_take (&bucket, 1, G_MAXINT64));
}

/* In any span of time no more than burst + rate · span is taken; and what wait_us() says is exact. */
static void
test_law (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (int round = 0; round < 200; round++)
    {
      guint rate = g_rand_int_range (rand, 1, 1000), burst = g_rand_int_range (rand, 1, 100);
      gint64 now_us = g_rand_int_range (rand, 0, 1000000), start_us = now_us, taken = 0;
      TuttiBucket bucket;

      tutti_bucket_init (&bucket, rate, burst, now_us);
      for (int i = 0; i < 500; i++)
        {
          guint tokens = g_rand_int_range (rand, 1, 4);
          gint64 wait_us = tutti_bucket_wait_us (&bucket, tokens, now_us);
          gboolean ok = tutti_bucket_take (&bucket, tokens, now_us);

          g_assert_cmpint (ok, ==, wait_us == 0);
          taken += ok ? tokens : 0;
          g_assert_cmpint (taken * (1000000 / rate), <=, (gint64) burst * (1000000 / rate) + now_us - start_us);
          now_us += g_rand_int_range (rand, 0, 20000);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bucket/burst-then-rate", test_burst_then_rate);
  g_test_add_func ("/bucket/clock-back-and-far", test_clock_back_and_far);
  g_test_add_func ("/bucket/law", test_law);
  return g_test_run ();
}
