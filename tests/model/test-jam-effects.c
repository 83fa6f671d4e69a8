/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Effects in the document: slots, keys, the master's chain, the bound of those that remember much, documents from before. */
#include "tutti-jam-difference.h"
#include "tutti-jam-json.h"
#include "tutti-op.h"

static gboolean
try_op (TuttiJam *jam, const char *text, TuttiOp **inverse)
{
  TuttiStamp stamp = { 1, 1, 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_text (text, -1, &error);

  g_assert_no_error (error);
  return tutti_jam_apply (jam, op, &stamp, inverse, NULL);
}

static TuttiJam *
jam_with_tracks (guint n)
{
  TuttiJam *jam = tutti_jam_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *add = g_strdup_printf ("[\"track.add\",\"1.%u\",\"T\",\"kit:tight-kick\",\"cherry\"]", i + 1);

      g_assert_true (try_op (jam, add, NULL));
    }
  return jam;
}

static guint
slot_of (const TuttiJam *jam, const char *id)
{
  guint64 counter = g_ascii_strtoull (id, NULL, 10);
  const TuttiEffect *effect = tutti_jam_effect (jam, tutti_id (2, (guint32) counter), NULL);

  g_assert_nonnull (effect);
  return effect->slot;
}

/* An effect keeps its slot wherever it is moved and when it comes back; a deleted one's is given to no other. */
static void
test_slots (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (1);

  g_assert_true (try_op (jam, "[\"effect.add\",\"2.1\",\"1.1\",\"eq\",0]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.2\",\"1.1\",\"gate\",0]", NULL));
  g_assert_cmpuint (slot_of (jam, "1"), ==, 0);
  g_assert_cmpuint (slot_of (jam, "2"), ==, 1);
  g_assert_true (try_op (jam, "[\"effect.move\",\"2.1\",0]", NULL));
  g_assert_cmpuint (slot_of (jam, "1"), ==, 0);
  g_assert_true (try_op (jam, "[\"effect.delete\",\"2.1\"]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.3\",\"1.1\",\"width\",0]", NULL));
  g_assert_cmpuint (slot_of (jam, "3"), ==, 2);
  g_assert_true (try_op (jam, "[\"effect.restore\",\"2.1\"]", NULL));
  g_assert_cmpuint (slot_of (jam, "1"), ==, 0);
  g_assert_true (try_op (jam, "[\"effect.slot\",\"2.1\",2]", NULL));
  g_assert_cmpuint (slot_of (jam, "1"), ==, 2);
  g_assert_cmpuint (slot_of (jam, "3"), ==, 0);
}

/* A step that locks a value of an effect that is gone for good locks nothing of the next effect: in a remix, after a purge, and when
 * all slots were had once; also while its clip is deleted, since that may come back. */
static void
test_old_locks (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (1);

  g_assert_true (try_op (jam, "[\"scene.add\",\"1.7\",\"S\",0]", NULL));
  g_assert_true (try_op (jam, "[\"scene.add\",\"1.8\",\"S\",0]", NULL));
  g_assert_true (try_op (jam, "[\"clip.add\",\"1.9\",\"1.1\",\"1.8\",\"C\"]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.1\",\"1.1\",\"eq\",0]", NULL));
  g_assert_true (try_op (jam, "[\"step.lock\",\"1.9\",127,\"fx0-0\",-1800]", NULL));
  for (guint i = 1; i < 3 * TUTTI_EFFECT_SLOTS; i++)
    {
      g_autofree char *delete = g_strdup_printf ("[\"effect.delete\",\"2.%u\"]", i);
      g_autofree char *add = g_strdup_printf ("[\"effect.add\",\"2.%u\",\"1.1\",\"delay\",0]", i + 1);

      g_assert_true (try_op (jam, delete, NULL));
      if (i == 2)
        g_assert_true (try_op (jam, "[\"purge\",\"2.1\"]", NULL));
      if (i == 5)
        g_assert_true (try_op (jam, "[\"clip.delete\",\"1.9\"]", NULL));
      if (i == 7)
        g_assert_true (try_op (jam, "[\"clip.restore\",\"1.9\"]", NULL));
      if (i == 8)
        g_assert_true (try_op (jam, "[\"scene.delete\",\"1.8\"]", NULL));
      g_assert_true (try_op (jam, add, NULL));
      g_assert_cmpuint (jam->tracks[0]->effects[0].slot, !=, 0);
    }
}

/* On another track a lock goes along where the same slot has the same kind of effect. */
static void
test_locks_of_copies (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (3);
  const char * const ops[] = {
    "[\"scene.add\",\"1.7\",\"S\",0]", "[\"clip.add\",\"1.9\",\"1.1\",\"1.7\",\"C\"]",
    "[\"effect.add\",\"2.1\",\"1.1\",\"eq\",0]", "[\"effect.add\",\"2.2\",\"1.2\",\"delay\",0]",
    "[\"effect.add\",\"2.3\",\"1.3\",\"eq\",0]",
    "[\"step.lock\",\"1.9\",0,\"cutoff\",500]", "[\"step.lock\",\"1.9\",0,\"fx0-0\",-1800]", "[\"step.lock\",\"1.9\",0,\"fx1-0\",7]",
    "[\"clip.copy\",\"2.4\",\"1.9\",\"1.2\",\"1.7\"]", "[\"clip.copy\",\"2.5\",\"1.9\",\"1.3\",\"1.7\"]",
  };
  static const guint kept[][2] = { { 4, 2 }, { 5, 3 } };

  for (guint i = 0; i < G_N_ELEMENTS (ops); i++)
    g_assert_true (try_op (jam, ops[i], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (kept); i++)
    g_assert_cmpuint (tutti_jam_clip (jam, tutti_id (2, kept[i][0]), NULL)->steps[0].n_locks, ==, kept[i][1]);
}

static void
test_keys (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (2);
  g_autoptr(TuttiOp) inverse = NULL;
  TuttiStamp stamp = { 1, 1, 0 };

  g_assert_true (try_op (jam, "[\"effect.add\",\"2.1\",\"1.1\",\"compressor\",0]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.2\",\"1.1\",\"reverb\",0]", NULL));
  g_assert_false (try_op (jam, "[\"effect.key\",\"2.2\",\"1.2\"]", NULL));
  g_assert_true (try_op (jam, "[\"effect.key\",\"2.1\",\"1.2\"]", &inverse));
  g_assert_true (tutti_id_equal (tutti_jam_effect (jam, tutti_id (2, 1), NULL)->key, tutti_id (1, 2)));
  g_assert_true (tutti_jam_apply (jam, inverse, &stamp, NULL, NULL));
  g_assert_true (tutti_id_is_none (tutti_jam_effect (jam, tutti_id (2, 1), NULL)->key));
}

/* 32 that remember much, wherever they are; a deleted one makes room, a restored track must find it. */
static void
test_bound (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (5);

  for (guint i = 0; i < TUTTI_BIG_EFFECTS_MAX; i++)
    {
      g_autofree char *add = g_strdup_printf ("[\"effect.add\",\"2.%c%c\",\"1.%u\",\"delay\",0]", 'a' + i / 8, 'a' + i % 8, i / 8 + 1);

      g_assert_true (try_op (jam, add, NULL));
    }
  g_assert_false (try_op (jam, "[\"effect.add\",\"2.z\",\"0\",\"reverb\",0]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.z\",\"0\",\"eq\",0]", NULL));
  g_assert_true (try_op (jam, "[\"track.delete\",\"1.1\"]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.y\",\"0\",\"reverb\",0]", NULL));
  g_assert_false (try_op (jam, "[\"track.restore\",\"1.1\"]", NULL));
  g_assert_true (try_op (jam, "[\"effect.delete\",\"2.y\"]", NULL));
  g_assert_true (try_op (jam, "[\"track.restore\",\"1.1\"]", NULL));
  g_assert_false (try_op (jam, "[\"effect.restore\",\"2.y\"]", NULL));
  g_assert_cmpuint (tutti_jam_count_big_effects (jam), ==, TUTTI_BIG_EFFECTS_MAX);
}

/* The master's chain goes through text, hash and difference like a track's. */
static void
test_master (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (1), back = tutti_jam_copy (jam);
  TuttiStamp stamp = { 2, 1, 0 };

  g_assert_true (try_op (jam, "[\"effect.add\",\"2.1\",\"0\",\"eq\",0]", NULL));
  g_assert_true (try_op (jam, "[\"effect.add\",\"2.2\",\"0\",\"limiter\",1]", NULL));
  g_assert_true (try_op (jam, "[\"effect.value\",\"2.1\",2,300]", NULL));
  g_assert_true (try_op (jam, "[\"effect.move\",\"2.2\",0]", NULL));
  g_assert_true (try_op (jam, "[\"effect.slot\",\"2.1\",9]", NULL));

  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiJam) read = tutti_jam_from_text (text, -1, NULL);
  g_autoptr(GPtrArray) way = tutti_jam_difference (back, jam, &stamp, NULL, NULL, NULL);

  g_assert_nonnull (read);
  g_assert_cmpuint (tutti_jam_hash (read), ==, tutti_jam_hash (jam));
  g_assert_nonnull (way);
  for (guint i = 0; i < way->len; i++)
    g_assert_true (tutti_jam_apply (back, way->pdata[i], &stamp, NULL, NULL));
  g_assert_cmpuint (tutti_jam_hash (back), ==, tutti_jam_hash (jam));
}

/* What was written before effects had slots is read, each in the slot of its place. */
static void
test_old_document (void)
{
  g_autoptr(TuttiJam) jam = jam_with_tracks (1), old = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = tutti_jam_to_text (jam), *with = NULL;
  char **parts = g_strsplit (text, "\"cl\":", 2);

  with = g_strdup_printf ("%s\"fx\":[[\"2.1\",\"filter\",1,2,700,300,0],[\"2.2\",\"drive\",0,250,900,0,0]],\"cl\":%s", parts[0], parts[1]);
  g_strfreev (parts);
  old = tutti_jam_from_text (with, -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (old->tracks[0]->effects[0].values[1], ==, 700);
  g_assert_cmpint (old->tracks[0]->effects[1].values[1], ==, 900);
  g_assert_cmpint (old->tracks[0]->effects[1].on, ==, 0);
  g_assert_cmpuint (slot_of (old, "1"), ==, 0);
  g_assert_cmpuint (slot_of (old, "2"), ==, 1);
}

static const struct { const char *name, *effects; gboolean valid; } documents[] = {
  { "new", "[\"2.1\",\"gate\",1,3,\"1.1\",[-4000,10,40,120,-9000]]", TRUE },
  { "fewer-values", "[\"2.1\",\"gate\",1,3,\"0\",[-4000]]", TRUE },
  { "slot-past-the-end", "[\"2.1\",\"gate\",1,28,\"0\",[-4000]]", FALSE },
  { "value-out-of-range", "[\"2.1\",\"gate\",1,3,\"0\",[1]]", FALSE },
  { "key-it-cannot-have", "[\"2.1\",\"eq\",1,3,\"1.1\",[]]", FALSE },
  { "one-slot-twice", "[\"2.1\",\"eq\",1,3,\"0\",[]],[\"2.2\",\"eq\",1,3,\"0\",[]]", FALSE },
  { "old-form-of-a-new-kind", "[\"2.1\",\"eq\",1,0,0,0,0]", FALSE },
};

static void
test_document (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(TuttiJam) jam = jam_with_tracks (1);
  g_autofree char *text = tutti_jam_to_text (jam), *with = NULL;
  char **parts = g_strsplit (text, "\"cl\":", 2);

  with = g_strdup_printf ("%s\"fx\":[%s],\"cl\":%s", parts[0], documents[row].effects, parts[1]);
  g_strfreev (parts);
  g_autoptr(TuttiJam) read = tutti_jam_from_text (with, -1, NULL);

  g_assert_cmpint (read != NULL, ==, documents[row].valid);
}

/* Start values lie in their ranges, and every value within what the operation lets through. */
static void
test_specs (void)
{
  for (int kind = 0; kind < TUTTI_N_EFFECTS; kind++)
    {
      g_assert_cmpuint (tutti_effect_count_values ((TuttiEffectKind) kind), >, 0);
      for (guint i = 0; i < tutti_effect_count_values ((TuttiEffectKind) kind); i++)
        {
          const TuttiEffectValueSpec *spec = tutti_effect_value_spec ((TuttiEffectKind) kind, i);
          const TuttiArgSpec *arg = &tutti_op_spec (TUTTI_OP_EFFECT_VALUE)->args[2];

          g_assert_true (spec->min <= spec->initial && spec->initial <= spec->max);
          g_assert_true (arg->min <= spec->min && spec->max <= arg->max);
        }
    }
  g_assert_null (tutti_effect_names[TUTTI_N_EFFECTS]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/effects/slots", test_slots);
  g_test_add_func ("/model/effects/old-locks", test_old_locks);
  g_test_add_func ("/model/effects/locks-of-copies", test_locks_of_copies);
  g_test_add_func ("/model/effects/keys", test_keys);
  g_test_add_func ("/model/effects/bound", test_bound);
  g_test_add_func ("/model/effects/master", test_master);
  g_test_add_func ("/model/effects/old-document", test_old_document);
  g_test_add_func ("/model/effects/specs", test_specs);
  for (gsize i = 0; i < G_N_ELEMENTS (documents); i++)
    {
      g_autofree char *path = g_strdup_printf ("/model/effects/document/%s", documents[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_document);
    }
  return g_test_run ();
}
