/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stdatomic.h>

#include "tutti-mix.h"
#include "tutti-realtime.h"

/* The fingerprints of the last minute: one thread writes, any other reads, nobody waits. */

#define TUTTI_PRINTS_KEPT 64
#define TUTTI_PRINT_WORDS ((sizeof (TuttiPrint) + 7) / 8)

typedef struct
{
  _Atomic uint32_t sequence;   /* 0: nothing was written yet; odd while it is being written */
  _Atomic uint64_t words[TUTTI_PRINT_WORDS];
} TuttiPrintCell;

typedef struct
{
  _Atomic int64_t last;
  TuttiPrintCell  cells[TUTTI_PRINTS_KEPT];
} TuttiPrints;

/* @prints is memory of zeroes, and stays so but for one word: nobody may ever write a print. */
void tutti_prints_init (TuttiPrints *prints);

TUTTI_REALTIME void tutti_prints_write (TuttiPrints *prints, const TuttiPrint *print);

/* Thread: any. */
bool tutti_prints_read (const TuttiPrints *prints, int64_t second, TuttiPrint *out);
