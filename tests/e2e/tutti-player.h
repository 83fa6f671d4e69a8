/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-e2e.h"

/* Somebody at a machine's window, with pointer and keyboard. What is on the screen is told by AT-SPI. */

typedef struct
{
  const char      *machine;
  TuttiLabProcess *window, *hands, *ear;
  char            *recording;      /* owned */
} Player;

/* One command of e2e-hands.py, words up to NULL. Returns: (transfer none): what it answered; a failure ends the test. */
static inline const char *
use_hands (Player *player, const char *command, ...)
{
  g_autoptr(GString) line = g_string_new (command);
  g_autofree char *answered = g_strdup_printf ("^(ok|failed) %s ", command);
  const char *answer, *word;
  va_list words;

  va_start (words, command);
  while ((word = va_arg (words, const char *)) != NULL)
    {
      g_autofree char *quoted = g_shell_quote (word);

      g_string_append_printf (line, " %s", quoted);
    }
  va_end (words);
  tutti_lab_say (player->hands, line->str);
  answer = tutti_lab_expect (player->hands, answered);
  g_test_message ("%s: %s", player->machine, line->str);
  if (!g_str_has_prefix (answer, "ok "))
    g_error ("%s at “%s”: %s", player->machine, line->str, answer);
  return answer + strlen ("ok ") + strlen (command) + 1;
}

#define see(player, ...) use_hands (player, "see", __VA_ARGS__, NULL)
#define miss(player, what) use_hands (player, "miss", what, NULL)
#define click(player, what) use_hands (player, "click", what, NULL)
#define keys(player, ...) use_hands (player, "keys", __VA_ARGS__, NULL)

static inline void
take_picture (Player *player, const char *name)
{
  g_autofree char *path = g_strdup_printf ("%s/%s-%s.png", TUTTI_E2E_SHOTS, name, player->machine);

  use_hands (player, "shot", path, NULL);
}

static inline void
start_window (Player *player)
{
  /* Where windows slide and fade nobody can point at them for a while: this person likes it without. */
  player->window = tutti_lab_spawn (player->machine, "sh", "-c",
                                    "mkdir -p $XDG_CONFIG_HOME/gtk-4.0 && "
                                    "printf '[Settings]\\ngtk-enable-animations=0\\n' > $XDG_CONFIG_HOME/gtk-4.0/settings.ini && "
                                    /* Whose first jam it is not: hints would lie over what is clicked. */
                                    "mkdir -p $XDG_CONFIG_HOME/glib-2.0/settings && "
                                    "{ test -e $XDG_CONFIG_HOME/glib-2.0/settings/keyfile || "
                                    "printf '[io/github/tuttijam/Tutti]\\nhints-done=true\\n' > "
                                    "$XDG_CONFIG_HOME/glib-2.0/settings/keyfile; } && "
                                    "exec env GSETTINGS_BACKEND=keyfile GSK_RENDERER=cairo LC_ALL=C.UTF-8 "
                                    "XDG_DATA_DIRS=$1:/usr/local/share:/usr/share \"$0\"",
                                    TUTTI_E2E_WINDOW, TUTTI_E2E_ICONS, NULL);
}

static inline Player *
seat (const char *machine)
{
  Player *player = g_new0 (Player, 1);

  player->machine = machine;
  player->recording = g_strdup_printf ("%s/heard-%s", TUTTI_E2E_SHOTS, machine);
  player->hands = tutti_lab_spawn (machine, TUTTI_E2E_PYTHON, TUTTI_E2E_HANDS, TUTTI_E2E_SHOTS, NULL);
  start_window (player);
  return player;
}

static inline void
stand_up (Player *player)
{
  g_free (player->recording);
  g_free (player);
}

/* Says who is playing, and goes back from the beat that begins then. */
static inline void
introduce (Player *player, const char *name)
{
  see (player, "Who is playing\\?");
  keys (player, "ctrl+a");
  use_hands (player, "text", name, NULL);
  keys (player, "Return");
  see (player, "Pause \\(Space\\)");
  keys (player, "ctrl+w");
  see (player, "Your Jams");
}
