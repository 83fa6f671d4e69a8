/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-names.h"

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
