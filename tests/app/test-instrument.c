/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of an instrument's numbers, tables, pictures and auditions, which need no display. */
#include "tutti-audition.h"
#include "tutti-knob-scale.h"
#include "tutti-plot-private.h"
#include "tutti-preset-bar.h"
#include "tutti-session-fake.h"
#include "tutti-sounds.h"
#include "tutti-synth.h"
#include "tutti-words.h"

#include <string.h>

/* ---- tables ---- */

static TuttiInstrument
who_reads (guint param)
{
  if (param >= TUTTI_PATCH_PARAM_LOOP)
    return TUTTI_INSTRUMENT_SAMPLER;
  return param >= TUTTI_PATCH_PARAM_DRUM_PITCH ? TUTTI_INSTRUMENT_DRUM : TUTTI_INSTRUMENT_SYNTH;
}

static void
mark (gboolean *found, const guint16 *numbers)
{
  guint columns = 0;

  for (; *numbers != TUTTI_NO_NUMBER; numbers++)
    {
      g_assert_cmpuint (*numbers, <, TUTTI_N_NUMBERS);
      g_assert_cmpstr (tutti_number_short_name (*numbers), !=, "");
      columns += tutti_number_is_choice (*numbers) ? 2 : 1;
      found[*numbers] = TRUE;
    }
  g_assert_cmpuint (columns, <=, 2 * TUTTI_PAGE_COLUMNS);
}

static void
mark_pages (gboolean *found, TuttiInstrument instrument)
{
  const TuttiPanelPage *pages = tutti_panel_pages (instrument);
  guint n = 0;

  for (; pages[n].name != NULL; n++)
    mark (found, pages[n].numbers);
  g_assert_cmpuint (n, <=, TUTTI_PANEL_PAGES_MAX);
}

/* Whatever an instrument reads is on one of its pages, and every page fits. */
static void
test_every_number (void)
{
  gboolean found[TUTTI_N_INSTRUMENTS][TUTTI_N_NUMBERS] = { 0 };

  for (guint i = 0; i < TUTTI_N_INSTRUMENTS; i++)
    mark_pages (found[i], (TuttiInstrument) i);
  for (guint i = 0; i < TUTTI_N_PATCH; i++)
    g_assert_true (found[who_reads (i)][TUTTI_ADDRESS_PATCH + i]);
  for (guint i = TUTTI_PARAM_TUNE; i < TUTTI_N_PARAMS; i++)
    g_assert_true (found[TUTTI_INSTRUMENT_SAMPLER][i]);
}

static void
test_macros (void)
{
  for (guint i = 0; i < tutti_preset_count (); i++)
    {
      const TuttiPreset *preset = tutti_preset_get (i);
      gboolean found[TUTTI_N_NUMBERS] = { 0 };
      guint n = 0;

      mark (found, tutti_panel_macros (preset->category));
      for (guint j = 0; j < TUTTI_N_NUMBERS; j++)
        n += found[j];
      g_assert_cmpuint (n, ==, preset->instrument == TUTTI_INSTRUMENT_SYNTH ? TUTTI_PAGE_COLUMNS : 0);
    }
}

/* ---- numbers ---- */

static const TuttiTrack *
give (TuttiSession *session, const char *sound)
{
  TuttiId track = tutti_session_get_jam (session)->tracks[1]->id;

  g_assert_true (tutti_session_fake_receive (session, tutti_op_new (TUTTI_OP_TRACK_SOUND, track, sound), 1));
  return tutti_session_get_jam (session)->tracks[1];
}

static void
do_to (TuttiSession *session, TuttiOp *op)
{
  g_assert_true (tutti_session_fake_receive (session, op, 1));
}

static void
test_numbers (void)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  const guint cutoff = TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_CUTOFF, decay = TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_DECAY;
  TuttiStep step = tutti_step_initial;
  TuttiNumbers numbers;

  tutti_session_fake_fill (session);
  const TuttiTrack *track = give (session, "synth:acid-saw");

  tutti_numbers_read (&numbers, track, NULL);
  g_assert_cmpint (numbers.instrument, ==, TUTTI_INSTRUMENT_SYNTH);
  g_assert_cmpint (numbers.shown[cutoff], ==, numbers.initial[cutoff]);
  g_assert_false (tutti_numbers_changed (&numbers, cutoff));
  do_to (session, tutti_numbers_set (track->id, cutoff, 444));
  step.n_locks = 1;
  step.locks[0] = (TuttiLock) { (guint16) decay, 77 };
  track = tutti_session_get_jam (session)->tracks[1];
  tutti_numbers_read (&numbers, track, &step);
  g_assert_cmpint (numbers.own[cutoff], ==, 444);
  g_assert_true (tutti_numbers_changed (&numbers, cutoff));
  g_assert_true (numbers.locked[decay]);
  g_assert_cmpint (numbers.shown[decay], ==, 77);
  g_assert_cmpint (numbers.own[decay], ==, numbers.initial[decay]);
  do_to (session, tutti_numbers_reset (&numbers, track->id, cutoff));
  g_assert_false (tutti_track_has_any_patch (tutti_session_get_jam (session)->tracks[1]));
}

/* Typing what is shown changes nothing that is shown. */
static void
test_text (void)
{
  for (guint address = 0; address < TUTTI_N_NUMBERS; address++)
    {
      const TuttiParamSpec *spec = tutti_address_spec (address);

      for (int i = 0; spec != NULL && i <= 16 && address != TUTTI_PARAM_PAN && !tutti_number_is_choice (address); i++)
        {
          int value = spec->min + (spec->max - spec->min) * i / 16, read = 0;
          g_autofree char *words = tutti_words_address_value (address, value), *again = NULL;

          if (!g_ascii_isdigit (words[0]) && strpbrk (words, "0123456789") == NULL)
            continue;
          g_assert_true (tutti_knob_scale_parse (tutti_address_spec (address), words, &read));
          again = tutti_words_address_value (address, read);
          g_assert_cmpstr (again, ==, words);
        }
    }
}

static void
test_no_text (void)
{
  static const char * const nothing[] = { "", "loud", "nan", "inf", "-", "kHz" };
  int value = 7;

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    g_assert_false (tutti_knob_scale_parse (tutti_address_spec (TUTTI_PARAM_CUTOFF), nothing[i], &value));
  g_assert_cmpint (value, ==, 7);
  g_assert_true (tutti_knob_scale_parse (tutti_address_spec (TUTTI_PARAM_CUTOFF), "1e300 kHz", &value));
  g_assert_cmpint (value, ==, 1000);
}

/* ---- pictures ---- */

static void
check_handles (const TuttiPlotClassOf *plot, const TuttiPlotView *view)
{
  TuttiPlotHandle handles[TUTTI_PLOT_HANDLES];
  guint n = plot->place (view, handles);

  for (guint i = 0; i < n; i++)
    {
      const guint16 addresses[] = { handles[i].across, handles[i].up };
      int values[2] = { 0 };

      plot->read (view, &handles[i], handles[i].x, handles[i].y, &values[0], &values[1]);
      for (guint side = 0; side < 2; side++)
        {
          int shown = addresses[side] != TUTTI_NO_NUMBER ? view->numbers->shown[addresses[side]] : values[side];

          g_assert_cmpint (ABS (values[side] - shown), <=, 1);
        }
      g_assert_cmpfloat (handles[i].x, >=, view->x - 0.01);
      g_assert_cmpfloat (handles[i].x, <=, view->x + view->width + 0.01);
      g_assert_cmpfloat (handles[i].y, >=, view->y - 0.01);
      g_assert_cmpfloat (handles[i].y, <=, view->y + view->height + 0.01);
    }
}

/* A handle that is taken hold of and not moved changes nothing, and none lies outside; with every preset. */
static void
test_handles (void)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  TuttiNumbers numbers;
  TuttiPlotView view = { .x = 10, .y = 12, .width = 240, .height = 110, .numbers = &numbers, .steady = &numbers };

  tutti_session_fake_fill (session);
  for (const TuttiSoundInfo *info = tutti_preset_infos; info->sound != NULL; info++)
    {
      tutti_numbers_read (&numbers, give (session, info->sound), NULL);
      if (numbers.instrument == TUTTI_INSTRUMENT_DRUM)
        check_handles (tutti_plot_of_drum (), &view);
      else
        {
          check_handles (tutti_plot_of_filter (), &view);
          check_handles (tutti_plot_of_envelope (TUTTI_PLOT_AMP), &view);
          check_handles (tutti_plot_of_envelope (TUTTI_PLOT_ENV), &view);
        }
    }
}

/* The flags of a sound, too; its envelope as far as it lies in the sound. */
static void
test_sound_handles (void)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  TuttiOutline outline = { .ms = 400 };
  TuttiNumbers numbers;
  TuttiPlotView view = { .x = 10, .y = 12, .width = 500, .height = 140, .numbers = &numbers, .steady = &numbers, .outline = &outline };

  tutti_session_fake_fill (session);
  tutti_numbers_read (&numbers, tutti_session_get_jam (session)->tracks[1], NULL);
  numbers.shown[TUTTI_PARAM_START] = 125;
  numbers.shown[TUTTI_PARAM_END] = 750;
  numbers.shown[TUTTI_PARAM_ATTACK] = 20;
  numbers.shown[TUTTI_PARAM_DECAY] = 90;
  numbers.shown[TUTTI_PARAM_SUSTAIN] = 300;
  numbers.shown[TUTTI_PARAM_RELEASE] = 40;
  numbers.shown[TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_LOOP] = 1;
  numbers.shown[TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_LOOP_START] = 4321;
  numbers.shown[TUTTI_ADDRESS_PATCH + TUTTI_PATCH_PARAM_LOOP_END] = 6543;
  check_handles (tutti_plot_of_sound (), &view);
}

static void
test_outline (void)
{
  const float frames[] = { 0.5f, -0.25f, 0.0f, 0.75f };
  TuttiScoreSound *sound = tutti_score_sound_new (tutti_sample_new (frames, 1, G_N_ELEMENTS (frames)));
  TuttiOutline outline;

  tutti_outline_read (&outline, NULL);
  g_assert_cmpfloat (outline.ms, ==, 0);
  tutti_outline_read (&outline, sound);
  g_assert_cmpfloat (outline.ms, >, 0);
  g_assert_cmpfloat_with_epsilon (outline.high[0], 0.5f, 1e-6);
  g_assert_cmpfloat_with_epsilon (outline.low[TUTTI_OUTLINE_COLUMNS / 3], -0.25f, 1e-6);
  g_assert_cmpfloat_with_epsilon (outline.high[TUTTI_OUTLINE_COLUMNS - 1], 0.75f, 1e-6);
  tutti_score_sound_unref (sound);
}

/* ---- from sound to sound ---- */

/* Going on comes round to where it began, through all of a kind and none of another; going back undoes it. */
static void
test_beside (void)
{
  static const struct { const char *first; guint n; } lists[] = {
    { "synth:warm-bass", 54 }, { "drum:round-kick", 33 }, { "kit:tight-kick", 33 }
  };
  char buffer[TUTTI_SOUND_REF_BYTES_MAX + 1];

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      const char *sound = lists[i].first;
      guint n = 0;

      do
        {
          const char *next = tutti_preset_beside (NULL, sound, 1, buffer, sizeof buffer);

          g_assert_cmpint (strncmp (next, sound, strcspn (sound, ":")), ==, 0);
          g_assert_cmpstr (tutti_preset_beside (NULL, next, -1, buffer, sizeof buffer), ==, sound);
          sound = next;
          n++;
        }
      while (!g_str_equal (sound, lists[i].first));
      g_assert_cmpuint (n, ==, lists[i].n);
    }
}

/* ---- auditions ---- */

static void
test_audition (void)
{
  g_autoptr(TuttiSession) session = tutti_session_fake_new ();
  g_autofree char *expected = NULL;

  tutti_session_fake_fill (session);
  TuttiAudition *audition = tutti_audition_new (session);
  TuttiId track = tutti_session_get_jam (session)->tracks[5]->id;
  g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_TRACK_SOUND, track, "synth:acid-saw");
  gint64 seq = tutti_session_get_seq (session);

  /* While it plays: on the track. */
  expected = tutti_op_to_text (op);
  tutti_audition_play (audition, track, "synth:acid-saw");
  g_assert_cmpstr (tutti_session_fake_get_tried (session), ==, expected);
  tutti_audition_stop (audition);
  g_assert_null (tutti_session_fake_get_tried (session));

  /* Nothing of it is an edit. */
  g_assert_cmpint (tutti_session_get_seq (session), ==, seq);

  /* While it stands still: a phrase, until it plays. */
  do_to (session, tutti_op_new (TUTTI_OP_STOP));
  tutti_audition_play (audition, track, "synth:wide-pad");
  g_assert_cmpstr (tutti_session_fake_get_tried (session), ==, "synth:wide-pad");
  do_to (session, tutti_op_new (TUTTI_OP_PLAY, TUTTI_N (0)));
  g_assert_null (tutti_session_fake_get_tried (session));

  /* On a track in time it goes on whatever happens, until nobody wants it. */
  tutti_audition_play (audition, track, "synth:acid-saw");
  do_to (session, tutti_op_new (TUTTI_OP_SWING, TUTTI_N (600)));
  g_assert_cmpstr (tutti_session_fake_get_tried (session), ==, expected);
  tutti_audition_free (audition);
  g_assert_null (tutti_session_fake_get_tried (session));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  tutti_synth_init ();
  g_test_add_func ("/instrument/every-number", test_every_number);
  g_test_add_func ("/instrument/macros", test_macros);
  g_test_add_func ("/instrument/numbers", test_numbers);
  g_test_add_func ("/instrument/text", test_text);
  g_test_add_func ("/instrument/no-text", test_no_text);
  g_test_add_func ("/instrument/handles", test_handles);
  g_test_add_func ("/instrument/sound-handles", test_sound_handles);
  g_test_add_func ("/instrument/outline", test_outline);
  g_test_add_func ("/instrument/beside", test_beside);
  g_test_add_func ("/instrument/audition", test_audition);
  return g_test_run ();
}
