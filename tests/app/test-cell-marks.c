/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told about steps: which are marked by an operation, for how long, and what is put back. */
#include "tutti-cell-marks.h"

#define S G_USEC_PER_SEC

static const TuttiId clip = { 7, 1 }, other = { 7, 2 };

static TuttiOp *
velocity (TuttiId where, int step, int value)
{
  return tutti_op_new (TUTTI_OP_STEP, where, TUTTI_N (step), TUTTI_N (value));
}

static TuttiOp *
three_steps (int first)
{
  TuttiSteps *steps = g_malloc (sizeof *steps + 3 * sizeof *steps->step);

  steps->n = 3;
  for (int i = 0; i < 3; i++)
    {
      steps->step[i] = tutti_step_initial;
      steps->step[i].velocity = (guint8) (10 + i);
    }
  return tutti_op_new (TUTTI_OP_STEPS, clip, TUTTI_N (first), steps);
}

static guint
count (TuttiCellMarks *marks, TuttiCellFlags flag)
{
  TuttiCellFlags flags[TUTTI_STEPS_MAX];
  guint n = 0;

  tutti_cell_marks_flags (marks, clip, flags);
  for (int i = 0; i < TUTTI_STEPS_MAX; i++)
    n += (flags[i] & flag) != 0;
  return n;
}

static const struct { const char *name; TuttiMarkKind kind; TuttiCellFlags flag; gint64 lasts_us; } kinds[] = {
  { "changed", TUTTI_MARK_CHANGED, TUTTI_CELL_CHANGED, 5 * S },
  { "waiting", TUTTI_MARK_WAITING, TUTTI_CELL_PENDING, -1 },
  { "late", TUTTI_MARK_LATE, TUTTI_CELL_LATE, 2 * S },
  { "overridden", TUTTI_MARK_OVERRIDDEN, TUTTI_CELL_CONFLICT, 6 * S },
  { "refused", TUTTI_MARK_REFUSED, TUTTI_CELL_REFUSED, 3 * S / 10 },
};

/* Each holds as long as the window's document says, to the microsecond; waiting holds until it is cleared. */
static void
test_lasts (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiCellMarks) marks = tutti_cell_marks_new ();
  g_autoptr(TuttiOp) op = velocity (clip, 4, 90);
  gint64 now = 1000 * S, lasts = kinds[row].lasts_us;

  tutti_cell_marks_add (marks, kinds[row].kind, op, "words", now);
  g_assert_cmpint (tutti_cell_marks_expire (marks, now), ==, lasts < 0 ? -1 : now + lasts);
  g_assert_cmpuint (count (marks, kinds[row].flag), ==, 1);
  g_assert_false (tutti_cell_marks_flags (marks, other, NULL));
  if (lasts < 0)
    {
      tutti_cell_marks_expire (marks, G_MAXINT64 - 1);
      g_assert_true (tutti_cell_marks_clear (marks, kinds[row].kind));
      g_assert_false (tutti_cell_marks_clear (marks, kinds[row].kind));
    }
  else
    {
      g_assert_cmpint (tutti_cell_marks_expire (marks, now + lasts - 1), ==, now + lasts);
      g_assert_true (tutti_cell_marks_flags (marks, clip, NULL));
      g_assert_cmpint (tutti_cell_marks_expire (marks, now + lasts), ==, -1);
    }
  g_assert_false (tutti_cell_marks_flags (marks, clip, NULL));
}

static void
test_anew (void)
{
  g_autoptr(TuttiCellMarks) marks = tutti_cell_marks_new ();
  g_autoptr(TuttiOp) op = velocity (clip, 4, 90);

  tutti_cell_marks_add (marks, TUTTI_MARK_LATE, op, "heard late", 0);
  tutti_cell_marks_add (marks, TUTTI_MARK_LATE, op, "heard late", S);
  g_assert_cmpint (tutti_cell_marks_expire (marks, 2 * S), ==, 3 * S);
  g_autofree char *once = tutti_cell_marks_dup_words (marks, clip, 4);

  g_assert_cmpstr (once, ==, "heard late");
  tutti_cell_marks_add (marks, TUTTI_MARK_WAITING, op, "not sent yet", S);
  g_autofree char *both = tutti_cell_marks_dup_words (marks, clip, 4), *none = tutti_cell_marks_dup_words (marks, clip, 5);

  g_assert_cmpstr (both, ==, "heard late, not sent yet");
  g_assert_null (none);
}

/* Groups and ranges mark every step they write; what is no step marks nothing. */
static void
test_many (void)
{
  g_autoptr(TuttiCellMarks) marks = tutti_cell_marks_new ();
  g_autoptr(TuttiOp) group = tutti_op_group_new ();

  tutti_op_group_add (group, velocity (clip, 0, 1));
  tutti_op_group_add (group, velocity (other, 1, 1));
  tutti_op_group_add (group, three_steps (5));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_CLIP_LENGTH, clip, TUTTI_N (12)));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_TEMPO, TUTTI_N (12000)));
  tutti_cell_marks_add (marks, TUTTI_MARK_REFUSED, group, NULL, 0);
  g_assert_cmpuint (count (marks, TUTTI_CELL_REFUSED), ==, 4);
  g_assert_true (tutti_cell_marks_flags (marks, other, NULL));
}

/* Of a range only the step that was asked for is put back. */
static void
test_mine (void)
{
  g_autoptr(TuttiCellMarks) marks = tutti_cell_marks_new ();
  g_autoptr(TuttiOp) range = three_steps (5), one = velocity (clip, 9, 33), mine = NULL, whole = NULL;
  TuttiId where;
  int step;

  tutti_cell_marks_add (marks, TUTTI_MARK_OVERRIDDEN, range, "Theo’s value stands", 0);
  tutti_cell_marks_add (marks, TUTTI_MARK_OVERRIDDEN, one, "Theo’s value stands", 0);
  g_assert_true (tutti_cell_marks_overridden (marks, 3, &where, &step));
  g_assert_cmpint (step, ==, 9);
  g_assert_false (tutti_cell_marks_overridden (marks, 4, &where, &step));
  mine = tutti_cell_marks_take_mine (marks, clip, 6);
  g_assert_cmpint (mine->kind, ==, TUTTI_OP_STEPS);
  g_assert_cmpint (mine->arg[1].number, ==, 6);
  g_assert_cmpuint (mine->arg[2].steps->n, ==, 1);
  g_assert_cmpint (mine->arg[2].steps->step[0].velocity, ==, 11);
  g_assert_null (tutti_cell_marks_take_mine (marks, clip, 6));
  whole = tutti_cell_marks_take_mine (marks, clip, 9);
  g_assert_true (tutti_op_equal (whole, one));
  g_assert_cmpuint (count (marks, TUTTI_CELL_CONFLICT), ==, 2);
}

/* Whatever comes, there is an end to it: of news the newest stay, of what waits the oldest. */
static void
flood (TuttiCellMarks *marks, TuttiMarkKind kind)
{
  for (guint i = 1; i <= 200; i++)
    {
      g_autoptr(TuttiOp) op = velocity (tutti_id (9, i), (int) (i % TUTTI_STEPS_MAX), 1);

      for (int step = 0; step < TUTTI_STEPS_MAX; step++)
        {
          op->arg[1].number = step;
          tutti_cell_marks_add (marks, kind, op, NULL, 0);
        }
    }
}

static void
test_flood (void)
{
  g_autoptr(TuttiCellMarks) news = tutti_cell_marks_new (), waiting = tutti_cell_marks_new ();

  flood (news, TUTTI_MARK_CHANGED);
  g_assert_false (tutti_cell_marks_flags (news, tutti_id (9, 1), NULL));
  g_assert_true (tutti_cell_marks_flags (news, tutti_id (9, 200), NULL));
  flood (waiting, TUTTI_MARK_WAITING);
  g_assert_true (tutti_cell_marks_flags (waiting, tutti_id (9, 1), NULL));
  g_assert_false (tutti_cell_marks_flags (waiting, tutti_id (9, 200), NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cell-marks/lasts/%s", kinds[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_lasts);
    }
  g_test_add_func ("/cell-marks/anew", test_anew);
  g_test_add_func ("/cell-marks/many", test_many);
  g_test_add_func ("/cell-marks/mine", test_mine);
  g_test_add_func ("/cell-marks/flood", test_flood);
  return g_test_run ();
}
