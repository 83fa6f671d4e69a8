/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-patch-words.h"
#include "tutti-preset.h"
#include "tutti-sounds.h"

#include <string.h>

/* The window's list of presets and the sound core's are one. */
static void
test_same_presets (void)
{
  guint n = 0;

  for (const TuttiSoundInfo *info = tutti_preset_infos; info->sound != NULL; info++, n++)
    {
      const TuttiPreset *preset = tutti_preset_get (n);

      g_assert_nonnull (preset);
      g_assert_true (g_str_has_prefix (info->sound, preset->instrument == TUTTI_INSTRUMENT_SYNTH ? "synth:" : "drum:"));
      g_assert_cmpstr (strchr (info->sound, ':') + 1, ==, preset->id);
      g_assert_cmpstr (info->name, ==, preset->name);
      g_assert_cmpint (info->root, ==, preset->root_note);
      g_assert_cmpint (info->pitched, ==, preset->pitched);
      g_assert_true (tutti_sound_info (info->sound) == info);
      g_assert_cmpstr (tutti_sound_icon (info->sound), !=, "tutti-sample-symbolic");
      g_assert_nonnull (tutti_sound_group_name (info->group));
    }
  g_assert_cmpuint (n, ==, tutti_preset_count ());
}

/* Every number of a patch has a name of its own and words for its ends. */
static void
test_words (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i < TUTTI_N_PATCH; i++)
    {
      g_autofree char *low = tutti_words_patch_value (i, tutti_patch_spec (i)->min);
      g_autofree char *high = tutti_words_patch_value (i, tutti_patch_spec (i)->max);

      g_assert_true (g_hash_table_add (names, (gpointer) tutti_words_patch (i)));
      g_assert_cmpstr (low, !=, high);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/preset-infos/same-presets", test_same_presets);
  g_test_add_func ("/preset-infos/words", test_words);
  return g_test_run ();
}
