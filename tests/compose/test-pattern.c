/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of the pattern commands, on random clips. */
#include "tutti-jam-json.h"
#include "tutti-pattern.h"

#include <string.h>

static const TuttiId clip_id = { 1, 3 };

static void
apply (TuttiJam *jam, const TuttiOp *op, TuttiOp **inverse)
{
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (jam, op, &stamp, inverse, &error);
  g_assert_no_error (error);
}

static void
apply_new (TuttiJam *jam, TuttiOp *op)
{
  apply (jam, op, NULL);
  tutti_op_free (op);
}

/* Like apply_new(), but a command may have found nothing to do. */
static void
command (TuttiJam *jam, TuttiOp *op)
{
  if (op != NULL)
    apply_new (jam, op);
}

static const TuttiClip *
clip_of (const TuttiJam *jam)
{
  return tutti_jam_clip (jam, clip_id, NULL);
}

static TuttiSteps *
random_steps (GRand *rand, guint n)
{
  TuttiSteps *steps = tutti_steps_new (n);

  for (guint i = 0; i < n; i++)
    if (g_rand_boolean (rand))
      {
        TuttiStep *step = &steps->step[i];

        step->velocity = (guint8) g_rand_int_range (rand, 1, 128);
        step->pitch = (gint8) g_rand_int_range (rand, -12, 13);
        step->ratchet = (guint8) g_rand_int_range (rand, 1, 9);
        step->tie = (guint8) (g_rand_int_range (rand, 0, 4) == 0);
        step->micro_ticks = (gint16) g_rand_int_range (rand, -100, 100);
      }
  return steps;
}

static TuttiJam *
jam_with_clip (TuttiSteps *steps)
{
  TuttiJam *jam = tutti_jam_new ();

  apply_new (jam, tutti_op_new (TUTTI_OP_TRACK_ADD, tutti_id (1, 1), "Bass", "kit:rubber-bass", TUTTI_N (0)));
  apply_new (jam, tutti_op_new (TUTTI_OP_SCENE_ADD, tutti_id (1, 2), "", TUTTI_N (0)));
  apply_new (jam, tutti_op_new (TUTTI_OP_CLIP_ADD, clip_id, tutti_id (1, 1), tutti_id (1, 2), ""));
  apply_new (jam, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip_id, TUTTI_N (steps->n)));
  apply_new (jam, tutti_op_new (TUTTI_OP_STEPS, clip_id, TUTTI_N (0), steps));
  return jam;
}

/* A clip of hits alone, as '.' and 'x'. */
static TuttiJam *
jam_with_rhythm (const char *rhythm)
{
  TuttiSteps *steps = tutti_steps_new ((guint) strlen (rhythm));

  for (guint i = 0; i < steps->n; i++)
    steps->step[i].velocity = rhythm[i] == 'x' ? 100 : 0;
  return jam_with_clip (steps);
}

static char *
rhythm_of (const TuttiJam *jam)
{
  const TuttiClip *clip = clip_of (jam);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < clip->length; i++)
    g_string_append_c (out, clip->steps[i].velocity > 0 ? 'x' : '.');
  return g_string_free (out, FALSE);
}

typedef struct
{
  TuttiJam *jam;
  guint     first;
  guint     n;
  guint64   before;
} Case;

static void
case_init (Case *one, GRand *rand)
{
  guint length = (guint) g_rand_int_range (rand, 1, 65);

  one->jam = jam_with_clip (random_steps (rand, length));
  one->first = (guint) g_rand_int_range (rand, 0, (gint32) length);
  one->n = (guint) g_rand_int_range (rand, 1, (gint32) length + 10);
  one->before = tutti_jam_hash (one->jam);
}

static void
for_cases (guint n, void (*law) (Case *one, GRand *rand))
{
  const char *only = g_getenv ("TUTTI_SEED");

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr(GRand) rand = g_rand_new_with_seed (only != NULL ? (guint32) atoi (only) : seed);
      Case one;

      g_test_message ("TUTTI_SEED=%u", only != NULL ? (guint) atoi (only) : seed);
      case_init (&one, rand);
      law (&one, rand);
      tutti_jam_free (one.jam);
    }
}

static void
law_rotate (Case *one, GRand *rand)
{
  int by = g_rand_int_range (rand, -200, 200);

  command (one->jam, tutti_pattern_rotate (clip_of (one->jam), one->first, one->n, by));
  command (one->jam, tutti_pattern_rotate (clip_of (one->jam), one->first, one->n, -by));
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_rotate (void)
{
  for_cases (200, law_rotate);
}

static void
law_reverse (Case *one, GRand *rand)
{
  /* A tie without its note would find another one. */
  for (guint i = 0; i < clip_of (one->jam)->length; i++)
    if (i == one->first || i == one->first + one->n || i == 0 || clip_of (one->jam)->steps[i - 1].velocity == 0)
      apply_new (one->jam, tutti_op_new (TUTTI_OP_STEP_TIE, clip_id, TUTTI_N (i), TUTTI_N (0)));
  one->before = tutti_jam_hash (one->jam);
  command (one->jam, tutti_pattern_reverse (clip_of (one->jam), one->first, one->n));
  command (one->jam, tutti_pattern_reverse (clip_of (one->jam), one->first, one->n));
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_reverse (void)
{
  for_cases (300, law_reverse);
}

/* A note of four steps at the start ends up on the last four. */
static void
test_reverse_held (void)
{
  g_autoptr(TuttiJam) jam = jam_with_rhythm ("x.....x.");

  apply_new (jam, tutti_op_new (TUTTI_OP_STEP_LENGTH, clip_id, TUTTI_N (0), TUTTI_N (4)));
  command (jam, tutti_pattern_reverse (clip_of (jam), 0, 8));
  g_autofree char *rhythm = rhythm_of (jam);

  g_assert_cmpstr (rhythm, ==, ".x..x...");
  g_assert_cmpint (clip_of (jam)->steps[4].length, ==, 4);
}

static void
law_transpose (Case *one, GRand *rand)
{
  int by = g_rand_int_range (rand, -36, 37);

  command (one->jam, tutti_pattern_transpose (clip_of (one->jam), one->first, one->n, by));
  command (one->jam, tutti_pattern_transpose (clip_of (one->jam), one->first, one->n, -by));
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_transpose (void)
{
  for_cases (200, law_transpose);
}

/* Further than the range of pitches allows: all notes keep their distances. */
static void
test_transpose_too_far (void)
{
  g_autoptr(TuttiJam) jam = jam_with_rhythm ("x.x.");

  apply_new (jam, tutti_op_new (TUTTI_OP_STEP_PITCH, clip_id, TUTTI_N (2), TUTTI_N (7)));
  command (jam, tutti_pattern_transpose (clip_of (jam), 0, 4, 96));
  g_assert_cmpint (clip_of (jam)->steps[2].pitch, ==, 48);
  g_assert_cmpint (clip_of (jam)->steps[0].pitch, ==, 41);
}

static void
law_copy_paste (Case *one, GRand *rand)
{
  g_autofree char *text = tutti_pattern_copy (clip_of (one->jam), one->first, one->n);
  g_autoptr(GError) error = NULL;

  command (one->jam, tutti_pattern_clear (clip_of (one->jam), one->first, one->n));
  for (guint i = one->first; i < MIN (one->first + one->n, clip_of (one->jam)->length); i++)
    g_assert_true (tutti_step_equal (&clip_of (one->jam)->steps[i], &tutti_step_initial));
  command (one->jam, tutti_pattern_paste (clip_of (one->jam), one->first, text, -1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_copy_paste (void)
{
  for_cases (200, law_copy_paste);
}

static void
test_paste_nonsense (void)
{
  static const char * const texts[] = { "", "x", "{}", "[200]", "[100,", "[{\"v\":1,\"q\":2}]", "[[1]]", "\"[]\"" };
  g_autoptr(TuttiJam) jam = jam_with_rhythm ("x...x...");

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (tutti_pattern_paste (clip_of (jam), 0, texts[i], -1, &error));
      g_assert_nonnull (error);
    }
}

/* Each command is one operation, and one undo takes it back. */
static void
law_one_undo (Case *one, GRand *rand)
{
  const TuttiClip *clip = clip_of (one->jam);
  g_autoptr(TuttiOp) op = NULL, inverse = NULL;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      op = tutti_pattern_clear (clip, one->first, one->n);
      break;
    case 1:
      op = tutti_pattern_rotate (clip, one->first, one->n, 3);
      break;
    case 2:
      op = tutti_pattern_reverse (clip, one->first, one->n);
      break;
    case 3:
      op = tutti_pattern_fill (clip, one->first, one->n, 2, 90);
      break;
    default:
      op = tutti_pattern_euclid (clip, one->first, one->n, 3, 1, 100);
    }
  if (op == NULL)
    return;
  apply (one->jam, op, &inverse);
  g_assert_cmpuint (tutti_jam_hash (one->jam), !=, one->before);
  apply (one->jam, inverse, NULL);
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_one_undo (void)
{
  for_cases (300, law_one_undo);
}

static void
test_past_the_end (void)
{
  g_autoptr(TuttiJam) jam = jam_with_rhythm ("x...");

  g_assert_null (tutti_pattern_clear (clip_of (jam), 4, 4));
  g_assert_null (tutti_pattern_rotate (clip_of (jam), 200, 10, 1));
  g_assert_null (tutti_pattern_euclid (clip_of (jam), 128, 128, 4, 0, 100));
  g_assert_null (tutti_pattern_fill (clip_of (jam), G_MAXUINT, G_MAXUINT, 0, 0));
}

static void
test_fill (void)
{
  g_autoptr(TuttiJam) jam = jam_with_rhythm (".x........");

  command (jam, tutti_pattern_fill (clip_of (jam), 0, 10, 4, 100));
  g_autofree char *rhythm = rhythm_of (jam);

  g_assert_cmpstr (rhythm, ==, "xx..x...x.");
}

/* ---- Euclid ---- */

/* k onsets, and the gaps between them differ by one step at most. */
static void
test_euclid_even (void)
{
  for (guint n = 1; n <= TUTTI_STEPS_MAX; n++)
    for (guint k = 0; k <= n; k++)
      {
        gboolean hits[TUTTI_STEPS_MAX];
        guint count = 0, first = n, last = 0, shortest = n, longest = 0;

        tutti_euclid (k, n, hits);
        for (guint i = 0; i < n; i++)
          if (hits[i])
            {
              if (count++ > 0)
                {
                  shortest = MIN (shortest, i - last);
                  longest = MAX (longest, i - last);
                }
              else
                first = i;
              last = i;
            }
        g_assert_cmpuint (count, ==, k);
        if (k > 0)
          g_assert_cmpuint (first, ==, 0);
        if (k < 2)
          continue;
        shortest = MIN (shortest, n - last);
        longest = MAX (longest, n - last);
        g_assert_cmpuint (longest - shortest, <=, 1);
      }
}

/* As printed in Toussaint's paper. */
static const struct { const char *name; guint k, n; const char *rhythm; } known[] = {
  { "tresillo", 3, 8, "x..x..x." }, { "cinquillo", 5, 8, "x.xx.xx." }, { "cumbia", 3, 4, "x.xx" },
  { "khafif-e-ramal", 2, 5, "x.x.." }, { "ruchenitza", 4, 7, "x.x.x.x" }, { "west-african-bell", 7, 12, "x.xx.x.xx.x." },
  { "bossa-nova", 5, 16, "x..x..x..x..x..." }, { "samba", 7, 16, "x..x.x.x..x.x.x." },
};

static void
test_euclid_known (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *empty = g_strnfill (known[row].n, '.');
  g_autoptr(TuttiJam) jam = jam_with_rhythm (empty);

  command (jam, tutti_pattern_euclid (clip_of (jam), 0, known[row].n, known[row].k, 0, 100));
  g_autofree char *rhythm = rhythm_of (jam);

  g_assert_cmpstr (rhythm, ==, known[row].rhythm);
}

static void
test_euclid_rotated (void)
{
  g_autoptr(TuttiJam) jam = jam_with_rhythm ("x.......");

  apply_new (jam, tutti_op_new (TUTTI_OP_STEP_RATCHET, clip_id, TUTTI_N (0), TUTTI_N (3), TUTTI_N (0)));
  command (jam, tutti_pattern_euclid (clip_of (jam), 0, 8, 3, 2, 90));
  g_autofree char *rhythm = rhythm_of (jam);

  g_assert_cmpstr (rhythm, ==, "x.x..x..");
  g_assert_cmpint (clip_of (jam)->steps[0].velocity, ==, 100);
  g_assert_cmpint (clip_of (jam)->steps[0].ratchet, ==, 3);
  g_assert_cmpint (clip_of (jam)->steps[2].velocity, ==, 90);
}

/* The second half is the first half backwards. */
static void
law_mirror (Case *one, GRand *rand)
{
  command (one->jam, tutti_pattern_mirror (clip_of (one->jam), 0, 64));
  const TuttiClip *clip = clip_of (one->jam);

  for (guint i = 0; i < clip->length; i++)
    g_assert_true (tutti_step_equal (&clip->steps[i], &clip->steps[clip->length - 1 - i]));
  g_assert_null (tutti_pattern_mirror (clip, 0, 64));
}

static void
test_mirror (void)
{
  for_cases (30, law_mirror);
}

/* Upside down twice is as before. */
static void
law_invert (Case *one, GRand *rand)
{
  gboolean melody = FALSE;
  int pitch = 0;

  for (guint i = 0, n = 0; i < clip_of (one->jam)->length; i++)
    if (clip_of (one->jam)->steps[i].velocity > 0)
      {
        melody |= n++ > 0 && clip_of (one->jam)->steps[i].pitch != pitch;
        pitch = clip_of (one->jam)->steps[i].pitch;
      }
  if (!melody)
    return;
  command (one->jam, tutti_pattern_invert (clip_of (one->jam), 0, 64, 100));
  command (one->jam, tutti_pattern_invert (clip_of (one->jam), 0, 64, 100));
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, one->before);
}

static void
test_invert (void)
{
  TuttiSteps *steps = tutti_steps_new (4);

  for_cases (30, law_invert);
  steps->step[1].velocity = 90;
  g_autoptr(TuttiJam) jam = jam_with_clip (steps);

  command (jam, tutti_pattern_invert (clip_of (jam), 0, 4, 100));
  g_autofree char *rhythm = rhythm_of (jam);

  g_assert_cmpstr (rhythm, ==, "x.xx");
}

/* The same seed is the same pattern, and more density only adds hits. */
static void
law_randomise (Case *one, GRand *rand)
{
  guint32 seed = g_rand_int (rand);
  g_autoptr(TuttiJam) other = tutti_jam_copy (one->jam), denser = tutti_jam_copy (one->jam);

  command (one->jam, tutti_pattern_randomise (clip_of (one->jam), 0, 64, 30, seed));
  command (other, tutti_pattern_randomise (clip_of (other), 0, 64, 30, seed));
  command (denser, tutti_pattern_randomise (clip_of (denser), 0, 64, 70, seed));
  g_assert_cmpuint (tutti_jam_hash (one->jam), ==, tutti_jam_hash (other));
  for (guint i = 0; i < clip_of (one->jam)->length; i++)
    if (clip_of (one->jam)->steps[i].velocity > 0)
      g_assert_cmpint (clip_of (denser)->steps[i].velocity, ==, clip_of (one->jam)->steps[i].velocity);
}

static void
test_randomise (void)
{
  for_cases (30, law_randomise);
}

/* No hit comes or goes, and every value stays in its range. */
static void
law_humanise (Case *one, GRand *rand)
{
  g_autofree char *before = rhythm_of (one->jam);

  command (one->jam, tutti_pattern_humanise (clip_of (one->jam), 0, 64, 60, 40, g_rand_int (rand)));
  g_autofree char *after = rhythm_of (one->jam);

  g_assert_cmpstr (before, ==, after);
}

static void
test_humanise (void)
{
  for_cases (30, law_humanise);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/pattern/rotate", test_rotate);
  g_test_add_func ("/pattern/reverse", test_reverse);
  g_test_add_func ("/pattern/reverse-held", test_reverse_held);
  g_test_add_func ("/pattern/transpose", test_transpose);
  g_test_add_func ("/pattern/transpose-too-far", test_transpose_too_far);
  g_test_add_func ("/pattern/copy-paste", test_copy_paste);
  g_test_add_func ("/pattern/paste-nonsense", test_paste_nonsense);
  g_test_add_func ("/pattern/one-undo", test_one_undo);
  g_test_add_func ("/pattern/past-the-end", test_past_the_end);
  g_test_add_func ("/pattern/mirror", test_mirror);
  g_test_add_func ("/pattern/invert", test_invert);
  g_test_add_func ("/pattern/randomise", test_randomise);
  g_test_add_func ("/pattern/humanise", test_humanise);
  g_test_add_func ("/pattern/fill", test_fill);
  g_test_add_func ("/pattern/euclid/even", test_euclid_even);
  g_test_add_func ("/pattern/euclid/rotated", test_euclid_rotated);
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pattern/euclid/%s", known[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_euclid_known);
    }
  return g_test_run ();
}
