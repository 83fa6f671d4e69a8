/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A preset of a SoundFont that one machine has, brought to a jam: everyone plays the same bits of it. One that cannot be read changes
 * nothing. */
#include "soundfont-fixture.h"
#include "tutti-demos.h"
#include "tutti-e2e.h"

#include <glib/gstdio.h>
#include <math.h>

#define SETTLING_SECONDS 7
#define DEMO "warehouse"
#define PERIOD 100
#define SECONDS_MIN 3              /* that must have been comparable */

/* A tone that loops, on two halves of the keyboard. (transfer full) */
static char *
write_file (gboolean damaged)
{
  char *path = g_build_filename (g_get_tmp_dir (), damaged ? "tutti-damaged.sf2" : "tutti-tone.sf2", NULL);
  SoundFontTone tone = { 44100, 69, -4, 2 * PERIOD, 3 * PERIOD };
  gint16 frames[5 * PERIOD];
  SoundFontFile file;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    frames[i] = (gint16) lround (12000.0 * sin (2.0 * G_PI * i / PERIOD) + 4000.0 * sin (6.0 * G_PI * i / PERIOD));
  sf_begin (&file);
  guint sample = sf_add_sample (&file, frames, G_N_ELEMENTS (frames), tone), instrument = sf_add_instrument (&file);

  SF_ZONE (&file, FALSE, 43, SF_RANGE (0, 63), 54, 1, 17, -200, 53, (int) sample);
  SF_ZONE (&file, FALSE, 43, SF_RANGE (64, 127), 54, 1, 17, 200, 48, 60, 8, 9000, 53, (int) sample);
  sf_add_preset (&file, "Tone", 0, 3);
  SF_ZONE (&file, TRUE, 41, (int) instrument);
  bytes = sf_end (&file);
  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes) / (damaged ? 2 : 1), &error);
  g_assert_no_error (error);
  return path;
}

/* In place of what the track was. */
static void
bring (const TuttiE2eHost *host, const char *path, TuttiId track)
{
  char id[TUTTI_ID_TEXT_SIZE];
  g_autofree char *said = tutti_e2e_ctl ("b", 0, TUTTI_E2E_WORDS ("soundfont", path, "0:3", "--to", host->place, "--track",
                                                                  tutti_id_print (track, id)));

  tutti_e2e_match (said, "^added “Tone” as track ");
}

static JsonArray *
print_at (JsonObject *left, gint64 second)
{
  JsonArray *prints = json_object_get_array_member (left, "fingerprints");

  for (guint i = 0; i < json_array_get_length (prints); i++)
    if (json_array_get_int_element (json_array_get_array_element (prints, i), 0) == second)
      return json_array_get_array_element (prints, i);
  return NULL;
}

/* Seconds that both rendered the same. They came while all was still, so those that are called "settling" count too; but not of a
 * machine that was so busy that it lost its course, nor while the sounds may be on their way and what was before rings on. */
static guint
compare (JsonObject *one, JsonObject *other)
{
  JsonArray *prints = json_object_get_array_member (one, "fingerprints");
  guint n = 0;

  if (tutti_e2e_breaks (one) + tutti_e2e_breaks (other) > 0)
    return 0;
  for (guint i = SETTLING_SECONDS; i < json_array_get_length (prints); i++)
    {
      JsonArray *ours = json_array_get_array_element (prints, i), *theirs = print_at (other, json_array_get_int_element (ours, 0));

      if (theirs == NULL || g_str_equal (json_array_get_string_element (ours, 2), "late") ||
          g_str_equal (json_array_get_string_element (theirs, 2), "late"))
        continue;
      g_assert_cmpstr (json_array_get_string_element (ours, 1), ==, json_array_get_string_element (theirs, 1));
      n++;
    }
  return n;
}

/* Two come while all is still, then it plays. */
static guint
listen (const TuttiE2eHost *host)
{
  TuttiLabProcess *b, *c;

  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"stop\"]")));
  b = tutti_e2e_join ("b", host, 14, TUTTI_E2E_WORDS ("--tracks"));
  c = tutti_e2e_join ("c", host, 14, TUTTI_E2E_WORDS ("--tracks"));
  g_free (tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("send", host->place, "[\"play\",-1]")));
  g_autoptr(JsonObject) one = tutti_e2e_left (b), other = tutti_e2e_left (c);

  tutti_e2e_same (one, other);
  return compare (one, other);
}

static void
test_same (void)
{
  g_autofree char *path = write_file (FALSE), *option = g_strconcat ("--demo=", DEMO, NULL);
  g_autoptr(TuttiJam) demo = tutti_demos_read ((guint) tutti_demos_find (DEMO), NULL);
  g_autoptr(TuttiE2eHost) host = NULL;
  guint n = 0;

  g_free (tutti_lab ("add a"));
  g_free (tutti_lab ("add b --clock-offset 3600"));
  g_free (tutti_lab ("add c"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS (option, "--no-mdns"));
  bring (host, path, demo->tracks[0]->id);
  for (guint tries = 0; n < SECONDS_MIN && tries < 6; tries++)
    n = listen (host);
  g_assert_cmpuint (n, >=, SECONDS_MIN);
  g_unlink (path);
  tutti_lab_sweep ();
}

static void
test_refused (void)
{
  g_autofree char *path = write_file (TRUE), *whole = write_file (FALSE), *said = NULL;
  g_autoptr(TuttiE2eHost) host = NULL;
  g_autoptr(JsonObject) before = NULL, after = NULL;

  g_free (tutti_lab ("add a"));
  host = tutti_e2e_host ("a", TUTTI_E2E_WORDS ("--no-mdns"));
  before = tutti_e2e_status ("a", host);
  said = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("soundfont", path, "0:3", "--to", host->place));
  tutti_e2e_match (said, "The SoundFont is damaged");
  g_free (said);
  said = tutti_e2e_ctl ("a", 1, TUTTI_E2E_WORDS ("soundfont", whole, "7:3", "--to", host->place));
  tutti_e2e_match (said, "there is no preset 7:3");
  g_free (said);
  said = tutti_e2e_ctl ("a", 0, TUTTI_E2E_WORDS ("soundfont", whole));
  tutti_e2e_match (said, "^0:3\tTone\t2");
  after = tutti_e2e_status ("a", host);
  tutti_e2e_same (before, after);
  g_unlink (path);
  g_unlink (whole);
  tutti_lab_sweep ();
}

int
main (int argc, char **argv)
{
  tutti_lab_enter (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soundfont/same", test_same);
  g_test_add_func ("/soundfont/refused", test_refused);
  return g_test_run ();
}
