/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window without a pointer: a mix is exported, an effect of the master comes, moves, rests and goes, a compressor is steered by another
 * track, tools are tried and used on a pattern, a chord is placed, a preset of a SoundFont is heard and taken. At every step something
 * that one can see has the focus. */
#include "soundfont-fixture.h"
#include "tutti-e2e.h"
#include "tutti-player.h"

#include <glib/gstdio.h>

#define focus(player, what) use_hands (player, "focus", what, NULL)
#define type(player, words) use_hands (player, "text", words, NULL)

/* In a menu that is open: down to what is called so, at most @most entries away, and pressed. */
static void
choose_down (Player *player, const char *first, guint down, const char *what)
{
  focus (player, first);
  for (guint i = 0; i < down; i++)
    keys (player, "Down");
  focus (player, what);
  keys (player, "Return");
}

static void
begin (Player *player)
{
  see (player, "Who is playing\\?");
  keys (player, "ctrl+a");
  type (player, "Ada");
  keys (player, "Return");
  see (player, "Pause \\(Space\\)");
  keys (player, "F5");
  see (player, "Play \\(Space\\)");
}

static void
export_mix (Player *player)
{
  g_autofree char *path = g_build_filename (TUTTI_E2E_SHOTS, "keyboard.wav", NULL);

  g_unlink (path);
  keys (player, "ctrl+e");
  see (player, "Export");
  keys (player, "ctrl+a");
  type (player, path);
  keys (player, "Return");
  see (player, "Exported to keyboard\\.wav\\.");
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

/* From the strips to the master, and down to its effects. */
static void
change_master (Player *player)
{
  keys (player, "alt+4");
  focus (player, "Kick volume");
  keys (player, "ctrl+End");
  focus (player, "Master volume");
  keys (player, "ctrl+Up");
  see (player, "Add an Effect for Everyone");
  keys (player, "F6");
}

static void
test_keyboard (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --pulse --display"));
  Player *a = seat ("a");

  begin (a);
  export_mix (a);
  change_master (a);
  tutti_lab_sweep ();
  stand_up (a);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyboard/walk", test_keyboard);
  return g_test_run ();
}
