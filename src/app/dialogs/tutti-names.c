/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-names.h"

#include <glib/gi18n.h>

static const char * const colours[] = { N_("Brick"), N_("Amber"), N_("Lemon"), N_("Mint"), N_("Ice"), N_("Cobalt"), N_("Lilac"),
                                        N_("Orchid") };
static const char * const animals[] = { N_("Otter"), N_("Heron"), N_("Penguin"), N_("Fox"), N_("Badger"), N_("Owl"), N_("Lynx"),
                                        N_("Gecko"), N_("Puffin"), N_("Hare"), N_("Seal"), N_("Wren") };
static const char * const moods[] = { N_("fuzzy"), N_("late"), N_("quiet"), N_("brave"), N_("happy"), N_("sleepy"), N_("swift"),
                                      N_("warm"), N_("tiny"), N_("bold") };

char *
tutti_names_person (int colour, guint32 dice)
{
  /* Translators: a colour and an animal: "Mint Otter" */
  return g_strdup_printf (C_("name of a person", "%s %s"), _(colours[(guint) colour % G_N_ELEMENTS (colours)]),
                          _(animals[dice % G_N_ELEMENTS (animals)]));
}

char *
tutti_names_jam (guint32 dice)
{
  g_autofree char *animal = g_utf8_strdown (_(animals[dice / 16 % G_N_ELEMENTS (animals)]), -1);

  /* Translators: a mood, an animal and a number that can be said aloud: "fuzzy-penguin-42" */
  return g_strdup_printf (C_("name of a jam", "%s-%s-%u"), _(moods[dice % G_N_ELEMENTS (moods)]), animal, dice / 256 % 98 + 2);
}
