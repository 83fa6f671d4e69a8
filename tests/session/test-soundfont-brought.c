/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A guest brings a preset of a SoundFont to a track, and goes on with that track while the sounds are still on their way. */
#include "soundfont-fixture.h"
#include "tutti-somebody.h"

#include "tutti-zone.h"

#define KEYS 43
#define SAMPLE 53
#define INSTRUMENT 41
#define N_ZONES 3

/* (transfer full) */
static TuttiSoundFont *
read_font (void)
{
  gint16 frames[300];
  SoundFontFile file;
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  TuttiSoundFont *font;

  for (guint i = 0; i < G_N_ELEMENTS (frames); i++)
    frames[i] = (gint16) (i % 100 * 200) - 10000;
  sf_begin (&file);
  guint sample = sf_add_sample (&file, frames, G_N_ELEMENTS (frames), (SoundFontTone) { 44100, 69, 0, 0, 0 });
  guint instrument = sf_add_instrument (&file);

  SF_ZONE (&file, FALSE, KEYS, SF_RANGE (0, 60), SAMPLE, (int) sample);
  SF_ZONE (&file, FALSE, KEYS, SF_RANGE (61, 127), 17, 200, SAMPLE, (int) sample);
  sf_add_preset (&file, "Tone", 0, 0);
  SF_ZONE (&file, TRUE, INSTRUMENT, (int) instrument);
  bytes = sf_end (&file);
  font = tutti_soundfont_new (bytes, &error);
  g_assert_no_error (error);
  return font;
}

typedef struct
{
  gboolean done;
  GError  *error;
} Outcome;

static void
on_brought (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;

  outcome->done = TRUE;
  tutti_session_bring_soundfont_finish (TUTTI_SESSION (source), result, NULL, &outcome->error);
}

static const TuttiTrack *
track (const Somebody *who)
{
  return tutti_session_get_jam (who->session)->tracks[0];
}

static void
submit (Somebody *who, TuttiOp *op)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (tutti_session_submit (who->session, op, &error));
  g_assert_no_error (error);
}

static void
add_zone (Somebody *who)
{
  TuttiZone zone = { .key_high = 127, .velocity_low = 1, .velocity_high = 127, .root = 60, .sound = "kit:felt-keys" };

  submit (who, tutti_op_new (TUTTI_OP_ZONE, track (who)->id, tutti_session_new_id (who->session),
                             tutti_zone_edit_new (&zone, TUTTI_ZONE_WHOLE)));
}

/* A zone that went meanwhile is no reason to refuse the preset, and one that came does not stay in it. */
static void
test_meanwhile (void)
{
  g_autoptr(TuttiSoundFont) font = read_font ();
  Somebody host, guest;
  Outcome outcome = { 0 };

  somebody_init (&host, "Ada", 1);
  somebody_init (&guest, "Ben", 2);
  g_autofree char *id = new_jam (&host);

  open_jam (&host, id);
  join (&guest, let_in (&host, 0, 8));
  for (guint i = 0; i < N_ZONES; i++)
    add_zone (&guest);
  tutti_session_import_soundfont_async (guest.session, font, 0, track (&guest)->id, tutti_id (0, 0), TUTTI_COLOUR_SKY, NULL, NULL, NULL,
                                        on_brought, &outcome);
  /* They are in the library: from now on they go to the host. */
  WAIT_FOR (tutti_sound_library_get_memory (tutti_studio_get_library (guest.studio)) > 0);
  g_assert_false (outcome.done);
  submit (&guest, tutti_op_new (TUTTI_OP_ZONE_DELETE, track (&guest)->id, track (&guest)->zones[1].id));
  add_zone (&guest);
  WAIT_FOR (outcome.done);
  g_assert_no_error (outcome.error);
  WAIT_FOR (same (&host, &guest));
  g_assert_cmpuint (guest.refused, ==, 0);
  g_assert_cmpuint (track (&host)->n_zones, ==, 2);
  for (guint i = 0; i < 2; i++)
    g_assert_true (g_str_has_prefix (track (&host)->zones[i].sound, "sha:"));
  somebody_clear (&guest);
  somebody_clear (&host);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/soundfont-brought/meanwhile", test_meanwhile);
  return g_test_run ();
}
