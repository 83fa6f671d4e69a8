/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-jam-difference.h"
#include "tutti-jam-json.h"
#include "tutti-jam-remix.h"
#include "tutti-op.h"

/* Zones of a sampler in the document. */

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const TuttiStamp stamp = { 1, 1, 0 };
static const TuttiZone piano = { .sound = "sha:" HASH, .key_low = 10, .key_high = 70, .velocity_low = 1, .velocity_high = 90,
                                 .root = 60, .tune = -7, .gain = -150, .pan = 20 };

typedef struct
{
  TuttiJam *jam;
  TuttiId   track;
} Fixture;

static gboolean
apply (Fixture *self, TuttiOp *op, TuttiOp **inverse, GError **error)
{
  gboolean done = tutti_jam_apply (self->jam, op, &stamp, inverse, error);

  tutti_op_free (op);
  return done;
}

static TuttiOp *
zone_op (const Fixture *self, guint32 counter, const TuttiZone *zone, guint fields)
{
  return tutti_op_new (TUTTI_OP_ZONE, self->track, tutti_id (5, counter), tutti_zone_edit_new (zone, fields));
}

static Fixture
fixture (void)
{
  Fixture self = { tutti_jam_new (), tutti_id (1, 1) };

  g_assert_true (apply (&self, tutti_op_new (TUTTI_OP_TRACK_ADD, self.track, "Keys", "kit:felt-keys", TUTTI_N (0)), NULL, NULL));
  g_assert_true (apply (&self, zone_op (&self, 2, &piano, TUTTI_ZONE_WHOLE), NULL, NULL));
  g_assert_true (apply (&self, zone_op (&self, 1, &piano, TUTTI_ZONE_WHOLE), NULL, NULL));
  return self;
}

static void
there_and_back (Fixture *self, TuttiOp *op)
{
  g_autofree char *before = tutti_jam_to_text (self->jam), *between = NULL, *after = NULL;
  TuttiOp *inverse = NULL;

  g_assert_true (apply (self, op, &inverse, NULL));
  between = tutti_jam_to_text (self->jam);
  g_assert_cmpstr (before, !=, between);
  g_assert_true (apply (self, inverse, NULL, NULL));
  after = tutti_jam_to_text (self->jam);
  g_assert_cmpstr (before, ==, after);
}

static void
test_undo (void)
{
  Fixture self = fixture ();
  TuttiZone other = { .sound = "kit:felt-keys", .key_low = 0, .key_high = 127, .velocity_low = 91, .velocity_high = 127, .root = 48 };

  there_and_back (&self, zone_op (&self, 3, &other, TUTTI_ZONE_WHOLE));
  for (guint bit = 0; bit < 7; bit++)
    there_and_back (&self, zone_op (&self, 1, &other, 1u << bit));
  there_and_back (&self, tutti_op_new (TUTTI_OP_ZONE_DELETE, self.track, tutti_id (5, 1)));
  there_and_back (&self, tutti_op_new (TUTTI_OP_TRACK_SOUND, self.track, "synth:warm-bass"));
  there_and_back (&self, tutti_op_new (TUTTI_OP_TRACK_DELETE, self.track));
  tutti_jam_free (self.jam);
}

/* Two people's edits of different things of one zone both stand, in whatever order. */
static void
test_merge (void)
{
  Fixture self = fixture (), other = fixture ();
  TuttiZone louder = { .gain = 300 }, wider = { .key_low = 0, .key_high = 127 };
  g_autoptr(TuttiOp) one = zone_op (&self, 1, &louder, TUTTI_ZONE_GAIN);
  g_autoptr(TuttiOp) two = zone_op (&self, 1, &wider, TUTTI_ZONE_KEYS);
  g_autofree char *first = NULL, *second = NULL;

  g_assert_false (tutti_op_collides (one, two));
  g_assert_true (tutti_op_collides (one, one));
  g_assert_true (tutti_jam_apply (self.jam, one, &stamp, NULL, NULL) && tutti_jam_apply (self.jam, two, &stamp, NULL, NULL));
  g_assert_true (tutti_jam_apply (other.jam, two, &stamp, NULL, NULL) && tutti_jam_apply (other.jam, one, &stamp, NULL, NULL));
  first = tutti_jam_to_text (self.jam);
  second = tutti_jam_to_text (other.jam);
  g_assert_cmpstr (first, ==, second);
  tutti_jam_free (self.jam);
  tutti_jam_free (other.jam);
}

static void
test_document (void)
{
  Fixture self = fixture ();
  g_autofree char *text = tutti_jam_to_text (self.jam);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiJam) copy = tutti_jam_from_text (text, -1, &error);

  g_assert_no_error (error);
  g_assert_cmphex (tutti_jam_hash (copy), ==, tutti_jam_hash (self.jam));
  g_assert_true (tutti_id_equal (copy->tracks[0]->zones[0].id, tutti_id (5, 1)));
  g_assert_true (tutti_jam_uses_sound (copy, HASH));
  g_assert_true (apply (&self, tutti_op_new (TUTTI_OP_TRACK_DELETE, self.track), NULL, NULL));
  g_assert_true (tutti_jam_uses_sound (self.jam, HASH));
  g_assert_true (apply (&self, tutti_op_new (TUTTI_OP_PURGE, self.track), NULL, NULL));
  g_assert_false (tutti_jam_uses_sound (self.jam, HASH));
  tutti_jam_free (self.jam);
}

static void
test_limits (void)
{
  Fixture self = fixture ();
  g_autoptr(GError) full = NULL, missing = NULL, no_sampler = NULL;

  for (guint32 i = 3; i <= TUTTI_ZONES_MAX; i++)
    g_assert_true (apply (&self, zone_op (&self, i, &piano, TUTTI_ZONE_WHOLE), NULL, NULL));
  g_assert_false (apply (&self, zone_op (&self, 99, &piano, TUTTI_ZONE_WHOLE), NULL, &full));
  g_assert_error (full, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_LIMIT);
  g_assert_false (apply (&self, zone_op (&self, 99, &piano, TUTTI_ZONE_GAIN), NULL, &missing));
  g_assert_error (missing, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_MISSING);
  g_assert_true (apply (&self, tutti_op_new (TUTTI_OP_TRACK_SOUND, self.track, "synth:warm-bass"), NULL, NULL));
  g_assert_cmpuint (self.jam->tracks[0]->n_zones, ==, 0);
  g_assert_false (apply (&self, zone_op (&self, 1, &piano, TUTTI_ZONE_WHOLE), NULL, &no_sampler));
  g_assert_error (no_sampler, TUTTI_MODEL_ERROR, TUTTI_MODEL_ERROR_INVALID);
  tutti_jam_free (self.jam);
}

static const struct { const char *name, *values; gboolean valid; } cases[] = {
  { "gain", "{\"gain\":-100}", TRUE },
  { "whole", "{\"sound\":\"kit:tight-kick\",\"keys\":[0,127],\"velocities\":[1,127],\"root\":60,\"tune\":0,\"gain\":0,\"pan\":0}", TRUE },
  { "nothing", "{}", FALSE },
  { "unknown", "{\"gain\":0,\"colour\":1}", FALSE },
  { "not-a-sample", "{\"sound\":\"synth:warm-bass\"}", FALSE },
  { "not-a-sound", "{\"sound\":\"/etc/passwd\"}", FALSE },
  { "high-to-low", "{\"keys\":[61,60]}", FALSE },
  { "one-key", "{\"keys\":[60]}", FALSE },
  { "three-keys", "{\"keys\":[60,61,62]}", FALSE },
  { "key-past-the-end", "{\"keys\":[60,128]}", FALSE },
  { "velocity-0", "{\"velocities\":[0,127]}", FALSE },
  { "root-is-text", "{\"root\":\"60\"}", FALSE },
  { "tune-too-far", "{\"tune\":1201}", FALSE },
  { "pan-too-far", "{\"pan\":-1001}", FALSE },
  { "array", "[1]", FALSE },
};

static void
test_read (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autofree char *text = g_strdup_printf ("[\"zone\",\"1.1\",\"5.1\",%s]", cases[row].values);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_text (text, -1, &error);

  g_assert_cmpint (op != NULL, ==, cases[row].valid);
  if (op != NULL)
    {
      g_autofree char *again = tutti_op_to_text (op);

      g_assert_cmpstr (text, ==, again);
    }
  else
    g_assert_nonnull (error->message);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zones/undo", test_undo);
  g_test_add_func ("/zones/merge", test_merge);
  g_test_add_func ("/zones/document", test_document);
  g_test_add_func ("/zones/limits", test_limits);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/zones/read/", cases[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_read);
    }
  return g_test_run ();
}
