/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-harmony.h"

#include <string.h>

#define OCTAVE 12
#define END -1

/* The shortest way to write each comes first; it is the one that is shown. */
typedef struct
{
  gint8       steps[TUTTI_HARMONY_KEYS_MAX];
  const char *names[7];
} Quality;

static const Quality qualities[TUTTI_N_HARMONIES] = {
  [TUTTI_HARMONY_MAJOR] = { { 0, 4, 7, END }, { "", "maj", "M", "major" } },
  [TUTTI_HARMONY_MINOR] = { { 0, 3, 7, END }, { "m", "min", "-", "minor" } },
  [TUTTI_HARMONY_SEVENTH] = { { 0, 4, 7, 10 }, { "7", "dom7" } },
  [TUTTI_HARMONY_MAJOR_SEVENTH] = { { 0, 4, 7, 11 }, { "maj7", "M7", "Δ", "Δ7", "major7" } },
  [TUTTI_HARMONY_MINOR_SEVENTH] = { { 0, 3, 7, 10 }, { "m7", "min7", "-7", "minor7" } },
  [TUTTI_HARMONY_SUS_2] = { { 0, 2, 7, END }, { "sus2" } },
  [TUTTI_HARMONY_SUS_4] = { { 0, 5, 7, END }, { "sus4", "sus" } },
  [TUTTI_HARMONY_DIMINISHED] = { { 0, 3, 6, END }, { "dim", "°", "o", "mb5", "m♭5" } },
  [TUTTI_HARMONY_HALF_DIMINISHED] = { { 0, 3, 6, 10 }, { "ø", "m7b5", "m7♭5", "ø7", "min7b5", "-7b5" } },
  [TUTTI_HARMONY_AUGMENTED] = { { 0, 4, 8, END }, { "aug", "+" } },
  [TUTTI_HARMONY_SIXTH] = { { 0, 4, 7, 9 }, { "6", "maj6" } },
  [TUTTI_HARMONY_MINOR_SIXTH] = { { 0, 3, 7, 9 }, { "m6", "min6", "-6" } },
  [TUTTI_HARMONY_POWER] = { { 0, 7, END, END }, { "5" } },
};

/* ---- keys ---- */

guint
tutti_harmony_steps (TuttiHarmony quality, int steps[TUTTI_HARMONY_KEYS_MAX])
{
  guint n = 0;

  if (quality <= TUTTI_HARMONY_NONE)
    return 0;
  while (n < TUTTI_HARMONY_KEYS_MAX && qualities[quality].steps[n] != END)
    {
      steps[n] = qualities[quality].steps[n];
      n++;
    }
  return n;
}

gboolean
tutti_chord_has (guint root, TuttiHarmony quality, int key)
{
  int steps[TUTTI_HARMONY_KEYS_MAX];
  guint n = tutti_harmony_steps (quality, steps);

  for (guint i = 0; i < n; i++)
    if (tutti_floor_mod (key - (int) root - steps[i], OCTAVE) == 0)
      return TRUE;
  return FALSE;
}

guint
tutti_chord_near (guint root, TuttiHarmony quality, int from, int keys[TUTTI_HARMONY_KEYS_MAX])
{
  int steps[TUTTI_HARMONY_KEYS_MAX];
  guint wanted = tutti_harmony_steps (quality, steps), n = 0;

  while (from > 0 && wanted > 0 && !tutti_chord_has (root, quality, from))
    from--;
  for (int key = MAX (from, 0); key <= TUTTI_KEY_MAX && n < wanted; key++)
    if (tutti_chord_has (root, quality, key))
      keys[n++] = key;
  return n;
}

/* ---- names ---- */

static const char * const root_names[OCTAVE] = { "C", "D♭", "D", "E♭", "E", "F", "G♭", "G", "A♭", "A", "B♭", "B" };

const char *
tutti_harmony_root (int key)
{
  return root_names[tutti_floor_mod (key, OCTAVE)];
}

void
tutti_chord_print (guint root, TuttiHarmony quality, char text[TUTTI_CHORD_TEXT_SIZE])
{
  text[0] = '\0';
  if (quality > TUTTI_HARMONY_NONE)
    g_snprintf (text, TUTTI_CHORD_TEXT_SIZE, "%s%s", tutti_harmony_root ((int) root), qualities[quality].names[0]);
}

/* A letter and its sign; *@text goes on behind them. */
static gboolean
parse_root (const char **text, guint *root)
{
  static const int letters[] = { 9, 11, 0, 2, 4, 5, 7 };       /* A … G */
  static const struct { const char *text; int by; } signs[] = { { "♭", -1 }, { "b", -1 }, { "♯", 1 }, { "#", 1 } };
  int letter = g_ascii_toupper (**text), by = 0;

  if (letter < 'A' || letter > 'G')
    return FALSE;
  (*text)++;
  for (guint i = 0; i < G_N_ELEMENTS (signs) && by == 0; i++)
    if (g_str_has_prefix (*text, signs[i].text))
      {
        *text += strlen (signs[i].text);
        by = signs[i].by;
      }
  *root = (guint) tutti_floor_mod (letters[letter - 'A'] + by, OCTAVE);
  return TRUE;
}

static TuttiHarmony
find_quality (const char *name)
{
  for (int i = TUTTI_HARMONY_MAJOR; i < TUTTI_N_HARMONIES; i++)
    for (guint j = 0; j < G_N_ELEMENTS (qualities[i].names) && qualities[i].names[j] != NULL; j++)
      if (g_str_equal (qualities[i].names[j], name))
        return (TuttiHarmony) i;
  return TUTTI_HARMONY_AS_BEFORE;
}

gboolean
tutti_chord_parse (const char *text, guint *root, TuttiHarmony *quality)
{
  g_autofree char *plain = g_strstrip (g_strdup (text)), *small = NULL;
  const char *rest = plain;
  TuttiHarmony found;

  if (!parse_root (&rest, root))
    return FALSE;
  while (*rest == ' ')
    rest++;
  /* As it is written first: "M7" is not "m7". */
  small = g_utf8_strdown (rest, -1);
  found = find_quality (rest);
  if (found == TUTTI_HARMONY_AS_BEFORE)
    found = find_quality (small);
  if (found == TUTTI_HARMONY_AS_BEFORE)
    return FALSE;
  *quality = found;
  return TRUE;
}

/* ---- the jam's scale ---- */

static TuttiHarmony
quality_of (int third, int fifth)
{
  for (int i = TUTTI_HARMONY_MAJOR; i < TUTTI_N_HARMONIES; i++)
    if (qualities[i].steps[1] == third && qualities[i].steps[2] == fifth && qualities[i].steps[3] == END)
      return (TuttiHarmony) i;
  return TUTTI_HARMONY_AS_BEFORE;
}

TuttiHarmony
tutti_chord_of_scale (const TuttiJam *jam, guint degree, guint *root)
{
  int key = jam->key, third, fifth;

  while (degree-- > 0)
    key = tutti_jam_snap_to_scale (jam, key, 1);
  if (key >= jam->key + OCTAVE || jam->scale == TUTTI_SCALE_CHROMATIC)
    return TUTTI_HARMONY_AS_BEFORE;
  third = tutti_jam_snap_to_scale (jam, tutti_jam_snap_to_scale (jam, key, 1), 1);
  fifth = tutti_jam_snap_to_scale (jam, tutti_jam_snap_to_scale (jam, third, 1), 1);
  *root = (guint) key % OCTAVE;
  return quality_of (third - key, fifth - key);
}
