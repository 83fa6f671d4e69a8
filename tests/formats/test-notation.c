/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-notation.h"

#include "tutti-jam-json.h"
#include "tutti-random-op.h"

#include <string.h>

static TuttiJam *
parse (const char *text)
{
  guint32 counter = 0;
  g_autoptr(GError) error = NULL;
  TuttiJam *jam = tutti_notation_parse_jam (text, -1, 1, &counter, NULL, NULL, &error);

  g_assert_no_error (error);
  return jam;
}

static const TuttiClip *
clip_at (const TuttiJam *jam, guint track, guint scene)
{
  return tutti_track_clip_at (jam->tracks[track], jam->scenes[scene].id);
}

/* ---- laws ---- */

static int
root_of (const char *sound, gpointer user_data)
{
  return g_str_equal (sound, "kit:tight-kick") ? 36 : 60;
}

/* A document is printed, read and printed again: the same text, and what was read twice is the same document. */
static void
law_round_trip (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 400);
  g_autofree char *one = tutti_notation_print_jam (jam, root_of, NULL);
  g_autoptr(TuttiJam) read = parse (one);
  g_autofree char *two = tutti_notation_print_jam (read, root_of, NULL);
  g_autoptr(TuttiJam) again = parse (two);

  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (tutti_jam_hash (read), ==, tutti_jam_hash (again));
  g_assert_cmpuint (read->n_tracks, ==, jam->n_tracks);
  g_assert_cmpuint (tutti_jam_count_clips (read), ==, tutti_jam_count_clips (jam));
}

/* A step that is on is read as it was, whatever it holds; one that is off is off. */
static void
law_steps (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 400);

  for (guint i = 0; i < jam->n_tracks; i++)
    for (guint j = 0; j < jam->tracks[i]->n_clips; j++)
      {
        const TuttiClip *clip = jam->tracks[i]->clips[j];
        int root = g_rand_int_range (rand, 24, 84);
        g_autofree char *text = tutti_notation_print_clip (clip, root);
        g_autoptr(GError) error = NULL;
        g_autoptr(TuttiOp) op = tutti_notation_parse_clip (text, -1, clip, root, NULL, &error);
        g_autoptr(TuttiJam) copy = tutti_jam_copy (jam);
        TuttiStamp stamp = { 1, 1, 0 };

        g_assert_no_error (error);
        /* Text is about steps: it does not get into a clip of notes. */
        g_assert_true (tutti_jam_apply (copy, op, &stamp, NULL, NULL) == (clip->kind == TUTTI_CLIP_STEPS));
        if (clip->kind == TUTTI_CLIP_NOTES)
          continue;
        const TuttiClip *after = tutti_jam_clip (copy, clip->id, NULL);

        g_assert_cmpint (after->length, ==, clip->length);
        g_assert_cmpint (after->ticks_per_step, ==, clip->ticks_per_step);
        for (guint k = 0; k < clip->length; k++)
          g_assert_true (clip->steps[k].velocity == 0 ? after->steps[k].velocity == 0
                                                      : tutti_step_equal (&clip->steps[k], &after->steps[k]));
      }
}

static void
for_seeds (guint n, void (*law) (GRand *rand))
{
  const char *only = g_getenv ("TUTTI_SEED");

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (only != NULL ? (guint32) atoi (only) : seed);

      g_test_message ("TUTTI_SEED=%u", only != NULL ? (guint) atoi (only) : seed);
      law (rand);
      if (only != NULL)
        break;
    }
}

static void
test_round_trip (void)
{
  for_seeds (40, law_round_trip);
}

static void
test_steps (void)
{
  for_seeds (40, law_steps);
}

/* ---- what the header promises ---- */

static void
test_one_line (void)
{
  g_autoptr(TuttiJam) jam = parse ("kick: x...x...x..x....");
  const TuttiClip *clip;

  g_assert_cmpuint (jam->n_tracks, ==, 1);
  g_assert_cmpstr (jam->tracks[0]->name, ==, "kick");
  g_assert_cmpstr (jam->tracks[0]->sound, ==, "kit:tight-kick");
  clip = clip_at (jam, 0, 0);
  g_assert_cmpint (clip->length, ==, 16);
  g_assert_cmpint (clip->steps[0].velocity, ==, 100);
  g_assert_cmpint (clip->steps[11].velocity, ==, 100);
  g_assert_cmpint (clip->steps[12].velocity, ==, 0);
  g_assert_true (tutti_id_equal (jam->tracks[0]->playing.clip, clip->id));
}

static void
test_everything (void)
{
  static const char text[] =
    "# A comment\r\n"
    "title: Fuzzy Penguin\n"
    "tempo: 118.5\n"
    "swing: 54\n"
    "time: 3/4\n"
    "key: Bb dorian\n"
    "mix: reverb-size=480, gain=-60\n"
    "\n"
    "  hats [pan=180, solo] : X o x 3 | ~{v50} . x{v87 40% 2:4 *3> -8 cutoff=700 pan=-5} x*2\n"
    "bass [sound=rubber-bass, root=c2, 1/8t, len=12, name=\"Low, [x]\"]: c2 _ . Eb2 _\n"
    "  | g1{80%}\n"
    "[Chorus]\n"
    "\"tempo\" [sound=sha:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef]: x-x-\n"
    "hats: x.\n";
  g_autoptr(TuttiJam) jam = parse (text);
  const TuttiClip *hats = clip_at (jam, 0, 0), *bass = clip_at (jam, 1, 0);

  g_assert_cmpstr (jam->name, ==, "Fuzzy Penguin");
  g_assert_cmpint (jam->transport.anchor.tempo_cbpm, ==, 11850);
  g_assert_cmpint (jam->transport.swing, ==, 540);
  g_assert_cmpint (jam->transport.beats, ==, 3);
  g_assert_cmpint (jam->key, ==, 10);
  g_assert_cmpint (jam->scale, ==, TUTTI_SCALE_DORIAN);
  g_assert_cmpint (jam->mix[TUTTI_MIX_GAIN], ==, -60);
  g_assert_cmpuint (jam->n_tracks, ==, 3);
  g_assert_cmpuint (jam->n_scenes, ==, 2);
  g_assert_cmpstr (jam->scenes[1].name, ==, "Chorus");
  g_assert_cmpint (jam->tracks[0]->params[TUTTI_PARAM_PAN], ==, 180);
  g_assert_true (jam->tracks[0]->solo);
  g_assert_cmpint (hats->length, ==, 8);
  g_assert_true (hats->steps[0].accent);
  g_assert_cmpint (hats->steps[1].velocity, ==, 70);
  g_assert_cmpint (hats->steps[3].ratchet, ==, 3);
  g_assert_true (hats->steps[4].tie);
  g_assert_cmpint (hats->steps[4].velocity, ==, 50);
  g_assert_cmpint (hats->steps[6].chance, ==, 40);
  g_assert_cmpint (hats->steps[6].every_of, ==, 4);
  g_assert_cmpint (hats->steps[6].ratchet_shape, ==, TUTTI_RATCHET_FADE_OUT);
  g_assert_cmpint (hats->steps[6].micro_ticks, ==, -8);
  g_assert_cmpint (hats->steps[6].n_locks, ==, 2);
  g_assert_cmpint (hats->steps[7].ratchet, ==, 2);
  g_assert_cmpstr (bass->name, ==, "Low, [x]");
  g_assert_cmpint (bass->ticks_per_step, ==, 320);
  g_assert_cmpint (bass->length, ==, 12);
  g_assert_cmpint (bass->steps[0].pitch, ==, 0);
  g_assert_cmpint (bass->steps[0].length, ==, 2);
  g_assert_cmpint (bass->steps[3].pitch, ==, 3);
  g_assert_true (bass->steps[3].accent);
  g_assert_cmpint (bass->steps[5].pitch, ==, -5);
  g_assert_cmpint (bass->steps[5].chance, ==, 80);
  g_assert_cmpstr (jam->tracks[2]->name, ==, "tempo");
  g_assert_nonnull (clip_at (jam, 0, 1));
  g_assert_null (clip_at (jam, 1, 1));
}

static const struct { const char *name, *text; guint line, column; const char *says; } mistakes[] = {
  { "no-colon", "kick x...", 1, 10, "colon" },
  { "unknown-step", "kick: x..q", 1, 10, "a step is" },
  { "second-line", "tempo: 120\nkick: x...\nsnare: ..!.", 3, 10, "a step is" },
  { "too-fast", "tempo: 900", 1, 8, "from 20 to 300" },
  { "tempo-is-text", "tempo: fast", 1, 8, "number" },
  { "late-header", "kick: x\ntempo: 120", 2, 1, "before the first track" },
  { "brace-open", "kick: x{v50", 1, 8, "not closed" },
  { "bracket-open", "kick [mute", 1, 6, "not closed" },
  { "quotes-open", "\"kick: x", 1, 1, "not closed" },
  { "unknown-option", "kick [loud]: x", 1, 7, "no option “loud”" },
  { "unknown-param", "kick [loud=3]: x", 1, 7, "no option “loud”" },
  { "param-too-high", "kick [gain=601]: x", 1, 12, "from -9000 to 600" },
  { "unknown-colour", "kick [colour=red]: x", 1, 14, "one of cherry" },
  { "unknown-lock", "kick: x{warmth=3}", 1, 9, "no “warmth”" },
  { "loud-step", "kick: x{v128}", 1, 10, "from 1 to 127" },
  { "five-of-four", "kick: x{5:4}", 1, 9, "cycle n of n" },
  { "nothing-to-hold", "kick: ._", 1, 8, "no note here" },
  { "no-octave", "bass: c . .", 1, 7, "octave" },
  { "far-note", "bass: c9", 1, 7, "48 semitones" },
  { "two-rows", "kick: x\nkick: x", 2, 1, "" },
  { "long-row", "kick [len=2]: x..", 1, 1, "3 steps" },
  { "sound-form", "kick [sound=kat:abc]: x", 1, 1, "a sound reads" },
  { "not-utf-8", "# ok\nkick: \xff", 2, 7, "UTF-8" },
  { "columns-are-characters", "höhö: x?", 1, 8, "a step is" },
  { "scene-open", "[Verse", 1, 1, "not closed" },
  { "time", "time: 4", 1, 8, "4/4" },
  { "time-unit", "time: 4/3", 1, 7, "2, 4, 8 or 16" },
};

static void
test_mistake (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  guint32 counter = 0;
  TuttiNotationPlace where = { 0 };
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_notation_parse_jam (mistakes[row].text, -1, 1, &counter, NULL, &where, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpuint (where.line, ==, mistakes[row].line);
  g_assert_cmpuint (where.column, ==, mistakes[row].column);
  g_assert_nonnull (strstr (error->message, mistakes[row].says));
}

static void
test_limits (void)
{
  guint32 counter = 0;
  g_autofree char *row = g_strnfill (129, 'x');
  g_autofree char *line = g_strconcat ("kick: ", row, NULL);
  g_autofree char *huge = g_strnfill (TUTTI_NOTATION_BYTES_MAX + 1, '\n');
  g_autoptr(GString) many = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  g_assert_null (tutti_notation_parse_jam (line, -1, 1, &counter, NULL, NULL, NULL));
  g_assert_null (tutti_notation_parse_jam (huge, -1, 1, &counter, NULL, NULL, &error));
  g_assert_error (error, TUTTI_NOTATION_ERROR, TUTTI_NOTATION_ERROR_LIMIT);
  for (int i = 0; i <= TUTTI_TRACKS_MAX; i++)
    g_string_append_printf (many, "t%d: x\n", i);
  g_assert_null (tutti_notation_parse_jam (many->str, -1, 1, &counter, NULL, NULL, NULL));
}

/* What is pasted over a clip is one operation. */
static void
test_clip (void)
{
  g_autoptr(TuttiJam) jam = parse ("kick: x...x...x...x...");
  const TuttiClip *clip = clip_at (jam, 0, 0);
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(TuttiOp) op = NULL, inverse = NULL;
  guint64 before = tutti_jam_hash (jam);
  TuttiNotationPlace where;
  g_autoptr(GError) error = NULL;

  op = tutti_notation_parse_clip ("hats [1/8t]: x.x\nx.x", -1, clip, 60, &where, &error);
  g_assert_no_error (error);
  g_assert_true (tutti_jam_apply (jam, op, &stamp, &inverse, NULL));
  clip = clip_at (jam, 0, 0);
  g_assert_cmpint (clip->length, ==, 6);
  g_assert_cmpint (clip->ticks_per_step, ==, 320);
  g_assert_true (tutti_jam_apply (jam, inverse, &stamp, NULL, NULL));
  g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
  g_assert_null (tutti_notation_parse_clip ("x.x\nx.?", -1, clip, 60, &where, &error));
  g_assert_cmpuint (where.line, ==, 2);
  g_assert_cmpuint (where.column, ==, 3);
}

/* The operations given back make the same document. */
static void
test_ops (void)
{
  guint32 counter = 7;
  g_autoptr(GPtrArray) ops = NULL;
  g_autoptr(TuttiJam) jam = tutti_notation_parse_jam ("kick: x.\n[B]\nkick: xx\nbass: c3", -1, 3, &counter, &ops, NULL, NULL);
  g_autoptr(TuttiJam) made = tutti_jam_new ();
  TuttiStamp stamp = { 0 };

  for (guint i = 0; i < ops->len; i++)
    g_assert_true (tutti_jam_apply (made, ops->pdata[i], &stamp, NULL, NULL));
  g_assert_cmpuint (tutti_jam_hash (made), ==, tutti_jam_hash (jam));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/notation/round-trip", test_round_trip);
  g_test_add_func ("/notation/steps", test_steps);
  g_test_add_func ("/notation/one-line", test_one_line);
  g_test_add_func ("/notation/everything", test_everything);
  g_test_add_func ("/notation/limits", test_limits);
  g_test_add_func ("/notation/clip", test_clip);
  g_test_add_func ("/notation/ops", test_ops);
  for (gsize i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/notation/mistake/%s", mistakes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_mistake);
    }
  return g_test_run ();
}
