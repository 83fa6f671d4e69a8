/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window without a pointer: a mix is exported, an effect of the master comes, moves, rests and goes, a compressor is steered by another
 * track, tools are tried and used on a pattern; what is gone from leaves the focus where one goes on. */
#include "tutti-e2e.h"
#include "tutti-player.h"

#include <glib/gstdio.h>

#define focus(player, what) use_hands (player, "focus", what, NULL)
#define type(player, words) use_hands (player, "text", words, NULL)

#define walk(player, key, what) use_hands (player, "walk", key, what, NULL)

/* A button that opens a menu has the focus: down to what is called so, and pressed. */
static void
choose (Player *player, const char *first, const char *what)
{
  keys (player, "Return");
  focus (player, first);
  walk (player, "Down", what);
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
  see (player, "Choose a File…");
  keys (player, "Return");
  see (player, "Name:?");
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
  walk (player, "Tab", "Add an Effect for Everyone");
  choose (player, "EQ", "Compressor");
  see (player, "Compressor, more");
  walk (player, "Tab", "Add an Effect for Everyone");
  choose (player, "EQ", "Limiter");
  use_hands (player, "left", "Compressor, more", "Limiter, more", NULL);
  walk (player, "shift+Tab", "Compressor, more");
  choose (player, "Move Left", "Move Right");
  use_hands (player, "left", "Limiter, more", "Compressor, more", NULL);
  focus (player, "Compressor, more");
  keys (player, "shift+Tab");
  see (player, "Compressor", "focused", "pressed");
  keys (player, "space");
  see (player, "Compressor", "focused", "!pressed");
}

/* The compressor follows the kick; then it goes, and its neighbour has the keyboard. */
static void
steer (Player *player)
{
  keys (player, "Tab");
  focus (player, "Compressor, more");
  keys (player, "Return");
  focus (player, "Move Left");
  walk (player, "Down", "Steered By");
  keys (player, "Return");
  walk (player, "Down", "Kick");
  keys (player, "Return");
  focus (player, "Compressor, more");
  keys (player, "Return");
  focus (player, "Move Left");
  walk (player, "Down", "Steered By");
  keys (player, "Return");
  walk (player, "Down", "✓ Kick");
  keys (player, "Escape");
  focus (player, "Compressor, more");
  choose (player, "Move Left", "Remove");
  see (player, "Compressor removed");
  focus (player, "Limiter.*");
}

/* One that asks: it is shown what would be, then it is. */
static void
use_tool (Player *player, const char *tool, const char *first, const char *use)
{
  walk (player, "shift+Tab", "Tools");
  choose (player, "Copy Pattern", tool);
  focus (player, first);
  keys (player, "Up");
  walk (player, "Tab", use);
  keys (player, "Return");
  focus (player, "Tools");
  keys (player, "Escape");
  focus (player, "Kick, step 1, .*");
}

static void
use_tools (Player *player)
{
  static const struct { const char *tool, *first; } tools[] = {
    { "Random…", "Density in percent" }, { "Humanise…", "Timing in ticks" }, { "Transpose…", "Semitones" },
  };

  keys (player, "alt+1");
  focus (player, "Kick, step 1, .*");
  use_tool (player, "Euclid…", "Hits", "Spread Evenly");
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++)
    use_tool (player, tools[i].tool, tools[i].first, "Use for Everyone");
  take_picture (player, "20-keyboard-pattern");
}

static Player *
sit_down (void)
{
  Player *a;

  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --pulse --display"));
  a = seat ("a");
  begin (a);
  return a;
}

static void
leave (Player *player)
{
  tutti_lab_sweep ();
  stand_up (player);
}

static void
test_mix (void)
{
  Player *a = sit_down ();

  export_mix (a);
  change_master (a);
  steer (a);
  leave (a);
}

/* Whoever starts for the first time is shown what to do; Escape is enough of it, and the keyboard is where it was. */
static void
test_hints (void)
{
  Player *a;

  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --pulse --display"));
  g_free (tutti_e2e_finish (tutti_lab_spawn ("a", "sh", "-c", "mkdir -p $XDG_CONFIG_HOME/glib-2.0/settings && "
                                             ": > $XDG_CONFIG_HOME/glib-2.0/settings/keyfile", NULL), 0));
  a = seat ("a");
  begin (a);
  see (a, "Tap a cell\\. Everyone hears it\\.");
  take_picture (a, "hints");
  keys (a, "Escape");
  miss (a, "Tap a cell\\. Everyone hears it\\.");
  leave (a);
}

static void
test_tools (void)
{
  Player *a = sit_down ();

  use_tools (a);
  leave (a);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/keyboard/mix", test_mix);
  g_test_add_func ("/keyboard/hints", test_hints);
  g_test_add_func ("/keyboard/tools", test_tools);
  return g_test_run ();
}
