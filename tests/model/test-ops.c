/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Laws of the document, over random operations from the table against the real code. */
#include "tutti-jam-json.h"
#include "tutti-random-op.h"

#include <string.h>

/* Run @law for many seeds; a failing one names itself and can be run alone with TUTTI_SEED. */
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

/* A tempo change while playing re-anchors; taking it back gives the tempo, and an anchor of the same line. */
static gboolean
moves_anchor (const TuttiOp *op, const TuttiJam *jam)
{
  if (op->kind == TUTTI_OP_GROUP)
    return TRUE;
  return op->kind == TUTTI_OP_TEMPO && jam->transport.playing;
}

static void
law_inverse (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 150);
  guint32 counter = 1000000;

  for (int i = 0; i < 60; i++)
    {
      TuttiStamp stamp = { 1000 + i, 1, 100000 + i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter), inverse = NULL;
      g_autofree char *before = tutti_living_text (jam);
      gboolean movable = moves_anchor (op, jam);

      if (!tutti_jam_apply (jam, op, &stamp, &inverse, NULL) || inverse == NULL || movable)
        continue;
      g_autofree char *text = tutti_op_to_text (op);
      g_autoptr(TuttiJam) changed = tutti_jam_copy (jam);
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", text);
      g_assert_true (tutti_jam_apply (jam, inverse, &stamp, NULL, &error));
      g_assert_no_error (error);
      g_autofree char *after = tutti_living_text (jam);

      if (op->kind != TUTTI_OP_CLIP_RESTORE && op->kind != TUTTI_OP_TRACK_RESTORE)
        g_assert_true (g_str_equal (before, after));
      tutti_jam_free (jam);
      jam = g_steal_pointer (&changed);
    }
}

static void
test_inverse (void)
{
  for_seeds (60, law_inverse);
}

/* What was kept of the hash is what working it out anew gives, whatever was edited in between, here and in copies. */
static void
law_hash (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 60);
  guint32 counter = 3000000;

  for (int i = 0; i < 60; i++)
    {
      TuttiStamp stamp = { 1000 + i, 1, 100000 + i };
      g_autoptr(TuttiJam) copy = tutti_jam_copy (jam);
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);
      guint64 before = tutti_jam_hash (copy);

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
      g_autofree char *text = tutti_jam_to_text (jam);
      g_autoptr(TuttiJam) anew = tutti_jam_from_text (text, -1, NULL);

      g_assert_cmpuint (tutti_jam_hash (jam), ==, tutti_jam_hash (anew));
      g_assert_cmpuint (tutti_jam_hash (copy), ==, before);
    }
}

static void
test_hash (void)
{
  for_seeds (20, law_hash);
}

static void
law_refused (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 200);
  guint32 counter = 2000000;

  for (int i = 0; i < 200; i++)
    {
      TuttiStamp stamp = { 1000 + i, 1, 100000 + i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);
      g_autoptr(GError) error = NULL;
      guint64 before = tutti_jam_hash (jam);

      if (tutti_jam_apply (jam, op, &stamp, NULL, &error))
        g_assert_no_error (error);
      else
        {
          g_assert_true (error != NULL && error->domain == TUTTI_MODEL_ERROR);
          g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
        }
    }
}

static void
test_refused (void)
{
  for_seeds (40, law_refused);
}

static void
law_texts (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_jam_new ();
  g_autoptr(TuttiJam) twin = tutti_jam_new ();
  guint32 counter = 0;

  for (int i = 0; i < 300; i++)
    {
      TuttiStamp stamp = { i, 1, 48000 + i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);
      g_autofree char *text = tutti_op_to_text (op);
      g_autoptr(TuttiOp) again = tutti_op_from_text (text, -1, NULL);

      g_assert_true ((again != NULL) == tutti_op_check (op, NULL));
      if (again == NULL)
        continue;
      g_assert_true (tutti_op_equal (op, again));
      g_assert_true (tutti_jam_apply (jam, op, &stamp, NULL, NULL) == tutti_jam_apply (twin, again, &stamp, NULL, NULL));
    }
  g_autofree char *one = tutti_jam_to_text (jam), *two = tutti_jam_to_text (twin);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiJam) read = tutti_jam_from_text (one, -1, &error);

  g_assert_cmpstr (one, ==, two);
  g_assert_no_error (error);
  g_autofree char *three = tutti_jam_to_text (read);

  g_assert_cmpstr (one, ==, three);
}

static void
test_texts (void)
{
  for_seeds (60, law_texts);
}

/* A copy does not see what happens to the original, nor the other way round. */
static void
law_copies (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 200);
  g_autoptr(TuttiJam) copy = tutti_jam_copy (jam);
  g_autofree char *before = tutti_jam_to_text (jam);
  guint32 counter = 3000000;

  for (int i = 0; i < 100; i++)
    {
      TuttiStamp stamp = { i, 1, 200000 + i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
    }
  g_autofree char *after = tutti_jam_to_text (copy);

  g_assert_cmpstr (before, ==, after);
}

static void
test_copies (void)
{
  for_seeds (40, law_copies);
}

/* A document cut or changed at a random byte is read whole or refused; nothing crashes, and what is read is canonical. */
static void
law_damaged (GRand *rand)
{
  g_autoptr(TuttiJam) jam = tutti_random_jam (rand, 120);
  g_autofree char *text = tutti_jam_to_text (jam);
  gsize length = strlen (text);

  for (int i = 0; i < 200; i++)
    {
      g_autofree char *damaged = g_strdup (text);

      damaged[g_rand_int_range (rand, 0, (gint32) length)] = (char) g_rand_int_range (rand, 32, 127);
      g_autoptr(TuttiJam) read = tutti_jam_from_text (damaged, (gssize) length, NULL);

      if (read == NULL)
        continue;
      g_autofree char *written = tutti_jam_to_text (read);
      g_autoptr(TuttiJam) again = tutti_jam_from_text (written, -1, NULL);

      g_assert_nonnull (again);
      g_assert_cmpuint (tutti_jam_hash (read), ==, tutti_jam_hash (again));
    }
}

static void
test_damaged (void)
{
  for_seeds (20, law_damaged);
}

static const struct { const char *name, *text; gboolean valid; } forms[] = {
  { "step", "[\"step\",\"1.2\",5,100]", TRUE },
  { "step-past-the-end", "[\"step\",\"1.2\",128,100]", FALSE },
  { "step-too-loud", "[\"step\",\"1.2\",5,128]", FALSE },
  { "step-is-text", "[\"step\",\"1.2\",\"5\",100]", FALSE },
  { "one-argument-less", "[\"step\",\"1.2\",5]", FALSE },
  { "one-argument-more", "[\"step\",\"1.2\",5,100,1]", FALSE },
  { "unknown", "[\"stepp\",\"1.2\",5,100]", FALSE },
  { "no-name", "[]", FALSE },
  { "an-object", "{\"step\":1}", FALSE },
  { "id-none", "[\"track.delete\",\"0\"]", FALSE },
  { "id-upper-case", "[\"track.delete\",\"A.2\"]", FALSE },
  { "id-leading-zero", "[\"track.delete\",\"01.2\"]", FALSE },
  { "launch-none-stops", "[\"launch\",\"1.2\",\"0\",\"bar\"]", TRUE },
  { "param-by-name", "[\"param\",\"1.2\",\"cutoff\",700]", TRUE },
  { "param-by-number", "[\"param\",\"1.2\",9,700]", FALSE },
  { "name-empty", "[\"track.name\",\"1.2\",\"\"]", FALSE },
  { "name-with-bell", "[\"track.name\",\"1.2\",\"a\\u0007\"]", FALSE },
  { "steps", "[\"steps\",\"1.2\",0,[100,0,{\"v\":90,\"k\":{\"cutoff\":500}}]]", TRUE },
  { "steps-none", "[\"steps\",\"1.2\",0,[]]", FALSE },
  { "steps-unknown-member", "[\"steps\",\"1.2\",0,[{\"v\":90,\"z\":1}]]", FALSE },
  { "steps-every-5-of-4", "[\"steps\",\"1.2\",0,[{\"v\":90,\"n\":5,\"o\":4}]]", FALSE },
  { "role", "[\"person.role\",3,\"viewer\"]", TRUE },
  { "role-banned", "[\"person.role\",3,\"banned\"]", TRUE },
  { "role-of-nobody", "[\"person.role\",0,\"viewer\"]", FALSE },
  { "role-unknown", "[\"person.role\",3,\"king\"]", FALSE },
  { "newcomers", "[\"newcomers\",\"viewer\"]", TRUE },
  { "newcomers-banned", "[\"newcomers\",\"banned\"]", FALSE },
  { "rule-transport", "[\"rule.transport\",\"leader\"]", TRUE },
  { "rule-leader-lost", "[\"rule.leader-lost\",\"stop\"]", TRUE },
  { "lead", "[\"lead\",3]", TRUE },
  { "lead-of-nobody", "[\"lead\",0]", TRUE },
  { "lead-too-far", "[\"lead\",65536]", FALSE },
  { "claim", "[\"track.claim\",\"1.2\",3]", TRUE },
  { "claim-below", "[\"track.claim\",\"1.2\",-1]", FALSE },
  { "lock", "[\"step.lock\",\"1.2\",0,\"cutoff\",700]", TRUE },
  { "lock-of-effect", "[\"step.lock\",\"1.2\",0,\"fx27-15\",700]", TRUE },
  { "lock-of-no-effect", "[\"step.lock\",\"1.2\",0,\"fx28-0\",700]", FALSE },
  { "lock-by-number", "[\"step.lock\",\"1.2\",0,\"128\",700]", FALSE },
  { "lock-of-nothing", "[\"step.lock\",\"1.2\",0,\"\",700]", FALSE },
  { "group", "[\"group\",[[\"stop\"],[\"tempo\",12400]]]", TRUE },
  { "group-empty", "[\"group\",[]]", FALSE },
  { "group-in-group", "[\"group\",[[\"group\",[[\"stop\"]]]]]", FALSE },
};

static void
test_form (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_text (forms[row].text, -1, &error);

  g_assert_cmpint (op != NULL, ==, forms[row].valid);
  g_assert_cmpint (error == NULL, ==, forms[row].valid);
}

/* The two lists of parameter names, the table's and the parameters' own, are one. */
static void
test_param_names (void)
{
  const TuttiArgSpec *spec = &tutti_op_spec (TUTTI_OP_PARAM)->args[1];

  for (int i = 0; i < TUTTI_N_PARAMS; i++)
    g_assert_cmpstr (spec->names[i], ==, tutti_param_spec (i)->name);
  g_assert_null (spec->names[TUTTI_N_PARAMS]);
}

/* Every address has one name, which finds it again. */
static void
test_addresses (void)
{
  guint n = 0;

  for (guint address = 0; address < TUTTI_N_ADDRESSES + 10; address++)
    {
      const TuttiParamSpec *spec = tutti_address_spec (address);

      if (spec == NULL)
        continue;
      n++;
      g_assert_cmpint (tutti_address_find (spec->name), ==, address);
    }
  g_assert_cmpint (n, >=, TUTTI_N_PARAMS + TUTTI_EFFECT_SLOTS * TUTTI_ADDRESS_SLOT_VALUES);
  g_assert_cmpint (tutti_address_of_effect (2, 3), ==, tutti_address_find ("fx2-3"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ops/hash", test_hash);
  g_test_add_func ("/ops/inverse", test_inverse);
  g_test_add_func ("/ops/refused-is-untouched", test_refused);
  g_test_add_func ("/ops/texts", test_texts);
  g_test_add_func ("/ops/copies", test_copies);
  g_test_add_func ("/ops/damaged-documents", test_damaged);
  g_test_add_func ("/ops/param-names", test_param_names);
  g_test_add_func ("/ops/addresses", test_addresses);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ops/form/%s", forms[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_form);
    }
  return g_test_run ();
}
