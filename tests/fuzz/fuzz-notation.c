/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whatever reads as a document prints, and what was printed reads as the same text again. */
#include "tutti-fuzz.h"

#include "tutti-notation.h"

const char *const fuzz_corpus[] = {
  "kick: x...x...x..x....\n",
  "# c\ntitle: A\ntempo: 118.5\nswing: 54\ntime: 3/4\nkey: Bb dorian\nseed: 7\nmix: gain=-60, reverb-size=480\n",
  "hats [pan=180, solo, swing=66.7]: X o x 3 | ~{v50} . x{v87 40% 2:4 *3> -8 cutoff=700 /} x*2\n",
  "\"a: b\" [sound=rubber-bass, root=c2, 1/8t, len=12, name=\"x\", play=gate, choke=2]: c2 _ . Eb2{l3} f#-1\n  | g1{80%}\n",
  "[Verse]\nkick: x\n[\"\"]\nkick [mute, colour=rose, transpose=-12]: o\n",
  NULL
};

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  guint32 counter = 0;
  g_autoptr(TuttiJam) jam = tutti_notation_parse_jam ((const char *) data, (gssize) size, 1, &counter, NULL, NULL, NULL);
  g_autoptr(TuttiJam) again = NULL;
  g_autofree char *one = NULL, *two = NULL;

  if (jam == NULL)
    return 0;
  one = tutti_notation_print_jam (jam, NULL, NULL);
  again = tutti_notation_parse_jam (one, -1, 1, &counter, NULL, NULL, NULL);
  g_assert_nonnull (again);
  two = tutti_notation_print_jam (again, NULL, NULL);
  g_assert_cmpstr (one, ==, two);
  return 0;
}
