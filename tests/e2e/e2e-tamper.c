/* SPDX-License-Identifier: GPL-3.0-or-later */

/* e2e-tamper PID KIT: waits until process PID has the built-in sound KIT in its memory and turns one bit of a few of its frames. What
 * a machine renders from there on is not what everybody renders, and nothing in it knows. Says "tampered" when it is done. */
#include "tutti-kit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define WITHIN_S 50
#define NEEDLE 64                  /* floats by which it is known */
#define FIRST 2000                 /* of level 0, well inside the sound */
#define TURNED 400
#define BIT 13                     /* of the mantissa: some −60 dB below the frame itself */

/* The place of @needle in @bytes, or −1. */
static ssize_t
find (const char *bytes, size_t n, const char *needle, size_t length)
{
  const char *at = memmem (bytes, n, needle, length);

  return at != NULL ? at - bytes : -1;
}

static void
turn (int memory, off_t place)
{
  for (unsigned i = 0; i < TURNED; i++)
    {
      off_t at = place + (off_t) (i * sizeof (float));
      uint32_t bits;

      if (pread (memory, &bits, sizeof bits, at) != sizeof bits)
        exit (1);
      bits ^= UINT32_C (1) << BIT;
      if (pwrite (memory, &bits, sizeof bits, at) != sizeof bits)
        exit (1);
    }
}

/* How many copies were found and changed. */
static unsigned
search (int memory, uintptr_t begin, uintptr_t end, const float *needle)
{
  size_t size = end - begin;
  char *bytes = malloc (size);
  ssize_t got = bytes != NULL ? pread (memory, bytes, size, (off_t) begin) : -1;
  ssize_t at = got > 0 ? find (bytes, (size_t) got, (const char *) needle, NEEDLE * sizeof *needle) : -1;

  free (bytes);
  if (at < 0)
    return 0;
  turn (memory, (off_t) begin + at);
  return 1;
}

static unsigned
search_all (const char *pid, const float *needle)
{
  char path[64], line[512];
  unsigned n = 0;
  int memory;
  FILE *maps;

  snprintf (path, sizeof path, "/proc/%s/mem", pid);
  memory = open (path, O_RDWR | O_CLOEXEC);
  snprintf (path, sizeof path, "/proc/%s/maps", pid);
  maps = fopen (path, "re");
  if (memory < 0 || maps == NULL)
    {
      perror (path);
      exit (1);
    }
  while (fgets (line, sizeof line, maps) != NULL)
    {
      uintptr_t begin, end;
      char rights[5];

      if (sscanf (line, "%" SCNxPTR "-%" SCNxPTR " %4s", &begin, &end, rights) == 3 && strcmp (rights, "rw-p") == 0 &&
          end - begin < (UINT64_C (1) << 30))
        n += search (memory, begin, end, needle);
    }
  fclose (maps);
  close (memory);
  return n;
}

int
main (int argc, char **argv)
{
  int kit = argc == 3 ? tutti_kit_find (argv[2]) : -1;
  TuttiSample *sample = kit >= 0 ? tutti_kit_make ((unsigned) kit) : NULL;
  const struct timespec pause = { 0, 100000000 };

  if (sample == NULL)
    return 2;
  for (unsigned i = 0; i < 10 * WITHIN_S; i++)
    {
      if (search_all (argv[1], sample->level[0].channel[0] + FIRST) > 0)
        {
          puts ("tampered");
          return 0;
        }
      nanosleep (&pause, NULL);
    }
  return 1;
}
