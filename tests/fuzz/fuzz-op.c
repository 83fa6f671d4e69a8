/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Operations on a grown document: each is refused, and then nothing changed; or it applies, the document still reads as it was
 * written, and its inverse brings back what was. The first byte chooses an operation to bend, or 'r': the rest is text, an
 * operation a line. */
#include "fuzz-bend.h"
#include "tutti-fuzz.h"
#include "tutti-jam-json.h"
#include "tutti-random-op.h"

#include <string.h>

const char *const fuzz_corpus[] = {
  "a", "b\1\2\3\4", "c\1\1\1\1\2\2\2\2", "\x80", "\xc1", "\xd7\1\5\1\1\7\6\5\4", "\x99", "\xfe\1\2\4\6",
  "r[\"track.add\",\"9.1\",\"Kick\",\"kit:tight-kick\",0]\n[\"track.delete\",\"9.1\"]\n[\"track.restore\",\"9.1\"]",
  "r[\"group\",[[\"tempo\",12000],[\"swing\",600],[\"scene.add\",\"9.2\",\"B\",0]]]", "r[\"play\",-1]\n[\"seek\",96000]\n[\"stop\"]",
  "r[\"loop\",1,0,3840]\n[\"signature\",7,8]\n[\"jam.key\",\"c\",\"minor\"]", NULL
};

enum { SAMPLES = 500, GROWN = 400 };
static TuttiJam *start;
static char *samples[SAMPLES];

static void
make_samples (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);
  guint32 counter = 5000;

  start = tutti_random_jam (rand, GROWN);
  for (guint i = 0; i < SAMPLES; i++)
    {
      g_autoptr(TuttiOp) op = tutti_random_op (rand, start, 1, &counter);

      samples[i] = tutti_op_to_text (op);
    }
}

static void
check_document (const TuttiJam *jam)
{
  g_autofree char *text = tutti_jam_to_text (jam);
  g_autoptr(TuttiJam) again = tutti_jam_from_text (text, -1, NULL);

  g_assert_nonnull (again);
  g_assert_cmpuint (tutti_jam_hash (again), ==, tutti_jam_hash (jam));
}

/* Whether the inverse of @op brings back every value. A tempo change while playing moves the anchor, restoring empties a grave,
 * and what cannot be undone stays done when the group around it is undone. */
static gboolean
comes_back (const TuttiOp *op, const TuttiJam *jam)
{
  if (op->kind != TUTTI_OP_GROUP)
    return tutti_op_spec (op->kind)->undoable && !g_str_has_suffix (tutti_op_spec (op->kind)->name, ".restore") &&
           !(op->kind == TUTTI_OP_TEMPO && jam->transport.playing);
  for (guint i = 0; i < op->arg[0].ops->len; i++)
    if (!comes_back (op->arg[0].ops->pdata[i], jam))
      return FALSE;
  return TRUE;
}

static void
apply (TuttiJam *jam, const TuttiOp *op, gint64 seq)
{
  guint64 before = tutti_jam_hash (jam);
  g_autofree char *living = comes_back (op, jam) ? tutti_living_text (jam) : NULL, *after = NULL;
  TuttiStamp stamp = { seq, 1, 48000 * (GROWN + seq) };
  g_autoptr(TuttiOp) inverse = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiJam) undone = NULL;

  if (!tutti_jam_apply (jam, op, &stamp, &inverse, &error))
    {
      g_assert_true (error != NULL && error->message[0] != '\0' && inverse == NULL);
      g_assert_cmpuint (tutti_jam_hash (jam), ==, before);
      return;
    }
  check_document (jam);
  if (inverse == NULL)
    return;
  undone = tutti_jam_copy (jam);
  g_assert_true (tutti_op_check (inverse, NULL));
  g_assert_true (tutti_jam_apply (undone, inverse, &stamp, NULL, NULL));
  after = tutti_living_text (undone);
  if (living != NULL)
    g_assert_cmpstr (living, ==, after);
}

static void
run_text (TuttiJam *jam, const char *text, gint64 seq)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiOp) op = tutti_op_from_text (text, -1, &error), again = NULL;
  g_autofree char *printed = NULL;

  if (op == NULL)
    {
      g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
      return;
    }
  printed = tutti_op_to_text (op);
  again = tutti_op_from_text (printed, -1, NULL);
  g_assert_true (again != NULL && tutti_op_equal (op, again));
  apply (jam, op, seq);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr(TuttiJam) jam = NULL;
  g_auto(GStrv) lines = NULL;
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  if (start == NULL)
    make_samples ();
  text = data[0] == 'r' || size == 1 ? g_strndup ((const char *) data + 1, size - 1)
                                     : fuzz_bend (samples[(data[0] << 8 | data[1]) % SAMPLES], data + 2, size - 2);
  jam = tutti_jam_copy (start);
  lines = g_strsplit (text, "\n", 20);
  for (guint i = 0; lines[i] != NULL; i++)
    run_text (jam, lines[i], GROWN + 1 + i);
  return 0;
}
