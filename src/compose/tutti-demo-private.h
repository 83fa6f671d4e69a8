/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "tutti-jam.h"

/* The demo beat as it is written down. */

enum { DEMO_KICK, DEMO_SNARE, DEMO_HATS, DEMO_CLAP, DEMO_RIM, DEMO_BASS, DEMO_KEYS, DEMO_BELLS, DEMO_N_TRACKS };

/* Scenes as a set. */
enum
{
  DEMO_INTRO = 1, DEMO_VERSE = 2, DEMO_LIFT = 4, DEMO_CHORUS = 8, DEMO_BREAK = 16, DEMO_VERSE_2 = 32, DEMO_OUTRO = 64,
  DEMO_JAM = 128, DEMO_N_SCENES = 8
};

typedef struct
{
  guint8 at;                   /* step */
  gint8  pitch;                /* semitones above C of the sound's octave */
  guint8 length;               /* steps */
  guint8 velocity;
  guint8 slide;
} DemoNote;

/* What one step has beside velocity; 0 leaves a value as it is. */
typedef struct
{
  guint8    at;
  guint8    chance;
  guint8    every_n, every_of;
  guint8    ratchet;
  guint8    fade;
  gint16    micro;
  guint8    n_locks;
  TuttiLock locks[2];
} DemoDetail;

typedef struct
{
  guint8            track;
  guint8            scenes;    /* the first gets the clip, the others a copy */
  const char       *name;
  guint8            length;
  guint16           ticks_per_step;
  const char       *hits;      /* (nullable) one character a step, repeated to the clip's length: X accented, x on, o soft, g ghost */
  const DemoNote   *notes;     /* (nullable) ended by a length of 0 */
  const DemoDetail *details;   /* (nullable) ended by a detail that says nothing */
} DemoClip;

extern const DemoClip demo_clips[];
extern const guint    demo_n_clips;
