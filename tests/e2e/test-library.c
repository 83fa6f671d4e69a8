/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody keeps house among the own jams, with pointer and keyboard: names, describes, remixes, searches, deletes, restores and
 * publishes them. */
#include "tutti-player.h"

#include <glib/gstdio.h>

/* In the menu of the jam called @jam, as a regular expression, the item called @item: by keyboard, because a menu is a surface of its
 * own, where nothing can be pointed at. */
static void
choose (Player *a, const char *jam, const char *const *above, const char *item)
{
  g_autofree char *more = g_strdup_printf ("More about %s", jam);

  click (a, more);
  for (; *above != NULL; above++)
    {
      use_hands (a, "focus", *above, NULL);
      keys (a, "Down");
    }
  use_hands (a, "focus", item, NULL);
  keys (a, "Return");
}

static const char *const all_items[] = { "Open", "Rename…", "Describe…", "Save a Copy", "Remix", "Publish \\(Read Only\\)",
  "Delete", NULL };

/* @n items stand above it. */
static void
choose_nth (Player *a, const char *jam, guint n)
{
  const char *above[G_N_ELEMENTS (all_items)] = { NULL };

  for (guint i = 0; i < n; i++)
    above[i] = all_items[i];
  choose (a, jam, above, all_items[n]);
}

static void
type_instead (Player *a, const char *text)
{
  keys (a, "ctrl+a");
  use_hands (a, "text", text, NULL);
}

static void
open_library (Player *a, const char *all)
{
  click (a, all);
  see (a, "Sort By");
}

static void
name_and_describe (Player *a)
{
  choose_nth (a, ".*", 1);
  see (a, "Name of the Jam");
  type_instead (a, "Friday");
  keys (a, "Return");
  see (a, "More about Friday");
  choose_nth (a, "Friday", 2);
  see (a, "What Is This Jam About\\?");
  use_hands (a, "text", "Dusty drums and rain", NULL);
  take_picture (a, "library-1-describe");
  keys (a, "Return");
  see (a, "Dusty drums and rain");
}

static void
remix (Player *a)
{
  choose_nth (a, "Friday", 4);
  see (a, "Kick, step 1, on.*", "checked");
  take_picture (a, "library-2-remix");
  keys (a, "ctrl+w");
  see (a, "More about Friday Remix");
  see (a, ".* · Remix of Friday");
  see (a, ".* · 1 remix");
  take_picture (a, "library-3-remixed");
}

/* The search has the keyboard from the beginning, and by Ctrl+F. */
static void
search (Player *a)
{
  keys (a, "ctrl+f");
  use_hands (a, "text", "REMIX", NULL);
  miss (a, "More about Friday");
  see (a, "More about Friday Remix");
  type_instead (a, "polka");
  see (a, "No Jam Matches");
  take_picture (a, "library-4-no-match");
  type_instead (a, "dusty");
  see (a, "More about Friday");
  keys (a, "ctrl+a", "BackSpace");
  see (a, "More about Friday Remix");
}

static void
delete_and_restore (Player *a)
{
  choose_nth (a, "Friday Remix", 6);
  /* It goes away after a while. */
  click (a, "Undo");
  see (a, "More about Friday Remix");
  choose_nth (a, "Friday Remix", 6);
  see (a, "“Friday Remix” deleted");
  take_picture (a, "library-5-deleted");
  miss (a, "More about Friday Remix");
  click (a, "Deleted");
  click (a, "Restore Friday Remix");
  miss (a, "Restore Friday Remix");
  see (a, "Nothing Deleted");
  click (a, "Deleted");
  see (a, "More about Friday Remix");
}

/* Whoever published it cannot edit it either; a remix can be. */
static void
publish (Player *a)
{
  choose_nth (a, "Friday", 5);
  see (a, "Published");
  click (a, "Friday");
  see (a, "Published: read only\\. Remix it to change it\\.");
  click (a, "Kick, step 3, off");
  see (a, "Kick, step 3, off", "!checked");
  take_picture (a, "library-6-published");
  click (a, "Remix");
  miss (a, "Published: read only\\. Remix it to change it\\.");
  click (a, "Kick, step 3, off");
  see (a, "Kick, step 3, on, velocity 100", "checked");
  keys (a, "ctrl+w");
  see (a, "More about Friday Remix 2");
  see (a, ".* · 2 remixes");
  take_picture (a, "library-7-all");
  keys (a, "ctrl+w");
  see (a, "All 3");
}

static void
test_library (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  Player *a = seat ("a");

  introduce (a, "Ada");
  open_library (a, "All 1");
  name_and_describe (a);
  remix (a);
  search (a);
  delete_and_restore (a);
  publish (a);
  tutti_lab_sweep ();
  stand_up (a);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/library/used", test_library);
  return g_test_run ();
}
