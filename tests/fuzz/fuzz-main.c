/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fuzz smoke without libFuzzer: files named on the command line are run as they are; without one, seeded
 * mutations of the target's corpus. The seed is printed, and is the first argument of --seed. */
#include "tutti-fuzz.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

/* Targets that open files or decode sound take fewer. */
#ifndef FUZZ_ROUNDS
#define FUZZ_ROUNDS 20000
#endif

enum { ROUNDS = FUZZ_ROUNDS, INPUT_BYTES_MAX = 4096 };

static void
mutate (GRand *rand, GByteArray *input, const char *other)
{
  guint at = input->len > 0 ? (guint) g_rand_int_range (rand, 0, input->len) : 0;
  guint8 byte = g_rand_int_range (rand, 0, 256);
  gsize length = strlen (other);

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      if (input->len > 0)
        input->data[at] = byte;
      break;
    case 1:
      if (input->len > 0)
        input->data[at] ^= 1 << (byte & 7);
      break;
    case 2:
      if (input->len > 0)
        g_byte_array_remove_range (input, at, g_rand_int_range (rand, 1, input->len - at + 1));
      break;
    case 3:
      g_byte_array_append (input, &byte, 1);
      break;
    default:
      if (length > 0 && input->len < INPUT_BYTES_MAX)
        g_byte_array_append (input, (const guint8 *) other, g_rand_int_range (rand, 1, length + 1));
    }
}

/* An exact allocation for each run, so that a look past the end meets the address sanitizer. */
static void
run (const guint8 *data, gsize size)
{
  guint8 *exact = malloc (size > 0 ? size : 1);

  if (size > 0)
    memcpy (exact, data, size);
  LLVMFuzzerTestOneInput (exact, size);
  free (exact);
}

static int
run_files (int n, char **paths)
{
  for (int i = 0; i < n; i++)
    {
      g_autofree char *data = NULL;
      gsize size;

      if (!g_file_get_contents (paths[i], &data, &size, NULL))
        return EXIT_FAILURE;
      run ((guint8 *) data, size);
    }
  return EXIT_SUCCESS;
}

int
main (int argc, char **argv)
{
  gboolean seeded = argc == 3 && g_str_equal (argv[1], "--seed");
  guint32 seed = seeded ? (guint32) g_ascii_strtoull (argv[2], NULL, 10) : g_random_int ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  guint n_corpus = 0;

  if (argc > 1 && !seeded)
    return run_files (argc - 1, argv + 1);
  g_print ("# seed %u\n", seed);
  while (fuzz_corpus[n_corpus] != NULL)
    n_corpus++;
  for (int i = 0; i < ROUNDS; i++)
    {
      const char *start = fuzz_corpus[g_rand_int_range (rand, 0, n_corpus)];
      g_autoptr(GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, (const guint8 *) start, strlen (start));
      for (int n = g_rand_int_range (rand, 0, 8); n > 0; n--)
        mutate (rand, input, fuzz_corpus[g_rand_int_range (rand, 0, n_corpus)]);
      run (input->data, input->len);
    }
  g_print ("%d inputs, none broke anything\n", ROUNDS);
  return EXIT_SUCCESS;
}
