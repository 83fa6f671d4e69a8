/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Eight people on eight machines write the same fields of one jam at the same time, each over a line that delays, varies, loses and
 * reorders otherwise: in the end all have one document, and nothing had to be repaired. Ten thousand edits at full length. */
#include "tutti-e2e.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE = 8, EDITS = 400, EDITS_FULL = 10000 };

/* Each machine's; what is far away is on the line twice, here and back. */
static const char *const lines[PEOPLE] = {
  "delay=1", "delay=5 jitter=3 reorder=1", "delay=10 jitter=5 loss=1 reorder=1", "delay=20 jitter=10 loss=1", "delay=2 loss=3",
  "delay=40 jitter=20 reorder=1", "jitter=30 reorder=1", "delay=15 jitter=15 loss=2 reorder=1",
};

static TuttiLabProcess *
start_guest (guint i, const TuttiE2eHost *host, guint edits)
{
  g_autofree char *machine = g_strdup_printf ("g%u", i), *number = tutti_lab ("address host"), *port = g_strdup_printf ("%u", host->port);
  g_autofree char *count = g_strdup_printf ("%u", edits), *people = g_strdup_printf ("%u", PEOPLE);
  g_autofree char *seed = g_strdup_printf ("%u", (guint) g_test_rand_int_range (1, G_MAXINT32));

  g_free (tutti_lab ("add %s", machine));
  g_free (tutti_lab ("link %s %s", machine, lines[i]));
  return tutti_lab_spawn (machine, TUTTI_LOAD_GUEST, number, port, count, people, seed, NULL);
}

static void
test_crossing (void)
{
  gboolean full = g_getenv ("TUTTI_LAB_FULL") != NULL;
  guint edits = (full ? EDITS_FULL : EDITS) / PEOPLE;
  TuttiLabProcess *guests[PEOPLE];
  g_autofree char *first = NULL;

  g_free (tutti_lab ("add host"));
  g_autoptr(TuttiE2eHost) host = tutti_e2e_host ("host", TUTTI_E2E_WORDS ("--demo", "--no-mdns"));

  for (guint i = 0; i < PEOPLE; i++)
    guests[i] = start_guest (i, host, edits);
  for (guint i = 0; i < PEOPLE; i++)
    tutti_lab_expect (guests[i], "^in$");
  for (guint i = 0; i < PEOPLE; i++)
    tutti_lab_say (guests[i], "go");
  for (guint i = 0; i < PEOPLE; i++)
    {
      const char *copy = tutti_lab_expect_within (guests[i], "^copy ", full ? 300 : TUTTI_LAB_DEADLINE_S);

      g_test_message ("g%u: %s", i, copy);
      tutti_e2e_match (copy, " refused=0 repaired=0 ");
      /* Up to the hash. */
      g_autofree char *same = g_strndup (copy, (gsize) (strstr (copy, " refused") - copy));

      if (first == NULL)
        first = g_strdup (same);
      g_assert_cmpstr (same, ==, first);
    }
  g_test_message ("%u edits of five fields by 8 guests over bad lines: no copy differs", edits * PEOPLE);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/crossing/same-fields", test_crossing);
  return g_test_run ();
}
