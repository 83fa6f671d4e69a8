/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-sound-bank.h"

#include "tutti-kit.h"
#include "tutti-sound-library.h"

#include <glib/gstdio.h>

static void
on_changed (TuttiSoundBank *bank, const char *name, gpointer came)
{
  g_ptr_array_add (came, g_strdup (name));
}

static void
wait_until_idle (TuttiSoundBank *bank)
{
  while (tutti_sound_bank_is_busy (bank))
    g_main_context_iteration (NULL, TRUE);
}

static void
test_kit_comes (void)
{
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);
  g_autoptr(GPtrArray) came = g_ptr_array_new_with_free_func (g_free);
  TuttiPlanSound sound;

  g_signal_connect (bank, "changed", G_CALLBACK (on_changed), came);
  tutti_sound_bank_resolve ("kit:rubber-bass", &sound, bank);
  g_assert_null (sound.sound);
  g_assert_true (sound.gate);
  g_assert_cmpint (sound.root_note, ==, 36);
  tutti_sound_bank_resolve ("kit:rubber-bass", &sound, bank);
  wait_until_idle (bank);
  g_assert_cmpuint (came->len, ==, 1);
  g_assert_cmpstr (came->pdata[0], ==, "kit:rubber-bass");
  tutti_sound_bank_resolve ("kit:rubber-bass", &sound, bank);
  g_assert_nonnull (sound.sound);
  g_assert_true (sound.sound == tutti_sound_bank_get_now (bank, "kit:rubber-bass"));
}

static void
test_nobody_knows (void)
{
  static const char * const names[] = { "kit:no-such", "", "kit:", "sha:", "sha:zz", "https://x", "tight-kick" };
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      TuttiPlanSound sound;

      tutti_sound_bank_resolve (names[i], &sound, bank);
      g_assert_null (sound.sound);
      g_assert_null (tutti_sound_bank_get_now (bank, names[i]));
    }
  g_assert_false (tutti_sound_bank_is_busy (bank));
}

/* Made here while a worker is at it: one of both stays, nothing leaks, and a borrowed pointer stays good. */
static void
test_made_twice (void)
{
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);
  TuttiPlanSound sound;
  const TuttiScoreSound *now;

  tutti_sound_bank_resolve ("kit:wood-rim", &sound, bank);
  now = tutti_sound_bank_get_now (bank, "kit:wood-rim");
  wait_until_idle (bank);
  tutti_sound_bank_resolve ("kit:wood-rim", &sound, bank);
  g_assert_nonnull (now);
  g_assert_true (sound.sound == now);
}

static void
test_whole_kit (void)
{
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (NULL);
  g_autoptr(GPtrArray) came = g_ptr_array_new_with_free_func (g_free);
  gint64 start = g_get_monotonic_time ();

  g_signal_connect (bank, "changed", G_CALLBACK (on_changed), came);
  tutti_sound_bank_warm (bank);
  wait_until_idle (bank);
  g_test_message ("%u sounds of the kit in %.1f ms", came->len, (double) (g_get_monotonic_time () - start) / 1000);
  g_assert_cmpuint (came->len, ==, tutti_kit_count ());
}

static void
test_imported (void)
{
  static const char hash[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  static const char name[] = "sha:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  static const char * const none[] = { NULL };
  g_autofree char *folder = g_dir_make_tmp ("tutti-bank-XXXXXX", NULL);
  g_autoptr(TuttiSoundLibrary) library = tutti_sound_library_new (folder, 1 << 20);
  g_autoptr(TuttiSoundBank) bank = tutti_sound_bank_new (library);
  g_autoptr(TuttiSound) decoded = tutti_sound_new (g_new0 (float, 2 * 4800), 2, 4800, TUTTI_SOUND_NOTE_NONE);
  TuttiPlanSound sound;
  TuttiScoreSound *kept;

  tutti_sound_bank_resolve (name, &sound, bank);
  g_assert_null (sound.sound);
  g_assert_false (tutti_sound_bank_is_busy (bank));
  tutti_sound_library_add (library, hash, decoded);
  wait_until_idle (bank);
  tutti_sound_bank_resolve (name, &sound, bank);
  g_assert_nonnull (sound.sound);
  g_assert_cmpuint (sound.sound->sample->n_frames, ==, 4800);
  kept = tutti_score_sound_ref (sound.sound);
  tutti_sound_bank_keep (bank, none);
  /* A score still has it. */
  g_assert_cmpuint (kept->sample->n_channels, ==, 2);
  tutti_score_sound_unref (kept);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/sound-bank/kit-comes", test_kit_comes);
  g_test_add_func ("/sound-bank/nobody-knows", test_nobody_knows);
  g_test_add_func ("/sound-bank/made-twice", test_made_twice);
  g_test_add_func ("/sound-bank/whole-kit", test_whole_kit);
  g_test_add_func ("/sound-bank/imported", test_imported);
  return g_test_run ();
}
