/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shares of a day, by person and by jam, and what is kept in all. */
#include "tutti-quota.h"

enum { DAY = 86400, NOW = 20000 * DAY };

static const TuttiQuotaLimits limits = { .a_person = 100, .a_jam = 150, .total = 1000 };

static void
expect (const TuttiQuota *quota, const char *jam, guint person, gint64 bytes, gint64 now_s, TuttiQuotaVerdict verdict)
{
  g_assert_cmpint (tutti_quota_judge (quota, &limits, jam, person, bytes, now_s), ==, verdict);
}

static void
test_shares (void)
{
  g_autoptr(TuttiQuota) quota = tutti_quota_new ();

  expect (quota, "a", 1, 100, NOW, TUTTI_QUOTA_FITS);
  expect (quota, "a", 1, 101, NOW, TUTTI_QUOTA_PERSON);
  tutti_quota_note (quota, "a", 1, 60, NOW);
  expect (quota, "a", 1, 40, NOW, TUTTI_QUOTA_FITS);
  expect (quota, "a", 1, 41, NOW, TUTTI_QUOTA_PERSON);
  expect (quota, "b", 1, 100, NOW, TUTTI_QUOTA_FITS);       /* number 1 of another jam is somebody else */
  tutti_quota_note (quota, "a", 2, 60, NOW);
  expect (quota, "a", 3, 31, NOW, TUTTI_QUOTA_JAM);
  /* A new day, or a clock that was set back. */
  expect (quota, "a", 1, 100, NOW + DAY, TUTTI_QUOTA_FITS);
  expect (quota, "a", 1, 100, NOW - DAY, TUTTI_QUOTA_FITS);
  tutti_quota_note (quota, "a", 1, 10, NOW + DAY);
  expect (quota, "a", 1, 90, NOW + DAY, TUTTI_QUOTA_FITS);
}

/* More people than are counted in a day: who is counted goes on, and the next day everybody does. */
static void
test_many_people (void)
{
  g_autoptr(TuttiQuota) quota = tutti_quota_new ();
  guint n = 1;

  for (; tutti_quota_judge (quota, &limits, "b", n, 1, NOW) == TUTTI_QUOTA_FITS && n < 10000; n++)
    {
      g_autofree char *jam = g_strdup_printf ("j%u", n);

      tutti_quota_note (quota, jam, n, 0, NOW);
    }
  g_assert_cmpuint (n, <, 10000);
  expect (quota, "b", n, 1, NOW, TUTTI_QUOTA_TOTAL);
  expect (quota, "j1", 1, 1, NOW, TUTTI_QUOTA_FITS);
  expect (quota, "b", n, 1, NOW + DAY, TUTTI_QUOTA_FITS);
}

static void
test_total (void)
{
  static const TuttiQuotaLimits none = { 0 };
  g_autoptr(TuttiQuota) quota = tutti_quota_new ();

  tutti_quota_set_total (quota, 950);
  expect (quota, "a", 1, 50, NOW, TUTTI_QUOTA_FITS);
  expect (quota, "a", 1, 51, NOW, TUTTI_QUOTA_TOTAL);
  tutti_quota_note (quota, "a", 0, 30, NOW);
  expect (quota, "a", 1, 21, NOW, TUTTI_QUOTA_TOTAL);
  g_assert_cmpint (tutti_quota_judge (quota, &none, "a", 1, G_GINT64_CONSTANT (1) << 40, NOW), ==, TUTTI_QUOTA_FITS);
}

static void
test_kept (void)
{
  g_autoptr(TuttiQuota) quota = tutti_quota_new (), again = tutti_quota_new ();
  g_autofree char *kept = NULL;
  g_autoptr(GError) error = NULL;

  tutti_quota_note (quota, "a", 1, 60, NOW);
  kept = tutti_quota_to_text (quota);
  g_assert_true (tutti_quota_resume (again, kept, NULL));
  expect (again, "a", 1, 41, NOW, TUTTI_QUOTA_PERSON);
  g_assert_false (tutti_quota_resume (again, "{\"day\":1}", &error));
  g_assert_nonnull (error);
  expect (again, "a", 1, 41, NOW, TUTTI_QUOTA_PERSON);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/quota/shares", test_shares);
  g_test_add_func ("/quota/many-people", test_many_people);
  g_test_add_func ("/quota/total", test_total);
  g_test_add_func ("/quota/kept", test_kept);
  return g_test_run ();
}
