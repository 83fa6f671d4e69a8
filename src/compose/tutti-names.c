/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-names.h"

#include <string.h>

/* Short, friendly, told apart by ear, and none that could be meant for somebody. */
static const char * const moods[] = {
  "amber", "bold", "bouncy", "brave", "breezy", "bright", "brisk", "calm", "cheery", "chilly", "clever", "cosy", "crispy",
  "dapper", "dizzy", "dreamy", "dusty", "eager", "fancy", "fizzy", "fluffy", "funky", "fuzzy", "gentle", "giddy", "glossy",
  "golden", "groovy", "happy", "hazy", "humming", "jazzy", "jolly", "jumpy", "late", "lively", "lucky", "mellow", "merry",
  "mighty", "minty", "misty", "nimble", "noble", "patient", "peppy", "plucky", "polite", "proud", "purple", "quick", "quiet",
  "rapid", "rosy", "rusty", "sandy", "shiny", "silky", "silver", "sleepy", "snappy", "snowy", "spicy", "starry", "steady",
  "sunny", "swift", "tender", "tidy", "tiny", "velvet", "vivid", "wandering", "warm", "windy", "witty", "woolly", "zesty",
};
static const char * const animals[] = {
  "alpaca", "badger", "beaver", "bison", "bobcat", "camel", "cricket", "dolphin", "donkey", "eagle", "falcon", "ferret",
  "finch", "firefly", "gazelle", "gecko", "gibbon", "hamster", "hedgehog", "heron", "hippo", "ibis", "jackdaw", "kestrel",
  "kitten", "koala", "lemur", "llama", "lobster", "magpie", "mammoth", "marmot", "meerkat", "moose", "narwhal", "octopus",
  "osprey", "ostrich", "otter", "owl", "panda", "parrot", "pelican", "penguin", "pony", "puffin", "rabbit", "raccoon", "robin",
  "salmon", "seal", "sparrow", "squid", "stork", "swallow", "tapir", "tiger", "toucan", "turtle", "walrus", "wombat", "zebra",
};

const char * const tutti_names_animals[] = {
  "Badger", "Beaver", "Bison", "Dolphin", "Eagle", "Falcon", "Ferret", "Finch", "Fox", "Gecko", "Hare", "Hedgehog", "Heron",
  "Ibis", "Koala", "Lemur", "Lynx", "Magpie", "Marmot", "Moose", "Octopus", "Otter", "Owl", "Panda", "Pelican", "Penguin",
  "Puffin", "Rabbit", "Raven", "Robin", "Seal", "Sparrow", "Stork", "Swan", "Tiger", "Toucan", "Turtle", "Walrus", "Wombat",
  "Zebra", NULL
};

/* Takes one of @n off @random, so that each part of a name draws from what the others left. */
static guint
draw (guint64 *random, guint n)
{
  guint drawn = (guint) (*random % n);

  *random /= n;
  return drawn;
}

char *
tutti_names_jam (guint64 random)
{
  const char *mood = moods[draw (&random, G_N_ELEMENTS (moods))];
  const char *animal = animals[draw (&random, G_N_ELEMENTS (animals))];

  return g_strdup_printf ("%s-%s-%u", mood, animal, 10 + draw (&random, 90));
}

/* Numbers of short names, from 10 on: with one digit "two" is heard as "too". */
#define CODE_NUMBERS 990

guint
tutti_names_count_codes (void)
{
  return G_N_ELEMENTS (moods) * G_N_ELEMENTS (animals) * CODE_NUMBERS;
}

char *
tutti_names_code (const char *jam_id)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, jam_id, -1);
  guint64 random;

  hash[16] = '\0';
  random = g_ascii_strtoull (hash, NULL, 16);
  const char *mood = moods[draw (&random, G_N_ELEMENTS (moods))];
  const char *animal = animals[draw (&random, G_N_ELEMENTS (animals))];

  return g_strdup_printf ("%s-%s-%u", mood, animal, 10 + draw (&random, CODE_NUMBERS));
}

static gboolean
is_one_of (const char *word, const char * const *words, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (g_str_equal (words[i], word))
      return TRUE;
  return FALSE;
}

gboolean
tutti_names_is_code (const char *text, char **code)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  guint64 number;

  if (strlen (lower) > TUTTI_NAME_BYTES_MAX)
    return FALSE;
  g_auto(GStrv) parts = g_strsplit (g_strdelimit (g_strstrip (lower), " _", '-'), "-", 4);

  if (g_strv_length (parts) != 3 || !is_one_of (parts[0], moods, G_N_ELEMENTS (moods)) ||
      !is_one_of (parts[1], animals, G_N_ELEMENTS (animals)) ||
      !g_ascii_string_to_unsigned (parts[2], 10, 10, 10 + CODE_NUMBERS - 1, &number, NULL))
    return FALSE;
  if (code != NULL)
    *code = g_strjoinv ("-", parts);
  return TRUE;
}

char *
tutti_names_person (guint64 random, TuttiPersonColour *colour)
{
  TuttiPersonColour drawn = (TuttiPersonColour) draw (&random, TUTTI_N_PERSON_COLOURS);
  const char *animal = tutti_names_animals[draw (&random, G_N_ELEMENTS (tutti_names_animals) - 1)];
  const char *word = tutti_person_colour_names[drawn];

  if (colour != NULL)
    *colour = drawn;
  return g_strdup_printf ("%c%s %s", g_ascii_toupper (word[0]), word + 1, animal);
}

char *
tutti_names_typed (const char *text)
{
  g_autofree char *name = g_strstrip (g_strdup (text));
  const char *end;

  g_utf8_validate_len (name, MIN (strlen (name), (gsize) TUTTI_NAME_BYTES_MAX), &end);
  name[end - name] = '\0';
  g_strchomp (name);
  return *name != '\0' ? g_steal_pointer (&name) : NULL;
}
