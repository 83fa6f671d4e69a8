/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-sample.h"
#include <stdbool.h>

typedef enum
{
  TUTTI_KIT_DRUM,
  TUTTI_KIT_PERCUSSION,
  TUTTI_KIT_BASS,
  TUTTI_KIT_SYNTH,
  TUTTI_KIT_KEYS
} TuttiKitCategory;

/* A built-in sound. Made by formulae, so nothing is shipped, and the same bits on every machine. */
typedef struct
{
  const char      *id;          /* "tight-kick": goes into documents, never changes */
  const char      *name;        /* "Tight Kick": to be translated by the window */
  TuttiKitCategory category;
  int              root_note;   /* MIDI note at pitch 0; 60 for what has no pitch */
  bool             pitched;     /* false: root_note means nothing to a listener */
  bool             gate;        /* true: the note's length ends it; false: it rings out */
  unsigned         choke_group; /* sounds of one group above 0 silence each other */
  int              level;       /* suggested track gain in 1/100 dB */
  int              release_ms;  /* fade after the end of a gated note, or after a choke */
} TuttiKitSound;

unsigned             tutti_kit_count (void);
/* i < tutti_kit_count (); the order is stable and starts with the sounds of an empty jam. Static memory. */
const TuttiKitSound *tutti_kit_get   (unsigned i);
/* The index, or -1 when there is none. */
int                  tutti_kit_find  (const char *id);
/* Computes the sound (0.3 to 3 s long, some milliseconds of work), to be freed with tutti_sample_free; NULL when memory is
 * missing. Not Realtime-safe. Thread: any. */
TuttiSample         *tutti_kit_make  (unsigned i);
