/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>

/* Zeroed memory, page by page as it is touched: of much that might be needed only what is used costs anything. An allocator may fill
 * what it hands out (glibc with MALLOC_PERTURB_), and then all of it is there at once. Thread: main. */

/* Aligned to a page. NULL when there is none. */
void *tutti_mix_memory_new (size_t size);

/* @pages: (nullable), with the size it was made with. */
void  tutti_mix_memory_free (void *pages, size_t size);
