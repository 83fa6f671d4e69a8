/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two windows and one chain of effects: what one person adds, turns, moves and takes back, the other sees. */
#include "tutti-e2e.h"
#include "tutti-player.h"

#define JAM "Fuzzy Penguin"

static void
host_jam (Player *player)
{
  click (player, "Host a Jam");
  click (player, "Name");
  keys (player, "ctrl+a");
  use_hands (player, "text", JAM, NULL);
  click (player, "Host");
  see (player, "Kick, step 1, on.*");
}

static void
join_jam (Player *player)
{
  see (player, "Join " JAM, "sensitive");
  click (player, "Join " JAM);
  see (player, "Kick, step 1, on.*", "checked");
}

/* The desk shows the sound of the kick. */
static void
open_sound (Player *player)
{
  click (player, "Sound");
  see (player, "Add an Effect for Everyone");
  see (player, "No effects yet\\.\\sWhat you add here, everyone hears\\.");
}

/* A menu is a surface of its own: by keyboard. */
static void
add_effect (Player *player, guint down, const char *name)
{
  click (player, "Add an Effect for Everyone");
  use_hands (player, "focus", "EQ", NULL);
  for (guint i = 0; i < down; i++)
    keys (player, "Down");
  use_hands (player, "focus", name, NULL);
  keys (player, "Return");
}

static void
test_effects (void)
{
  g_mkdir_with_parents (TUTTI_E2E_SHOTS, 0777);
  g_free (tutti_lab ("add a --avahi --pulse --display"));
  g_free (tutti_lab ("add b --avahi --pulse --display"));
  Player *a = seat ("a"), *b = seat ("b");

  introduce (a, "Ada");
  introduce (b, "Bea");
  host_jam (a);
  join_jam (b);
  open_sound (a);
  open_sound (b);
  add_effect (a, 0, "EQ");
  see (b, "EQ, more");
  add_effect (a, 1, "Filter");
  see (b, "Filter, more");
  use_hands (b, "left", "EQ, more", "Filter, more", NULL);
  click (a, "EQ, Low");
  keys (a, "Up", "Up");
  see (b, "\\+0\\.7 dB");
  take_picture (b, "13-effects");
  /* One movement of a hand is one thing to take back. */
  keys (a, "ctrl+z");
  miss (b, "\\+0\\.7 dB");
  miss (b, "\\+0\\.4 dB");
  click (b, "EQ, more");
  use_hands (b, "focus", "Move Left", NULL);
  keys (b, "Down");
  use_hands (b, "focus", "Move Right", NULL);
  keys (b, "Return");
  use_hands (a, "left", "Filter, more", "EQ, more", NULL);
  keys (b, "ctrl+z");
  use_hands (a, "left", "EQ, more", "Filter, more", NULL);
  use_hands (a, "drag", "Filter: drag to another place", "EQ, more", NULL);
  use_hands (b, "left", "EQ, more", "Filter, more", NULL);
  use_hands (a, "drag", "Filter: drag to another place", "EQ: drag to another place", NULL);
  use_hands (b, "left", "Filter, more", "EQ, more", NULL);
  keys (a, "ctrl+z");
  use_hands (b, "left", "EQ, more", "Filter, more", NULL);
  keys (a, "ctrl+z");
  miss (b, "Filter, more");
  keys (a, "ctrl+z");
  miss (b, "EQ, more");
  see (b, "No effects yet\\.\\sWhat you add here, everyone hears\\.");
  tutti_lab_sweep ();
  stand_up (a);
  stand_up (b);
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/effects/together", test_effects);
  return g_test_run ();
}
