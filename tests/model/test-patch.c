/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-apply.h"
#include "tutti-jam-json.h"

#include <string.h>

/* What a track has of its own in a synthesiser's patch. */

static const TuttiStamp stamp = { 1, 1, 0 };

typedef struct
{
  TuttiJam *jam;
  TuttiId   track;
} Fixture;

static void
apply (Fixture *self, TuttiOp *op, TuttiOp **inverse)
{
  g_autoptr(GError) error = NULL;

  tutti_jam_apply (self->jam, op, &stamp, inverse, &error);
  g_assert_no_error (error);
  tutti_op_free (op);
}

static void
set (Fixture *self, TuttiPatchParam param, int value)
{
  apply (self, tutti_op_new (TUTTI_OP_PATCH, self->track, TUTTI_N (param), TUTTI_N (value)), NULL);
}

static Fixture
fixture (void)
{
  Fixture self = { tutti_jam_new (), tutti_id (1, 1) };

  apply (&self, tutti_op_new (TUTTI_OP_TRACK_ADD, self.track, "Bass", "synth:warm-bass", TUTTI_N (0)), NULL);
  set (&self, TUTTI_PATCH_PARAM_CUTOFF, 700);
  set (&self, TUTTI_PATCH_PARAM_GLIDE, 0);
  set (&self, TUTTI_PATCH_PARAM_REVERSE, 0);
  return self;
}

static char *
text_of (const Fixture *self)
{
  return tutti_jam_to_text (self->jam);
}

static void
test_own_values (void)
{
  Fixture self = fixture ();
  const TuttiTrack *track = self.jam->tracks[0];
  g_autofree char *text = text_of (&self);
  g_autoptr(TuttiJam) copy = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (track->patch[TUTTI_PATCH_PARAM_CUTOFF], ==, 700);
  /* A value that is the table's start value is a value of the track's own all the same. */
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    g_assert_cmpint (tutti_track_has_patch (track, i), ==, i == TUTTI_PATCH_PARAM_CUTOFF || i == TUTTI_PATCH_PARAM_GLIDE ||
                                                          i == TUTTI_PATCH_PARAM_REVERSE);
  copy = tutti_jam_from_text (text, -1, &error);
  g_assert_no_error (error);
  g_assert_cmphex (tutti_jam_hash (copy), ==, tutti_jam_hash (self.jam));
  tutti_jam_free (self.jam);
}

/* @op, then its inverse: the document is as it was. */
static void
there_and_back (Fixture *self, TuttiOp *op)
{
  g_autofree char *before = text_of (self), *after = NULL;
  TuttiOp *inverse = NULL;

  apply (self, op, &inverse);
  g_assert_nonnull (inverse);
  apply (self, inverse, NULL);
  after = text_of (self);
  g_assert_cmpstr (before, ==, after);
}

static void
test_undo (void)
{
  Fixture self = fixture ();
  TuttiOp *group = tutti_op_group_new ();

  there_and_back (&self, tutti_op_new (TUTTI_OP_PATCH, self.track, TUTTI_N (TUTTI_PATCH_PARAM_SUB), TUTTI_N (10)));
  there_and_back (&self, tutti_op_new (TUTTI_OP_PATCH, self.track, TUTTI_N (TUTTI_PATCH_PARAM_CUTOFF), TUTTI_N (10)));
  there_and_back (&self, tutti_op_new (TUTTI_OP_PATCH_CLEAR, self.track, TUTTI_N (TUTTI_PATCH_PARAM_CUTOFF)));
  there_and_back (&self, tutti_op_new (TUTTI_OP_PATCH_CLEAR, self.track, TUTTI_N (TUTTI_PATCH_PARAM_SUB)));
  there_and_back (&self, tutti_op_new (TUTTI_OP_PATCH_RESET, self.track));
  there_and_back (&self, tutti_op_new (TUTTI_OP_TRACK_SOUND, self.track, "synth:acid-saw"));
  /* Inverses that are groups lie side by side with the others in the group's. */
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_PATCH, self.track, TUTTI_N (TUTTI_PATCH_PARAM_NOISE), TUTTI_N (5)));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_TRACK_SOUND, self.track, "drum:hard-kick"));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_PATCH, self.track, TUTTI_N (TUTTI_PATCH_PARAM_DRUM_DECAY), TUTTI_N (900)));
  tutti_op_group_add (group, tutti_op_new (TUTTI_OP_PATCH_RESET, self.track));
  there_and_back (&self, group);
  tutti_jam_free (self.jam);
}

/* Another sound begins with nothing of the last one's. */
static void
test_other_sound (void)
{
  Fixture self = fixture ();

  apply (&self, tutti_op_new (TUTTI_OP_TRACK_SOUND, self.track, "synth:acid-saw"), NULL);
  g_assert_false (tutti_track_has_any_patch (self.jam->tracks[0]));
  for (int i = 0; i < TUTTI_N_PATCH; i++)
    g_assert_cmpint (self.jam->tracks[0]->patch[i], ==, 0);
  tutti_jam_free (self.jam);
}

static void
test_range (void)
{
  Fixture self = fixture ();

  for (int i = 0; i < TUTTI_N_PATCH; i++)
    for (int side = 0; side < 2; side++)
      {
        const TuttiParamSpec *spec = tutti_patch_spec (i);
        int value = side == 0 ? spec->min - 1 : spec->max + 1;
        g_autoptr(TuttiOp) op = tutti_op_new (TUTTI_OP_PATCH, self.track, TUTTI_N (i), TUTTI_N (value));
        g_autoptr(GError) error = NULL;

        g_assert_false (tutti_jam_apply (self.jam, op, &stamp, NULL, &error));
        g_assert_error (error, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
      }
  tutti_jam_free (self.jam);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/patch/own-values", test_own_values);
  g_test_add_func ("/patch/undo", test_undo);
  g_test_add_func ("/patch/other-sound", test_other_sound);
  g_test_add_func ("/patch/range", test_range);
  return g_test_run ();
}
