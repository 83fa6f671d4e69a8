/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A General MIDI SoundFont as Debian has it (timgm6mb-soundfont), where it is installed; with TUTTI_REQUIRE_SOUNDFONT set it has to be.
 * Where libfluidsynth is there too, a track is compared with what FluidSynth makes of the same note. */
#include "soundfont-heard.h"

#include <dlfcn.h>
#include <gst/gst.h>

#define FONT "/usr/share/sounds/sf2/TimGM6mb.sf2"
#define LIBRARY "libfluidsynth.so.3"
#define HELD 1.0
/* FluidSynth gives each side 3 dB less of what is in the middle, and 1.5 dB more for its filter without resonance; a track here stands
 * at HEARD_GAIN_CDB. */
#define OUR_OFFSET_DB (3.01 - 1.5 + HEARD_GAIN_CDB / 100.0)
#define VOLUME 7                       /* controller: 100 of 127 unless said */

/* General MIDI programs over all families that have one pitch (choirs of detuned sounds have none to the cent), and a key of each. */
static const struct { guint program, key; } programs[] = {
  { 0, 60 }, { 4, 60 }, { 6, 60 }, { 11, 72 }, { 16, 60 }, { 19, 60 }, { 24, 55 }, { 27, 55 }, { 32, 40 }, { 33, 40 }, { 38, 40 },
  { 40, 69 }, { 42, 48 }, { 53, 60 }, { 56, 67 }, { 57, 55 }, { 60, 60 }, { 65, 64 }, { 68, 69 }, { 71, 64 }, { 73, 76 }, { 80, 69 },
  { 81, 69 },
};

static TuttiSoundFont *font;           /* NULL: not installed */

/* ---- FluidSynth, without its headers ---- */

typedef struct
{
  void *library, *settings, *synth;
  int   sfont;
  int  (*program_select) (void *, int, int, int, int);
  int  (*noteon) (void *, int, int, int);
  int  (*noteoff) (void *, int, int);
  int  (*write_float) (void *, int, void *, int, int, void *, int, int);
  int  (*system_reset) (void *);
  int  (*cc) (void *, int, int, int);
} Fluid;

static void *
symbol (Fluid *fluid, const char *name)
{
  void *found = dlsym (fluid->library, name);

  if (found == NULL)
    g_error ("%s has no %s", LIBRARY, name);
  return found;
}

/* FALSE: there is none on this machine. */
static gboolean
fluid_open (Fluid *fluid)
{
  *fluid = (Fluid) { .library = dlopen (LIBRARY, RTLD_NOW) };
  if (fluid->library == NULL)
    return FALSE;
  void *(*new_settings) (void) = symbol (fluid, "new_fluid_settings");
  void *(*new_synth) (void *) = symbol (fluid, "new_fluid_synth");
  int (*set_number) (void *, const char *, double) = symbol (fluid, "fluid_settings_setnum");
  int (*set_int) (void *, const char *, int) = symbol (fluid, "fluid_settings_setint");
  int (*load) (void *, const char *, int) = symbol (fluid, "fluid_synth_sfload");

  fluid->settings = new_settings ();
  set_number (fluid->settings, "synth.gain", 1.0);
  set_number (fluid->settings, "synth.sample-rate", TUTTI_SOUND_RATE);
  set_int (fluid->settings, "synth.reverb.active", 0);
  set_int (fluid->settings, "synth.chorus.active", 0);
  fluid->synth = new_synth (fluid->settings);
  fluid->sfont = load (fluid->synth, FONT, 0);
  g_assert_cmpint (fluid->sfont, >=, 0);
  fluid->program_select = symbol (fluid, "fluid_synth_program_select");
  fluid->noteon = symbol (fluid, "fluid_synth_noteon");
  fluid->noteoff = symbol (fluid, "fluid_synth_noteoff");
  fluid->write_float = symbol (fluid, "fluid_synth_write_float");
  fluid->cc = symbol (fluid, "fluid_synth_cc");
  fluid->system_reset = symbol (fluid, "fluid_synth_system_reset");
  return TRUE;
}

static void
fluid_close (Fluid *fluid)
{
  void (*free_synth) (void *) = symbol (fluid, "delete_fluid_synth");
  void (*free_settings) (void *) = symbol (fluid, "delete_fluid_settings");

  free_synth (fluid->synth);
  free_settings (fluid->settings);
}

static float *
fluid_render (Fluid *fluid, guint bank, guint program, HeardNote note)
{
  int n = (int) (note.seconds * TUTTI_SOUND_RATE), held = (int) (note.held * TUTTI_SOUND_RATE);
  float *stereo = g_new0 (float, 2 * n);

  fluid->system_reset (fluid->synth);
  fluid->program_select (fluid->synth, 0, fluid->sfont, (int) bank, (int) program);
  fluid->cc (fluid->synth, 0, VOLUME, 127);
  fluid->noteon (fluid->synth, 0, (int) note.key, (int) note.velocity);
  fluid->write_float (fluid->synth, held, stereo, 0, 2, stereo, 1, 2);
  fluid->noteoff (fluid->synth, 0, (int) note.key);
  fluid->write_float (fluid->synth, n - held, stereo, 2 * held, 2, stereo, 2 * held + 1, 2);
  return stereo;
}

/* ---- programs ---- */

typedef struct
{
  char              *folder;
  TuttiSoundLibrary *library;
  Fluid              fluid;
  gboolean           compares;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->folder = fixture_folder ();
  f->library = tutti_sound_library_new (f->folder, 64 << 20);
  f->compares = font != NULL && fluid_open (&f->fluid);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  if (f->compares)
    fluid_close (&f->fluid);
  g_object_unref (f->library);
  tutti_remove_tree (f->folder);
  g_free (f->folder);
}

static void
compare (Fixture *f, guint program, HeardNote note, const float *ours)
{
  g_autofree float *theirs = fluid_render (&f->fluid, 0, program, note);
  double expected = heard_hertz (note.key), we = heard_cents (ours, 0.3, expected), they = heard_cents (theirs, 0.3, expected);
  double louder = heard_level (ours, 0.05, 0.9) - heard_level (theirs, 0.05, 0.9) - OUR_OFFSET_DB;

  g_test_message ("program %u: ours %.1f cents, FluidSynth's %.1f; louder by %.1f dB", program, we, they, louder);
  g_assert_cmpfloat (fabs (we - they), <, 5.0);
  g_assert_cmpfloat (fabs (louder), <, 5.0);
}

static void
test_program (Fixture *f, gconstpointer data)
{
  guint program = programs[GPOINTER_TO_SIZE (data)].program;
  HeardNote note = { programs[GPOINTER_TO_SIZE (data)].key, 100, 2.0, HELD };
  g_autoptr(TuttiSoundFontInstrument) made = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree float *stereo = NULL;
  gsize n;

  if (font == NULL)
    {
      g_test_skip ("timgm6mb-soundfont is not installed");
      return;
    }
  made = heard_import (f->library, font, (guint) tutti_soundfont_find_preset (font, 0, program), &error);
  g_assert_no_error (error);
  note.seconds += made->patch.params[TUTTI_PARAM_RELEASE] / 1000.0;
  stereo = heard_render (f->library, made, note, &n);
  g_assert_cmpfloat (heard_level (stereo, 0.05, 0.9), >, -60.0);
  g_assert_cmpfloat (heard_level (stereo, note.seconds - 0.5, note.seconds), <, -120.0);
  g_assert_cmpfloat (fabs (heard_cents (stereo, 0.3, heard_hertz (note.key))), <, 40.0);
  if (f->compares)
    compare (f, program, note, stereo);
}

/* Drums sound, and end however short the note is. */
static void
test_kit (Fixture *f, gconstpointer data)
{
  for (guint i = 0; font != NULL && i < tutti_soundfont_get_n_presets (font); i++)
    if (tutti_soundfont_get_preset (font, i)->bank == TUTTI_SOUNDFONT_KITS && tutti_soundfont_get_preset (font, i)->program == 0)
      {
        g_autoptr(GError) error = NULL;
        g_autoptr(TuttiSoundFontInstrument) made = heard_import (f->library, font, i, &error);

        g_assert_no_error (error);
        for (guint key = 35; key < 60; key += 7)
          {
            HeardNote note = { key, 100, 5.0, 0.1 };
            gsize n;
            g_autofree float *stereo = heard_render (f->library, made, note, &n);

            g_assert_cmpfloat (heard_level (stereo, 0.0, 0.2), >, -65.0);
            g_assert_cmpfloat (heard_level (stereo, 4.5, 5.0), <, -120.0);
          }
      }
  if (font == NULL)
    g_test_skip ("timgm6mb-soundfont is not installed");
}

static void
open_font (void)
{
  g_autoptr(GFile) file = g_file_new_for_path (FONT);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;

  if (!g_file_query_exists (file, NULL))
    {
      if (g_getenv ("TUTTI_REQUIRE_SOUNDFONT") != NULL)
        g_error ("%s is required here (package timgm6mb-soundfont)", FONT);
      return;
    }
  tutti_soundfont_load_async (file, NULL, heard_got, &result);
  font = tutti_soundfont_load_finish (heard_wait (&result), &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  int code;

  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  open_font ();
  for (gsize i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/soundfont-real/program-%u", programs[i].program);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_program, tear_down);
    }
  g_test_add ("/soundfont-real/kit", Fixture, NULL, set_up, test_kit, tear_down);
  code = g_test_run ();
  g_clear_pointer (&font, tutti_soundfont_unref);
  return code;
}
