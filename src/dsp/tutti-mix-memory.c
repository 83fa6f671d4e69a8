/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tutti-mix-memory.h"

#include <sys/mman.h>

void *
tutti_mix_memory_new (size_t size)
{
  void *pages = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

  return pages != MAP_FAILED ? pages : NULL;
}

void
tutti_mix_memory_free (void *pages, size_t size)
{
  if (pages != NULL)
    munmap (pages, size);
}
