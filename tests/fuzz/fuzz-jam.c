/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents as they come from a snapshot or a store: refused with a reason, or in order: what was read writes and reads again
 * with the same hash, and takes operations. The first byte chooses a document to bend, or 'r': the rest is the text. */
#include "fuzz-bend.h"
#include "tutti-fuzz.h"
#include "tutti-jam-json.h"
#include "tutti-random-op.h"

#include <string.h>

const char *const fuzz_corpus[] = { "a", "b\1\2\3\4", "c\1\1\1\1\2\2\2\2", "d\10\2\6\1", "e\3\5\4\4", "f\0\0\3\1", "r{}", NULL };

enum { SAMPLES = 40 };
static char *samples[SAMPLES];

static void
make_samples (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < SAMPLES; i++)
    {
      g_autoptr(TuttiJam) jam = tutti_random_jam (rand, i * 5);

      samples[i] = tutti_jam_to_text (jam);
    }
}

/* Nothing that was let in may trip what comes after. */
static void
use (TuttiJam *jam, guint32 seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  guint32 counter = 100000;

  for (int i = 0; i < 5; i++)
    {
      TuttiStamp stamp = { 100000 + i, 1, 48000 * i };
      g_autoptr(TuttiOp) op = tutti_random_op (rand, jam, 1, &counter);

      tutti_jam_apply (jam, op, &stamp, NULL, NULL);
    }
}

static void
check (TuttiJam *jam)
{
  g_autofree char *one = tutti_jam_to_text (jam), *two = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(TuttiJam) again = tutti_jam_from_text (one, -1, &error);

  g_assert_no_error (error);
  two = tutti_jam_to_text (again);
  g_assert_cmpstr (one, ==, two);
  g_assert_cmpuint (tutti_jam_hash (jam), ==, tutti_jam_hash (again));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = NULL;
  g_autoptr(TuttiJam) jam = NULL;
  g_autoptr(GError) error = NULL;
  size_t length;

  if (size == 0)
    return 0;
  if (samples[0] == NULL)
    make_samples ();
  text = data[0] == 'r' ? g_strndup ((const char *) data + 1, size - 1)
                        : fuzz_bend (samples[data[0] % SAMPLES], data + 1, size - 1);
  length = data[0] == 'r' ? size - 1 : strlen (text);
  jam = tutti_jam_from_text (text, (gssize) length, &error);
  if (jam == NULL)
    {
      g_assert_true (error != NULL && g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  check (jam);
  use (jam, (guint32) size);
  check (jam);
  return 0;
}
